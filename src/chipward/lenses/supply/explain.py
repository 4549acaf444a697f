"""Findings of the supply lens, each with its figures, their sources, and what else there is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from chipward.lenses.supply.evidence import Row, alternatives, evidence_of
from chipward.lenses.supply.judge import CONCENTRATED, CUT, LICENSED
from chipward.lenses.supply.summary import line_materials, materials_map
from chipward.review import Evidence, Finding, Message
from chipward.sources import is_open
from chipward.vectors import distinct_rows

__all__ = ["alternatives", "explain", "line_materials", "materials_map"]

LENS, LANE = "supply", "inputs"
SHOWN = (CUT, LICENSED, CONCENTRATED)
_FACTS = (
    "material", "category", "role", "substitutable", "substitutes", "stage", "top_country",
    "top_share_pct", "hhi", "importer", "net_import_reliance_pct", "net_import_reliance_bound",
    "input_outcome", "provisions", "thresholds", "fitted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the findings of all lines of one kind have in common."""

    outcome: str
    regime: str
    review_policy: str
    verify: bool
    title: Message
    assumptions: tuple[Message, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[Message, ...]
    facts: Mapping[str, Any]


def explain(judged: pa.Table) -> list[Finding]:
    """A finding for each material of a line that is cut, licensed or concentrated.

    The level is left blank: the policy that knows all lenses sets it. ``facts`` holds the ids of
    the provisions that cut the lane, the substitutes, and the ``alternatives`` outside the
    country the material comes from, each with capacity, state, start and lead time in words.

    Args:
        judged: of `judge`.

    Returns:
        Findings in the order of ``judged``; the id is made of lens, line, material and outcome.
    """
    shown = judged.filter(pc.is_in(judged["supply_outcome"], value_set=pa.array(SHOWN)))
    names = [name for name in shown.column_names if name != "line"]
    first, kinds = distinct_rows(shown, names)
    shared = [_shared(row) for row in shown.select(names).take(pa.array(first)).to_pylist()]
    lines = shown["line"].to_pylist()
    return [_finding(line, shared[int(kind)]) for line, kind in zip(lines, kinds, strict=True)]


def _finding(line: int, one: _Shared) -> Finding:
    seed = "|".join([LENS, str(line), one.facts["material"], one.outcome])
    return Finding(
        id=hashlib.sha256(seed.encode()).hexdigest()[:10],
        lens=LENS,
        line=line,
        lane=LANE,
        regime=one.regime,
        level="",
        outcome=one.outcome,
        title=one.title,
        review_policy=one.review_policy,
        assumptions=one.assumptions,
        evidence=one.evidence,
        verify=one.verify,
        notes=one.notes,
        facts=one.facts,
    )


def _shared(row: Row) -> _Shared:
    outcome: str = row["supply_outcome"]
    by_law = outcome in {CUT, LICENSED}
    facts = {name: row[name] for name in _FACTS if row[name] is not None}
    return _Shared(
        outcome=outcome,
        regime=row["regime"] if by_law else "",
        review_policy=(row["review_policy"] or "") if by_law else "",
        verify=bool(row["verify"]) and by_law,
        title=_title(row),
        assumptions=_assumptions(row),
        evidence=evidence_of(row),
        notes=_notes(row),
        facts={**facts, "alternatives": alternatives(row["material"], row["top_country"])},
    )


def _assumptions(row: Row) -> tuple[Message, ...]:
    category = {"category": f"@category.{row['category']}"}
    said = [Message(key="supply.assumption.category", params=category)]
    if row["hhi"] is not None:
        said.append(Message(key="supply.assumption.shares"))
    return tuple(said)


def _words(row: Row) -> dict[str, str]:
    words = {"material": f"@material.{row['material']}"}
    if row["top_country"] and row["top_share_pct"] is not None:
        words["country"] = f"@country.{row['top_country']}"
        words["stage"] = "@" + f"supply.stage.{row['stage']}"
        words["share"] = f"{row['top_share_pct']:.0f}"
    return words


def _title(row: Row) -> Message:
    words = _words(row)
    bare = "" if "share" in words else "_no_share"
    return Message(key=f"supply.title.{row['supply_outcome']}{bare}", params=words)


def _notes(row: Row) -> tuple[Message, ...]:
    notes: list[Message] = []
    if row["caveat"]:
        params = {"stage": "@" + f"supply.stage.{row['stage']}"} if row["stage"] else {}
        notes.append(Message(key=f"supply.caveat.{row['caveat']}", params=params))
    if is_open(row["part_source"]):
        notes.append(Message(key="supply.note.uncited"))
    if row["figures_later"]:
        notes.append(Message(key="supply.note.figures_later"))
    if not row["fitted"]:
        notes.append(Message(key="supply.note.not_fitted"))
    return tuple(notes)
