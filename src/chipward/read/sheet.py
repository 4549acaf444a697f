"""Spreadsheets through calamine, every cell turned to the text a reader of the sheet sees."""

from __future__ import annotations

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
from chipward.read.measure import fits
from chipward.read.model import Grid
from chipward.read.source import Source
from chipward.read.words import plain

_EXACT = 10**15
_SHOWN_NAME = 40
_FORMATS = {".xlsm": "xlsx", ".ods": "ods", ".xls": "xls", ".xlsb": "xlsb"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which an office program keeps a workbook that has a password."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its cells as text with row 1 first, and its merged ranges from 0."""

    name: str
    rows: Grid
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


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


def sheets(source: Source, wanted: str = "") -> list[Sheet]:
    """The visible worksheets that hold anything, in the order of the workbook, or the one wanted.

    Raises `BomError` for a damaged, protected or overlarge workbook, and for one that has no sheet
    of the wanted name.
    """
    where = Where(source.name)
    _measure(source, where)
    try:
        return _read(source, wanted)
    except PasswordError as error:
        raise BomError("read.password", where=where) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise BomError("read.broken_sheet", where=where, hint="read.hint_export") from error
    except BaseException as error:
        # A panic inside calamine derives from BaseException; an interrupt does too and must pass.
        if type(error).__name__ != "PanicException":
            raise
        raise BomError("read.broken_sheet", where=where, hint="read.hint_export") from error


def _read(source: Source, wanted: str) -> list[Sheet]:
    book = CalamineWorkbook.from_filelike(BytesIO(source.raw))
    named = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    shown = [meta.name for meta in named if meta.visible == SheetVisibleEnum.Visible]
    names = shown or [meta.name for meta in named]
    if wanted:
        names = [meta.name for meta in named if plain(meta.name) == plain(wanted)][:1]
    if wanted and not names:
        raise BomError(
            "read.unknown_sheet",
            where=Where(source.name),
            hint="read.hint_known",
            name=plain(wanted)[:_SHOWN_NAME],
            known=", ".join(plain(name)[:_SHOWN_NAME] for name in shown),
        )
    out: list[Sheet] = []
    for name in names:
        page = book.get_sheet_by_name(name)
        body = page.to_python(skip_empty_area=False)
        if body:
            rows = [[cell_text(value) for value in row] for row in body]
            out.append(Sheet(name, rows, tuple(page.merged_cell_ranges or ())))
    return out


def _measure(source: Source, where: Where) -> None:
    """Refuse a workbook that unpacks to more than the program should hold."""
    if not source.raw.startswith(b"PK"):
        if _ENCRYPTED in source.raw:
            raise BomError("read.password", where=where)
        return
    try:
        held = fits(source.raw)
    except Exception as error:
        # zipfile raises BadZipFile, zlib.error, EOFError, RuntimeError, ... without a common base.
        raise BomError("read.broken_sheet", where=where, hint="read.hint_export") from error
    if not held:
        raise BomError("read.unpacked", where=where)
