"""Which row is the header: the rows at the top vote with the words they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chipward.read.model import Grid
from chipward.read.words import ASIDE, OTHER, STRONG, fold, match, plain

HEADER_ROWS = 60
_LEAST = 2
_NUMBER = re.compile(r"[-+]?[\d.,]+")


def score(row: Sequence[str]) -> float:
    """How much a row looks like a header: distinct meanings, less for figures; 0 if it does not.

    >>> score(["Designator", "Qty", "MPN"]) > score(["R1", "1", "MPN"]) == 0
    True
    """
    filled = [cell for cell in row if cell and not cell.isspace()]
    found = [m for cell in filled if (m := match(cell)) is not None]
    meanings = {m.meaning for m in found} - {OTHER, *ASIDE}
    if not meanings:
        return 0.0
    strong = any(m.priority <= STRONG and m.meaning in meanings for m in found)
    if len(meanings) < _LEAST:
        only = len(filled) == 1 and strong
        return 0.9 if only else 0.0
    figures = sum(1 for cell in filled if _NUMBER.fullmatch(cell.strip()))
    known = len(found) / len(filled)
    return max(0.0, len(meanings) + known - figures) if strong else 0.0


def best_score(rows: Grid) -> float:
    """The best score among the rows at the top."""
    return max((score(row) for row in rows[:HEADER_ROWS]), default=0.0)


def find_header(rows: Grid, wanted: Sequence[str] = ()) -> int | None:
    """Index of the header row, or None.

    ``wanted`` are header names the user gave: a row that holds them all wins over every vote.
    """
    top = rows[:HEADER_ROWS]
    if wanted:
        for number, row in enumerate(top):
            if all(position(row, name) is not None for name in wanted):
                return number
    votes = [score(row) for row in top]
    best = max(votes, default=0.0)
    return votes.index(best) if best > 0 else None


def position(names: Sequence[str], wanted: str) -> int | None:
    """Where a header stands by its name: as written, else with case and separators ignored."""
    exact = [i for i, name in enumerate(names) if plain(name) == plain(wanted)]
    if exact:
        return exact[0]
    key = fold(wanted)
    alike = [i for i, name in enumerate(names) if key and fold(name) == key]
    return alike[0] if len(alike) == 1 else None
