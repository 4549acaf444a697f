"""Days of publication as tables write them; one that can be read in two ways is refused."""

from __future__ import annotations

import re
from datetime import date

from chipward.errors import DataError, Where

_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_NAMED = re.compile(r"(\d{1,2})[- ]([a-z]{3})[a-z]*\.?,?[- ](\d{4})", re.IGNORECASE)
_AMERICAN = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_MONTH = 12


def read_day(text: str, where: Where) -> date:
    """A day out of a cell.

    Raises `DataError` for what is no day, and for day and month that could be swapped.

    >>> read_day("27-Apr-2026", Where()), read_day("2026/04/27", Where())
    (datetime.date(2026, 4, 27), datetime.date(2026, 4, 27))
    >>> read_day("4/27/2026", Where())
    datetime.date(2026, 4, 27)
    """
    bare = _TIME.sub("", text.strip())
    try:
        found = _parts(bare)
        if found:
            return date(*found)
    except ValueError:
        pass
    raise DataError("imports.no_day", where=where, hint="imports.hint.day", value=text[:20])


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day."""
    if hit := _YEAR_FIRST.fullmatch(text):
        return int(hit[1]), int(hit[2]), int(hit[3])
    if hit := _DOTTED.fullmatch(text):
        return int(hit[3]), int(hit[2]), int(hit[1])
    if hit := _NAMED.fullmatch(text):
        return int(hit[3]), _month(hit[2]), int(hit[1])
    if hit := _AMERICAN.fullmatch(text):
        return int(hit[3]), _month(hit[1]), int(hit[2])
    if hit := _SLASHED.fullmatch(text):
        return _unswapped(int(hit[1]), int(hit[2]), int(hit[3]))
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1


def _unswapped(first: int, second: int, year: int) -> tuple[int, int, int] | None:
    """Month and day where only one reading is a day; None where both are."""
    if first > _LAST_MONTH or first == second:
        return year, second, first
    return (year, first, second) if second > _LAST_MONTH else None
