"""Codes and listings as people write them, and how a code stands to a group."""

from __future__ import annotations

import pytest

from chipward.lenses.control.codes import codes_by_regime, in_group, listings


@pytest.mark.parametrize(
    "item, system, expected",
    [
        ("3E001", "", {"BB": ("3E001",)}),
        ("3E001", "CC", {"CC": ("3E001",)}),
        ("AA:3A001.b.2; BB:NO", "CC", {"AA": ("3A001.b.2",), "BB": ("NO",)}),
        ("none", "CC", {"CC": ()}),
        ("AA:none;BB:3A001", "", {"AA": (), "BB": ("3A001",)}),
        (" ; ", "", {}),
    ],
)
def test_codes_by_regime(item: str, system: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert codes_by_regime(item, system, "BB") == expected


@pytest.mark.parametrize(
    "codes, expected",
    [
        (["3A090.a"], True),
        (["3A090.a.1"], True),
        (["3a090.A.1"], True),
        (["3A090"], None),
        (["3A090.b"], False),
        (["3A0901.a"], False),
        (["3A090.ab"], False),
        (["EAR99"], False),
        ([], False),
        (None, None),
        (["EAR99", "3A090.a.2"], True),
    ],
)
def test_in_group(codes: list[str] | None, expected: object) -> None:
    assert in_group(codes, ["3A090.a"]) is expected


@pytest.mark.parametrize(
    "cell, expected",
    [
        ("none", ()),
        ("end_user=none;consignee=none", ()),
        ("AA:EL", ("AA:EL",)),
        ("purchaser=AA:EL:fn5;end_user=none", ("AA:EL", "AA:EL:fn5")),
        ("BB:CONTROL:21/2025", ("BB:CONTROL", "BB:CONTROL:21/2025")),
    ],
)
def test_listings(cell: str, expected: tuple[str, ...]) -> None:
    assert listings(cell) == expected
