"""10,000 random trees through every evaluator: four ways, one answer.

The naive evaluator below walks the tree as it stands in YAML and knows nothing of compiled forms,
NumPy or SQL; it is the meaning the other three are held to.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from chipward.facts import facts
from chipward.law.engine import connect, fold, fold_one, formula_sql, leaf_values
from chipward.law.model import Compiled
from chipward.law.tree import compile_tree
from chipward.law.yaml_text import Fields, Items, Text
from chipward.tables import ARROW_TYPES

TREES, ROWS, BATCH = 10_000, 24, 250

Row = Mapping[str, Any]
Verdict = bool | None
NUMBERS = {"tpp": (4800.0, 1600.0, 0.1), "owner_share_listed": (0.5, 0.25, 0.1)}
TEXTS = {"export_from": ("AA", "BB", "it's"), "end_use": ("civil", "military")}
BOOLEANS = ("datacenter", "has_hbm")
LISTS = {"listed": ("US:EL", "US:EL:fn5"), "route": ("AA", "it's")}
DAYS = (date(2025, 11, 9), date(2026, 11, 27), date(2026, 11, 28))
INTEGERS = (1, 2, 60)


def quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def number_leaf(rng: random.Random, column: str, values: tuple[Any, ...]) -> tuple[str, tuple]:
    op = rng.choice(["=", "<>", "<", "<=", ">", ">=", "between", "in", "not in"])
    literal = quoted if column == "date" else str
    return ordered_leaf(rng, column, op, sorted(values), literal)


def ordered_leaf(
    rng: random.Random, column: str, op: str, values: list, literal: Callable[[object], str]
) -> tuple[str, tuple]:
    if op == "between":
        low, high = sorted([rng.choice(values), rng.choice(values)])
        return f"{column} BETWEEN {literal(low)} AND {literal(high)}", (column, op, (low, high))
    if op in ("in", "not in"):
        some = tuple(rng.sample(values, rng.randint(1, len(values))))
        listed = ", ".join(literal(value) for value in some)
        return f"{column} {op.upper()} ({listed})", (column, op, some)
    one = rng.choice(values)
    return f"{column} {op} {literal(one)}", (column, op, (one,))


def text_leaf(rng: random.Random, column: str, values: tuple[str, ...]) -> tuple[str, tuple]:
    op = rng.choice(["=", "<>", "in", "not in", "starts_with"])
    if op == "starts_with":
        one = rng.choice(values)[:2]
        return f"starts_with({column}, {quoted(one)})", (column, op, (one,))
    return ordered_leaf(rng, column, op, list(values), quoted)


def random_leaf(rng: random.Random) -> tuple[str, tuple]:
    """A leaf as text, and as (column, operator, values) for the naive evaluator."""
    every = [*NUMBERS, *TEXTS, *BOOLEANS, *LISTS, "date", "line"]
    column = rng.choice(every)
    if rng.random() < 0.1:
        op = rng.choice(["is null", "is not null"])
        return f"{column} {op.upper()}", (column, op, ())
    if column in BOOLEANS:
        return rng.choice([(column, (column, "is", ())), (f"NOT {column}", (column, "is not", ()))])
    if column in LISTS:
        word, negated = rng.choice(LISTS[column]), rng.random() < 0.3
        text = f"has({column}, {quoted(word)})"
        return (f"NOT {text}" if negated else text), (
            column,
            "has not" if negated else "has",
            (word,),
        )
    if column in TEXTS:
        return text_leaf(rng, column, TEXTS[column])
    return number_leaf(rng, column, {"date": DAYS, "line": INTEGERS}.get(column) or NUMBERS[column])


class Meant(Fields):
    """A leaf node that also carries its meaning, which only the naive evaluator reads."""

    def __init__(self, text: str, meaning: tuple) -> None:
        super().__init__(name=Text(text), leaf=Text(text))
        self.meaning = meaning


def random_tree(rng: random.Random, pool: list[tuple[str, tuple]], depth: int) -> Fields:
    if depth == 0 or rng.random() < 0.3:
        return Meant(*rng.choice(pool))
    children = Items(random_tree(rng, pool, depth - 1) for _ in range(rng.randint(1, 3)))
    return Fields({rng.choice(["all", "any", "none"]): children})


def near(rng: random.Random, values: tuple[Any, ...], step: Any) -> object:
    """A threshold itself, or a hair beside it."""
    one = rng.choice(values)
    return rng.choice([one, one, one + step, one - step])


def random_row(rng: random.Random) -> Row:
    def maybe(value: object) -> object:
        return None if rng.random() < 0.25 else value

    row: dict[str, object] = {}
    for column, values in NUMBERS.items():
        row[column] = math.nan if rng.random() < 0.15 else maybe(near(rng, values, 1e-9))
    for column, words in TEXTS.items():
        row[column] = maybe(rng.choice([*words, "ZZ", ""]))
    for column in BOOLEANS:
        row[column] = maybe(rng.random() < 0.5)
    for column, words in LISTS.items():
        row[column] = maybe([rng.choice([*words, None, "XX"]) for _ in range(rng.randint(0, 3))])
    row["date"] = maybe(near(rng, DAYS, timedelta(days=1)))
    row["line"] = maybe(near(rng, INTEGERS, 1))
    return row


def turned(value: Verdict) -> Verdict:
    return None if value is None else not value


def naive_has(value: Any, word: str) -> Verdict:
    entries = list(value) if isinstance(value, list) else []
    if word in entries:
        return True
    return None if None in entries else False


def naive_leaf(meaning: tuple, row: Row) -> Verdict:
    column, op, values = meaning
    value: Any = row[column]
    if value != value:  # noqa: PLR0124  NaN is as unknown as None
        value = None
    if op in ("is null", "is not null"):
        return (value is None) == (op == "is null")
    if value is None:
        return None
    tests = {
        "=": lambda: value == values[0],
        "<>": lambda: value != values[0],
        "<": lambda: value < values[0],
        "<=": lambda: value <= values[0],
        ">": lambda: value > values[0],
        ">=": lambda: value >= values[0],
        "between": lambda: values[0] <= value <= values[1],
        "in": lambda: value in values,
        "not in": lambda: value not in values,
        "starts_with": lambda: value[: len(values[0])] == values[0],
        "is": lambda: value,
        "is not": lambda: not value,
        "has": lambda: naive_has(value, values[0]),
        "has not": lambda: turned(naive_has(value, values[0])),
    }
    return tests[op]()


def naive_tree(node: Any, row: Row) -> Verdict:
    """The verdict by the tree as it is written: unknown unless the known parts decide."""
    if isinstance(node, Meant):
        return naive_leaf(node.meaning, row)
    word, children = next(iter(node.items()))
    verdicts = [naive_tree(child, row) for child in children]
    if word == "all":
        return False if False in verdicts else None if None in verdicts else True
    reached = True if True in verdicts else None if None in verdicts else False
    return reached if word == "any" else turned(reached)


@cache
def world() -> tuple[list[Fields], list[Row], pa.Table, list[Compiled]]:
    """Trees, rows, the rows as a table of facts, and the compiled trees; the same on each run."""
    rng = random.Random(20261128)  # noqa: S311
    pool = [random_leaf(rng) for _ in range(400)]
    trees = [random_tree(rng, pool, rng.randint(0, 4)) for _ in range(TREES)]
    rows = [random_row(rng) for _ in range(ROWS)]
    table = pa.table(
        {
            name: pa.array(
                [row[name] for row in rows], ARROW_TYPES[facts()[name].type], from_pandas=False
            )
            for name in rows[0]
        }
    )
    compiled = []
    for tree in trees:
        one, errors = compile_tree(tree, facts())
        assert not errors
        compiled.append(one)
    return trees, rows, table, compiled


@cache
def meaning() -> np.ndarray:
    """(trees, rows): the naive verdicts as 1, 0, -1."""
    trees, rows, _, _ = world()
    number = {True: 1, False: 0, None: -1}
    return np.array(
        [[number[naive_tree(tree, row)] for row in rows] for tree in trees], dtype=np.int8
    )


def test_the_world_is_worth_testing() -> None:
    _, rows, _, compiled = world()
    values, counts = np.unique(meaning(), return_counts=True)
    assert dict(zip(values.tolist(), (counts / counts.sum() > 0.15).tolist(), strict=True)) == {
        -1: True,
        0: True,
        1: True,
    }
    assert {leaf.op for one in compiled for leaf in one.leaves} == {
        *("=", "<>", "<", "<=", ">", ">=", "between", "in", "is_null", "starts_with"),
        *("is_true", "has"),
    }
    assert any(row["listed"] == [] for row in rows)
    assert any(None in (row["listed"] or []) for row in rows)


def folded(one: Compiled, table: pa.Table, lookup: dict, values: np.ndarray) -> np.ndarray:
    return values[:, [lookup[leaf.comparison] for leaf in one.leaves]]


@cache
def all_leaf_values() -> tuple[dict, np.ndarray]:
    _, _, table, compiled = world()
    distinct = {leaf.comparison: leaf for one in compiled for leaf in one.leaves}
    values = leaf_values(table, list(distinct.values()))
    return {comparison: i for i, comparison in enumerate(distinct)}, values


def test_fold_of_leaf_values_is_the_naive_verdict() -> None:
    _, _, table, compiled = world()
    lookup, values = all_leaf_values()
    got = [fold(one.formula, folded(one, table, lookup, values)) for one in compiled]
    np.testing.assert_array_equal(np.array(got), meaning())


def test_fold_one_is_the_naive_verdict() -> None:
    _, _, table, compiled = world()
    lookup, values = all_leaf_values()
    for number, one in enumerate(compiled):
        chosen = folded(one, table, lookup, values).tolist()
        got = [fold_one(one.formula, row) for row in chosen]
        assert got == meaning()[number].tolist()


def test_the_whole_tree_as_sql_is_the_naive_verdict() -> None:
    _, _, table, compiled = world()
    cursor = connect()
    cursor.register("facts_in", table)
    for start in range(0, TREES, BATCH):
        columns = [
            f"coalesce(({formula_sql(one)})::TINYINT, -1) AS t{i}"
            for i, one in enumerate(compiled[start : start + BATCH])
        ]
        query = f"SELECT {', '.join(columns)} FROM facts_in"  # noqa: S608  from typed leaves
        found = cursor.execute(query).fetchnumpy()
        got = np.array([found[f"t{i}"] for i in range(len(columns))])
        np.testing.assert_array_equal(got, meaning()[start : start + BATCH])


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_threads_and_many_rows_change_nothing(threads: int) -> None:
    _, _, table, compiled = world()
    leaves = [leaf for one in compiled[:40] for leaf in one.leaves]
    many = pa.concat_tables([table] * 6000)
    connect().execute(f"SET GLOBAL threads = {threads}")
    try:
        values = leaf_values(many, leaves)
    finally:
        connect().execute("RESET GLOBAL threads")
    lookup, once = all_leaf_values()
    expected = once[:, [lookup[leaf.comparison] for leaf in leaves]]
    np.testing.assert_array_equal(values, np.tile(expected, (6000, 1)))


def test_a_fact_nobody_gave_is_unknown() -> None:
    compiled, errors = compile_tree(Fields(name=Text("n"), leaf=Text("tpp >= 1")), facts())
    assert not errors
    assert leaf_values(pa.table({"line": [1, 2]}), compiled.leaves).tolist() == [[-1], [-1]]
