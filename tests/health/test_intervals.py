"""Dated rows: an interval ends after it begins, and one key has one row on any day."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from chipward.dates import Interval
from chipward.tables import column_types, load, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DATED = sorted(name for name, types in column_types().items() if {"from", "until"} <= set(types))
# What is said about a row rather than what the row is about.
ABOUT = {"from", "until", "source", "as_of", "note", "title", "title_zh", "description"}
# Tables whose key is narrower than "every other column": value columns must not overlap either.
KEYS: Mapping[str, tuple[str, ...]] = {}


def clashes(rows: Iterable[Mapping[str, Any]], key: Iterable[str]) -> list[str]:
    """Keys of which two rows hold on one day."""
    columns = sorted(key)
    groups: dict[tuple[Any, ...], list[Interval]] = defaultdict(list)
    for row in rows:
        groups[tuple(str(row[c]) for c in columns)].append(Interval(row["from"], row["until"]))
    return [
        str(name)
        for name, intervals in groups.items()
        if any(
            a.overlaps(b) for a, b in pairwise(sorted(intervals, key=lambda i: str(i.start or "")))
        )
    ]


@pytest.mark.parametrize("name", DATED)
def test_interval_ends_after_it_begins(name: str) -> None:
    for row in rows_of(load(name)):
        if row["from"] is not None and row["until"] is not None:
            assert row["from"] < row["until"], row


@pytest.mark.parametrize("name", DATED)
def test_one_row_a_key_and_day(name: str) -> None:
    key = KEYS.get(name) or tuple(set(column_types()[name]) - ABOUT)
    assert not clashes(rows_of(load(name)), key)


def test_a_clash_is_seen() -> None:
    rows = [
        {"group": "A", "from": None, "until": None},
        {"group": "A", "from": None, "until": None},
        {"group": "B", "from": None, "until": None},
    ]
    assert clashes(rows, ["group"]) == ["('A',)"]
