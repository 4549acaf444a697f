"""One line of a bill of materials to one identified part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from chipward.normalise.categories import Clues, Kind, classify
from chipward.normalise.known import chip_of_name, chip_of_number, vendor_class
from chipward.normalise.makers import MEDIUM, NO_MATCH, MakerMatch, find_maker, makers
from chipward.normalise.rescue import is_placeholder, rescue

_TEXT, _TEXTS, _FLAG = pa.string(), pa.list_(pa.string()), pa.bool_()
PARTS_FIELDS: Mapping[str, pa.DataType] = {
    "mpn_from": _TEXT,
    "maker_id": _TEXT,
    "maker_name": _TEXT,
    "maker_from": _TEXT,
    "maker_confidence": _TEXT,
    "maker_country": _TEXT,
    "owner": _TEXT,
    "owner_country": _TEXT,
    "fab_countries": _TEXTS,
    "house_brand": _FLAG,
    "category": _TEXT,
    "category_from": _TEXT,
    "category_confidence": _TEXT,
    "chip": _TEXT,
    "vendor_eccn": _TEXT,
    "vendor_eccn_source": _TEXT,
    "identity": _TEXT,
}
"""The columns `normalise` adds, in order.

``maker_from``: ``column`` (the line names it) or ``mpn`` (the part number family tells it);
``identity``: ``identified`` (the line gives maker and part number), ``part_number_only``,
``not_identified``.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The texts of a line that tell what part it is; ``letters`` are those of its reference."""

    mpn: str
    maker: str
    description: str
    value: str
    footprint: str
    letters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """The part number of a line and the field it stood in; ``text`` is what the cell will hold."""

    text: str | None
    mpn: str
    told_by: str | None


def identify(line: Line, on: date) -> dict[str, Any]:
    """The cells of `PARTS_FIELDS` and ``mpn`` for one line."""
    number = _number(line)
    spelled = "" if is_placeholder(line.maker) else line.maker
    named = find_maker(spelled) if spelled else NO_MATCH
    clues = Clues(
        mpn=number.mpn,
        description=line.description,
        value=line.value,
        footprint=line.footprint,
        prefix=line.letters,
    )
    kind = classify(clues, named.makers)
    maker_id, told_by, confidence = _maker(named, kind, spelled)
    return {
        "mpn": number.text,
        "mpn_from": number.told_by,
        **_maker_cells(maker_id, told_by, confidence, on),
        "category": kind.category,
        "category_from": kind.told_by,
        "category_confidence": kind.confidence,
        **_known_cells(line, number.mpn, (maker_id,) if maker_id else ()),
        "identity": _identity(number.mpn, maker_id, told_by),
    }


def _number(line: Line) -> _Number:
    if line.mpn and not is_placeholder(line.mpn):
        return _Number(text=line.mpn, mpn=line.mpn, told_by="column")
    found = None if line.mpn else rescue(line.value, line.description, line.letters)
    if found is None:
        return _Number(text=line.mpn or None, mpn="", told_by=None)
    return _Number(text=found.mpn, mpn=found.mpn, told_by=found.told_by)


def _maker(
    named: MakerMatch, kind: Kind, spelled: str
) -> tuple[str | None, str | None, str | None]:
    """Maker id, what told it, and how sure.

    A spelling that several makers share is decided by the part number family; a line that names no
    maker at all takes the maker of the family.
    """
    if named.makers:
        chosen = kind.maker if kind.maker in named.makers else named.makers[0]
        shared = len(named.makers) > 1 and chosen != named.makers[0]
        return chosen, "column", MEDIUM if shared else named.confidence
    if kind.maker and not spelled:
        return kind.maker, "mpn", MEDIUM
    return None, None, None


def _maker_cells(
    maker_id: str | None, told_by: str | None, confidence: str | None, on: date
) -> dict[str, Any]:
    maker = makers()[maker_id] if maker_id else None
    owner, owner_country = maker.owner_on(on) if maker else (None, None)
    return {
        "maker_id": maker_id,
        "maker_name": maker.name if maker else None,
        "maker_from": told_by,
        "maker_confidence": confidence,
        "maker_country": maker.country if maker else None,
        "owner": owner,
        "owner_country": owner_country,
        "fab_countries": (list(maker.fab_countries) or None) if maker else None,
        "house_brand": maker.house_brand if maker else None,
    }


def _known_cells(line: Line, mpn: str, maker_ids: tuple[str, ...]) -> dict[str, Any]:
    found = vendor_class(mpn, maker_ids) if mpn else None
    chip = chip_of_number(mpn, maker_ids) if mpn else None
    for text in (line.description, line.value):
        chip = chip or (chip_of_name(text, maker_ids) if text and maker_ids else None)
    return {
        "chip": chip,
        "vendor_eccn": found.eccn if found else None,
        "vendor_eccn_source": found.source if found else None,
    }


def _identity(mpn: str, maker_id: str | None, told_by: str | None) -> str:
    if not mpn:
        return "not_identified"
    return "identified" if maker_id and told_by == "column" else "part_number_only"
