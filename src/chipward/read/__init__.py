"""Readers: a bill of materials or a shipment book, from the file to a table of text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chipward.errors import BomError, Where
from chipward.read.columns import by_number, check_meanings
from chipward.read.header import best_score, find_header
from chipward.read.lines import LineReader
from chipward.read.mapping import assign
from chipward.read.model import BOM_SCHEMA, MEANINGS, Bom, Grid, MappedColumn
from chipward.read.sheet import Sheet, file_format, sheets
from chipward.read.source import Source, load
from chipward.read.textfile import DELIMITERS, cells, decode
from chipward.review import Message

__all__ = ["BOM_SCHEMA", "MEANINGS", "Bom", "MappedColumn", "read_bom"]


def read_bom(path: Path, mapping: Mapping[str, str] | None = None) -> Bom:
    """Read a bill of materials from delimited text or a spreadsheet.

    Encoding, delimiter, sheet and header row are found; columns are taken by their header words in
    English, Chinese, Japanese and German. ``mapping`` (meaning to header, or to ``#3`` for the
    third column) beats the words. Lines keep the text of the file; nothing is guessed from it.

    Raises `BomError` for a file that cannot be read as a bill of materials, with file, row and
    column where there is one, and `UnknownColumn` for a mapping that names nothing.
    """
    given = dict(mapping or {})
    check_meanings(given)
    source = load(path)
    warnings: list[Message] = []
    sheet = _sheet(source, given, warnings)
    header = _header(sheet.rows, given, source.name)
    names = sheet.rows[header] if header is not None else _numbered(sheet.rows)
    first = 0 if header is None else header + 1
    layout = assign(names, sheet.rows[first:], given, Where(source.name, first or None))
    reader = LineReader(layout, names, source.name, delimited=not source.is_sheet)
    reader.read(sheet.rows[first:], first + 1)
    reader.finish()
    if not reader.lines:
        raise BomError("read.no_lines", where=Where(source.name))
    return Bom(
        name=source.name,
        sha256=source.sha256,
        format=file_format(source) if source.is_sheet else "csv",
        sheet=sheet.name,
        header_row=first,
        columns=layout.columns,
        lines=reader.table(),
        warnings=(*warnings, *layout.warnings, *reader.notices.messages()),
    )


def _sheet(source: Source, given: Mapping[str, str], warnings: list[Message]) -> Sheet:
    """The one table of the file; of several sheets the one with the best header."""
    if not source.is_sheet:
        text, guessed = decode(source.raw, source.name)
        if guessed:
            warnings.append(Message(key="read.encoding", params={"encoding": guessed}))
        return Sheet("", cells(text, source.name))
    found = [Sheet(sheet.name, _unpasted(sheet.rows, source.name)) for sheet in sheets(source)]
    if not found:
        raise BomError("read.empty", where=Where(source.name))
    names = [name for name in given.values() if by_number(name) is None]
    scores = [(find_header(s.rows, names) is not None, best_score(s.rows)) for s in found]
    best = scores.index(max(scores))
    others = [s.name for s, (_, vote) in zip(found, scores, strict=True) if vote > 1]
    if len(others) > 1:
        others.remove(found[best].name)
        params = {"sheet": found[best].name, "others": ", ".join(others)}
        warnings.append(Message(key="read.sheet_chosen", params=params))
    return found[best]


def _unpasted(rows: Grid, name: str) -> Grid:
    """Delimited text that was pasted into the first column of a sheet, split into its cells."""
    if any(cell for row in rows for cell in row[1:]):
        return rows
    lines = [row[0] if row else "" for row in rows]
    if sum(any(d in line for d in DELIMITERS) for line in lines) <= len(lines) // 2:
        return rows
    return cells("\n".join(lines), name)


def _header(rows: Grid, given: Mapping[str, str], name: str) -> int | None:
    """Index of the header row; None where there is none and the user maps by column number."""
    names = [wanted for wanted in given.values() if by_number(wanted) is None]
    header = find_header(rows, names)
    if header is None and (names or not given):
        raise BomError("read.no_header", where=Where(name), hint="read.hint_map_number")
    return header


def _numbered(rows: Grid) -> list[str]:
    """Names for the columns of a file without a header."""
    return [f"#{number}" for number in range(1, max(map(len, rows), default=0) + 1)]
