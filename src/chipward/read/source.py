"""From a path to bytes and their kind: every file that cannot be a table is refused here."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from chipward.errors import BomError, Where
from chipward.read.sniff import STRUCTURED_ENDINGS, sniff

LIMIT_MB = 200
TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
SHEET_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
ENDINGS = TEXT_ENDINGS + SHEET_ENDINGS
BOM_ENDINGS = ENDINGS + STRUCTURED_ENDINGS

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
    (b"PAR1", "Parquet"),
)
_MARKUP = (
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
    (b"<?xml", "XML"),
    (b"(kicad_", "KiCad"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file, its name and digest, and whether they are a spreadsheet.

    ``structure`` names the structured format they hold; it is empty for tables.
    """

    name: str
    ending: str
    raw: bytes
    is_sheet: bool
    structure: str = ""

    @property
    def sha256(self) -> str:
        """Digest of the bytes."""
        return sha256(self.raw).hexdigest()


def load(path: Path, *, structured: bool = False) -> Source:
    """Read a file that may hold a table or, where ``structured`` is asked for, records.

    Raises `BomError` if it is missing, a folder, too large, empty, of an ending that is not read,
    or of a kind that holds no table whatever its ending says.
    """
    where = Where(path.name)
    raw = _bytes(path, where, BOM_ENDINGS if structured else ENDINGS)
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise BomError("read.empty", where=where)
    ending = path.suffix.lower()
    is_sheet = raw.startswith((_ZIP, _OLE))
    found = sniff(raw, ending, where) if structured and ending not in SHEET_ENDINGS else ""
    if found:
        return Source(path.name, ending, raw, is_sheet=False, structure=found)
    if not is_sheet:
        kind = _kind(raw)
        if kind:
            raise BomError("read.kind", where=where, hint="read.hint_export", kind=kind)
        if ending in SHEET_ENDINGS:
            raise BomError("read.no_spreadsheet", where=where, hint="read.hint_export")
    if ending in STRUCTURED_ENDINGS:
        raise BomError("read.not_as_named", where=where, hint="read.hint_export", ending=ending)
    return Source(path.name, ending, raw, is_sheet)


def _bytes(path: Path, where: Where, endings: tuple[str, ...]) -> bytes:
    try:
        if path.is_dir():
            raise BomError("read.directory", where=where)
        if not path.exists():
            raise BomError("read.missing", where=where)
        if path.suffix.lower() not in endings:
            raise BomError(
                "read.ending", where=where, hint="read.hint_endings", endings=" ".join(endings)
            )
        if path.stat().st_size > LIMIT_MB * 1_000_000:
            raise BomError("read.too_large", where=where, limit=LIMIT_MB)
        return path.read_bytes()
    except OSError as error:
        raise BomError("read.unreadable", where=where) from error


def _kind(raw: bytes) -> str:
    for magic, kind in _OTHERS:
        if raw.startswith(magic):
            return kind
    start = raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((kind for magic, kind in _MARKUP if start.startswith(magic)), "")
