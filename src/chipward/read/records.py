"""What a structured file lists, as records with named fields, and those records as a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chipward.errors import BomError, Where
from chipward.read.columns import by_number
from chipward.read.model import Grid
from chipward.read.words import OTHER, STRONG, fold, match, plain
from chipward.review import Message

REFERENCE, QUANTITY, VALUE, FOOTPRINT, DESCRIPTION = (
    "Reference",
    "Quantity",
    "Value",
    "Footprint",
    "Description",
)
MOST_COLUMNS = 2000
MOST_CELLS = 20_000_000
MOST_RECORDS = 500_000

_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DIGITS = re.compile(r"(\d+)")
_ONE_COLUMN = frozenset({"mpn", "maker"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record: its references, its fields in the order of the file, and its fitted flag."""

    fields: tuple[tuple[str, str], ...]
    refs: tuple[str, ...] = ()
    fitted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All records of a file.

    ``flag`` names what the format marks parts with that are not fitted; ``components`` says that
    each record is one component, so that equal ones make up a line.
    """

    format: str
    items: tuple[Item, ...]
    components: bool = False
    flag: str = ""
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Records as rows of cells below a row of names; ``items`` says what each row came from."""

    names: list[str]
    rows: Grid
    items: list[Item]


@dataclass(slots=True)
class _Columns:
    """Columns by folded name; a name that stands twice in one record is two columns."""

    index: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])
    names: list[str] = field(default_factory=list[str])

    def row(self, fields: Iterable[tuple[str, str]]) -> list[str]:
        """The cells of one record at their columns."""
        cells: dict[int, str] = {}
        seen: Counter[str] = Counter()
        said: set[tuple[str, str]] = set()
        for name, cell in fields:
            key = fold(name) or plain(name)
            if seen[key] and (not cell or (key, cell) in said):
                continue
            cells[self._at(key, seen[key], name)] = cell
            said.add((key, cell))
            seen[key] += 1
        return [cells.get(index, "") for index in range(max(cells, default=-1) + 1)]

    def _at(self, key: str, number: int, name: str) -> int:
        index = self.index.setdefault((key, number), len(self.names))
        if index == len(self.names):
            self.names.append(name)
        return index


def clean(text: str) -> str:
    r"""A text that can be shown and stored: no control characters, no halves of characters.

    >>> clean("NE555\x00\ud800"), clean("10 µF")
    ('NE555\ufffd\ufffd', '10 µF')
    """
    return _UNPRINTED.sub("\ufffd", text)


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key under which R2 stands before R10.

    >>> sorted(["R10", "R2", "C1"], key=natural)
    ['C1', 'R2', 'R10']
    """
    return tuple(
        (int(piece[:18]), piece) if piece.isdecimal() else (-1, piece)
        for piece in _DIGITS.split(text)
        if piece
    )


def tabulate(records: Records, given: Mapping[str, str], name: str) -> Table:
    """The records as a table under the names of their fields.

    Spellings of one name share a column, and so do columns of part numbers or makers that never
    contradict each other. Components that agree in all that is read become one row. ``given`` is
    the user's mapping: a field named there keeps its column. Raises `BomError` for more columns or
    cells than a table can sensibly have.
    """
    if len(records.items) > MOST_RECORDS:
        raise BomError("read.too_much", where=Where(name))
    columns = _Columns()
    rows: Grid = []
    for item in records.items:
        rows.append(columns.row(_fields(item)))
        if len(columns.names) > MOST_COLUMNS:
            raise BomError("read.most_columns", where=Where(name), limit=MOST_COLUMNS)
    if len(columns.names) * len(rows) > MOST_CELLS:
        raise BomError("read.too_much", where=Where(name))
    rows = [row + [""] * (len(columns.names) - len(row)) for row in rows]
    names, rows = _merged(columns.names, rows, given)
    table = Table(names, rows, list(records.items))
    return _grouped(table, given) if records.components else table


def _fields(item: Item) -> Iterable[tuple[str, str]]:
    if item.refs:
        yield REFERENCE, ",".join(item.refs)
        yield QUANTITY, str(len(item.refs))
    for name, cell in item.fields:
        yield clean(name), clean(cell)


def _merged(names: list[str], rows: Grid, given: Mapping[str, str]) -> tuple[list[str], Grid]:
    """Columns that say the same thing under two names, as one: ``manf`` beside ``Manufacturer``."""
    if any(by_number(name) is not None for name in given.values()):
        return names, rows
    wanted = {fold(name) for name in given.values()}
    kept: dict[tuple[str, int], int] = {}
    gone: set[int] = set()
    for index, name in enumerate(names):
        found = match(name)
        if found is None or found.meaning not in _ONE_COLUMN or found.priority > STRONG:
            continue
        if fold(name) in wanted:
            continue
        first = kept.setdefault((found.meaning, found.order), index)
        if first != index and all(_agree(row[first], row[index]) for row in rows):
            for row in rows:
                row[first] = row[first] or row[index]
            gone.add(index)
    left = [index for index in range(len(names)) if index not in gone]
    return [names[i] for i in left], [[row[i] for i in left] for row in rows]


def _agree(one: str, other: str) -> bool:
    return not one.strip() or not other.strip() or plain(one) == plain(other)


def _grouped(table: Table, given: Mapping[str, str]) -> Table:
    """Equal components as one row, in the order of their first references."""
    keys = _key_columns(table.names, given)
    groups: dict[tuple[object, ...], list[int]] = {}
    order = sorted(range(len(table.rows)), key=lambda i: _order(table.items[i]))
    for index in order:
        item, row = table.items[index], table.rows[index]
        key: tuple[object, ...] = (item.fitted, *(plain(row[i]) for i in keys))
        if not any(row[i].strip() for i in keys):
            key = (index,)
        groups.setdefault(key, []).append(index)
    items: list[Item] = []
    rows: Grid = []
    for members in groups.values():
        first = table.items[members[0]]
        refs = tuple(ref for i in members for ref in table.items[i].refs)
        items.append(Item(fields=first.fields, refs=refs, fitted=first.fitted))
        rows.append(_counted(table.names, table.rows[members[0]], refs))
    return Table(table.names, rows, items)


def _order(item: Item) -> tuple[tuple[int, str], ...]:
    return natural(item.refs[0]) if item.refs else ()


def _counted(names: Sequence[str], row: list[str], refs: tuple[str, ...]) -> list[str]:
    """A row with the references and the quantity of its group: always the first two columns."""
    if list(names[:2]) != [REFERENCE, QUANTITY]:
        return row
    return [",".join(refs), str(len(refs)), *row[2:]]


def _key_columns(names: Sequence[str], given: Mapping[str, str]) -> list[int]:
    """The columns in which equal components agree: those that are read."""
    wanted = {fold(name) for name in given.values()}
    every = any(by_number(name) is not None for name in given.values())
    out: list[int] = []
    for index, name in enumerate(names):
        if index < 2 and name in {REFERENCE, QUANTITY}:  # noqa: PLR2004
            continue
        found = match(name)
        read = found is not None and found.meaning != OTHER
        if every or read or fold(name) in wanted:
            out.append(index)
    return out
