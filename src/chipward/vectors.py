"""Small column helpers: distinct values, distinct rows, and the three truth values as numbers.

A truth value is an ``int8``: 1 true, 0 false, -1 unknown, as the engine returns it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

TRUE, FALSE, UNKNOWN = 1, 0, -1
Codes = npt.NDArray[np.int64]
Truth = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


def codes_of(column: pa.ChunkedArray | pa.Array[Any]) -> tuple[Codes, list[Any]]:
    """Number the distinct values of a column: codes a row, and the values (null is a value)."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_list(array.type):
        array = pa.array(
            [None if v is None else "\x1f".join(map(str, v)) for v in array.to_pylist()]
        )
    encoded = array.dictionary_encode()
    codes = encoded.indices.fill_null(len(encoded.dictionary)).to_numpy(zero_copy_only=False)
    return codes.astype(np.int64), [*encoded.dictionary.to_pylist(), None]


def map_values(
    column: pa.ChunkedArray | pa.Array[Any], function: Callable[[Any], Any], kind: pa.DataType
) -> pa.Array[Any]:
    """Apply ``function`` to each distinct non-null value; null stays null."""
    codes, values = codes_of(column)
    mapped = pa.array([None if v is None else function(v) for v in values], kind)
    return mapped.take(pa.array(codes))


def distinct_rows(table: pa.Table, columns: Sequence[str]) -> tuple[Codes, Codes]:
    """Rows that differ in ``columns``: the index of each kind's first row, and each row's kind."""
    kinds: Codes = np.zeros(table.num_rows, dtype=np.int64)
    for name in columns:
        column = table[name]
        if column.null_count == table.num_rows:
            continue
        codes, values = codes_of(column)
        _, kinds = np.unique(kinds * len(values) + codes, return_inverse=True)
    _, first, kinds = np.unique(kinds, return_index=True, return_inverse=True)
    return first.astype(np.int64), kinds.astype(np.int64)


def equals(values: Truth, value: int) -> Flags:
    """Where a truth value is ``value``."""
    return np.asarray(np.equal(values, np.int8(value)), np.bool_)


def differs(values: Truth, value: int) -> Flags:
    """Where a truth value is anything but ``value``."""
    return np.asarray(np.not_equal(values, np.int8(value)), np.bool_)


def any_of(flags: Flags) -> Flags:
    """Whether any flag of a row is set."""
    return np.asarray(np.any(flags, axis=1), np.bool_)


def all_null(count: int, kind: pa.DataType) -> pa.Array[Any]:
    """A column of nulls."""
    return pa.nulls(count, kind)
