"""Classes that makers published, and the chips behind part numbers and names."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from chipward.normalise.known import chip_of_name, chip_of_number, vendor_class
from chipward.normalise.makers import makers
from chipward.tables import load, rows_of


def test_class_of_the_maker() -> None:
    found = vendor_class("900-2G193-0000-000", ("nvidia",))
    assert found is not None
    assert (found.eccn, found.source) == ("4A090.a", "nvidia_eccn_2026_04_27")
    assert vendor_class("AD9361BBCZ") == vendor_class("ad9361bbcz", ("analog-devices",))


def test_no_class_of_another_maker_or_part() -> None:
    assert vendor_class("900-2G193-0000-000", ("amd",)) is None
    assert vendor_class("AD9361BBCZ-REEL") is None
    assert vendor_class("") is None


def test_chip_of_number() -> None:
    assert chip_of_number("900-2G193-0000-000", ("nvidia",)) == "nvidia-l4"
    assert chip_of_number("900-2G193-0010-001", ()) == "nvidia-l4"
    assert chip_of_number("RC0402FR-0710KL", ()) is None


@pytest.mark.parametrize(
    "text, named, chip",
    [
        ("NVIDIA L4 24GB, PCIe accelerator card", ("nvidia",), "nvidia-l4"),
        ("H100 NVL", ("nvidia",), "nvidia-h100-nvl"),
        ("Instinct MI210", ("amd",), "amd-instinct-mi210"),
        ("L4 inductor", ("murata",), None),
        ("L4", (), None),
    ],
)
def test_chip_of_name(text: str, named: tuple[str, ...], chip: str | None) -> None:
    assert chip_of_name(text, named) == chip


def test_marks_name_chips_and_match_their_examples() -> None:
    chips = {row["chip"] for row in rows_of(load("chips/chips"))}
    for row in rows_of(load("parts/chip_marks")):
        assert row["chip"] in chips, row
        assert row["maker_id"] in makers()
        assert re.match(row["pattern"], row["example"])
        assert chip_of_number(row["example"], (row["maker_id"],)) == row["chip"]


def test_published_classes_agree_with_their_source(shared: Path) -> None:
    with (shared / "golden" / "us_part_eccn.csv").open(encoding="utf-8", newline="") as stream:
        golden = {row["part_number"]: row for row in csv.DictReader(stream)}
    rows = rows_of(load("parts/vendor_eccn"))
    assert 30 <= len(rows) <= 60
    for row in rows:
        seen = golden[row["mpn"]]
        assert (row["eccn"], row["as_of"].isoformat()) == (seen["eccn"], seen["as_of_date"])
        assert (row["hts"] or "") == seen["hts"]
        assert row["tpp"] == (
            float(seen["vendor_tpp_per_gpu"]) if seen["vendor_tpp_per_gpu"] else None
        )
