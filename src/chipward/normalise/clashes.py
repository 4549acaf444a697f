"""A part number against the maker its line names, and numbers that several makers sell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from chipward.normalise.makers import LOW, MakerMatch, makers
from chipward.normalise.rules import family, implied_maker, own_family
from chipward.normalise.spelling import part_key
from chipward.tables import load, rows_of

ANYTHING = ".+"
"""The pattern of a rule that takes every number of a maker, and so says nothing of the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Series:
    """Numbers that several makers sell: the whole series, and the bare numbers of it."""

    series: re.Pattern[str]
    number: re.Pattern[str] | None
    makers: tuple[str, ...]


@cache
def _series() -> tuple[_Series, ...]:
    return tuple(
        _Series(
            series=re.compile(row["series"]),
            number=re.compile(row["number"]) if row["number"] else None,
            makers=tuple(row["makers"] or ()),
        )
        for row in rows_of(load("parts/second_sources"))
    )


@cache
def made_by(mpn: str) -> tuple[str, ...]:
    """The known makers of a number that says nothing of its maker; empty for any other.

    >>> made_by("TL431BCDBZR")
    ('texas-instruments', 'nexperia')
    >>> made_by("STM32F405RGT6")
    ()
    """
    text = part_key(mpn)
    for one in _series():
        if one.number and one.number.fullmatch(text) and len(one.makers) > 1:
            return one.makers
    return ()


@cache
def is_shared(mpn: str) -> bool:
    """Whether a number is of a series that several makers sell.

    >>> is_shared("LM358DR2G"), is_shared("M24128-DRDW8TP/K")
    (True, False)
    """
    text, rule = part_key(mpn), family(mpn, None)
    first = rule is not None and rule.maker is None
    return first or any(one.series.match(text) for one in _series())


def clash(mpn: str, named: MakerMatch) -> str | None:
    """The maker id a part number points to, where the line surely names another; else None.

    Nothing is said of a house brand, of makers of one owner, of a maker that was only guessed at,
    or of a number that several makers sell.

    >>> from chipward.normalise.makers import find_maker
    >>> clash("M24128-DRDW8TP/K", find_maker("Microchip"))
    'stmicroelectronics'
    >>> clash("2N7002LT1G", find_maker("Diodes Inc.")) is None
    True
    """
    if not mpn or not named.makers or named.confidence == LOW:
        return None
    told = implied_maker(mpn)
    if told is None or told in named.makers or is_shared(mpn):
        return None
    if any(_at_home(mpn, told, maker) for maker in named.makers):
        return None
    return told


def _at_home(mpn: str, told: str, maker: str) -> bool:
    """Whether the maker named may sell the number all the same."""
    rule = own_family(mpn, maker)
    own = rule is not None and rule.pattern != ANYTHING
    return own or makers()[maker].house_brand or related((told, maker))


@cache
def related(pair: Sequence[str]) -> bool:
    """Whether two makers are one group: one owns the other, or one owner has both.

    >>> related(("kemet", "yageo")), related(("murata", "yageo"))
    (True, False)
    """
    first, second = (
        {name.casefold() for name in (makers()[one].name, makers()[one].owner) if name}
        for one in pair
    )
    return bool(first & second)
