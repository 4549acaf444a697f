"""Merged cells: what stands once for several lines is read for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from chipward.read.line import cell_at
from chipward.read.mapping import Layout
from chipward.read.model import Grid

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, as (row, column) from 0."""

_NOT_COPIED = frozenset({"reference", "quantity"})


def fill_merged(rows: Grid, merged: Sequence[Range], layout: Layout, first: int) -> None:
    """Copy a cell merged over several rows into those that are lines of their own.

    ``rows`` are changed in place; ``first`` is the first row below the header. A row is a line of
    its own if it has references or a quantity; without, it is an alternate of the line above, and
    references and quantities are never copied: they would be counted twice.
    """
    own = [layout.single[meaning] for meaning in _NOT_COPIED if meaning in layout.single]
    copied = {index for meaning, index in layout.single.items() if meaning not in _NOT_COPIED}
    copied |= {index for index, _, _ in layout.codes} | {index for index, _ in layout.fits}
    copied |= {index for pair in layout.alternates for index in pair if index is not None}
    copied |= {layout.combined} if layout.combined is not None else set()
    for (top, left), (bottom, right) in merged:
        if top < first or left != right or left not in copied or top >= len(rows):
            continue
        said = cell_at(rows[top], left)
        for row in rows[top + 1 : bottom + 1]:
            if said and any(cell_at(row, index) for index in own) and not cell_at(row, left):
                row.extend([""] * (left + 1 - len(row)))
                row[left] = said
