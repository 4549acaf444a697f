"""CSV tables of the fact base: read as text, typed by ``data/tables.csv``.

Nothing here guesses a type. ``3E001``, ``NO``, ``NA``, ``734.10`` and ``00123`` come back as they
stand in the file; an empty cell is null, which means unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from chipward.dates import parse_day
from chipward.errors import DataError, DateError, Where
from chipward.resources import data_dir
from chipward.textcsv import read_cells, read_rows

TEXT = pa.string()
TEXT_LIST = pa.list_(pa.string())
ARROW_TYPES: Mapping[str, pa.DataType] = {
    "text": TEXT,
    "number": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "list": TEXT_LIST,
}
_TRUE = frozenset({"true", "yes"})
_FALSE = frozenset({"false", "no"})


def _boolean(text: str) -> bool:
    lowered = text.lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    raise ValueError(text)


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(";") if piece.strip()]


PARSERS: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "number": float,
    "integer": int,
    "boolean": _boolean,
    "date": parse_day,
    "list": _pieces,
}


def typed_column(
    values: Sequence[str], kind: str, where: Where, first_row: int = 2
) -> pa.Array[Any]:
    """Type a column of text cells; an empty cell is null.

    Raises `DataError` naming the row for a cell that is not of the type.
    """
    parse = PARSERS[kind]
    out: list[Any] = []
    for row, value in enumerate(values, start=first_row):
        try:
            out.append(None if value == "" else parse(value))
        except (ValueError, DateError):
            place = Where(where.file, row, where.column)
            raise DataError("error.data_cell", where=place, kind=kind) from None
    return pa.array(out, ARROW_TYPES[kind])


@cache
def column_types() -> Mapping[str, Mapping[str, str]]:
    """Table name (path below ``data``, no ending) to column name to type name."""
    types: dict[str, dict[str, str]] = {}
    for row in read_rows(data_dir() / "tables.csv"):
        types.setdefault(row["table"], {})[row["column"]] = row["type"]
    return types


def load_file(path: Path, types: Mapping[str, str]) -> pa.Table:
    """Read one CSV file with the given column types; a column of neither side is an error."""
    header, body = read_cells(path)
    if set(header) != set(types):
        odd = sorted(set(header) ^ set(types))
        raise DataError("error.data_columns", where=Where(path.name, 1), columns=", ".join(odd))
    return pa.table(
        {
            name: typed_column([row[i] for row in body], types[name], Where(path.name, column=name))
            for i, name in enumerate(header)
        }
    )


@cache
def load(name: str) -> pa.Table:
    """Load a shipped table by its path below ``data`` without ending, typed by ``tables.csv``.

    >>> load("jurisdictions").column_names[0]
    'regime'
    """
    types = column_types().get(name)
    if types is None:
        raise DataError("error.data_undeclared", where=Where(f"{name}.csv"))
    return load_file(data_dir() / f"{name}.csv", types)


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """The table as dictionaries, for small tables and for the edge of the program only."""
    return table.to_pylist()


def live_rows(table: pa.Table, day: date) -> pa.Table:
    """The rows whose ``from``/``until`` interval holds ``day``."""
    import pyarrow.compute as pc  # noqa: PLC0415  30 ms, and not every command asks

    start, until = table["from"], table["until"]
    begun = pc.or_kleene(pc.is_null(start), pc.less_equal(start, pa.scalar(day)))
    not_ended = pc.or_kleene(pc.is_null(until), pc.greater(until, pa.scalar(day)))
    return table.filter(pc.and_(pc.fill_null(begun, False), pc.fill_null(not_ended, False)))


def table_of(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows to a table of the given schema; a missing key is null."""
    names = schema.names
    listed = list(rows)
    return pa.table(
        {
            name: pa.array([row.get(name) for row in listed], schema.field(name).type)
            for name in names
        },
        schema=schema,
    )
