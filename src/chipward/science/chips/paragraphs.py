"""The parameter paragraphs of the law as data: every limb a test, every stretch of time a vintage.

Thresholds stand in ``data/chips/paragraphs.csv``, never here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from chipward.tables import load, rows_of

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NONE = "none"
PROCESSOR, MEMORY = "processor", "memory"
TEST, EXCLUSION, REVIEW, CEILING = "test", "exclusion", "review", "ceiling"
OPERATORS: Mapping[str, Callable[[Floats, float], Bools]] = {
    ">=": lambda value, mark: value >= mark,
    ">": lambda value, mark: value > mark,
    "<=": lambda value, mark: value <= mark,
    "<": lambda value, mark: value < mark,
    "=": lambda value, mark: value == mark,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limb:
    """One comparison of a paragraph; ``covers`` are the levels an exclusion or review is about."""

    paragraph: str
    level: str
    kind: str
    part: str
    fact: str
    op: str
    threshold: float
    unit: str
    covers: tuple[str, ...]

    def holds(self, values: Floats) -> Bools:
        """Whether each value meets the comparison; a missing value (NaN) never does."""
        return OPERATORS[self.op](values, self.threshold)


@dataclass(frozen=True, slots=True)
class Vintage:
    """The paragraphs that are law from ``start`` until the next vintage, in the law's order."""

    start: date
    limbs: tuple[Limb, ...]

    def of_kind(self, kind: str) -> tuple[Limb, ...]:
        """The limbs of one kind."""
        return tuple(limb for limb in self.limbs if limb.kind == kind)

    @property
    def paragraphs(self) -> tuple[tuple[str, str, str], ...]:
        """Paragraph, level and part of each test paragraph, in the order they are tried."""
        return tuple(dict.fromkeys((x.paragraph, x.level, x.part) for x in self.of_kind(TEST)))


@cache
def regime() -> str:
    """The regime whose paragraphs these are."""
    return str(load("chips/paragraphs")["regime"][0].as_py())


def groups_table() -> str:
    """The dated table of item groups of the regime."""
    return f"law/{regime().lower()}/item_groups"


def _limb(row: Mapping[str, Any]) -> Limb:
    return Limb(
        paragraph=row["paragraph"],
        level=row["level"] or "",
        kind=row["kind"],
        part=row["part"],
        fact=row["fact"],
        op=row["op"],
        threshold=row["threshold"],
        unit=row["unit"],
        covers=tuple(row["covers"] or ()),
    )


@cache
def vintages() -> tuple[Vintage, ...]:
    """Every stretch of time with its paragraphs, oldest first; the last one is open.

    A stretch also ends where a code joins or leaves the groups that vendors' codes are read by.

    >>> [v.start.isoformat() for v in vintages()][:2]
    ['2022-10-21', '2023-11-17']
    """
    rows = rows_of(load("chips/paragraphs"))
    first = min(row["from"] for row in rows)
    others = [*rows_of(load("chips/eccn_forms")), *rows_of(load(groups_table()))]
    ends = {row[end] for row in [*rows, *others] for end in ("from", "until")}
    days = sorted(day for day in ends if day is not None and day >= first)
    return tuple(Vintage(day, tuple(_limb(row) for row in rows if _live(row, day))) for day in days)


def _live(row: Mapping[str, Any], day: date) -> bool:
    return row["from"] <= day and (row["until"] is None or day < row["until"])


def vintage_codes(days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
    """Index into `vintages` for each day; -1 before the first paragraph."""
    starts = np.array([v.start for v in vintages()], "datetime64[D]")
    return np.searchsorted(starts, days, "right") - 1
