"""Shipment books: columns named as in ``data/facts.csv``, cells typed by it, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import pyarrow as pa

from chipward.dates import parse_day
from chipward.errors import BomError, DateError, Where
from chipward.facts import Fact, facts
from chipward.read.columns import short
from chipward.read.header import HEADER_ROWS
from chipward.read.model import Grid
from chipward.read.parts import is_bare_number
from chipward.read.pick import text_of
from chipward.read.sheet import Sheet, sheets
from chipward.read.source import Source, load
from chipward.read.textfile import cells
from chipward.review import Message
from chipward.tables import ARROW_TYPES, TEXT

LANE = "shipment"
NONE = "none"
_CODES = frozenset({"item", "made_with_codes", "incorporates_codes"})
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_BOOLEANS = {"yes": True, "true": True, "no": False, "false": False}
_TOP = {"share 0-1": 1.0, "percent": 100.0}
_SHOWN = 5
Value = str | float | int | bool | list[str] | Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipments:
    """A shipment book: the facts it gives, and the columns that are no facts, kept aside as text.

    ``table`` has ``row_id``, ``lane`` and every fact a user can give, missing ones null;
    ``aside`` has ``row_id`` and the columns named in ``extras``.
    """

    name: str
    sha256: str
    table: pa.Table
    extras: tuple[str, ...]
    aside: pa.Table
    warnings: tuple[Message, ...]


def given_facts() -> dict[str, Fact]:
    """The facts a shipment row can give, by name, in the order of the dictionary."""
    return {name: fact for name, fact in facts().items() if fact.given_by == "user"}


def read_shipments(path: Path) -> Shipments:
    """Read a shipment book from delimited text or a spreadsheet.

    An empty cell is unknown and becomes null; ``none`` says there is nothing, which is an empty
    list in list columns and stays a word in text columns. Raises `BomError` with file, row and
    column for the first cell that is not of its fact's type, and for a repeated ``id``.
    """
    source = load(path)
    warnings: list[Message] = []
    rows, header = _table(source, warnings)
    names = [name.strip() for name in rows[header]]
    place = Where(source.name, header + 1)
    _check_names(names, place)
    if not source.is_sheet:
        _check_width(rows, header, source.name)
    body = _body(rows[header + 1 :], header + 2, len(names))
    if not body:
        raise BomError("read.no_lines", where=Where(source.name))
    known = given_facts()
    columns = {
        name: _column(known[name], [(row, line[i]) for row, line in body], source.name)
        for i, name in enumerate(names)
        if name in known
    }
    ids = _row_ids(columns.get("id"), [row for row, _ in body], source.name)
    extras = tuple(name for name in names if name and name not in known)
    if extras:
        shown = ", ".join(map(short, extras[:_SHOWN])) + (" …" if extras[_SHOWN:] else "")
        params = {"count": len(extras), "names": shown}
        warnings.append(Message(key="read.extra_columns", params=params))
    aside = {name: [line[names.index(name)] or None for _, line in body] for name in extras}
    return Shipments(
        name=source.name,
        sha256=source.sha256,
        table=_facts_table(known, columns, ids),
        extras=extras,
        aside=pa.table(
            {"row_id": pa.array(ids, TEXT)} | {k: pa.array(v, TEXT) for k, v in aside.items()}
        ),
        warnings=tuple(warnings),
    )


def _table(source: Source, warnings: list[Message]) -> tuple[Grid, int]:
    """The rows of the file, and the index of the one with the most fact names."""
    if source.is_sheet:
        found = sheets(source)
    else:
        found = [Sheet("", cells(text_of(source, warnings), source.name))]
    known = set(given_facts())
    votes = [
        (len(known.intersection(cell.strip() for cell in row)), -at, -index)
        for at, sheet in enumerate(found)
        for index, row in enumerate(sheet.rows[:HEADER_ROWS])
    ]
    most, at, index = max(votes, default=(0, 0, 0))
    if most == 0:
        raise BomError("read.no_fact_columns", where=Where(source.name), hint="read.hint_facts")
    return found[-at].rows, -index


def _check_names(names: Sequence[str], place: Where) -> None:
    for number, name in enumerate(names):
        if name and name in names[:number]:
            raise BomError("read.column_twice", where=Where(place.file, place.row, short(name)))


def _check_width(rows: Grid, header: int, name: str) -> None:
    """Refuse delimited text with cells right of the header: a delimiter that nobody quoted."""
    width = max(at for at, cell in enumerate(rows[header], start=1) if cell.strip())
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        if any(cell.strip() for cell in row[width:]):
            place = Where(name, number)
            raise BomError("read.surplus_cell", where=place, hint="read.hint_quote_cell")


def _body(rows: Grid, first: int, width: int) -> list[tuple[int, list[str]]]:
    """Rows with their number, blank ones left out, short ones filled up."""
    out: list[tuple[int, list[str]]] = []
    for number, row in enumerate(rows, start=first):
        line = [cell.strip() for cell in row[:width]]
        if any(line):
            out.append((number, line + [""] * (width - len(line))))
    return out


def _column(fact: Fact, column: Sequence[tuple[int, str]], name: str) -> list[Value]:
    """Type the cells of one column; each distinct cell is read once."""
    parse = _parser(fact)
    seen: dict[str, Value] = {"": None}
    out: list[Value] = []
    for row, cell in column:
        if cell not in seen:
            try:
                seen[cell] = parse(cell)
            except BomError as error:
                error.where = Where(name, row, fact.name)
                raise
        out.append(seen[cell])
    return out


def _parser(fact: Fact) -> Callable[[str], Value]:
    """The reader of one fact's cells; it raises `BomError` without a place."""
    if fact.type in {"number", "integer"}:
        return lambda cell: _number(cell, fact)
    if fact.type == "boolean":
        return _boolean
    if fact.type == "date":
        return _date
    if fact.type == "list":
        return lambda cell: [] if cell.lower() == NONE else [_word(p, fact) for p in _pieces(cell)]
    return lambda cell: _word(cell, fact)


