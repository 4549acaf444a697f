"""Rows of the table of lines: what each lens says, and where the reasoning stands."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chipward.report.folds import Fold, folds
from chipward.report.places import in_brief, in_full, leading
from chipward.report.view import Found, Line, View, rank
from chipward.review import NOTHING, UNKNOWN

_REFS = 3
_VERSION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the board. ``same_as`` names an earlier line with, word for word, its reasoning.

    ``levels`` are what a filter finds the line by: its level, and *unknown* where a lens is open.
    ``sign`` is equal for lines whose details read the same.
    """

    line: Line
    level: str
    levels: str
    beside: bool
    fitted: bool
    refs: str
    lenses: str
    control: str
    control_where: str
    supply: str
    supply_where: str
    findings: tuple[Found, ...]
    answers: tuple[str, ...]
    detailed: bool
    same_as: int | None
    sign: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows with a level, and below them the other ones folded by kind."""

    rows: tuple[Row, ...]
    folded: tuple[tuple[Fold, tuple[Row, ...]], ...]


def table(view: View) -> Table:
    """A row a line: by level, then in the order of the board."""
    made = _Maker(view)
    rows = {line["line"]: made.row(line) for line in _by_place(view.review["lines"])}
    graded = [
        line for group in view.groups() if rank(group.level) < rank(UNKNOWN) for line in group.lines
    ]
    return Table(
        rows=tuple(rows[line["line"]] for line in graded),
        folded=tuple(
            (fold, tuple(rows[line["line"]] for line in fold.lines)) for fold in folds(view)
        ),
    )


def _by_place(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line["line"])


class _Maker:
    """Makes rows; what many lines say alike is put into words once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._seen: dict[tuple[object, ...], int] = {}
        self._said: dict[bytes, tuple[tuple[str, str], tuple[str, ...]]] = {}

    def row(self, line: Line) -> Row:
        view, level = self._view, line["level"]
        findings = tuple(view.findings_of(line))
        control, supply = line["lenses"]["control"], line["lenses"]["supply"]
        (said, where), answers = self._control(control)
        rest = marshal.dumps((answers, supply["materials"], line["alternatives"]), _VERSION)
        sign = (*map(view.sign, findings), rest)
        same_as = self._seen.setdefault(sign, line["line"]) if findings else None
        repeated = same_as not in {None, line["line"]}
        beside = level not in {UNKNOWN, NOTHING} and view.opened(line)
        weighty = [name for name, lens in line["lenses"].items() if lens["level"] != NOTHING]
        more = len(line["refs"]) - _REFS
        materials = _materials(view, supply)
        return Row(
            line=line,
            level=level,
            levels=f"{level} {UNKNOWN}" if beside else level,
            beside=beside,
            fitted=line["fitted"],
            refs=", ".join(line["refs"][:_REFS]) + (f" +{more}" if more > 0 else ""),
            lenses=" ".join(weighty),
            control=said,
            control_where=where,
            supply=materials[0],
            supply_where=materials[1],
            findings=() if repeated else findings,
            answers=answers,
            detailed=not repeated
            and bool(findings or answers or supply["materials"] or line["alternatives"]),
            same_as=same_as if repeated else None,
            sign=sign,
        )

    def _control(self, control: Mapping[str, Any]) -> tuple[tuple[str, str], tuple[str, ...]]:
        """The strictest answer in words with its places, and every answer."""
        listed = [
            {name: value for name, value in answer.items() if name not in {"finding", "missing"}}
            for answer in control["answers"]
        ]
        key = marshal.dumps((control["outcome"], control["review_policy"], listed), _VERSION)
        if key not in self._said:
            view = self._view
            brief = view.answer(control), in_brief(view, leading(control))
            self._said[key] = brief, tuple(in_full(view, control["answers"]))
        return self._said[key]


def _materials(view: View, supply: Mapping[str, Any]) -> tuple[str, str]:
    """The weightiest answer in words, and the materials that give it."""
    lead = [m for m in supply["materials"] if m["outcome"] == supply["outcome"]]
    names = [view.words.label("material", m["material"]) for m in lead]
    return view.outcome(supply["outcome"]), view.words.join(dict.fromkeys(names))
