"""Events and differences between days, in words that fit what happened."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chipward.law.diff import changed_provisions
from chipward.law.load import load_laws
from chipward.law.timeline import events

BY = "suspended_by: {instrument: Notice 9, published: 2025-11-01, via: uncited}"


def chain(law: Any, *steps: tuple[str, str]) -> str:
    """A provision whose versions begin on the given days, each ending where the next begins."""
    ends = [start for start, _ in steps[1:]] + [""]
    versions = [
        law.version(number, start, end, status, more=BY if status == "suspended" else "")
        for number, ((start, status), end) in enumerate(zip(steps, ends, strict=True), start=1)
    ]
    return law.add("x", *versions)


CHAINS = {
    "an act, suspended, awake again": (
        [("2024-12-03", "in_force"), ("2025-11-09", "suspended"), ("2026-11-28", "in_force")],
        ["begins", "suspended", "resumes"],
    ),
    "announced, then in force": (
        [("2024-12-03", "announced"), ("2025-01-01", "in_force")],
        ["announced", "begins"],
    ),
    "suspended before it ever bound": (
        [("2024-12-03", "announced"), ("2025-01-01", "suspended"), ("2026-01-01", "in_force")],
        ["announced", "suspended", "begins"],
    ),
    "amended, repealed": (
        [("2024-12-03", "in_force"), ("2025-01-01", "in_force"), ("2026-01-01", "repealed")],
        ["begins", "changes", "repealed"],
    ),
}


@pytest.mark.parametrize("name", sorted(CHAINS))
def test_events_say_what_happens(law: Any, name: str) -> None:
    steps, words = CHAINS[name]
    chain(law, *steps)
    found = events(law.load())
    assert [(event.date.isoformat(), event.what) for event in found] == [
        (start, word) for (start, _), word in zip(steps, words, strict=True)
    ]


@pytest.mark.parametrize("name", sorted(CHAINS))
def test_the_diff_of_a_step_says_the_same(law: Any, name: str) -> None:
    steps, words = CHAINS[name]
    chain(law, *steps)
    laws = law.load()
    for (start, _), word in zip(steps, words, strict=True):
        day = date.fromisoformat(start)
        (change,) = changed_provisions(laws, date.fromordinal(day.toordinal() - 1), day)
        assert change.after
        assert (change.what, change.after.interval.start) == (word, day)
        assert changed_provisions(laws, day, day) == ()


def test_a_gap_ends_and_begins(law: Any) -> None:
    law.add("x", law.version(1, "2024-12-03", "2025-01-01"), law.version(2, "2026-01-01"))
    found = events(law.load())
    assert [event.what for event in found] == ["begins", "ends", "begins"]
    (change,) = changed_provisions(law.load(), date(2024, 12, 31), date(2025, 1, 1))
    assert (change.what, change.after) == ("ends", None)


def test_a_suspension_is_cited_by_what_suspends(law: Any) -> None:
    chain(law, ("2024-12-03", "in_force"), ("2025-11-09", "suspended"))
    assert [event.cite.instrument for event in events(law.load())] == ["Act 1", "Notice 9"]


def test_days_and_regime_limit_the_events(law: Any) -> None:
    chain(law, ("2024-12-03", "in_force"), ("2025-11-09", "suspended"), ("2026-11-28", "in_force"))
    laws = law.load()
    inside = events(laws, date(2025, 11, 9), date(2026, 11, 27), law.regime.upper())
    assert [event.what for event in inside] == ["suspended"]
    assert events(laws, regime="ZZ") == ()


def test_a_day_past_the_last_check_is_scheduled(law: Any) -> None:
    chain(law, ("2024-12-03", "in_force"), ("2999-01-01", "suspended"))
    assert [event.known for event in events(law.load())] == [True, False]


def test_changed_conditions_are_named(law: Any) -> None:
    both = """
      all:
        - {name: leaves, leaf: "export_from = 'AA'"}
        - {name: new, leaf: "tpp >= 1"}
"""
    law.add("x", law.version(1, until="2025-12-03"), law.version(2, "2025-12-03", when=both))
    (change,) = changed_provisions(law.load(), date(2025, 12, 2), date(2025, 12, 3))
    assert (change.what, change.added, change.dropped) == ("changes", ("new",), ())


def test_events_of_the_shipped_law_are_sorted_and_cover_every_version() -> None:
    laws = load_laws()
    found = events(laws)
    assert [e.date for e in found] == sorted(e.date for e in found)
    starts = {(e.provision, e.version) for e in found if e.what != "ends"}
    assert starts == {(p.id, v.number) for p in laws.provisions for v in p.versions}


def test_the_running_example_the_suspension_ends() -> None:
    changes = changed_provisions(load_laws(), date(2026, 11, 27), date(2026, 11, 28))
    assert changes
    assert {change.what for change in changes} == {"resumes"}
    assert {change.before.status for change in changes if change.before} == {"suspended"}
