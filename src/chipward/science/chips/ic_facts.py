"""Chip facts of the control lens: what the parameters of a row say, beside the code it names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from chipward.science.chips.classify import possible, within
from chipward.science.chips.grid import grid_of
from chipward.science.chips.paragraphs import NONE, Bools, regime, vintage_codes, vintages
from chipward.science.chips.specs import DENSITY, MEMORY_DENSITY, TPP, read_specs
from chipward.tables import TEXT, load

CLASS = "ic_class"
MEETS = "ic_meets_3a090"
_TRUE, _FALSE, _UNKNOWN = 1, 0, -1


def _levels() -> list[str]:
    return [level for level in load("chips/levels")["level"].to_pylist() if len(level) == 1]


def _truth(values: np.ndarray[Any, Any]) -> pa.Array[Any]:
    return pa.array(values == _TRUE, mask=values == _UNKNOWN)


def ic_facts(rows: pa.Table) -> dict[str, pa.Array[Any]]:
    """What the parameters of each row decide under the paragraphs of its date.

    With a processing or memory figure given the parameters decide, as far as they go. Without any,
    everything is null if no code of the regime is given, and every ``ic_meets_...`` is false if
    one is: then the code is the classification.

    Args:
        rows: transactions; ``date`` in every row, the parameters and ``<regime>_items`` as far as
            there are such columns.

    Returns:
        ``ic_class`` (text: the paragraph met, ``none``, or null while undecided), and booleans
        with null for unknown: ``ic_meets_3a090`` (any paragraph of the day), and with ``_a``,
        ``_b`` and ``_c`` for one level.
    """
    specs = read_specs(rows)
    days = rows["date"].combine_chunks().to_numpy(zero_copy_only=False).astype("datetime64[D]")
    codes = vintage_codes(days)
    count = rows.num_rows
    classes = np.full(count, None, np.object_)
    classes[codes < 0] = NONE
    levels = _levels()
    meets = {name: np.full(count, _FALSE, np.int8) for name in [MEETS, *(_name(x) for x in levels)]}
    for code, vintage in enumerate(vintages()):
        at = np.flatnonzero(codes == code)
        grid = grid_of(vintage)
        mask, _ = possible(grid, specs.take(at))
        names = {1 << i: name for i, name in enumerate(grid.classes)}
        classes[at] = [names.get(bits) for bits in mask.tolist()]
        wanted = {_name(level): grid.bits([level]) for level in levels}
        wanted[MEETS] = grid.bits([level for level in grid.levels if level != NONE])
        for name, bits in wanted.items():
            hit = (mask & bits) != 0
            meets[name][at] = np.where(within(mask, bits), _TRUE, np.where(hit, _UNKNOWN, _FALSE))
    silent = ~_measured(specs.values)
    coded = _coded(rows)
    classes[silent] = None
    for values in meets.values():
        values[silent] = np.where(coded[silent], _FALSE, _UNKNOWN)
    facts = {name: _truth(values) for name, values in meets.items()}
    return {CLASS: pa.array(classes, TEXT), **facts}


def _name(level: str) -> str:
    return f"{MEETS}_{level}"


def _measured(values: Any) -> Bools:
    given = [~np.isnan(values[name]) for name in (TPP, DENSITY, MEMORY_DENSITY)]
    return np.logical_or.reduce(given)


def _coded(rows: pa.Table) -> Bools:
    name = f"{regime().lower()}_items"
    if name not in rows.column_names:
        return np.zeros(rows.num_rows, np.bool_)
    return rows[name].combine_chunks().is_valid().to_numpy(zero_copy_only=False)
