"""The published structured files: every component, part number and maker of the index is there."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from chipward.read import Bom, read_bom
from chipward.read.saved import dump_mapping, load_mapping

# Components, those not fitted, those with a part number and with a maker. Where the index counts
# components (KiCad), the figures are its own: 98/86, 87/83, 67/48, 103/100; PowerLeg1 is a sheet
# used twice, 84 symbols of which the index missed two.
EXPECTED = {
    "softerhardware__Hermes-Lite2__ibom.html": ("ibom", 94, 0, 0, 0),
    "LibreSolar__mppt-2420-hc__mppt-2420-hc_ibom.html": ("ibom", 172, 31, 0, 0),
    "mntmn__reform__ibom.html": ("ibom", 14, 8, 5, 5),
    "pycubed__hardware__index.html": ("ibom", 42, 24, 0, 0),
    "hildogjr__KiCost__Indium_X2.xml": ("kicad_xml", 67, 17, 48, 48),
    "hildogjr__KiCost__safelink_receiver.xml": ("kicad_xml", 103, 0, 101, 99),
    "antmicro__jetson-nano-baseboard__supply.kicad_sch": ("kicad_sch", 98, 12, 86, 86),
    "antmicro__jetson-nano-baseboard__usb-debug.kicad_sch": ("kicad_sch", 87, 13, 83, 83),
    "owntech-foundation__TWIST__PowerLeg1.kicad_sch": ("kicad_sch", 168, 24, 142, 0),
}
LISTS = {
    "CycloneDX__bom-examples__bom.json": ("cyclonedx", 6, 6),
    "softerhardware__Hermes-Lite2__parts.json": ("json", 111, 0),
}
ENDINGS = {".html", ".kicad_sch", ".xml", ".json", ".sch"}


@pytest.fixture(scope="module")
def read(shared: Path) -> dict[str, Bom]:
    folder = shared / "published" / "boms" / "files"
    return {name: read_bom(folder / name) for name in (*EXPECTED, *LISTS)}


def test_every_published_structured_file_is_here(shared: Path) -> None:
    with (shared / "published" / "boms" / "index.csv").open(encoding="utf-8") as stream:
        names = {Path(row["file"]).name for row in csv.DictReader(stream)}
    assert {name for name in names if Path(name).suffix in ENDINGS} == {*EXPECTED, *LISTS}


@pytest.mark.parametrize("name", EXPECTED)
def test_components(read: dict[str, Bom], name: str) -> None:
    lines = read[name].lines.to_pylist()
    refs = [ref for line in lines for ref in line["refs"]]

    def having(key: str) -> int:
        return sum(len(line["refs"]) for line in lines if line[key])

    unfitted = len(refs) - having("fitted")
    found = (read[name].format, len(refs), unfitted, having("mpn"), having("maker"))
    assert found == EXPECTED[name]
    assert all(line["quantity"] == len(line["refs"]) for line in lines)


@pytest.mark.parametrize("name", LISTS)
def test_lists(read: dict[str, Bom], name: str) -> None:
    lines = read[name].lines
    count = lines.num_rows
    filled = (count - lines["mpn"].null_count, count - lines["maker"].null_count)
    assert (read[name].format, *filled) == LISTS[name]


@pytest.mark.parametrize("name", [*EXPECTED, *LISTS])
def test_a_saved_mapping_reads_the_file_again(
    read: dict[str, Bom], name: str, shared: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "mapping.json"
    saved.write_bytes(dump_mapping(read[name]))
    again = read_bom(shared / "published" / "boms" / "files" / name, load_mapping(saved))
    assert again.lines["mpn"].equals(read[name].lines["mpn"])
    assert again.lines["fitted"].equals(read[name].lines["fitted"])
