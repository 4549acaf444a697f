"""Shipment books: typed by the fact dictionary, unknown stays unknown, bad cells are named."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter

from chipward.catalogue import text
from chipward.errors import BomError
from chipward.facts import facts
from chipward.read.shipments import given_facts, read_shipments
from chipward.tables import ARROW_TYPES

Writer = Callable[..., Path]


def test_every_column_is_there_and_typed(write_board: Writer) -> None:
    table = read_shipments(write_board([["id", "item"], ["S1", "EAR99"]])).table
    assert table.column_names == ["row_id", "lane", *given_facts()]
    assert {"id", "tpp", "route", "red_flags"} <= set(given_facts())
    for name, fact in given_facts().items():
        assert table.schema.field(name).type == ARROW_TYPES[fact.type]
        assert fact is facts()[name]
    assert table["tpp"].to_pylist() == [None]
    assert table["lane"].to_pylist() == ["shipment"]


def test_cells_are_typed(write_board: Writer) -> None:
    header = ["id", "date", "item", "quantity", "us_controlled_content_share", "datacenter",
              "has_hbm", "route", "certifications", "listed_as", "end_use", "hs"]  # fmt: skip
    row = ["S1", "2026-11-28", "US:3A090.a;CN:3C001", "12", "0.25", "yes",
           "false", "NL; SG", "us_supply;volume_50pct", "none", "civil", "8542.31"]  # fmt: skip
    line = read_shipments(write_board([header, row])).table.select(header).to_pylist()[0]
    assert line == {
        "id": "S1", "date": date(2026, 11, 28), "item": "US:3A090.a;CN:3C001", "quantity": 12.0,
        "us_controlled_content_share": 0.25, "datacenter": True, "has_hbm": False,
        "route": ["NL", "SG"], "certifications": ["us_supply", "volume_50pct"],
        "listed_as": "none", "end_use": "civil", "hs": "8542.31",
    }  # fmt: skip


def test_empty_is_unknown_and_none_is_said(write_board: Writer) -> None:
    names = ["made_with_codes", "incorporates_codes", "certifications"]
    words = ["item", "attested", "designer_status", "listed_as"]
    rows = [["id", *names, *words], ["S1", *["none"] * 7], ["S2", *[""] * 7]]
    table = read_shipments(write_board(rows)).table
    for name in names:
        assert table[name].to_pylist() == [[], None]
    for name in words:
        assert table[name].to_pylist() == ["none", None]


def test_spreadsheet_cells(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with closing(xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})) as book:
        page: Any = book.add_worksheet()
        page.write_row(0, 0, ["Book of March"])
        page.write_row(1, 0, ["id", "date", "tpp", "datacenter", "hs"])
        page.write_row(2, 0, [7, date(2026, 3, 1), 4800.5, True, 85423100])
    table = read_shipments(path).table
    assert table.select(["row_id", "date", "tpp", "datacenter", "hs"]).to_pylist() == [
        {
            "row_id": "7",
            "date": date(2026, 3, 1),
            "tpp": 4800.5,
            "datacenter": True,
            "hs": "85423100",
        }
    ]


def test_row_numbers_name_rows_without_id(write_board: Writer) -> None:
    table = read_shipments(write_board([["item"], ["EAR99"], ["none"]])).table
    assert table["row_id"].to_pylist() == ["2", "3"]


def test_other_columns_are_kept_aside_and_said(write_board: Writer) -> None:
    book = read_shipments(
        write_board([["id", "Buyer ref", "item"], ["S1", "x", "EAR99"], ["S2", "", ""]])
    )
    assert book.extras == ("Buyer ref",)
    assert book.aside.to_pylist() == [
        {"row_id": "S1", "Buyer ref": "x"},
        {"row_id": "S2", "Buyer ref": None},
    ]
    assert [text(w.key, **w.params) for w in book.warnings] == [
        "columns that are no facts, left aside: 1 (Buyer ref)"
    ]


def test_traps_stay_text(write_board: Writer) -> None:
    traps = ["3E001", "4E001", "5E002", "NO", "NA", "on", "734.10", "00123", "1E6"]
    names = ["mpn", "destination", "consignee", "hs", "description"]
    table = read_shipments(write_board([names, *([trap] * 5 for trap in traps)])).table
    for name in names:
        assert table[name].to_pylist() == traps


BAD = {
    "number": (["tpp"], ["many"], "read.not_number"),
    "thousands": (["value_usd"], ["1,000"], "read.not_number"),
    "not a number": (["tpp"], ["nan"], "read.not_number"),
    "infinite": (["tpp"], ["1e999"], "read.not_number"),
    "below zero": (["quantity"], ["-1"], "read.negative"),
    "share in percent": (["us_controlled_content_share"], ["25"], "read.out_of_range"),
    "share with a sign": (["owner_share_listed"], ["50%"], "read.not_number"),
    "purity over 100": (["purity_pct"], ["101"], "read.out_of_range"),
    "date": (["date"], ["28/11/2026"], "read.not_date"),
    "no such day": (["date"], ["2026-02-30"], "read.not_date"),
    "boolean": (["datacenter"], ["maybe"], "read.not_in_vocabulary"),
    "vocabulary": (["end_use"], ["games"], "read.not_in_vocabulary"),
    "vocabulary of a list": (["certifications"], ["us_supply;other"], "read.not_in_vocabulary"),
    "number as a code": (["item"], ["30"], "read.bare_number"),
    "number among codes": (["made_with_codes"], ["3E001;3E+01"], "read.bare_number"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_cells_name_row_and_column(write_board: Writer, name: str) -> None:
    header, cells, key = BAD[name]
    path = write_board([["id", *header], ["S1", ""], [], ["S2", *cells]])
    with pytest.raises(BomError) as caught:
        read_shipments(path)
    error = caught.value
    assert (error.key, error.exit_code) == (key, 11)
    assert str(error.where) == f"{path.name}:4:{header[0]}"
    assert "\n" not in str(error)
    assert cells[0] not in str(error).split(": ", 1)[1]


def test_the_allowed_words_are_named(write_board: Writer) -> None:
    with pytest.raises(BomError) as caught:
        read_shipments(write_board([["action"], ["import"]]))
    assert "export, reexport, transfer" in str(caught.value)


@pytest.mark.parametrize(
    "rows, key, place",
    [
        ([["id", "item"], ["S1", ""], ["S1", ""]], "read.id_twice", "3:id"),
        ([["id", "item"], ["3", ""], ["", "EAR99"]], "read.id_twice", "3:id"),
        ([["id", "item", "id"], ["S1", "", ""]], "read.column_twice", "1:id"),
        ([["id", "item"]], "read.no_lines", ""),
        ([["ID", "Item"], ["S1", "EAR99"]], "read.no_fact_columns", ""),
    ],
)
def test_bad_books(write_board: Writer, rows: list[list[str]], key: str, place: str) -> None:
    path = write_board(rows)
    with pytest.raises(BomError) as caught:
        read_shipments(path)
    assert caught.value.key == key
    assert str(caught.value.where) == ":".join(filter(None, [path.name, place]))


def test_a_delimiter_nobody_quoted_is_refused(write_csv: Writer) -> None:
    path = write_csv("id,item,description\nS1,EAR99,timer\nS2,EAR99,timer, 8 pins\n")
    with pytest.raises(BomError) as caught:
        read_shipments(path)
    assert (caught.value.key, caught.value.where.row) == ("read.surplus_cell", 3)


@pytest.mark.parametrize("name, rows", [("us_determinations", 56), ("cn_determinations", 18)])
def test_golden_books(shared: Path, name: str, rows: int) -> None:
    book = read_shipments(shared / "golden" / f"{name}.csv")
    assert book.table.num_rows == rows
    assert {"expect_outcome", "basis", "note"} <= set(book.extras)
    assert not set(book.extras) & set(given_facts())
    assert book.aside["row_id"].to_pylist() == book.table["id"].to_pylist()
    assert isinstance(book.table, pa.Table)
