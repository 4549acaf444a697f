"""The category rules: compiled once from ``data/parts/category_rules.csv``, one pass a text.

A rule is a regular expression over one field. All rules of a field are one alternation in the order
of their priority, each ending in an empty group that tells which of them matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from chipward.errors import DataError, Where
from chipward.normalise.spelling import folded, part_key
from chipward.tables import load, rows_of

TEXT_FIELDS = ("any", "description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; ``order`` is its rank among all rules, the lowest that matches decides."""

    order: int
    priority: int
    field: str
    maker: str | None
    implies: bool
    pattern: str
    category: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Matcher:
    """Many rules of one field as one regular expression."""

    rules: tuple[Rule, ...]
    regex: re.Pattern[str]

    def first(self, text: str) -> Rule | None:
        """The first rule that matches at the start of ``text``."""
        hit = self.regex.match(text)
        return self.rules[hit.lastindex - 1] if hit and hit.lastindex else None

    def all(self, text: str) -> Iterator[Rule]:
        """At each place of ``text`` the first rule that matches there."""
        for hit in self.regex.finditer(text):
            if hit.lastindex:
                yield self.rules[hit.lastindex - 1]


def _rule(order: int, row: Mapping[str, Any]) -> Rule:
    return Rule(
        order=order,
        priority=row["priority"],
        field=row["field"],
        maker=row["maker_id"],
        implies=row["maker_use"] != "requires",
        pattern=row["pattern"],
        category=row["category"],
        confidence=row["confidence"],
    )


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order in which they decide.

    A pattern that does not compile, or that has a group of its own, is found when the rules of its
    field are first used.
    """
    numbered = enumerate(rows_of(load("parts/category_rules")), start=2)
    ranked = sorted(numbered, key=lambda item: (item[1]["priority"], item[0]))
    return tuple(_rule(order, row) for order, (_, row) in enumerate(ranked))


def _alternation(chosen: Sequence[Rule]) -> str:
    return "|".join(f"(?:{rule.pattern})()" for rule in chosen)


def _matcher(chosen: Sequence[Rule], pattern: str) -> Matcher:
    """Rules with their common regular expression.

    Raises `DataError` naming the pattern of a rule that does not compile or that has a group.
    """
    try:
        regex = re.compile(pattern)
    except re.error:
        raise DataError("normalise.bad_pattern", where=_culprit(chosen)) from None
    if regex.groups != len(chosen):
        raise DataError("normalise.pattern_group", where=_culprit(chosen))
    return Matcher(tuple(chosen), regex)


def _culprit(chosen: Sequence[Rule]) -> Where:
    for rule in chosen:
        try:
            if re.compile(rule.pattern).groups:
                break
        except re.error:
            break
    else:
        return Where("category_rules.csv")
    return Where("category_rules.csv", column=rule.pattern)


def anchored(chosen: Sequence[Rule]) -> Matcher:
    """Rules that must match from the start of the text."""
    return _matcher(chosen, _alternation(chosen) or "(?!)")


def anywhere(chosen: Sequence[Rule]) -> Matcher:
    """Rules that may match at any word of the text.

    A pattern that begins with a Latin letter or a digit begins at the start of a word; any other
    (a Chinese word, a class of letters) anywhere.
    """
    at_word = [rule for rule in chosen if re.match(r"[a-z0-9(]", rule.pattern)]
    inside = [rule for rule in chosen if rule not in at_word]
    start = f"(?<![a-z0-9äöüß])(?:{_alternation(at_word)})" if at_word else "(?!)"
    rest = f"|(?:{_alternation(inside)})" if inside else ""
    return _matcher((*at_word, *inside), f"(?=(?:{start}{rest}))")


@cache
def text_matcher() -> Matcher:
    """The rules of words, for descriptions and values."""
    return anywhere([rule for rule in rules() if rule.field in TEXT_FIELDS])


@cache
def field_matcher(field: str) -> Matcher:
    """The rules of ``value``, ``footprint`` or ``reference``."""
    chosen = [rule for rule in rules() if rule.field == field]
    return anywhere(chosen) if field == "footprint" else anchored(chosen)


@cache
def _families() -> Mapping[str | None, Sequence[Rule]]:
    """Part number families by maker; under None those that tell their maker."""
    own: dict[str | None, list[Rule]] = {None: []}
    for rule in rules():
        if rule.field == "mpn" and rule.maker:
            own.setdefault(rule.maker, []).append(rule)
            if rule.implies:
                own[None].append(rule)
    return own


@cache
def _own(maker: str | None) -> Matcher:
    return anchored(_families().get(maker, ()))


@cache
def _anybody() -> Matcher:
    """Families that several makers share, such as 2N7002."""
    return anchored([rule for rule in rules() if rule.field == "mpn" and not rule.maker])


@cache
def family(mpn: str, maker: str | None) -> Rule | None:
    """The family of a part number, of one maker or of any.

    >>> family("GRM155R71C104KA88D", None).maker
    'murata'
    """
    text = part_key(mpn)
    found = [_anybody().first(text), _own(maker).first(text)]
    return min((rule for rule in found if rule), key=lambda rule: rule.order, default=None)


@cache
def implied_maker(mpn: str) -> str | None:
    """The one maker of the family a part number is of; none for families that several share.

    >>> implied_maker("GRM155R71C104KA88D"), implied_maker("2N7002")
    ('murata', None)
    """
    rule = own_family(mpn, None)
    return rule.maker if rule else None


def own_family(mpn: str, maker: str | None) -> Rule | None:
    """The family of one maker only, without those that several makers share."""
    return _own(maker).first(part_key(mpn))


@cache
def best_words(text: str) -> Rule | None:
    """The strongest word of a description or a value.

    >>> best_words("Germanium lens, 19 mm f/1.1, AR coated").category
    'ir_optics_germanium'
    """
    return min(text_matcher().all(folded(text)), key=lambda rule: rule.order, default=None)


@cache
def best_of(field: str, text: str) -> Rule | None:
    """The rule of a value's shape, a footprint or the letters of a reference."""
    matcher = field_matcher(field)
    if field == "footprint":
        return min(matcher.all(folded(text)), key=lambda rule: rule.order, default=None)
    return matcher.first(text if field == "reference" else folded(text))
