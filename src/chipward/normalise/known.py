"""Single facts about single part numbers: the class its maker published, the chip it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from chipward.normalise.makers import find_maker
from chipward.normalise.spelling import key, part_key
from chipward.tables import load, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorClass:
    """An export class a maker published for its own part number; no ruling of an agency."""

    maker: str
    eccn: str
    source: str


@cache
def _classes() -> Mapping[str, tuple[VendorClass, ...]]:
    out: dict[str, tuple[VendorClass, ...]] = {}
    for row in rows_of(load("parts/vendor_eccn")):
        found = VendorClass(maker=row["maker_id"], eccn=row["eccn"], source=row["source"])
        mark = key(row["mpn"])
        out[mark] = (*out.get(mark, ()), found)
    return out


def vendor_class(mpn: str, makers: Sequence[str] = ()) -> VendorClass | None:
    """The class published for this part number by one of ``makers``, or by the only maker of it.

    >>> vendor_class("AD9361BBCZ").maker
    'analog-devices'
    """
    found = [c for c in _classes().get(key(mpn), ()) if not makers or c.maker in makers]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chip:
    id: str
    maker: str
    names: tuple[str, ...]


def _maker_id(name: str | None) -> str:
    found = find_maker(name).makers if name else ()
    return found[0] if found else ""


@cache
def _numbers() -> Mapping[str, str]:
    rows = rows_of(load("chips/chips"))
    return {key(number): row["chip"] for row in rows for number in row["part_numbers"] or ()}


@cache
def _marks() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = rows_of(load("parts/chip_marks"))
    return tuple((re.compile(row["pattern"]), row["maker_id"], row["chip"]) for row in rows)


@cache
def _chips() -> tuple[_Chip, ...]:
    """Chips with the names they are sold under, the longest name first."""
    out = [
        _Chip(
            id=row["chip"],
            maker=_maker_id(row["maker"]),
            names=tuple(key(name) for name in (row["name"], *(row["aliases"] or ()))),
        )
        for row in rows_of(load("chips/chips"))
    ]
    return tuple(sorted(out, key=lambda chip: (-max(map(len, chip.names)), chip.id)))


@cache
def chip_of_number(mpn: str, makers: tuple[str, ...]) -> str | None:
    """The chip behind a part number: a listed number, or one of a marked series."""
    listed = _numbers().get(key(mpn))
    if listed:
        return listed
    for pattern, maker, chip in _marks():
        if (not makers or maker in makers) and pattern.match(part_key(mpn)):
            return chip
    return None


@cache
def chip_of_name(text: str, makers: tuple[str, ...]) -> str | None:
    """The chip whose name stands in a text, for a line of that chip's maker only.

    >>> chip_of_name("H100 PCIe 80 GB accelerator", ("nvidia",))
    'nvidia-h100-pcie'
    """
    pieces = [key(word) for word in re.split(r"[\s,;/()]+", text) if key(word)]
    joined = {"".join(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, i + 6)}
    best: tuple[int, str] | None = None
    for chip in _chips():
        if chip.maker not in makers:
            continue
        for name in chip.names:
            if name in joined and (best is None or len(name) > best[0]):
                best = (len(name), chip.id)
    return best[1] if best else None
