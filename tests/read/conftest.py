"""Writers of small boards, as text and as spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

Rows = Sequence[Sequence[object]]
Writer = Callable[..., Path]


@pytest.fixture
def write_csv(tmp_path: Path) -> Writer:
    """Write rows (or a text as it is) as a delimited file."""

    def write(
        rows: Rows | str, *, name: str = "board.csv", encoding: str = "utf-8", delimiter: str = ","
    ) -> Path:
        path = tmp_path / name
        if isinstance(rows, str):
            path.write_bytes(rows.encode(encoding))
        else:
            with path.open("w", encoding=encoding, newline="") as stream:
                csv.writer(stream, delimiter=delimiter).writerows(rows)
        return path

    return write


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Writer:
    """Write rows as one sheet; strings stay strings, numbers numbers."""

    def write(rows: Rows, *, name: str = "board.xlsx", sheet: str = "BOM") -> Path:
        path = tmp_path / name
        with closing(xlsxwriter.Workbook(str(path))) as book:
            page: Any = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, cell)
                    elif cell is not None:
                        page.write(number, column, cell)
        return path

    return write


@pytest.fixture(params=["csv", "xlsx"])
def write_board(request: pytest.FixtureRequest, write_csv: Writer, write_xlsx: Writer) -> Writer:
    """The same rows once as CSV and once as XLSX."""
    return write_csv if request.param == "csv" else write_xlsx
