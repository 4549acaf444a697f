"""How spellings are compared: pure functions from text to text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_NOT_WORD = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")
_GAPS = re.compile(r"[\s_]+")
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([a-z0-9-]+)\.(?:com|net|org|de|cn|jp|tw|kr|eu)\b.*$")
_QUOTES = "[]{}\"'` "
_MICRO = str.maketrans({"µ": "μ", "‐": "-", "‑": "-", "–": "-", "−": "-"})


def folded(text: str) -> str:
    """Text as the word rules see it: one width, lower case, single spaces for gaps and underscores.

    >>> folded("CAP_CER  0.1µF")
    'cap cer 0.1μf'
    """
    one_width = unicodedata.normalize("NFKC", text).translate(_MICRO)
    return _GAPS.sub(" ", one_width).strip().casefold()


def key(text: str) -> str:
    """A name without case, width and punctuation.

    >>> key("M/A-COM") == key("m/a com")
    True
    """
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def part_key(mpn: str) -> str:
    """A part number as the family rules see it: upper case, without space, quotes or brackets.

    >>> part_key("LG L29K-G2J1-24-Z"), part_key('["LMV324IDR"]')
    ('LGL29K-G2J1-24-Z', 'LMV324IDR')
    """
    bare = unicodedata.normalize("NFKC", mpn).translate(_MICRO).strip(_QUOTES)
    return _SPACES.sub("", bare).upper()


def words(text: str) -> list[str]:
    """The words of a name, folded; a web address gives the name of its site.

    >>> words("www.issi.com"), words("Analog Devices, Inc.")
    (['issi'], ['analog', 'devices', 'inc'])
    """
    lowered = unicodedata.normalize("NFKC", text).casefold().strip()
    site = _SITE.match(lowered)
    return [word for word in _NOT_WORD.split(site[1] if site else lowered) if word]
