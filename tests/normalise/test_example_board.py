"""The board that ships: what its lines are, and that no part number of it was made up."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chipward.normalise import normalise
from chipward.profile import read_profile
from chipward.read import read_bom
from chipward.resources import examples_dir

FOLDER = examples_dir() / "thermal-sdr"
KINDS = {
    "A1": ("accelerator_module", "identified"),
    "A2": ("accelerator_module", "identified"),
    "U1": ("rf_transceiver", "identified"),
    "U3": ("dac", "identified"),
    "U4": ("fpga", "identified"),
    "U9": ("memory_nor", "identified"),
    "U13": ("cellular_module", "identified"),
    "U15": ("microbolometer", "identified"),
    "LENS1": ("ir_optics_germanium", "not_identified"),
    "PD1": ("photodetector_ingaas", "identified"),
    "U16": ("rf_amplifier_gaas", "identified"),
    "Q1": ("rf_gan", "identified"),
    "U18": ("radar_sige", "identified"),
    "FL1": ("saw_filter", "identified"),
    "U28": ("interface_ic", "part_number_only"),
    "U31": ("logic_ic", "part_number_only"),
    "C65": ("capacitor_tantalum", "identified"),
    "C71": ("capacitor_aluminium", "identified"),
    "PCB1": ("pcb", "not_identified"),
}
Lines = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def lines() -> Lines:
    board = read_bom(FOLDER / "bom.csv")
    assert board.warnings == ()
    parts = normalise(board.lines, date(2026, 11, 24)).to_pylist()
    return {part["refs"][0]: part for part in parts}


def test_kinds(lines: Lines) -> None:
    found = {ref: (lines[ref]["category"], lines[ref]["identity"]) for ref in KINDS}
    assert found == KINDS


def test_every_line_has_a_category(lines: Lines) -> None:
    assert [ref for ref, line in lines.items() if line["category"] is None] == []


def test_what_the_board_is_for(lines: Lines) -> None:
    assert len(lines) == 69
    assert sum(not line["fitted"] for line in lines.values()) == 3
    assert {lines[ref]["vendor_eccn"] for ref in ("A1", "A2")} == {"4A090.a"}
    assert lines["A1"]["chip"] == "nvidia-l4"
    assert lines["U31"]["mpn_from"] == "value"
    assert [r for r, line in lines.items() if line["house_brand"]] == ["C71", "R47"]
    foreign = [r for r in ("U9", "Q2", "D1", "D5") if lines[r]["owner_country"] == "CN"]
    assert foreign == ["U9", "Q2", "D1", "D5"]


def test_part_numbers_were_seen_somewhere(lines: Lines, shared: Path) -> None:
    """In the study's parts, the published classes or the last table of the README."""
    seen: set[str] = set()
    for path, column in (
        (shared / "facts" / "users" / "parts.csv", "mpn"),
        (shared / "golden" / "us_part_eccn.csv", "part_number"),
    ):
        with path.open(encoding="utf-8", newline="") as stream:
            seen |= {row[column] for row in csv.DictReader(stream)}
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    listed = readme[readme.index("found by a text search") :]
    numbers = {line["mpn"] for line in lines.values()} - {None}
    unseen = sorted(n for n in numbers if n not in seen and n not in listed)
    assert unseen == []


def test_readme_names_lines_that_exist(lines: Lines) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"{len(lines)} lines" in readme
    for ref in KINDS.keys() & {"A1", "A2", "U3", "U16", "Q1", "U18", "PD1", "U15", "C65", "U13"}:
        assert lines[ref]["mpn"] in readme


@pytest.mark.parametrize(
    "name, home, places", [("us", "US", ("DE", "JP", "AE")), ("cn", "CN", ("BR", "TH"))]
)
def test_profiles(name: str, home: str, places: tuple[str, ...]) -> None:
    profile = read_profile(FOLDER / f"profile-{name}.yaml")
    assert (profile.country, profile.buyer_type) == (home, "private")
    assert tuple(place.country for place in profile.destinations) == places
    assert {place.listed_as for place in profile.destinations} == {"none"}
    assert {profile.end_use, *(place.end_use for place in profile.destinations)} == {"civil"}
