"""Tables of export classes: read, checked, stored whole, and seen in the review."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from chipward.errors import ChipwardError, DataError, StoreError, Where
from chipward.imports import load_classes, published, read_classes, save_classes
from chipward.imports.days import read_day
from chipward.normalise import Classes
from chipward.normalise.known import vendor_class
from chipward.resources import schema_dir

HEAD = "Manufacturer,Part Number,ECCN,HTS,Date\n"
GOOD = HEAD + "Acme,AC100,3A991.a,8542.31,2026-05-01\nNVIDIA,900-2G193-0000-000,EAR99,,2026-05-01\n"


Run = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def one(text: str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return one


def found(classes: Classes, mpn: str, *makers: str) -> tuple[str, str] | None:
    one = vendor_class(mpn, makers, classes)
    return (one.eccn, one.source) if one else None


def test_a_table_is_read(write: Write) -> None:
    path = write(GOOD)
    table = read_classes(path)
    assert (table.name, table.file, table.vintage) == ("table", "table.csv", "2026-05-01")
    assert table.sha256 == sha256(path.read_bytes()).hexdigest()
    assert [(r.row, r.maker, r.mpn, r.eccn, r.hts) for r in table.rows] == [
        (2, "Acme", "AC100", "3A991.a", "8542.31"),
        (3, "NVIDIA", "900-2G193-0000-000", "EAR99", ""),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "vendor;part_number;eccn;hts;as_of_date",
        "MFR\tMPN\tUS ECCN\tHS Code\tPublished",
        "厂家,型号,出口管制编码,海关编码,日期",
        "Brand,Orderable Part Number,Export Classification,HTSUS,As of",
    ],
)
def test_header_words(write: Write, head: str) -> None:
    mark = next(c for c in "\t;," if c in head)
    line = mark.join(["Acme", "AC100", "3A991.a", "8542.31", "2026-05-01"])
    (row,) = read_classes(write(f"Export classes of our parts\n\n{head}\n{line}\n")).rows
    assert (row.maker, row.mpn, row.eccn, row.hts) == ("Acme", "AC100", "3A991.a", "8542.31")
    assert row.as_of == date(2026, 5, 1)


def test_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "classes.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Read me").write_row(0, 0, ["How to use this table"])
    sheet = book.add_worksheet("ECCN")
    sheet.write_row(0, 0, ["Part Number", "ECCN", "Date"])
    sheet.write_row(1, 0, ["AC100", "3A991.a", "2026-05-01"])
    book.close()
    (row,) = read_classes(path, maker="Acme").rows
    assert (row.maker, row.eccn, row.as_of) == ("Acme", "3A991.a", date(2026, 5, 1))


def test_rows_without_a_class_are_counted(write: Write) -> None:
    table = read_classes(write(HEAD + "Acme,A1,,,\nAcme,A2,N/A,,\n,,,,\nAcme,A3,EAR99,,\n"))
    assert (len(table.rows), table.unclassed, table.vintage) == (1, 2, "")


@pytest.mark.parametrize(
    "text, row, word",
    [
        ("a,b\n1,2\n", None, "header"),
        ("Part Number,Description\nAC100,x\n", None, "header"),
        (HEAD, None, "no row"),
        (HEAD + "Acme,AC100,30,,2026-05-01\n", 2, "3E001"),
        (HEAD + "Acme,AC100,3E+01,,2026-05-01\n", 2, "3E001"),
        (HEAD + "Acme,AC100,see note,,2026-05-01\n", 2, "see note"),
        (HEAD + ",AC100,EAR99,,2026-05-01\n", 2, "--maker"),
        (HEAD + "Acme,AC100,EAR99,,04/05/2026\n", 2, "04/05/2026"),
        (HEAD + "Acme,AC100,EAR99,,2026-13-01\n", 2, "2026-13-01"),
        (HEAD + "Acme,A1,EAR99,,\nACME,a1,3A991,,\n", 3, "row 2"),
    ],
)
def test_a_wrong_table_gives_one_line_and_stores_nothing(
    run: Run, write: Write, tmp_path: Path, text: str, row: int | None, word: str
) -> None:
    path, store = write(text), tmp_path / "store"
    with pytest.raises(DataError) as error:
        read_classes(path)
    assert error.value.where.row == row
    ran = run("data", "import", "eccn", path, "--store", store)
    assert (ran.code, ran.out) == (13, "")
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("table.csv")
    assert word in ran.err
    assert not store.exists()


@pytest.mark.parametrize(
    "name, content", [("a.csv", b""), ("a.pdf", b"%PDF-1.7"), ("a.xlsx", b"PK\x03\x04rest")]
)
def test_a_file_that_is_no_table(run: Run, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    for path in (tmp_path / name, tmp_path, tmp_path / "nowhere.csv"):
        ran = run("data", "import", "eccn", path, "--store", tmp_path / "store")
        assert ran.code == 11
        assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("option", [("--name", "../x"), ("--name", ".x"), ("--as-of", "soon")])
def test_an_option_that_cannot_be_used(
    run: Run, write: Write, tmp_path: Path, option: tuple[str, str]
) -> None:
    ran = run("data", "import", "eccn", write(GOOD), *option, "--store", tmp_path / "store")
    assert ran.code in {11, 14}
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "store").exists()


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), max_size=6))
def test_any_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    """What is read comes back from the store as it was."""
    folder = tmp_path_factory.mktemp("any")
    out = io.StringIO()
    csv.writer(out).writerows([HEAD.strip().split(","), *rows])
    path = folder / "t.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    try:
        table = read_classes(path)
    except ChipwardError:
        return
    save_classes(table, folder)
    assert load_classes(folder) == (table,)


@pytest.mark.parametrize(
    "text, day",
    [
        ("2026-04-27", date(2026, 4, 27)),
        ("20260427", date(2026, 4, 27)),
        ("2026-04-27 00:00:00", date(2026, 4, 27)),
        ("27.4.2026", date(2026, 4, 27)),
        ("April 27, 2026", date(2026, 4, 27)),
        ("27 April 2026", date(2026, 4, 27)),
        ("27/04/2026", date(2026, 4, 27)),
        ("2026年4月27日", date(2026, 4, 27)),
        ("05/05/2026", date(2026, 5, 5)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert read_day(text, Where()) == day


@pytest.mark.parametrize("text", ["04/05/2026", "2026", "46139", "31.02.2026", "Foo 1, 2026", "x"])
def test_no_days(text: str) -> None:
    with pytest.raises(DataError):
        read_day(text, Where())


def test_imported_rows_win_and_the_later_publication_counts(write: Write) -> None:
    number = "900-2G193-0000-000"
    old = read_classes(write(GOOD, "old.csv"))
    assert found(published(()), number, "nvidia") == ("4A090.a", "nvidia_eccn_2026_04_27")
    assert found(published([old]), number, "nvidia") == ("EAR99", "imported: old.csv (2026-05-01)")
    new = read_classes(write(HEAD + f"nvidia,{number},3A090.a.1,,2026-06-01\n", "new.csv"))
    undated = read_classes(write(HEAD + f"NVIDIA Corp,{number},3A991,,\n", "bare.csv"))
    for order in ([old, new, undated], [undated, new, old]):
        told = found(published(order), number, "nvidia")
        assert told == ("3A090.a.1", "imported: new.csv (2026-06-01)")
    assert found(published([undated]), number, "nvidia") == ("3A991", "imported: bare.csv")
    assert found(published([old]), number, "amd") is None


def test_a_table_of_the_same_name_is_replaced(run: Run, write: Write, tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = run("data", "import", "eccn", write(GOOD), "--store", store)
    assert first.code == 0
    assert "replaces" not in first.out
    again = run("data", "import", "eccn", write(HEAD + "Acme,A1,EAR99,,\n"), "--store", store)
    assert "replaces 2 classes of table.csv, published 2026-05-01" in again.out
    assert [len(t.rows) for t in load_classes(store)] == [1]
    other = run("data", "import", "eccn", write(GOOD), "--name", "other", "--store", store)
    assert other.code == 0
    assert sorted(t.name for t in load_classes(store)) == ["other", "table"]
    assert sorted(p.name for p in (store / "imports").iterdir()) == [
        "other.eccn.csv",
        "table.eccn.csv",
    ]


@pytest.mark.parametrize("text", ["", "x", "row,maker\n1,2\n", "cut"])
def test_a_damaged_store(run: Run, write: Write, tmp_path: Path, text: str) -> None:
    path, _ = save_classes(read_classes(write(GOOD)), tmp_path)
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept[: len(kept) - 5] + ",x,y" if text == "cut" else text, encoding="utf-8")
    with pytest.raises(StoreError):
        load_classes(tmp_path)
    ran = run("data", "status", "--store", tmp_path)
    assert (ran.code, len(ran.err.splitlines())) == (14, 1)
    save_classes(read_classes(write(GOOD)), tmp_path)
    assert len(load_classes(tmp_path)) == 1


def test_status(run: Run, write: Write, tmp_path: Path) -> None:
    nothing = run("data", "status", "--store", tmp_path / "none", "--on", "2026-11-24")
    assert nothing.code == 0
    assert "No table was imported" in nothing.out
    assert not (tmp_path / "none").exists()
    run("data", "import", "eccn", write(GOOD), "--store", tmp_path)
    shown = run("data", "status", "--store", tmp_path, "--on", "2026-11-24", "--format", "json")
    told = json.loads(shown.out)
    assert [(t["name"], t["rows"], t["as_of"]) for t in told["imports"]] == [
        ("table", 2, "2026-05-01")
    ]
    amd = next(s for s in told["sources"] if s["id"] == "amd_eccn")
    assert amd["age_days"] == (date(2026, 11, 24) - date.fromisoformat(amd["as_of"])).days
    later = run("data", "status", "--store", tmp_path, "--on", "2030-01-01")
    assert "past the" in later.out
    assert "2026-05-01" in later.out


def _board(rows: list[dict[str, str]]) -> str:
    lines = [f"U{n},1,{r['part_number']},{r['vendor']}" for n, r in enumerate(rows, 1)]
    return "\n".join(["Reference,Qty,MPN,Manufacturer", *lines, ""])


def _review(run: Run, board: Path, store: Path, out: Path) -> dict[str, Any]:
    ran = run("assess", board, "--store", store, "--on", "2026-11-24", "-o", out)
    assert ran.err == ""
    return json.loads(out.read_text(encoding="utf-8"))


def test_the_published_table_classes_a_board(
    run: Run, write: Write, tmp_path: Path, shared: Path
) -> None:
    golden = shared / "golden" / "us_part_eccn.csv"
    with golden.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))[::12]
    board, store = write(_board(rows), "board.csv"), tmp_path / "store"
    before = _review(run, board, store, tmp_path / "before.json")
    assert before["provenance"]["imports"] == []
    assert run("data", "import", "eccn", golden, "--store", store).code == 0
    review = _review(run, board, store, tmp_path / "after.json")
    for row, line in zip(rows, review["lines"], strict=True):
        assert line["identity"]["vendor_eccn"] == row["eccn"], row
        told = line["identity"]["vendor_eccn_source"]
        assert told == f"imported: us_part_eccn.csv ({row['as_of_date']})"
    (named,) = review["provenance"]["imports"]
    assert named["sha256"] == sha256(golden.read_bytes()).hexdigest()
    assert (named["file"], named["rows"]) == ("us_part_eccn.csv", 453)
    schema = json.loads((schema_dir() / "review-1.json").read_text(encoding="utf-8"))
    jsonschema.validate(review, schema)


def test_a_maker_nobody_knows(run: Run, write: Write, tmp_path: Path) -> None:
    save_classes(read_classes(write(GOOD)), tmp_path / "store")
    rows = [
        {"vendor": "ACME", "part_number": "AC100"},
        {"vendor": "Other", "part_number": "AC100"},
        {"vendor": "", "part_number": "AC100"},
    ]
    review = _review(run, write(_board(rows), "b.csv"), tmp_path / "store", tmp_path / "r.json")
    told = [line["identity"]["vendor_eccn"] for line in review["lines"]]
    assert told == ["3A991.a", None, "3A991.a"]


def test_the_default_store_is_read_where_there_is_one(
    run: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    board = write(_board([{"vendor": "Acme", "part_number": "AC100"}]), "b.csv")
    out = tmp_path / "r.json"
    run("assess", board, "-o", out)
    assert json.loads(out.read_text(encoding="utf-8"))["provenance"]["imports"] == []
    assert not (tmp_path / "home").exists()
    run("data", "import", "eccn", write(GOOD))
    run("assess", board, "-o", out)
    assert len(json.loads(out.read_text(encoding="utf-8"))["provenance"]["imports"]) == 1
