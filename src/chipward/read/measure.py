"""How much a workbook unpacks to, counted before anything unpacks it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

MOST_UNPACKED = 500_000_000
MOST_CELLS = 20_000_000
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACED = re.compile(
    rb"""<(?:\w+:)?(?:c|row)\s[^>]*?\br\s*=\s*["']([A-Za-z]*)(\d{1,9})["']""",
)
_TABLE = re.compile(rb"""<table:(?:(?:covered-)?table-)?(table|row|cell)\b([^>]*?)(/?)>""")
_TIMES = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,9})["']""")
_ROW_HEADER, _CELLS = 0, range(1, 12)


def fits(raw: bytes) -> bool:
    """Whether a zipped workbook unpacks to what the program can hold.

    A sheet is held as one rectangle up to its last cell, so two cells in far corners cost as much
    as everything between them; and a cell that says it repeats costs as often as it says.
    """
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            return False
        if archive.testzip() is not None:  # a part that is longer than it says, too
            raise zipfile.BadZipFile
        return all(_part_fits(archive, part) for part in parts)


def _part_fits(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if part.filename == "content.xml":
        return repeated_cells(archive.read(part)) <= MOST_CELLS
    if part.filename.startswith("xl/worksheets/"):
        count = binary_cells if part.filename.endswith(".bin") else xml_cells
        return count(archive.read(part)) <= MOST_CELLS
    return True


def xml_cells(xml: bytes) -> int:
    """The cells of the rectangle that holds all cells of an XLSX sheet.

    >>> xml_cells(b'<row r="2"><c r="B2"/></row><row><c/><c/></row>')
    12
    """
    placed: list[tuple[bytes, bytes]] = _PLACED.findall(xml)
    cells = [(letters, row) for letters, row in placed if letters]
    height = max((int(row) for row in {row for _, row in cells}), default=0)
    width = max((_column(letters.upper()) for letters in {c for c, _ in cells}), default=0)
    if len(_CELL.findall(xml)) > len(cells):
        # Cells without a place stand after the one before them, and so do rows.
        rows = [int(row) for letters, row in placed if not letters]
        height = max([height, *rows]) + len(_ROW.findall(xml)) - len(rows)
        width += max(len(_CELL.findall(row)) for row in _ROW.split(xml))
    return max(1, width) * max(1, height)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("@")
    return number


def repeated_cells(xml: bytes) -> int:
    """The cells of the rectangle that holds all filled cells of an ODS sheet, the largest of all.

    >>> cell = b'<table:table-cell table:number-columns-repeated="9">'
    >>> repeated_cells(b'<table:table-row table:number-rows-repeated="5">' + cell)
    45
    """
    most = height = width = column = row = 0
    for kind, said, empty in _TABLE.findall(xml):
        found = _TIMES.search(said)
        count = int(found[1]) if found else 1
        if kind == b"table":
            height = width = row = 0
        elif kind == b"row":
            row, column = row + count, 0
        else:
            column += count
            if not empty:
                height, width = row, max(width, column)
                most = max(most, height * width)
    return most


def binary_cells(body: bytes) -> int:
    """The cells of the rectangle that holds all cells of an XLSB sheet."""
    at = height = width = 0
    while at < len(body):
        kind, at = _variable(body, at, 2)
        size, at = _variable(body, at, 4)
        if kind == _ROW_HEADER or kind in _CELLS:
            index = int.from_bytes(body[at : at + 4], "little") + 1
            height, width = (
                (max(height, index), width) if kind == _ROW_HEADER else (height, max(width, index))
            )
        at += size
    return max(1, width) * max(1, height)


def _variable(body: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where the next thing starts."""
    number = 0
    for shift in range(most):
        byte = body[at] if at < len(body) else 0
        at += 1
        number |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:  # noqa: PLR2004  the top bit says that more follows
            break
    return number, at
