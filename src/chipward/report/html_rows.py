"""Rows of the table of lines: what each lens says, and where the reasoning stands."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chipward.report.view import Found, Line, View
from chipward.review import NOTHING

_REFS = 4
_VERSION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the board. ``same_as`` names an earlier line with, word for word, its reasoning."""

    line: Line
    level: str
    level_words: str
    fitted: bool
    refs: str
    lenses: str
    control: str
    control_where: str
    supply: str
    supply_where: str
    findings: tuple[Found, ...]
    same_as: int | None


def _sign(view: View, line: Line, findings: tuple[Found, ...]) -> tuple[object, ...]:
    """Equal for lines whose reasoning reads the same."""
    answers = [
        {name: value for name, value in answer.items() if name != "finding"}
        for answer in line["lenses"]["control"]["answers"]
    ]
    rest = (answers, line["lenses"]["supply"]["materials"], line["alternatives"])
    return (*map(view.sign, findings), marshal.dumps(rest, _VERSION))


def _control(view: View, control: Mapping[str, Any]) -> tuple[str, str]:
    """The strictest answer in words, and the regimes and lanes that give it."""
    said = view.answer(control)
    if control["outcome"] in {"not_fitted", "unidentified", "no_lane"}:
        return said, ""
    where = [
        _where(view, answer)
        for answer in control["answers"]
        if answer["outcome"] == control["outcome"] and answer["level"] == control["level"]
    ]
    return said, "; ".join(dict.fromkeys(where))


def _where(view: View, answer: Mapping[str, Any]) -> str:
    words = view.words
    lane = words.label("report.lane", answer["lane"])
    if answer["lane"] == "sell" and answer["destination"]:
        lane = words.say("report.lane_to", country=words.label("country", answer["destination"]))
    return f"{answer['regime']} · {lane}"


def _supply(view: View, supply: Mapping[str, Any]) -> tuple[str, str]:
    """The weightiest answer in words, and the materials that give it."""
    lead = [m for m in supply["materials"] if m["outcome"] == supply["outcome"]]
    names = [view.words.label("material", m["material"]) for m in lead]
    return view.outcome(supply["outcome"]), view.words.join(dict.fromkeys(names))


def rows(view: View) -> list[Row]:
    """A row a line: by level, then in the order of the board."""
    seen: dict[tuple[object, ...], int] = {}
    ordered = [line for group in view.groups() for line in group.lines]
    made = {line["line"]: _row(view, line, seen) for line in _by_place(ordered)}
    return [made[line["line"]] for line in ordered]


def _by_place(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line["line"])


def _row(view: View, line: Line, seen: dict[tuple[object, ...], int]) -> Row:
    findings = tuple(view.findings_of(line))
    same_as = seen.setdefault(_sign(view, line, findings), line["line"]) if findings else None
    control, control_where = _control(view, line["lenses"]["control"])
    supply, supply_where = _supply(view, line["lenses"]["supply"])
    level = line["level"]
    weighty = [name for name, lens in line["lenses"].items() if lens["level"] != NOTHING]
    more = len(line["refs"]) - _REFS
    return Row(
        line=line,
        level=level,
        level_words=view.words.label("level", level),
        fitted=line["fitted"],
        refs=", ".join(line["refs"][:_REFS]) + (f" +{more}" if more > 0 else ""),
        lenses=" ".join(weighty),
        control=control,
        control_where=control_where,
        supply=supply,
        supply_where=supply_where,
        findings=findings if same_as in {None, line["line"]} else (),
        same_as=None if same_as in {None, line["line"]} else same_as,
    )
