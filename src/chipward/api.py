"""The whole flow: read, normalise, lanes, facts, judge, resolve, explain, review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from chipward import __version__
from chipward.coverage import cautions, coverage
from chipward.determine import Determination, determination
from chipward.imports import ClassTable, published
from chipward.lanes import INPUTS, Lanes, Transactions
from chipward.law.model import Laws
from chipward.lenses.control.explain import Explainer
from chipward.lenses.supply.explain import explain as explain_supply
from chipward.lenses.supply.explain import line_materials, materials_map
from chipward.lenses.supply.facts import exposures
from chipward.lenses.supply.judge import judge as judge_supply
from chipward.levels import LevelRules
from chipward.lines import line_results, with_levels
from chipward.normalise import checks, normalise
from chipward.profile import Profile
from chipward.questions import questions
from chipward.read import Bom
from chipward.review import (
    LEVELS,
    NOTHING,
    UNKNOWN,
    Finding,
    LeafResult,
    LineResult,
    Review,
)
from chipward.sources import is_open, source_id, sources
from chipward.tables import load, rows_of
from chipward.timeline import board_timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a review was asked for besides the board: day, scope, publication cut."""

    on: date
    scope: str = "enforced"
    known_at: str = ""


def assess(
    bom: Bom,
    laws: Laws,
    options: Options,
    profile: Profile | None = None,
    imports: Sequence[ClassTable] = (),
) -> Review:
    """Review a bill of materials under all lenses; imported tables go before the shipped ones.

    Raises `DateError` for a day before the law here begins, and `InternalError` when an
    explanation does not fold back to its verdict.
    """
    laws.check_day(options.on)
    parts = normalise(bom.lines, options.on, published(imports))
    lanes = Lanes(profile, options.on, options.scope).rows(parts)
    determined = determination(lanes.table, options.on, options.scope, laws)
    levels = LevelRules(profile.levels if profile else None)
    control = Explainer(determined, lanes.table, levels, lanes.assumptions).findings()
    judged = judge_supply(exposures(parts, options.on), _inputs(lanes, determined))
    supply = with_levels(explain_supply(judged), levels)
    lines = line_results(
        parts,
        lanes=lanes.table,
        determined=determined,
        control=control,
        supply=supply,
        materials=line_materials(judged),
        levels=levels,
    )
    findings = sorted([*control.values(), *supply], key=lambda f: (f.line, f.lens, f.lane, f.id))
    row_lines = dict(zip(*(lanes.table[n].to_pylist() for n in ("row_id", "line")), strict=True))
    return Review(
        on=options.on.isoformat(),
        known_at=options.known_at,
        scope=options.scope,
        bom=_bom(bom, parts),
        profile=profile.as_dict() if profile else None,
        counts=_counts(lines),
        lines=lines,
        findings=tuple(findings),
        questions=questions(determined.table, row_lines),
        coverage=coverage(parts, profile),
        cautions=(*cautions(parts, profile, options.on), *checks(parts)),
        materials=tuple(materials_map(judged)),
        timeline=board_timeline(laws, findings, options.on),
        changes=(),
        provenance=_provenance(laws, options, _sources_of(findings, lines), imports),
    )


def _inputs(lanes: Transactions, determined: Determination) -> pa.Table:
    """Control answers of the inputs lanes with line and material: what supply reads of them."""
    con = duckdb.connect()
    con.register("answers", determined.table)
    con.register("lanes", lanes.table)
    return con.sql(
        "SELECT l.line, l.material, a.regime, a.outcome, a.review_policy, a.provisions, a.verify "
        "FROM answers a JOIN lanes l USING (row_id) WHERE l.lane = $lane "
        "ORDER BY l.line, l.material, a.regime",
        params={"lane": INPUTS},
    ).to_arrow_table()


def _bom(bom: Bom, parts: pa.Table) -> Mapping[str, Any]:
    fitted = sum(bool(v) for v in parts["fitted"].to_pylist())
    return {
        "name": bom.name,
        "sha256": bom.sha256,
        "format": bom.format,
        "sheet": bom.sheet,
        "header_row": bom.header_row,
        "lines": parts.num_rows,
        "fitted": fitted,
        "columns": [{"column": c.column, "meaning": c.meaning, "how": c.how} for c in bom.columns],
        "warnings": [{"key": w.key, "params": dict(w.params)} for w in bom.warnings],
    }


def _counts(lines: Sequence[LineResult]) -> Mapping[str, int]:
    """Lines a level; ``unknown`` stands beside and counts every line with an open lens."""
    out = {name: sum(line.level == name for line in lines) for name in (*LEVELS, NOTHING)}
    out[UNKNOWN] = sum(
        any(lens["level"] == UNKNOWN for lens in line.lenses.values()) for line in lines
    )
    return out


def _sources_of(findings: Sequence[Finding], lines: Sequence[LineResult]) -> set[str]:
    """The ids of the sources this review rests on."""
    cells: set[str] = {row["source"] for row in rows_of(load("jurisdictions"))}
    for finding in findings:
        cells |= {cite.via for cite in finding.citations}
        cells |= {e.source for e in finding.evidence if not isinstance(e, LeafResult)}
    for line in lines:
        cells.add(str(line.identity["vendor_eccn_source"] or ""))
        cells |= {str(m["source"] or "") for m in line.lenses["supply"]["materials"]}
    return {source_id(cell) for cell in cells if cell and not is_open(cell)}


def _provenance(
    laws: Laws, options: Options, used: set[str], imports: Sequence[ClassTable]
) -> Mapping[str, Any]:
    return {
        "chipward": __version__,
        "data_lock": laws.sha256,
        "local_law": [{"name": one.name, "sha256": one.sha256} for one in laws.local],
        "imports": [
            {
                "name": one.name,
                "file": one.file,
                "sha256": one.sha256,
                "as_of": one.vintage,
                "rows": len(one.rows),
            }
            for one in imports
        ],
        "engine": f"duckdb {duckdb.__version__}",
        "options": {"on": options.on.isoformat(), "scope": options.scope},
        "verified_to": [
            {
                "regime": j.regime,
                "name": j.name,
                "day": j.verified_to.isoformat(),
                "what": j.verified_what,
                "past": options.on > j.verified_to,
            }
            for j in laws.jurisdictions
        ],
        "sources": [
            {
                "id": s.id,
                "title": s.title,
                "as_of": s.as_of,
                "stale": s.stale,
                "attribution": s.attribution,
            }
            for s in sources(options.on, used)
        ],
    }
