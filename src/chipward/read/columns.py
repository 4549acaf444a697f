"""The columns of a file as their headers describe them, before any is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chipward.errors import UnknownColumn, Where
from chipward.read.header import position
from chipward.read.model import MEANINGS, Grid
from chipward.read.words import OTHER, STRONG, match, plain

ALTERNATE = 100
"""Added to the order of columns whose header says alternate; 1 is the first source."""

_ALTERNATES = {"alternate_mpn": "mpn", "alternate_maker": "maker"}
_IN_PAIRS = frozenset({"mpn", "maker"})
_SHOWN_HEADERS = 30
_SHOWN_CHARACTERS = 40
_SAMPLE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that means something; ``how`` as in `MappedColumn`."""

    index: int
    name: str
    meaning: str
    priority: int = 0
    order: int = 1
    implies: str = ""
    how: str = "header"

    @property
    def strong(self) -> bool:
        """Whether the header alone settles the meaning."""
        return self.priority <= STRONG


@dataclass(frozen=True, slots=True)
class Body:
    """The rows below the header, looked at column by column."""

    rows: Grid

    def cells(self, column: Column) -> list[str]:
        """The filled cells of a column among the first rows."""
        i = column.index
        return [row[i].strip() for row in self.rows[:_SAMPLE] if len(row) > i and row[i].strip()]

    def is_filled(self, column: Column) -> bool:
        """Whether a column holds anything at all."""
        i = column.index
        return any(len(row) > i and row[i].strip() for row in self.rows)

    def agree(self, one: Column, other: Column) -> bool:
        """Whether two columns say the same wherever both say something."""
        a, b = one.index, other.index
        both = [
            row for row in self.rows if len(row) > max(a, b) and row[a].strip() and row[b].strip()
        ]
        return all(plain(row[a]) == plain(row[b]) for row in both)


def short(header: str) -> str:
    """A header name as messages show it: one line, not too long."""
    name = plain(header)
    return name if len(name) <= _SHOWN_CHARACTERS else name[: _SHOWN_CHARACTERS - 1] + "…"


def described(names: Sequence[str]) -> list[Column]:
    """The columns whose header words are known; repeated part number columns are alternates."""
    seen: Counter[str] = Counter()
    out: list[Column] = []
    for index, name in enumerate(names):
        found = match(name)
        if found is None or found.meaning == OTHER:
            continue
        meaning = _ALTERNATES.get(found.meaning, found.meaning)
        order = found.order + (ALTERNATE if meaning != found.meaning else 0)
        if meaning in _IN_PAIRS and found.order == 1:
            order += seen[found.key]
            seen[found.key] += 1
        out.append(
            Column(
                index=index,
                name=short(name),
                meaning=meaning,
                priority=found.priority,
                order=order,
                implies=found.implies,
                how="header" if found.priority <= STRONG else "weak",
            )
        )
    return out


def with_given(
    columns: Sequence[Column], names: Sequence[str], given: Mapping[str, str], where: Where
) -> list[Column]:
    """The columns after the user's mapping, which beats every header word.

    Raises `UnknownColumn` for a meaning or a header that does not exist, naming the ones that do.
    """
    check_meanings(given)
    out = list(columns)
    for said, wanted in given.items():
        index = _index(names, wanted, where)
        meaning = _ALTERNATES.get(said, said)
        order = 1 + (ALTERNATE if meaning != said else 0)
        implied = [c.implies for c in columns if (c.index, c.meaning) == (index, meaning)]
        chosen = Column(
            index=index,
            name=short(names[index]),
            meaning=meaning,
            order=order,
            implies=implied[0] if implied else "",
            how="given",
        )
        out = [
            c
            for c in out
            if c.how == "given"
            or not (c.index == index or (c.meaning == meaning and c.order == order))
        ]
        out.append(chosen)
    return out


def check_meanings(given: Mapping[str, str]) -> None:
    """Raise `UnknownColumn` if the user maps to something that is no meaning."""
    for said in given:
        if said not in MEANINGS:
            raise UnknownColumn(
                "read.unknown_meaning",
                hint="read.hint_known",
                name=short(said),
                known=", ".join(MEANINGS),
            )


def by_number(wanted: str) -> int | None:
    """The 0-based index that ``#3`` names, or None if it is no number.

    >>> by_number("#3"), by_number("MPN")
    (2, None)
    """
    digits = wanted.removeprefix("#")
    if wanted.startswith("#") and digits.isascii() and digits.isdigit() and int(digits[:6]) > 0:
        return int(digits[:6]) - 1
    return None


def _index(names: Sequence[str], wanted: str, where: Where) -> int:
    number = by_number(wanted)
    index = position(names, wanted) if number is None else number
    if index is None or index >= len(names):
        known = [short(name) for name in names if name.strip()]
        raise UnknownColumn(
            "read.unknown_header",
            where=where,
            hint="read.hint_known",
            name=short(wanted),
            known=", ".join(known[:_SHOWN_HEADERS]),
        )
    return index


def renamed(column: Column, meaning: str, how: str) -> Column:
    """The same column read as something else."""
    return replace(column, meaning=meaning, how=how, priority=STRONG)
