"""`normalise` adds columns, and changes, drops and moves nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from chipward.normalise import PARTS_FIELDS, normalise
from chipward.read import BOM_SCHEMA
from chipward.tables import load

DAY = date(2026, 11, 24)
Part = Callable[..., dict[str, Any]]
Board = Callable[[list[dict[str, Any]]], pa.Table]
WORDS = st.sampled_from(
    [
        None,
        "",
        "C691436",
        "296-26991-1-ND",
        "10k",
        "100nF",
        "BSS138PW",
        "STM32F405RGT6 LQFP64",
        "n/a",
        "Germanium lens",
        "电容",
        "???",
    ]
)
CELLS = st.one_of(WORDS, st.text(max_size=30))
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "refs": st.one_of(
                st.none(), st.lists(st.sampled_from(["R1", "C2", "U3", "X", "9"]), max_size=3)
            ),
            "mpn": CELLS,
            "maker": st.one_of(CELLS, st.sampled_from(["Nexperia", "NXP", "TI", "Multicomp"])),
            "description": CELLS,
            "value": CELLS,
            "footprint": CELLS,
            "supplier": st.sampled_from([None, "Mouser", "LCSC", "Shop"]),
            "supplier_code": st.one_of(CELLS, st.sampled_from(["C72038", "595-TPS54331DR"])),
            "fitted": st.booleans(),
            "quantity": st.one_of(st.none(), st.floats(0, 1e6)),
        }
    ),
    max_size=12,
)
IDENTITIES = {"identified", "part_number_only", "not_identified"}


@given(LINES)
def test_lines_stay_as_they_were(lines: list[dict[str, Any]]) -> None:
    rows = [{"line": n, "row": n + 1, **line} for n, line in enumerate(lines, 1)]
    given_table = pa.Table.from_pylist(rows, schema=BOM_SCHEMA)
    out = normalise(given_table, DAY)
    assert out.column_names == [*BOM_SCHEMA.names, *PARTS_FIELDS]
    assert out.num_rows == given_table.num_rows
    for name in BOM_SCHEMA.names:
        if name != "mpn":
            assert out[name].equals(given_table[name]), name
    for before, after in zip(given_table["mpn"].to_pylist(), out.to_pylist(), strict=True):
        if after["mpn_from"] in {"value", "description", "supplier_code"}:
            assert not before or before == after["distributor_code"]
            assert after["mpn"] in after[after["mpn_from"]]
        elif before and before == after["distributor_code"]:
            assert after["mpn"] is None
        else:
            assert (after["mpn"] or "") == (before or "")
        assert after["identity"] in IDENTITIES
        assert (after["category"] is None) == (after["category_from"] is None)
        assert (after["category"] is None) == (after["category_confidence"] is None)
        assert (after["maker_id"] is None) == (after["maker_name"] is None)
        assert (after["mpn_from"] is None) == (after["identity"] == "not_identified")


@given(LINES, st.randoms())
def test_a_line_does_not_depend_on_its_neighbours(
    lines: list[dict[str, Any]], random: Random
) -> None:
    rows = [{"line": n, "row": n, **line} for n, line in enumerate(lines, 1)]
    shuffled = rows[:]
    random.shuffle(shuffled)
    straight = normalise(pa.Table.from_pylist(rows, schema=BOM_SCHEMA), DAY)
    mixed = normalise(pa.Table.from_pylist(shuffled, schema=BOM_SCHEMA), DAY)
    assert mixed.sort_by([("line", "ascending")]).to_pylist() == straight.to_pylist()


def test_empty_board(bom: Board) -> None:
    out = normalise(bom([]), DAY)
    assert out.num_rows == 0
    assert [out.schema.field(name).type for name in PARTS_FIELDS] == list(PARTS_FIELDS.values())


def test_maker_by_name_and_by_number(part: Part) -> None:
    named = part(mpn="BSS138PW", maker="Nexperia USA Inc.")
    assert (named["maker_id"], named["maker_from"], named["identity"]) == (
        "nexperia",
        "column",
        "identified",
    )
    assert (named["maker_country"], named["owner_country"]) == ("NL", "CN")
    told = part(mpn="GRM155R71C104KA88D")
    assert (told["maker_id"], told["maker_from"], told["maker_confidence"]) == (
        "murata",
        "mpn",
        "medium",
    )
    assert told["identity"] == "part_number_only"
    shared_by_many = part(mpn="2N7002")
    assert (shared_by_many["maker_id"], shared_by_many["identity"]) == (None, "part_number_only")


def test_a_shared_spelling_is_decided_by_the_part_number(part: Part) -> None:
    assert part(mpn="PMEG3010CEJ,115", maker="NXP")["maker_id"] == "nexperia"
    assert part(mpn="LPC1758FBD80", maker="NXP")["maker_id"] == "nxp-semiconductors"
    assert part(mpn="CL10A106MQ8NNNC", maker="Samsung")["maker_id"] == "samsung-electro-mechanics"
    assert part(mpn="K4B4G1646E-BYMA", maker="Samsung")["maker_id"] == "samsung-electronics"
    assert part(mpn="AMS1117-3.3", maker="AMS")["maker_id"] == "advanced-monolithic-systems"


def test_an_unknown_maker_is_not_replaced_by_a_guess(part: Part) -> None:
    line = part(mpn="GRM155R71C104KA88D", maker="Tonyu")
    assert (line["maker_id"], line["maker"], line["identity"]) == (
        None,
        "Tonyu",
        "part_number_only",
    )
    blank = part(mpn="GRM155R71C104KA88D", maker="any")
    assert (blank["maker_id"], blank["maker_from"]) == ("murata", "mpn")


def test_house_brands_are_named(part: Part) -> None:
    line = part(mpn="MCWR08X1003FTL", maker="multicomp pro")
    assert (line["house_brand"], line["fab_countries"]) == (True, None)
    assert part(mpn="RC0402FR-0710KL", maker="Yageo")["house_brand"] is False
    assert part(value="10k")["house_brand"] is None


def test_a_line_with_no_part_number(part: Part) -> None:
    lens = part(refs=["LENS1"], description="Germanium lens, 19 mm f/1.1, AR coated")
    assert (lens["mpn"], lens["mpn_from"], lens["identity"]) == (None, None, "not_identified")
    assert (lens["category"], lens["category_from"]) == ("ir_optics_germanium", "description")
    kept = part(mpn="n/a", description="Germanium lens")
    assert (kept["mpn"], kept["mpn_from"], kept["identity"]) == ("n/a", None, "not_identified")


def test_vendor_class_and_chip(part: Part) -> None:
    line = part(mpn="900-2G193-0000-000", maker="NVIDIA", description="NVIDIA L4 24GB")
    assert (line["vendor_eccn"], line["chip"]) == ("4A090.a", "nvidia-l4")
    assert line["vendor_eccn_source"].startswith("nvidia_eccn")


def test_ten_thousand_distinct_lines_in_time(bom: Board) -> None:
    texts = [
        "RES SMD {} OHM 1% 1/16W 0402",
        "Ferrite {} bead",
        "IC MCU {} KB FLASH",
        "GaN {} V",
    ]
    lines = [
        {
            "refs": [f"{'RCUL'[n % 4]}{n}"],
            "mpn": f"ABC{n:05d}-{n % 97}" if n % 3 else f"RC0402FR-07{n}KL",
            "maker": f"Maker {n}" if n % 5 == 0 else "Yageo Corp",
            "description": texts[n % 4].format(n),
            "value": f"{n}k",
            "footprint": f"R_{n % 50:04d}",
        }
        for n in range(10_000)
    ]
    board = bom(lines)
    load("parts/makers")
    start = time.process_time()
    out = normalise(board, DAY)
    spent = time.process_time() - start
    assert out.num_rows == len(lines)
    assert spent < 3.0, spent
