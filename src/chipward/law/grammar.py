"""The reader of leaves: sqlglot parses, a whitelist of nodes decides. Only this module imports it.

Every node sqlglot returns must be one of those named below, with no argument beyond those read
here. So functions, arithmetic, casts, ``LIKE``, subqueries, comments and second statements cannot
pass, and a word in double quotes, which SQL takes for a column, is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from logging import CRITICAL, getLogger

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from chipward.errors import LawSyntaxError

# A literal as it was read: its characters, and whether they stood in quotes.
Raw = tuple[str, bool]
# Column, operator, literals, negated.
Parsed = tuple[str, str, tuple[Raw, ...], bool]

COMPARISONS: Mapping[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.StartsWith: "starts_with",
}
# It tells of syntax it does not support in warnings; here that is a refusal with a place.
getLogger("sqlglot").setLevel(CRITICAL)
NEGATABLE = frozenset({"in", "is_null", "is_true", "has"})
LONGEST = 4000


def _refuse(what: str, *, hint: str = "law.hint.grammar") -> LawSyntaxError:
    return LawSyntaxError("law.leaf_refused", hint=hint, what=what)


def _column(node: exp.Expr) -> str:
    if not isinstance(node, exp.Column) or set(_set_args(node)) != {"this"}:
        raise _refuse(_kind(node))
    name = node.this
    if not isinstance(name, exp.Identifier):
        raise _refuse(_kind(node))
    if name.quoted:
        raise LawSyntaxError("law.leaf_double_quotes", hint="law.hint.quotes", what=name.name[:40])
    return name.name


def _literal(node: exp.Expr) -> Raw:
    if isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal) and not node.this.is_string:
        return (f"-{node.this.name}", False)
    if isinstance(node, exp.Column) and isinstance(node.this, exp.Identifier) and node.this.quoted:
        raise LawSyntaxError(
            "law.leaf_double_quotes", hint="law.hint.quotes", what=node.this.name[:40]
        )
    if not isinstance(node, exp.Literal):
        raise _refuse(_kind(node))
    return (node.name, bool(node.is_string))


def _kind(node: exp.Expr) -> str:
    return type(node).__name__.lower()


def _set_args(node: exp.Expr) -> dict[str, object]:
    return {name: value for name, value in node.args.items() if value not in (None, [], False)}


def _membership(node: exp.Expr) -> Parsed:
    if set(_set_args(node)) != {"this", "expressions"}:
        raise _refuse("in")
    return (_column(node.this), "in", tuple(_literal(one) for one in node.expressions), False)


def _null_test(node: exp.Expr) -> Parsed:
    if not isinstance(node.expression, exp.Null):
        raise _refuse("is")
    return (_column(node.this), "is_null", (), False)


def _between(node: exp.Expr) -> Parsed:
    if set(_set_args(node)) != {"this", "low", "high"}:
        raise _refuse("between")
    ends = (_literal(node.args["low"]), _literal(node.args["high"]))
    return (_column(node.this), "between", ends, False)


def _has(node: exp.Expr) -> Parsed:
    arguments = node.expressions
    if str(node.this).lower() != "has" or len(arguments) != len(("list", "text")):
        raise _refuse(str(node.this).lower()[:40])
    return (_column(arguments[0]), "has", (_literal(arguments[1]),), False)


def _bare(node: exp.Expr) -> Parsed:
    return (_column(node), "is_true", (), False)


READERS: Mapping[type[exp.Expr], Callable[[exp.Expr], Parsed]] = {
    exp.In: _membership,
    exp.Is: _null_test,
    exp.Between: _between,
    exp.Anonymous: _has,
    exp.Column: _bare,
}


def _positive(node: exp.Expr) -> Parsed:
    kind = type(node)
    if kind in READERS:
        return READERS[kind](node)
    if kind not in COMPARISONS:
        raise _refuse(_kind(node))
    column, literal = _column(node.this), _literal(node.expression)
    return (column, COMPARISONS[kind], (literal,), False)


def read_comparison(text: str) -> Parsed:
    """Read one comparison: column, operator, literals as read, negated.

    Raises `LawSyntaxError` for anything outside the grammar.
    """
    if not text.strip() or len(text) > LONGEST:
        raise _refuse("length")
    try:
        trees = sqlglot.parse(text, read="duckdb")
    except (SqlglotError, RecursionError) as error:
        raise _refuse("sql") from error
    if len(trees) != 1 or trees[0] is None:
        raise _refuse("statements")
    node = trees[0]
    if any(part.comments for part in node.walk()):
        raise _refuse("comment")
    if not isinstance(node, exp.Not):
        return _positive(node)
    column, op, values, _ = _positive(node.this)
    if op not in NEGATABLE:
        raise _refuse(f"not {op}", hint="law.hint.none")
    return (column, op, values, True)
