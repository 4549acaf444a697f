"""The word lists: no word twice, no word that means nothing, and speed."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import pytest

from chipward.read import MEANINGS, read_bom
from chipward.read.fitting import is_known, says_fitted
from chipward.read.words import OTHER, fold, match
from chipward.tables import load, rows_of

KNOWN = {*MEANINGS, "maker_mpn", OTHER}


def test_no_header_word_stands_twice() -> None:
    counts = Counter(fold(row["word"]) for row in rows_of(load("read/headers")))
    assert {key for key, count in counts.items() if count > 1} == set()


def test_every_header_word_is_found_as_it_stands() -> None:
    for row in rows_of(load("read/headers")):
        found = match(row["word"])
        assert found is not None, row["word"]
        assert found.meaning == row["meaning"], row["word"]
        assert row["meaning"] in KNOWN
        assert row["language"] in {"en", "zh", "ja", "de"}
        assert 1 <= row["priority"] <= 9


def test_header_words_of_the_published_boards(shared: Path) -> None:
    """Every header the study of published boards gave a role has that role here, or a reason."""
    roles = {"manufacturer": "maker", "supplier_pn": "supplier_code", "alt": "alternate_mpn"}
    asked = {
        "mpn",
        "manufacturer",
        "quantity",
        "reference",
        "description",
        "value",
        "footprint",
        "dnp",
    }
    otherwise = {
        "name": "value",  # the part's name or value in the tools that write it
        "part id": OTHER,  # a shop's number
        "install": "fitted",  # yes means fitted
        "type": OTHER,  # SMD or through hole as often as a value
    }
    with (shared / "facts" / "users" / "columns.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            header, role = row["header_as_written"], row["role"]
            if role in asked:
                found = match(header)
                assert found is not None, header
                assert found.meaning == otherwise.get(header, roles.get(role, role)), header


@pytest.mark.parametrize("row", rows_of(load("read/fitted")), ids=lambda row: row["word"])
def test_every_fitting_word_is_understood(row: dict[str, str]) -> None:
    if row["scope"] != "value":
        assert is_known(row["word"].upper())
        said = says_fitted("fitted", row["word"])
        assert said is (row["sense"] in {"yes", "fitted"})


def test_ten_thousand_lines_take_less_than_a_second_and_a_half(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["Ref", "Qty", "Value", "Manufacturer", "MPN", "Mfr 2", "MPN 2", "Description"]
        )
        for n in range(10_000):
            refs = ", ".join(f"C{n * 8 + i}" for i in range(8))
            cap = f"CAP CER 0.1UF 16V {n}"
            writer.writerow([refs, 8, "100nF", "Murata", f"GRM{n}", "TDK", f"C1005{n}", cap])
    read_bom(path)
    start = time.process_time()
    bom = read_bom(path)
    assert time.process_time() - start < 1.5
    assert bom.lines.num_rows == 10_000
