"""Every test a row was put to, with its margin, and lists made from flags; columns at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chipward.science.chips.paragraphs import Bools, Vintage
from chipward.science.chips.specs import DENSITY, Specs
from chipward.tables import TEXT

DIGITS = 6
"""Decimals of a margin."""
_NUMBER = pa.float64()
_FIXED = {
    "paragraph": TEXT,
    "kind": TEXT,
    "fact": TEXT,
    "op": TEXT,
    "threshold": _NUMBER,
    "unit": TEXT,
}
_FIELDS = {**_FIXED, "value": _NUMBER, "margin": _NUMBER, "met": pa.bool_()}
_NAMES = tuple(_FIELDS)
TESTS = pa.struct(_FIELDS.items())


def _lists(offsets: npt.NDArray[np.int32], values: pa.Array[Any]) -> pa.Array[Any]:
    lists: Any = pa.ListArray
    return lists.from_arrays(pa.array(offsets), values)


def list_of(flags: Mapping[str, Bools]) -> pa.Array[Any]:
    """A list a row of the names whose flag is up, in the order of the mapping.

    >>> list_of({"a": np.array([True, False]), "b": np.array([True, True])}).to_pylist()
    [['a', 'b'], ['b']]
    """
    names = list(flags)
    matrix = np.stack([flags[name] for name in names], axis=1)
    offsets = np.concatenate([[0], np.cumsum(matrix.sum(axis=1))]).astype(np.int32)
    _, columns = np.nonzero(matrix)
    values = pa.array(names, TEXT).take(pa.array(columns))
    return _lists(offsets, values)


def made_tests(vintage: Vintage, specs: Specs) -> pa.Array[Any]:
    """The limbs of the vintage for every row: value, margin (value minus threshold), met or not.

    ``met`` is null where the value is unknown; a performance density that does not exist meets
    nothing and has no margin.
    """
    rows, limbs = len(specs), vintage.limbs
    values = np.stack([specs.values[limb.fact] for limb in limbs], axis=1)
    shown = values.copy()
    for column, limb in enumerate(limbs):
        if limb.fact == DENSITY:
            shown[specs.undefined, column] = np.nan
    marks = np.array([limb.threshold for limb in limbs])
    met = np.stack([limb.holds(values[:, i]) for i, limb in enumerate(limbs)], axis=1)
    unknown = np.isnan(values).ravel()
    repeated = np.tile(np.arange(len(limbs)), rows)
    fixed = {
        name: pa.array([getattr(limb, name) for limb in limbs], kind).take(pa.array(repeated))
        for name, kind in _FIXED.items()
    }
    columns = {
        **fixed,
        "value": pa.array(shown.ravel(), from_pandas=True),
        "margin": pa.array(np.round(shown - marks, DIGITS).ravel(), from_pandas=True),
        "met": pa.array(met.ravel(), mask=unknown),
    }
    structs: Any = pa.StructArray
    joined = structs.from_arrays([columns[name] for name in _NAMES], names=list(_NAMES))
    offsets = np.arange(0, rows * len(limbs) + 1, len(limbs), dtype=np.int32)
    return _lists(offsets, joined)
