"""Spellings of makers: exact, in pieces, near; shared names; owners by day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.normalise.makers import find_maker, makers
from chipward.tables import load, rows_of

SPELLINGS = [
    ("Texas Instruments", "texas-instruments", "high"),
    ("TEXAS INSTRUMENTS INC.", "texas-instruments", "high"),
    ("TI", "texas-instruments", "high"),
    ("德州仪器", "texas-instruments", "high"),
    ("MURATA(村田)", "murata", "high"),
    ("MICROCHIP(美国微芯)", "microchip-technology", "high"),
    ("Infineon / IR", "infineon-technologies", "high"),
    ("Analog Devices / Linear Technology", "analog-devices", "high"),
    ("Maxim Integrated Products, Inc.", "analog-devices", "high"),
    ("Linear Technology", "analog-devices", "high"),
    ("Xilinx Inc", "amd", "high"),
    ("Freescale Semiconductor, Inc.", "nxp-semiconductors", "high"),
    ("Würth Elektronik GmbH & Co. KG", "wurth-elektronik", "high"),
    ("wuerth elektronik", "wurth-elektronik", "high"),
    ("M/A-COM", "macom", "high"),
    ("Samsung Electro-Mechanics America, Inc.", "samsung-electro-mechanics", "high"),
    ("移远通信", "quectel", "high"),
    ("安世半导体", "nexperia", "high"),
    ("www.issi.com", "issi", "high"),
    ("Bosch Sensortec GmbH", "bosch-sensortec", "high"),
    ("TDK,Yageo", "tdk", "medium"),
    ("Honeywell Sensing and Productivity Solutions", "honeywell", "medium"),
    ("Littelfuse Commercial Vehicle Products", "littelfuse", "medium"),
    ("Panasonic Electronics", "panasonic", "medium"),
    ("Panasoinc", "panasonic", "low"),
    ("Skywroks Solutions", "skyworks-solutions", "low"),
    ("Kyosera AVX", "kyocera-avx", "low"),
]


@pytest.mark.parametrize("spelling, maker, confidence", SPELLINGS)
def test_spelling(spelling: str, maker: str, confidence: str) -> None:
    found = find_maker(spelling)
    assert (found.makers[:1], found.confidence) == ((maker,), confidence)


@pytest.mark.parametrize(
    "spelling", ["", "-", "Acme", "ABC", "TX", "Tl", "STN", "Muratta Motors of Somewhere", "10k 1%"]
)
def test_not_a_maker(spelling: str) -> None:
    assert find_maker(spelling).makers == ()


def test_short_names_are_never_near_misses() -> None:
    short = {a for m in makers().values() for a in (m.name,) if len(a) <= 3}
    assert short
    for name in sorted(short):
        swapped = name[1:] + name[:1]
        found = find_maker(swapped)
        assert not found.makers or found.confidence != "low", swapped


def test_every_name_and_alias_finds_its_maker() -> None:
    for row in rows_of(load("parts/makers")):
        for alias in (row["name"], *(row["aliases"] or ())):
            assert row["maker_id"] in find_maker(alias).makers, alias


@given(st.text(max_size=40))
def test_any_text_is_read(spelling: str) -> None:
    found = find_maker(spelling)
    assert bool(found.makers) == bool(found.confidence)
    assert all(maker in makers() for maker in found.makers)


@given(st.sampled_from(sorted(m.name for m in makers().values())), st.data())
def test_case_and_punctuation_do_not_matter(name: str, data: st.DataObject) -> None:
    gap = data.draw(st.sampled_from([" ", "  ", "\u3000"]))
    marks = data.draw(st.sampled_from(["", ".", ",", " Inc.", " LTD"]))
    assert find_maker(name).makers[0] in find_maker(name.upper().replace(" ", gap) + marks).makers


OWNERS = [
    ("kemet", date(2020, 12, 30), (None, None)),
    ("kemet", date(2020, 12, 31), ("Yageo", "TW")),
    ("kemet", date(2026, 11, 24), ("Yageo", "TW")),
    ("nexperia", date(2026, 11, 24), ("Wingtech Technology", "CN")),
    ("texas-instruments", date(2026, 11, 24), (None, None)),
]


@pytest.mark.parametrize("maker, day, owner", OWNERS)
def test_owner_of_the_day(maker: str, day: date, owner: tuple[str | None, str | None]) -> None:
    assert makers()[maker].owner_on(day) == owner
