"""Judging: each provision against each row, true, false or unknown. No verdict sits in a WHERE."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chipward.law.engine import fold, leaf_values
from chipward.law.model import Compiled, Laws, Leaf, Provision, Value, Version
from chipward.law.tree import open_leaves
from chipward.vectors import Truth

IN_FORCE = "in_force"
SUSPENDED = "suspended"
LeafKey = tuple[str, str, tuple[Value, ...], bool]


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts of every provision on every row.

    ``verdicts`` and ``suspended`` are (rows, provisions); ``versions`` holds the index of the
    version live on the row's date, or -1; ``leaves`` is (rows, distinct leaves).
    """

    rows: pa.Table
    provisions: tuple[Provision, ...]
    leaf_index: dict[LeafKey, int]
    leaves: Truth
    verdicts: Truth
    suspended: Truth
    versions: npt.NDArray[np.int16]

    def version(self, row: int, provision: int) -> Version | None:
        """The version live on the row's date, if any."""
        number = int(self.versions[row, provision])
        return None if number < 0 else self.provisions[provision].versions[number]

    def open_columns(self, row: int, compiled: Compiled) -> set[str]:
        """The columns of the unknown leaves that keep a formula unknown on one row."""
        leaves = open_leaves(compiled.formula, self.leaf_results(row, compiled))
        return {compiled.leaves[leaf].column for leaf in leaves}

    def leaf_results(self, row: int, compiled: Compiled) -> list[int]:
        """The truth values of a formula's leaves on one row, in the formula's order."""
        return [int(self.leaves[row, self.leaf_index[leaf.comparison]]) for leaf in compiled.leaves]


class Judge:
    """The provisions of some law, ready to judge tables of facts."""

    def __init__(self, laws: Laws) -> None:
        self.provisions = laws.provisions

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every distinct comparison of the law, once."""
        distinct: dict[LeafKey, Leaf] = {}
        for provision in self.provisions:
            for version in provision.versions:
                for leaf in version.compiled.leaves:
                    distinct.setdefault(leaf.comparison, leaf)
        return tuple(distinct.values())

    def judge(self, rows: pa.Table) -> Judged:
        """Judge a table made by `facts.derive`; its ``date`` column picks the versions."""
        index = {leaf.comparison: i for i, leaf in enumerate(self.leaves)}
        values = leaf_values(rows, self.leaves)
        days = rows["date"].to_numpy().astype("datetime64[D]")
        shape = (rows.num_rows, len(self.provisions))
        verdicts = np.zeros(shape, np.int8)
        suspended = np.zeros(shape, np.int8)
        versions = np.full(shape, -1, np.int16)
        for p, provision in enumerate(self.provisions):
            for v, version in enumerate(provision.versions):
                live = _live(days, version)
                if not live.any():
                    continue
                versions[live, p] = v
                columns = [index[leaf.comparison] for leaf in version.compiled.leaves]
                truth = fold(version.compiled.formula, values[:, columns])
                if version.status == IN_FORCE:
                    verdicts[live, p] = truth[live]
                elif version.status == SUSPENDED:
                    suspended[live, p] = truth[live]
        return Judged(rows, self.provisions, index, values, verdicts, suspended, versions)


def _live(days: npt.NDArray[np.datetime64], version: Version) -> npt.NDArray[np.bool_]:
    start, until = version.interval.start, version.interval.until
    live = np.ones(len(days), np.bool_)
    if start is not None:
        live &= days >= np.datetime64(start)
    if until is not None:
        live &= days < np.datetime64(until)
    return live
