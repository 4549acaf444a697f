"""Replaying a day: law published later is not known, and what it ended runs on."""

from __future__ import annotations

from datetime import date

from chipward.dates import Interval
from chipward.law.known import as_known
from chipward.law.load import load_laws
from chipward.law.model import NEVER, Laws, Outcome, Provision, Version
from chipward.review import Citation


def _version(number: int, start: date, until: date | None, published: str, by: str = "") -> Version:
    return Version(
        number=number,
        interval=Interval(start, until),
        status="suspended" if by else "in_force",
        cite=Citation(instrument="fixture", published=published),
        suspended_by=Citation(instrument="fixture", published=by) if by else None,
        compiled=NEVER,
        outcome=Outcome(),
    )


def _laws() -> Laws:
    versions = (
        _version(1, date(2024, 12, 3), date(2025, 11, 9), "2024-12-03"),
        _version(2, date(2025, 11, 9), date(2026, 11, 28), "2024-12-03", by="2025-11-09"),
        _version(3, date(2026, 11, 28), None, "2024-12-03"),
    )
    provision = Provision(
        id="aa.one", regime="AA", title="one", kind="requirement", versions=versions
    )
    return Laws(provisions=(provision,), jurisdictions=(), sha256="")


def _intervals(day: date) -> list[tuple[int, date | None, date | None]]:
    known = as_known(_laws(), day)
    return [
        (v.number, v.interval.start, v.interval.until) for p in known.provisions for v in p.versions
    ]


def test_before_a_suspension_was_published_the_text_ran_on() -> None:
    assert _intervals(date(2025, 11, 8)) == [
        (1, date(2024, 12, 3), date(2026, 11, 28)),
        (3, date(2026, 11, 28), None),
    ]


def test_on_the_day_of_publication_it_is_known() -> None:
    assert [number for number, _, _ in _intervals(date(2025, 11, 9))] == [1, 2, 3]


def test_before_anything_was_published_there_is_no_provision() -> None:
    assert _intervals(date(2024, 12, 2)) == []


def test_the_shipped_law_known_later_than_all_of_it_is_the_shipped_law() -> None:
    laws = load_laws()
    assert as_known(laws, date(2100, 1, 1)) == laws


def test_the_shipped_law_known_early_has_only_what_was_published() -> None:
    day = date(2024, 1, 1)
    known = as_known(load_laws(), day)
    assert known.provisions
    published = [(v.suspended_by or v.cite).published for p in known.provisions for v in p.versions]
    assert max(published) <= day.isoformat()
