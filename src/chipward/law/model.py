"""What law is made of here: provisions, their dated versions, and the one compiled form.

Nothing in this module reads a file. Values are true, false or unknown (1, 0, -1); a formula is
monotone over its literals, because ``none`` was pushed down to the leaves when it was compiled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

from chipward.dates import Interval
from chipward.errors import DateError, InputError, Where
from chipward.review import Citation

TRUE, FALSE, UNKNOWN = 1, 0, -1

KINDS = ("jurisdiction", "requirement", "exception", "prohibition", "flag", "policy")
STATUSES = ("in_force", "suspended", "announced", "repealed")
REQUIRES = ("license", "prohibition")
POLICIES = (
    "ordinary",
    "case_by_case",
    "case_by_case_if_certified",
    "strict_case_by_case",
    "presumption_of_approval",
    "presumption_of_denial",
    "denial_in_principle",
    "policy_of_denial",
)
SHIPPED, YOURS = "chipward", "yours"

Value = str | float | int | date
Formula: TypeAlias = (
    tuple[Literal["lit"], int, bool] | tuple[Literal["and", "or"], "tuple[Formula, ...]"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One comparison of one fact: the smallest piece of law that can be cited.

    ``op`` is one of ``= <> < <= > >= between in is_null starts_with is_true has``; ``negated``
    turns the last five but ``starts_with`` round (``NOT IN``, ``IS NOT NULL``, ``NOT c``).
    """

    name: str
    column: str
    op: str
    values: tuple[Value, ...]
    negated: bool
    cite: str
    text: str

    @property
    def comparison(self) -> tuple[str, str, tuple[Value, ...], bool]:
        """What is compared, without the words around it."""
        return (self.column, self.op, self.values, self.negated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """The condition of a version: its distinct leaves and a monotone formula over them.

    A formula is ``("lit", leaf index, negated)``, ``("and", formulas)`` or ``("or", formulas)``;
    an empty ``and`` is true, an empty ``or`` is false.
    """

    leaves: tuple[Leaf, ...]
    formula: Formula

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts the condition reads, sorted."""
        return tuple(sorted({leaf.column for leaf in self.leaves}))


NEVER = Compiled(leaves=(), formula=("or", ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a provision does when its condition is true. Empty text means: nothing of this kind."""

    requires: str = ""
    review_policy: str = ""
    duties: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of a provision, live over ``[start, until)``.

    ``political_until`` and ``note`` never change an outcome; ``verify`` is a catalogue key (or,
    in local law, a sentence) that says why the outcome wants checking by a human.
    """

    number: int
    interval: Interval
    status: str
    cite: Citation
    compiled: Compiled
    outcome: Outcome
    suspended_by: Citation | None = None
    last_suspended_day: date | None = None
    verified_on: date | None = None
    political_until: date | None = None
    verify: str = ""
    note: str = ""
    origin: str = SHIPPED
    path: str = ""
    line: int = 0

    @property
    def in_force(self) -> bool:
        """Whether the text binds while it is live."""
        return self.status == "in_force"

    def needs_verify(self, day: date) -> bool:
        """Whether an outcome on ``day`` must carry *verify*.

        True when the version says so itself, or when ``day`` lies past the last day of a
        suspension and nobody has checked since that day whether it was prolonged.
        """
        if self.verify:
            return True
        last = self.last_suspended_day
        if last is None or day <= last:
            return False
        return self.verified_on is None or self.verified_on <= last


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One paragraph or limb of law with all its versions, oldest first."""

    id: str
    regime: str
    title: str
    kind: str
    versions: tuple[Version, ...]
    symbol: str = ""
    defeats: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    origin: str = SHIPPED
    path: str = ""
    line: int = 0

    def version_on(self, day: date) -> Version | None:
        """The version live on ``day``, whatever its status; none in a gap."""
        return next((v for v in self.versions if v.interval.holds(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """A regime, and how far its encoded law was checked against its text."""

    regime: str
    name: str
    zone: str
    verified_to: date
    verified_what: str
    first_day: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalLaw:
    """A file of local law that was laid over the shipped law."""

    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Laws:
    """All law of a run: provisions sorted by id, with the hash of what chipward shipped."""

    provisions: tuple[Provision, ...]
    jurisdictions: tuple[Jurisdiction, ...]
    sha256: str
    local: tuple[LocalLaw, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Provision]:
        """Provisions by id."""
        return MappingProxyType({p.id: p for p in self.provisions})

    @cached_property
    def regimes(self) -> tuple[str, ...]:
        """The regimes, in the order of the jurisdictions table."""
        return tuple(j.regime for j in self.jurisdictions)

    def provision(self, name: str) -> Provision:
        """The provision of that id.

        Raises `InputError` with the closest id as a hint.
        """
        found = self.by_id.get(name)
        if found is not None:
            return found
        from difflib import get_close_matches  # noqa: PLC0415  only on the way out

        near = get_close_matches(name, list(self.by_id), n=1, cutoff=0.5)
        hint = "law.hint.closest" if near else "law.hint.timeline"
        raise InputError("law.no_such_provision", hint=hint, value=name[:80], closest="".join(near))

    def live(self, day: date, regime: str = "") -> tuple[tuple[Provision, Version], ...]:
        """Every provision with a version live on ``day`` (any status), of one regime or of all."""
        pairs = ((p, p.version_on(day)) for p in self.provisions if regime in ("", p.regime))
        return tuple((p, v) for p, v in pairs if v is not None)

    def check_day(self, day: date, where: Where | None = None) -> None:
        """Refuse a day before the law of every jurisdiction begins.

        Raises `DateError` naming the first day. A day after ``verified_to`` is allowed.
        """
        first = min(j.first_day for j in self.jurisdictions)
        if day < first:
            raise DateError("law.day_too_early", where=where, day=day, first=first)
