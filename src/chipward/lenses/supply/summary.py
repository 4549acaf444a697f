"""Supply in short: the materials of each line, and the materials of the whole board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from chipward.lenses.supply.judge import CUT, LICENSED, OUTCOMES
from chipward.tables import load, rows_of
from chipward.vectors import distinct_rows

_COPIED = (
    "material", "role", "substitutable", "stage", "top_country", "top_share_pct", "hhi",
    "net_import_reliance_pct", "net_import_reliance_bound", "importer",
)  # fmt: skip
_MAP = ("material", "top_country", "top_share_pct", "year", "source")


def line_materials(judged: pa.Table) -> dict[int, list[dict[str, Any]]]:
    """Line to its materials, the strictest outcome first; a line without a material is absent.

    Args:
        judged: of `judge`. Lines of one kind share their dictionaries: read them, do not write.
    """
    columns = [name for name in judged.column_names if name != "line"]
    first, kinds = distinct_rows(judged, columns)
    shown = [_material(row) for row in judged.select(columns).take(pa.array(first)).to_pylist()]
    out: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for line, kind in zip(judged["line"].to_pylist(), kinds, strict=True):
        out[line].append(shown[int(kind)])
    for materials in out.values():
        materials.sort(key=lambda one: (OUTCOMES.index(one["outcome"]), one["material"]))
    return dict(out)


def _material(row: Mapping[str, Any]) -> dict[str, Any]:
    by_law = row["supply_outcome"] in {CUT, LICENSED}
    return {
        **{name: row[name] for name in _COPIED},
        "outcome": row["supply_outcome"],
        "regime": row["regime"] if by_law else "",
        "review_policy": (row["review_policy"] or "") if by_law else "",
        "verify": row["verify"] and by_law,
        "source": row["source"] or "",
        "year": row["year"],
    }


def materials_map(judged: pa.Table) -> list[dict[str, Any]]:
    """The materials of the fitted lines with the country most of each comes from, for the map.

    A material without figures by country is absent. Sorted by material.
    """
    fitted = judged.filter(judged["fitted"])
    first, kinds = distinct_rows(fitted, _MAP)
    lines: dict[int, set[int]] = defaultdict(set)
    for line, kind in zip(fitted["line"].to_pylist(), kinds, strict=True):
        lines[int(kind)].add(line)
    titles = {row["material"]: row["title"] for row in rows_of(load("supply/materials"))}
    rows = fitted.select(_MAP).take(pa.array(first)).to_pylist()
    out: list[dict[str, Any]] = [
        {
            "material": row["material"],
            "title": titles[row["material"]],
            "country": row["top_country"],
            "share_pct": row["top_share_pct"],
            "year": row["year"],
            "source": row["source"],
            "lines": sorted(lines[kind]),
        }
        for kind, row in enumerate(rows)
        if row["top_country"] is not None
    ]
    return sorted(out, key=lambda one: one["material"])
