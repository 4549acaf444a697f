"""Readers: a bill of materials or a shipment book, from the file to a table of text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chipward.errors import BomError, Where
from chipward.read.columns import by_number, check_meanings
from chipward.read.header import find_header
from chipward.read.lines import LineReader
from chipward.read.mapping import assign
from chipward.read.merged import fill_merged
from chipward.read.model import BOM_SCHEMA, MEANINGS, Bom, Grid, MappedColumn
from chipward.read.pick import pick_table
from chipward.read.sheet import file_format
from chipward.read.source import load
from chipward.read.structured import read_structured
from chipward.review import Message

__all__ = ["BOM_SCHEMA", "MEANINGS", "Bom", "MappedColumn", "read_bom"]


def read_bom(path: Path, mapping: Mapping[str, str] | None = None, sheet: str = "") -> Bom:
    """Read a bill of materials from delimited text, a spreadsheet or a structured file.

    Encoding, delimiter, sheet and header row are found; columns are taken by their header words in
    English, Chinese, Japanese and German. ``mapping`` (meaning to header, or to ``#3`` for the
    third column) beats the words; ``sheet`` names the sheet of a workbook, else the one with
    the best header is read. Lines keep the text of the file; nothing is guessed from it.

    Raises `BomError` for a file that cannot be read as a bill of materials, with file, row and
    column where there is one, and `UnknownColumn` for a mapping that names nothing.
    """
    given = dict(mapping or {})
    check_meanings(given)
    source = load(path, structured=True)
    if source.structure:
        if sheet:
            raise BomError("read.no_sheets", where=Where(source.name))
        return read_structured(source, given)
    warnings: list[Message] = []
    table = pick_table(source, given, sheet, warnings)
    header = _header(table.rows, given, source.name)
    names = table.rows[header] if header is not None else _numbered(table.rows)
    first = 0 if header is None else header + 1
    layout = assign(names, table.rows[first:], given, Where(source.name, first or None))
    fill_merged(table.rows, table.merged, layout, first)
    reader = LineReader(layout, names, source.name, delimited=not source.is_sheet)
    reader.read(table.rows[first:], first + 1)
    reader.finish()
    if not reader.lines:
        raise BomError("read.no_lines", where=Where(source.name))
    return Bom(
        name=source.name,
        sha256=source.sha256,
        format=file_format(source) if source.is_sheet else "csv",
        sheet=table.name,
        header_row=first,
        columns=layout.columns,
        lines=reader.table(),
        warnings=(*warnings, *layout.warnings, *reader.notices.messages()),
    )


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
