"""Lanes: the transactions a line of a bill of materials stands for, each with its assumptions.

*buy*: from the maker's country to mine; *inputs*: a listed raw material from its largest producer
to the fab; *sell*: from my country to each destination of the profile. A lane inside one country
is no lane, and a house brand hides the maker, so its country stands in for nothing. What is
assumed is said on the row, so that a report can show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from chipward.facts import facts
from chipward.profile import Profile
from chipward.review import Message
from chipward.tables import ARROW_TYPES, load, rows_of
from chipward.vectors import distinct_rows

BUY, INPUTS, SELL = "buy", "inputs", "sell"
CHIP_COLUMNS = (
    "tpp",
    "performance_density",
    "datacenter",
    "dram_bandwidth_gb_s",
    "memory_bandwidth_density_gb_s_mm2",
)
ALWAYS = ("lane", "material", "destination")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What the lanes of a line depend on: lines alike in this have the same lanes."""

    maker_country: str | None
    fab_countries: tuple[str, ...]
    category: str | None
    eccn: str | None
    vendor_eccn: str | None
    vendor_eccn_source: str | None
    chip: str | None

    @property
    def fab(self) -> str | None:
        """The country the fab is taken to be in."""
        return self.fab_countries[0] if len(self.fab_countries) == 1 else self.maker_country

    @property
    def fab_assumed(self) -> Message:
        """On what ground it is taken to be there."""
        known = "fab_of_maker" if len(self.fab_countries) == 1 else "fab_is_maker_country"
        key = f"lane.assume.{known if self.fab else 'fab_unknown'}"
        return Message(key=key, params={"country": f"@country.{self.fab}"})


@dataclass(frozen=True, slots=True)
class Transactions:
    """The lanes of a board: raw facts a row, and what was assumed for each row."""

    table: pa.Table
    assumptions: tuple[tuple[Message, ...], ...]


