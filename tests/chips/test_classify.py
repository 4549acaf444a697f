"""The class of a chip: on the line, beside it, and with parameters missing."""

from __future__ import annotations

import time
from datetime import date
from itertools import product
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.errors import DateError
from chipward.science.chips import classify
from chipward.science.chips.paragraphs import vintages

NUMBERS = (
    "tpp",
    "die_area_mm2",
    "performance_density",
    "memory_bandwidth_density_gb_s_mm2",
    "dram_bandwidth_gb_s",
    "interconnect_gb_s",
)
TYPES = {
    **dict.fromkeys(NUMBERS, pa.float64()),
    "datacenter": pa.bool_(),
    "planar": pa.bool_(),
    "as_of_date": pa.date32(),
}
TODAY = date(2026, 11, 24)


def table(*rows: dict[str, Any]) -> pa.Table:
    """Rows to a table of specifications; a missing key is unknown."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table(
        {n: pa.array([row.get(n) for row in rows], TYPES.get(n, pa.string())) for n in names}
    )


def one(day: date = TODAY, /, **spec: Any) -> dict[str, Any]:
    """The answer for one chip."""
    return classify(table({"chip": "x", **spec}), day).to_pylist()[0]


def by_hand(tpp: float, density: float, *, datacenter: bool) -> str:
    """The paragraph a processor meets since 2023-11-17, all parameters known."""
    if not datacenter and tpp < 4800:
        return "none"
    if tpp >= 4800:
        return "3A090.a.1"
    if tpp >= 1600 and density >= 5.92:
        return "3A090.a.2"
    if 2400 <= tpp < 4800 and 1.6 <= density < 5.92:
        return "3A090.b.1"
    if tpp >= 1600 and 3.2 <= density < 5.92:
        return "3A090.b.2"
    return "none"


TPPS = (0.0, 1599.0, 1600.0, 2399.0, 2400.0, 4799.0, 4800.0, 21000.0)
DENSITIES = (0.0, 1.59, 1.6, 3.19, 3.2, 5.91, 5.92, 40.0)


@pytest.mark.parametrize(
    "tpp,density,datacenter",
    list(product(TPPS, DENSITIES, (True, False))),
)
def test_known_chips_are_classed_as_the_text_reads(
    tpp: float,
    density: float,
    datacenter: bool,  # noqa: FBT001
) -> None:
    answer = one(tpp=tpp, performance_density=density, datacenter=datacenter)
    assert answer["class"] == by_hand(tpp, density, datacenter=datacenter)
    assert answer["missing"] == []


maybe_tpp = st.none() | st.sampled_from(TPPS) | st.floats(0, 1e5, allow_nan=False)
maybe_density = st.none() | st.sampled_from(DENSITIES) | st.floats(0, 60, allow_nan=False)


@given(maybe_tpp, maybe_density, st.none() | st.booleans())
def test_possible_classes_are_those_of_the_completions(
    tpp: float | None,
    density: float | None,
    datacenter: bool | None,  # noqa: FBT001
) -> None:
    """Neither more nor fewer: a class is decided exactly where all completions agree."""
    grid = (
        [tpp] if tpp is not None else [0.0, 1600.0, 2000.0, 2400.0, 3000.0, 4800.0],
        [density] if density is not None else [0.0, 1.6, 2.0, 3.2, 4.0, 5.92],
        [datacenter] if datacenter is not None else [True, False],
    )
    expected = {by_hand(t, d, datacenter=c) for t, d, c in product(*grid)}
    spec = {"tpp": tpp, "performance_density": density, "datacenter": datacenter}
    if all(value is None for value in spec.values()):
        return
    answer = one(**spec)
    assert set(answer["possible_classes"]) == expected
    assert answer["class"] == (next(iter(expected)) if len(expected) == 1 else None)
    assert bool(answer["missing"]) == (len(expected) > 1)
    assert all(spec[name] is None for name in answer["missing"])


@pytest.mark.parametrize(
    "spec,expected",
    [
        ({"tpp": 4800.0}, "3A090.a.1"),
        ({"tpp": 1599.0}, "none"),
        ({"tpp": 4799.0, "datacenter": False}, "none"),
        ({"tpp": 2000.0, "performance_density": 2.0}, "none"),
        ({"tpp": 3000.0, "datacenter": True}, None),
        ({"tpp": 2000.0, "datacenter": True, "performance_density": None}, None),
        ({"performance_density": 9.0, "datacenter": True}, None),
        ({"datacenter": False}, None),
    ],
)
def test_a_missing_parameter_leaves_open_only_what_it_decides(
    spec: dict[str, object], expected: str | None
) -> None:
    assert one(**spec)["class"] == expected


def test_what_is_missing_is_what_could_change_the_class() -> None:
    assert one(tpp=2000.0, datacenter=True)["missing"] == ["performance_density"]
    assert one(tpp=2000.0, performance_density=4.0)["missing"] == ["datacenter"]
    assert one(datacenter=False)["missing"] == ["tpp"]
    assert one(tpp=2000.0)["missing"] == ["performance_density", "datacenter"]


def test_density_is_computed_from_die_area_and_said() -> None:
    answer = one(tpp=1912.0, die_area_mm2=609.0, datacenter=True)
    assert answer["class"] == "none"
    assert answer["performance_density_used"] == pytest.approx(3.1396, abs=1e-4)
    assert "chips.note.density_computed" in answer["notes"]


def test_density_given_wins_and_a_difference_is_said() -> None:
    answer = one(tpp=1912.0, die_area_mm2=300.0, performance_density=3.14, datacenter=True)
    assert answer["class"] == "none"
    assert answer["notes"] == ["chips.note.density_differs"]


@pytest.mark.parametrize(
    "spec",
    [
        {"chip": "planar-only logic"},
        {"chip": "x", "form": "planar"},
        {"chip": "x", "planar": True},
        {"chip": "x", "die_area_mm2": 0.0},
    ],
)
def test_planar_logic_has_no_density(spec: dict[str, object]) -> None:
    answer = classify(table({"tpp": 4799.0, "datacenter": True, **spec}), TODAY).to_pylist()
    assert answer[0]["class"] == "none"
    assert answer[0]["performance_density_used"] is None
    assert answer[0]["notes"] == ["chips.note.planar"]


@pytest.mark.parametrize("name", ["non-planar logic", "nonplanar-only logic", "planar"])
def test_other_names_say_nothing_of_planarity(name: str) -> None:
    row = table({"chip": name, "tpp": 4799.0, "datacenter": True})
    assert classify(row, TODAY)["class"].to_pylist() == [None]


@pytest.mark.parametrize(
    "density,expected,note",
    [
        (2.0, "none", None),
        (2.0000001, "3A090.c", "chips.note.hbm_below"),
        (3.29, "3A090.c", "chips.note.hbm_below"),
        (3.3, "3A090.c", "chips.note.hbm_at_or_above"),
    ],
)
def test_memory_line_is_strict(density: float, expected: str, note: str | None) -> None:
    answer = one(memory_bandwidth_density_gb_s_mm2=density)
    assert answer["class"] == expected
    assert answer["cn_mo_review_policy"] is None
    assert [n for n in answer["notes"] if "hbm" in n] == ([note] if note else [])


def test_memory_with_processing_is_told_apart_by_its_form() -> None:
    spec = {"tpp": 100.0, "memory_bandwidth_density_gb_s_mm2": 3.0}
    assert one(**spec)["class"] is None
    assert one(**spec)["missing"] == ["form"]
    assert one(**spec, form="HBM stack")["class"] == "3A090.c"
    assert one(**{**spec, "tpp": 5000.0})["class"] == "3A090.a.1"


def test_memory_density_is_only_computed_for_a_memory() -> None:
    spec = {"dram_bandwidth_gb_s": 307.0, "die_area_mm2": 92.0}
    assert one(**spec)["class"] is None
    answer = one(**spec, form="memory")
    assert answer["class"] == "3A090.c"
    assert answer["memory_bandwidth_density_used"] == pytest.approx(3.337, abs=1e-3)
    assert "chips.note.memory_density_computed" in answer["notes"]


def test_a_memory_whose_density_is_not_known_stays_open() -> None:
    answer = one(form="memory", dram_bandwidth_gb_s=307.0)
    assert answer["class"] is None
    assert answer["missing"] == ["memory_bandwidth_density_gb_s_mm2"]


@pytest.mark.parametrize(
    "day,spec,expected",
    [
        (date(2022, 10, 21), {"tpp": 4800.0, "interconnect_gb_s": 600.0}, "3A090"),
        (date(2022, 10, 21), {"tpp": 4800.0, "interconnect_gb_s": 599.0}, "none"),
        (date(2022, 10, 21), {"tpp": 4799.0}, "none"),
        (date(2022, 10, 21), {"tpp": 4800.0}, None),
        (date(2023, 11, 16), {"tpp": 4800.0, "interconnect_gb_s": 599.0}, "none"),
        (date(2023, 11, 17), {"tpp": 4800.0, "interconnect_gb_s": 599.0}, "3A090.a.1"),
        (date(2024, 12, 1), {"memory_bandwidth_density_gb_s_mm2": 3.0}, "none"),
        (date(2024, 12, 2), {"memory_bandwidth_density_gb_s_mm2": 3.0}, "3A090.c"),
    ],
)
def test_the_day_picks_the_vintage(day: date, spec: dict[str, float], expected: str | None) -> None:
    assert one(day, **spec)["class"] == expected


def test_before_the_first_paragraph_a_row_meets_none_and_a_run_is_refused() -> None:
    rows = table({"tpp": 9000.0}, {"tpp": 9000.0, "as_of_date": date(2022, 10, 20)})
    answers = classify(rows, TODAY).to_pylist()
    assert [a["class"] for a in answers] == ["3A090.a.1", "none"]
    assert answers[1]["notes"] == ["chips.note.before_the_law"]
    with pytest.raises(DateError):
        classify(rows, date(2022, 10, 20))


@pytest.mark.parametrize(
    "day,tpp,bandwidth,expected",
    [
        (date(2026, 1, 14), 5000.0, 1000.0, None),
        (date(2026, 1, 15), 5000.0, 1000.0, "case_by_case_if_certified"),
        (date(2026, 1, 15), 20999.0, 6499.0, "case_by_case_if_certified"),
        (date(2026, 1, 15), 21000.0, 6499.0, "presumption_of_denial"),
        (date(2026, 1, 15), 20999.0, 6500.0, "presumption_of_denial"),
        (date(2026, 1, 15), 21000.0, None, "presumption_of_denial"),
        (date(2026, 1, 15), 20999.0, None, "unknown_bandwidth"),
        (date(2026, 1, 15), 1000.0, 100.0, None),
    ],
)
def test_china_and_macau_review(
    day: date, tpp: float, bandwidth: float | None, expected: str | None
) -> None:
    answer = one(day, tpp=tpp, dram_bandwidth_gb_s=bandwidth)
    assert answer["cn_mo_review_policy"] == expected


def test_every_limb_has_its_margin() -> None:
    answer = one(tpp=4799.0, performance_density=5.91, datacenter=True)
    limbs = {(t["paragraph"], t["fact"], t["op"]): t for t in answer["tests"]}
    assert len(limbs) == len(vintages()[-1].limbs)
    assert limbs["3A090.a.1", "tpp", ">="]["margin"] == -1
    assert limbs["3A090.a.2", "performance_density", ">="]["margin"] == -0.01
    assert limbs["3A090.a.2", "performance_density", ">="]["met"] is False
    assert limbs["3A090.c", "memory_bandwidth_density_gb_s_mm2", ">"]["met"] is None


@pytest.mark.parametrize(
    "vendor,tpp,expected",
    [
        ("4A090.a", 5000.0, False),
        ("5A992.c", 5000.0, True),
        ("4A994.l", 1000.0, False),
        ("4A090.a", 1000.0, True),
        ("5A992.z", 5000.0, False),
        ("5A992.z", 1000.0, True),
        ("4A090.b", 5000.0, True),
        ("4A994.l", 2000.0, None),
        (None, 5000.0, None),
        ("EAR99; 4A090.a", 5000.0, False),
    ],
)
def test_vendor_code_against_parameters(
    vendor: str | None,
    tpp: float,
    expected: bool | None,  # noqa: FBT001
) -> None:
    answer = one(tpp=tpp, datacenter=True, vendor_published_eccn=vendor)
    assert answer["clash"] is expected
    assert ("chips.note.clash" in answer["notes"]) == (expected is True)
    assert answer["vendor_eccn"] == vendor


def test_codes_follow_class_form_and_day() -> None:
    def codes(day: date = TODAY, /, **spec: object) -> list[str]:
        return [c["eccn"] for c in one(day, **spec)["eccn_candidates"]]

    assert codes(tpp=5000.0, form="ic") == ["3A090.a.1", "3A001.z"]
    assert "4A090.a" in codes(tpp=5000.0, form="board")
    assert "5A992.z.1" in codes(tpp=5000.0, form="server with encryption")
    b_level = {"tpp": 3000.0, "performance_density": 2.0, "datacenter": True, "form": "board"}
    assert "4A090.b" in codes(**b_level)
    assert "4A090.b" not in codes(date(2024, 4, 3), **b_level)
    assert "4A090.b" in codes(date(2024, 4, 4), **b_level)
    assert codes(tpp=1000.0, form="card") == ["4A994.l"]
    assert codes(memory_bandwidth_density_gb_s_mm2=1.0) == []


def test_dates_after_the_checked_text_are_marked() -> None:
    assert one(date(2026, 7, 23), tpp=1.0)["verify"] is False
    assert one(date(2026, 7, 24), tpp=1.0)["verify"] is True


def test_other_columns_pass_through_and_ours_win() -> None:
    rows = table({"chip": "x", "tpp": 5000.0, "class": "theirs", "colour": "red"})
    answer = classify(rows, TODAY).to_pylist()[0]
    assert (answer["class"], answer["input_class"], answer["colour"]) == (
        "3A090.a.1",
        "theirs",
        "red",
    )


def test_rows_keep_their_order_across_vintages() -> None:
    days = [date(2026, 2, 1), date(2022, 11, 1), date(2024, 1, 1), date(2022, 12, 1)]
    rows = table(*({"chip": str(i), "tpp": 5000.0, "as_of_date": d} for i, d in enumerate(days)))
    answers = classify(rows, TODAY).to_pylist()
    assert [a["chip"] for a in answers] == ["0", "1", "2", "3"]
    assert [a["class"] for a in answers] == ["3A090.a.1", None, "3A090.a.1", None]


def test_a_hundred_thousand_rows_are_no_matter() -> None:
    rows = table({"chip": "x", "tpp": 3000.0, "datacenter": True}, {"chip": "y", "tpp": 5000.0})
    many = pa.concat_tables([rows] * 50_000)
    start = time.process_time()
    answers = classify(many, TODAY)
    assert answers.num_rows == 100_000
    assert time.process_time() - start < 5
