"""Delimited text: which encoding, which delimiter, and the cells as they stand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from chipward.errors import BomError, Where
from chipward.read.header import HEADER_ROWS, best_score
from chipward.read.model import Grid

DELIMITERS = (",", "\t", ";", "|")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_BELOW_GB2312 = 0xA0
_MOSTLY_PAIRED = 0.8
_MOST_CONTROL = 0.01
_MOST_LINES_IN_CELL = 500


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """The text of a file and, where it had to be guessed, the name of the encoding.

    UTF-8 and UTF-16 with their marks, UTF-16 without, UTF-8; else GB18030 if the bytes pair up as
    Chinese text does, else Windows-1252. Raises `BomError` if what comes out is no text.

    >>> decode("2.2µF".encode("cp1252"), "x.csv")
    ('2.2µF', 'Windows-1252')
    """
    encoding, guessed = _encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeError as error:
        raise BomError("read.not_text", where=Where(name), hint="read.hint_utf8") from error
    control = len(_CONTROL.findall(text))
    if "\x00" in text or control > _MOST_CONTROL * len(text):
        raise BomError("read.not_text", where=Where(name), hint="read.hint_export")
    return text, guessed


def _encoding(raw: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding, ""
    head = raw[:4000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 5 and min(even, odd) < max(even, odd) // 10 + 1:
        return ("utf-16-be" if even > odd else "utf-16-le"), ""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return ("gb18030", "GB18030") if _chinese(raw) else ("cp1252", "Windows-1252")
    return "utf-8", ""


def _chinese(raw: bytes) -> bool:
    """Whether the bytes above 127 stand in pairs of the GB 2312 range, as they do in Chinese."""
    runs: list[bytes] = _HIGH_RUNS.findall(raw)
    paired = sum(len(run) for run in runs if len(run) % 2 == 0 and min(run) > _BELOW_GB2312)
    return paired >= _MOSTLY_PAIRED * sum(map(len, runs)) and _decodes(raw, "gb18030")


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def cells(text: str, name: str) -> Grid:
    """Split a text into rows of cells with the delimiter that gives the best header.

    A quoted cell may hold the delimiter and line breaks; row 1 is the first line. Raises
    `BomError` where a quotation mark is opened and never closed.
    """
    marked = _SEP_LINE.match(text)
    if marked:
        return [[], *_split(text[marked.end() :], marked[1], name)]
    return _split(text, _delimiter(text), name)


def _delimiter(text: str) -> str:
    """The delimiter with the best header row, then the one with the most even rows."""
    present = [d for d in DELIMITERS if d in text]
    if not present:
        return ","
    return max(present, key=lambda d: _evenness(_head(text, d)))


def _head(text: str, delimiter: str) -> Grid:
    try:
        return list(islice(_reader(text, delimiter), HEADER_ROWS))
    except csv.Error:
        return []


def _evenness(rows: Grid) -> tuple[float, float]:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    most = widths.most_common(1)[0][1] if widths else 0
    return best_score(rows), most / max(1, len(rows))


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _split(text: str, delimiter: str, name: str) -> Grid:
    rows: Grid = []
    try:
        rows.extend(_reader(text, delimiter))
    except csv.Error as error:
        raise BomError("read.broken_row", where=Where(name, len(rows) + 1)) from error
    for number, row in enumerate(rows, start=1):
        for cell in row:
            if "\n" in cell and cell.count("\n") > _MOST_LINES_IN_CELL:
                raise BomError("read.open_quote", where=Where(name, number), hint="read.hint_quote")
    if rows and rows[-1] and "\n" in rows[-1][-1] and text.count('"') % 2:
        raise BomError("read.open_quote", where=Where(name, len(rows)), hint="read.hint_quote")
    return rows
