"""The encoded measures agree with each other and with their tables."""

from __future__ import annotations

import random
import re
from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from chipward.law.engine import fold, leaf_values
from chipward.law.load import load_laws
from chipward.law.model import FALSE, TRUE, UNKNOWN, Provision, Version
from chipward.lenses.control.codes import in_group
from chipward.tables import ARROW_TYPES, load, rows_of

CHINA = "CN"
LIMB_SOURCES = ("cn.23_2023.", "cn.33_2024.")
P2, P3 = "cn.46_2024.p2.ga_ge_sb_superhard", "cn.46_2024.p3.ga_ge_sb_superhard"
REACH = "cn.jurisdiction.p3_materials"
GRAPHITE = "cn.46_2024.p2.graphite"
NUMBERS = {
    "purity_pct": (99.5, 99.9, 99.95, 99.99, 99.999, 99.9995, 99.99999, 99.999995),
    "dislocation_density_cm2": (49.0, 50.0),
    "cylinder_diameter_mm": (499.0, 500.0),
    "design_pressure_gpa": (4.9, 5.0, 5.1),
    "microwave_power_kw": (9.9, 10.0),
    "microwave_frequency_mhz": (433.0, 915.0, 2450.0),
    "window_diameter_inch": (2.9, 3.0),
    "transmittance_pct": (64.9, 65.0),
    "flexural_strength_mpa": (30.0, 30.1),
    "density_g_cm3": (1.73, 1.74),
}
TEXTS = {
    "form": (
        "single_crystal", "polycrystal", "mpcvd", "press", "anvil", "pressure_control_system",
        "artificial", "natural_flake",
    ),
    "hs": ("3801100030", "2504101000", "3801909010", "8541400000"),
}  # fmt: skip
ROWS = 4000


@cache
def provisions() -> dict[str, Provision]:
    return {one.id: one for one in load_laws().provisions if one.regime == CHINA}


@cache
def rows(origin: str = CHINA, export_from: str = CHINA) -> pa.Table:
    rng = random.Random(46)  # noqa: S311  a fixed draw
    groups = sorted({row["group"] for row in rows_of(load("law/cn/item_groups"))})
    columns: dict[str, pa.Array[pa.Scalar[pa.DataType]]] = {}
    for name, values in (NUMBERS | TEXTS).items():
        kind = ARROW_TYPES["text" if name in TEXTS else "number"]
        columns[name] = pa.array([rng.choice((None, *values)) for _ in range(ROWS)], kind)
    for name in groups:
        weights = (0.15, 0.8, 0.05)
        columns[name] = pa.array(rng.choices((True, False, None), weights, k=ROWS), pa.bool_())
    for name, value in (
        ("destination", "US"), ("end_user_country", "US"), ("end_use", "civil"),
        ("origin_country", origin), ("export_from", export_from),
    ):  # fmt: skip
        columns[name] = pa.array([value] * ROWS)
    return pa.table(columns)


def verdict(version: Version, table: pa.Table) -> np.ndarray:
    return fold(version.compiled.formula, leaf_values(table, version.compiled.leaves))


def either(columns: list[np.ndarray]) -> np.ndarray:
    stacked = np.array(columns)
    true, unknown = (stacked == TRUE).any(axis=0), (stacked == UNKNOWN).any(axis=0)
    return np.where(true, TRUE, np.where(unknown, UNKNOWN, FALSE))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_paragraph_2_takes_in_what_the_lists_take_in(number: int) -> None:
    """Its first limb has no list of its own: it stands or falls with the rows of the other acts."""
    limbs = [
        verdict(one.versions[-1], rows())
        for name, one in provisions().items()
        if name.startswith(LIMB_SOURCES)
    ]
    expected = either(limbs)
    assert {TRUE, FALSE, UNKNOWN} == set(expected.tolist())
    assert (verdict(provisions()[P2].versions[number], rows()) == expected).all()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_paragraph_3_takes_in_what_paragraph_2_takes_in(number: int) -> None:
    abroad = rows(CHINA, "JP")
    found = verdict(provisions()[P3].versions[number], abroad)
    assert (found == verdict(provisions()[P2].versions[number], rows())).all()
    assert set(verdict(provisions()[P3].versions[number], rows("JP", "JP")).tolist()) == {FALSE}


