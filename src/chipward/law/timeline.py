"""The law of all sides as one row of dated events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chipward.law.model import Laws, Provision, Version
from chipward.review import Citation

BEGINS, CHANGES, RESUMES, ENDS = "begins", "changes", "resumes", "ends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One day on which a provision begins, changes, sleeps, wakes or ends.

    ``known`` is false for a day past ``verified_to`` of the regime: scheduled by the law as known,
    and nobody has checked since whether it stays so.
    """

    date: date
    regime: str
    provision: str
    version: int
    what: str
    title: str
    status: str
    until: date | None
    cite: Citation
    origin: str
    known: bool


def what_happens(provision: Provision, before: Version | None, after: Version | None) -> str:
    """The word for one version giving way to another; the key of a message ``law.event.<word>``.

    The words are begins, changes, resumes, ends, and the statuses suspended, announced, repealed.
    A text that was suspended before it ever was in force begins; it does not resume.
    """
    if after is None:
        return ENDS
    if not after.in_force:
        return after.status
    if before is None or before.status in ("announced", "repealed"):
        return BEGINS
    if before.in_force:
        return CHANGES
    earlier = provision.versions[: provision.versions.index(after)]
    return RESUMES if any(version.in_force for version in earlier) else BEGINS


def _event(provision: Provision, day: date, text: Version, what: str, verified: date) -> Event:
    by = text.suspended_by if what == "suspended" and text.suspended_by else text.cite
    return Event(
        date=day,
        regime=provision.regime,
        provision=provision.id,
        version=text.number,
        what=what,
        title=provision.title,
        status=text.status,
        until=None if what == ENDS else text.interval.until,
        cite=by,
        origin=text.origin,
        known=day <= verified,
    )


def _of_provision(provision: Provision, verified: date) -> Iterator[Event]:
    ends = {version.interval.until: version for version in provision.versions}
    starts = {version.interval.start for version in provision.versions}
    for version in provision.versions:
        start, until = version.interval.start, version.interval.until
        if start is not None:
            what = what_happens(provision, ends.get(start), version)
            yield _event(provision, start, version, what, verified)
        if until is not None and until not in starts:
            yield _event(provision, until, version, ENDS, verified)


def events(
    laws: Laws, start: date | None = None, end: date | None = None, regime: str = ""
) -> tuple[Event, ...]:
    """The events from ``start`` to ``end``, both inside, sorted by day, regime and provision."""
    verified = {one.regime: one.verified_to for one in laws.jurisdictions}
    found = (
        event
        for provision in laws.provisions
        if regime in ("", provision.regime)
        for event in _of_provision(provision, verified[provision.regime])
        if (start is None or event.date >= start) and (end is None or event.date <= end)
    )
    return tuple(sorted(found, key=lambda e: (e.date, e.regime, e.provision, e.version)))
