"""China's measures on shipments as a user writes them, on both sides of each day."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from chipward.determine import determine
from chipward.errors import Where
from chipward.facts import facts
from chipward.law.load import load_laws
from chipward.law.model import Laws
from chipward.resources import examples_dir
from chipward.tables import rows_of, typed_column

EXAMPLE = "local-law"
REGIME = "CN"
CIVIL = {
    "action": "export",
    "code_system": REGIME,
    "origin_country": REGIME,
    "export_from": REGIME,
    "end_use": "civil",
    "listed_as": "none",
}
Shipment = dict[str, str]


@cache
def laws(local: bool = False) -> Laws:  # noqa: FBT001, FBT002  a switch of the cache
    folders: list[Path] = [examples_dir() / EXAMPLE] if local else []
    return load_laws(folders)


def to(destination: str, item: str, **more: str) -> Shipment:
    return {
        **CIVIL, "destination": destination, "end_user_country": destination, "item": item, **more,
    }  # fmt: skip


def answer(shipment: Shipment, day: str, *, local: bool = False) -> dict[str, Any]:
    row = {**shipment, "date": day}
    columns = {
        name: typed_column([value] if value else [""], facts()[name].type, Where("case"))
        for name, value in row.items()
    }
    table = determine(
        pa.table({**columns, "row_id": ["1"]}), date(2026, 11, 24), "enforced", laws(local)
    )
    (found,) = [one for one in rows_of(table) if one["regime"] == REGIME]
    return found


ORDINARY, DENIAL, NOTHING = (
    ("license_required", "ordinary"),
    ("license_required", "denial_in_principle"),
    ("no_finding", ""),
)


@pytest.mark.parametrize(
    "day,expected",
    [
        ("2023-07-02", NOTHING),
        ("2023-07-31", NOTHING),
        ("2023-08-01", ORDINARY),
        ("2024-12-02", ORDINARY),
        ("2024-12-03", DENIAL),
        ("2024-12-10", DENIAL),
        ("2025-11-08", DENIAL),
        ("2025-11-09", ORDINARY),
        ("2025-12-01", ORDINARY),
        ("2026-11-24", ORDINARY),
        ("2026-11-27", ORDINARY),
        ("2026-11-28", DENIAL),
    ],
)
@pytest.mark.parametrize("item", ["3C001.a", "3C001.e", "3C002.a"])
def test_gallium_and_germanium_to_the_united_states(
    item: str, day: str, expected: tuple[str, str]
) -> None:
    found = answer(to("US", item), day)
    assert (found["outcome"], found["review_policy"]) == expected
    assert found["verify"] == (day == "2026-11-28")


@pytest.mark.parametrize("day", ["2024-12-10", "2026-11-24", "2026-11-28"])
def test_another_destination_is_not_touched_by_the_measures_against_one(day: str) -> None:
    found = answer(to("DE", "3C001.a"), day)
    assert (found["outcome"], found["review_policy"]) == ORDINARY
    assert not found["verify"]


def test_the_sleeping_paragraph_is_named() -> None:
    found = answer(to("US", "3C001.a"), "2026-11-24")
    assert found["suspended"] == ["cn.46_2024.p2.ga_ge_sb_superhard"]
    assert "cn.46_2024.p2.ga_ge_sb_superhard" not in found["provisions"]


def test_the_example_of_local_law_prolongs_the_suspension() -> None:
    assert answer(to("US", "3C001.a"), "2026-11-28")["review_policy"] == "denial_in_principle"
    found = answer(to("US", "3C001.a"), "2026-11-28", local=True)
    assert (found["outcome"], found["review_policy"], found["verify"]) == (*ORDINARY, False)
    assert answer(to("US", "3C001.a"), "2027-11-28", local=True)["review_policy"] == DENIAL[1]
    names = {p.title for p in laws(local=True).provisions if p.origin == "yours"}
    assert names
    assert all("INVENTED EXAMPLE" in name for name in names)


@pytest.mark.parametrize(
    "purity,expected",
    [("99.99", ORDINARY), ("99.98", NOTHING), ("", ("undetermined", ""))],
)
def test_antimony_oxide_by_purity(purity: str, expected: tuple[str, str]) -> None:
    found = answer(to("KR", "3C003.c", purity_pct=purity), "2024-09-15")
    assert (found["outcome"], found["review_policy"]) == expected
    assert found["missing"] == ([] if purity else ["purity_pct"])


def test_antimony_metal_and_a_heading_too_coarse() -> None:
    assert answer(to("KR", "3C003.b"), "2024-09-14")["outcome"] == "no_finding"
    assert answer(to("KR", "3C003.b"), "2024-09-15")["outcome"] == "license_required"
    coarse = answer(to("KR", "3C003"), "2024-09-15")
    assert coarse["outcome"] == "undetermined"
    assert "item" in coarse["missing"]


@pytest.mark.parametrize(
    "more,expected",
    [
        ({"form": "natural_flake"}, ORDINARY),
        ({"form": "natural flake graphite"}, ORDINARY),
        ({"hs": "2504101000"}, ORDINARY),
        ({"hs": "3801100030", "purity_pct": "99.5"}, NOTHING),
        ({"form": "artificial", "purity_pct": "99.95"}, ("undetermined", "")),
        ({"hs": "3801909010"}, ("undetermined", "")),
        ({}, ("undetermined", "")),
        (
            {
                "form": "artificial",
                "purity_pct": "99.95",
                "flexural_strength_mpa": "40",
                "density_g_cm3": "1.8",
            },
            ORDINARY,
        ),
    ],
)
def test_graphite_by_kind(more: dict[str, str], expected: tuple[str, str]) -> None:
    found = answer(to("KR", "1C108", **more), "2023-12-01")
    assert (found["outcome"], found["review_policy"]) == expected
    assert answer(to("KR", "1C108", **more), "2023-11-30")["outcome"] == "no_finding"


@pytest.mark.parametrize(
    "day,policy",
    [
        ("2024-12-02", "ordinary"),
        ("2024-12-03", "strict_case_by_case"),
        ("2025-11-08", "strict_case_by_case"),
        ("2025-11-09", "ordinary"),
        ("2026-11-27", "ordinary"),
        ("2026-11-28", "strict_case_by_case"),
    ],
)
def test_graphite_to_the_united_states(day: str, policy: str) -> None:
    found = answer(to("US", "1C108", form="natural_flake"), day)
    assert (found["outcome"], found["review_policy"]) == ("license_required", policy)


@pytest.mark.parametrize("item", ["3C001.a", "3C004.a", "1C902.a", "6C002.a"])
@pytest.mark.parametrize("day", ["2025-06-01", "2026-11-24", "2026-11-28"])
def test_military_use_in_the_united_states_is_prohibited_throughout(item: str, day: str) -> None:
    assert answer(to("US", item, end_use="military"), day)["outcome"] == "prohibited"
    third = to("US", item, end_use="military", export_from="SG", action="reexport")
    assert answer(third, day)["outcome"] == "prohibited"
    elsewhere = to("FR", item, end_use="military")
    assert answer(elsewhere, day)["outcome"] == "license_required"


def test_an_end_use_not_told_is_asked_with_what_it_would_give() -> None:
    found = answer(to("US", "3C001.a", end_use=""), "2026-11-24")
    assert found["outcome"] == "undetermined"
    assert found["missing"] == ["end_use"]
    assert "prohibited" in {cell["outcome"] for cell in found["cells"]}


@pytest.mark.parametrize(
    "day,expected",
    [
        ("2024-12-02", ("not_subject", "")),
        ("2024-12-03", DENIAL),
        ("2025-11-08", DENIAL),
        ("2025-11-09", ("not_subject", "")),
        ("2026-11-27", ("not_subject", "")),
        ("2026-11-28", DENIAL),
    ],
)
def test_passing_on_from_a_third_country(day: str, expected: tuple[str, str]) -> None:
    passed_on = to("US", "3C002.a", export_from="JP", action="reexport")
    found = answer(passed_on, day)
    assert (found["outcome"], found["review_policy"]) == expected
    assert answer({**passed_on, "origin_country": "BE"}, day)["outcome"] == "not_subject"
    assert answer({**passed_on, **to("KR", "3C002.a", export_from="JP")}, day)["subject"] == "no"


@pytest.mark.parametrize("place", ["HK", "MO"])
def test_hong_kong_and_macau_carry_verify(place: str) -> None:
    found = answer(to(place, "3C001.a"), "2026-09-01")
    assert (found["outcome"], found["verify"]) == ("license_required", True)
    assert found["flags"] == ["cn.flag.hk_mo"]
    assert not answer(to("SG", "3C001.a"), "2026-09-01")["verify"]


def test_superhard_rows_carry_verify() -> None:
    found = answer(
        to("DE", "2C901", window_diameter_inch="4", transmittance_pct="70"), "2025-01-01"
    )
    assert (found["outcome"], found["verify"]) == ("license_required", True)


@pytest.mark.parametrize(
    "day,outcome",
    [
        ("2025-10-09", "no_finding"),
        ("2026-11-10", "no_finding"),
        ("2026-11-11", "license_required"),
    ],
)
def test_a_measure_suspended_before_it_began(day: str, outcome: str) -> None:
    found = answer(to("DE", "1C910"), day)
    assert found["outcome"] == outcome
    assert found["verify"] == (outcome == "license_required")


def test_helium_by_customs_code_alone() -> None:
    helium = to("SG", "none", hs="2804290010")
    assert answer(helium, "2026-07-09")["outcome"] == "no_finding"
    assert answer(helium, "2026-07-10")["outcome"] == "prohibited"
    assert answer(to("SG", "none"), "2026-07-10")["outcome"] == "no_finding"


def test_no_code_and_a_code_without_rows() -> None:
    assert answer(to("DE", ""), "2026-09-01")["outcome"] == "unclassified"
    assert answer(to("DE", "3A225"), "2026-09-01")["outcome"] == "unclassified"
    assert answer(to("DE", "none"), "2026-09-01")["outcome"] == "no_finding"


def test_inside_china_and_from_elsewhere() -> None:
    assert answer(to("CN", "3C001.a"), "2026-09-01")["outcome"] == "not_subject"
    foreign = to("DE", "3C001.a", export_from="JP", origin_country="JP")
    assert answer(foreign, "2026-09-01")["outcome"] == "not_subject"


@pytest.mark.parametrize("export_from,action", [("CN", "export"), ("SG", "reexport")])
def test_a_party_on_the_control_list_binds_whoever_sends(export_from: str, action: str) -> None:
    parcel = to("JP", "3C001.a", listed_as="CN:CONTROL", export_from=export_from, action=action)
    assert answer(parcel, "2026-02-25")["outcome"] == "prohibited"
    foreign = {**parcel, "export_from": "SG", "origin_country": "US"}
    assert answer(foreign, "2026-02-25")["outcome"] == "not_subject"


@pytest.mark.parametrize(
    "notice,day,outcome",
    [
        ("21/2025", "2025-05-13", "prohibited"),
        ("21/2025", "2025-05-14", "license_required"),
        ("21/2025", "2026-11-10", "license_required"),
        ("21/2025", "2026-11-11", "prohibited"),
        ("22/2025", "2025-04-09", "license_required"),
        ("22/2025", "2025-04-10", "prohibited"),
        ("22/2025", "2025-08-12", "license_required"),
        ("13/2025", "2025-11-09", "prohibited"),
        ("13/2025", "2025-11-10", "license_required"),
        ("30/2026", "2026-07-23", "license_required"),
        ("30/2026", "2026-07-24", "prohibited"),
    ],
)
def test_a_listing_is_as_good_as_its_notice_on_the_day(notice: str, day: str, outcome: str) -> None:
    found = answer(to("DE", "3C001.a", listed_as=f"end_user=CN:CONTROL:{notice}"), day)
    assert found["outcome"] == outcome
    assert found["verify"] == (day == "2026-11-11")


def test_two_listings_are_not_one() -> None:
    both = to("DE", "3C001.a", listed_as="CN:CONTROL:21/2025;CN:CONTROL:1/2025")
    assert answer(both, "2026-09-01")["outcome"] == "prohibited"


def test_the_concern_list_asks_for_more_and_does_not_forbid() -> None:
    found = answer(to("JP", "3C001.a", listed_as="CN:CONCERN"), "2026-02-24")
    assert (found["outcome"], found["review_policy"]) == ORDINARY
    assert {"risk_report", "no_military_undertaking", "individual_license_only"} <= set(
        found["duties"]
    )
    assert "risk_report" not in answer(to("JP", "3C001.a"), "2026-02-24")["duties"]


@pytest.mark.parametrize(
    "day,end_use,outcome",
    [
        ("2026-01-05", "military", "license_required"),
        ("2026-01-06", "military", "prohibited"),
        ("2026-01-06", "civil", "license_required"),
        ("2026-01-06", "", "undetermined"),
    ],
)
def test_japanese_military_use(day: str, end_use: str, outcome: str) -> None:
    assert answer(to("JP", "3C001.a", end_use=end_use), day)["outcome"] == outcome
    if outcome == "prohibited":
        passed_on = to("JP", "3C001.a", end_use=end_use, export_from="KR", action="reexport")
        assert answer(passed_on, day)["outcome"] == outcome


@pytest.mark.parametrize("export_from,action", [("CN", "export"), ("SG", "reexport")])
def test_a_party_nobody_screened_is_unknown(export_from: str, action: str) -> None:
    parcel = to("DE", "3C001.a", listed_as="", export_from=export_from, action=action)
    found = answer(parcel, "2026-02-25")
    assert (found["outcome"], found["missing"]) == ("undetermined", ["listed_as"])
    assert answer({**parcel, "item": "none"}, "2026-02-25")["outcome"] != "undetermined"
    assert answer(parcel, "2025-01-01")["outcome"] != "undetermined"


def test_the_parties_of_a_raw_material_upstream_are_not_asked_for() -> None:
    upstream = to("DE", "3C001.a", listed_as="", lane="inputs")
    found = answer(upstream, "2026-02-25")
    assert (found["outcome"], found["review_policy"], found["missing"]) == (*ORDINARY, [])
    assert answer({**upstream, "lane": "buy"}, "2026-02-25")["outcome"] == "undetermined"


def test_a_prohibition_that_holds_needs_no_screening() -> None:
    parcel = to("US", "3C001.a", listed_as="", end_use="military")
    assert answer(parcel, "2026-02-25")["outcome"] == "prohibited"
