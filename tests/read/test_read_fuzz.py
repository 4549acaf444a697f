"""Whatever the bytes: a bill of materials, or one deliberate error without a cell in it."""

from __future__ import annotations

import io
import re
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chipward.catalogue import LANGUAGES, error_line, text
from chipward.errors import ChipwardError
from chipward.read import BOM_SCHEMA, Bom, read_bom
from chipward.read.fixed import fixed_cells
from chipward.read.saved import load_mapping
from chipward.read.shipments import Shipments, given_facts, read_shipments
from chipward.read.twice import mend

SECRET = "Xq7Zw9"  # noqa: S105  a word that stands in cells only
SHARED = Path(__file__).resolve().parents[3] / "shared" / "published" / "boms" / "files"
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])

HEADERS = [
    "Reference", "Designator", "Qty", "Quantity", "MPN", "Manufacturer Part Number", "Part Number",
    "Manufacturer", "MPN 2", "Manufacturer 2", "Value", "Comment", "Description", "DNP", "Fitted",
    "Mount", "ECCN", "Supplier", "LCSC Part #", "Manufacturer/MPN", "Item", "数量", "位号",
    "型号", "",
]  # fmt: skip
CELLS = [
    "", "U1", "R1-R4", "C1,C2", "1", "4", "-", "1,5", "NE555P", "NE555P;LM358", "DNP", "yes", "no",
    "30", "3E001", "NA", "Total", "C1525", "311-10.0KLRCT-ND", "1.23E+05", "\uff11",
    '"', "a\nb", "\t", SECRET, f"{SECRET}-123", f"not {SECRET} fitted",
]  # fmt: skip
cells = st.sampled_from(CELLS) | st.text(max_size=12)
grids = st.lists(st.lists(cells, max_size=9), max_size=14)
boards = st.tuples(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=9), grids)
mappings = st.dictionaries(
    st.sampled_from(["mpn", "quantity", "reference", "value", "dnp", "alternate_mpn", "nonsense"]),
    st.sampled_from([*HEADERS, "#1", "#2", "#99", "#x"]),
    max_size=3,
)


def tell_nothing(error: ChipwardError) -> None:
    """An error is one line in either language and holds nothing of a cell."""
    for lang in LANGUAGES:
        line = error_line(error, lang)
        assert SECRET not in line
        assert "\n" not in line


def check(path: Path, mapping: dict[str, str] | None = None) -> Bom | ChipwardError:
    """Read a board; only a board or a deliberate error may come out, and no cell in a message."""
    try:
        bom = read_bom(path, mapping)
    except ChipwardError as error:
        tell_nothing(error)
        return error
    assert bom.lines.schema.equals(BOM_SCHEMA)
    assert bom.lines["line"].to_pylist() == list(range(1, bom.lines.num_rows + 1))
    assert bom.lines.num_rows > 0
    rows = bom.lines["row"].to_pylist()
    assert rows == sorted(set(rows))
    assert not rows or rows[0] > bom.header_row
    for lang in LANGUAGES:
        assert not any(SECRET in text(w.key, lang, **w.params) for w in bom.warnings)
    return bom


def delimited(grid: list[list[str]], delimiter: str) -> bytes:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if re.search(r'["\n\r,;\t|]', cell) else cell

    return "\n".join(delimiter.join(map(quoted, row)) for row in grid).encode("utf-8", "replace")


@MANY
@given(
    raw=st.binary(max_size=400), ending=st.sampled_from([".csv", ".tsv", ".xlsx", ".xls", ".ods"])
)
@example(raw=b"\xff\xfe", ending=".csv")
@example(raw=b"\xff\xfeA", ending=".csv")
@example(raw=b"PK\x03\x04", ending=".xlsx")
@example(raw=b"\x81\x30\x81", ending=".csv")
def test_random_bytes(tmp_path: Path, raw: bytes, ending: str) -> None:
    path = tmp_path / f"fuzz{ending}"
    path.write_bytes(raw)
    check(path)


@MANY
@given(board=boards, mapping=mappings, delimiter=st.sampled_from(",;\t|"))
def test_random_boards_as_text(
    tmp_path: Path,
    board: tuple[list[str], list[list[str]]],
    mapping: dict[str, str],
    delimiter: str,
) -> None:
    path = tmp_path / "fuzz.csv"
    path.write_bytes(delimited([board[0], *board[1]], delimiter))
    check(path, mapping)


@FEW
@given(board=boards, mapping=mappings)
def test_random_boards_as_sheets(
    tmp_path: Path, board: tuple[list[str], list[list[str]]], mapping: dict[str, str]
) -> None:
    path = tmp_path / "fuzz.xlsx"
    stream = io.BytesIO()
    with closing(xlsxwriter.Workbook(stream, {"in_memory": True})) as book:
        page = book.add_worksheet()
        for number, row in enumerate([board[0], *board[1]]):
            for column, cell in enumerate(row):
                page.write_string(number, column, cell)
    path.write_bytes(stream.getvalue())
    check(path, mapping)


@MANY
@given(
    header=st.lists(st.sampled_from([*given_facts(), "note", ""]), min_size=1, max_size=6),
    grid=st.lists(
        st.lists(
            cells | st.sampled_from(["2026-11-28", "0.5", "none", "civil", "US:3A090"]), max_size=7
        ),
        max_size=6,
    ),
)
def test_random_shipment_books(tmp_path: Path, header: list[str], grid: list[list[str]]) -> None:
    path = tmp_path / "fuzz.csv"
    path.write_bytes(delimited([header, *grid], ","))
    try:
        book = read_shipments(path)
    except ChipwardError as error:
        tell_nothing(error)
        return
    assert isinstance(book, Shipments)
    assert len(set(book.table["row_id"].to_pylist())) == book.table.num_rows > 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
@FEW
@given(data=st.data())
def test_truncated_and_damaged_published_files(tmp_path: Path, data: st.DataObject) -> None:
    names = sorted(p.name for p in SHARED.iterdir() if p.suffix in {".csv", ".tsv", ".xlsx"})
    name = data.draw(st.sampled_from(names))
    raw = bytearray((SHARED / name).read_bytes())
    del raw[data.draw(st.integers(0, len(raw))) :]
    for at in data.draw(st.lists(st.integers(0, max(0, len(raw) - 1)), max_size=6)):
        raw[at : at + 1] = bytes([data.draw(st.integers(0, 255))])
    path = tmp_path / f"cut{Path(name).suffix}"
    path.write_bytes(bytes(raw))
    check(path)


@MANY
@given(text=st.text(alphabet="Ref QtyMPN Value\n\t,;|12CU数量Î¼鏁伴渭F卤µ°Ã", max_size=200))
def test_fixed_width_and_text_decoded_twice(tmp_path: Path, text: str) -> None:
    for row in fixed_cells(text):
        assert not any("\x00" in cell for cell in row)
    mended, places = mend(text)
    assert (mended == text) == (places == 0)
    path = tmp_path / "fuzz.txt"
    path.write_bytes(text.encode())
    check(path)


@MANY
@given(
    raw=st.binary(max_size=80)
    | st.text(alphabet='{}[]":,1mapping columnshead\n', max_size=80).map(str.encode)
)
def test_random_saved_mappings(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "map.json"
    path.write_bytes(raw)
    try:
        load_mapping(path)
    except ChipwardError as error:
        tell_nothing(error)
