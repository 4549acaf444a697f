"""From verdicts to one outcome a regime: subject, requirements, exceptions, review policy.

Requirements accumulate: each live one is kept, each needs its own exception, and the strictest left
is the outcome. Everything is computed twice, with the unknown at its strictest and at its mildest;
only where both agree is there an outcome here, and `cells` looks into the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from chipward.law.model import Laws, Provision
from chipward.lenses.control.judge import Judged
from chipward.tables import load, rows_of
from chipward.vectors import FALSE, TRUE, UNKNOWN, Flags, Truth, any_of, differs, equals

NOT_SUBJECT, NO_FINDING, EXCEPTION, LICENSE, PROHIBITED = range(5)
OUTCOMES = ("not_subject", "no_finding", "exception", "license_required", "prohibited")
REQUIRING = ("requirement", "prohibition")
Ranks = npt.NDArray[np.int16]


def policy_ranks() -> dict[str, int]:
    """Review policy to its order of strictness; no policy is 0."""
    ranks = {row["policy"]: int(row["rank"]) for row in rows_of(load("policy/review_policies"))}
    return {"": 0, **ranks}


@dataclass(frozen=True)
class Structure:
    """How the provisions of one regime stand to each other, as index arrays."""

    regime: str
    provisions: tuple[Provision, ...]

    def of_kind(self, *kinds: str) -> list[int]:
        """Indices of this regime's provisions of the given kinds."""
        return [
            i
            for i, provision in enumerate(self.provisions)
            if provision.kind in kinds and provision.regime == self.regime
        ]

    @cached_property
    def jurisdictions(self) -> list[int]:
        """Provisions that make an item subject to the regime."""
        return self.of_kind("jurisdiction")

    @cached_property
    def requirements(self) -> list[int]:
        """Provisions that require a license or prohibit."""
        return self.of_kind(*REQUIRING)

    @cached_property
    def exceptions(self) -> list[int]:
        """License exceptions."""
        return self.of_kind("exception")

    @cached_property
    def policies(self) -> list[int]:
        """Review policies."""
        return self.of_kind("policy")

    @cached_property
    def flags(self) -> list[int]:
        """Duties and red flags."""
        return self.of_kind("flag")

    def links(self, sources: list[int], targets: list[int], attribute: str) -> Flags:
        """Which source names which target in ``attribute``: (sources, targets)."""
        names = [set(getattr(self.provisions[s], attribute)) for s in sources]
        cells = [[self.provisions[t].id in named for t in targets] for named in names]
        return np.array(cells, np.bool_).reshape(len(sources), len(targets))


@dataclass(frozen=True, slots=True)
class Resolved:
    """The outcome of one regime, row by row, with what made it."""

    outcome_strict: npt.NDArray[np.int8]
    outcome_mild: npt.NDArray[np.int8]
    policy_strict: Ranks
    policy_mild: Ranks
    subject: Truth
    live: Truth
    defeated: Flags
    used_exceptions: Flags
    candidate_exceptions: Flags
    used_policies: Flags


def meets(left: Flags, right: Flags) -> Flags:
    """Boolean product of (rows, inner) and (inner, columns)."""
    product = left.astype(np.int16) @ right.astype(np.int16)
    return np.asarray(np.greater(product, 0), np.bool_)


def kleene_or(columns: Truth) -> Truth:
    """Or over the second axis."""
    out = np.full(len(columns), FALSE, np.int8)
    out[any_of(equals(columns, UNKNOWN))] = UNKNOWN
    out[any_of(equals(columns, TRUE))] = TRUE
    return out


def kleene_and(left: Truth, right: Truth) -> Truth:
    """And, element by element."""
    false = equals(left, FALSE) | equals(right, FALSE)
    unknown = equals(left, UNKNOWN) | equals(right, UNKNOWN)
    out = np.full(false.shape, TRUE, np.int8)
    out[unknown] = UNKNOWN
    out[false] = FALSE
    return out


