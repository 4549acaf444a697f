"""Three-valued judging: leaf values by DuckDB, formulas by Kleene's rules on whole columns.

Values are int8: 1 true, 0 false, -1 unknown. Nothing is filtered away: a row that cannot be decided
stays in the answer as unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chipward.facts import facts
from chipward.law.emit import formula_sql, leaf_sql
from chipward.law.model import Formula, Leaf
from chipward.law.tree import fold_one
from chipward.tables import ARROW_TYPES

Values = npt.NDArray[np.int8]

__all__ = ["connect", "fact_columns", "fold", "fold_one", "formula_sql", "leaf_values"]

# Rank: false 0, unknown 1, true 2, so that "and" is the minimum, "or" the maximum.
_DECODE = np.array([0, -1, 1], dtype=np.int8)
_ENCODE = np.array([0, 2, 1], dtype=np.int8)
_ROW = "__row"


@cache
def _database() -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "enable_external_access": "false",
    }
    database = duckdb.connect(":memory:", config=settings)
    # in_clause turns each IN of a projection into a join; planning then grows faster than the law.
    database.execute("SET GLOBAL disabled_optimizers = 'in_clause'")
    return database


def connect() -> duckdb.DuckDBPyConnection:
    """A cursor on the in-memory database: no files, no network, planning time linear in the law."""
    return _database().cursor()


def fact_columns(rows: pa.Table, names: Sequence[str]) -> pa.Table:
    """The named facts of ``rows`` in their declared types; a fact nobody gave is all null.

    Args:
        rows: any table with fact columns, more columns or fewer.
        names: names of ``facts.csv``.
    """
    columns: dict[str, pa.Array[Any] | pa.ChunkedArray] = {}
    for name in sorted(set(names)):
        kind = ARROW_TYPES[facts()[name].type]
        if name not in rows.column_names:
            columns[name] = pa.nulls(rows.num_rows, kind)
        else:
            column = rows[name]
            columns[name] = column if column.type == kind else column.cast(kind)
    return pa.table(columns)


def leaf_values(rows: pa.Table, leaves: Sequence[Leaf]) -> Values:
    """The value of every leaf on every row, in one SELECT.

    Args:
        rows: the table of facts; columns that no leaf names are not touched.
        leaves: any number of leaves, of one provision or of all; equal comparisons run once.

    Returns:
        int8 of shape ``(rows, leaves)``: 1 true, 0 false, -1 unknown (NULL or NaN).
    """
    out: Values = np.empty((rows.num_rows, len(leaves)), dtype=np.int8, order="F")
    if not leaves or not rows.num_rows:
        return out
    distinct = {leaf.comparison: leaf for leaf in leaves}
    order = {comparison: number for number, comparison in enumerate(distinct)}
    table = fact_columns(rows, [leaf.column for leaf in distinct.values()])
    table = table.append_column(_ROW, pa.array(np.arange(rows.num_rows, dtype=np.int64)))
    columns = [
        f"coalesce(({leaf_sql(leaf)})::TINYINT, -1) AS v{number}"
        for number, leaf in enumerate(distinct.values())
    ]
    cursor = connect()
    try:
        cursor.register("facts_in", table)
        query = f"SELECT {_ROW}, {', '.join(columns)} FROM facts_in"  # noqa: S608  from typed leaves
        answer = cursor.execute(query)
        found = cast("dict[str, Any]", answer.fetchnumpy())  # pyright: ignore[reportUnknownMemberType]
    finally:
        cursor.close()
    place = found[_ROW]
    for number, leaf in enumerate(leaves):
        out[place, number] = found[f"v{order[leaf.comparison]}"]
    return out


def fold(formula: Formula, values: Values) -> Values:
    """Fold leaf values by Kleene's rules, all rows at once.

    Args:
        formula: a formula whose leaf numbers are columns of ``values``.
        values: int8 ``(rows, leaves)`` as `leaf_values` gives them.

    Returns:
        int8 ``(rows,)``: 1 true, 0 false, -1 unknown.
    """
    ranks: Values = _ENCODE[values]
    return _DECODE[_fold(formula, ranks)]


def _fold(formula: Formula, ranks: Values) -> Values:
    if formula[0] == "lit":
        column: Values = ranks[:, formula[1]]
        return 2 - column if formula[2] else column
    parts = [_fold(part, ranks) for part in formula[1]]
    is_and = formula[0] == "and"
    out: Values = np.full(len(ranks), 2 if is_and else 0, dtype=np.int8)
    for part in parts:
        if is_and:
            np.minimum(out, part, out=out)
        else:
            np.maximum(out, part, out=out)
    return out
