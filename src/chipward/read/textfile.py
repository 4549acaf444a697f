"""Delimited text: which delimiter, and the cells as they stand."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from chipward.errors import BomError, Where
from chipward.read.fixed import fixed_cells
from chipward.read.header import HEADER_ROWS, best_score
from chipward.read.model import Grid

DELIMITERS = (",", "\t", ";", "|")
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MOST_LINES_IN_CELL = 500
_MOST_HEAD = 2_000_000
TWO_MEANINGS = 2.0
"""Least score of a row that certainly is a header."""
MOST_CELLS = 10_000_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""As many as a spreadsheet has."""


def cells(text: str, name: str) -> Grid:
    """Split a text into rows of cells with the delimiter that gives the best header.

    A quoted cell may hold the delimiter and line breaks; row 1 is the first line. Raises
    `BomError` where a quotation mark is opened and never closed.
    """
    if text.count("\n") > MOST_ROWS:
        raise BomError("read.too_many_rows", where=Where(name), limit=f"{MOST_ROWS:,}")
    marked = _SEP_LINE.match(text)
    if marked:
        return [[], *_split(text[marked.end() :], marked[1], name)]
    delimiter, vote = _delimiter(text)
    fixed = fixed_cells(text) if vote < TWO_MEANINGS else []
    return fixed if best_score(fixed) > vote else _split(text, delimiter, name)


def _delimiter(text: str) -> tuple[str, float]:
    """The delimiter with the best header row, then with the most even rows, and its score."""
    present = [d for d in DELIMITERS if d in text] or [","]
    found = [(_evenness(_head(text, d)), d) for d in present]
    (vote, _), delimiter = max(found, key=lambda entry: entry[0])
    return delimiter, vote


def _head(text: str, delimiter: str) -> Grid:
    """The rows at the top; of a very long text only what can be a header is looked at."""
    try:
        return list(islice(_reader(text[:_MOST_HEAD], delimiter), HEADER_ROWS))
    except csv.Error:
        return []


def _evenness(rows: Grid) -> tuple[float, float]:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    most = widths.most_common(1)[0][1] if widths else 0
    return best_score(rows), most / max(1, len(rows))


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    lines = (found[0] for found in _LINE.finditer(text))
    return csv.reader(lines, delimiter=delimiter)


def _split(text: str, delimiter: str, name: str) -> Grid:
    if text.count(delimiter) + text.count("\n") > MOST_CELLS:
        raise BomError("read.too_many_cells", where=Where(name), limit=f"{MOST_CELLS:,}")
    rows: Grid = []
    try:
        rows.extend(_reader(text, delimiter))
    except csv.Error as error:
        raise BomError("read.broken_row", where=Where(name, len(rows) + 1)) from error
    for number, row in enumerate(rows, start=1):
        if len(row) > MOST_COLUMNS:
            where = Where(name, number)
            raise BomError("read.too_wide", where=where, limit=f"{MOST_COLUMNS:,}")
        for cell in row:
            if "\n" in cell and cell.count("\n") > _MOST_LINES_IN_CELL:
                raise BomError("read.open_quote", where=Where(name, number), hint="read.hint_quote")
    if rows and rows[-1] and "\n" in rows[-1][-1] and text.count('"') % 2:
        raise BomError("read.open_quote", where=Where(name, len(rows)), hint="read.hint_quote")
    return rows
