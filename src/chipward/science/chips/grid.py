"""Which classes are still possible when some parameters are unknown: a lookup, not a search.

Between two neighbouring thresholds nothing changes, so each parameter has few cells: the stretches
between its thresholds and the thresholds themselves. Every combination of cells is classed once.
An unknown parameter may lie in any of its cells, so the classes possible for a row are the union
over them. A class is decided where all completions agree; no two-valued shortcut is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from chipward.science.chips.paragraphs import (
    EXCLUSION,
    MEMORY,
    NONE,
    PROCESSOR,
    TEST,
    Bools,
    Floats,
    Limb,
    Vintage,
)

Masks = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Grid:
    """Lookups of one vintage; bit ``i`` of a mask stands for ``classes[i]``.

    ``masks[part]`` and each of ``varies[part]`` have one axis a fact, of as many cells as the
    fact has, and one more for *unknown*. ``varies[part][k]`` says, where fact ``k`` is unknown,
    whether knowing it could change the class.
    """

    facts: tuple[str, ...]
    marks: tuple[Floats, ...]
    classes: tuple[str, ...]
    levels: tuple[str, ...]
    masks: Mapping[str, Masks]
    varies: Mapping[str, tuple[Bools, ...]]

    def cells(self, values: Mapping[str, Floats]) -> tuple[Masks, ...]:
        """The cell of each value on each axis; NaN is the unknown cell."""
        return tuple(
            cell_index(values[fact], marks)
            for fact, marks in zip(self.facts, self.marks, strict=True)
        )

    def bits(self, levels: Sequence[str]) -> int:
        """The mask of every class of the given levels."""
        return sum(1 << i for i, level in enumerate(self.levels) if level in levels)

    def named(self, mask: int) -> list[str]:
        """The classes of a mask, in the order they are tried."""
        return [name for i, name in enumerate(self.classes) if mask >> i & 1]


def cell_index(values: Floats, marks: Floats) -> Masks:
    """Cell of each value: even between thresholds, odd on a threshold, last for NaN.

    >>> cell_index(np.array([1599.0, 1600.0, np.nan]), np.array([1600.0])).tolist()
    [0, 1, 3]
    """
    left = np.searchsorted(marks, values, "left")
    right = np.searchsorted(marks, values, "right")
    cells = left + right
    return np.where(np.isnan(values), 2 * len(marks) + 1, cells).astype(np.int64)


def _samples(marks: Floats) -> Floats:
    """One value a cell."""
    inside = (marks[:-1] + marks[1:]) / 2
    edges = np.concatenate([[marks[0] - 1], inside, [marks[-1] + 1]])
    out = np.empty(len(marks) + len(edges))
    out[0::2], out[1::2] = edges, marks
    return out


def _all_of(limbs: Sequence[Limb], mesh: Mapping[str, Floats], shape: tuple[int, ...]) -> Bools:
    met = np.ones(shape, np.bool_)
    for limb in limbs:
        met &= limb.holds(mesh[limb.fact])
    return met


def _classed(
    vintage: Vintage, part: str, mesh: Mapping[str, Floats], shape: tuple[int, ...]
) -> Masks:
    """The class of every combination of cells, as a mask with one bit."""
    out: dict[str, list[Limb]] = {}
    for limb in vintage.of_kind(EXCLUSION):
        out.setdefault(limb.paragraph, []).append(limb)
    paragraphs = vintage.paragraphs
    index = np.full(shape, len(paragraphs), np.int64)
    for i, (name, level, owner) in reversed(list(enumerate(paragraphs))):
        if owner == MEMORY and part != MEMORY:
            continue
        met = _all_of([x for x in vintage.of_kind(TEST) if x.paragraph == name], mesh, shape)
        for limbs in out.values():
            if level in limbs[0].covers:
                met &= ~_all_of(limbs, mesh, shape)
        index[met] = i
    return np.left_shift(np.int64(1), index)


def _open_axis(lookup: Masks, axis: int) -> Masks:
    """Add the cell of the unknown to an axis: the union over its other cells."""
    union = np.bitwise_or.reduce(lookup, axis=axis, keepdims=True)
    return np.concatenate([lookup, union], axis=axis)


def _varying(base: Masks, axis: int) -> Bools:
    union = np.bitwise_or.reduce(base, axis=axis, keepdims=True)
    several = ((union & (union - 1)) != 0).astype(np.int64)
    for other in range(base.ndim):
        if other != axis:
            several = _open_axis(several, other)
    shape = list(several.shape)
    shape[axis] = base.shape[axis]
    known = np.zeros(shape, np.int64)
    return np.concatenate([known, several], axis=axis).astype(np.bool_)


@cache
def grid_of(vintage: Vintage) -> Grid:
    """Build the lookups of a vintage."""
    limbs = [*vintage.of_kind(TEST), *vintage.of_kind(EXCLUSION)]
    facts = tuple(dict.fromkeys(limb.fact for limb in limbs))
    marks = tuple(
        np.array(sorted({limb.threshold for limb in limbs if limb.fact == fact})) for fact in facts
    )
    samples = [_samples(m) for m in marks]
    shape = tuple(len(s) for s in samples)
    mesh = dict(zip(facts, np.meshgrid(*samples, indexing="ij"), strict=True))
    masks: dict[str, Masks] = {}
    varies: dict[str, tuple[Bools, ...]] = {}
    for part in (PROCESSOR, MEMORY):
        base = _classed(vintage, part, mesh, shape)
        lookup = base
        for axis in range(base.ndim):
            lookup = _open_axis(lookup, axis)
        masks[part] = lookup
        varies[part] = tuple(_varying(base, axis) for axis in range(base.ndim))
    names = [name for name, _, _ in vintage.paragraphs]
    levels = [level for _, level, _ in vintage.paragraphs]
    return Grid(facts, marks, (*names, NONE), (*levels, NONE), masks, varies)
