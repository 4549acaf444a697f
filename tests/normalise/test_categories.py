"""What kind of part a line is: the rules by their own examples, and lines as people write them."""

from __future__ import annotations

import re

import pytest

from chipward.errors import DataError
from chipward.normalise.categories import Clues, classify
from chipward.normalise.rules import Rule, anchored, rules
from chipward.tables import load, rows_of

CLUE = {
    "mpn": "mpn",
    "any": "description",
    "description": "description",
    "value": "value",
    "footprint": "footprint",
    "reference": "prefix",
}
ROWS = rows_of(load("parts/category_rules"))
CATEGORIES = {row["category"] for row in rows_of(load("parts/categories"))}


def test_every_rule_decides_its_example() -> None:
    wrong: list[str] = []
    for number, row in enumerate(ROWS, start=2):
        if row["example"] is None:
            continue
        named = (row["maker_id"],) if row["maker_use"] == "requires" else ()
        kind = classify(Clues(**{CLUE[row["field"]]: row["example"]}), named)
        if kind.category != row["category"]:
            wrong.append(f"{number}: {row['example']} is {kind.category}, not {row['category']}")
    assert not wrong


def test_most_rules_have_an_example() -> None:
    assert sum(row["example"] is not None for row in ROWS) > 0.8 * len(ROWS)


def test_rules_name_known_things() -> None:
    makers = {row["maker_id"] for row in rows_of(load("parts/makers"))}
    for row in ROWS:
        assert row["category"] in CATEGORIES, row
        assert row["maker_id"] is None or row["maker_id"] in makers, row
        assert row["confidence"] in {"high", "medium", "low"}
        assert row["field"] in CLUE
        assert (row["maker_use"] in {"implies", "requires"}) == (row["maker_id"] is not None)


def test_patterns_are_in_the_case_of_their_field() -> None:
    for row in ROWS:
        literal = re.sub(r"\\.", "", row["pattern"])
        if row["field"] in {"mpn", "reference"}:
            assert literal == literal.upper(), row["pattern"]
        else:
            assert literal == literal.casefold(), row["pattern"]


def test_order_is_priority_then_file() -> None:
    priorities = [rule.priority for rule in rules()]
    assert priorities == sorted(priorities)


def _rule(pattern: str) -> Rule:
    return Rule(
        order=0,
        priority=1,
        field="mpn",
        maker=None,
        implies=True,
        pattern=pattern,
        category="other",
        confidence="low",
    )


@pytest.mark.parametrize(
    "pattern, key", [("(", "normalise.bad_pattern"), ("(A)", "normalise.pattern_group")]
)
def test_a_bad_pattern_is_named(pattern: str, key: str) -> None:
    with pytest.raises(DataError) as caught:
        anchored([_rule("B"), _rule(pattern)])
    assert caught.value.key == key
    assert caught.value.where.column == pattern


