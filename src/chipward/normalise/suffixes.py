"""Part numbers without what says only how the part is packed.

Reel, tape and lead-free marks go; package and temperature grade stay, for a class may hang on them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from chipward.normalise.spelling import part_key
from chipward.tables import load, rows_of

ANY = ""
_Rule = tuple[re.Pattern[str], str]
_MOST_SUFFIXES = 2


@cache
def _rules() -> Mapping[str, tuple[_Rule, ...]]:
    """Maker id to its rules in the order of the table; under `ANY` those of every maker."""
    out: dict[str, tuple[_Rule, ...]] = {}
    for row in rows_of(load("parts/suffixes")):
        maker = row["maker_id"] or ANY
        out[maker] = (*out.get(maker, ()), (re.compile(row["pattern"]), row["base"] or ""))
    return out


@cache
def base_number(mpn: str, maker: str | None = None) -> str:
    """The part number in upper case without its packing suffixes.

    Args:
        mpn: part number as written.
        maker: maker id; without it only the suffixes that every maker uses go.

    >>> base_number("TPS54331DR", "texas-instruments"), base_number("BSS138PW,115", "nexperia")
    ('TPS54331D', 'BSS138PW')
    >>> base_number("STM32F405RGT6")
    'STM32F405RGT6'
    """
    text = part_key(mpn)
    rules = (*_rules().get(maker or ANY, ()), *(_rules().get(ANY, ()) if maker else ()))
    for _ in range(_MOST_SUFFIXES):
        shorter = _once(text, rules)
        if shorter == text:
            break
        text = shorter
    return text


def _once(text: str, rules: tuple[_Rule, ...]) -> str:
    for pattern, base in rules:
        shorter = pattern.sub(base, text, count=1)
        if shorter != text:
            return shorter
    return text
