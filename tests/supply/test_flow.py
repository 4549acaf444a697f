"""From categories to findings: exposures, outcomes, evidence, and the short forms."""

from __future__ import annotations

import re
import time
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.catalogue import text
from chipward.lenses.supply.explain import alternatives, explain, line_materials, materials_map
from chipward.lenses.supply.facts import EXPOSURE_SCHEMA, exposures, lane_items
from chipward.lenses.supply.judge import INPUTS_SCHEMA, OUTCOMES, judge
from chipward.review import Number, TableHit
from chipward.tables import load, rows_of

ON = date(2026, 11, 28)
BEFORE_THE_FIGURES = date(2025, 6, 1)
POLICIES = sorted(row["policy"] for row in rows_of(load("policy/review_policies")))
DENIALS = {"presumption_of_denial", "denial_in_principle", "policy_of_denial"}
DIRECT = sorted({r["category"] for r in rows_of(load("supply/part_materials")) if r["direct"]})
LANE_OUTCOMES = [
    "not_subject", "no_finding", "exception", "license_required", "prohibited", "unclassified",
    "undetermined",
]  # fmt: skip


def board(*categories: str | None, fitted: bool = True) -> pa.Table:
    return pa.table(
        {
            "line": pa.array(range(1, len(categories) + 1), pa.int32()),
            "category": pa.array(categories, pa.string()),
            "fitted": pa.array([fitted] * len(categories), pa.bool_()),
        }
    )


def answer(line: int, material: str, outcome: str, policy: str = "", **more: Any) -> dict[str, Any]:
    return {
        "line": line, "material": material, "regime": "XX", "outcome": outcome,
        "review_policy": policy, "provisions": ["xx.act"], "verify": False, **more,
    }  # fmt: skip


def answers(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=INPUTS_SCHEMA)


def outcomes(judged: pa.Table) -> dict[tuple[int, str], str]:
    return {(r["line"], r["material"]): r["supply_outcome"] for r in judged.to_pylist()}


def test_only_direct_materials_are_applied() -> None:
    wanted = {
        row["material"]
        for row in rows_of(load("supply/part_materials"))
        if row["category"] == "capacitor_mlcc" and row["direct"]
    }
    found = exposures(board("capacitor_mlcc", "processor", None, "no_such"), ON)
    assert found.schema.equals(EXPOSURE_SCHEMA)
    assert {(r["line"], r["material"]) for r in found.to_pylist()} == {(1, m) for m in wanted}
    assert "palladium" not in wanted


def test_a_line_keeps_its_rows_when_it_is_not_fitted() -> None:
    found = exposures(board("rf_gan", fitted=False), ON)
    assert found.num_rows == exposures(board("rf_gan"), ON).num_rows
    assert not any(found["fitted"].to_pylist())


def test_figures_come_with_stage_year_and_source() -> None:
    row = exposures(board("rf_amplifier_gaas"), ON).to_pylist()[1]
    assert (row["material"], row["stage"], row["year"]) == ("gallium", "primary_production", 2025)
    assert (row["top_country"], row["top_share_pct"]) == ("CN", 99.0)
    assert row["source"].startswith("usgs_mcs_2026")
    assert row["net_import_reliance_pct"] == 100.0
    assert row["part_source"].startswith("csis_2024_10")
    assert not row["figures_later"]


def test_figures_published_later_are_used_and_said() -> None:
    row = exposures(board("rf_amplifier_gaas"), BEFORE_THE_FIGURES).to_pylist()[1]
    assert row["figures_later"]
    assert row["top_share_pct"] == 99.0
    notes = explain(judge(exposures(board("led"), BEFORE_THE_FIGURES), answers()))[0].notes
    assert "supply.note.figures_later" in {note.key for note in notes}


def test_every_category_with_a_direct_material_gives_rows() -> None:
    found = exposures(board(*DIRECT), ON)
    assert set(found["line"].to_pylist()) == set(range(1, len(DIRECT) + 1))


def test_codes_of_the_raw_material() -> None:
    found = lane_items(exposures(board("rf_gan", "display", "laser_inp"), ON)).to_pylist()
    codes = {(r["line"], r["material"]): r["code"] for r in found}
    assert codes[1, "gallium"] == "3C001.a"
    assert (2, "indium") not in codes  # indium metal stands in no row that was read
    assert codes[3, "indium"] == "3C004.a"
    assert (1, "silicon_carbide") not in codes


def _expected(outcome: str, policy: str) -> str | None:
    if outcome == "prohibited" or (outcome == "license_required" and policy in DENIALS):
        return "cut"
    return "licensed" if outcome == "license_required" else None