LINES = [
    # technology words beat everything else
    ("GaAs pHEMT MMIC switch, DC-8 GHz", "rf_amplifier_gaas"),
    ("Power amplifier, GaAs HBT, 5 GHz", "rf_amplifier_gaas"),
    ("650V GaN HEMT power transistor", "gan_power"),
    ("GaN on SiC HEMT 10 W DC-6 GHz", "rf_gan"),
    ("GaN half bridge gate driver", "power_ic"),
    ("SiC Schottky diode 1200 V", "diode_sic"),
    ("MOSFET SiC N-ch 1200 V", "mosfet_sic"),
    ("SiGe LNA 2.4 GHz", "rf_sige"),
    ("77 GHz radar transceiver SiGe BiCMOS", "radar_sige"),
    ("InGaAs PIN photodiode 1550 nm", "photodetector_ingaas"),
    ("AlGaAs/InGaAs pHEMT 2 W", "rf_amplifier_gaas"),
    ("DFB laser 1310 nm TO-56", "laser_inp"),
    ("InSb focal plane array, MWIR", "ir_detector_insb"),
    ("MCT detector LWIR", "ir_detector_hgcdte"),
    ("Ge window AR coated 25 mm", "ir_optics_germanium"),
    ("Lens, germanium, 35 mm", "ir_optics_germanium"),
    ("Germanium diode", "diode"),
    ("CAP TANT 100UF 10% 6.3V 1210", "capacitor_tantalum"),
    ("CAP CER 0.1UF 16V X7R 0402", "capacitor_mlcc"),
    ("Niobium oxide cap 47uF", "capacitor_niobium"),
    ("SAW filter 868 MHz", "saw_filter"),
    ("FBAR duplexer band 1", "baw_filter"),
    ("FPGA with 8 GB HBM2", "fpga_hbm"),
    ("FPGA JTAG connector", "connector"),
    ("LED holder 5 mm", "mechanical"),
    ("LED green 0603", "led"),
    ("MEMS oscillator 25 MHz", "oscillator"),
    ("Coin cell holder CR2032", "mechanical"),
    ("SFP cage 1x1", "connector"),
    ("SFP optical transceiver 1 G", "optical_module"),
    ("micro SD card socket", "connector"),
    ("Single Ge crystal", "crystal"),
    # Chinese and German as on real lists
    ("贴片电容 100nF 16V X7R", "capacitor_mlcc"),
    ("锗窗口 25mm", "ir_optics_germanium"),
    ("砷化镓射频开关", "rf_amplifier_gaas"),
    ("钽电容 10uF 16V A型", "capacitor_tantalum"),
    ("贴片电阻 10K 1% 0603", "resistor"),
    ("4G全网通模组", "cellular_module"),
    ("声表面波滤波器 1575MHz", "saw_filter"),
    ("碳化硅肖特基", "diode_sic"),
    ("Schichtwiderstand 10k", "resistor"),
    ("Keramikkondensator 100 nF", "capacitor_mlcc"),
    ("Elektrolytkondensator 470 µF", "capacitor_aluminium"),
    ("Leuchtdiode rot", "led"),
    ("Spannungsregler 3,3 V", "power_ic"),
    ("Schraube M3x6", "mechanical"),
]


@pytest.mark.parametrize("description, category", LINES)
def test_description(description: str, category: str) -> None:
    assert classify(Clues(description=description)).category == category


FAMILIES = [
    ("2N7002", ("nexperia",), "mosfet_si", "high"),
    ("2N7002", (), "mosfet_si", "high"),
    ("GRM155R71C104KA88D", ("yageo",), "capacitor_mlcc", "medium"),
    ("LTC4121EUD", ("yageo",), "power_ic", "low"),
    ("TPSB107K010R0400", (), "capacitor_tantalum", "high"),
    ("TPS65217CRSLR", (), "power_ic", "high"),
    ("XCVU37P-2FSVH2892E", (), "fpga_hbm", "high"),
    ("XCVU9P-2FLGA2104E", (), "fpga", "high"),
    ("MT29F4G08ABADAWP", (), "memory_nand", "high"),
    ("HMC5983-TR", ("honeywell",), "sensor_mems", "high"),
]


@pytest.mark.parametrize("mpn, makers, category, confidence", FAMILIES)
def test_family(mpn: str, makers: tuple[str, ...], category: str, confidence: str) -> None:
    kind = classify(Clues(mpn=mpn), makers)
    assert (kind.category, kind.confidence) == (category, confidence)


def test_reference_is_the_last_resort() -> None:
    kind = classify(Clues(prefix="R", value="something"))
    assert (kind.category, kind.told_by, kind.confidence) == ("resistor", "reference", "medium")
    assert classify(Clues(prefix="U")).category is None


def test_the_letters_beat_a_bare_figure() -> None:
    assert classify(Clues(prefix="L", value="10u")).category == "inductor"
    assert classify(Clues(prefix="Y", value="24M")).category == "crystal"
    assert classify(Clues(value="4k7")).category == "resistor"
