"""What kind of part a line is, and what told it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chipward.normalise.makers import LOW
from chipward.normalise.rules import (
    Rule,
    best_of,
    best_words,
    family,
    implied_maker,
    own_family,
)

CLASH_RANK = 10_000
"""A family of another maker than the line names ranks after words, before the last resorts."""
LAST_RESORT = 70
"""Rules of this priority and later (letters of the reference, bare figures) rank after a clash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A category, the field that told it, how sure it is, and the maker a part number tells."""

    category: str | None = None
    told_by: str | None = None
    confidence: str | None = None
    maker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """The texts of a line that can tell its category; empty where there is none."""

    mpn: str = ""
    description: str = ""
    value: str = ""
    footprint: str = ""
    prefix: str = ""


def classify(clues: Clues, makers: Sequence[str] = ()) -> Kind:
    """The category of a part; ``makers`` are the makers its line may mean.

    >>> classify(Clues(mpn="T491B107M006AT", prefix="C")).category
    'capacitor_tantalum'
    >>> classify(Clues(value="100nF", prefix="C")).category
    'capacitor'
    """
    told = min(_candidates(clues, makers), key=lambda item: item[0], default=None)
    maker = _family_maker(clues.mpn, makers)
    if told is None:
        return Kind(maker=maker)
    rank, rule, told_by = told
    confidence = LOW if rank == CLASH_RANK else rule.confidence
    return Kind(category=rule.category, told_by=told_by, confidence=confidence, maker=maker)


def _family_maker(mpn: str, makers: Sequence[str]) -> str | None:
    """The maker among ``makers`` whose family the part number is; any maker if none is named."""
    if not mpn:
        return None
    if not makers:
        return implied_maker(mpn)
    own = [(rule.order, m) for m in makers if (rule := own_family(mpn, m))]
    return min(own)[1] if own else None


def _candidates(clues: Clues, makers: Sequence[str]) -> Iterator[tuple[int, Rule, str]]:
    if clues.mpn:
        yield from _by_number(clues.mpn, makers)
    for field, text in (("description", clues.description), ("value", clues.value)):
        rule = best_words(text) if text else None
        if rule:
            yield _rank(rule), rule, field
    for field, text in (
        ("value", clues.value),
        ("footprint", clues.footprint),
        ("reference", clues.prefix),
    ):
        rule = best_of(field, text) if text else None
        if rule:
            yield _rank(rule), rule, field


def _rank(rule: Rule) -> int:
    return rule.order + (CLASH_RANK + 1 if rule.priority >= LAST_RESORT else 0)


def _by_number(mpn: str, makers: Sequence[str]) -> Iterator[tuple[int, Rule, str]]:
    found = False
    for maker in makers or (None,):
        rule = family(mpn, maker)
        if rule:
            found = True
            yield _rank(rule), rule, "mpn"
    if not found and makers:
        rule = family(mpn, None)
        if rule:
            yield CLASH_RANK, rule, "mpn"
