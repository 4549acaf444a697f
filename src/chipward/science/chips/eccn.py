"""Classifications: which to look at for a class and form, and whether a vendor's own clashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from chipward.science.chips.paragraphs import NONE, groups_table
from chipward.tables import live_rows, load, rows_of

VENDOR_COLUMNS = ("vendor_published_eccn", "vendor_eccn")
_CLASS = "{class}"
_SOFTWARE, _HABIT = "software", "vendor_practice"


@cache
def _forms(day: date) -> tuple[Mapping[str, Any], ...]:
    return tuple(rows_of(live_rows(load("chips/eccn_forms"), day)))


@cache
def _groups(day: date) -> Mapping[str, tuple[str, ...]]:
    """Level to the codes the law counts to it on ``day``."""
    rows = rows_of(live_rows(load(groups_table()), day))
    return {
        level["level"]: tuple(row["code"] for row in rows if row["group"] == level["item_group"])
        for level in rows_of(load("chips/levels"))
    }


def candidates(
    named: Sequence[tuple[str, str]], forms: Sequence[str], day: date, *, memory: bool = False
) -> list[dict[str, str]]:
    """Classifications to look at, by form of the item.

    Args:
        named: the classes still possible for the IC, each with its level.
        forms: the forms the row names; empty for all of them.
        day: the day the law is read on.
        memory: the row is a memory; makers' habits for processors say nothing about it.

    Returns:
        Entries of ``form``, ``eccn`` and ``basis`` (``law``, or ``vendor_practice`` where the law
        has no paragraph and makers use one by habit). Software is only listed when named.
    """
    out: list[dict[str, str]] = []
    for name, level in named:
        for row in _forms(day):
            asked = row["form"] in forms if forms else row["form"] != _SOFTWARE
            habit = row["basis"] == _HABIT
            if row["level"] != level or not asked or (memory and habit):
                continue
            code = row["eccn"].replace(_CLASS, name)
            entry = {"form": row["form"], "eccn": code, "basis": row["basis"]}
            if entry not in out:
                out.append(entry)
    return out


def _stands(code: str, group: Iterable[str]) -> bool | None:
    """Whether a code lies in a group; ``None`` when the code is too coarse to tell."""
    given = code.casefold()
    members = [member.casefold() for member in group]
    if any(given == m or given.startswith(f"{m}.") for m in members):
        return True
    return None if any(m.startswith(f"{given}.") for m in members) else False


def vendor_levels(cell: str, levels: Iterable[str], day: date) -> frozenset[str]:
    """The levels a vendor's classification can mean among ``levels``, or ``none``.

    A coarse code such as one that ends in ``z`` can mean several.
    """
    codes = [code.strip() for code in cell.split(";") if code.strip()]
    standing = {
        level: [_stands(code, _groups(day)[level]) for code in codes]
        for level in levels
        if level != NONE
    }
    sure = {level for level, answers in standing.items() if True in answers}
    maybe = {level for level, answers in standing.items() if None in answers}
    return frozenset(sure or maybe or {NONE})


def clash(ours: frozenset[str], vendor: frozenset[str]) -> bool | None:
    """Whether the two cannot both be right; ``None`` while our side is open and could be either.

    >>> clash(frozenset({"a"}), frozenset({"none"})), clash(frozenset({"a"}), frozenset({"a", "b"}))
    (True, False)
    >>> clash(frozenset({"a", "none"}), frozenset({"none"})) is None
    True
    """
    if not ours & vendor:
        return True
    return False if ours <= vendor else None
