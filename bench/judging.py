"""Judge random rows by the shipped law, on the engine and in a plain Python loop, and compare."""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from chipward.law.engine import fold, leaf_values
from chipward.law.load import load_laws
from chipward.law.model import FALSE, TRUE, UNKNOWN, Compiled, Leaf
from chipward.law.tree import fold_one
from chipward.resources import data_dir
from chipward.tables import ARROW_TYPES
from chipward.textcsv import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b[0],
    "<>": lambda a, b: a != b[0],
    "<": lambda a, b: a < b[0],
    "<=": lambda a, b: a <= b[0],
    ">": lambda a, b: a > b[0],
    ">=": lambda a, b: a >= b[0],
    "between": lambda a, b: b[0] <= a <= b[1],
    "in": lambda a, b: a in b,
    "starts_with": lambda a, b: a.startswith(b[0]),
    "is_true": lambda a, _: a,
    "has": lambda a, b: b[0] in a,
}


def plain(leaf: Leaf, value: Any) -> int:
    """One leaf on one value in plain Python; three-valued."""
    if leaf.op == "is_null":
        truth = TRUE if value is None else FALSE
    elif value is None or (leaf.op == "has" and leaf.values[0] not in value and None in value):
        return UNKNOWN
    else:
        truth = TRUE if COMPARE[leaf.op](value, leaf.values) else FALSE
    return 1 - truth if leaf.negated else truth


def _sample(leaves: Sequence[Leaf], kind: str, draw: random.Random) -> Any:
    """A value for a column: from what its leaves compare with, beside it, or unknown."""
    seen: list[Any] = [v for leaf in leaves for v in leaf.values]
    if draw.random() < 0.2:  # noqa: PLR2004  a fifth unknown
        return None
    if kind == "boolean":
        return draw.random() < 0.5  # noqa: PLR2004  even
    if kind == "list":
        return draw.sample(seen, k=min(len(seen), draw.randint(0, 2)))
    value: Any = draw.choice([*seen, "other"] if kind == "text" else seen or [0])
    if kind in {"number", "integer"}:
        return value + draw.choice((-1, 0, 1))
    return value


def random_rows(leaves: Sequence[Leaf], size: int) -> pa.Table:
    """Rows over every column the leaves read, the same each time."""
    draw = random.Random(20261128)  # noqa: S311  a fixed seed, no secret
    kinds = {row["name"]: row["type"] for row in read_rows(data_dir() / "facts.csv")}
    columns: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        columns.setdefault(leaf.column, []).append(leaf)
    return pa.table(
        {
            name: pa.array(
                [_sample(mine, kinds[name], draw) for _ in range(size)], ARROW_TYPES[kinds[name]]
            )
            for name, mine in columns.items()
        }
    )


def in_plain_python(rows: pa.Table, texts: Sequence[Compiled]) -> list[list[int]]:
    """Every text on every row, one after the other."""
    return [
        [fold_one(t.formula, [plain(leaf, row[leaf.column]) for leaf in t.leaves]) for t in texts]
        for row in rows.to_pylist()
    ]


def on_the_engine(rows: pa.Table, texts: Sequence[Compiled], leaves: Sequence[Leaf]) -> Any:
    """The same as the control lens does it: all leaves in one query, then vector folds."""
    values = leaf_values(rows, leaves)
    index = {leaf.comparison: i for i, leaf in enumerate(leaves)}
    folded = [
        fold(t.formula, values[:, [index[leaf.comparison] for leaf in t.leaves]]) for t in texts
    ]
    return np.stack(folded, axis=1)


def main(size: int) -> None:
    """Print ``provision texts, leaves, engine CPU s, plain CPU s`` for ``size`` rows."""
    texts = [v.compiled for p in load_laws().provisions for v in p.versions]
    leaves = list({leaf.comparison: leaf for t in texts for leaf in t.leaves}.values())
    rows = random_rows(leaves, size)
    on_the_engine(rows.slice(0, 1), texts, leaves)  # connect before the clock starts
    start = time.process_time()
    engine = on_the_engine(rows, texts, leaves)
    middle = time.process_time()
    python = in_plain_python(rows, texts)
    end = time.process_time()
    if engine.tolist() != python:
        sys.exit("the engine and the plain loop disagree")
    print(len(texts), len(leaves), f"{middle - start:.4f}", f"{end - middle:.4f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
