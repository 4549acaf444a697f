"""What becomes of each material of each line: cut, licensed, concentrated, exposed or unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chipward.tables import TEXT, TEXT_LIST, load, rows_of
from chipward.vectors import codes_of, distinct_rows, map_values

CUT, LICENSED, CONCENTRATED = "cut", "licensed", "concentrated"
EXPOSED, NO_DATA = "exposed", "no_data"
# Strictest first.
OUTCOMES = (CUT, LICENSED, CONCENTRATED, EXPOSED, NO_DATA)
PROHIBITED, LICENSE_REQUIRED = "prohibited", "license_required"
DENIALS = frozenset({"presumption_of_denial", "denial_in_principle", "policy_of_denial"})
_CUT, _LICENSED, _OPEN = 2, 1, 0
_COMPARE: dict[str, Callable[[Any, float], Any]] = {">": operator.gt, ">=": operator.ge}

INPUTS_SCHEMA = pa.schema(
    [
        ("line", pa.int64()),
        ("material", TEXT),
        ("regime", TEXT),
        ("outcome", TEXT),
        ("review_policy", TEXT),
        ("provisions", TEXT_LIST),
        ("verify", pa.bool_()),
    ]
)
Integers = npt.NDArray[np.int64]


def judge(exposed: pa.Table, inputs: pa.Table) -> pa.Table:
    """Add to each exposure what the law does to its supply, and the outcome.

    Args:
        exposed: of `exposures`.
        inputs: control answers of the inputs lanes (`INPUTS_SCHEMA`); of several regimes for one
            (line, material) the strictest counts.

    Returns:
        ``exposed`` with ``regime, input_outcome, review_policy, provisions, verify`` of the
        strictest answer (null without one), ``thresholds`` (names of the thresholds of
        ``policy/supply_thresholds`` passed) and ``supply_outcome``: ``cut`` where an act in force
        prohibits the lane, or requires a license that it is the policy to deny; ``licensed`` where
        it requires one otherwise; else ``concentrated`` where a threshold is passed, ``no_data``
        where there are no figures, ``exposed`` otherwise. An undetermined lane cuts nothing: it
        stands in ``input_outcome`` and is asked about by the control lens.
    """
    inputs = inputs.select(INPUTS_SCHEMA.names).cast(INPUTS_SCHEMA)
    severity = _severity(inputs)
    found, at = _strictest(exposed, inputs, severity)
    answer = inputs.take(pa.array(at, mask=~found))
    act = np.where(found, severity[at] if len(severity) else 0, _OPEN)
    passed, names = _thresholds(exposed)
    figures = np.isfinite(_numbers(exposed, "top_share_pct")) | np.isfinite(
        _numbers(exposed, "hhi")
    )
    outcome = np.select(
        [act == _CUT, act == _LICENSED, passed > 0, figures],
        [CUT, LICENSED, CONCENTRATED, EXPOSED],
        NO_DATA,
    )
    added: dict[str, Any] = {
        "regime": answer["regime"],
        "input_outcome": answer["outcome"],
        "review_policy": answer["review_policy"],
        "provisions": answer["provisions"],
        "verify": answer["verify"].fill_null(False),
        "thresholds": map_values(pa.array(passed), lambda bits: _named(bits, names), TEXT_LIST),
        "supply_outcome": pa.array(outcome, TEXT),
    }
    for name, column in added.items():
        exposed = exposed.append_column(name, column)
    return exposed


def _severity(inputs: pa.Table) -> Integers:
    first, kinds = distinct_rows(inputs, ("outcome", "review_policy"))
    rows = inputs.select(["outcome", "review_policy"]).take(pa.array(first)).to_pylist()
    values = [_act(row["outcome"], row["review_policy"]) for row in rows]
    return np.array(values, dtype=np.int64)[kinds]


def _act(outcome: str, policy: str | None) -> int:
    if outcome == PROHIBITED or (outcome == LICENSE_REQUIRED and policy in DENIALS):
        return _CUT
    return _LICENSED if outcome == LICENSE_REQUIRED else _OPEN


def _strictest(
    exposed: pa.Table, inputs: pa.Table, severity: Integers
) -> tuple[npt.NDArray[np.bool_], Integers]:
    """For each exposure whether it has an answer, and the index of the strictest."""
    codes, values = codes_of(exposed["material"])
    number = {value: code for code, value in enumerate(values)}
    theirs, names = codes_of(inputs["material"])
    mapped = np.array([number.get(name, -1) for name in names], dtype=np.int64)[theirs]
    key = inputs["line"].to_numpy() * len(values) + mapped
    _, regimes = np.unique(np.array(inputs["regime"].to_pylist(), dtype=str), return_inverse=True)
    order = np.lexsort((regimes, -severity, key))
    order = order[mapped[order] >= 0]
    keys, first = np.unique(key[order], return_index=True)
    wanted = exposed["line"].to_numpy() * len(values) + codes
    place = np.searchsorted(keys, wanted)
    inside = place < len(keys)
    place = np.where(inside, place, 0)
    if not len(keys):
        return inside, place
    return inside & (keys[place] == wanted), order[first[place]]


def _numbers(table: pa.Table, name: str) -> npt.NDArray[np.float64]:
    return table[name].to_numpy().astype(np.float64)


def _thresholds(exposed: pa.Table) -> tuple[Integers, list[str]]:
    """A bit a threshold passed; a missing figure passes none."""
    rows = sorted(rows_of(load("policy/supply_thresholds")), key=lambda row: row["threshold"])
    bits: Integers = np.zeros(exposed.num_rows, dtype=np.int64)
    for number, row in enumerate(rows):
        over = _COMPARE[row["op"]](_numbers(exposed, row["measure"]), row["value"])
        bits |= over.astype(np.int64) << number
    return bits, [row["threshold"] for row in rows]


def _named(bits: int, names: list[str]) -> list[str]:
    return [name for number, name in enumerate(names) if bits >> number & 1]
