"""One row a line, for the table formats; headers are English and stay the same between versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from chipward.report.plain import ReviewDict
from chipward.report.width import printable

COLUMNS = (
    "line", "row", "refs", "quantity", "maker", "mpn", "description", "fitted", "category", "level",
    "control_outcome", "control_policy", "control_regimes", "supply_outcome", "materials",
    "findings", "questions", "law_checked_to",
)  # fmt: skip
Cell = str | int | float | bool | None


def _joined(parts: Iterable[object]) -> str:
    return "; ".join(printable(str(part)) for part in parts)


def _regimes(control: Mapping[str, Any]) -> list[str]:
    """``regime lane: outcome`` of each answer, each once."""
    told = (f"{a['regime']} {a['lane']}: {a['outcome']}" for a in control["answers"])
    return list(dict.fromkeys(told))


def _materials(supply: Mapping[str, Any]) -> list[str]:
    return [f"{m['material']}: {m['outcome']}" for m in supply["materials"]]


def rows(review: ReviewDict) -> list[list[Cell]]:
    """The cells of every line in the order of `COLUMNS`; lists are joined with ``; ``."""
    asked: dict[int, list[str]] = defaultdict(list)
    for question in review["questions"]:
        for line in question["lines"]:
            asked[line].append(question["fact"])
    ages = _joined(f"{v['regime']} {v['day']}" for v in review["provenance"]["verified_to"])
    return [[*_row(line, asked[line["line"]]), ages] for line in review["lines"]]


def _row(line: Mapping[str, Any], asked: list[str]) -> list[Cell]:
    control, supply = line["lenses"]["control"], line["lenses"]["supply"]
    return [
        line["line"],
        line["row"],
        _joined(line["refs"]),
        line["quantity"],
        printable(line["maker"]),
        printable(line["mpn"]),
        printable(line["description"]),
        line["fitted"],
        line["category"],
        line["level"],
        control["outcome"],
        control["review_policy"],
        _joined(_regimes(control)),
        supply["outcome"],
        _joined(_materials(supply)),
        _joined(line["findings"]),
        _joined(asked),
    ]
