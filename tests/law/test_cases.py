"""The law's own cases: they hold, they are enough, and every leaf is needed by some of them.

`gaps` counts what a version lacks; `survivors` changes each leaf a little and lists the changes no
case notices. Both are shown to work on law written for the purpose, then run on the shipped law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from math import inf, nextafter
from pathlib import Path
from typing import Any

import pytest

from chipward.law.cases import Case, Cases, case_rows, failures, load_cases, verdicts
from chipward.law.engine import fold, leaf_values
from chipward.law.load import load_laws
from chipward.law.model import Laws, Leaf, Provision, Value, Version
from chipward.resources import data_dir

DAY = timedelta(days=1)
NEIGHBOUR = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "=": "<>", "<>": "="}
ORDERED = {"<", "<=", ">", ">=", "=", "<>", "between"}


def stepped(value: Value, up: int) -> Value:
    """The next value above (1) or below (-1)."""
    if isinstance(value, date):
        return value + up * DAY
    if isinstance(value, int):
        return value + up
    return nextafter(float(value), up * inf)


def mutants(leaf: Leaf) -> Iterator[tuple[str, Leaf]]:
    """Small mistakes an author could make in this leaf."""
    if leaf.op in NEIGHBOUR:
        yield f"{leaf.text} with {NEIGHBOUR[leaf.op]}", replace(leaf, op=NEIGHBOUR[leaf.op])
    elif leaf.op == "between":
        low, high = leaf.values
        yield f"{leaf.text} without {low}", replace(leaf, values=(stepped(low, 1), high))
        yield f"{leaf.text} without {high}", replace(leaf, values=(low, stepped(high, -1)))
    elif leaf.op == "in" and len(leaf.values) > 1:
        for value in leaf.values:
            kept = tuple(one for one in leaf.values if one != value)
            yield f"{leaf.text} without {value}", replace(leaf, values=kept)
    else:
        yield f"{leaf.text} turned round", replace(leaf, negated=not leaf.negated)


def edges(version: Version) -> set[date]:
    """The days on either side of each end of a version."""
    start, until = version.interval.start, version.interval.until
    ends = [day for day in (start, until) if day]
    return {day for end in ends for day in (end - DAY, end)}


def thresholds(version: Version) -> set[tuple[str, Value]]:
    """Every number and day a leaf compares with."""
    return {
        (leaf.column, value)
        for leaf in version.compiled.leaves
        if leaf.op in ORDERED
        for value in leaf.values
        if not isinstance(value, str)
    }


def gaps(provision: Provision, cases: Sequence[Case]) -> list[str]:
    """What the cases of a provision lack."""
    missing: list[str] = []
    days = {case.date for case in cases}
    for version in provision.versions:
        mine = [case for case in cases if case.live is version]
        expected = {case.expect for case in mine}
        wanted = {"true", "false", "unknown"} if version.compiled.leaves else set()
        given = {
            (name, value) for case in mine for name, value in case.given.items() if is_plain(value)
        }
        found = [
            *(f"expect {word}" for word in sorted(wanted - expected)),
            *(f"a case on {day}" for day in sorted(edges(version) - days)),
            *(f"{name} = {value}" for name, value in sorted(thresholds(version) - given, key=str)),
        ]
        missing += [f"{provision.id} version {version.number}: {what}" for what in found]
    return missing


def is_plain(value: object) -> bool:
    return not isinstance(value, list)


def survivors(provision: Provision, cases: Sequence[Case]) -> list[str]:
    """Mutants of the leaves of a provision that no case of it tells from the text."""
    alive: list[str] = []
    for version in provision.versions:
        mine = [case for case in cases if case.live is version]
        compiled = version.compiled
        changed = [
            (i, what, one) for i, leaf in enumerate(compiled.leaves) for what, one in mutants(leaf)
        ]
        if not mine:
            alive += [f"{provision.id} version {version.number}: {what}" for _, what, _ in changed]
            continue
        leaves = [*compiled.leaves, *(one for _, _, one in changed)]
        values = leaf_values(case_rows(mine), leaves)
        base = values[:, : len(compiled.leaves)]
        verdict = fold(compiled.formula, base)
        for number, (i, what, _) in enumerate(changed, start=len(compiled.leaves)):
            other = base.copy()
            other[:, i] = values[:, number]
            if (fold(compiled.formula, other) == verdict).all():
                alive.append(f"{provision.id} version {version.number}: {what}")
    return alive


@cache
def shipped() -> tuple[Laws, Cases]:
    laws = load_laws()
    return laws, load_cases(laws, data_dir() / "law", "law/")


def of(provision: Provision) -> list[Case]:
    return [case for case in shipped()[1].cases if case.provision.id == provision.id]


IDS = [one.id for one in load_laws().provisions]


def test_case_files_are_read_without_a_problem() -> None:
    assert [str(error) for error in shipped()[1].errors] == []


def test_every_case_comes_out_as_expected() -> None:
    assert [str(error) for error in failures(shipped()[1].cases)] == []


@pytest.mark.parametrize("name", IDS)
def test_every_version_has_its_cases(name: str) -> None:
    one = shipped()[0].provision(name)
    assert gaps(one, of(one)) == []


@pytest.mark.parametrize("name", IDS)
def test_every_leaf_is_needed_by_some_case(name: str) -> None:
    one = shipped()[0].provision(name)
    assert survivors(one, of(one)) == []


def test_no_case_id_occurs_twice_in_a_file() -> None:
    seen = [(case.path, case.name, case.version) for case in shipped()[1].cases]
    assert sorted(set(seen)) == sorted(seen)


# The runner itself, on law written for it.

WHEN = """
      all:
        - {name: heavy, leaf: "tpp >= 4800"}
        - {name: window, leaf: "owner_share_listed BETWEEN 0.25 AND 0.5"}
        - {name: either, leaf: "export_from IN ('AA', 'BB')"}
        - none:
            - {name: center, leaf: "datacenter"}
