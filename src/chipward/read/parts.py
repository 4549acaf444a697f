"""Part number cells: several in one cell, distributor codes, and numbers a spreadsheet made."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chipward.read.words import plain

_SEVERAL = re.compile(r"[\r\n;|]+")
_DISTRIBUTOR = re.compile(r"(?:.*-ND|C\d{4,8})", re.IGNORECASE)
_NOTHING = frozenset({"-", "--", "---", "?", "n/a", "#n/a", "#ref!", "#value!", "#name?", "#null!"})
_BARE_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_CLASS_NUMBER = re.compile(r"\d[A-Za-z]\d{3}")
_TURNED = re.compile(
    r"\d[.,]?\d*E\+\d+|\d{4}-\d\d-\d\d|\d{1,2}[-/][A-Za-z]{3}(?:[-/]\d{2,4})?", re.IGNORECASE
)
_LEAST_PART = 4

Pair = tuple[str | None, str]
"""Maker, where known, and part number."""


def content(cell: str) -> str | None:
    """A cell as it stands with blanks collapsed; None for nothing or a dash.

    >>> content(" 2.2 µF "), content("n/a"), content("NA")
    ('2.2 µF', None, 'NA')
    """
    if not cell:
        return None
    text = " ".join(cell.split())
    return text if text and text.casefold() not in _NOTHING else None


def code(cell: str) -> str | None:
    r"""A cell that holds a code: the same with full-width forms folded.

    >>> code("\uff33\uff34\uff2d\uff13\uff12")
    'STM32'
    """
    return content(cell if cell.isascii() else plain(cell))


def several(cell: str) -> list[str]:
    r"""The parts of a cell that lists more than one; commas stay, part numbers hold them.

    >>> several("BSS138PW,115\nBSS138")
    ['BSS138PW,115', 'BSS138']
    """
    if _SEVERAL.search(cell) is None:
        text = code(cell)
        return [text] if text else []
    return [text for piece in _SEVERAL.split(cell) if (text := code(piece))]


def is_distributor_code(text: str) -> bool:
    """Whether a text is a Digi-Key or LCSC code by its form."""
    return _DISTRIBUTOR.fullmatch(text) is not None


def is_bare_number(text: str) -> bool:
    """Whether a classification cell holds a number: what a spreadsheet leaves of digit-E-digits.

    >>> is_bare_number("30"), is_bare_number("3E+01")
    (True, True)
    """
    return _BARE_NUMBER.fullmatch(text) is not None and _CLASS_NUMBER.fullmatch(text) is None


def is_turned(text: str) -> bool:
    """Whether a part number looks like the rounded number or the date a spreadsheet made of it."""
    return _TURNED.fullmatch(text) is not None


def looks_like_part(text: str | None) -> bool:
    """Whether a text may be a part number: a digit, some length, few words.

    >>> looks_like_part("321010005"), looks_like_part("10"), looks_like_part("Signature")
    (True, False, False)
    """
    if text is None or len(text) < _LEAST_PART or "://" in text:
        return False
    return any(map(str.isdigit, text)) and len(text.split()) <= 3  # noqa: PLR2004


def split_maker(cell: str) -> list[Pair]:
    """Makers and part numbers of a cell that holds both, such as ``YAGEO RC0402FR-071KL``.

    >>> split_maker("MTCONN UBAF-06082, FCI 10118192-0001LF")
    [('MTCONN', 'UBAF-06082'), ('FCI', '10118192-0001LF')]
    >>> split_maker("Metal box")
    []
    """
    pieces = [text for piece in several(cell) for text in piece.split(", ")]
    return list(_pairs(pieces))


def _pairs(pieces: Iterable[str]) -> Iterable[Pair]:
    for piece in pieces:
        maker, _, mpn = piece.strip().rpartition(" ")
        if looks_like_part(mpn):
            yield maker.strip() or None, mpn
