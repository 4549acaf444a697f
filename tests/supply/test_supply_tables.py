"""The supply tables agree with each other and with what they were encoded from."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from chipward.catalogue import has, names
from chipward.resources import data_dir
from chipward.sources import is_open, uncited
from chipward.tables import load, rows_of
from chipward.textcsv import read_rows

# Not categories of parts: making chips in general, and uses that no category covers.
NO_PART = {"ic_process", "no_category"}
MISSING = {"withheld", "not_available", "under_half_unit"}


def rows(name: str) -> list[dict[str, Any]]:
    return rows_of(load(f"supply/{name}"))


MATERIALS = {row["material"]: row for row in rows("materials")}
PARTS = rows("part_materials")


@pytest.mark.parametrize(
    "name",
    [
        "part_materials",
        "material_items",
        "concentration",
        "production",
        "net_import_reliance",
        "alternatives",
    ],
)
def test_every_material_is_known(name: str) -> None:
    assert {row["material"] for row in rows(name)} <= set(MATERIALS)


def test_materials_are_used_and_named() -> None:
    assert set(MATERIALS) == {row["material"] for row in PARTS}
    for name, row in MATERIALS.items():
        assert row["title"]
        assert row["title_zh"]
        assert not row["caveat"] or has(f"supply.caveat.{row['caveat']}"), name
        assert not row["stage"] or has(f"supply.stage.{row['stage']}"), name
        assert names("zh")[f"material.{name}"] == row["title_zh"]


def test_categories_exist() -> None:
    table = data_dir() / "parts" / "categories.csv"
    if not table.is_file():
        pytest.skip("data/parts/categories.csv is absent")
    known = {row["category"] for row in read_rows(table)}
    used = {row["category"] for row in PARTS}
    assert used - NO_PART <= known
    listed = {c for row in rows("material_items") for c in row["categories"] or ()}
    assert listed <= known


def test_what_is_no_part_is_never_direct() -> None:
    assert not [row for row in PARTS if row["direct"] and row["category"] in NO_PART]


def test_direct_materials_stand_once_a_category() -> None:
    keys = [(row["category"], row["material"]) for row in PARTS if row["direct"]]
    assert len(keys) == len(set(keys))


def test_substitutability_is_closed() -> None:
    assert {row["substitutable"] for row in PARTS} <= {"yes", "partly", "no"}


def test_every_stage_used_has_figures_and_no_other_material_has() -> None:
    figures = {(row["material"], row["stage"]) for row in rows("concentration")}
    for name, row in MATERIALS.items():
        if row["stage"]:
            assert (name, row["stage"]) in figures
        else:
            assert name not in {material for material, _ in figures}
    keys = [(row["material"], row["stage"], row["year"]) for row in rows("concentration")]
    assert len(keys) == len(set(keys))


def test_production_is_a_figure_or_says_why_not() -> None:
    for row in rows("production"):
        assert (row["value"] is None) == (row["missing"] in MISSING), row
        assert (row["value"] is None) == (row["bound"] is None), row
        assert row["bound"] in {None, "=", "<", ">"}, row
        assert (row["country"] is not None) == (row["area"] == "country"), row
        assert row["value"] is None or row["value"] >= 0, row
    units: dict[tuple[str, str], set[str]] = {}
    for row in rows("production"):
        units.setdefault((row["material"], row["stage"]), set()).add(row["unit"])
    assert all(len(found) == 1 for found in units.values())


def test_reliance_has_a_value_or_is_of_a_net_exporter() -> None:
    for row in rows("net_import_reliance"):
        assert row["bound"] in {"=", "<", ">", "net_exporter"}, row
        assert (row["value_pct"] is None) == (row["bound"] == "net_exporter"), row
        assert row["value_pct"] is None or 0 <= row["value_pct"] <= 100, row


def test_countries_are_countries() -> None:
    known = {row["iso2"] for row in read_rows(data_dir() / "geo" / "countries.csv")}
    used = {row["top_country"] for row in rows("concentration")}
    used |= {row["country"] for row in rows("production") if row["country"]}
    used |= {row["importer"] for row in rows("net_import_reliance")}
    used |= {c for row in rows("alternatives") for c in row["countries"] or ()}
    assert used <= known


def test_one_code_a_material_regime_and_category() -> None:
    seen: set[tuple[str, str, str]] = set()
    for row in rows("material_items"):
        for category in row["categories"] or ["*"]:
            key = (row["material"], row["regime"], category)
            assert key not in seen
            seen.add(key)


def test_figures_say_their_day() -> None:
    for name in ("concentration", "production", "net_import_reliance", "material_items"):
        assert not [row for row in rows(name) if row["as_of"] is None], name
    for name in ("part_materials", "materials", "alternatives"):
        bare = [row for row in rows(name) if row["as_of"] is None]
        assert all(is_open(row["source"]) for row in bare), name


def test_the_uncited_share_is_counted() -> None:
    without, total = uncited("supply/part_materials")
    assert total == len(PARTS)
    assert without == sum(row["source"].startswith(("uncited", "verify")) for row in PARTS)


def _facts(shared: Path, name: str) -> list[dict[str, str]]:
    path = shared / "facts" / "supply" / f"{name}.csv"
    if not path.is_file():
        pytest.skip(f"{name}.csv is absent")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_all_facts_of_parts_are_encoded_and_no_others(shared: Path) -> None:
    facts = _facts(shared, "part_material_map")
    assert len(facts) == 115
    wanted = {(f["part_category"], f["role"], f["substitutable"]) for f in facts}
    assert {(r["part"], r["role"], r["substitutable"]) for r in PARTS} == wanted
    open_facts = {(f["part_category"], f["role"]) for f in facts if f["source"] == "GEK"}
    assert {(r["part"], r["role"]) for r in PARTS if is_open(r["source"])} == open_facts


def test_all_alternatives_are_encoded(shared: Path) -> None:
    facts = _facts(shared, "alternatives")
    told = {"graphite (natural)": "graphite", "graphite (synthetic anode)": "graphite"}
    told |= {"rare earths": "rare_earths", "rare earths (heavy)": "rare_earths"}
    told["diamond grit"] = "diamond"
    got = {(row["material"], row["producer"]): row for row in rows("alternatives")}
    assert len(facts) == len(rows("alternatives")) == 44
    for fact in facts:
        row = got[told.get(fact["material"], fact["material"]), fact["producer_or_project"]]
        assert (row["status"] or "") == fact["status"]
        number = f"{row['capacity_t']:g}" if row["capacity_t"] is not None else ""
        assert number + (row["capacity_text"] or "") == fact["capacity_t_per_year"]
        words = {row["start"], row["lead_time"]} - {None}
        assert words == ({fact["start_or_ramp"]} - {"n/a"})


def test_codes_stand_in_the_list_that_was_read(shared: Path) -> None:
    path = shared / "facts" / "cn" / "items.csv"
    if not path.is_file():
        pytest.skip("items.csv is absent")
    with path.open(encoding="utf-8", newline="") as stream:
        read = {
            (r["announcement"].split(" ")[0], r["control_code"]) for r in csv.DictReader(stream)
        }
    for row in rows("material_items"):
        assert (row["source"].removeprefix("mofcom: "), row["code"]) in read
