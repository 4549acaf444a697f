"""Order codes of distributors: never a part number, and decoded only where that is certain."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chipward.normalise.distributors import of_code, of_number
from chipward.normalise.spelling import key
from chipward.read import read_bom
from chipward.tables import load, rows_of

Part = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "cells, code, distributor",
    [
        ({"mpn": "C691436"}, "C691436", "LCSC"),
        ({"mpn": "C2297", "supplier": "LCSC"}, "C2297", "LCSC"),
        ({"mpn": "296-26991-1-ND"}, "296-26991-1-ND", "Digi-Key"),
        ({"mpn": "2N7002LT1GOSCT-ND"}, "2N7002LT1GOSCT-ND", "Digi-Key"),
        ({"mpn": "1735535", "supplier": "Farnell"}, "1735535", "Farnell"),
        ({"supplier_code": "C72038"}, "C72038", "LCSC"),
        ({"supplier_code": "311-4491-1-ND"}, "311-4491-1-ND", "Digi-Key"),
        ({"supplier_code": "2361677"}, "2361677", "Farnell"),
        ({"supplier_code": "81-GRM155R71C104KA88", "supplier": "Mouser"}, None, "Mouser"),
    ],
)
def test_an_order_code_is_no_part_number(
    part: Part, cells: dict[str, str], code: str | None, distributor: str
) -> None:
    line = part(**cells)
    assert line["distributor"] == distributor
    assert line["distributor_code"] == (code or cells["supplier_code"])
    assert (line["mpn"], line["mpn_from"], line["identity"]) == (None, None, "not_identified")


@pytest.mark.parametrize(
    "cells",
    [
        {"mpn": "1714971", "maker": "Phoenix Contact"},
        {"mpn": "1714971", "maker": "Phoenix Contact", "supplier": "Farnell"},
        {"mpn": "C1815", "maker": "CJ"},
        {"mpn": "C0603C104K5RACTU"},
        {"mpn": "19-213/Y2C-CQ2R2L/3T(CY)"},
        {"mpn": "22-05-3021", "maker": "Molex"},
        {"mpn": "900-2G193-0000-000", "maker": "NVIDIA"},
        {"mpn": "1651-L3273-BTBQYA", "maker": "Interquip", "supplier": "Mouser"},
    ],
)
def test_a_part_number_is_no_order_code(part: Part, cells: dict[str, str]) -> None:
    line = part(**cells)
    assert (line["mpn"], line["mpn_from"], line["mpn_confidence"]) == (
        cells["mpn"],
        "column",
        "high",
    )
    assert line["distributor_code"] is None


def test_a_code_that_carries_the_number(part: Part) -> None:
    for cells in (
        {"supplier_code": "595-TPS54331DR", "supplier": "Mouser Electronics"},
        {"mpn": "595-TPS54331DR"},
        {"mpn": "n/a", "supplier_code": "595-TPS54331DR", "supplier": "Mouser"},
    ):
        line = part(**cells)
        assert (line["mpn"], line["mpn_from"], line["mpn_confidence"]) == (
            "TPS54331DR",
            "supplier_code",
            "medium",
        )
        assert (line["maker_id"], line["identity"]) == ("texas-instruments", "part_number_only")
        assert line["distributor_code"] == "595-TPS54331DR"
    own = part(mpn="TPS54331D", supplier_code="595-TPS54331DR", supplier="Mouser")
    assert (own["mpn"], own["mpn_from"], own["distributor"]) == ("TPS54331D", "column", "Mouser")


def test_a_word_beside_an_order_code_is_still_found(part: Part) -> None:
    line = part(mpn="C8734", supplier="LCSC", description="MCU STM32F103C8T6 LQFP48", refs=["U1"])
    assert (line["mpn"], line["mpn_from"], line["mpn_confidence"]) == (
        "STM32F103C8T6",
        "description",
        "medium",
    )
    assert line["distributor_code"] == "C8734"


def test_another_shop_is_not_guessed() -> None:
    assert of_code("2361677", "Some Shop") is None
    assert of_code("850-9643", "") is None
    assert of_code("1646219", "Mouser") is None


def test_forms_match_their_example() -> None:
    for row in rows_of(load("parts/distributors")):
        assert re.fullmatch(row["form"], row["example"])
        found = of_code(row["example"], row["name"])
        assert found is not None
        assert found.distributor == row["name"]


def test_numbers_carried_by_open_boards_name_the_device(shared: Path) -> None:
    """Where a board gives both, the code carries the board's device; strokes may be missing."""
    right = wrong = 0
    for path in sorted((shared / "published" / "boms" / "files").iterdir()):
        if path.suffix not in {".csv", ".xlsx", ".xls"}:
            continue
        for line in read_bom(path).lines.to_pylist():
            code, supplier = line["supplier_code"], line["supplier"] or ""
            found = of_code(code, supplier) if code else None
            if found and found.mpn and line["mpn"]:
                same = key(found.mpn)[:7] == key(line["mpn"])[:7]
                right, wrong = right + same, wrong + (not same)
    assert right >= 4
    assert wrong <= 2, (right, wrong)


def test_no_part_number_of_the_study_is_taken_for_a_code(shared: Path) -> None:
    with (shared / "facts" / "users" / "parts.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    coded = re.compile(r".*-ND|C\d{5,8}|\d{3}-[A-Z0-9].+", re.IGNORECASE)
    taken = [r for r in rows if of_number(r["mpn"], r["manufacturer_as_written"], "")]
    assert len(taken) > 10
    assert [r["mpn"] for r in taken if not coded.fullmatch(r["mpn"])] == []
    named = [r["mpn"] for r in taken if r["manufacturer_as_written"]]
    assert [n for n in named if not re.fullmatch(r".*-ND|C\d{5,8}", n)] == []
