"""What changed in the law between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chipward.law.model import Laws, Provision, Version
from chipward.law.timeline import what_happens


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A provision whose live text on one day is not the one of another day.

    ``added`` and ``dropped`` name the leaves only one of the two texts has; both are empty when
    the condition is the same and only status, citation or outcome differ.
    """

    provision: str
    regime: str
    kind: str
    title: str
    what: str
    before: Version | None
    after: Version | None
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def _only_in(one: Version | None, other: Version | None) -> tuple[str, ...]:
    known = {leaf.comparison for leaf in other.compiled.leaves} if other else set[object]()
    leaves = one.compiled.leaves if one else ()
    return tuple(leaf.name for leaf in leaves if leaf.comparison not in known)


def _change(provision: Provision, before: Version | None, after: Version | None) -> Change:
    both = before is not None and after is not None
    return Change(
        provision=provision.id,
        regime=provision.regime,
        kind=provision.kind,
        title=provision.title,
        what=what_happens(provision, before, after),
        before=before,
        after=after,
        added=_only_in(after, before) if both else (),
        dropped=_only_in(before, after) if both else (),
    )


def changed_provisions(laws: Laws, earlier: date, later: date) -> tuple[Change, ...]:
    """The provisions whose live version differs between two days, sorted by id.

    A version that came and went between the two days is not seen; `timeline.events` shows it.
    """
    pairs = ((p, p.version_on(earlier), p.version_on(later)) for p in laws.provisions)
    return tuple(_change(p, before, after) for p, before, after in pairs if before is not after)