@pytest.mark.parametrize("policy", ["", *POLICIES])
@pytest.mark.parametrize("outcome", LANE_OUTCOMES)
def test_outcome_of_the_lane_decides_first(outcome: str, policy: str) -> None:
    exposed = exposures(board("rf_gan"), ON)
    judged = judge(exposed, answers(answer(1, "gallium", outcome, policy, verify=True)))
    row = next(r for r in judged.to_pylist() if r["material"] == "gallium")
    assert row["supply_outcome"] == (_expected(outcome, policy) or "concentrated")
    assert (row["input_outcome"], row["verify"]) == (outcome, True)


def test_no_answer_leaves_the_figures_to_decide() -> None:
    found = outcomes(judge(exposures(board("rf_gan", "battery"), ON), answers()))
    assert found[1, "gallium"] == "concentrated"
    assert found[1, "silicon_carbide"] == "no_data"
    assert found[2, "cobalt"] == "concentrated"


@pytest.mark.parametrize(
    "share, hhi, wanted, names",
    [
        (10.0, 1800.0, "exposed", []),
        (10.0, 1800.1, "concentrated", ["hhi_high"]),
        (65.0, None, "exposed", []),
        (65.1, None, "concentrated", ["share_high"]),
        (99.0, 9800.0, "concentrated", ["hhi_high", "share_high"]),
        (None, 100.0, "exposed", []),
        (None, 5000.0, "concentrated", ["hhi_high"]),
        (None, None, "no_data", []),
    ],
)
def test_thresholds_are_on_the_line(
    share: float | None, hhi: float | None, wanted: str, names: list[str]
) -> None:
    exposed = exposures(board("led"), ON)
    for name, value in (("top_share_pct", share), ("hhi", hhi)):
        place = exposed.column_names.index(name)
        exposed = exposed.set_column(place, name, pa.array([value], pa.float64()))
    judged = judge(exposed, answers())
    for finding in explain(judged):
        assert text(finding.title.key, **finding.title.params)
    row = judged.to_pylist()[0]
    assert (row["supply_outcome"], row["thresholds"]) == (wanted, names)


def test_the_strictest_regime_counts() -> None:
    exposed = exposures(board("led", "led"), ON)
    mild = answer(1, "gallium", "license_required", "case_by_case", regime="AA")
    hard = answer(1, "gallium", "prohibited", regime="ZZ", provisions=["zz.ban"])
    rows = judge(exposed, answers(mild, hard)).to_pylist()
    assert (rows[0]["supply_outcome"], rows[0]["regime"]) == ("cut", "ZZ")
    assert rows[0]["provisions"] == ["zz.ban"]
    assert (rows[1]["supply_outcome"], rows[1]["regime"]) == ("concentrated", None)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 4), st.sampled_from(["gallium", "indium", "tin"]),
            st.sampled_from(["AA", "BB"]), st.sampled_from(LANE_OUTCOMES),
            st.sampled_from(["", *POLICIES]),
        ),
        max_size=12,
        unique_by=lambda row: row[:3],
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_judging_is_row_by_row_and_blind_to_order(rows: list[Any], chance: Any) -> None:
    exposed = exposures(board("led", "laser_inp", None, "display"), ON)
    given_rows = [answer(a, b, d, e, regime=c) for a, b, c, d, e in rows]
    judged = judge(exposed, answers(*given_rows))
    bare = outcomes(judge(exposed, answers()))
    for key, found in outcomes(judged).items():
        acts = {_expected(d, e) for a, b, _, d, e in rows if (a, b) == key} - {None}
        assert found == min(acts or {bare[key]}, key=OUTCOMES.index)
    chance.shuffle(given_rows)
    assert judge(exposed, answers(*given_rows)).equals(judged)


def _judged() -> pa.Table:
    exposed = exposures(board("rf_gan", "battery", "ir_optics_germanium", "circulator"), ON)
    return judge(
        exposed,
        answers(
            answer(1, "gallium", "license_required", "denial_in_principle", verify=True),
            answer(2, "graphite", "license_required", "ordinary"),
        ),
    )


def test_findings_carry_their_evidence() -> None:
    found = {(f.line, f.facts["material"]): f for f in explain(_judged())}
    cut = found[1, "gallium"]
    assert (cut.lens, cut.lane, cut.regime, cut.level) == ("supply", "inputs", "XX", "")
    assert (cut.outcome, cut.review_policy, cut.verify) == ("cut", "denial_in_principle", True)
    assert cut.facts["provisions"] == ["xx.act"]
    numbers = {e.name: e for e in cut.evidence if isinstance(e, Number)}
    assert set(numbers) == {"top_share_pct", "hhi", "net_import_reliance_pct"}
    assert all(n.unit and n.year == "2025" and n.source for n in numbers.values())
    own, named, world = numbers["top_share_pct"].inputs
    share = 100 * own["value"] / named["value"]
    assert numbers["top_share_pct"].value == pytest.approx(share, abs=0.051)
    assert world["country"] == "world"
    assert numbers["net_import_reliance_pct"].inputs[0]["bound"] == "="
    tables = [e for e in cut.evidence if isinstance(e, TableHit)]
    assert [t.table for t in tables] == ["supply/part_materials"]
    assert found[2, "graphite"].outcome == "licensed"
    concentrated = found[2, "cobalt"]
    assert (concentrated.regime, concentrated.review_policy) == ("", "")
    hits = [
        e.row["threshold"]
        for e in concentrated.evidence
        if isinstance(e, TableHit) and "threshold" in e.row
    ]
    assert hits == ["hhi_high", "share_high"]
    assert (4, "gadolinium") not in found  # no figures, nothing in force: nothing found


