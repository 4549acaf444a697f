"""The one table from operator to SQL. Every dialect and every query of law is made here.

The expressions are three-valued: NULL, and NaN in a number, come out as NULL. ``has`` on a list
that lacks the word but holds a NULL is NULL as well, because the missing entry might be the word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from chipward.facts import facts
from chipward.law.model import Compiled, Formula, Leaf, Value


def sql_text(value: str) -> str:
    """A text literal.

    >>> sql_text("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def sql_value(value: Value) -> str:
    """A literal in the type of its fact; numbers carry an exponent, so that they are binary.

    >>> sql_value(0.1), sql_value(7), sql_value(date(2026, 11, 28))
    ('0.1e0', '7', "DATE '2026-11-28'")
    """
    if isinstance(value, str):
        return sql_text(value)
    if isinstance(value, date):
        return f"DATE {sql_text(value.isoformat())}"
    if isinstance(value, int):
        return str(value)
    digits = repr(value)
    return digits if "e" in digits else f"{digits}e0"


def sql_column(name: str) -> str:
    """A fact as a column; NaN in a number is as unknown as NULL."""
    quoted = '"' + name.replace('"', '""') + '"'
    fact = facts().get(name)
    return f"nullif({quoted}, 'NaN'::DOUBLE)" if fact and fact.type == "number" else quoted


def _compare(op: str) -> Callable[[str, Leaf], str]:
    return lambda column, leaf: f"{column} {op} {sql_value(leaf.values[0])}"


def _between(column: str, leaf: Leaf) -> str:
    low, high = leaf.values
    return f"{column} BETWEEN {sql_value(low)} AND {sql_value(high)}"


def _in(column: str, leaf: Leaf) -> str:
    return f"{column} IN ({', '.join(sql_value(value) for value in leaf.values)})"


def _has(column: str, leaf: Leaf) -> str:
    found = f"list_contains({column}, {sql_value(leaf.values[0])})"
    holds_null = f"list_count({column}) < len({column})"
    return (
        f"CASE WHEN {column} IS NULL THEN NULL WHEN {found} THEN TRUE"
        f" WHEN {holds_null} THEN NULL ELSE FALSE END"
    )


DUCKDB: Mapping[str, Callable[[str, Leaf], str]] = {
    "=": _compare("="),
    "<>": _compare("<>"),
    "<": _compare("<"),
    "<=": _compare("<="),
    ">": _compare(">"),
    ">=": _compare(">="),
    "between": _between,
    "in": _in,
    "is_null": lambda column, _: f"{column} IS NULL",
    "starts_with": lambda column, leaf: f"starts_with({column}, {sql_value(leaf.values[0])})",
    "is_true": lambda column, _: column,
    "has": _has,
}


def leaf_sql(leaf: Leaf) -> str:
    """One leaf as a DuckDB boolean expression.

    >>> from chipward.law.leaf import make_leaf
    >>> print(leaf_sql(make_leaf("", "quantity >= 10", "", facts())))
    nullif("quantity", 'NaN'::DOUBLE) >= 10.0e0
    """
    positive = DUCKDB[leaf.op](sql_column(leaf.column), leaf)
    return f"NOT ({positive})" if leaf.negated else positive


def _formula(formula: Formula, leaves: tuple[Leaf, ...], indent: int) -> str:
    pad, inner = "  " * indent, "  " * (indent + 1)
    if formula[0] == "lit":
        sql = leaf_sql(leaves[formula[1]])
        return f"NOT ({sql})" if formula[2] else f"({sql})"
    if not formula[1]:
        return "TRUE" if formula[0] == "and" else "FALSE"
    word = formula[0].upper()
    parts = [_formula(part, leaves, indent + 1) for part in formula[1]]
    return f"(\n{inner}" + f"\n{inner}{word} ".join(parts) + f"\n{pad})"


def formula_sql(compiled: Compiled) -> str:
    """The whole condition of a version as one DuckDB boolean expression."""
    return _formula(compiled.formula, compiled.leaves, 0)
