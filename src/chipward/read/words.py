"""Header words as data: what ``Mfr. Part #``, ``位号`` or ``Stückzahl`` mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from chipward.tables import load, rows_of

OTHER = "other"
ASIDE = ("price", "stock")
"""Meanings that are named but not read: no line holds them, and no header is found by them."""

STRONG = 4
"""Up to this priority a word says what its column is; above it only allows it."""

_LONGEST = 60
_MOST_ALTERNATES = 20
_SEPARATORS = re.compile(r"[\s_\-.,:;*'\"?!\\()\[\]{}]+")
_AND = re.compile(r" ?(?:/|&|\+|\band\b) ?")
_PART_NUMBER = re.compile(r"part ?(?:number|num|no|nr)(?![a-z])|\bp ?/? ?n\b")
_NUMBER = re.compile(r"\b(?:number|num|no|nr)(?![a-z])")
_PARENTHESES = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Word:
    """A header word: its meaning, its priority (1 first), the distributor it names."""

    meaning: str
    priority: int
    implies: str


@dataclass(frozen=True, slots=True)
class Match:
    """A header that was recognised; ``order`` counts alternates (``MPN 2`` is 2)."""

    meaning: str
    priority: int
    implies: str
    key: str
    order: int


def plain(text: str) -> str:
    r"""Full-width forms folded, white space collapsed to single blanks, ends trimmed.

    >>> plain("\uff2d\uff30\uff2e\n12 ")
    'MPN 12'
    """
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(folded.split())


def fold(header: str) -> str:
    r"""The key under which a header is looked up: case, separators and spellings of "number" gone.

    A slash stays: "Manufacturer / Part Number" holds two things, "Manufacturer Part Number" one.

    >>> fold("Manufacturer\nPart-No.") == fold("MANUFACTURER_PART_NUMBER")
    True
    """
    text = _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", header).casefold()).strip()
    text = _NUMBER.sub("#", _PART_NUMBER.sub("part #", _AND.sub("/", text)))
    return text.replace(" ", "")


@cache
def header_words() -> Mapping[str, Word]:
    """Folded header to what it means, from ``data/read/headers.csv``."""
    return {
        fold(row["word"]): Word(row["meaning"], row["priority"], row["implies"] or "")
        for row in rows_of(load("read/headers"))
    }


@lru_cache(maxsize=4096)
def match(header: str) -> Match | None:
    """What a header says, or None if its words are not known.

    A remark in parentheses is ignored, a single number is the order of an alternate.

    >>> match("Manufacturer Part Number 2").order
    2
    >>> match("Locations (optional)").meaning
    'reference'
    """
    if not header or len(header) > _LONGEST:
        return None
    for text in (header, _PARENTHESES.sub(" ", header)):
        key = fold(text)
        word, order = header_words().get(key), 1
        if word is None and len(_DIGITS.findall(key)) == 1:
            order = max(1, int(_DIGITS.findall(key)[0][:3]))
            key = _DIGITS.sub("", key)
            word = header_words().get(key) if order <= _MOST_ALTERNATES else None
        if word is not None:
            return Match(word.meaning, word.priority, word.implies, key, order)
    return None


@cache
def row_words() -> re.Pattern[str]:
    """Matches the beginning of a cell that names a total."""
    words = sorted((row["word"] for row in rows_of(load("read/rows"))), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?![A-Za-z])", re.IGNORECASE)
