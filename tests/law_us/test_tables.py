"""The tables of the United States law agree with each other, the facts read, and the law."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

from chipward.facts import facts
from chipward.law.load import load_laws
from chipward.lenses.control.codes import in_group
from chipward.tables import live_rows, load, rows_of

ISSUE = date(2026, 7, 23)
LAWS = load_laws()
OURS = [p for p in LAWS.provisions if p.regime == "US"]
DESTINATION_LISTS = ("746.", "744.", "china")


def groups(day: date = ISSUE) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for row in rows_of(live_rows(load("law/us/country_groups"), day)):
        out.setdefault(row["group"], set()).add(row["iso2"])
    return out


def test_country_groups_are_those_of_the_issue_read(shared: Path) -> None:
    """Hong Kong has no row of its own and follows China."""
    path = shared / "facts" / "us" / "country_groups.json"
    read = json.loads(path.read_text(encoding="utf-8"))["groups"]
    ours = {g: c for g, c in groups().items() if not g.startswith(DESTINATION_LISTS)}
    for group, countries in ours.items():
        expected = {one["iso2"] for one in read[group]}
        expected |= {"HK"} if "CN" in expected else set()
        assert countries == expected, group


def test_macau_is_not_in_d5() -> None:
    assert "MO" not in groups()["D:5"]
    assert "MO" in groups()["D:1"]


def test_the_emirates_change_groups_on_their_day() -> None:
    before, after = groups(date(2026, 7, 9)), groups(date(2026, 7, 10))
    assert [g for g, c in before.items() if "AE" in c] == ["D:3", "D:4"]
    assert [g for g, c in after.items() if "AE" in c] == ["A:5"]


def test_scope_of_level_b_is_the_one_worked_out_from_the_groups(shared: Path) -> None:
    path = shared / "facts" / "us" / "country_groups.json"
    derived = json.loads(path.read_text(encoding="utf-8"))["derived"]
    live = groups()
    wide = (live["D:1"] | live["D:4"] | live["D:5"]) - live["A:5"] - live["A:6"]
    assert sorted(wide) == sorted(derived["d1_d4_d5_excluding_a5_a6_iso2"])
    assert sorted(live["D:5"] | {"MO"}) == sorted(derived["macau_or_d5_iso2"])


def test_item_groups_are_declared_facts() -> None:
    for group in set(load("law/us/item_groups")["group"].to_pylist()):
        assert facts()[group].type == "boolean"


def test_levels_do_not_share_codes() -> None:
    rows = rows_of(load("law/us/item_groups"))
    of = {g: {r["code"] for r in rows if r["group"] == g} for g in {r["group"] for r in rows}}
    levels = [of["us_3a090_a"], of["us_3a090_b"], of["us_3a090_c"]]
    assert not levels[0] & levels[1] | levels[0] & levels[2] | levels[1] & levels[2]
    for code in levels[0] | levels[1]:
        assert in_group([code], of["us_ab_any"])


def test_license_rows_name_provisions_and_modelled_codes_have_rows() -> None:
    ids = {p.id for p in OURS}
    rows = rows_of(load("law/us/license_rows"))
    assert {row["provision"] for row in rows if row["provision"]} <= ids
    codes = [row["code"] for row in rows]
    for code in load("law/us/modelled_codes")["code"].to_pylist():
        assert code == "EAR99" or any(in_group([one], [code]) for one in codes), code


def test_license_rows_are_those_read(shared: Path) -> None:
    """Reason and scope of every row of a modelled code stand in the rows that were read."""
    path = shared / "facts" / "us" / "eccn_license_rows.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        read = {
            (row["eccn"], row["row_reason"], row["requirement_kind"])
            for row in csv.DictReader(stream)
        }
    for row in rows_of(load("law/us/license_rows")):
        assert (row["code"].partition(".")[0], row["reason"], row["kind"]) in read, row


def test_only_chart_rows_without_a_marked_country_have_no_provision() -> None:
    """AT 1 is marked for nobody: the blank rows of embargoed countries are part 746's."""
    marked = any(row["at1"] or row["at2"] for row in rows_of(load("law/us/country_chart")))
    bare = [row for row in rows_of(load("law/us/license_rows")) if not row["provision"]]
    assert {row["chart_column"] for row in bare} == {"AT1"}
    assert not marked


def test_chart_marks_are_those_read(shared: Path) -> None:
    path = shared / "facts" / "us" / "country_chart.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        read = {row["iso2"]: row for row in csv.DictReader(stream)}
    ours = rows_of(load("law/us/country_chart"))
    assert {row["iso2"] for row in ours} == set(read)
    for row in ours:
        blank = read[row["iso2"]]["row_type"] == "embargo"
        assert row["at1"] is (None if blank else read[row["iso2"]]["AT1"] == "1")


def test_groups_named_by_the_law_exist() -> None:
    """A misspelt group would silently be empty."""
    known = {f"US:{group}" for group in load("law/us/country_groups")["group"].to_pylist()}
    named = {
        str(value)
        for provision in OURS
        for version in provision.versions
        for leaf in version.compiled.leaves
        if leaf.column.endswith("_groups")
        for value in leaf.values
    }
    assert named <= known


def test_exceptions_never_lift_what_parties_embargoes_or_end_uses_ask() -> None:
    for provision in OURS:
        for target in provision.defeats:
            assert not target.startswith(("us.ear.746", "us.ear.744_11", "us.ear.744_21")), target


def test_codes_for_anti_terrorism_only_have_no_other_row() -> None:
    """The .z paragraphs below some of them are of level a or b, and told apart by that."""
    groups_of = rows_of(load("law/us/item_groups"))
    codes = {row["code"] for row in groups_of if row["group"] == "us_at_only"}
    levels = [row["code"] for row in groups_of if row["group"] == "us_ab_any"]
    assert codes
    for row in rows_of(load("law/us/license_rows")):
        if in_group([row["code"]], codes) and not in_group([row["code"]], levels):
            assert row["reason"] == "AT", row
