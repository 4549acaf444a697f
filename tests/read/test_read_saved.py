"""A mapping that is kept, how a file was read in sentences, and price and stock."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chipward.catalogue import LANGUAGES, text
from chipward.cli import main
from chipward.errors import BomError, UnknownColumn
from chipward.read import MEANINGS, read_bom
from chipward.read.saved import dump_mapping, load_mapping, merge
from chipward.report.reading import describe

Writer = Callable[..., Path]
ROWS = [
    ["Designator", "Qty", "Comment", "Part", "Unit Price", "Qty Available", "Price 1000"],
    ["U1", "1", "NE555P", "timer", "0.25", "5000", "0.11"],
]


def saved(tmp_path: Path, body: str | bytes, name: str = "map.json") -> Path:
    path = tmp_path / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


def test_what_is_saved_reads_the_same(write_csv: Writer, tmp_path: Path) -> None:
    path = write_csv(ROWS)
    first = read_bom(path, {"mpn": "Comment", "value": "Part"})
    kept = saved(tmp_path, dump_mapping(first))
    assert json.loads(kept.read_text(encoding="utf-8")) == {
        "chipward_mapping": 1,
        "columns": {
            "mpn": "Comment", "quantity": "Qty", "reference": "Designator", "value": "Part",
        },
    }  # fmt: skip
    again = read_bom(path, load_mapping(kept))
    assert again.lines.equals(first.lines)
    assert {c.how for c in again.columns if c.meaning in {"mpn", "quantity"}} == {"given"}


def test_every_published_board_reads_the_same_by_its_saved_mapping(
    shared: Path, tmp_path: Path
) -> None:
    folder = shared / "published" / "boms" / "files"
    for path in sorted(p for p in folder.iterdir() if p.suffix in {".csv", ".tsv", ".xlsx"}):
        first = read_bom(path)
        again = read_bom(path, load_mapping(saved(tmp_path, dump_mapping(first))))
        assert again.lines.equals(first.lines), path.name


def test_a_column_whose_header_stands_twice_is_kept_by_number(write_csv: Writer) -> None:
    rows = [["Ref", "Value", "Value", "MPN"], ["C1", "", "100n", "GRM188"]]
    columns = json.loads(dump_mapping(read_bom(write_csv(rows))))["columns"]
    assert columns == {"mpn": "MPN", "reference": "Ref", "value": "#3"}


def test_csv_mapping_and_what_is_given_now_wins(tmp_path: Path) -> None:
    kept = load_mapping(saved(tmp_path, "meaning,header\nmpn,Comment\nvalue,Part\n", "map.csv"))
    assert kept == {"mpn": "Comment", "value": "Part"}
    assert merge(kept, {"mpn": "P/N"}) == {"value": "Part", "mpn": "P/N"}
    assert merge(kept, {"description": "COMMENT"}) == {"value": "Part", "description": "COMMENT"}


@pytest.mark.parametrize(
    "body, key",
    [
        ("", "read.no_mapping"),
        ("{", "read.no_mapping"),
        ("{}", "read.no_mapping"),
        ("[1]", "read.no_mapping"),
        ("[" * 100_000, "read.no_mapping"),
        ('{"a":' * 100_000, "read.no_mapping"),
        (b"\xff\xfe{}", "read.no_mapping"),
        ('{"chipward_mapping": 1}', "read.no_mapping"),
        ('{"chipward_mapping": 1, "columns": {"mpn": 3}}', "read.no_mapping"),
        ('{"chipward_mapping": 1, "columns": {"mpn": ""}}', "read.no_mapping"),
        ('{"chipward_mapping": 2, "columns": {}}', "read.newer_mapping"),
        ('{"chipward_mapping": 1, "columns": {"colour": "X"}}', "read.unknown_meaning"),
        ("meaning,column\nmpn,X\n", "read.no_mapping"),
        ("meaning,header\nmpn\n", "read.mapping_row"),
        ("meaning,header\nmpn,A\nmpn,B\n", "read.mapping_row"),
        ("meaning,header\ncolour,A\n", "read.unknown_meaning"),
    ],
)
def test_a_mapping_that_cannot_be_used(tmp_path: Path, body: str | bytes, key: str) -> None:
    with pytest.raises((BomError, UnknownColumn)) as caught:
        load_mapping(saved(tmp_path, body))
    assert (caught.value.key, caught.value.exit_code) == (key, 11)
    assert "\n" not in str(caught.value)


def test_a_mapping_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(BomError) as caught:
            load_mapping(path)
        assert caught.value.key == "read.unreadable"


def test_the_command_writes_reads_and_overrides_a_mapping(
    write_csv: Writer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    board, kept = str(write_csv(ROWS)), tmp_path / "customer.json"

    def assess(*options: str) -> tuple[int, str]:
        out = str(tmp_path / "out.json")
        arguments = ["assess", board, "--on", "2026-11-24", "-o", out, *options]
        monkeypatch.setattr(sys, "argv", ["chipward", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().err

    def mpn() -> str:
        review = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
        return next(c["column"] for c in review["bom"]["columns"] if c["meaning"] == "mpn")

    assert assess("--map", "mpn=Part", "--save-mapping", str(kept))[0] in {0, 1}
    assert (mpn(), load_mapping(kept)["mpn"]) == ("Part", "Part")
    assert assess("--mapping", str(kept))[0] in {0, 1}
    assert mpn() == "Part"
    assert assess("--mapping", str(kept), "--map", "mpn=Comment")[0] in {0, 1}
    assert mpn() == "Comment"
    kept.write_text("{}", encoding="utf-8")
    code, said = assess("--mapping", str(kept))
    assert (code, said.count("\n")) == (11, 1)
    code, said = assess("--sheet", "Two")
    assert (code, said.count("\n")) == (11, 1)
    code, said = assess("--save-mapping", str(tmp_path / "none" / "x.json"))
    assert (code, said.count("\n")) == (11, 1)


def test_price_and_stock_are_named_and_never_read_as_anything_else(write_csv: Writer) -> None:
    bom = read_bom(write_csv(ROWS), {"mpn": "Comment"})
    assert [(c.column, c.meaning) for c in bom.columns] == [
        ("Designator", "reference"), ("Qty", "quantity"), ("Comment", "mpn"), ("Part", "value"),
        ("Unit Price", "price"), ("Qty Available", "stock"),
    ]  # fmt: skip
    assert bom.lines["quantity"].to_pylist() == [1.0]
    bom = read_bom(write_csv([["位号", "型号", "库存数量", "单价"], ["U1", "CH340G", "9", "2"]]))
    assert [c.meaning for c in bom.columns] == ["reference", "mpn", "stock", "price"]
    assert bom.lines["quantity"].to_pylist() == [1.0]


def test_price_and_stock_make_no_header(write_csv: Writer) -> None:
    bom = read_bom(write_csv("Total cost,Stock\n12,4\nRef,MPN\nU1,NE555P\n"))
    assert bom.header_row == 3


def test_a_column_can_be_said_to_be_the_price(write_csv: Writer) -> None:
    rows = [["Ref", "Amount", "MPN"], ["U1", "12", "NE555P"]]
    assert read_bom(write_csv(rows)).lines["quantity"].to_pylist() == [12.0]
    bom = read_bom(write_csv(rows), {"price": "Amount"})
    assert bom.lines["quantity"].to_pylist() == [1.0]


def test_a_shop_given_by_its_header_is_kept_when_the_column_is_mapped(write_csv: Writer) -> None:
    rows = [["Ref", "MPN", "DigiKey"], ["U1", "NE555P", "296-1411-5-ND"]]
    path = write_csv(rows)
    plain = read_bom(path).lines.to_pylist()
    assert plain[0]["supplier"]
    assert read_bom(path, {"supplier_code": "DigiKey"}).lines.to_pylist() == plain


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_a_file_was_read_in_sentences(lang: str) -> None:
    hows = ("header", "weak", "content", "joined", "given")
    columns = [{"column": "@x", "meaning": m, "how": h} for m in MEANINGS for h in hows]
    bom = {"sheet": "BOM", "header_row": 4, "columns": columns}
    said = [text(m.key, lang, **m.params) for m in describe(bom)]
    assert len(said) == len(columns) + 2
    assert all("“@x”" in sentence for sentence in said[2:])
    assert not any("{" in sentence or "_" in sentence for sentence in said)
    assert len(set(said)) == len(said)


def test_how_a_plain_list_was_read() -> None:
    column = {"column": "Comment", "meaning": "mpn", "how": "given"}
    bom = {"sheet": "", "header_row": 1, "columns": [column]}
    assert [text(m.key, **m.params) for m in describe(bom)] == [
        "the header is row 1",
        "“Comment” is the manufacturer's part number: you said so",
    ]
