"""Evidence of the supply lens: figures with the terms they are made from, and alternatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from chipward.lenses.supply.judge import CONCENTRATED
from chipward.review import Evidence, Number, TableHit
from chipward.tables import load, rows_of

Row = Mapping[str, Any]
_PART = (
    "category", "material", "part", "role", "share_text", "substitutable", "substitutes",
)  # fmt: skip


def evidence_of(row: Row) -> tuple[Evidence, ...]:
    """What a finding rests on: the row of the part, the figures, and the thresholds passed."""
    part = {name: row[name] for name in _PART}
    out: list[Evidence] = [
        TableHit(table="supply/part_materials", row=part, source=row["part_source"])
    ]
    if row["top_share_pct"] is not None:
        out.append(_share(row))
    if row["hhi"] is not None:
        out.append(
            Number(
                name="hhi", value=row["hhi"], unit="points", year=str(row["year"]),
                source=row["source"], inputs=({"n_countries": row["n_countries"]},),
            )
        )  # fmt: skip
    if row["net_import_reliance_bound"]:
        out.append(_reliance(row))
    limits = _limits()
    if row["supply_outcome"] == CONCENTRATED:
        out += [limits[name] for name in row["thresholds"]]
    return tuple(out)


def _share(row: Row) -> Number:
    terms = _terms().get((row["material"], row["stage"]), {})
    own = next((t for t in terms.get("country", ()) if t["country"] == row["top_country"]), None)
    named = [t["value"] for t in terms.get("country", ()) if t["value"] is not None]
    inputs: list[Row] = [own] if own else []
    if len(named) > 1:
        inputs.append({"countries_named": len(named), "value": sum(named), "unit": terms["unit"]})
    inputs += terms.get("world", [])
    return Number(
        name="top_share_pct",
        value=row["top_share_pct"],
        unit="%",
        year=str(row["year"]),
        source=row["source"],
        inputs=tuple(inputs),
    )


def _reliance(row: Row) -> Number:
    return Number(
        name="net_import_reliance_pct",
        value=row["net_import_reliance_pct"],
        unit="%",
        year=str(row["net_import_reliance_year"]),
        source=row["net_import_reliance_source"],
        inputs=({"importer": row["importer"], "bound": row["net_import_reliance_bound"]},),
    )


def alternatives(material: str, country: str | None) -> list[Row]:
    """Producers, projects and recycling of a material outside ``country``, those that give first.

    A row whose countries are all ``country`` is the source that is exposed, and no alternative.
    """
    return [row for row in _alternatives().get(material, ()) if row.get("countries") != [country]]


@cache
def _alternatives() -> Mapping[str, Sequence[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    order = {"producer": 0, "recycling": 1, "idle": 2, "project": 3}
    rows = [row for row in rows_of(load("supply/alternatives")) if row["kind"] in order]
    for row in sorted(rows, key=lambda r: (order[r["kind"]], r["producer"])):
        kept = {name: row[name] for name in row if name not in {"material", "as_of"}}
        out[row["material"]].append({n: v for n, v in kept.items() if v is not None})
    return out


@cache
def _limits() -> Mapping[str, TableHit]:
    table = "policy/supply_thresholds"
    out: dict[str, TableHit] = {}
    for row in rows_of(load(table)):
        shown = {name: row[name] for name in ("threshold", "measure", "op", "value")}
        out[row["threshold"]] = TableHit(table=table, row=shown, source=row["source"])
    return out


@cache
def _terms() -> Mapping[tuple[str, str], dict[str, Any]]:
    """(material, stage) to its output by country and in the world, with the unit."""
    out: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows_of(load("supply/production")):
        terms = out.setdefault(
            (row["material"], row["stage"]), {"country": [], "world": [], "unit": row["unit"]}
        )
        if row["area"] in terms:
            place = row["country"] or row["area"]
            terms[row["area"]].append(
                {"country": place, "value": row["value"], "unit": row["unit"]}
            )
    return out