def _number(cell: str, fact: Fact) -> float | int:
    if not _NUMBER.fullmatch(cell) or not isfinite(float(cell)):
        raise BomError("read.not_number", hint="read.hint_number")
    value = float(cell)
    top = _TOP.get(fact.unit)
    if top is not None and not 0 <= value <= top:
        raise BomError("read.out_of_range", hint="read.hint_range", low="0", high=f"{top:g}")
    if value < 0:
        raise BomError("read.negative")
    if fact.type == "integer":
        if not value.is_integer():
            raise BomError("read.not_number", hint="read.hint_number")
        return int(value)
    return value


def _boolean(cell: str) -> bool:
    value = _BOOLEANS.get(cell.lower())
    if value is None:
        raise BomError("read.not_in_vocabulary", hint="read.hint_allowed", allowed="yes, no")
    return value


def _date(cell: str) -> Any:
    try:
        return parse_day(cell)
    except DateError:
        raise BomError("read.not_date", hint="hint.date") from None


def _pieces(cell: str) -> list[str]:
    return [piece.strip() for piece in cell.split(";") if piece.strip()]


def _word(text: str, fact: Fact) -> str:
    """A word of the fact's vocabulary, or any text where it has none."""
    if fact.vocabulary and text not in fact.vocabulary:
        allowed = ", ".join(fact.vocabulary)
        raise BomError("read.not_in_vocabulary", hint="read.hint_allowed", allowed=allowed)
    if fact.name in _CODES and any(map(is_bare_number, _pieces(text))):
        raise BomError("read.bare_number", hint="read.hint_text_cells")
    return text


def _row_ids(ids: Sequence[Value] | None, rows: Sequence[int], name: str) -> list[str]:
    """The ``id`` of each row, or its row number where none is given; all differ."""
    out: list[str] = []
    seen: set[str] = set()
    for at, row in enumerate(rows):
        given = ids[at] if ids is not None else None
        row_id = str(row) if given is None else str(given)
        if row_id in seen:
            raise BomError("read.id_twice", where=Where(name, row, "id"))
        seen.add(row_id)
        out.append(row_id)
    return out


def _facts_table(
    known: dict[str, Fact], columns: dict[str, list[Value]], ids: Sequence[str]
) -> pa.Table:
    """All facts a user can give as one table, those the book does not give null."""
    out: dict[str, Any] = {
        "row_id": pa.array(ids, TEXT),
        "lane": pa.array([LANE] * len(ids), TEXT),
    }
    for name, fact in known.items():
        kind = ARROW_TYPES[fact.type]
        cells_of = columns.get(name)
        out[name] = pa.nulls(len(ids), kind) if cells_of is None else pa.array(cells_of, kind)
    return pa.table(out)
