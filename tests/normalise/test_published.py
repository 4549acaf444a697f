"""Against what was published: open boards and the list of their parts. Skipped where absent."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chipward.normalise import normalise
from chipward.normalise.categories import Clues, classify
from chipward.normalise.makers import find_maker
from chipward.normalise.rescue import is_filler
from chipward.normalise.rules import best_words, implied_maker
from chipward.read import read_bom

DAY = date(2026, 11, 24)
GROUPS = {
    "resistor": "resistor resistor_network",
    "capacitor": "capacitor capacitor_mlcc capacitor_tantalum capacitor_aluminium capacitor_film",
    "connector / socket / switch / mechanical": "connector switch mechanical relay fuse test_point",
    "diode / TVS / LED": "diode tvs led",
    "op-amp / analog / logic / interface IC": "analog_ic logic_ic interface_ic",
    "inductor / ferrite / transformer": "inductor ferrite_bead transformer",
    "transistor / MOSFET / GaN / SiC": "transistor_bjt mosfet_si",
    "power: regulator / converter": "power_ic",
    "crystal / oscillator": "crystal oscillator",
    "memory": "memory_dram memory_nand memory_nor memory_eeprom memory_fram memory_mram",
    "RF / radio": "rf_switch rf_amplifier rf_transceiver balun saw_filter gnss_module wifi_module",
    "MCU / processor / SoC": "microcontroller processor compute_module wifi_module",
    "ADC / DAC / data converter": "adc dac",
    "FPGA / CPLD": "fpga",
    "sensor": "sensor_mems sensor_hall sensor_other",
}


@pytest.fixture(scope="module")
def parts(shared: Path) -> list[dict[str, str]]:
    with (shared / "facts" / "users" / "parts.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def boards(shared: Path) -> list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]:
    """Name, lines as read and lines as normalised of every CSV and XLSX board."""
    folder = shared / "published" / "boms" / "files"
    out: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]] = []
    for path in sorted(folder.iterdir()):
        if path.suffix in {".csv", ".xlsx"}:
            lines = read_bom(path).lines
            out.append((path.name, lines.to_pylist(), normalise(lines, DAY).to_pylist()))
    return out


Boards = list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]


def _pairs(boards: Boards) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for _, before, after in boards:
        yield from zip(before, after, strict=True)


def test_makers_of_open_boards_are_recognised(boards: Boards, record_property: Any) -> None:
    """A cell that says `any`, or holds a description by mistake, names no maker."""
    known = unknown = 0
    for before, after in _pairs(boards):
        named = before["maker"] and not is_filler(before["maker"])
        if after["maker_id"] and after["maker_from"] == "column":
            known += 1
        elif named and best_words(before["maker"]) is None:
            unknown += 1
    record_property("makers_recognised", known / (known + unknown))
    assert known > 1000
    assert known / (known + unknown) >= 0.95


def test_nearly_every_line_of_open_boards_has_a_category(boards: Boards) -> None:
    after = [line for _, _, lines in boards for line in lines]
    assert sum(line["category"] is not None for line in after) / len(after) >= 0.95


def test_part_numbers_out_of_other_columns(boards: Boards) -> None:
    """What is found is of a family or has a category; values and packages would not."""
    found = [a for _, a in _pairs(boards) if a["mpn_from"] in {"value", "description"}]
    assert len(found) >= 100
    plain = [a["mpn"] for a in found if a["category"] is None]
    assert len(plain) / len(found) <= 0.05, plain


def test_texts_of_open_boards_stay(boards: Boards) -> None:
    for before, after in _pairs(boards):
        same = {name: after[name] for name in before if name != "mpn"}
        assert same == {name: value for name, value in before.items() if name != "mpn"}
        assert before["mpn"] in {None, after["mpn"], after["distributor_code"]}


def test_agreement_with_the_study(parts: list[dict[str, str]], record_property: Any) -> None:
    """The study guessed by prefix, word and letter; where both speak they agree on 92 % or more."""
    agree = total = 0
    for row in parts:
        group = GROUPS.get(row["category_guess"])
        if group is None:
            continue
        makers = find_maker(row["manufacturer"]).makers if row["manufacturer"] else ()
        clues = Clues(
            mpn=row["mpn"],
            description=row["description"],
            value=row["value"],
            footprint=row["footprint"],
            prefix=row["ref_prefix"],
        )
        total += 1
        agree += (classify(clues, makers).category or "") in group.split()
    record_property("agreement", agree / total)
    print(f"agreement with the study: {agree} of {total}")  # noqa: T201  asked for by hand with -s
    assert total > 2000
    assert agree / total >= 0.92


def test_a_family_tells_the_maker(parts: list[dict[str, str]]) -> None:
    """Of the parts with a known maker, those whose family names one: it is nearly always theirs.

    The few others are wrong makers in the boards themselves (ERJ resistors as Yageo).
    """
    right = wrong = 0
    for row in parts:
        makers = find_maker(row["manufacturer_as_written"] or "").makers
        told = implied_maker(row["mpn"])
        if makers and told:
            right += told in makers
            wrong += told not in makers
    assert right > 1000
    assert right / (right + wrong) >= 0.98


def test_canonical_makers_of_the_study(parts: list[dict[str, str]]) -> None:
    written = [row for row in parts if row["manufacturer"]]
    missed = [
        r["manufacturer_as_written"] for r in written if not find_maker(r["manufacturer"]).makers
    ]
    assert missed == []


def test_part_numbers_are_found_again(parts: list[dict[str, str]]) -> None:
    """Hide the part number of an IC whose description repeats it: it comes back."""
    from chipward.normalise.rescue import rescue  # noqa: PLC0415

    hidden = [
        row
        for row in parts
        if row["ref_prefix"] in {"U", "Q", "IC"}
        and " " not in row["mpn"]
        and len(row["mpn"]) >= 5
        and row["mpn"] in f"{row['value']} {row['description']}".replace(",", " ").split()
    ]
    found = [rescue(row["value"], row["description"], row["ref_prefix"]) for row in hidden]
    right = sum(f is not None and f.mpn == row["mpn"] for f, row in zip(found, hidden, strict=True))
    other = sum(f is not None and f.mpn != row["mpn"] for f, row in zip(found, hidden, strict=True))
    assert len(hidden) > 100
    assert right / len(hidden) >= 0.9
    assert right / (right + other) >= 0.95
