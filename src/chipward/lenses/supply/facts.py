"""Exposures: which materials the lines of a board hang on, and how concentrated those are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chipward.tables import TEXT, TEXT_LIST, load, rows_of, table_of
from chipward.vectors import codes_of

Row = Mapping[str, Any]

# What a category of part is exposed to: one row a (category, material).
_CATEGORY = pa.schema(
    [
        ("category", TEXT),
        ("material", TEXT),
        ("part", TEXT),
        ("role", TEXT),
        ("share_text", TEXT),
        ("substitutable", TEXT),
        ("substitutes", TEXT_LIST),
        ("part_source", TEXT),
        ("caveat", TEXT),
        ("stage", TEXT),
        ("year", pa.int64()),
        ("top_country", TEXT),
        ("top_share_pct", pa.float64()),
        ("hhi", pa.float64()),
        ("n_countries", pa.int64()),
        ("source", TEXT),
        ("importer", TEXT),
        ("net_import_reliance_pct", pa.float64()),
        ("net_import_reliance_bound", TEXT),
        ("net_import_reliance_year", pa.int64()),
        ("net_import_reliance_source", TEXT),
        ("figures_later", pa.bool_()),
    ]
)
EXPOSURE_SCHEMA = pa.schema(
    [pa.field("line", pa.int64()), pa.field("fitted", pa.bool_()), *_CATEGORY]
)
ITEM_SCHEMA = pa.schema(
    [
        ("line", pa.int64()),
        ("material", TEXT),
        ("regime", TEXT),
        ("code", TEXT),
        ("form", TEXT),
        ("purity_pct", pa.float64()),
    ]
)


def exposures(parts: pa.Table, on: date) -> pa.Table:
    """One row a (line, material): what is in the part, and where that material comes from.

    Only materials that characterise every part of a category are applied; what goes into making
    chips in general is not. A line without a category, or of a category without such a material,
    has no row. Lines that are not fitted keep theirs, with ``fitted`` false.

    Args:
        parts: normalised lines; ``line``, ``category`` and ``fitted`` are read.
        on: day of the review; the newest figures published by then are used. Where there are none
            the oldest later ones are, and ``figures_later`` says so.

    Returns:
        `EXPOSURE_SCHEMA`, sorted by line and material. ``top_share_pct`` is the percentage of the
        output of the countries named, ``hhi`` in points from 0 to 10,000; null is unknown.
        ``net_import_reliance_pct`` is the importer's, to be read with its ``bound``.
    """
    known = _by_category(on)
    names = known["category"].to_pylist()
    count = {name: names.count(name) for name in names}
    start = {name: names.index(name) for name in count}
    codes, values = codes_of(parts["category"])
    counts = np.array([count.get(value, 0) for value in values], dtype=np.int64)[codes]
    starts = np.array([start.get(value, 0) for value in values], dtype=np.int64)[codes]
    line = np.repeat(np.arange(parts.num_rows), counts)
    within = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts)
    taken = known.take(pa.array(np.repeat(starts, counts) + within))
    rows = pa.array(line)
    columns = {
        "line": parts["line"].take(rows).cast(pa.int64()),
        "fitted": parts["fitted"].take(rows),
        **{name: taken[name] for name in taken.column_names},
    }
    out = pa.table(columns, schema=EXPOSURE_SCHEMA)
    return out.sort_by([("line", "ascending"), ("material", "ascending")])


def lane_items(exposed: pa.Table) -> pa.Table:
    """The control-list code of each exposure's raw material: one row a (line, material, regime).

    A code that is for one form only holds for the categories whose feed has that form.

    Returns:
        `ITEM_SCHEMA`, sorted; a material without a row stands on no list that was read.
    """
    codes: dict[str, list[Row]] = {}
    for row in rows_of(load("supply/material_items")):
        codes.setdefault(row["material"], []).append(row)
    out: list[Row] = []
    pairs = exposed.select(["line", "category", "material"]).to_pydict()
    for line, category, material in zip(*pairs.values(), strict=True):
        out += [
            {**row, "line": line}
            for row in codes.get(material, ())
            if not row["categories"] or category in row["categories"]
        ]
    found = table_of(out, ITEM_SCHEMA)
    return found.sort_by([(name, "ascending") for name in ("line", "material", "regime")])


@cache
def _by_category(on: date) -> pa.Table:
    table = load("supply/part_materials")
    materials = {row["material"]: row for row in rows_of(load("supply/materials"))}
    figures = _newest(rows_of(load("supply/concentration")), ("material", "stage"), on)
    reliance = _newest(rows_of(load("supply/net_import_reliance")), ("material",), on)
    out: list[Row] = []
    for row in rows_of(table.filter(pc.fill_null(table["direct"], False))):
        material = materials[row["material"]]
        figure = figures.get((row["material"], material["stage"]), {})
        imports = reliance.get((row["material"],), {})
        out.append(
            {
                **figure,
                **{name: row[name] for name in _CATEGORY.names if name in row},
                "part_source": row["source"],
                "source": figure.get("source"),
                "caveat": material["caveat"],
                "stage": material["stage"],
                "importer": imports.get("importer"),
                "net_import_reliance_pct": imports.get("value_pct"),
                "net_import_reliance_bound": imports.get("bound"),
                "net_import_reliance_year": imports.get("year"),
                "net_import_reliance_source": imports.get("source"),
                "figures_later": any(f and f["as_of"] > on for f in (figure, imports)),
            }
        )
    out.sort(key=lambda r: (r["category"], r["material"]))
    return table_of(out, _CATEGORY)


def _newest(rows: Iterable[Row], key: tuple[str, ...], on: date) -> dict[tuple[Any, ...], Row]:
    """Key to the newest row published by ``on``, or else to the oldest of the later ones."""
    out: dict[tuple[Any, ...], Row] = {}
    for row in sorted(rows, key=lambda r: (r["as_of"], r["year"]), reverse=True):
        name = tuple(row[column] for column in key)
        if name not in out or out[name]["as_of"] > on:
            out[name] = row
    return out
