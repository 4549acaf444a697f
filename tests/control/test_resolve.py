"""Resolving: accumulation, exceptions, policies, and the two bounds against every completion."""

from __future__ import annotations

from itertools import product

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.dates import Interval
from chipward.law.model import NEVER, Outcome, Provision, Version
from chipward.lenses.control.judge import Judged
from chipward.lenses.control.resolve import (
    EXCEPTION,
    LICENSE,
    NO_FINDING,
    NOT_SUBJECT,
    PROHIBITED,
    Resolved,
    Structure,
    policy_ranks,
    resolve,
)
from chipward.review import Citation
from chipward.vectors import FALSE, TRUE, UNKNOWN

T, F, U = TRUE, FALSE, UNKNOWN


def _provision(name: str, kind: str, **more: object) -> Provision:
    outcome = Outcome(
        requires=str(more.pop("requires", "license")),
        review_policy=str(more.pop("policy", "")),
    )
    version = Version(
        number=1,
        interval=Interval(None),
        status="in_force",
        cite=Citation(instrument="fixture"),
        compiled=NEVER,
        outcome=outcome,
    )
    return Provision(
        id=name,
        regime="AA",
        title=name,
        kind=kind,
        versions=(version,),
        **more,  # type: ignore[arg-type]
    )


PROVISIONS = (
    _provision("subject", "jurisdiction"),
    _provision("license_1", "requirement", policy="ordinary"),
    _provision("license_2", "requirement", policy="case_by_case"),
    _provision("ban", "prohibition", requires="prohibition"),
    _provision("lifts_1", "exception", symbol="X1", defeats=("license_1",)),
    _provision("denial", "policy", policy="presumption_of_denial", applies_to=("license_1",)),
    _provision(
        "milder", "policy", policy="case_by_case", applies_to=("license_1",), defeats=("denial",)
    ),
)
STRUCTURE = Structure("AA", PROVISIONS)
RANKS = policy_ranks()


def _resolve(*rows: tuple[int, ...]) -> Resolved:
    verdicts = np.array(rows, np.int8)
    zeros = np.zeros_like(verdicts)
    table = pa.table({"date": pa.array([None] * len(rows), pa.date32())})
    judged = Judged(
        table, PROVISIONS, {}, zeros, verdicts, zeros, np.zeros(verdicts.shape, np.int16)
    )
    return resolve(judged, STRUCTURE)


@pytest.mark.parametrize(
    "row, outcome, policy",
    [
        ((F, T, T, T, F, F, F), NOT_SUBJECT, ""),
        ((T, F, F, F, F, F, F), NO_FINDING, ""),
        ((T, T, F, F, F, F, F), LICENSE, "ordinary"),
        ((T, T, T, F, F, F, F), LICENSE, "case_by_case"),
        ((T, T, F, F, T, F, F), EXCEPTION, ""),
        ((T, T, T, F, T, F, F), LICENSE, "case_by_case"),
        ((T, T, F, T, T, F, F), PROHIBITED, ""),
        ((T, T, F, F, F, T, F), LICENSE, "presumption_of_denial"),
        ((T, T, F, F, F, T, T), LICENSE, "case_by_case"),
        ((T, F, T, F, F, T, F), LICENSE, "case_by_case"),
    ],
)
def test_known_verdicts(row: tuple[int, ...], outcome: int, policy: str) -> None:
    found = _resolve(row)
    assert (found.outcome_strict[0], found.outcome_mild[0]) == (outcome, outcome)
    assert found.policy_strict[0] == found.policy_mild[0] == RANKS[policy]


def test_an_open_exception_never_lifts_a_requirement() -> None:
    found = _resolve((T, T, F, F, U, F, F))
    assert (found.outcome_strict[0], found.outcome_mild[0]) == (LICENSE, LICENSE)
    assert found.candidate_exceptions[0].tolist() == [True]
    assert not found.used_exceptions[0].any()


def test_an_open_milder_policy_leaves_the_policy_open() -> None:
    found = _resolve((T, T, F, F, F, T, U))
    assert found.policy_strict[0] == RANKS["presumption_of_denial"]
    assert found.policy_mild[0] == RANKS["case_by_case"]


@given(
    st.tuples(
        *[st.sampled_from((T, F, U))] * 4, st.sampled_from((T, F)), *[st.sampled_from((T, F))] * 2
    )
)
def test_bounds_hold_for_every_completion(row: tuple[int, ...]) -> None:
    """Whatever the unknown verdicts turn out to be, the outcome lies between the two bounds."""
    bounds = _resolve(row)
    free = [i for i, value in enumerate(row) if value == U]
    rows = []
    for values in product((T, F), repeat=len(free)):
        full = list(row)
        for index, value in zip(free, values, strict=True):
            full[index] = value
        rows.append(tuple(full))
    done = _resolve(*rows)
    assert (done.outcome_strict == done.outcome_mild).all()
    assert set(done.outcome_strict.tolist()) <= set(
        range(bounds.outcome_mild[0], bounds.outcome_strict[0] + 1)
    )
    assert bounds.outcome_strict[0] in done.outcome_strict
    assert bounds.outcome_mild[0] in done.outcome_strict
