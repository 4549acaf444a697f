"""Reference designators: lists and ranges written out, and how many there are."""

from __future__ import annotations

import re
import unicodedata
from math import isfinite

_SEPARATORS = re.compile(r"[,;\r\n、]+")
_RANGE = re.compile(
    r"([A-Za-z_$]+)(\d{1,6})\s*(?:-|\u2013|\u2014|~|\.\.\.?|to|至|到)\s*([A-Za-z_$]*)(\d{1,6})"
)
_NOTHING = frozenset({"", "-", "--", "n/a", "N/A"})
_LONGEST_WORDS = 2
_LEADING = re.compile(r"([A-Za-z_$]+)\d+")
_COMPONENT = re.compile(
    r"(?:[BCDFHJKLPQRSTUVXYZ]|BT|BZ|CN|FB|IC|JP|LED|MH|RN|RV|SW|TP|VR)\d{1,4}[A-Z]?"
)
_MOST = 20_000
_QUANTITY = re.compile(
    r"([+-]?\d+(?:[.,]\d+)*)\s*(?:x|pcs?\.?|ea|pieces?|stk\.?|stück|units?|个|片|只|個|m|mm|cm|ft)?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def parse_quantity(text: str) -> float | None:
    """A quantity as a number of pieces, or None if the cell does not hold one.

    >>> parse_quantity("1,000"), parse_quantity("2,5"), parse_quantity("3 pcs"), parse_quantity("x")
    (1000.0, 2.5, 3.0, None)
    """
    found = _QUANTITY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    digits = found[1]
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "")
    try:
        number = float(digits.replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) and number >= 0 else None


def expand(text: str, quantity: float | None = None) -> tuple[str, ...]:
    """Every reference of a cell, ranges written out.

    ``C1-C4`` is always a range. ``J1-2`` is one only where ``quantity`` is unknown or agrees, and a
    blank separates only what looks like references or adds up.

    >>> expand("C1-C3, C7 C9;R2,3")
    ('C1', 'C2', 'C3', 'C7', 'C9', 'R2', 'R3')
    >>> expand("J1-2", 1.0)
    ('J1-2',)
    """
    ranges = _expand(text, short_ranges=True, quantity=quantity)
    if quantity is None or len(ranges) == quantity:
        return ranges
    return _expand(text, short_ranges=False, quantity=quantity)


def _expand(text: str, *, short_ranges: bool, quantity: float | None) -> tuple[str, ...]:
    out: list[str] = []
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    pieces = [piece.strip(" \t>'\"") for piece in _SEPARATORS.split(folded)]
    alone = len(pieces) == 1
    for piece in pieces:
        words = piece.split()
        if piece in _NOTHING:
            continue
        one = _one(piece, out, short_ranges=short_ranges)
        if len(words) == 1 or one != [piece]:
            out += one
        elif _are_references(words) or (alone and len(words) == quantity):
            for word in words:
                out += _one(word, out, short_ranges=short_ranges)
        else:
            out.append(" ".join(words))
    return tuple(out[:_MOST])


def _are_references(words: list[str]) -> bool:
    return all(word[0].isalpha() and any(map(str.isdigit, word)) for word in words)


def _one(piece: str, before: list[str], *, short_ranges: bool) -> list[str]:
    """One reference, or all of a range; a bare number goes on with the letters before it."""
    found = _RANGE.fullmatch(piece)
    if found is not None:
        letters, low, again, high = found.groups()
        same = again == letters or (not again and short_ranges)
        if same and int(low) < int(high) <= int(low) + _MOST:
            return [f"{letters}{number}" for number in range(int(low), int(high) + 1)]
    if piece.isdigit() and before:
        leading = _LEADING.fullmatch(before[-1])
        if leading is not None:
            return [leading[1] + piece]
    return [piece]


def is_reference_list(cell: str) -> bool:
    """Whether a cell holds nothing but references, of letters a component is named with.

    >>> is_reference_list(">  C1, C2, C5-C9"), is_reference_list("A1"), is_reference_list("1u")
    (True, False, False)
    """
    refs = expand(cell)
    return bool(refs) and all(_COMPONENT.fullmatch(ref) for ref in refs)


def look_like_references(refs: tuple[str, ...]) -> bool:
    """Whether at least half of what was found has a digit and nothing is a sentence.

    >>> look_like_references(("C1", "PWR")), look_like_references(("THESE ARE NOT USED: P7",))
    (True, False)
    """
    if any(len(ref.split()) > _LONGEST_WORDS for ref in refs):
        return False
    return 2 * sum(any(map(str.isdigit, ref)) for ref in refs) >= len(refs)
