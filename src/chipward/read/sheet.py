"""Spreadsheets through calamine, every cell turned to the text a reader of the sheet sees."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from chipward.errors import BomError, Where
from chipward.read.model import Grid
from chipward.read.source import Source

_MOST_UNPACKED = 1_000_000_000
_MOST_CELLS = 20_000_000
_EXACT = 10**15
_FORMATS = {".xlsm": "xlsx", ".ods": "ods", ".xls": "xls", ".xlsb": "xlsb"}
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its cells as text, row 1 first."""

    name: str
    rows: Grid


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, dates as YYYY-MM-DD.

    >>> cell_text(303030040.0), cell_text(0.1), cell_text(True), cell_text("3E001")
    ('303030040', '0.1', 'true', '3E001')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _EXACT
        return str(int(value)) if whole else repr(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def file_format(source: Source) -> str:
    """The family of the spreadsheet."""
    return _FORMATS.get(source.ending, "xlsx")


def sheets(source: Source) -> list[Sheet]:
    """The visible worksheets that hold anything, in the order of the workbook.

    Raises `BomError` for a damaged, protected or overlarge workbook.
    """
    where = Where(source.name)
    _measure(source, where)
    try:
        return _read(source.raw)
    except PasswordError as error:
        raise BomError("read.password", where=where) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise BomError("read.broken_sheet", where=where, hint="read.hint_export") from error
    except BaseException as error:
        # A panic inside calamine derives from BaseException; an interrupt does too and must pass.
        if type(error).__name__ != "PanicException":
            raise
        raise BomError("read.broken_sheet", where=where, hint="read.hint_export") from error


def _read(raw: bytes) -> list[Sheet]:
    book = CalamineWorkbook.from_filelike(BytesIO(raw))
    named = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    shown = [meta for meta in named if meta.visible == SheetVisibleEnum.Visible] or named
    out: list[Sheet] = []
    for meta in shown:
        body = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
        if body:
            out.append(Sheet(meta.name, [[cell_text(value) for value in row] for row in body]))
    return out


def _measure(source: Source, where: Where) -> None:
    """Refuse a workbook that unpacks to more than the program should hold.

    calamine keeps a sheet as one rectangle up to its last cell, so two cells in far corners cost
    as much as everything between them.
    """
    if not source.raw.startswith(b"PK"):
        return
    try:
        fits = _fits(source.raw)
    except Exception as error:
        # zipfile raises BadZipFile, zlib.error, EOFError, RuntimeError, ... without a common base.
        raise BomError("read.broken_sheet", where=where, hint="read.hint_export") from error
    if not fits:
        raise BomError("read.unpacked", where=where)


def _fits(raw: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > _MOST_UNPACKED:
            return False
        found = [p for p in parts if p.filename.startswith("xl/worksheets/")]
        return all(_cells_of(archive.read(p)) <= _MOST_CELLS for p in found)


def _cells_of(xml: bytes) -> int:
    """The number of cells of the rectangle that holds all cells of a worksheet."""
    columns, rows = {b"A"}, {b"1"}
    for column, row in _CELL.findall(xml):
        columns.add(column)
        rows.add(row)
    width = 0
    for letter in max(columns, key=lambda c: (len(c), c)):
        width = width * 26 + letter - ord("@")
    return width * max(map(int, rows))