"""
GIVEN = {"tpp": "4800", "owner_share_listed": "0.25", "export_from": "AA", "datacenter": "false"}


def case(name: str, expect: str, day: str = "2025-01-01", **given: str) -> str:
    facts = {**GIVEN, **given}
    listed = ", ".join(f"{key}: {value}" for key, value in facts.items() if value)
    return f"  - {{name: {name}, date: {day}, given: {{{listed}}}, expect: {expect}}}\n"


FULL = [
    case("low end", "true"),
    case("high end", "true", owner_share_listed="0.5", export_from="BB"),
    case("in a center", "false", datacenter="true"),
    case("weight unknown", "unknown", tpp=""),
    case("the day before", "none", day="2024-12-02"),
    case("first day", "true", day="2024-12-03"),
    case("last day", "true", day="2025-12-02"),
    case("day after", "false", day="2025-12-03"),
]


def world(law: Any, *cases: str) -> tuple[Provision, Cases]:
    name = law.add("x", law.version(until="2025-12-03", when=WHEN))
    text = "cases:\n" + "".join(cases)
    path = law.write("x", text, law.root / "law" / law.regime / "cases")
    laws = law.load()
    found = load_cases(laws, law.root / "law", "law/")
    assert path.is_file()
    return laws.provision(name), found


def test_the_full_set_has_no_gap_and_no_survivor(law: Any) -> None:
    one, found = world(law, *FULL)
    assert (found.errors, failures(found.cases)) == ((), ())
    assert gaps(one, found.cases) == []
    assert survivors(one, found.cases) == []


@pytest.mark.parametrize(
    "left_out,lacks",
    [
        (0, "owner_share_listed = 0.25"),
        (1, "owner_share_listed = 0.5"),
        (2, "expect false"),
        (3, "expect unknown"),
        (4, "a case on 2024-12-02"),
        (5, "a case on 2024-12-03"),
        (6, "a case on 2025-12-02"),
        (7, "a case on 2025-12-03"),
    ],
)
def test_each_case_left_out_is_a_gap(law: Any, left_out: int, lacks: str) -> None:
    cases = [text.replace("0.25", "0.3") for text in FULL] if left_out == 0 else FULL
    one, found = world(law, *(text for i, text in enumerate(cases) if i != left_out))
    assert [gap.partition(": ")[2] for gap in gaps(one, found.cases)] == [lacks]


def test_a_leaf_no_case_needs_survives(law: Any) -> None:
    soft = [text.replace("tpp: 4800", "tpp: 4900") for text in FULL]
    one, found = world(law, *soft)
    assert [what.partition(": ")[2] for what in survivors(one, found.cases)] == [
        "tpp >= 4800 with >"
    ]


def test_a_list_entry_no_case_needs_survives(law: Any) -> None:
    one, found = world(law, *(text.replace("BB", "AA") for text in FULL))
    assert survivors(one, found.cases) == [
        f"{one.id} version 1: export_from IN ('AA', 'BB') without BB"
    ]


def test_a_case_that_fails_is_told_with_its_line(law: Any) -> None:
    _, found = world(law, FULL[0], case("wrong", "true", tpp="4799"))
    assert [str(error) for error in failures(found.cases)] == [
        f"law/{law.regime}/cases/x.yaml:3: case 'wrong': expected true, came out false"
    ]
    assert verdicts(found.cases) == ("true", "false")


def test_a_case_of_another_version_is_told(law: Any) -> None:
    text = FULL[0].replace("expect: true", "expect: true, version: 2")
    _, found = world(law, text)
    assert [error.key for error in failures(found.cases)] == ["law.case_version"]


@pytest.mark.parametrize(
    "text,key",
    [
        ("cases: []\nmore: x\n", "law.case_shape"),
        ("- a\n", "law.case_shape"),
        ("cases:\n  - {name: a, date: 2025-01-01, expect: maybe}\n", "law.case_shape"),
        ("cases:\n  - {name: a, date: 2025-01-01, expect: true, why: x}\n", "law.case_shape"),
        ("cases:\n  - {name: a, date: 2025-1-1, expect: true}\n", "law.not_a_day"),
        ("cases:\n  - {name: a, date: 2025-01-01, given: x, expect: true}\n", "law.not_mapping"),
        (
            "cases:\n  - {name: a, date: 2025-01-01, given: {tpps: 1}, expect: true}\n",
            "law.unknown_fact",
        ),
        (
            "cases:\n  - {name: a, date: 2025-01-01, given: {tpp: x}, expect: true}\n",
            "law.case_value",
        ),
        (
            "cases:\n  - {name: a, date: 2025-01-01, given: {tpp: [1]}, expect: true}\n",
            "law.case_value",
        ),
        (
            "cases:\n  - {name: a, date: 2025-01-01, given: {tpp: {a: b}}, expect: true}\n",
            "law.case_value",
        ),
    ],
)
def test_a_broken_case_file_is_told(law: Any, text: str, key: str) -> None:
    law.add("x")
    law.write("x", text, law.root / "law" / law.regime / "cases")
    found = load_cases(law.load(), law.root / "law", "law/")
    assert [error.key for error in found.errors] == [key]
    assert str(found.errors[0]).startswith(f"law/{law.regime}/cases/x.yaml:")


def test_cases_without_a_provision_are_told(law: Any) -> None:
    law.add("x")
    law.write("y", "cases: []\n", law.root / "law" / law.regime / "cases")
    found = load_cases(law.load(), law.root / "law", "law/")
    assert [error.key for error in found.errors] == ["law.case_orphan"]


def test_facts_keep_their_text(law: Any, tmp_path: Path) -> None:
    codes = "[3E001, 4E001, 5E002, NO, NA, on, '734.10', 00123, 1E6, ~]"
    case_text = (
        f"cases:\n  - {{name: a, date: 2025-01-01, given: {{route: {codes}}}, expect: unknown}}\n"
    )
    law.add("x")
    law.write("x", case_text, law.root / "law" / law.regime / "cases")
    found = load_cases(law.load(), law.root / "law", "law/")
    assert case_rows(found.cases)["route"].to_pylist() == [
        ["3E001", "4E001", "5E002", "NO", "NA", "on", "734.10", "00123", "1E6", None]
    ]
