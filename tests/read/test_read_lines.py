"""Rows to lines: references, quantities, DNP, alternates, totals, repeated headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from chipward.errors import BomError
from chipward.read import BOM_SCHEMA, Bom, read_bom
from chipward.read.references import expand, parse_quantity

Writer = Callable[..., Path]
HEADER = ["Reference", "Qty", "Value", "Manufacturer", "MPN", "Description"]


def rows_of(bom: Bom, key: str) -> list[Any]:
    return [warning.params["rows"] for warning in bom.warnings if warning.key == key]


@pytest.mark.parametrize(
    "cell, quantity, refs",
    [
        ("C1, C2 C3; C4", None, "C1 C2 C3 C4"),
        ("C1-C4", 4.0, "C1 C2 C3 C4"),
        ("C1-C4", 1.0, "C1 C2 C3 C4"),
        ("C1 - C3", None, "C1 C2 C3"),
        ("C1\u2013C3", None, "C1 C2 C3"),
        ("C1~C3", None, "C1 C2 C3"),
        ("C1 to C3", None, "C1 C2 C3"),
        ("C1...C3", None, "C1 C2 C3"),
        ("C1-3", 3.0, "C1 C2 C3"),
        ("J1-2", 1.0, "J1-2"),
        ("R2,3", 2.0, "R2 R3"),
        ("C19,21,23,24", 4.0, "C19 C21 C23 C24"),
        (">  C1, C2", 2.0, "C1 C2"),
        ("C1 C14 C19 ", 3.0, "C1 C14 C19"),
        ("C1，C2、C3；C4", 4.0, "C1 C2 C3 C4"),
        ("C1,\nC2", 2.0, "C1 C2"),
        ("mini-DIN-10", 1.0, "mini-DIN-10"),
        ("C4-C1", None, "C4-C1"),
        ("R4-C9", None, "R4-C9"),
        ("U$2", 1.0, "U$2"),
        ("-", None, ""),
        ("", None, ""),
    ],
)
def test_references(cell: str, quantity: float | None, refs: str) -> None:
    assert expand(cell, quantity) == tuple(refs.split())


def test_a_name_with_blanks_is_one_reference_unless_the_count_says_otherwise() -> None:
    assert expand("OLED display", 1.0) == ("OLED display",)
    assert expand("USB PWR LED", 3.0) == ("USB", "PWR", "LED")


def test_a_range_cannot_be_a_bomb() -> None:
    assert len(expand("C1-C999999")) == 1
    assert len(expand(",".join(["C1-C9999"] * 50))) <= 20_000


@drawn(st.lists(st.tuples(st.sampled_from("RCULQ"), st.integers(1, 9999)), min_size=1, max_size=30))
def test_written_out_references_come_back(refs: list[tuple[str, int]]) -> None:
    names = [f"{letter}{number}" for letter, number in refs]
    for separator in (",", ", ", ";", " ", "\n"):
        assert list(expand(separator.join(names))) == names


@drawn(st.sampled_from(["C", "LED", "U_A"]), st.integers(0, 900), st.integers(1, 60))
def test_ranges_are_whole(letters: str, first: int, more: int) -> None:
    last = first + more
    assert expand(f"{letters}{first}-{letters}{last}") == tuple(
        f"{letters}{number}" for number in range(first, last + 1)
    )


@pytest.mark.parametrize(
    "cell, quantity",
    [
        ("4", 4.0), ("4.0", 4.0), ("1,000", 1000.0), ("2,5", 2.5), ("\uff13", 3.0), ("2 pcs", 2.0),
        ("3x", 3.0), ("10个", 10.0), ("1 m", 1.0), ("0", 0.0), ("-1", None), ("two", None),
        ("", None), ("1/2", None), ("nan", None), ("inf", None), ("9" * 400, None), ("1e5", None),
    ],
)  # fmt: skip
def test_quantities(cell: str, quantity: float | None) -> None:
    assert parse_quantity(cell) == quantity


def test_quantity_is_the_count_of_references_where_it_is_missing(write_board: Writer) -> None:
    rows = [["Ref", "MPN"], ["R1-R4", "A123"], ["", "B123"]]
    assert read_bom(write_board(rows)).lines["quantity"].to_pylist() == [4.0, None]


def test_a_quantity_that_does_not_match_is_said_once(write_board: Writer) -> None:
    body = [[f"R{n}", "2", "10k", "Yageo", f"RC04{n}", ""] for n in range(1, 9)]
    bom = read_bom(write_board([HEADER, *body, ["C1,C2", "2", "1u", "TDK", "C100", ""]]))
    said = [w.params for w in bom.warnings if w.key == "read.quantity_mismatch"]
    assert said == [{"count": 8, "rows": "2, 3, 4, 5, 6 …"}]


def test_full_width_digits_are_folded(write_board: Writer) -> None:
    rows = [HEADER, ["\uff35\uff11", "\uff11", "", "", "\uff2e\uff25\uff15\uff15\uff15P", ""]]
    line = read_bom(write_board(rows)).lines.to_pylist()[0]
    assert (line["refs"], line["quantity"], line["mpn"]) == (["U1"], 1.0, "NE555P")


@pytest.mark.parametrize(
    "header, cell, fitted",
    [
        ("DNP", "DNP", False), ("DNP", "yes", False), ("DNP", "X", False), ("DNP", "1", False),
        ("DNP", "no", True), ("DNP", "N", True), ("DNP", "", True), ("DNP", "(DNP)", False),
        ("DNP", "true", False), ("DNF", "DNF", False), ("DNP", "Fitted", True),
        ("Fitted", "Not Fitted", False), ("Fitted", "Fitted", True), ("Fitted", "no", False),
        ("Fitted", "", True), ("Populate", "0", False), ("ASSY", "NI", False),
        ("Fitted", "DNI", False), ("不贴", "是", False), ("是否贴装", "否", False),
        ("是否贴装", "不贴", False), ("贴装", "是", True),
        ("未実装", "○", False), ("Bestückt", "nein", False), ("Nicht bestücken", "ja", False),
        ("Value", "DNP", False), ("Value", "10k DNP", False), ("Value", "NC", False),
        ("Value", "NC7SZ08", True), ("Value", "10nF", True), ("Value", "NF", False),
        ("Description", "do not populate", False), ("Description", "RES 10K (not fitted)", False),
        ("Description", "LT1719 -- Not Populated", False), ("Description", "电阻 不贴", False),
        ("Description", "nickel plated NI", True), ("Description", "DNP3 gateway", True),
    ],
)  # fmt: skip
def test_fitting_in_all_its_spellings(
    write_csv: Writer,
    header: str,
    cell: str,
    fitted: bool,  # noqa: FBT001
) -> None:
    rows = [["Ref", "Qty", "MPN", header], ["U1", "1", "NE555P", cell]]
    lines = read_bom(write_csv(rows)).lines
    assert lines["fitted"].to_pylist() == [fitted]
    assert lines["mpn"].to_pylist() == ["NE555P"]


def test_unknown_fitting_words_keep_the_line_fitted_and_are_said(write_board: Writer) -> None:
    rows = [["Ref", "Qty", "MPN", "DNP"], ["U1", "1", "A123", "maybe"], ["U2", "1", "B123", "DNP"]]
    bom = read_bom(write_board(rows))
    assert bom.lines["fitted"].to_pylist() == [True, False]
    assert rows_of(bom, "read.fitting_words") == ["2"]


def test_a_quantity_of_zero_is_not_fitted(write_board: Writer) -> None:
    rows = [HEADER, ["U1", "0", "", "", "NE555P", ""], ["U2", "1", "", "", "LM358", ""]]
    assert read_bom(write_board(rows)).lines["fitted"].to_pylist() == [False, True]


def test_a_heading_that_says_not_fitted_holds_until_the_next(write_board: Writer) -> None:
    rows = [
        HEADER,
        ["U1", "1", "", "", "A123", ""],
        ["DO NOT INSTALL COMPONENTS BELOW."],
        ["U2", "1", "", "", "B123", ""],
        ["Mechanical parts of the box"],
        ["X1", "1", "", "", "C123", ""],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["fitted"].to_pylist() == [True, False, True]
    assert rows_of(bom, "read.not_fitted_below") == ["4"]


def test_blank_total_and_note_rows_are_no_lines(write_board: Writer) -> None:
    rows = [
        HEADER,
        ["U1", "1", "", "TI", "NE555P", "timer"],
        [],
        ["", "1", "", "3M", "10035", "bag without a reference"],
        ["", "62", "", "", "", "Total Qty."],
        ["合计", "62", "", "", "", ""],
        ["Approved", "", "by", "", "", ""],
        ["", "61", "", "", "", ""],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["mpn"].to_pylist() == ["NE555P", "10035"]
    assert bom.lines["row"].to_pylist() == [2, 4]
    assert rows_of(bom, "read.skipped_rows") == ["5, 6, 7, 8"]


def test_a_repeated_header_is_a_page_break(write_board: Writer) -> None:
    translated = ["位号", "数量", "参数", "制造商", "制造商型号", "描述"]
    rows = [
        HEADER,
        translated,
        ["U1", "1", "", "TI", "NE555P", ""],
        HEADER,
        ["U2", "1", "", "TI", "LM358", ""],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["mpn"].to_pylist() == ["NE555P", "LM358"]
    assert rows_of(bom, "read.repeated_header") == ["2, 4"]


def test_a_second_table_with_other_columns_is_refused(write_board: Writer) -> None:
    rows = [
        HEADER,
        ["U1", "1", "", "TI", "NE555P", ""],
        ["MPN", "Manufacturer", "Reference", "Qty"],
        ["LM358", "TI", "U2", "1"],
    ]
    with pytest.raises(BomError) as caught:
        read_bom(write_board(rows))
    assert (caught.value.key, caught.value.where.row) == ("read.second_header", 3)


def test_a_second_header_with_some_columns_moved_is_refused(write_board: Writer) -> None:
    moved = ["Reference", "Qty", "MPN", "Manufacturer", "Description", "Value"]
    rows = [HEADER, ["U1", "1", "", "TI", "NE555P", ""], moved, ["U2", "1", "LM358", "TI", "", ""]]
    with pytest.raises(BomError) as caught:
        read_bom(write_board(rows))
    assert caught.value.key == "read.second_header"


def test_a_short_header_is_recognised_when_it_is_repeated(write_board: Writer) -> None:
    rows = [["Ref", "MPN"], ["U1", "NE555P"], ["Ref", "MPN"], ["U2", "LM358"]]
    assert read_bom(write_board(rows)).lines["mpn"].to_pylist() == ["NE555P", "LM358"]


@pytest.mark.parametrize("names, given", [(["manf#"], {}), (["Teil", "Zahl"], {"mpn": "Teil"})])
def test_a_header_of_few_or_unknown_words_is_recognised_when_it_is_repeated(
    write_board: Writer, names: list[str], given: dict[str, str]
) -> None:
    rows = [names, ["NE555P", "1"][: len(names)], names, ["LM358", "2"][: len(names)]]
    assert read_bom(write_board(rows), given).lines["mpn"].to_pylist() == ["NE555P", "LM358"]


def test_a_block_of_approvals_is_no_line(write_board: Writer) -> None:
    rows = [
        HEADER,
        ["U1", "1", "", "TI", "NE555P", "timer"],
        [],
        ["", "Name", "Dept.", "Part number", "REV-2024", "Signature"],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["mpn"].to_pylist() == ["NE555P"]
    assert rows_of(bom, "read.skipped_rows") == ["4"]


def test_rows_with_only_maker_and_part_number_are_alternates(write_board: Writer) -> None:
    rows = [
        HEADER,
        ["C1", "1", "1u", "TDK", "C1005X", "CAP"],
        ["", "", "", "Murata", "GRM155", ""],
        ["", "", "", "", "CL05A105", ""],
        ["C2", "1", "2u", "TDK", "C1006X", "CAP"],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["alternates"].to_pylist() == [
        [{"maker": "Murata", "mpn": "GRM155"}, {"maker": None, "mpn": "CL05A105"}],
        [],
    ]
    assert rows_of(bom, "read.alternate_rows") == ["3, 4"]


def test_a_row_with_a_description_of_its_own_stays_a_line(write_board: Writer) -> None:
    rows = [
        HEADER,
        ["C1", "1", "1u", "TDK", "C1005X", "CAP"],
        ["", "", "", "LLD", "321010005", "cable"],
    ]
    assert read_bom(write_board(rows)).lines["mpn"].to_pylist() == ["C1005X", "321010005"]


def test_several_part_numbers_in_a_cell(write_board: Writer) -> None:
    rows = [
        ["Ref", "Manufacturer", "MPN"],
        ["C1", "TDK\nMurata", "C1005X\nGRM155"],
        ["C2", "TDK", "C1;C22"],
    ]
    lines = read_bom(write_board(rows)).lines
    assert lines["mpn"].to_pylist() == ["C1005X", "C1"]
    assert lines["alternates"].to_pylist() == [
        [{"maker": "Murata", "mpn": "GRM155"}],
        [{"maker": None, "mpn": "C22"}],
    ]


def test_references_that_go_on_in_the_next_rows(write_board: Writer) -> None:
    rows = [
        HEADER,
        ["C1,C2,", "5", "1u", "TDK", "C1005X", ""],
        ["C3,C4,"],
        ["C5"],
        ["U1", "1", "", "", "NE555P", ""],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["refs"].to_pylist() == [["C1", "C2", "C3", "C4", "C5"], ["U1"]]
    assert not rows_of(bom, "read.quantity_mismatch")


def test_surplus_cells_of_delimited_text_are_said(write_csv: Writer) -> None:
    bom = read_bom(
        write_csv("Ref,Qty,MPN,Description\nU1,1,NE555P,timer, 8 pins\nU2,1,LM358,x,,\n")
    )
    assert rows_of(bom, "read.surplus_cells") == ["2"]


@pytest.mark.parametrize("cell", ["30", "30.0", "3E1", "3E+01", "3.00E+01", 30.0])
def test_a_bare_number_as_a_class_is_refused(write_board: Writer, cell: object) -> None:
    rows: Sequence[Sequence[object]] = [
        ["Ref", "MPN", "ECCN"],
        ["U1", "NE555P", "EAR99"],
        ["U2", "LM358", cell],
    ]
    with pytest.raises(BomError) as caught:
        read_bom(write_board(rows))
    error = caught.value
    assert (error.key, error.where.row, error.where.column) == ("read.bare_number", 3, "ECCN")


def test_traps_stay_text_in_every_text_column(write_board: Writer) -> None:
    traps = ["3E001", "4E001", "5E002", "NO", "NA", "on", "734.10", "00123", "1E6"]
    header = [
        "Ref",
        "Qty",
        "MPN",
        "Manufacturer",
        "Description",
        "Supplier Part Number",
        "HTS",
        "Country of Origin",
    ]
    rows = [header, *([f"U{n}", "1", *[trap] * 6] for n, trap in enumerate(traps, start=1))]
    lines = read_bom(write_board(rows)).lines
    for column in ("mpn", "maker", "description", "supplier_code", "hts", "origin"):
        assert lines[column].to_pylist() == traps


def test_classes_of_the_field_are_kept(write_board: Writer) -> None:
    codes = ["3E001", "4E001", "5E002", "EAR99", "3A090.a", "5A992.c"]
    rows = [["Ref", "MPN", "ECCN"], *([f"U{n}", "X123", code] for n, code in enumerate(codes))]
    assert read_bom(write_board(rows)).lines["eccn"].to_pylist() == codes


def test_the_table_has_the_schema_and_empty_cells_are_null(write_board: Writer) -> None:
    bom = read_bom(write_board([HEADER, ["U1", "1", " ", "-", "NE555P", "n/a"]]))
    assert bom.lines.schema.equals(BOM_SCHEMA)
    line = bom.lines.to_pylist()[0]
    assert [line[name] for name in ("value", "maker", "description", "eccn")] == [None] * 4
    assert (line["alternates"], line["fitted"], len(bom.sha256)) == ([], True, 64)
