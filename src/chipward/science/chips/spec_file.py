"""Reading a CSV of specifications: cells are text, typed by name; what is odd has a place."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from chipward.dates import parse_day
from chipward.errors import DateError, InputError, UnknownColumn, Where
from chipward.science.chips.classify import AS_OF
from chipward.science.chips.specs import CHIP, DATACENTER, NUMBERS, PLANAR
from chipward.tables import TEXT

_YES, _NO = frozenset({"true", "yes"}), frozenset({"false", "no"})


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or value < 0 or "_" in text:
        raise ValueError(text)
    return value


def _boolean(text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise ValueError(text)


TYPES: Mapping[str, tuple[str, Callable[[str], Any], pa.DataType]] = {
    **dict.fromkeys(NUMBERS, ("chips.not_a_number", _number, pa.float64())),
    DATACENTER: ("chips.not_a_boolean", _boolean, pa.bool_()),
    PLANAR: ("chips.not_a_boolean", _boolean, pa.bool_()),
    AS_OF: ("error.not_a_date", parse_day, pa.date32()),
}


def _cells(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header, and the rows that hold anything with their line numbers."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except OSError as error:
        raise InputError("chips.unreadable", where=Where(path.name)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError("chips.not_csv", where=Where(path.name), hint="chips.hint.csv") from error
    if not rows:
        raise InputError("chips.empty", where=Where(path.name), hint="chips.hint.columns")
    header = [name.strip() for name in rows[0][1]]
    if len(set(header)) != len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise InputError("chips.header_twice", where=Where(path.name, 1, twice[:40]))
    if not set(header) & set(NUMBERS):
        raise UnknownColumn(
            "chips.no_columns", where=Where(path.name, 1), hint="chips.hint.columns"
        )
    for number, row in rows[1:]:
        if len(row) != len(header):
            raise InputError("chips.ragged", where=Where(path.name, number), count=len(header))
    if not rows[1:]:
        raise InputError("chips.empty", where=Where(path.name), hint="chips.hint.columns")
    return header, rows[1:]


def read_spec_file(path: Path) -> pa.Table:
    """Read a CSV of chips with a header row; an empty cell is unknown.

    Columns named as in `chipward.science.chips.specs` are typed, every other one stays text.

    Raises:
        InputError: a file that is no CSV, or a cell that is not of its column's type, with the
            row and column.
        UnknownColumn: no column of a specification in the header.
    """
    header, rows = _cells(path)
    columns: dict[str, Any] = {}
    for at, name in enumerate(header):
        key, parse, kind = TYPES.get(name, ("", str, TEXT))
        values: list[Any] = []
        for number, row in rows:
            text = row[at].strip()
            try:
                values.append(parse(text) if text else None)
            except (ValueError, DateError):
                where = Where(path.name, number, name)
                hint = "hint.date" if name == AS_OF else "chips.hint.cell"
                raise InputError(key, where=where, hint=hint, value=text[:20]) from None
        columns[name] = pa.array(values, kind)
    if CHIP not in columns:
        numbered = [str(i) for i in range(1, len(rows) + 1)]
        columns = {CHIP: pa.array(numbered, TEXT), **columns}
    return pa.table(columns)