def resolve(judged: Judged, structure: Structure) -> Resolved:
    """Resolve one regime for every row."""
    verdicts = judged.verdicts
    subject = kleene_or(verdicts[:, structure.jurisdictions])
    requirements = kleene_and(verdicts[:, structure.requirements], subject[:, None])
    exceptions = verdicts[:, structure.exceptions]
    lifts = structure.links(structure.exceptions, structure.requirements, "defeats")
    defeated = meets(equals(exceptions, TRUE), lifts)
    live = np.where(defeated, FALSE, requirements).astype(np.int8)
    asked = meets(differs(requirements, FALSE), lifts.T)
    still = meets(differs(live, FALSE), lifts.T)
    shown = (subject, live, requirements)
    strict = _outcome([differs(one, FALSE) for one in shown], judged, structure)
    mild = _outcome([equals(one, TRUE) for one in shown], judged, structure)
    policy_strict, used = _policy(judged, structure, differs(live, FALSE), strict=True)
    policy_mild, _ = _policy(judged, structure, equals(live, TRUE), strict=False)
    return Resolved(
        outcome_strict=strict,
        outcome_mild=mild,
        policy_strict=policy_strict,
        policy_mild=policy_mild,
        subject=subject,
        live=live,
        defeated=defeated,
        used_exceptions=equals(exceptions, TRUE) & asked,
        candidate_exceptions=equals(exceptions, UNKNOWN) & still,
        used_policies=used,
    )


def _outcome(bound: list[Flags], judged: Judged, structure: Structure) -> npt.NDArray[np.int8]:
    """The outcome when subject, live and required requirements are as one bound has them."""
    subject, live, required = bound
    prohibits = _prohibits(judged, structure)
    outcome = np.full(len(subject), NO_FINDING, np.int8)
    outcome[any_of(required)] = EXCEPTION
    outcome[any_of(live)] = LICENSE
    outcome[any_of(live & prohibits)] = PROHIBITED
    outcome[~subject] = NOT_SUBJECT
    return outcome


def _prohibits(judged: Judged, structure: Structure) -> Flags:
    """(rows, requirements): whether the version live on the row's date prohibits."""
    columns: list[Flags] = []
    for p in structure.requirements:
        provision = structure.provisions[p]
        hard = np.array([*(_is_prohibition(provision, v) for v in provision.versions), False])
        columns.append(hard[judged.versions[:, p]])
    return np.array(columns, np.bool_).reshape(len(columns), judged.rows.num_rows).T


def _is_prohibition(provision: Provision, version: Any) -> bool:
    return provision.kind == "prohibition" or version.outcome.requires == "prohibition"


def _own_ranks(judged: Judged, structure: Structure, indices: list[int]) -> Ranks:
    """(rows, indices): rank of the review policy in the live version's own outcome."""
    ranks = policy_ranks()
    columns = [
        np.array(
            [*(ranks[v.outcome.review_policy] for v in structure.provisions[p].versions), 0],
            np.int16,
        )[judged.versions[:, p]]
        for p in indices
    ]
    return np.array(columns, np.int16).reshape(len(columns), judged.rows.num_rows).T


def _policy(
    judged: Judged, structure: Structure, live: Flags, *, strict: bool
) -> tuple[Ranks, Flags]:
    """The strictest policy over the live requirements, and which policy provisions gave it."""
    policies: Truth = judged.verdicts[:, structure.policies]
    replaces = structure.links(structure.policies, structure.policies, "defeats")
    milder = any_of(replaces)
    certain = milder if strict else ~milder
    held = np.where(certain[None, :], equals(policies, TRUE), differs(policies, FALSE))
    held &= ~meets(held, replaces)
    ranks = _own_ranks(judged, structure, structure.policies)
    own = _own_ranks(judged, structure, structure.requirements)
    applies = structure.links(structure.policies, structure.requirements, "applies_to")
    best = np.zeros(len(live), np.int16)
    used = np.zeros(held.shape, np.bool_)
    for r in range(len(structure.requirements)):
        mine = held & applies[:, r][None, :] & live[:, r][:, None]
        used |= mine
        given = np.max(np.where(mine, ranks, 0), axis=1, initial=0)
        rank = np.where(any_of(mine), given, own[:, r])
        best = np.maximum(best, np.where(live[:, r], rank, 0))
    return best.astype(np.int16), used


def structures(laws: Laws) -> list[Structure]:
    """One structure a regime that has provisions, in the order of the jurisdictions file."""
    present = {provision.regime for provision in laws.provisions}
    names = [row["regime"] for row in rows_of(load("jurisdictions"))]
    return [Structure(name, laws.provisions) for name in names if name in present]
