"""Answers of the United States rules for shipments written for the purpose, day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from chipward.determine import determine
from chipward.facts import facts
from chipward.law.load import load_laws
from chipward.tables import ARROW_TYPES

LAWS = load_laws()
CERTIFIED = (
    "us_supply", "no_foundry_diversion", "volume_50pct", "kyc_remote_access",
    "no_military_use", "us_third_party_test",
)  # fmt: skip
H200 = {"item": "3A090.a", "tpp": 15832.0, "dram_bandwidth_gb_s": 4800.0, "datacenter": True}
GAMING = {"item": "3A090.a", "tpp": 5285.0, "performance_density": 8.68, "datacenter": False}
LEVEL_B = {"item": "3A090.b", "datacenter": True}


def answer(scope: str = "enforced", /, **given: Any) -> dict[str, Any]:
    """The US answer for an export of a US-made item to a civil, screened buyer at home there."""
    where = given.get("destination")
    base: dict[str, Any] = {
        "date": date(2026, 9, 29), "action": "export", "code_system": "US",
        "origin_country": "US", "export_from": "US", "end_user_country": where,
        "end_user_hq_country": where, "listed_as": "none", "owner_share_listed": 0.0,
        "end_use": "civil",
    }  # fmt: skip
    row = {**base, **given}
    columns = {
        name: pa.array([value], ARROW_TYPES[facts()[name].type]) for name, value in row.items()
    }
    table = pa.table({"row_id": pa.array(["x"]), **columns})
    found = determine(table, date(2026, 11, 24), scope, LAWS).to_pylist()
    return next(one for one in found if one["regime"] == "US")


@pytest.mark.parametrize(
    "day,outcome",
    [
        (date(2022, 10, 21), "license_required"),
        (date(2023, 11, 16), "license_required"),
        (date(2023, 11, 17), "exception"),
        (date(2026, 9, 29), "exception"),
    ],
)
def test_a_gaming_card_to_china(day: date, outcome: str) -> None:
    """Under the undivided entry of 2022 the code alone asked for a license, without NAC."""
    assert answer(destination="CN", date=day, **GAMING)["outcome"] == outcome


def test_the_entry_of_2022_wants_the_transfer_rate_too() -> None:
    card = {"tpp": 5285.0, "destination": "CN", "date": date(2023, 11, 16), "item": "4A994.l"}
    assert answer(interconnect_gb_s=64.0, **card)["outcome"] == "no_finding"
    assert answer(interconnect_gb_s=600.0, **card)["outcome"] == "license_required"
    assert answer(**card)["outcome"] == "undetermined"
    macau = {**card, "destination": "MO", "interconnect_gb_s": 600.0}
    assert answer(**macau)["outcome"] == "license_required"
    assert answer(**{**macau, "date": date(2023, 1, 16)})["outcome"] == "no_finding"
    assert answer(**{**macau, "date": date(2023, 1, 17)})["outcome"] == "license_required"


def test_nac_is_for_exports_to_screened_parties_outside_datacenters() -> None:
    found = answer(destination="CN", **GAMING)
    assert (found["outcome"], found["exceptions"]) == ("exception", ["NAC"])
    assert "notify_25_days" in found["duties"]
    assert answer(destination="CN", **{**GAMING, "datacenter": True})["exceptions"] == []
    unsaid = answer(destination="CN", **{**GAMING, "datacenter": None})
    assert (unsaid["outcome"], unsaid["exceptions"]) == ("license_required", ["NAC?"])
    assert "datacenter" in unsaid["missing"]
    unscreened = answer(destination="CN", **{**GAMING, "listed_as": None})
    assert unscreened["exceptions"] == ["NAC?"]
    assert "listed_as" in unscreened["missing"]
    assert answer(destination="CN", listed_as="US:EL", **GAMING)["outcome"] == "license_required"
    inside = answer(destination="CN", action="transfer", **GAMING)
    assert inside["exceptions"] == ["ACA"]


@pytest.mark.parametrize(
    "destination,day,exceptions",
    [
        ("VN", date(2024, 4, 3), ["NAC"]),
        ("VN", date(2024, 4, 4), ["ACA"]),
        ("QA", date(2026, 9, 29), ["ACA"]),
        ("MO", date(2026, 9, 29), ["NAC"]),
        ("RU", date(2026, 9, 29), []),
        ("IR", date(2026, 9, 29), []),
    ],
)
def test_level_b_by_destination(destination: str, day: date, exceptions: list[str]) -> None:
    found = answer(destination=destination, date=day, **LEVEL_B)
    assert found["exceptions"] == exceptions
    assert found["outcome"] == ("exception" if exceptions else "license_required")


@pytest.mark.parametrize(
    "day,outcome", [(date(2026, 7, 9), "exception"), (date(2026, 7, 10), "license_required")]
)
def test_level_b_to_the_emirates(day: date, outcome: str) -> None:
    """In Country Group D:4 ACA reached it; named in the row and in A:5 it no longer does."""
    found = answer(destination="AE", date=day, end_user_status="ordinary", **LEVEL_B)
    assert found["outcome"] == outcome


def test_level_a_to_the_emirates_wants_checking() -> None:
    found = answer(destination="AE", **H200)
    assert (found["outcome"], found["verify"]) == ("license_required", True)
    free = answer(destination="AE", end_user_status="government", **H200)
    assert (free["outcome"], free["exceptions"]) == ("exception", ["UAE"])


@pytest.mark.parametrize("destination", ["SG", "MY", "DE", "TW", "IL"])
def test_level_a_elsewhere(destination: str) -> None:
    assert answer(destination=destination, **H200)["outcome"] == "no_finding"
    assert answer("text", destination=destination, **H200)["outcome"] == "license_required"
    parent = answer(destination=destination, end_user_hq_country="MO", **H200)
    assert parent["outcome"] == "license_required"
    assert parent["review_policy"] == "presumption_of_denial"
    unknown = answer(destination=destination, end_user_hq_country=None, **H200)
    assert (unknown["outcome"], unknown["missing"]) == ("undetermined", ["end_user_hq_country"])


@pytest.mark.parametrize(
    "change,policy",
    [
        ({}, "case_by_case_if_certified"),
        ({"certifications": list(CERTIFIED)}, "case_by_case"),
        ({"certifications": list(CERTIFIED[:-1])}, "presumption_of_denial"),
        ({"certifications": []}, "presumption_of_denial"),
        ({"tpp": 21000.0}, "presumption_of_denial"),
        ({"dram_bandwidth_gb_s": 6500.0}, "presumption_of_denial"),
        ({"action": "reexport", "export_from": "SG"}, "presumption_of_denial"),
        ({"date": date(2026, 1, 14)}, "presumption_of_denial"),
        ({"date": date(2026, 1, 15)}, "case_by_case_if_certified"),
        ({"destination": "MO"}, "case_by_case_if_certified"),
        ({"destination": "HK"}, "case_by_case_if_certified"),
        ({"destination": "VE"}, "presumption_of_denial"),
        ({"destination": "BY"}, "policy_of_denial"),
        ({"destination": "VN"}, "presumption_of_approval"),
        ({"dram_bandwidth_gb_s": None}, ""),
    ],
)
def test_review_policy_of_a_datacenter_chip(change: dict[str, Any], policy: str) -> None:
    found = answer(**{"destination": "CN", **H200, **change})
    assert (found["outcome"], found["review_policy"]) == ("license_required", policy)
    if not policy:
        assert "dram_bandwidth_gb_s" in found["missing"]


@pytest.mark.parametrize("item", ["4A003.z.1", "5A992.z", "5A002.z.1", "4A090"])
def test_a_code_without_its_level_is_enough_where_both_levels_need_a_license(item: str) -> None:
    found = answer(destination="CN", item=item, datacenter=True)
    assert found["outcome"] == "license_required"
    assert "item" in found["missing"]
    assert found["exceptions"] == ["NAC?"]


def test_the_bare_entry_is_asked_for_its_paragraph() -> None:
    found = answer(destination="VN", item="3A090")
    assert (found["outcome"], "item" in found["missing"]) == ("undetermined", True)


@pytest.mark.parametrize(
    "day,outcome", [(date(2024, 12, 1), "no_finding"), (date(2024, 12, 2), "license_required")]
)
def test_high_bandwidth_memory(day: date, outcome: str) -> None:
    memory = {"item": "3A090.c", "memory_bandwidth_density_gb_s_mm2": 2.5}
    assert answer(destination="CN", date=day, **memory)["outcome"] == outcome
    assert answer(destination="VN", date=day, **memory)["outcome"] == "no_finding"


def test_the_memory_exception_ends_at_its_ceiling() -> None:
    memory = {"item": "3A090.c", "destination": "CN"}
    below = answer(memory_bandwidth_density_gb_s_mm2=3.29, **memory)
    assert below["exceptions"] == ["HBM?"]
    assert answer(memory_bandwidth_density_gb_s_mm2=3.3, **memory)["exceptions"] == []
    told = answer(
        memory_bandwidth_density_gb_s_mm2=3.29, hbm_packager_us_or_a5_parent=True,
        hbm_direct_to_end_user=True, hbm_for_ai_ic=False, **memory,
    )  # fmt: skip
    assert (told["outcome"], told["exceptions"]) == ("exception", ["HBM"])


@pytest.mark.parametrize("destination", ["CU", "IR", "KP", "SY"])
def test_a_blank_chart_row_is_no_permission(destination: str) -> None:
    for item in ("3A991.a", "5A992.c", "9A991.d"):
        assert answer(destination=destination, item=item)["outcome"] == "license_required"
    found = answer(destination=destination, item="EAR99")
    assert (found["outcome"], found["missing"]) == ("undetermined", ["us_746_reaches_ear99"])


def test_foreign_made_items_want_their_reach_told() -> None:
    made = {"origin_country": "TW", "export_from": "TW", "destination": "CN", **H200}
    found = answer(**made)
    assert (found["outcome"], found["subject"]) == ("undetermined", "unknown")
    assert "us_reach_shown" in found["missing"]
    assert answer(us_reach_shown=True, **made)["outcome"] == "license_required"
    assert answer(us_reach_shown=False, **made)["outcome"] == "not_subject"
    material = answer(origin_country="CN", export_from="CN", destination="TW", code_system="CN")
    assert material["outcome"] == "not_subject"


def test_nothing_inside_the_united_states() -> None:
    found = answer("text", destination="US", end_user_hq_country="CN", **H200)
    assert found["outcome"] == "no_finding"


@pytest.mark.parametrize(
    "day,outcome",
    [
        (date(2025, 9, 28), "no_finding"),
        (date(2025, 9, 29), "license_required"),
        (date(2025, 11, 10), "no_finding"),
        (date(2026, 11, 9), "no_finding"),
        (date(2026, 11, 10), "license_required"),
    ],
)
def test_affiliates_of_listed_parties(day: date, outcome: str) -> None:
    found = answer(
        destination="DE", item="EAR99", owner_listed_as="US:EL", owner_share_listed=0.5, date=day
    )
    assert found["outcome"] == outcome
    assert found["verify"] == (day == date(2026, 11, 10))
    stayed = date(2025, 11, 10) <= day <= date(2026, 11, 9)
    assert bool(found["suspended"]) == stayed


def test_parties_and_end_uses_ask_whatever_the_item() -> None:
    assert answer(destination="DE", item="EAR99", listed_as="US:DPL")["outcome"] == "prohibited"
    assert (
        answer(destination="DE", item="EAR99", listed_as="US:EL")["outcome"] == "license_required"
    )
    fab = answer(destination="CN", item="EAR99", end_use="advanced_node_fab")
    assert fab["review_policy"] == "presumption_of_denial"
    assert (
        answer(destination="KR", item="EAR99", end_use="advanced_node_fab")["outcome"]
        == "no_finding"
    )


@pytest.mark.parametrize(
    "blank,day,outcome,missing",
    [
        ("listed_as", date(2026, 9, 29), "undetermined", ["listed_as"]),
        ("end_use", date(2026, 9, 29), "no_finding", []),
        ("owner_share_listed", date(2026, 11, 9), "no_finding", []),
        (
            "owner_share_listed",
            date(2026, 11, 10),
            "undetermined",
            ["owner_listed_as", "owner_share_listed"],
        ),
    ],
)
def test_a_blank_is_unknown_and_never_no(
    blank: str, day: date, outcome: str, missing: list[str]
) -> None:
    found = answer(destination="DE", item="EAR99", date=day, **{blank: None})
    assert (found["outcome"], found["missing"]) == (outcome, missing)


def test_one_known_fact_decides_about_the_owners() -> None:
    rule = {"destination": "DE", "item": "EAR99", "date": date(2026, 11, 10)}
    assert answer(owner_share_listed=0.0, **rule)["outcome"] == "no_finding"
    none = answer(owner_share_listed=None, owner_listed_as="none", **rule)
    assert none["outcome"] == "no_finding"
    some = answer(owner_share_listed=None, owner_listed_as="US:EL", **rule)
    assert (some["outcome"], some["missing"]) == ("undetermined", ["owner_share_listed"])
    assert some["verify"]
    listed = answer(owner_share_listed=None, listed_as="US:EL", **rule)
    assert listed["outcome"] == "license_required"


def test_an_end_use_not_told_opens_only_what_it_decides() -> None:
    """Supplement 2 and the fabs of Country Group D:5 ask for it, other places and items do not."""
    china = answer(destination="CN", item="EAR99", end_use=None)
    assert (china["outcome"], china["missing"]) == ("undetermined", ["end_use"])
    assert "us.ear.744_21_a1_military" not in china["provisions"]
    assert {cell["outcome"] for cell in china["cells"]} == {"license_required", "no_finding"}
    supplement = answer(destination="CN", item="3A991.a", end_use=None)
    assert "us.ear.744_21_a1_military" in supplement["provisions"]
    assert answer(destination="KR", item="3A991.a", end_use=None)["outcome"] == "no_finding"
    russia = answer(destination="RU", item="EAR99", end_use="military")
    assert russia["review_policy"] == "policy_of_denial"


def test_the_unverified_list_opens_no_outcome() -> None:
    found = answer(destination="DE", item="EAR99", listed_as=None)
    assert found["flags"] == []
    assert "us.ear.744_15_unverified_list" not in found["provisions"]


def test_the_parties_of_a_raw_material_upstream_are_not_asked_for() -> None:
    upstream = {"destination": "DE", "item": "EAR99", "listed_as": None, "lane": "inputs"}
    assert answer(**upstream)["outcome"] == "no_finding"
    assert answer(**{**upstream, "lane": "sell"})["outcome"] == "undetermined"
    assert answer(**{**upstream, "lane": "shipment"})["outcome"] == "undetermined"


@pytest.mark.parametrize(
    "name,values",
    [
        ("lane", ["inputs", "buy"]),
        ("made_with_codes", [["none"], ["3E001"]]),
        ("interconnect_gb_s", [599.0, 600.0]),
    ],
)
def test_rows_alike_but_for_one_fact_keep_their_own_answers(name: str, values: list[Any]) -> None:
    row: dict[str, Any] = {
        "date": date(2023, 11, 16), "item": "3A991.a", "code_system": "US", "tpp": 5000.0,
        "origin_country": "KR", "export_from": "KR", "destination": "CN", "end_use": "civil",
        "end_user_country": "CN", "us_controlled_content_share": 0.0, "listed_as": "none",
        "plant_is_direct_product": False, "contains_ic_of_such_plant": False,
        "contains_us_ic": False, "made_with_codes": ["none"], "interconnect_gb_s": 600.0,
    }  # fmt: skip
    if name != "made_with_codes":
        row["us_reach_shown"] = True
    if name == "lane":
        row["listed_as"] = None
    rows = [{**row, name: value} for value in values]
    columns = {
        one: pa.array([r.get(one) for r in rows], ARROW_TYPES[facts()[one].type])
        for one in {**row, name: None}
    }
    table = determine(
        pa.table({"row_id": pa.array(["a", "b"]), **columns}), date(2026, 1, 1), "enforced", LAWS
    )
    found = [one for one in table.to_pylist() if one["regime"] == "US"]
    assert len({(one["subject"], one["outcome"], *one["missing"]) for one in found}) == len(values)


FOUNDRY = {
    "action": "reexport", "item": "3A991.p", "origin_country": "KR", "export_from": "KR",
    "destination": "CN", "us_controlled_content_share": 0.0, "made_with_codes": ["none"],
    "plant_is_direct_product": True, "node_nm": 7.0, "designer_status": "none",
    "attested": "none", "date": date(2025, 3, 3),
}  # fmt: skip
COUNTED = {"attested": "transistors", "packaged_in": "MY", "transistors_bn": 12.0}


@pytest.mark.parametrize(
    "change,outcome",
    [
        ({}, "license_required"),
        ({"date": date(2025, 1, 15)}, "not_subject"),
        ({"node_nm": 22.0}, "not_subject"),
        ({"plant_is_direct_product": False, "contains_us_ic": False,
          "contains_ic_of_such_plant": False}, "not_subject"),
        ({"destination": "MY"}, "no_finding"),
        ({"destination": "MY", "end_user_hq_country": "CN"}, "license_required"),
        ({"destination": "VN"}, "license_required"),
        (COUNTED, "not_subject"),
        ({**COUNTED, "packaged_in": "CN", "osat_status": "none"}, "license_required"),
        ({**COUNTED, "packaged_in": "CN", "osat_status": "approved"}, "not_subject"),
        ({**COUNTED, "transistors_bn": 33.0, "has_hbm": False}, "license_required"),
        ({**COUNTED, "transistors_bn": 33.0, "has_hbm": False, "date": date(2027, 3, 3)},
         "not_subject"),
        ({**COUNTED, "transistors_bn": 33.0, "has_hbm": False, "date": date(2028, 3, 3)},
         "license_required"),
        ({**COUNTED, "transistors_bn": 39.0, "has_hbm": False, "date": date(2029, 3, 3)},
         "not_subject"),
        ({**COUNTED, "transistors_bn": 39.0, "has_hbm": True, "date": date(2029, 3, 3)},
         "license_required"),
        ({"attested": "tpp", "designer_status": "approved"}, "not_subject"),
        ({"attested": "tpp", "designer_status": "authorized", "designer_hq_country": "JP"},
         "not_subject"),
        ({"attested": "tpp", "designer_status": "authorized", "designer_hq_country": "CN"},
         "license_required"),
        ({"shipped_by_fab_or_packager": False}, "not_subject"),
    ],
)  # fmt: skip
def test_the_presumption_for_foundries(change: dict[str, Any], outcome: str) -> None:
    assert answer(**{**FOUNDRY, **change})["outcome"] == outcome


def test_the_presumption_asks_for_what_would_rebut_it() -> None:
    blank = answer(**{**FOUNDRY, "designer_status": None, "attested": None})
    assert blank["outcome"] == "undetermined"
    assert {"designer_status", "attested"} <= set(blank["missing"])
    home = {"origin_country": "US", "export_from": "US", "plant_is_direct_product": None}
    made_here = answer(**{**FOUNDRY, **home, "designer_status": None})
    assert made_here["outcome"] == "license_required"
    late = {
        "attested": "tpp", "designer_status": "authorized", "designer_hq_country": "JP",
        "date": date(2027, 1, 1),
    }  # fmt: skip
    assert answer(**{**FOUNDRY, **late})["missing"] == ["designer_application_180_days"]
    known = answer(**{**FOUNDRY, **late, "designer_application_180_days": True})
    assert known["outcome"] == "not_subject"
    assert answer(**{**FOUNDRY, **late, "date": date(2026, 12, 31)})["outcome"] == "not_subject"


@pytest.mark.parametrize(
    "change,policy",
    [
        ({}, "presumption_of_denial"),
        ({"destination": "MO"}, "presumption_of_denial"),
        ({"destination": "VN"}, "presumption_of_approval"),
        ({"destination": "VN", "end_user_hq_country": "CN"}, "presumption_of_denial"),
        ({"destination": "AE", "date": date(2026, 8, 1)}, ""),
    ],
)
def test_review_of_a_presumed_chip(change: dict[str, Any], policy: str) -> None:
    found = answer(**{**FOUNDRY, **change})
    assert (found["outcome"], found["review_policy"]) == ("license_required", policy)
    assert found["exceptions"] == []


def test_no_node_no_presumption() -> None:
    """A row that says nothing of the node is no foundry's; the coverage says so."""
    found = answer(destination="CN", item="3A991.p")
    assert found["outcome"] == "no_finding"
    claimed = answer(destination="CN", node_nm=5.0, **GAMING)
    assert claimed["exceptions"] == ["NAC"]


@pytest.mark.parametrize(
    "change",
    [
        {"us_controlled_content_share": None},
        {"us_controlled_content_share": 0.2},
        {"made_with_codes": ["3E001"]},
        {"made_with_codes": None},
        {"listed_as": "US:EL:fn4"},
        {"item": "3B993"},
        {"end_use": "supercomputer"},
        {"destination": "RU"},
    ],
)
def test_what_could_still_reach_a_foreign_made_item_stays_open(change: dict[str, Any]) -> None:
    """The opposite of these facts rules every way out; each one alone opens it again."""
    out = {**FOUNDRY, **COUNTED}
    assert answer(**out)["subject"] == "no"
    assert answer(**{**out, **change})["subject"] == "unknown"
