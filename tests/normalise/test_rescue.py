"""Part numbers out of values and descriptions, and the words that are none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.normalise.rescue import could_be_part, is_filler, rescue
from chipward.normalise.spelling import part_key
from chipward.tables import load, rows_of

FOUND = [
    ("STM32F405RGT6", "", "U", "STM32F405RGT6", "value"),
    ("100nF", "MCU STM32F405RGT6 LQFP64", "U", "STM32F405RGT6", "description"),
    ("10k", "RES 10K 1% 0402 RC0402FR-0710KL", "R", "RC0402FR-0710KL", "description"),
    (
        "2.2uF",
        "CAP CER 2.2UF 16V X5R 0603; GRM188R61C225KE15D",
        "C",
        "GRM188R61C225KE15D",
        "description",
    ),
    ("LM78M05_TO252", "", "U", "LM78M05", "value"),
    ("74HC14PW,118", "", "U", "74HC14PW,118", "value"),
    ("USBLC6-2SC6", "", "U", "USBLC6-2SC6", "value"),
    ("", "主控芯片 GD32F303CCT6 48脚", "U", "GD32F303CCT6", "description"),
    ("Hirose FH12-26S-0.5SH(55)", "", "J", "FH12-26S-0.5SH(55)", "value"),
    ("2N7002", "", "Q", "2N7002", "value"),
    ("nRF52840-QIAA", "", "U", "nRF52840-QIAA", "value"),
]
NOT_FOUND = [
    ("100nF/16V", "", "C"),
    ("4k7", "", "R"),
    ("0402", "", "R"),
    ("25V", "", "C"),
    ("USB2.0", "USB2.0 connector", "J"),
    ("Conn_01x04", "", "J"),
    ("SOT-23-5", "", "U"),
    ("Screw_Terminal_01x02", "", "J"),
    ("DDR4", "", "U"),
    ("Cortex-M4", "ARM Cortex-M4 32-bit", "U"),
    ("LED_GREEN", "LED green 0603", "D"),
    ("TestPoint", "", "TP"),
    ("32.768kHz", "", "Y"),
    ("600R@100MHz", "", "FB"),
    ("M3x6", "Screw M3x6 DIN912", "H"),
    ("IEEE802.11", "", "U"),
    ("CR1220", "", "BT"),
    ("Germanium lens, 19 mm f/1.1", "", "LENS"),
    ("10uF", "CAP ABC12345 unknown family", "C"),
    ("RJ45", "", "J"),
]


@pytest.mark.parametrize("value, description, prefix, mpn, told_by", FOUND)
def test_found(value: str, description: str, prefix: str, mpn: str, told_by: str) -> None:
    found = rescue(value, description, prefix)
    assert found is not None
    assert (found.mpn, found.told_by) == (mpn, told_by)


@pytest.mark.parametrize("value, description, prefix", NOT_FOUND)
def test_not_found(value: str, description: str, prefix: str) -> None:
    assert rescue(value, description, prefix) is None


def test_every_shape_matches_its_example() -> None:
    for row in rows_of(load("parts/not_part_numbers")):
        assert re.fullmatch(row["pattern"], part_key(row["example"])), row
        if row["kind"] == "filler":
            assert is_filler(row["example"])
        else:
            assert not could_be_part(row["example"])


@pytest.mark.parametrize("text", ["n/a", "N/A", "-", "TBD", "generic", "无", "???", "any"])
def test_filler(text: str) -> None:
    assert is_filler(text)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["U", "R", "C", "J", ""]))
def test_what_is_found_stands_in_the_text(value: str, description: str, prefix: str) -> None:
    found = rescue(value, description, prefix)
    if found is not None:
        assert found.mpn in (value if found.told_by == "value" else description)
        assert any(c.isdigit() for c in found.mpn)
        assert any(c.isalpha() for c in found.mpn)
