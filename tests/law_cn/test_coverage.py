"""What is said of coverage is whole, in both languages, and names only what exists."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from chipward.catalogue import text
from chipward.law.load import load_laws, read_yaml
from chipward.resources import data_dir
from chipward.tables import load, rows_of

KEYS = {"lens", "regime", "status", "area", "area_zh", "what_en", "what_zh"}
STATUSES = {"modelled", "partial", "not_modelled"}
ROOMS = {"control", "party", "supply", "trust", "parts", "reading", "program"}
JUDGING = re.compile(r"\b(?:cleared|compliant|safe|approved|ok|okay|released)\b", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def areas() -> list[dict[str, str]]:
    found: Any = read_yaml(data_dir() / "coverage.yaml")
    return [dict(area) for area in found]


@pytest.mark.parametrize("area", areas(), ids=lambda area: f"{area['regime']}-{area['area']}")
def test_area_is_whole(area: dict[str, str]) -> None:
    assert set(area) == KEYS
    assert area["status"] in STATUSES
    assert area["lens"] in ROOMS
    assert CHINESE.search(area["what_zh"])
    assert CHINESE.search(area["area_zh"])
    assert not JUDGING.search(area["what_en"])
    assert area["what_en"].endswith(".")


def test_areas_stand_once() -> None:
    names = [(area["lens"], area["regime"], area["area"]) for area in areas()]
    assert len(names) == len(set(names))


def test_every_regime_with_law_says_what_is_missing() -> None:
    regimes = {one.regime for one in load_laws().provisions}
    for regime in sorted(regimes):
        statuses = {area["status"] for area in areas() if area["regime"] == regime}
        assert statuses == STATUSES, regime
    for area in areas():
        if area["status"] == "modelled" and area["lens"] == "control":
            assert area["regime"] in regimes, area["area"]


def test_categories_exist_and_have_a_sentence() -> None:
    known = {row["category"] for row in rows_of(load("parts/categories"))}
    for row in rows_of(load("coverage_categories")):
        assert row["category"] in known, row
        for lang in ("en", "zh"):
            assert row["what"] in text(row["note"], lang, what=row["what"])


def test_detectors_name_the_categories_that_are_not_modelled() -> None:
    said = {row["category"]: row["what"] for row in rows_of(load("coverage_categories"))}
    for word in ("XI", "XII", "XV", "6A002"):
        assert word in said["photodetector_ingaas"]
