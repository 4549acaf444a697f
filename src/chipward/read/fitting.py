"""Whether a line is on the board: DNP, NI, not fitted, 不贴 and their kin, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from chipward.read.words import plain
from chipward.tables import load, rows_of

_LETTER = "[0-9A-Za-z]"


def _key(cell: str) -> str:
    return plain(cell).casefold().strip("()[]. ")


@cache
def _senses(scope: str) -> Mapping[str, str]:
    rows = rows_of(load("read/fitted"))
    scopes = {"cell": {"cell", "text"}, "value": {"value", "text"}}[scope]
    return {_key(row["word"]): row["sense"] for row in rows if row["scope"] in scopes}


@cache
def _inside() -> re.Pattern[str]:
    """Matches a word for "not fitted" standing by itself in a longer text."""
    words = [r["word"] for r in rows_of(load("read/fitted")) if r["scope"] == "text"]
    latin = sorted((w for w in words if w.isascii()), key=len, reverse=True)
    other = sorted((w for w in words if not w.isascii()), key=len, reverse=True)
    spaced = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in latin)
    rest = "|".join(map(re.escape, other))
    return re.compile(rf"(?<!{_LETTER})(?:{spaced})(?!{_LETTER})|{rest}", re.IGNORECASE)


def is_known(cell: str) -> bool:
    """Whether a cell is one of the words of a DNP or fitted column."""
    return _key(cell) in _senses("cell")


def says_fitted(meaning: str, cell: str) -> bool | None:
    """What a cell of a ``dnp`` or ``fitted`` column says; None for words that are not known.

    >>> says_fitted("dnp", "no"), says_fitted("fitted", "no"), says_fitted("fitted", "NI")
    (True, False, False)
    """
    sense = _senses("cell").get(_key(cell))
    if sense is None:
        return None
    if sense in {"fitted", "not_fitted"}:
        return sense == "fitted"
    return (sense == "yes") == (meaning == "fitted")


@lru_cache(maxsize=8192)
def text_says_not_fitted(text: str) -> bool:
    """Whether a value or description carries a word such as DNP.

    >>> text_says_not_fitted("LT1719S6 -- Not Populated"), text_says_not_fitted("DNP3000X")
    (True, False)
    """
    return _inside().search(text) is not None


def value_says_not_fitted(value: str) -> bool:
    """Whether a value says so, also by a word that only counts alone, such as NC.

    >>> value_says_not_fitted("NC"), value_says_not_fitted("NC7SZ08")
    (True, False)
    """
    return _senses("value").get(_key(value)) == "not_fitted" or text_says_not_fitted(value)
