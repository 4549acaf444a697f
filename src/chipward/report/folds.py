"""Lines without a level of their own, by why that is: one group a kind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from chipward.report.view import Line, View, rank
from chipward.review import NOTHING, UNKNOWN

UNDETERMINED, UNCLASSIFIED, NOT_FITTED = "undetermined", "unclassified", "not_fitted"
_OTHER = "other"
_KINDS = (
    UNDETERMINED, UNCLASSIFIED, "uncategorised", "maker_unknown", "unidentified", _OTHER,
    NOTHING, NOT_FITTED,
)  # fmt: skip
_FEW = 8
"""Undetermined lines a page shows unasked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Lines of one kind. ``opened`` groups are few lines that want a look."""

    level: str
    kind: str
    title: str
    lines: tuple[Line, ...]
    opened: bool


def kind_of(line: Line) -> tuple[str, str, tuple[str, ...]]:
    """Kind, outcome and regimes of a line that is open or has nothing to show."""
    if not line["fitted"]:
        return NOT_FITTED, NOT_FITTED, ()
    lenses = [lens for lens in line["lenses"].values() if lens["level"] == UNKNOWN]
    if line["level"] != UNKNOWN or not lenses:
        return NOTHING, NOTHING, ()
    answers = lenses[0].get("answers") or ()
    open_in = {a["regime"]: a["outcome"] for a in answers if a["outcome"] == UNCLASSIFIED}
    if any(answer["outcome"] == UNDETERMINED for answer in answers):
        return UNDETERMINED, UNDETERMINED, ()
    if open_in:
        return UNCLASSIFIED, UNCLASSIFIED, tuple(sorted(open_in))
    outcome = lenses[0]["outcome"]
    return (outcome if outcome in _KINDS else _OTHER), outcome, ()


def folds(view: View) -> list[Fold]:
    """The groups of all lines below the levels, in a fixed order of kinds."""
    found: dict[tuple[str, str, tuple[str, ...]], list[Line]] = defaultdict(list)
    for line in view.review["lines"]:
        if rank(line["level"]) >= rank(UNKNOWN):
            found[kind_of(line)].append(line)
    made = [_fold(view, key, lines) for key, lines in found.items()]
    return sorted(made, key=lambda fold: (rank(fold.level), _KINDS.index(fold.kind)))


def _fold(view: View, key: tuple[str, str, tuple[str, ...]], lines: list[Line]) -> Fold:
    kind, outcome, regimes = key
    words = view.words
    title = words.count(
        f"report.fold.{kind}",
        len(lines),
        regimes=words.join(words.label("regime", name) for name in regimes),
        outcome=view.outcome(outcome),
    )
    return Fold(
        level=lines[0]["level"],
        kind=kind,
        title=title,
        lines=tuple(lines),
        opened=kind == UNDETERMINED and len(lines) <= _FEW,
    )
