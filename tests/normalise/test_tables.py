"""The tables of parts and countries: codes that exist, unique names, sources that are said."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from chipward.tables import load, rows_of

COUNTRIES = {row["iso2"] for row in rows_of(load("geo/countries"))}
MAKERS = rows_of(load("parts/makers"))
CATEGORIES = rows_of(load("parts/categories"))
TABLES = (
    "geo/countries",
    "geo/country_names",
    "parts/makers",
    "parts/categories",
    "parts/category_rules",
    "parts/not_part_numbers",
    "parts/vendor_eccn",
    "parts/chip_marks",
    "parts/second_sources",
    "parts/suffixes",
    "parts/distributors",
    "parts/import_headers",
)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_source(name: str) -> None:
    assert all(load(name)["source"].to_pylist())


def test_countries_are_codes_with_two_names() -> None:
    rows = rows_of(load("geo/countries"))
    assert all(re.fullmatch("[A-Z]{2}", row["iso2"]) for row in rows)
    assert len(COUNTRIES) == len(rows) >= 249
    for column in ("name_en", "name_zh"):
        names = [row[column] for row in rows]
        assert len(set(names)) == len(names)


def test_country_names_are_unique_and_hold_the_short_names() -> None:
    rows = rows_of(load("geo/country_names"))
    names = {row["name"]: row["iso2"] for row in rows}
    assert len(names) == len(rows)
    assert set(names.values()) == COUNTRIES
    for row in rows_of(load("geo/countries")):
        assert names[row["name_en"]] == names[row["name_zh"]] == row["iso2"]


@pytest.mark.parametrize(
    "name, code",
    [
        ("Korea, Republic of", "KR"),
        ("Congo (Kinshasa)", "CD"),
        ("Burma", "MM"),
        ("China", "CN"),
        ("Taiwan", "TW"),
        ("Turkey", "TR"),
        ("Namibia", "NA"),
        ("Norway", "NO"),
    ],
)
def test_country_name(name: str, code: str) -> None:
    names = {row["name"]: row["iso2"] for row in rows_of(load("geo/country_names"))}
    assert names[name] == code


def test_countries_of_the_chart_are_all_there(shared: Path) -> None:
    names = {row["name"]: row["iso2"] for row in rows_of(load("geo/country_names"))}
    chart = shared / "facts" / "us" / "country_chart.csv"
    with chart.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert names[row["country"]] == row["iso2"]


def test_makers_stand_once_and_in_known_countries() -> None:
    ids = [row["maker_id"] for row in MAKERS]
    assert len(set(ids)) == len(ids)
    for row in MAKERS:
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["maker_id"])
        codes = [row["country"], row["owner_country"], *(row["fab_countries"] or ())]
        codes += row["assembly_countries"] or ()
        assert {code for code in codes if code} <= COUNTRIES, row
        assert row["owner"] or not row["owner_from"]
        assert not row["house_brand"] or not row["fab_countries"]


def test_makers_of_the_study_kept_their_doubt(shared: Path) -> None:
    """What the study had not looked up is marked so here, and nothing was lost."""
    study = shared / "facts" / "users" / "manufacturers.csv"
    with study.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    named = {alias: row for row in MAKERS for alias in row["aliases"] or ()}
    named |= {row["name"]: row for row in MAKERS}
    for row in rows:
        ours = named[row["canonical"]]
        assert ours["country"] == row["hq_country"]
        if row["confidence"] == "unverified":
            assert ours["source"].startswith("verify"), row["canonical"]


def test_categories_have_known_parents() -> None:
    ids = [row["category"] for row in CATEGORIES]
    assert len(set(ids)) == len(ids) == 90
    for row in CATEGORIES:
        assert row["parent"] is None or row["parent"] in ids
        assert row["title_en"]
        assert row["title_zh"]
    assert {row["category"] for row in CATEGORIES if row["passive"]} > {
        "resistor",
        "capacitor_mlcc",
    }
