"""Spreadsheets: numbers, dates, sheets, and workbooks that are traps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from chipward.errors import BomError
from chipward.read import read_bom
from chipward.read.sheet import cell_text

HEADER = ["Reference", "Qty", "MPN", "Manufacturer"]
Writer = Callable[..., Path]


def test_numbers_are_text_without_a_decimal_point(write_xlsx: Writer) -> None:
    rows = [HEADER, ["J1", 2, 61300311121.0, "Wurth"], ["J2", 1.5, 901.25, "Amphenol"]]
    lines = read_bom(write_xlsx(rows)).lines
    assert lines["mpn"].to_pylist() == ["61300311121", "901.25"]
    assert lines["quantity"].to_pylist() == [2.0, 1.5]


def test_a_part_number_turned_to_a_date_or_a_rounded_number_is_said(
    tmp_path: Path, write_csv: Writer
) -> None:
    path = tmp_path / "dates.xlsx"
    with closing(xlsxwriter.Workbook(str(path), {"default_date_format": "d-mmm"})) as book:
        page: Any = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["U1", 1, date(2026, 3, 10), "X"])
        page.write_row(2, 0, ["U2", 1, "NE555P", "TI"])
    bom = read_bom(path)
    assert bom.lines["mpn"].to_pylist() == ["2026-03-10", "NE555P"]
    assert [w.params["rows"] for w in bom.warnings if w.key == "read.turned_mpn"] == ["2"]
    bom = read_bom(write_csv("Ref,Qty,MPN\nJ1,1,1.23E+05\nJ2,1,1E6\n"))
    assert bom.lines["mpn"].to_pylist() == ["1.23E+05", "1E6"]
    assert [w.params["rows"] for w in bom.warnings if w.key == "read.turned_mpn"] == ["2"]


def test_a_number_longer_than_a_float_holds_is_not_written_out() -> None:
    assert cell_text(1.2345e20) == "1.2345E+20"
    assert cell_text(123456789012345.0) == "123456789012345"


def test_preamble_and_empty_columns(write_xlsx: Writer) -> None:
    rows = [
        [None, "Project", "Radio"],
        [None, "Quantity", 20],
        [],
        [None, *HEADER],
        [None, "U1", 1, "NE555P", "TI"],
    ]
    bom = read_bom(write_xlsx(rows))
    assert (bom.header_row, bom.lines["row"].to_pylist()) == (4, [5])


def test_the_sheet_with_the_best_header_is_read_and_the_others_named(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    with closing(xlsxwriter.Workbook(str(path))) as book:
        book.add_worksheet("Cover").write_row(0, 0, ["Title", "Radio"])
        book.add_worksheet("Short").write_row(0, 0, ["Ref", "Qty"])
        page: Any = book.add_worksheet("Full")
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["U1", 1, "NE555P", "TI"])
        hidden: Any = book.add_worksheet("Old")
        hidden.write_row(0, 0, [*HEADER, "Value", "Footprint"])
        hidden.hide()
    bom = read_bom(path)
    assert bom.sheet == "Full"
    chosen = [w for w in bom.warnings if w.key == "read.sheet_chosen"]
    assert [w.params for w in chosen] == [{"sheet": "Full", "others": "Short"}]


def test_delimited_text_pasted_into_the_first_column(write_xlsx: Writer) -> None:
    bom = read_bom(write_xlsx([["Ref;Qty;MPN"], ["U1;1;NE555P"], ["U2;1;LM358"]]))
    assert bom.lines["mpn"].to_pylist() == ["NE555P", "LM358"]


def test_a_workbook_named_csv_is_read_as_what_it_is(write_xlsx: Writer) -> None:
    bom = read_bom(write_xlsx([HEADER, ["U1", 1, "NE555P", "TI"]], name="export.csv"))
    assert bom.format == "xlsx"


def test_two_cells_in_far_corners_are_refused_not_allocated(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    with closing(xlsxwriter.Workbook(str(path))) as book:
        page: Any = book.add_worksheet()
        page.write(0, 0, "MPN")
        page.write(1_048_575, 16_383, "x")
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == "read.unpacked"


def test_a_sheet_without_cells(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    with closing(xlsxwriter.Workbook(str(path))) as book:
        book.add_worksheet()
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == "read.empty"
