"""The one CSV reader of the fact base: standard library only, all cells text."""

from __future__ import annotations

import csv
from pathlib import Path

from chipward.errors import DataError, Where


def read_cells(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and body of a CSV with one header row; every cell is text as it stands.

    Raises `DataError` with file and row for a missing file, a repeated header or a ragged row.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError("error.data_unreadable", where=Where(path.name)) from error
    if not rows or len(set(rows[0])) != len(rows[0]):
        raise DataError("error.data_header", where=Where(path.name, 1))
    header, body = rows[0], rows[1:]
    for number, row in enumerate(body, start=2):
        if len(row) != len(header):
            raise DataError("error.data_ragged", where=Where(path.name, number))
    return header, body


def read_rows(path: Path) -> list[dict[str, str]]:
    """The same, a dictionary a row."""
    header, body = read_cells(path)
    return [dict(zip(header, row, strict=True)) for row in body]
