"""A part number where the column for it is empty: read out of the value or the description.

Only a word that looks like a part number is taken: letters and digits, five characters or more, and
no value, package, interface or symbol name. What those are stands in ``not_part_numbers.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from chipward.normalise.rules import best_of, family
from chipward.normalise.spelling import part_key
from chipward.tables import load, rows_of

SHORTEST = 5
FILLER = "filler"
CONNECTOR = "connector"
_SPLIT = re.compile(r"[\s_;|，；、]+|,\s+|,(?=[A-Z]{2})|(?<=[a-z])/(?=[A-Z])")
_TRIM = "\"'`[]{}<>:.,!*"
_SHAPE = re.compile(
    r"(?:[A-Z]{1,6}[-_/]?\d{2,}[A-Z0-9]*|\d{1,3}[A-Z]{1,5}\d{1,}[A-Z0-9]*|[A-Z]{2,6}\d[A-Z]+\d[A-Z0-9]*"
    r"|[A-Z]{2,6}-[A-Z]{1,4}\d{2,}[A-Z0-9]*)(?:[-/#+.,()_][A-Z0-9]*)*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescue:
    """A part number found outside its column, and the field it was found in."""

    mpn: str
    told_by: str


@cache
def _shapes(*, filler: bool) -> re.Pattern[str]:
    """Words that are no part numbers, or those by which a cell says that it is empty."""
    rows = rows_of(load("parts/not_part_numbers"))
    chosen = [row["pattern"] for row in rows if (row["kind"] == FILLER) is filler]
    return re.compile("|".join(f"(?:{pattern})" for pattern in chosen))


@cache
def is_filler(text: str) -> bool:
    """Whether a cell for a part number or a maker says that there is none.

    >>> is_filler("n/a"), is_filler("BSS138PW")
    (True, False)
    """
    return _shapes(filler=True).fullmatch(part_key(text)) is not None


@cache
def _coded_letters(letters: str) -> bool:
    """Whether values under these reference letters are full of codes: passives, connectors."""
    rule = best_of("reference", letters) if letters else None
    return rule is not None and rule.category in _coded_categories()


@cache
def _coded_categories() -> frozenset[str]:
    rows = rows_of(load("parts/categories"))
    return frozenset({row["category"] for row in rows if row["passive"]} | {CONNECTOR})


@cache
def could_be_part(word: str) -> bool:
    """Whether a word has letters and digits enough and is not known to be something else.

    >>> [could_be_part(w) for w in ("USBLC6-2SC6", "100nF/16V", "USB2.0", "SOT-23-5")]
    [True, False, False, False]
    """
    text = part_key(word)
    mixed = any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    known = _shapes(filler=False).fullmatch(text)
    return len(text) >= SHORTEST and mixed and known is None


def _words(text: str) -> Iterator[str]:
    """The words of a text without the marks around them; an odd bracket belongs to the text."""
    for word in _SPLIT.split(text):
        bare = word.strip(_TRIM)
        bare = bare if bare.count("(") == bare.count(")") else bare.strip("()")
        if bare:
            yield bare


@cache
def _find(text: str, *, strict: bool) -> str | None:
    """The first word of a known family, else (unless strict) the first of the right shape."""
    words = [word for word in _words(text) if could_be_part(word)]
    for word in words:
        if family(word, None):
            return word
    shaped = [word for word in words if _SHAPE.fullmatch(part_key(word))]
    return shaped[0] if shaped and not strict else None


def rescue(value: str, description: str, prefix: str) -> Rescue | None:
    """A part number in the value or else the description of a line.

    For resistors, capacitors, inductors and connectors, whose values are full of codes, only a word
    of a known part number family counts.

    >>> rescue("100nF", "MCU STM32F405RGT6 LQFP64", "U")
    Rescue(mpn='STM32F405RGT6', told_by='description')
    """
    strict = _coded_letters(prefix)
    for told_by, text in (("value", value), ("description", description)):
        found = _find(text, strict=strict) if text else None
        if found:
            return Rescue(mpn=found, told_by=told_by)
    return None
