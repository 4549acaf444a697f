"""Whole determinations on the shipped law: blanks, dates, kinds of rows, size."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipward.determine import answer_book, determine
from chipward.facts import facts
from chipward.law.load import load_laws
from chipward.law.model import Laws
from chipward.tables import ARROW_TYPES

Row = dict[str, Any]
ON = date(2026, 11, 28)
ACCELERATOR: Row = {
    "item": "US:3A090.a",
    "origin_country": "US",
    "export_from": "US",
    "destination": "CN",
    "end_user_country": "CN",
    "end_user_hq_country": "CN",
    "end_use": "datacenter_ai",
    "listed_as": "none",
    "owner_listed_as": "none",
    "owner_share_listed": 0.0,
    "tpp": 30_000.0,
    "datacenter": True,
    "dram_bandwidth_gb_s": 8_000.0,
}
GALLIUM: Row = {
    "item": "CN:3C001.a",
    "origin_country": "CN",
    "export_from": "CN",
    "destination": "US",
    "end_user_country": "US",
    "end_use": "civil",
    "listed_as": "none",
}
MEMORY: Row = {
    "item": "US:3A090.c",
    "origin_country": "US",
    "export_from": "US",
    "destination": "CN",
    "end_user_hq_country": "CN",
    "end_use": "civil",
    "listed_as": "none",
    "owner_share_listed": 0.0,
    "memory_bandwidth_density_gb_s_mm2": 9.0,
}
BOUND = {"US": (ACCELERATOR, MEMORY), "CN": (GALLIUM,)}
CLEARER = {"no_finding", "not_subject", "exception"}


@pytest.fixture(scope="module")
def laws() -> Laws:
    return load_laws()


def _table(rows: list[Row]) -> pa.Table:
    names = sorted({name for row in rows for name in row} | {"item"})
    columns = {
        name: pa.array([row.get(name) for row in rows], ARROW_TYPES[facts()[name].type])
        for name in names
    }
    return pa.table({"row_id": pa.array([str(i) for i in range(len(rows))]), **columns})


def _answers(rows: list[Row], laws: Laws, regime: str, on: date = ON) -> list[Row]:
    found = determine(_table(rows), on, "enforced", laws).to_pylist()
    return [answer for answer in found if answer["regime"] == regime]


@pytest.mark.parametrize(
    "regime, row, policy",
    [
        ("US", ACCELERATOR, "presumption_of_denial"),
        ("US", MEMORY, None),
        ("CN", GALLIUM, "denial_in_principle"),
    ],
)
def test_the_full_rows_need_a_license(
    laws: Laws, regime: str, row: Row, policy: str | None
) -> None:
    (answer,) = _answers([row], laws, regime)
    assert answer["outcome"] == "license_required"
    assert policy in {None, answer["review_policy"]}


@settings(max_examples=60)
@given(data=st.data())
def test_a_blank_never_clears(laws: Laws, data: st.DataObject) -> None:
    """Leaving cells empty may open an answer; it never turns a requirement into none."""
    regime = data.draw(st.sampled_from(sorted(BOUND)))
    rows: list[Row] = []
    for row in BOUND[regime]:
        blank = data.draw(st.sets(st.sampled_from(sorted(row))))
        rows.append({name: value for name, value in row.items() if name not in blank})
    answers = _answers(rows, laws, regime)
    assert len(answers) == len(rows)
    assert not CLEARER & {answer["outcome"] for answer in answers}


@pytest.mark.parametrize(
    "row, regime, outcome",
    [
        ({"export_from": "US", "origin_country": "US", "destination": "DE"}, "US", "unclassified"),
        (
            MEMORY | {"item": "US:3B001.c"} | {"memory_bandwidth_density_gb_s_mm2": None},
            "US",
            "unclassified",
        ),
        (ACCELERATOR | {"item": "US:EAR99", "tpp": None, "datacenter": None}, "US", "no_finding"),
        (GALLIUM | {"item": "CN:none"}, "CN", "no_finding"),
        (GALLIUM | {"end_use": "military"}, "CN", "prohibited"),
        (GALLIUM | {"end_use": None}, "CN", "undetermined"),
        (GALLIUM | {"origin_country": "DE", "export_from": "DE"}, "CN", "not_subject"),
        (GALLIUM | {"destination": "CN", "end_user_country": "CN"}, "CN", "not_subject"),
    ],
)
def test_kinds_of_answers(laws: Laws, row: Row, regime: str, outcome: str) -> None:
    (answer,) = _answers([row], laws, regime)
    assert answer["outcome"] == outcome
    if outcome != "license_required":
        assert answer["review_policy"] == ""


def test_an_open_answer_says_what_each_value_gives(laws: Laws) -> None:
    (answer,) = _answers([GALLIUM | {"end_use": None}], laws, "CN", date(2026, 11, 24))
    cells = {cell["outcome"]: cell["facts"] for cell in answer["cells"]}
    assert "military" in cells["prohibited"]
    assert "civil" in cells["license_required"]
    assert "end_use" in answer["missing"]


def test_equal_rows_are_answered_alike_wherever_they_stand(laws: Laws) -> None:
    rows = [ACCELERATOR, GALLIUM, MEMORY, {}] * 25
    found = determine(_table(rows), ON, "enforced", laws).to_pylist()
    alone = determine(_table(rows[:4]), ON, "enforced", laws).to_pylist()
    by_row = [(a["row_id"], a["regime"]) for a in found]
    assert by_row == sorted(by_row, key=lambda key: (int(key[0]), by_row.index(key)))
    for answer in found:
        twin = next(
            a
            for a in alone
            if a["regime"] == answer["regime"] and int(a["row_id"]) == int(answer["row_id"]) % 4
        )
        assert {**answer, "row_id": ""} == {**twin, "row_id": ""}


def test_a_sweep_moves_the_date_and_nothing_else(laws: Laws) -> None:
    days = [date(2026, 11, 27), date(2026, 11, 28)]
    book = answer_book(_table([GALLIUM]), ON, "enforced", laws, sweep=days).to_pylist()
    policies = {a["date"]: a["review_policy"] for a in book if a["regime"] == "CN"}
    assert policies == {days[0]: "ordinary", days[1]: "denial_in_principle"}


def test_an_empty_book_has_no_answers(laws: Laws) -> None:
    assert determine(_table([ACCELERATOR]).slice(0, 0), ON, "enforced", laws).num_rows == 0
