"""Findings of the control lens: the answer, and every provision and leaf that made it.

Each explanation is folded again from the leaves it shows and compared with the verdict the answer
was made from; a difference is an `InternalError`, in production too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from chipward.determine import Determination
from chipward.errors import InternalError
from chipward.law.engine import fold_one
from chipward.law.model import Provision, Version
from chipward.lenses.control.answers import UNDETERMINED, Answer
from chipward.lenses.control.judge import Judged
from chipward.lenses.control.resolve import Structure
from chipward.levels import LevelRules
from chipward.review import Finding, LeafResult, Message, ProvisionResult
from chipward.vectors import FALSE, TRUE, UNKNOWN

LENS = "control"
SHOWN = ("license_required", "prohibited", "exception", UNDETERMINED)
VERDICTS = {TRUE: "true", FALSE: "false", UNKNOWN: "unknown"}
_SHOWN_FACTS = (
    "lane", "material", "item", "origin_country", "export_from", "destination", "end_user_country",
    "end_user_hq_country", "end_use", "listed_as", "tpp", "performance_density", "datacenter",
    "memory_bandwidth_density_gb_s_mm2", "dram_bandwidth_gb_s", "purity_pct", "date", "scope",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explainer:
    """Builds findings for the rows of a determination."""

    determination: Determination
    rows: pa.Table
    levels: LevelRules
    assumptions: Sequence[tuple[Message, ...]] = ()

    def findings(self) -> dict[int, Finding]:
        """Index into the answer table to finding, for the answers worth showing."""
        out: dict[int, Finding] = {}
        by_kind = {(a.kind, a.regime): a for a in self.determination.found}
        parts: dict[tuple[int, str], tuple[ProvisionResult, ...]] = {}
        where = {row_id: i for i, row_id in enumerate(self.rows["row_id"].to_pylist())}
        table = self.determination.table.select(["row_id", "regime", "outcome"]).to_pydict()
        for index, (row_id, regime, outcome) in enumerate(
            zip(table["row_id"], table["regime"], table["outcome"], strict=True)
        ):
            if outcome not in SHOWN:
                continue
            row = where[row_id]
            kind = int(self.determination.kinds[row])
            answer = by_kind[kind, regime]
            if (kind, regime) not in parts:
                parts[kind, regime] = self._provisions(answer)
            if parts[kind, regime]:
                out[index] = self._finding(answer, row, parts[kind, regime])
        return out

    def _finding(
        self, answer: Answer, row: int, provisions: tuple[ProvisionResult, ...]
    ) -> Finding:
        facts = {name: self.rows[name][row].as_py() for name in self.rows.column_names}
        lane = facts["lane"] or "shipment"
        status = "verify" if answer.verify else "in_force"
        level = self.levels.level(LENS, lane, answer.outcome, answer.review_policy, status)
        seed = "|".join([LENS, facts["row_id"], answer.regime])
        return Finding(
            id=hashlib.sha256(seed.encode()).hexdigest()[:10],
            lens=LENS,
            line=facts["line"] or 0,
            lane=lane,
            regime=answer.regime,
            level=level.name,
            level_reason=level.reason,
            outcome=answer.outcome,
            title=_title(answer, facts, lane),
            review_policy=answer.review_policy,
            assumptions=self.assumptions[row] if self.assumptions else (),
            provisions=provisions,
            exceptions=tuple(answer.exceptions),
            duties=tuple(answer.duties),
            missing=tuple(answer.missing),
            cells=tuple(answer.cells),
            citations=tuple(p.citation for p in provisions),
            verify=answer.verify,
            notes=self._notes(answer, provisions),
            facts={
                name: _plain(facts.get(name))
                for name in _SHOWN_FACTS
                if facts.get(name) is not None
            },
        )

    def _notes(self, answer: Answer, provisions: Sequence[ProvisionResult]) -> tuple[Message, ...]:
        structure, _ = self.determination.resolved[answer.regime]
        titles = {p.id: p.title for p in structure.provisions}
        notes = [
            Message(key="control.note.suspended", params={"title": f"@phrase.{titles[name]}"})
            for name in answer.suspended
        ]
        shown = sorted({p.note for p in provisions if p.note})
        return (*notes, *(Message(key=key) for key in shown))

    def _provisions(self, answer: Answer) -> tuple[ProvisionResult, ...]:
        structure, resolved = self.determination.resolved[answer.regime]
        judged = self.determination.judged
        tried = {name.removesuffix("?") for name in answer.exceptions}
        wanted = set(answer.provisions) | set(answer.suspended)
        out: list[ProvisionResult] = []
        for p, provision in enumerate(structure.provisions):
            symbol = provision.kind == "exception" and provision.symbol in tried
            juris = provision.kind == "jurisdiction" and judged.verdicts[answer.kind, p] != FALSE
            mine = provision.regime == answer.regime
            if mine and (provision.id in wanted or symbol or juris):
                version = judged.version(answer.kind, p)
                if version is not None:
                    defeated = _defeaters(structure, judged, answer.kind, provision)
                    out.append(_result(judged, answer.kind, p, version, defeated))
        del resolved
        return tuple(out)


def _defeaters(
    structure: Structure, judged: Judged, row: int, provision: Provision
) -> tuple[str, ...]:
    return tuple(
        structure.provisions[e].id
        for e in structure.exceptions
        if provision.id in structure.provisions[e].defeats and judged.verdicts[row, e] == TRUE
    )


def _result(
    judged: Judged, row: int, index: int, version: Version, defeated: tuple[str, ...]
) -> ProvisionResult:
    """One provision with its leaves, folded again and compared."""
    provision = judged.provisions[index]
    values = judged.leaf_results(row, version.compiled)
    again = fold_one(version.compiled.formula, values)
    kept = judged.verdicts[row, index] if version.in_force else judged.suspended[row, index]
    if again != int(kept):
        raise InternalError("error.refold", provision=provision.id)
    day: date = judged.rows["date"][row].as_py()
    return ProvisionResult(
        id=provision.id,
        version=version.number,
        kind=provision.kind,
        title=provision.title,
        status=version.status,
        verdict=VERDICTS[again],
        origin=version.origin,
        citation=version.cite,
        formula=version.compiled.formula,
        evidence=tuple(
            LeafResult(
                name=leaf.name,
                leaf=leaf.text,
                column=leaf.column,
                observed=_plain(judged.rows[leaf.column][row].as_py()),
                verdict=VERDICTS[value],
                cite=leaf.cite,
            )
            for leaf, value in zip(version.compiled.leaves, values, strict=True)
        ),
        defeated_by=defeated,
        verify=version.needs_verify(day),
        note=version.verify or version.note,
    )


def _title(answer: Answer, facts: Mapping[str, Any], lane: str) -> Message:
    policy = (
        f"@policy.{answer.review_policy}" if answer.review_policy else "@control.policy.unsettled"
    )
    return Message(
        key=f"control.title.{lane}.{answer.outcome}",
        params={
            "regime": f"@regime.{answer.regime}",
            "policy": policy,
            "destination": _place(facts.get("destination")),
            "origin": _place(facts.get("export_from")),
            "material": f"@material.{facts.get('material') or '?'}",
            "exceptions": ", ".join(answer.exceptions),
        },
    )


def _place(country: Any) -> str:
    return f"@country.{country}" if country else "@control.place.unknown"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