def test_graphite_to_the_united_states_is_graphite_of_the_list() -> None:
    """Above all limits either kind is on the list, so paragraph 2 need not ask which it is."""
    kinds = [n for n in provisions() if n.startswith("cn.39_2023.")]
    listed = either([verdict(provisions()[name].versions[-1], rows()) for name in kinds])
    found = verdict(provisions()[GRAPHITE].versions[-1], rows())
    assert (found[listed != UNKNOWN] == listed[listed != UNKNOWN]).all()
    assert set(found[listed == UNKNOWN].tolist()) <= {TRUE, UNKNOWN}


def test_no_version_of_a_provision_says_another_thing() -> None:
    """Status and dates change between versions; what is covered does not, in any act so far."""
    for one in provisions().values():
        texts = {tuple(leaf.text for leaf in version.compiled.leaves) for version in one.versions}
        assert len(texts) == 1, one.id


def test_the_two_limbs_and_the_reach_share_their_days() -> None:
    spans = [
        [(v.interval.start, v.interval.until, v.status) for v in provisions()[name].versions]
        for name in (P2, P3, REACH, GRAPHITE)
    ]
    assert all(span == spans[0] for span in spans)


def test_graphite_leaves_name_the_customs_codes_of_the_table() -> None:
    kinds: dict[str, set[str]] = {}
    for row in rows_of(load("law/cn/item_hs")):
        if row["code"] == "1C108":
            kinds.setdefault(row["form"], set()).add(row["hs"])
    alone = {
        "natural": kinds["natural_flake"] - kinds["artificial"],
        "artificial": kinds["artificial"] - kinds["natural_flake"],
    }
    leaves = [
        leaf
        for one in provisions().values()
        for version in one.versions
        for leaf in version.compiled.leaves
        if leaf.column == "hs" and "graphite" in leaf.name
    ]
    assert leaves
    for leaf in leaves:
        kind = "natural" if "natural" in leaf.name else "artificial"
        assert set(leaf.values) == alone[kind], leaf.name


def test_codes_of_the_tables_hang_together() -> None:
    modelled = [row["code"] for row in rows_of(load("law/cn/modelled_codes"))]
    groups = rows_of(load("law/cn/item_groups"))
    assert all(in_group([row["code"]], modelled) for row in groups)
    reached = [row["code"] for row in groups]
    assert all(in_group([code], reached) is not False for code in modelled)
    for row in rows_of(load("law/cn/item_hs")):
        assert re.fullmatch(r"\d{10}", row["hs"]), row
        assert row["code"] == "none" or in_group([row["code"]], reached) is not False, row


def test_every_group_is_read_by_the_law() -> None:
    read = {
        fact
        for one in provisions().values()
        for version in one.versions
        for fact in version.compiled.facts
    }
    assert {row["group"] for row in rows_of(load("law/cn/item_groups"))} <= read


def test_recalled_customs_codes_say_verify() -> None:
    """Codes nobody re-read stay marked; those of the gallium metal row were read."""
    sources = {(row["code"], row["hs"]): row["source"] for row in rows_of(load("law/cn/item_hs"))}
    assert sources["3C001.a", "8112929010"].startswith("mofcom")
    recalled = [code for (code, _), source in sources.items() if source.startswith("verify")]
    assert {"3C001.g", "3C001.h", "3C002.a", "2B901"} <= set(recalled)


def test_past_a_suspension_nobody_rechecked_every_version_wants_checking() -> None:
    back = [
        version
        for one in provisions().values()
        for version in one.versions
        if version.last_suspended_day and version.status == "in_force"
    ]
    assert back
    for version in back:
        start = version.interval.start
        assert start is not None
        assert version.needs_verify(start)
        assert version.political_until is not None
