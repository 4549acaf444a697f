"""Levels: which answer stops a line, holds it, wants a check or only a note. Data, not code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chipward.review import LEVELS, NOTHING, UNKNOWN
from chipward.tables import load, rows_of

ANY = "*"
KEYS = ("lens", "lane", "outcome", "review_policy", "status")


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the catalogue key of its reason."""

    name: str
    reason: str


class LevelRules:
    """The rows of ``data/policy/levels.csv``, first match first; a profile may override levels."""

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        self._rows = rows_of(load("policy/levels"))
        self._overrides = overrides or {}
        self._found: dict[tuple[str, ...], Level] = {}

    def level(
        self, lens: str, lane: str, outcome: str, review_policy: str = "", status: str = "in_force"
    ) -> Level:
        """The level of one answer; an answer no row names is ``unknown``, never below.

        >>> LevelRules().level("control", "sell", "prohibited").name
        'stop'
        """
        key = (lens, lane, outcome, review_policy, status)
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key]

    def _find(self, key: Sequence[str]) -> Level:
        wanted = dict(zip(KEYS, key, strict=True))
        for row in self._rows:
            if all(row[name] in (ANY, None, wanted[name]) for name in KEYS):
                name = f"{wanted['lens']}.{row['outcome']}.{row['level']}"
                given = str(self._overrides.get(name, row["level"]))
                return Level(given, str(row["reason"]))
        return Level(UNKNOWN, "level.reason.unlisted")


def strictest(levels: Sequence[str]) -> str:
    """The strictest level found; ``unknown`` stands beside them and shows where nothing was found.

    A lens that is unknown stays unknown beside another lens's finding, and is counted as such.

    >>> strictest(["note", "unknown", "hold"]), strictest(["none", "unknown"]), strictest([])
    ('hold', 'unknown', 'none')
    """
    for name in (*LEVELS, UNKNOWN):
        if name in levels:
            return name
    return NOTHING


def at_or_over(level: str, threshold: str) -> bool:
    """Whether a level reaches ``--fail-on``; ``unknown`` never does by itself."""
    return level in LEVELS and LEVELS.index(level) <= LEVELS.index(threshold)