def test_single_figures_have_no_index_and_say_so() -> None:
    germanium = next(f for f in explain(_judged()) if f.facts["material"] == "germanium")
    assert "hhi" not in {e.name for e in germanium.evidence if isinstance(e, Number)}
    assert "supply.caveat.single_figures" in {note.key for note in germanium.notes}


def test_a_cut_without_figures_is_still_found() -> None:
    exposed = exposures(board("circulator"), ON)
    cut = explain(judge(exposed, answers(answer(1, "gadolinium", "prohibited"))))[0]
    assert cut.title.key == "supply.title.cut_no_share"
    assert cut.evidence


def test_ids_are_stable_and_apart() -> None:
    first, second = explain(_judged()), explain(_judged())
    ids = [f.id for f in first]
    assert ids == [f.id for f in second]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[0-9a-f]{10}", one) for one in ids)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_sentence_can_be_said(lang: str) -> None:
    exposed = exposures(board(*DIRECT), ON)
    rows = exposed.select(["line", "material"]).to_pylist()
    lanes = [
        answer(r["line"], r["material"], "prohibited" if i % 2 else "license_required")
        for i, r in enumerate(rows)
    ]
    for finding in [*explain(judge(exposed, answers(*lanes))), *explain(judge(exposed, answers()))]:
        for message in (finding.title, *finding.assumptions, *finding.notes):
            said = text(message.key, lang, **message.params)
            assert "@" not in said
            assert "_" not in said.replace("rf_", ""), said


def test_alternatives_are_outside_the_source_country() -> None:
    found = alternatives("gallium", "CN")
    assert found
    assert all(row.get("countries") != ["CN"] for row in found)
    assert any(row.get("lead_time") for row in found)
    assert all(row["source"] for row in found)
    assert len(alternatives("gallium", None)) == len(found) + 1
    assert alternatives("no_such", "CN") == []


def test_short_forms() -> None:
    judged = _judged()
    lines = line_materials(judged)
    assert next(iter(lines[1][0].items())) == ("material", "gallium")
    assert [m["outcome"] for m in lines[2]] == sorted(
        (m["outcome"] for m in lines[2]), key=OUTCOMES.index
    )
    assert lines[1][0]["regime"] == "XX"
    assert {m["regime"] for m in lines[2] if m["outcome"] == "concentrated"} == {""}
    shown = materials_map(judged)
    assert [m["material"] for m in shown] == sorted(m["material"] for m in shown)
    gallium = next(m for m in shown if m["material"] == "gallium")
    assert gallium["lines"] == [1]
    assert (gallium["country"], gallium["share_pct"], gallium["year"]) == ("CN", 99.0, 2025)
    assert "silicon_carbide" not in {m["material"] for m in shown}


def test_lines_not_fitted_stay_off_the_map() -> None:
    judged = judge(exposures(board("led", fitted=False), ON), answers())
    assert materials_map(judged) == []
    assert "supply.note.not_fitted" in {n.key for n in explain(judged)[0].notes}


@pytest.mark.parametrize("categories", [(), (None,), ("processor",)])
def test_nothing_in_gives_nothing(categories: tuple[str | None, ...]) -> None:
    judged = judge(exposures(board(*categories), ON), answers())
    assert explain(judged) == []
    assert line_materials(judged) == {}
    assert materials_map(judged) == []


def test_ten_thousand_lines_take_less_than_a_second() -> None:
    parts = board(*(DIRECT[i % len(DIRECT)] for i in range(10_000)))
    start = time.process_time()
    exposed = exposures(parts, ON)
    rows = exposed.select(["line", "material"]).to_pydict()
    lanes = answers(
        *(answer(n, m, "license_required", "ordinary") for n, m in zip(*rows.values(), strict=True))
    )
    made = time.process_time()
    judged = judge(exposed, lanes)
    findings = explain(judged)
    line_materials(judged)
    used = time.process_time() - made
    assert len(findings) > 10_000
    assert used < 1.0
    assert made - start < 5.0
