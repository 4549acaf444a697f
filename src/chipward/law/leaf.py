"""The closed grammar of a leaf.

    column = | <> | < | <= | > | >= literal        (order only on numbers and dates)
    column BETWEEN literal AND literal             (numbers and dates; both ends inside)
    column IN (literal, ...)     column NOT IN (literal, ...)
    column IS NULL               column IS NOT NULL
    starts_with(column, 'text')
    column                       NOT column        (boolean facts)
    has(column, 'text')          NOT has(column, 'text')   (list facts)

A literal is a number or a text in single quotes; a day is written ``'2026-11-28'``. `grammar` reads
the words; this module holds them against the fact dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from math import inf, isfinite
from typing import TYPE_CHECKING

from chipward.dates import parse_day
from chipward.errors import DateError, LawError, LawSyntaxError, UnknownFact, Where
from chipward.facts import Fact
from chipward.law.model import Leaf, Value

if TYPE_CHECKING:
    from chipward.law.grammar import Parsed, Raw

ORDER = frozenset({"<", "<=", ">", ">=", "between"})
OPERATORS: Mapping[str, frozenset[str]] = {
    "text": frozenset({"=", "<>", "in", "is_null", "starts_with"}),
    "number": frozenset({"=", "<>", "in", "is_null"}) | ORDER,
    "integer": frozenset({"=", "<>", "in", "is_null"}) | ORDER,
    "date": frozenset({"=", "<>", "in", "is_null"}) | ORDER,
    "boolean": frozenset({"is_true", "is_null"}),
    "list": frozenset({"has", "is_null"}),
}


@cache
def parse(text: str) -> Parsed:
    """Read one leaf: column, operator, literals as read, negated. Knows nothing of the facts.

    Raises `LawSyntaxError` for anything outside the grammar.

    >>> parse("tpp >= 4800")
    ('tpp', '>=', (('4800', False),), False)
    >>> parse("destination NOT IN ('AA', 'BB')")
    ('destination', 'in', (('AA', True), ('BB', True)), True)
    """
    from chipward.law.grammar import read_comparison  # noqa: PLC0415  sqlglot, 100 ms

    return read_comparison(text)


def _number(raw: Raw, fact: Fact) -> float | int:
    characters, quoted = raw
    try:
        value = int(characters) if fact.type == "integer" else float(characters)
    except ValueError:
        value = inf
    if not quoted and isfinite(value):
        return value
    raise LawSyntaxError(
        "law.leaf_literal", hint="law.hint.number", what=characters[:40], kind=fact.type
    )


def _day(raw: Raw) -> Value:
    characters, quoted = raw
    if quoted:
        try:
            return parse_day(characters)
        except DateError:
            pass
    raise LawSyntaxError("law.leaf_literal", hint="law.hint.day", what=characters[:40], kind="date")


def _text(raw: Raw, fact: Fact, op: str) -> str:
    characters, quoted = raw
    if not quoted:
        raise LawSyntaxError(
            "law.leaf_literal", hint="law.hint.text", what=characters[:40], kind=fact.type
        )
    words = fact.vocabulary
    suits = any(w.startswith(characters) if op == "starts_with" else w == characters for w in words)
    if words and not suits:
        near = get_close_matches(characters, words, n=1, cutoff=0.0)
        raise LawSyntaxError(
            "law.leaf_vocabulary",
            hint="law.hint.closest",
            what=characters[:40],
            column=fact.name,
            closest="".join(near),
        )
    return characters


def typed(raw: Raw, fact: Fact, op: str) -> Value:
    """A literal in the type of the fact it is compared with.

    Raises `LawSyntaxError` when it does not suit the type or the closed vocabulary.
    """
    if fact.type in ("number", "integer"):
        return _number(raw, fact)
    if fact.type == "date":
        return _day(raw)
    return _text(raw, fact, op)


def _values(raws: tuple[Raw, ...], fact: Fact, op: str) -> tuple[Value, ...]:
    values = tuple(typed(raw, fact, op) for raw in raws)
    if op == "in" and len(set(values)) != len(values):
        raise LawSyntaxError("law.leaf_repeats", what=fact.name)
    if op == "between" and not values[0] <= values[1]:  # type: ignore[operator]
        raise LawSyntaxError("law.leaf_ends", what=fact.name)
    return values


def make_leaf(name: str, text: str, cite: str, facts: Mapping[str, Fact]) -> Leaf:
    """Parse a leaf and check it against the fact dictionary.

    Raises `UnknownFact` (the closest name is the hint) or `LawSyntaxError`.
    """
    column, op, raws, negated = parse(text)
    fact = facts.get(column)
    if fact is None:
        near = get_close_matches(column, list(facts), n=1, cutoff=0.0)
        raise UnknownFact(
            "law.unknown_fact", hint="law.hint.closest", what=column[:60], closest="".join(near)
        )
    if op not in OPERATORS[fact.type]:
        raise LawSyntaxError(
            "law.leaf_operator", hint="law.hint.grammar", what=op, column=column, kind=fact.type
        )
    return Leaf(
        name=name,
        column=column,
        op=op,
        values=_values(raws, fact, op),
        negated=negated,
        cite=cite,
        text=" ".join(text.split()) if "'" not in text else text.strip(),
    )


def placed(error: LawError, where: Where) -> LawError:
    """The same error with a place; a parsed leaf is shared by every place that repeats it."""
    return type(error)(error.key, where=where, hint=error.hint, **error.params)
