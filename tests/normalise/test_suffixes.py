"""Packing suffixes: off for looking a number up, and nothing more."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.normalise import Classes, VendorClass, base_number
from chipward.normalise.known import chip_of_number, vendor_class
from chipward.normalise.makers import find_maker, makers
from chipward.tables import load, rows_of

ROWS = rows_of(load("parts/suffixes"))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["example"])
def test_rule_does_what_it_says(row: dict[str, Any]) -> None:
    assert base_number(row["example"], row["maker_id"]) == row["example_base"]
    assert row["maker_id"] is None or row["maker_id"] in makers()
    assert row["kind"] in {"packing", "finish"}


@pytest.mark.parametrize(
    "mpn, maker",
    [
        ("STM32F405RGT6", "stmicroelectronics"),
        ("TPS2051BD", "texas-instruments"),
        ("AD9361BBCZ", "analog-devices"),
        ("100-000001798", "amd"),
        ("900-2G193-0000-000", "nvidia"),
        ("LTC3561AEDD", "analog-devices"),
    ],
)
def test_package_and_temperature_stay(mpn: str, maker: str) -> None:
    assert base_number(mpn, maker) == mpn


@given(st.text(max_size=30), st.sampled_from([None, *sorted(makers())]))
def test_any_text_gives_a_shorter_or_equal_one(mpn: str, maker: str | None) -> None:
    base = base_number(mpn, maker)
    assert base == base_number(mpn, maker)
    assert len(base) <= len(base_number(mpn, None)) or maker is not None


def test_numbers_of_the_study_stay_different(shared: Path) -> None:
    """A base keeps what tells two devices apart: it is most of the number, and never empty."""
    with (shared / "facts" / "users" / "parts.csv").open(encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r["manufacturer"]]
    shortened = 0
    for row in rows:
        found = find_maker(row["manufacturer"]).makers
        base = base_number(row["mpn"], found[0] if found else None)
        assert len(base) >= 0.5 * len(row["mpn"].replace(" ", "")), row["mpn"]
        shortened += len(base) < len(row["mpn"])
    assert shortened > 150


def test_exact_before_base() -> None:
    rows = [("TPS54331DR", "3A991"), ("TPS54331D", "EAR99")]
    table = Classes(
        VendorClass(maker="texas-instruments", mpn=m, eccn=e, source="x") for m, e in rows
    )
    who = ("texas-instruments",)

    def found(mpn: str) -> str | None:
        one = vendor_class(mpn, who, table)
        return one.eccn if one else None

    assert found("TPS54331DR") == "3A991"
    assert found("TPS54331D") == "EAR99"
    assert found("TPS54331DT") is None  # two packings of it disagree
    assert found("TPS54332DR") is None


def test_another_packing_has_the_class_of_its_maker_only() -> None:
    told = vendor_class("AD9361BBCZ-REEL", ("analog-devices",))
    assert told is not None
    assert told.eccn == "5A991.b.1"
    assert vendor_class("AD9361BBCZ-REEL", ("texas-instruments",)) is None
    assert vendor_class("AD9361BBCZ-REEL") is None
    assert chip_of_number("900-2G193-0000-000-REEL", ("nvidia",)) == "nvidia-l4"
