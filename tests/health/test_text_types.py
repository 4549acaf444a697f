"""Codes of the field look like numbers, switches and holes to most readers; here they stay text."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from chipward.law.load import read_yaml
from chipward.read import read_bom
from chipward.tables import load_file, rows_of
from chipward.textcsv import read_cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOKENS = ("3E001", "4E001", "5E002", "NO", "NA", "on", "734.10", "00123", "1E6")
HEADER = ("Reference", "Quantity", "MPN", "Description")


def _bom_rows() -> list[tuple[str, ...]]:
    return [(f"U{n}", "1", token, token) for n, token in enumerate(TOKENS, start=1)]


def _csv(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *_bom_rows()])
    return path


def _xlsx(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate([HEADER, *_bom_rows()]):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return path


def test_plain_csv_keeps_text(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("code\n" + "\n".join(TOKENS) + "\n", encoding="utf-8")
    _, body = read_cells(path)
    assert tuple(row[0] for row in body) == TOKENS


def test_typed_table_keeps_text_and_lists(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("code,codes\n" + "".join(f"{t},{t};{t}\n" for t in TOKENS), encoding="utf-8")
    rows = rows_of(load_file(path, {"code": "text", "codes": "list"}))
    assert [row["code"] for row in rows] == list(TOKENS)
    assert [row["codes"] for row in rows] == [[t, t] for t in TOKENS]


def test_yaml_keeps_text(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        "codes:\n" + "".join(f"  - {t}\n" for t in TOKENS) + "on: NO\n3E001: 12:30\n",
        encoding="utf-8",
    )
    assert read_yaml(path) == {"codes": list(TOKENS), "on": "NO", "3E001": "12:30"}


@pytest.mark.parametrize("make,ending", [(_csv, "csv"), (_xlsx, "xlsx")])
def test_bom_reader_keeps_text(make: Callable[[Path], Path], ending: str, tmp_path: Path) -> None:
    lines = read_bom(make(tmp_path / f"board.{ending}")).lines
    assert lines["mpn"].to_pylist() == list(TOKENS)
    assert lines["description"].to_pylist() == list(TOKENS)
