"""Which column is which, and above all which is the part number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chipward.errors import BomError, UnknownColumn
from chipward.read import MEANINGS, Bom, read_bom
from chipward.read.words import match

Writer = Callable[..., Path]


def mapped(bom: Bom) -> dict[str, str]:
    return {column.meaning: column.column for column in bom.columns}


def keys(bom: Bom) -> list[str]:
    return [warning.key for warning in bom.warnings]


def test_part_number_is_a_distributor_code_beside_a_manufacturer_part_number(
    write_board: Writer,
) -> None:
    rows = [
        ["Index", "Quantity", "Part Number", "Manufacturer Part Number", "Description"],
        ["1", "2", "311-10.0KLRCT-ND", "RC0402FR-0710KL", "RES 10K"],
        ["2", "1", "296-1411-5-ND", "NE555P", "IC OSC"],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["mpn"].to_pylist() == ["RC0402FR-0710KL", "NE555P"]
    assert bom.lines["supplier_code"].to_pylist() == ["311-10.0KLRCT-ND", "296-1411-5-ND"]


def test_a_house_number_beside_a_manufacturer_part_number_is_not_read(write_board: Writer) -> None:
    rows = [["PN", "MPN", "Qty"], ["303030040", "BLM15PD121SN1D", "2"]]
    bom = read_bom(write_board(rows))
    assert bom.lines["mpn"].to_pylist() == ["BLM15PD121SN1D"]
    assert bom.lines["supplier_code"].to_pylist() == [None]


def test_part_number_alone_full_of_distributor_codes_is_no_part_number(write_board: Writer) -> None:
    rows = [["Part Number", "Qty", "Ref"], ["311-10.0KLRCT-ND", "2", "R1 R2"], ["C1525", "1", "C1"]]
    bom = read_bom(write_board(rows))
    assert bom.lines["mpn"].to_pylist() == [None, None]
    assert bom.lines["supplier_code"].to_pylist() == ["311-10.0KLRCT-ND", "C1525"]
    assert "read.no_mpn_column" in keys(bom)


def test_a_weak_part_number_column_is_said_unless_a_maker_stands_beside_it(
    write_board: Writer,
) -> None:
    rows = [["Ref", "Qty", "Part Number"], ["U1", "1", "NE555P"]]
    assert "read.weak_mpn" in keys(read_bom(write_board(rows)))
    rows = [["Ref", "Qty", "Part Number", "Mfr"], ["U1", "1", "NE555P", "TI"]]
    assert "read.weak_mpn" not in keys(read_bom(write_board(rows)))


def test_a_weak_part_number_column_full_of_specifications_is_a_value(write_board: Writer) -> None:
    rows = [
        ["位号", "数量", "规格型号", "品牌"],
        ["R1", "1", "贴片电阻 10K ±1% 1/16W 0402", "国巨"],
        ["C1", "1", "贴片电容 100nF 16V X7R 0402", "风华"],
        ["U1", "1", "GD32F103C8T6", "兆易创新"],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["mpn"].to_pylist() == [None, None, None]
    assert bom.lines["value"].to_pylist()[2] == "GD32F103C8T6"
    assert "read.no_mpn_column" in keys(bom)


def test_two_part_number_columns_that_differ_are_refused(write_board: Writer) -> None:
    rows = [["Ref", "MPN", "Manufacturer Part Number"], ["U1", "NE555P", "LM555CN"]]
    path = write_board(rows)
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == "read.two_mpn"
    assert "MPN" in str(caught.value)
    assert "NE555P" not in str(caught.value)
    assert read_bom(path, {"mpn": "MPN"}).lines["mpn"].to_pylist() == ["NE555P"]


def test_two_part_number_columns_that_agree_are_one(write_board: Writer) -> None:
    rows = [
        ["Ref", "MPN", "Manufacturer Part Number"],
        ["U1", "NE555P", "NE555P"],
        ["U2", "LM358", ""],
    ]
    assert read_bom(write_board(rows)).lines["mpn"].to_pylist() == ["NE555P", "LM358"]


def test_two_columns_of_one_meaning_are_named(write_board: Writer) -> None:
    rows = [["Ref", "Qty", "Description", "Part Description"], ["U1", "1", "timer", "555"]]
    bom = read_bom(write_board(rows))
    assert bom.lines["description"].to_pylist() == ["timer"]
    said = [w.params for w in bom.warnings if w.key == "read.two_columns"]
    assert said == [
        {"meaning": "description", "first": "Description", "second": "Part Description"}
    ]


def test_a_better_column_of_a_meaning_needs_no_word(write_board: Writer) -> None:
    rows = [["Ref", "Qty", "Value", "Comment", "MPN"], ["R1", "1", "10k", "pull-up", "RC0402"]]
    bom = read_bom(write_board(rows))
    assert bom.lines["value"].to_pylist() == ["10k"]
    assert not bom.warnings


def test_a_second_number_beside_a_supplier_is_the_suppliers(write_board: Writer) -> None:
    rows = [
        ["Qty", "Supplier", "Part #", "Mfg #"],
        ["1", "Mouser", "77-MAX2769ETI+", "MAX2769ETI+"],
    ]
    line = read_bom(write_board(rows)).lines.to_pylist()[0]
    assert (line["mpn"], line["supplier_code"]) == ("MAX2769ETI+", "77-MAX2769ETI+")


def test_item_and_line_numbers_are_nothing(write_board: Writer) -> None:
    rows = [["Item", "#", "Ref", "Qty", "MPN"], ["1", "1", "U1", "1", "NE555P"]]
    assert set(mapped(read_bom(write_board(rows)))) == {"reference", "quantity", "mpn"}


@pytest.mark.parametrize(
    "cells, fitted",
    [
        (["SMT", "THT"], [True, True]),
        (["SMT", "Through Hole"], [True, True]),
        (["Yes", "No"], [True, False]),
        (["", "No"], [True, False]),
    ],
)
def test_mount_is_fitting_only_where_it_says_yes_and_no(
    write_board: Writer, cells: list[str], fitted: list[bool]
) -> None:
    rows = [
        ["Ref", "Qty", "MPN", "Mount"],
        ["U1", "1", "A1234", cells[0]],
        ["U2", "1", "B1234", cells[1]],
    ]
    assert read_bom(write_board(rows)).lines["fitted"].to_pylist() == fitted


def test_config_of_variants_is_not_fitting(write_board: Writer) -> None:
    rows = [["Ref", "Qty", "MPN", "Config"], ["U1", "1", "A1234", "+can"], ["U2", "1", "B1234", ""]]
    assert read_bom(write_board(rows)).lines["fitted"].to_pylist() == [True, True]


def test_numbered_and_repeated_pairs_are_alternates(write_board: Writer) -> None:
    numbered = [
        ["Ref", "Manufacturer 1", "Manufacturer Part Number 1", "Manufacturer 2", "MPN 2"],
        ["C1", "Murata", "GRM155", "TDK", "C1005X"],
    ]  # fmt: skip
    repeated = [
        ["Ref", "MPN", "Manufacturer", "MPN", "Manufacturer"],
        ["C1", "GRM155", "Murata", "C1005X", "TDK"],
    ]
    worded = [
        ["Ref", "Mfr", "MPN", "Alt Mfr", "Alt MPN"],
        ["C1", "Murata", "GRM155", "TDK", "C1005X"],
    ]
    for rows in (numbered, repeated, worded):
        line = read_bom(write_board(rows)).lines.to_pylist()[0]
        assert (line["maker"], line["mpn"]) == ("Murata", "GRM155")
        assert line["alternates"] == [{"maker": "TDK", "mpn": "C1005X"}]


def test_a_first_source_without_maker_takes_the_one_named_for_it(write_board: Writer) -> None:
    rows = [
        ["Ref", "Manufacturer", "MPN", "Manufacturer", "MPN"],
        ["C1", "", "88534", "Würth", "88534"],
    ]
    line = read_bom(write_board(rows)).lines.to_pylist()[0]
    assert (line["maker"], line["mpn"], line["alternates"]) == ("Würth", "88534", [])


def test_supplier_is_named_by_the_header_of_its_code(write_board: Writer) -> None:
    rows = [
        ["Ref", "Value", "LCSC Part #", "Digikey"],
        ["C1", "1u", "C15849", ""],
        ["C2", "2u", "", "490-1-ND"],
    ]
    lines = read_bom(write_board(rows)).lines
    assert lines["supplier"].to_pylist() == ["LCSC", "Digi-Key"]
    assert lines["supplier_code"].to_pylist() == ["C15849", "490-1-ND"]


def test_maker_and_part_number_in_one_cell(write_board: Writer) -> None:
    rows = [
        ["Ref", "Qty", "Manufacturer/MPN"],
        ["C1", "1", "YAGEO CC0402KRX7R7BB104"],
        ["X1", "1", "Metal box"],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["maker"].to_pylist() == ["YAGEO", None]
    assert bom.lines["mpn"].to_pylist() == ["CC0402KRX7R7BB104", None]
    assert bom.lines["description"].to_pylist() == [None, "Metal box"]
    assert "read.split_cells" in keys(bom)


def test_a_value_like_column_with_part_numbers_is_added_to_the_description(
    write_board: Writer,
) -> None:
    rows = [
        ["Designator", "Comment", "LibRef", "Description"],
        ["C1", "2.2uF", "GRM188R61C225KE15D", "CAP CER"],
    ]
    bom = read_bom(write_board(rows))
    assert bom.lines["mpn"].to_pylist() == [None]
    assert bom.lines["description"].to_pylist() == ["CAP CER; GRM188R61C225KE15D"]


@pytest.mark.parametrize("wanted", ["Comment", "comment", " COMMENT ", "#2"])
def test_the_users_mapping_beats_the_words(write_board: Writer, wanted: str) -> None:
    rows = [["Designator", "Comment", "MPN"], ["U1", "NE555P", "house-1"]]
    bom = read_bom(write_board(rows), {"mpn": wanted})
    assert bom.lines["mpn"].to_pylist() == ["NE555P"]
    assert [c.how for c in bom.columns if c.meaning == "mpn"] == ["given"]


def test_a_mapping_that_fits_two_headers_is_refused(write_board: Writer) -> None:
    path = write_board([["Ref", "Part No", "Part_Number"], ["U1", "NE555P", "LM555CN"]])
    with pytest.raises(UnknownColumn):
        read_bom(path, {"mpn": "part number"})
    assert read_bom(path, {"mpn": "Part_Number"}).lines["mpn"].to_pylist() == ["LM555CN"]


def test_figures_of_a_preamble_lose_against_the_header(write_board: Writer) -> None:
    preamble = ["Quantity", "100", "Value", "5", "Description", "7", "MPN", "2"]
    bom = read_bom(write_board([preamble, ["Ref", "MPN", "Qty"], ["U1", "NE555P", "1"]]))
    assert bom.header_row == 2


def test_a_header_of_unknown_words_is_found_by_the_mapping(write_board: Writer) -> None:
    rows = [["Radio", "rev 2"], ["Teil", "Zahl"], ["NE555P", "2"]]
    bom = read_bom(write_board(rows), {"mpn": "Teil", "quantity": "Zahl"})
    assert bom.header_row == 2
    assert bom.lines["quantity"].to_pylist() == [2.0]


def test_a_file_without_header_is_refused_and_then_read_by_number(write_board: Writer) -> None:
    path = write_board([["150060GS75000", "3", "D1 D2 D3"], ["47346-0001", "1", "J1"]])
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == "read.no_header"
    assert "--map mpn=#3" in str(caught.value)
    bom = read_bom(path, {"mpn": "#1", "quantity": "#2", "reference": "#3"})
    assert bom.header_row == 0
    assert bom.lines["mpn"].to_pylist() == ["150060GS75000", "47346-0001"]
    assert bom.lines["refs"].to_pylist() == [["D1", "D2", "D3"], ["J1"]]
    assert bom.lines["row"].to_pylist() == [1, 2]


@pytest.mark.parametrize(
    "given, key, known",
    [
        ({"mpm": "MPN"}, "read.unknown_meaning", "alternate_mpn"),
        ({"mpn": "Part"}, "read.unknown_header", "Designator"),
        ({"mpn": "#9"}, "read.unknown_header", "Designator"),
        ({"mpn": "#0"}, "read.unknown_header", "Designator"),
    ],
)
def test_an_unknown_mapping_names_what_is_known(
    write_board: Writer, given: dict[str, str], key: str, known: str
) -> None:
    path = write_board([["Designator", "MPN"], ["U1", "NE555P"]])
    with pytest.raises(UnknownColumn) as caught:
        read_bom(path, given)
    assert (caught.value.key, caught.value.exit_code) == (key, 11)
    assert known in str(caught.value)


def test_every_meaning_can_be_mapped(write_board: Writer) -> None:
    names = [f"column {letter}" for letter in "abcdefghijklmnopqr"]
    cells = [
        "R1",
        "1",
        "MPN-123",
        "Mk",
        "d",
        "v",
        "f",
        "s",
        "c",
        "",
        "yes",
        "EAR99",
        "85",
        "JP",
        "ALT-123",
        "Am",
        "0.10",
        "5000",
    ]
    given = dict(zip(MEANINGS, names, strict=True))
    line = read_bom(write_board([names, cells]), given).lines.to_pylist()[0]
    del line["line"], line["row"]
    assert line == {
        "refs": ["R1"], "quantity": 1.0, "mpn": "MPN-123", "maker": "Mk", "description": "d",
        "value": "v", "footprint": "f", "supplier": "s", "supplier_code": "c", "fitted": True,
        "eccn": "EAR99", "hts": "85", "origin": "JP",
        "alternates": [{"maker": "Am", "mpn": "ALT-123"}],
    }  # fmt: skip


def test_references_are_found_by_their_cells_where_no_header_says_so(write_board: Writer) -> None:
    rows = [["ID", "MPN", "QTY"], [">  C1, C2-C4", "GRM155R71", "4"], ["    U1", "NE555P", "1"]]
    bom = read_bom(write_board(rows))
    assert bom.lines["refs"].to_pylist() == [["C1", "C2", "C3", "C4"], ["U1"]]


@pytest.mark.parametrize(
    "header, meaning, order",
    [
        ("Mfr. Part #", "mpn", 1),
        ("*Mfg Part #", "mpn", 1),
        ("MANUFACTURER_NO", "mpn", 1),
        ("ManufacturerPartNumber2", "mpn", 2),
        ("MPN (3)", "mpn", 3),
        ("Ref Des", "reference", 1),
        ("Quantity\nPer PCB", "quantity", 1),
        ("Supplier 1 PN", "supplier_code", 1),
        ("Manufacturer / Part Number", "maker_mpn", 1),
        ("原产地", "origin", 1),
        ("海关编码", "hts", 1),
        ("型番", "mpn", 1),
        ("Zolltarifnummer", "hts", 1),
    ],
)
def test_header_words(header: str, meaning: str, order: int) -> None:
    found = match(header)
    assert found is not None
    assert (found.meaning, found.order) == (meaning, order)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "price100_mouser",
        "Embest P/N 2 x",
        "DigiKey Quantity",
        "Datasheet MPN URL",
        "Internal",
        "x" * 99,
    ],
)
def test_words_that_say_nothing(header: str) -> None:
    assert match(header) is None
