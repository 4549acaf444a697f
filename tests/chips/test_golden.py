"""The published cases of `classify`, and the shipped chips."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from chipward.science.chips import classify
from chipward.science.chips.spec_file import read_spec_file
from chipward.tables import load, rows_of


def cases(shared: Path) -> list[tuple[dict[str, str], dict[str, Any]]]:
    path = shared / "golden" / "us_chips.csv"
    from datetime import date  # noqa: PLC0415

    table = classify(read_spec_file(path), date(2026, 11, 24))
    with path.open(encoding="utf-8", newline="") as stream:
        return list(zip(csv.DictReader(stream), table.to_pylist(), strict=True))


def no_parameters(case: dict[str, str]) -> bool:
    """Only the maker's code is known: nothing to class by, so the honest answer is open."""
    return (
        not any(case[n] for n in ("tpp", "performance_density"))
        and not case["memory_bandwidth_density_gb_s_mm2"]
    )


def anomaly(case: dict[str, str]) -> bool:
    """The published parameters contradict the published class: the parameters are classed."""
    return case["note"].startswith("ANOMALY")


def test_published_classes(shared: Path) -> None:
    found = cases(shared)
    assert len(found) == 76
    wrong = [
        (case["chip"], case["as_of_date"], answer["class"])
        for case, answer in found
        if not no_parameters(case) and not anomaly(case)
        if answer["class"] != case["expected_class"]
    ]
    assert wrong == []


def test_published_review_policies(shared: Path) -> None:
    """A blank is asserted where the rule cannot speak: no class of its levels, or before it."""
    wrong = [
        (case["chip"], case["as_of_date"], answer["cn_mo_review_policy"])
        for case, answer in cases(shared)
        if case["cn_mo_review_policy"]
        or case["expected_class"] in {"none", "3A090", "3A090.c"}
        or case["as_of_date"] < "2026-01-15"
        if (answer["cn_mo_review_policy"] or "") != case["cn_mo_review_policy"]
    ]
    assert wrong == []


def test_chips_without_parameters_stay_open_and_show_the_vendor_code(shared: Path) -> None:
    found = [(case, answer) for case, answer in cases(shared) if no_parameters(case)]
    assert len(found) == 7
    for case, answer in found:
        assert answer["class"] is None
        assert "tpp" in answer["missing"]
        assert answer["vendor_eccn"] == case["vendor_published_eccn"]
        assert answer["clash"] is None


def test_an_anomaly_is_a_clash(shared: Path) -> None:
    found = [answer for case, answer in cases(shared) if anomaly(case)]
    assert [(a["class"], a["clash"]) for a in found] == [("3A090.b.1", True)]


def test_nothing_else_clashes(shared: Path) -> None:
    assert [c["chip"] for c, a in cases(shared) if a["clash"] and not anomaly(c)] == []


CHIPS = load("chips/chips")


def test_shipped_chips_do_not_contradict_their_makers() -> None:
    from datetime import date  # noqa: PLC0415

    table = CHIPS.rename_columns(
        ["as_of_date" if name == "as_of" else name for name in CHIPS.column_names]
    )
    answers = classify(table, date(2026, 11, 24)).to_pylist()
    assert [a["chip"] for a in answers if a["clash"]] == []
    assert sum(a["class"] is not None for a in answers) >= 30


@pytest.mark.parametrize("chip", rows_of(CHIPS), ids=lambda row: row["chip"])
def test_shipped_chip_is_whole(chip: dict[str, Any]) -> None:
    assert chip["chip"] == chip["chip"].lower()
    assert chip["name"]
    assert chip["maker"]
    assert chip["as_of"]
    assert set(chip["estimated"] or []) <= set(chip)
    if chip["tpp"] and chip["die_area_mm2"] and chip["performance_density"]:
        ratio = chip["tpp"] / chip["die_area_mm2"]
        assert ratio == pytest.approx(chip["performance_density"], rel=0.005)


def test_part_numbers_and_names_are_of_one_chip() -> None:
    numbers = [n for row in rows_of(CHIPS) for n in row["part_numbers"] or []]
    names = [n for row in rows_of(CHIPS) for n in [row["name"], *(row["aliases"] or [])]]
    assert len(numbers) == len(set(numbers))
    assert len(names) == len(set(names))
