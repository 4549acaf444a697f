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
