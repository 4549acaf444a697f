"""Chip facts of the control lens: parameters decide when given, the code when not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from chipward.facts import facts
from chipward.science.chips import ic_facts

DAY = date(2026, 9, 29)
NUMBERS = ("tpp", "performance_density", "memory_bandwidth_density_gb_s_mm2")


def row(day: date = DAY, **given: Any) -> dict[str, Any]:
    columns: dict[str, Any] = {n: pa.array([given.get(n)], pa.float64()) for n in NUMBERS}
    columns["datacenter"] = pa.array([given.get("datacenter")], pa.bool_())
    columns["us_items"] = pa.array([given.get("us_items")], pa.list_(pa.string()))
    columns["date"] = pa.array([day], pa.date32())
    return {name: array.to_pylist()[0] for name, array in ic_facts(pa.table(columns)).items()}


def test_every_column_is_declared() -> None:
    assert set(row()) <= set(facts())


def test_without_code_and_parameters_nothing_is_known() -> None:
    assert set(row(datacenter=True).values()) == {None}


@pytest.mark.parametrize("codes", [["3A991.a"], []])
def test_a_code_without_parameters_is_the_classification(codes: list[str]) -> None:
    found = row(us_items=codes, datacenter=True)
    assert found.pop("ic_class") is None
    assert set(found.values()) == {False}


def test_parameters_decide_beside_a_code() -> None:
    found = row(us_items=["4A994.l"], tpp=5285.0, performance_density=8.68, datacenter=False)
    assert found["ic_class"] == "3A090.a.1"
    assert (found["ic_meets_3a090_a"], found["ic_meets_3a090_b"]) == (True, False)
    assert found["ic_meets_3a090"] is True


def test_parameters_that_leave_it_open_are_unknown_beside_a_code() -> None:
    found = row(us_items=["4A994.l"], tpp=2368.0, datacenter=True)
    assert found["ic_class"] is None
    assert found["ic_meets_3a090_a"] is None
    assert found["ic_meets_3a090_c"] is False


def test_a_level_is_decided_though_the_paragraph_is_not() -> None:
    found = row(performance_density=9.0, tpp=1600.0)
    assert (found["ic_class"], found["ic_meets_3a090_b"]) == (None, False)
    assert found["ic_meets_3a090_a"] is None


def test_memory() -> None:
    found = row(memory_bandwidth_density_gb_s_mm2=2.783)
    assert (found["ic_class"], found["ic_meets_3a090_c"]) == ("3A090.c", True)
    assert (found["ic_meets_3a090_a"], found["ic_meets_3a090_b"]) == (False, False)


def test_the_undivided_entry_is_neither_level() -> None:
    found = row(date(2023, 11, 16), tpp=4799.0)
    assert (found["ic_class"], found["ic_meets_3a090"]) == ("none", False)
    open_row = row(date(2023, 11, 16), tpp=4800.0)
    assert (open_row["ic_class"], open_row["ic_meets_3a090"]) == (None, None)
    assert open_row["ic_meets_3a090_a"] is False


def test_before_the_first_paragraph_nothing_is_met() -> None:
    found = row(date(2020, 1, 1), tpp=9000.0)
    assert (found["ic_class"], found["ic_meets_3a090"]) == ("none", False)


def test_rows_are_answered_each_on_its_own_day() -> None:
    days = [date(2026, 1, 1), date(2022, 11, 1), date(2024, 1, 1)]
    table = pa.table(
        {
            "date": pa.array(days, pa.date32()),
            "tpp": pa.array([5000.0] * 3),
            "datacenter": pa.array([True] * 3),
        }
    )
    assert ic_facts(table)["ic_class"].to_pylist() == ["3A090.a.1", None, "3A090.a.1"]
