"""InteractiveHtmlBom pages: the board's data stand in the page, plain or packed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chipward.errors import BomError, Where
from chipward.read.encoding import decode
from chipward.read.jsontree import Json, parse_within, scalar
from chipward.read.lzstring import LZStringError, unpack
from chipward.read.records import FOOTPRINT, QUANTITY, REFERENCE, VALUE, Item, Records
from chipward.read.source import Source

MOST_UNPACKED = 64_000_000

_DATA = re.compile(r"\bpcbdata\s*=\s*(?:(?=\{)|JSON\.parse\(LZString\.decompressFromBase64\(\s*)")
_CONFIG = re.compile(r"\bconfig\s*=\s*(?=\{)")
_COUNTED = 4
"""Entries of a row of the older form at least: quantity, value, footprint, references."""

_SKIPPED = "skipped"


def read_ibom(source: Source) -> Records:
    """The rows of the page and, as parts that are not fitted, its list of skipped components.

    Raises `BomError` for a page without such data and for data that are damaged.
    """
    text, _ = decode(source.raw, source.name)
    found = _DATA.search(text)
    if found is None:
        raise BomError("read.no_ibom", where=Where(source.name), hint="read.hint_export")
    page = _Page(_data(text, found.end(), source.name), _config(text, source.name), source.name)
    return Records(format="ibom", items=(*page.rows(), *page.skipped()), flag=_SKIPPED)


def _data(text: str, start: int, name: str) -> Json:
    if text[start : start + 1] == "{":
        return parse_within(text, start, name)
    quote = text[start : start + 1]
    end = text.find(quote, start + 1) if quote in {'"', "'"} else -1
    if end < 0:
        raise BomError("read.cut_off", where=Where(name))
    try:
        plain = unpack(text[start + 1 : end].replace("\\/", "/"), MOST_UNPACKED)
    except LZStringError as error:
        raise BomError("read.broken_ibom", where=Where(name)) from error
    return parse_within(plain, 0, name)


def _config(text: str, name: str) -> dict[str, Json]:
    found = _CONFIG.search(text)
    if found is None:
        return {}
    value = parse_within(text, found.end(), name)
    return value if isinstance(value, dict) else {}


class _Page:
    """The board's data and the names of the fields they are shown with."""

    def __init__(self, data: Json, config: dict[str, Json], name: str) -> None:
        bom = data.get("bom") if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(bom, dict):
            raise BomError("read.broken_ibom", where=Where(name))
        self.name = name
        self.bom = bom
        self.fields = bom.get("fields")
        self.footprints = data.get("footprints", data.get("modules"))
        self.extra = _names(config.get("extra_fields"))
        self.shown = _names(config.get("fields")) or [VALUE, FOOTPRINT, *self.extra]

    def broken(self) -> BomError:
        return BomError("read.broken_ibom", where=Where(self.name))

    def rows(self) -> Iterator[Item]:
        """The grouped rows of both sides of the board."""
        both = self.bom.get("both")
        if not isinstance(both, list):
            raise self.broken()
        for row in both:
            if not isinstance(row, list):
                raise self.broken()
            if row and isinstance(row[0], list):
                yield Item(fields=self._fields_of(_id(row[0])), refs=self._refs(row))
            elif len(row) >= _COUNTED:
                yield self._counted(row)
            else:
                raise self.broken()

    def _counted(self, row: Sequence[Json]) -> Item:
        """A row of the older form: quantity, value, footprint, references, extra fields."""
        _, value, footprint, refs, *rest = row
        extra = rest[0] if rest and isinstance(rest[0], list) else []
        fields = [
            (VALUE, scalar(value)),
            (FOOTPRINT, scalar(footprint)),
            *zip(self.extra, map(scalar, extra), strict=False),
        ]
        return Item(fields=tuple(fields), refs=self._refs(refs))

    def _refs(self, refs: Json) -> tuple[str, ...]:
        if not isinstance(refs, list) or not refs:
            raise self.broken()
        out = [scalar(ref[0]) for ref in refs if isinstance(ref, list) and ref]
        if len(out) < len(refs):
            raise self.broken()
        return tuple(out)

    def _fields_of(self, number: str) -> tuple[tuple[str, str], ...]:
        """The named fields of one component, where the page gives them by component."""
        values = self.fields.get(number) if isinstance(self.fields, dict) else None
        if not isinstance(values, list):
            return ()
        names = self.shown
        if len(names) != len(values):
            names = [name for name in names if name not in {REFERENCE + "s", QUANTITY}]
        return tuple(zip(names, map(scalar, values), strict=False))

    def skipped(self) -> Iterator[Item]:
        """The components the page leaves out of its rows, each a part that is not fitted."""
        numbers = self.bom.get(_SKIPPED)
        known = self.footprints if isinstance(self.footprints, list) else []
        for number in numbers if isinstance(numbers, list) else []:
            if not isinstance(number, int) or not 0 <= number < len(known):
                raise self.broken()
            footprint = known[number]
            ref = scalar(footprint.get("ref")) if isinstance(footprint, dict) else ""
            fields = self._fields_of(str(number))
            if ref or fields:
                yield Item(fields=fields, refs=(ref or "?",), fitted=False)


def _id(entry: Json) -> str:
    """The number of the component of a reference, as the fields are keyed by."""
    return scalar(entry[1]) if isinstance(entry, list) and len(entry) > 1 else ""


def _names(value: Json) -> list[str]:
    return [scalar(entry) for entry in value] if isinstance(value, list) else []
