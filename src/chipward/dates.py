"""Calendar dates and half-open intervals: the only date logic of the program.

An interval is ``[start, until)``: the day ``until`` is already outside. An open end is ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from chipward.errors import DateError, Where


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``start`` up to, not including, ``until``.

    >>> Interval(date(2025, 11, 9), date(2026, 11, 28)).holds(date(2026, 11, 27))
    True
    >>> Interval(date(2025, 11, 9), date(2026, 11, 28)).holds(date(2026, 11, 28))
    False
    """

    start: date | None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies inside."""
        after_start = self.start is None or day >= self.start
        return after_start and (self.until is None or day < self.until)

    def overlaps(self, other: Interval) -> bool:
        """Whether any day lies in both."""
        starts = [i.start for i in (self, other) if i.start is not None]
        ends = [i.until for i in (self, other) if i.until is not None]
        return not starts or not ends or max(starts) < min(ends)


def parse_day(text: str, where: Where | None = None) -> date:
    """Read ``YYYY-MM-DD``; anything else raises `DateError`.

    >>> parse_day("2026-11-28")
    datetime.date(2026, 11, 28)
    """
    wrong = DateError("error.not_a_date", where=where, hint="hint.date", value=text[:20])
    if len(text) != len("2026-11-28"):
        raise wrong
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong from None


def today() -> date:
    """Today in UTC, the default of ``--on``; every output prints the date it used."""
    return datetime.now(UTC).date()
