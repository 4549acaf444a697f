"""One result a line: identity, the answer of each lens, the level, the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from chipward.determine import Determination
from chipward.levels import LevelRules, strictest
from chipward.review import Finding, LineResult

CONTROL, SUPPLY = "control", "supply"
NOT_FITTED = "not_fitted"
UNIDENTIFIED, MAKER_UNKNOWN, NO_LANE = "unidentified", "maker_unknown", "no_lane"
UNTOUCHED, UNCATEGORISED = "not_subject", "uncategorised"
_IDENTITY = (
    "identity", "mpn_from", "mpn_confidence", "maker_id", "maker_name", "maker_clash", "made_by",
    "distributor", "distributor_code", "maker_country", "owner", "owner_country", "fab_countries",
    "house_brand", "category_from", "category_confidence", "chip", "vendor_eccn",
    "vendor_eccn_source", "supplier", "supplier_code", "value", "eccn", "hts", "origin",
)  # fmt: skip
_ANSWER = ("regime", "outcome", "review_policy", "exceptions", "missing", "verify")


def with_levels(findings: Iterable[Finding], levels: LevelRules) -> list[Finding]:
    """The findings with the level their lens, lane and outcome call for."""
    out: list[Finding] = []
    for finding in findings:
        status = "verify" if finding.verify else "in_force"
        level = levels.level(
            finding.lens, finding.lane, finding.outcome, finding.review_policy, status
        )
        out.append(replace(finding, level=level.name, level_reason=level.reason))
    return out


def line_results(  # noqa: PLR0913  one argument a lens
    parts: pa.Table,
    *,
    lanes: pa.Table,
    determined: Determination,
    control: Mapping[int, Finding],
    supply: Sequence[Finding],
    materials: Mapping[int, list[dict[str, Any]]],
    levels: LevelRules,
) -> tuple[LineResult, ...]:
    """Every line of the board, fitted or not, in the board's order."""
    answers = _answers(lanes, determined, control, levels)
    moved = set(lanes["line"].to_pylist())
    found: dict[int, list[str]] = defaultdict(list)
    supplied: dict[int, list[Finding]] = defaultdict(list)
    for finding in control.values():
        found[finding.line].append(finding.id)
    for finding in supply:
        found[finding.line].append(finding.id)
        supplied[finding.line].append(finding)
    out: list[LineResult] = []
    for part in parts.to_pylist():
        line = part["line"]
        lenses = {
            CONTROL: _control(part, answers.get(line, []), levels, moved=line in moved),
            SUPPLY: _supply(part, supplied[line], materials.get(line, []), levels),
        }
        level = strictest([lens["level"] for lens in lenses.values()])
        out.append(_line(part, level, lenses, tuple(sorted(found[line]))))
    return tuple(out)


def _line(
    part: Mapping[str, Any], level: str, lenses: Mapping[str, Any], found: tuple[str, ...]
) -> LineResult:
    return LineResult(
        line=part["line"],
        row=part["row"],
        refs=tuple(part["refs"] or ()),
        quantity=part["quantity"],
        mpn=part["mpn"] or "",
        maker=part["maker_name"] or part["maker"] or "",
        description=part["description"] or part["value"] or "",
        fitted=part["fitted"],
        category=part["category"] or "",
        identity={name: part[name] for name in _IDENTITY},
        level=level,
        lenses=lenses,
        findings=found,
        alternatives=tuple(part["alternates"] or ()),
    )


def _answers(
    lanes: pa.Table, determined: Determination, control: Mapping[int, Finding], levels: LevelRules
) -> dict[int, list[dict[str, Any]]]:
    """Line to its answers, one a (lane, regime), in the order of the lanes."""
    names = ("line", "lane", "destination", "material")
    where = {
        row["row_id"]: row
        for row in lanes.select(
            ["row_id", *(n for n in names if n in lanes.column_names)]
        ).to_pylist()
    }
    out: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for index, answer in enumerate(determined.table.select(["row_id", *_ANSWER]).to_pylist()):
        row = where[answer["row_id"]]
        status = "verify" if answer["verify"] else "in_force"
        level = levels.level(
            CONTROL, row["lane"], answer["outcome"], answer["review_policy"], status
        )
        finding = control.get(index)
        out[row["line"]].append(
            {
                "lane": row["lane"],
                "destination": row.get("destination") or "",
                "material": row.get("material") or "",
                **{name: answer[name] for name in _ANSWER},
                "level": level.name,
                "finding": finding.id if finding else "",
            }
        )
    return out


def _control(
    part: Mapping[str, Any], answers: list[dict[str, Any]], levels: LevelRules, *, moved: bool
) -> dict[str, Any]:
    if not part["fitted"]:
        return {"level": "none", "outcome": NOT_FITTED, "review_policy": "", "answers": []}
    if not answers:
        bare = _unanswered(part, moved=moved)
        level = levels.level(CONTROL, "", bare).name
        return {"level": level, "outcome": bare, "review_policy": "", "answers": []}
    level = strictest([a["level"] for a in answers])
    lead = next(a for a in answers if a["level"] == level)
    return {
        "level": level,
        "outcome": lead["outcome"],
        "review_policy": lead["review_policy"],
        "answers": answers,
    }


def _unanswered(part: Mapping[str, Any], *, moved: bool) -> str:
    """Why a fitted line has no answer: part or maker are unknown, or nothing is touched."""
    if moved:
        return UNTOUCHED
    if part["identity"] == "not_identified":
        return UNIDENTIFIED
    hidden = part["house_brand"] or part["maker_country"] is None
    return MAKER_UNKNOWN if hidden else NO_LANE


def _supply(
    part: Mapping[str, Any],
    findings: Sequence[Finding],
    materials: list[dict[str, Any]],
    levels: LevelRules,
) -> dict[str, Any]:
    if not part["fitted"]:
        return {"level": "none", "outcome": NOT_FITTED, "materials": []}
    if part["category"] is None:
        level = levels.level(SUPPLY, "", UNCATEGORISED).name
        return {"level": level, "outcome": UNCATEGORISED, "materials": []}
    level = strictest([f.level for f in findings])
    lead = next((f.outcome for f in findings if f.level == level), "")
    rest = materials[0]["outcome"] if materials else "none"
    return {"level": level, "outcome": lead or rest, "materials": materials}
