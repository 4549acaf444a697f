"""The concentration of output: against the published table, the shipped one, and itself."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.science.market import concentration
from chipward.tables import load

PRODUCTION = pa.schema(
    [
        ("material", pa.string()),
        ("stage", pa.string()),
        ("area", pa.string()),
        ("country", pa.string()),
        ("year", pa.int64()),
        ("value", pa.float64()),
        ("bound", pa.string()),
    ]
)
AREAS = {"World total": "world", "Other countries": "other"}


def produced(rows: Sequence[tuple[str, float | None]], **more: Any) -> pa.Table:
    base = {"material": "m", "stage": "s", "area": "country", "year": 2025, "bound": "="}
    return pa.Table.from_pylist(
        [{**base, **more, "country": country, "value": value} for country, value in rows],
        schema=PRODUCTION,
    )


def only(table: pa.Table) -> dict[str, Any]:
    assert table.num_rows == 1
    return table.to_pylist()[0]


def published(path: Path) -> pa.Table:
    """The world file of 2025 in the columns of our production table."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    out: list[dict[str, Any]] = []
    for row in rows:
        if row["Statistics"] != "Production" or row["Year"] != "2025":
            continue
        text = row["Value"].replace(",", "")
        number = 0.0 if text == "—" else float(text) if text.replace(".", "").isdigit() else None
        area = AREAS.get(row["Country"], "country")
        out.append(
            {
                "material": row["Commodity"],
                "stage": row["Statistics_detail"],
                "area": area,
                "country": row["Country"] if area == "country" else None,
                "year": 2025,
                "value": number,
                "bound": "=",
            }
        )
    return pa.Table.from_pylist(out, schema=PRODUCTION)


def test_recomputes_the_derived_table(shared: Path) -> None:
    world = shared / "published" / "supply" / "mcs2026_world.csv.gz"
    derived = shared / "facts" / "supply" / "mcs2026_concentration_2025e.csv"
    if not (world.is_file() and derived.is_file()):
        pytest.skip("the published files are absent")
    got = {(r["material"], r["stage"]): r for r in concentration(published(world)).to_pylist()}
    with derived.open(encoding="utf-8", newline="") as stream:
        wanted = list(csv.DictReader(stream))
    assert len(wanted) == 82
    for row in wanted:
        found = got[row["commodity"], row["stage"]]
        place = (row["commodity"], row["stage"])
        assert found["top_country"] == row["top_country"], place
        assert found["n_countries"] == int(row["n_countries"]), place
        assert found["top_share_pct"] == pytest.approx(float(row["top_share_pct"]), abs=0.051)
        assert found["hhi"] == pytest.approx(float(row["hhi"]), abs=1.0), place


def test_shipped_table_follows_from_shipped_production() -> None:
    got = {
        (r["material"], r["stage"]): r for r in concentration(load("supply/production")).to_pylist()
    }
    rows = load("supply/concentration").to_pylist()
    assert {(r["material"], r["stage"]) for r in rows} == set(got)
    for row in rows:
        found = got[row["material"], row["stage"]]
        assert (row["top_country"], row["year"]) == (found["top_country"], found["year"])
        if row["hhi"] is None:  # single cited figures: a share of the world total, no index
            continue
        assert row["top_share_pct"] == pytest.approx(found["top_share_pct"], abs=0.051)
        assert row["hhi"] == pytest.approx(found["hhi"], abs=0.51)
        assert row["n_countries"] == found["n_countries"]


def test_single_cited_figures_are_a_share_of_the_world() -> None:
    rows = load("supply/production").to_pylist()
    for row in load("supply/concentration").to_pylist():
        if row["hhi"] is None:
            key = ("material", "stage")
            mine = [r for r in rows if all(r[k] == row[k] for k in key)]
            value = {r["country"] or r["area"]: r["value"] for r in mine}
            share = 100 * value[row["top_country"]] / value["world"]
            assert row["top_share_pct"] == pytest.approx(share, abs=0.051)


def test_other_countries_and_totals_are_left_out() -> None:
    table = pa.concat_tables(
        [produced([("XA", 60.0), ("XB", 40.0)]), produced([("XC", 900.0)], area="other")]
    )
    found = only(concentration(table))
    assert (found["top_country"], found["top_share_pct"], found["hhi"]) == ("XA", 60.0, 5200.0)


def test_withheld_is_never_zero() -> None:
    found = only(concentration(produced([("XA", 60.0), ("XB", 40.0), ("XC", None), ("XD", 0.0)])))
    assert (found["n_countries"], found["n_missing"]) == (2, 1)
    assert found["hhi"] == 5200.0


def test_bounds_are_kept_and_counted() -> None:
    table = pa.concat_tables([produced([("XA", 60.0)], bound=">"), produced([("XB", 40.0)])])
    found = only(concentration(table))
    assert (found["top_share_pct"], found["n_bounded"]) == (60.0, 1)


def test_equal_shares_go_to_the_first_in_the_alphabet() -> None:
    found = only(concentration(produced([("XB", 5.0), ("XA", 5.0)])))
    assert found["top_country"] == "XA"


@pytest.mark.parametrize("rows", [[], [("XA", None)], [("XA", 0.0)]])
def test_no_output_gives_no_row(rows: list[tuple[str, float | None]]) -> None:
    assert concentration(produced(rows)).num_rows == 0


outputs = st.lists(st.floats(0.1, 1e6), min_size=1, max_size=12)


@given(outputs, st.randoms(use_true_random=False))
def test_bounds_order_and_scale(values: list[float], chance: Any) -> None:
    rows = [(f"X{chr(65 + i)}", value) for i, value in enumerate(values)]
    found = only(concentration(produced(rows)))
    assert 10_000 / len(values) - 1e-6 <= found["hhi"] <= 10_000 + 1e-6
    assert found["top_share_pct"] ** 2 <= found["hhi"] + 1e-6 <= 100 * found["top_share_pct"] + 2e-6
    mixed = list(rows)
    chance.shuffle(mixed)
    assert only(concentration(produced(mixed))) == found
    scaled = only(concentration(produced([(c, v * 8) for c, v in rows])))
    assert scaled["hhi"] == pytest.approx(found["hhi"])


@given(outputs.filter(lambda v: len(v) > 1))
def test_a_merger_never_lowers_the_index(values: list[float]) -> None:
    rows = [(f"X{chr(65 + i)}", value) for i, value in enumerate(values)]
    merged = [("XA", values[0] + values[1]), *rows[2:]]
    before = only(concentration(produced(rows)))["hhi"]
    assert only(concentration(produced(merged)))["hhi"] >= before - 1e-6