class Lanes:
    """Builds the transactions of a board for one buyer and one day."""

    def __init__(self, profile: Profile | None, on: date, scope: str) -> None:
        self.profile = profile
        self.common: Row = {"date": on, "scope": scope}
        self.chips = {row["chip"]: row for row in rows_of(load("chips/chips"))}
        self.materials = _direct_materials()
        self.sources = _top_producers()
        self.codes = _material_codes()
        self.bare = next(r["regime"] for r in rows_of(load("jurisdictions")) if r["bare_codes"])

    def rows(self, parts: pa.Table) -> Transactions:
        """One row a (line, lane) of the fitted lines; ``row_id`` is ``line/lane/number``."""
        fitted = parts.filter(parts["fitted"])
        hidden = pc.fill_null(fitted["house_brand"], False)
        country = pc.if_else(hidden, pa.scalar(None, pa.string()), fitted["maker_country"])
        at = fitted.column_names.index("maker_country")
        fitted = fitted.set_column(at, "maker_country", country)
        columns = ["maker_country", "fab_countries", "category", "eccn", "vendor_eccn", "chip"]
        first, kinds = distinct_rows(fitted, columns)
        names = [*columns[:-1], "vendor_eccn_source", "chip"]
        templates: list[list[Row]] = [
            self._templates(_kind(row))
            for row in fitted.select(names).take(pa.array(first)).to_pylist()
        ]
        lines = fitted["line"].to_pylist()
        flat: list[tuple[int, int, Row]] = [
            (line, i, t)
            for line, kind in zip(lines, cast("list[int]", kinds.tolist()), strict=True)
            for i, t in enumerate(templates[kind])
        ]
        names = {name for _, _, row in flat for name in row} | set(ALWAYS)
        columns_out: dict[str, Any] = {
            name: pa.array([row.get(name) for _, _, row in flat], ARROW_TYPES[facts()[name].type])
            for name in sorted(names - {"assumes"})
        }
        columns_out["line"] = pa.array([line for line, _, _ in flat], pa.int64())
        columns_out["row_id"] = pa.array(
            [f"{line}/{row['lane']}/{i}" for line, i, row in flat], pa.string()
        )
        return Transactions(pa.table(columns_out), tuple(row["assumes"] for _, _, row in flat))

    def _templates(self, kind: Kind) -> list[Row]:
        return [*self._buy(kind), *self._inputs(kind), *self._sell(kind)]

    def _item(self, kind: Kind) -> tuple[Row, list[Message]]:
        chip = self.chips.get(kind.chip or "", {})
        row: Row = {name: chip.get(name) for name in CHIP_COLUMNS if chip.get(name) is not None}
        code, assumes = kind.eccn, [Message(key="lane.assume.bom_code")]
        if code is None:
            code = kind.vendor_eccn or chip.get("vendor_eccn")
            source = kind.vendor_eccn_source or chip.get("source") or ""
            assumes = [Message(key="lane.assume.vendor_code", params={"source": source})]
        if code is None:
            return row, []
        return row | {"item": code if ":" in code else f"{self.bare}:{code}"}, assumes

    def _buy(self, kind: Kind) -> list[Row]:
        home = self.profile.country if self.profile else None
        if kind.maker_country is None or kind.maker_country == home:
            return []
        item, assumes = self._item(kind)
        origin = Message(
            key="lane.assume.origin_is_maker_country",
            params={"country": f"@country.{kind.maker_country}"},
        )
        place = Message(key="lane.assume.destination_is_buyer" if home else "lane.assume.no_buyer")
        return [
            {
                **self.common, **item, **self._buyer(),
                "lane": BUY, "action": "export",
                "origin_country": kind.maker_country, "export_from": kind.maker_country,
                "assumes": (origin, place, *assumes),
            }
        ]  # fmt: skip

    def _buyer(self) -> Row:
        """The facts that belong to the buyer: asked once a review, never once a line."""
        if self.profile is None:
            return {}
        profile = self.profile
        return {
            "destination": profile.country,
            "end_user_country": profile.country,
            "end_user_hq_country": profile.country,
            "end_use": profile.end_use,
            "listed_as": profile.listed_as,
            **profile.facts,
        }

    def _sell(self, kind: Kind) -> list[Row]:
        if self.profile is None or kind.maker_country is None:
            return []
        item, assumes = self._item(kind)
        home = self.profile.country
        origin = Message(
            key="lane.assume.origin_is_maker_country",
            params={"country": f"@country.{kind.maker_country}"},
        )
        return [
            {
                **self.common, **item, **_destination(place), **self.profile.facts,
                "lane": SELL, "action": "export" if home == kind.maker_country else "reexport",
                "origin_country": kind.maker_country, "export_from": home,
                "assumes": (origin, *assumes),
            }
            for place in self.profile.destinations
            if place.country != home
        ]  # fmt: skip

    def _inputs(self, kind: Kind) -> list[Row]:
        rows: list[Row] = []
        for material in self.materials.get(kind.category or "", ()):
            source = self.sources.get(material)
            code = self._code(material, source, kind.category)
            if source is None or source == kind.fab or code is None:
                continue
            top = Message(key="lane.assume.top_producer", params={"country": f"@country.{source}"})
            rows.append(
                {
                    **self.common, "item": code,
                    "lane": INPUTS, "action": "export", "material": material,
                    "origin_country": source, "export_from": source,
                    "destination": kind.fab, "end_user_country": kind.fab, "end_use": "civil",
                    "assumes": (top, kind.fab_assumed, Message(key="lane.assume.civil_input")),
                }
            )  # fmt: skip
        return rows

    def _code(self, material: str, source: str | None, category: str | None) -> str | None:
        """The control code of the raw material where it comes from, if a list read here has it."""
        general = self.codes.get((material, source or "", ""))
        return self.codes.get((material, source or "", category or ""), general)


def _destination(place: Any) -> Row:
    return {
        "destination": place.country,
        "end_use": place.end_use,
        "end_user": place.end_user,
        "end_user_country": place.end_user_country or place.country,
        "end_user_hq_country": place.end_user_hq_country or place.country,
        "listed_as": place.listed_as,
    }


def _kind(row: Mapping[str, Any]) -> Kind:
    values: dict[str, Any] = dict(row)
    values["fab_countries"] = tuple(values["fab_countries"] or ())
    return Kind(**values)


def _direct_materials() -> dict[str, list[str]]:
    table = load("supply/part_materials")
    direct = table.filter(pc.fill_null(table["direct"], False))
    out: dict[str, list[str]] = {}
    for row in rows_of(direct.select(["category", "material"])):
        out.setdefault(row["category"], []).append(row["material"])
    return {name: sorted(set(found)) for name, found in out.items()}


def _top_producers() -> dict[str, str]:
    """Material to the country that produces most of it, at the stage that counts for chips."""
    stages = {row["material"]: row["stage"] for row in rows_of(load("supply/materials"))}
    return {
        row["material"]: row["top_country"]
        for row in rows_of(load("supply/concentration"))
        if row["top_country"] and row["stage"] == stages.get(row["material"])
    }


def _material_codes() -> dict[tuple[str, str, str], str]:
    """(material, country, category) to the control code of its raw form in that country's regime.

    A code without categories holds for all, under the category ``""``.
    """
    return {
        (row["material"], row["regime"], category): f"{row['regime']}:{row['code']}"
        for row in rows_of(load("supply/material_items"))
        for category in row["categories"] or ("",)
    }
