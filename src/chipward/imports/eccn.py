"""A maker's table of export classes, from delimited text or a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from chipward.errors import DataError, Where
from chipward.imports.days import read_day
from chipward.imports.model import ClassRow, ClassTable
from chipward.normalise.rescue import is_filler
from chipward.normalise.spelling import key
from chipward.read.encoding import decode
from chipward.read.parts import is_bare_number
from chipward.read.sheet import sheets
from chipward.read.source import Source, load
from chipward.read.textfile import cells
from chipward.tables import load as load_table
from chipward.tables import rows_of

PART, MAKER, CLASS, TARIFF, DAY = "part", "maker", "eccn", "hts", "date"
HEADER_ROWS = 60
_CODE = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[0-9A-Za-z][0-9A-Za-z.\-]{2,24}")
Grid = Sequence[Sequence[str]]
Columns = Mapping[str, int]


def read_classes(
    path: Path, name: str = "", *, maker: str = "", as_of: date | None = None
) -> ClassTable:
    """Read a table with at least a column of part numbers and one of export classes.

    Args:
        path: the file; delimited text or a spreadsheet, with a header row near the top.
        name: what the store shall call it; the file's name without ending unless given.
        maker: the maker of every row that names none.
        as_of: the day of publication of every row that gives none.

    Raises:
        DataError: no such columns, no rows, a row without a maker, a bare number or another text
            in the place of a class, a date that is none, two classes for one part on one day.
        BomError: the file cannot be read as a table.
    """
    source = load(path)
    grid, header, columns = _table(source)
    reader = _Reader(source.name, grid[header], columns, maker, as_of)
    body = enumerate(grid[header + 1 :], start=header + 2)
    rows = tuple(row for number, line in body if (row := reader.row(number, line)))
    if not rows:
        raise DataError("imports.no_rows", where=Where(source.name))
    _check_pairs(rows, source.name)
    return ClassTable(
        name=name or path.stem,
        file=source.name,
        sha256=source.sha256,
        rows=rows,
        unclassed=reader.unclassed,
    )


def _table(source: Source) -> tuple[Grid, int, Columns]:
    """The first sheet that has the header, the row of it, and where each meaning stands."""
    grids: list[Grid]
    if source.is_sheet:
        grids = [sheet.rows for sheet in sheets(source)]
    else:
        grids = [cells(decode(source.raw, source.name)[0], source.name)]
    for grid in grids:
        for number, row in enumerate(grid[:HEADER_ROWS]):
            columns = _columns(row)
            if PART in columns and CLASS in columns:
                return grid, number, columns
    raise DataError("imports.no_columns", where=Where(source.name), hint="imports.hint.columns")


@cache
def _words() -> Mapping[str, tuple[str, int]]:
    """Header to its meaning and its rank: words earlier in the table say it more plainly."""
    rows = rows_of(load_table("parts/import_headers"))
    return {row["header"]: (row["meaning"], rank) for rank, row in enumerate(rows)}


def _columns(row: Sequence[str]) -> Columns:
    found: dict[str, tuple[int, int]] = {}
    for index, cell in enumerate(row):
        meaning, rank = _words().get(key(cell), ("", 0))
        if meaning and (meaning not in found or rank < found[meaning][0]):
            found[meaning] = (rank, index)
    return {meaning: index for meaning, (_, index) in found.items()}


class _Reader:
    """Rows of one file, checked one by one."""

    def __init__(
        self, file: str, header: Sequence[str], columns: Columns, maker: str, as_of: date | None
    ) -> None:
        self.file = file
        self.header = header
        self.columns = columns
        self.maker = maker
        self.as_of = as_of
        self.unclassed = 0

    def row(self, number: int, line: Sequence[str]) -> ClassRow | None:
        """The row, or None for an empty one and for one without a part number or a class."""
        cell = {name: self._cell(line, index) for name, index in self.columns.items()}
        part = cell[PART]
        if not part:
            return None
        code = cell[CLASS]
        if not code or is_filler(code):
            self.unclassed += 1
            return None
        maker = cell.get(MAKER) or self.maker
        if not maker:
            raise DataError(
                "imports.no_maker", where=self._where(number, PART), hint="imports.hint.maker"
            )
        day = cell.get(DAY)
        return ClassRow(
            row=number,
            maker=maker,
            mpn=part,
            eccn=self._code(number, code),
            hts=cell.get(TARIFF, ""),
            as_of=read_day(day, self._where(number, DAY)) if day else self.as_of,
        )

    @staticmethod
    def _cell(line: Sequence[str], index: int) -> str:
        return " ".join(line[index].split()) if index < len(line) else ""

    def _where(self, number: int, meaning: str) -> Where:
        return Where(self.file, number, self.header[self.columns[meaning]])

    def _code(self, number: int, text: str) -> str:
        where = self._where(number, CLASS)
        if is_bare_number(text):
            raise DataError("imports.bare_number", where=where, hint="imports.hint.bare_number")
        if not _CODE.fullmatch(text):
            raise DataError("imports.no_class", where=where, value=text[:20])
        return text


def _check_pairs(rows: Sequence[ClassRow], file: str) -> None:
    """Refuse two classes of one part of one maker on one day."""
    seen: dict[tuple[str, str, date | None], ClassRow] = {}
    for row in rows:
        known = seen.setdefault((key(row.maker), key(row.mpn), row.as_of), row)
        if known.eccn != row.eccn:
            raise DataError("imports.two_classes", where=Where(file, row.row), other=known.row)


def headers(meaning: str) -> Iterator[str]:
    """The header words of a meaning, for the pages.

    >>> "eccn" in headers("eccn")
    True
    """
    return (word for word, (said, _) in _words().items() if said == meaning)
