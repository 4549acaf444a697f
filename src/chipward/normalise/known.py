"""Single facts about single part numbers: the class its maker published, the chip it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from chipward.normalise.makers import find_maker
from chipward.normalise.spelling import key, part_key
from chipward.normalise.suffixes import base_number
from chipward.tables import load, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorClass:
    """An export class a maker published for its own part number; no ruling of an agency.

    ``maker`` is a maker id, or the `key` of a spelling that no maker here has.
    """

    maker: str
    mpn: str
    eccn: str
    source: str


class Classes:
    """Published classes by part number, and by the number less its packing suffix."""

    def __init__(self, rows: Iterable[VendorClass]) -> None:
        """Of two rows for one (maker, part number) the later one counts."""
        latest = {(row.maker, key(row.mpn)): row for row in rows}
        self._exact: dict[str, list[VendorClass]] = {}
        self._base: dict[str, list[VendorClass]] = {}
        for row in latest.values():
            self._exact.setdefault(key(row.mpn), []).append(row)
            self._base.setdefault(_base(row.mpn, row.maker), []).append(row)

    def exact(self, mpn: str, makers: Sequence[str] = ()) -> VendorClass | None:
        """The class of this number by one of ``makers``, or by the only maker of it."""
        return _only(self._exact.get(key(mpn), ()), makers)

    def base(self, mpn: str, makers: Sequence[str] = ()) -> VendorClass | None:
        """The class of the same number in another packing, for known makers only."""
        found = {
            row.maker: row
            for maker in makers
            if (row := _only(self._base.get(_base(mpn, maker), ()), (maker,)))
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _base(mpn: str, maker: str) -> str:
    return key(base_number(mpn, maker))


def _only(rows: Sequence[VendorClass], makers: Sequence[str]) -> VendorClass | None:
    """The one class that fits; packings of one number that agree are one."""
    fit = [row for row in rows if not makers or row.maker in makers]
    alike = len({(row.maker, row.eccn) for row in fit}) == 1
    return fit[0] if alike else None


NO_CLASSES = Classes(())


@cache
def shipped_classes() -> Classes:
    """The classes of ``data/parts/vendor_eccn.csv``."""
    return Classes(
        VendorClass(maker=r["maker_id"], mpn=r["mpn"], eccn=r["eccn"], source=r["source"])
        for r in rows_of(load("parts/vendor_eccn"))
    )


def vendor_class(
    mpn: str, makers: Sequence[str] = (), imported: Classes = NO_CLASSES
) -> VendorClass | None:
    """The class published for this part number, else for the same number in another packing.

    What the user imported goes before what ships.

    >>> vendor_class("AD9361BBCZ").maker
    'analog-devices'
    >>> vendor_class("AD9361BBCZ-REEL", ("analog-devices",)).mpn
    'AD9361BBCZ'
    """
    tables = (imported, shipped_classes())
    exact = (table.exact(mpn, makers) for table in tables)
    base = (table.base(mpn, makers) for table in tables)
    return next((found for found in (*exact, *base) if found), None)


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
    bases = (base_number(mpn, maker) for maker in makers)
    for number in (mpn, *bases):
        listed = _numbers().get(key(number))
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
