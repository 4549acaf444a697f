"""One line of a bill of materials to one identified part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from chipward.normalise.categories import Clues, Kind, classify
from chipward.normalise.clashes import clash, made_by
from chipward.normalise.distributors import OrderCode, of_code, of_number
from chipward.normalise.known import (
    NO_CLASSES,
    Classes,
    chip_of_name,
    chip_of_number,
    vendor_class,
)
from chipward.normalise.makers import HIGH, LOW, MEDIUM, NO_MATCH, MakerMatch, find_maker, makers
from chipward.normalise.rescue import is_filler, rescue
from chipward.normalise.rules import family
from chipward.normalise.spelling import key

_TEXT, _TEXTS, _FLAG = pa.string(), pa.list_(pa.string()), pa.bool_()
PARTS_FIELDS: Mapping[str, pa.DataType] = {
    "mpn_from": _TEXT,
    "mpn_confidence": _TEXT,
    "distributor_code": _TEXT,
    "distributor": _TEXT,
    "maker_id": _TEXT,
    "maker_name": _TEXT,
    "maker_from": _TEXT,
    "maker_confidence": _TEXT,
    "maker_clash": _TEXT,
    "made_by": _TEXTS,
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

``mpn_from``: ``column``, ``supplier_code`` (a distributor's order code carries it), ``value`` or
``description``; ``distributor_code`` and ``distributor``: the order code of a line and whose it is;
``maker_from``: ``column`` (the line names it) or ``mpn`` (the part number family tells it);
``maker_clash``: the maker the part number points to where the line names another; ``made_by``: the
known makers of a number that tells none, where the line names none either;
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
    supplier: str = ""
    supplier_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """The part number of a line and the field it stood in; ``text`` is what the cell will hold."""

    text: str | None = None
    mpn: str = ""
    told_by: str | None = None
    confidence: str | None = None
    order: OrderCode | None = None


def identify(line: Line, on: date, imported: Classes = NO_CLASSES) -> dict[str, Any]:
    """The cells of `PARTS_FIELDS` and ``mpn`` for one line."""
    number = _number(line)
    spelled = "" if is_filler(line.maker) else line.maker
    named = find_maker(spelled) if spelled else NO_MATCH
    clues = Clues(
        mpn=number.mpn,
        description=line.description,
        value=line.value,
        footprint=line.footprint,
        prefix=line.letters,
    )
    kind = classify(clues, named.makers)
    several = () if spelled or not number.mpn else made_by(number.mpn)
    maker_id, told_by, confidence = (None, None, None) if several else _maker(named, kind, spelled)
    clashing = clash(number.mpn, named)
    return {
        **_number_cells(number),
        **_maker_cells(maker_id, told_by, confidence, on),
        "maker_clash": makers()[clashing].name if clashing else None,
        "made_by": [makers()[one].name for one in several] or None,
        "category": kind.category,
        "category_from": kind.told_by,
        "category_confidence": kind.confidence,
        **_known_cells(line, number.mpn, (maker_id,) if maker_id else (), imported),
        "identity": _identity(number.mpn, maker_id, told_by),
    }


def _number(line: Line) -> _Number:
    """The part number of the line: its own cell, else an order code that carries it, else a word.

    An order code in the cell for part numbers is none, and the cell is left empty.
    """
    given = "" if is_filler(line.mpn) else line.mpn
    order = of_number(given, line.maker, line.supplier) if given else None
    code = order or (of_code(line.supplier_code, line.supplier) if line.supplier_code else None)
    if given and not order:
        return _Number(text=given, mpn=given, told_by="column", confidence=HIGH, order=code)
    if code and code.mpn:
        told = code.mpn
        return _Number(text=told, mpn=told, told_by="supplier_code", confidence=MEDIUM, order=code)
    left = None if order else line.mpn or None
    found = None if left else rescue(line.value, line.description, line.letters)
    if found is None:
        return _Number(text=left, order=code)
    sure = MEDIUM if family(found.mpn, None) else LOW
    return _Number(
        text=found.mpn, mpn=found.mpn, told_by=found.told_by, confidence=sure, order=code
    )


def _number_cells(number: _Number) -> dict[str, Any]:
    return {
        "mpn": number.text,
        "mpn_from": number.told_by,
        "mpn_confidence": number.confidence,
        "distributor_code": number.order.code if number.order else None,
        "distributor": number.order.distributor if number.order else None,
    }


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


def _known_cells(
    line: Line, mpn: str, maker_ids: tuple[str, ...], imported: Classes
) -> dict[str, Any]:
    who = maker_ids or ((key(line.maker),) if key(line.maker) else ())
    found = vendor_class(mpn, who, imported) if mpn else None
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
