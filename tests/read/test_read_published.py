"""The published boards: right header, right rows, right columns, and never a wrong part number."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from chipward.errors import BomError
from chipward.read import Bom, read_bom

# What each CSV and XLSX of the published boards was checked to hold, by hand. `why` explains a
# number of lines that is not the number of rows of the published index.
with (Path(__file__).parent / "published.csv").open(encoding="utf-8") as stream:
    EXPECTED = {row["file"]: row for row in csv.DictReader(stream)}
SUFFIXES = {".csv", ".tsv", ".xlsx", ".html", ".kicad_sch", ".xml", ".json"}
MEANINGS = ("reference", "quantity", "mpn", "maker", "description", "value")


@pytest.fixture(scope="module")
def boards(shared: Path) -> Path:
    return shared / "published" / "boms"


@pytest.fixture(scope="module")
def index(boards: Path) -> dict[str, dict[str, str]]:
    with (boards / "index.csv").open(encoding="utf-8") as stream:
        return {Path(row["file"]).name: row for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def read(boards: Path) -> dict[str, Bom]:
    return {name: read_bom(boards / "files" / name) for name in EXPECTED}


def columns(bom: Bom, *meanings: str) -> str:
    return "|".join(c.column for c in bom.columns if c.meaning in meanings)


def test_every_published_csv_and_xlsx_is_listed(index: dict[str, dict[str, str]]) -> None:
    names = {name for name in index if Path(name).suffix in SUFFIXES}
    assert names == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_header_row_and_lines(
    read: dict[str, Bom], index: dict[str, dict[str, str]], name: str
) -> None:
    bom, row = read[name], EXPECTED[name]
    assert bom.header_row == int(index[name]["header_row"])
    assert bom.lines.num_rows == int(row["lines"])
    differs = bom.lines.num_rows != int(index[name]["rows"])
    assert differs == bool(row["why"]), "explain the difference in published.csv"


@pytest.mark.parametrize("name", EXPECTED)
def test_columns(read: dict[str, Bom], name: str) -> None:
    bom, row = read[name], EXPECTED[name]
    for meaning in MEANINGS:
        assert columns(bom, meaning) == row[meaning], meaning
    assert columns(bom, "dnp", "fitted") == row["fitting"]
    counts = Counter(c.meaning for c in bom.columns)
    assert counts["supplier_code"] == int(row["supplier_codes"])
    assert counts["alternate_mpn"] == int(row["alternates"])


@pytest.mark.parametrize("name", EXPECTED)
def test_no_part_number_is_lost(
    read: dict[str, Bom], index: dict[str, dict[str, str]], name: str
) -> None:
    """At least as many part numbers as the published index counted, alternates included."""
    lines = read[name].lines
    filled = (
        lines.num_rows - lines["mpn"].null_count + sum(map(len, lines["alternates"].to_pylist()))
    )
    if not EXPECTED[name]["why"] and EXPECTED[name]["mpn"] != "Mfg #":
        assert filled >= int(index[name]["rows_with_mpn"])


def test_a_source_with_a_distributor_code_is_not_read_as_part_number(read: dict[str, Bom]) -> None:
    lines = read["oresat__oresat-gps-hardware__partsList.xlsx"].lines.to_pylist()
    assert {line["mpn"] for line in lines} == {
        None, "2769", "FT2232H", "0805L050WR", "BK0603HS330-T", "XC6SLX9-2TQG144I",
    }  # fmt: skip
    assert sum("-ND" in (line["supplier_code"] or "") for line in lines) > 30


def test_quantities_agree_with_references_nearly_everywhere(read: dict[str, Bom]) -> None:
    lines = [line for bom in read.values() for line in bom.lines.to_pylist() if line["refs"]]
    odd = [line for line in lines if line["quantity"] != len(line["refs"])]
    assert len(lines) > 1500
    assert len(odd) <= 20


def test_lines_that_are_not_fitted(read: dict[str, Bom]) -> None:
    names = {
        "GlasgowEmbedded__glasgow__bom.csv": ["J10", "J6", "R40", "R50"],
        "oresat__oresat-gps-hardware__gps_usb_v3_bom.csv": ["R20", "U8"],
        "newaetech__chipwhisperer__bom-openadc-nov28.xlsx": ["C30", "JP1", "R1", "R22"],
        "Wren6991__RISCBoy__bom.xlsx": ["R16"],
    }
    for name, first in names.items():
        lines = read[name].lines.to_pylist()
        assert [line["refs"][0] for line in lines if not line["fitted"]] == first


def test_a_list_without_header_is_read_by_number(boards: Path) -> None:
    path = boards / "files" / "GlasgowEmbedded__glasgow__mouser_bom.txt"
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == "read.no_header"
    bom = read_bom(path, {"mpn": "#1", "quantity": "#2", "reference": "#3"})
    assert bom.lines.num_rows == 34
    assert not bom.warnings


def test_other_spreadsheets_come_along(boards: Path, index: dict[str, dict[str, str]]) -> None:
    """XLS and ODS are not promised yet; those published are read all the same."""
    names = [name for name in index if Path(name).suffix in {".xls", ".ods"}]
    boms = {name: read_bom(boards / "files" / name) for name in names}
    assert sum(bom.header_row == int(index[n]["header_row"]) for n, bom in boms.items()) == len(
        names
    )
    short = {
        n: bom.lines.num_rows
        for n, bom in boms.items()
        if bom.lines.num_rows != int(index[n]["rows"])
    }
    assert short == {"eez-open__modular-psu__EEZ_DIB_AUX_PS_r3B5_BOM.ods": 51}  # two headings
