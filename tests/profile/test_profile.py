"""Profiles: what is read, and one clear line with its number for everything that is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chipward.catalogue import messages
from chipward.errors import ProfileError
from chipward.profile import BUYER_TYPES, Destination, Profile, read_profile
from chipward.profile_checks import level_names

Write = Callable[..., Path]
WHOLE = """\
# a comment
name: Example
country: NO
buyer_type: government
end_use: civil
listed_as: none
action: reexport
approved_vendors: [Murata, 村田]
stock_days: 60
volume: 1e3
needed_by: 2027-03-01
destinations:
  - country: DE
  - {country: JP, end_use: military, end_user: KK, end_user_country: JP, listed_as: US:EL:fn5}
levels:
  control.license_required.hold: check
facts:
  owner_share_listed: 0.5
  certifications: [us_supply, no_military_use]
  end_user_status: ordinary
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def one(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "me.yaml"
        path.write_text(text, encoding=encoding)
        return path

    return one


def test_everything_is_read(write: Write) -> None:
    assert read_profile(write(WHOLE)) == Profile(
        name="Example",
        country="NO",
        buyer_type="government",
        end_use="civil",
        listed_as="none",
        action="reexport",
        approved_vendors=("Murata", "村田"),
        stock_days=60.0,
        volume=1000.0,
        needed_by=date(2027, 3, 1),
        destinations=(
            Destination(country="DE"),
            Destination(
                country="JP",
                end_use="military",
                end_user="KK",
                end_user_country="JP",
                listed_as="US:EL:fn5",
            ),
        ),
        levels={"control.license_required.hold": "check"},
        facts={
            "owner_share_listed": 0.5,
            "certifications": ["us_supply", "no_military_use"],
            "end_user_status": "ordinary",
        },
    )


def test_what_is_not_said_is_unknown(write: Write) -> None:
    profile = read_profile(write("country: US\nend_use:\ndestinations:\nfacts:\n  listed_as:\n"))
    assert profile == Profile(name="me.yaml", country="US")


def test_as_dict_is_plain(write: Write) -> None:
    plain = read_profile(write(WHOLE)).as_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["needed_by"] == "2027-03-01"
    assert [place["country"] for place in plain["destinations"]] == ["DE", "JP"]


def test_lists_may_be_written_with_semicolons(write: Write) -> None:
    text = "country: US\nfacts: {certifications: us_supply;no_military_use}\n"
    assert read_profile(write(text)).facts == {"certifications": ["us_supply", "no_military_use"]}


WRONG = [
    ("", "profile.yaml_empty", 1, ""),
    ("- country: US", "profile.not_mapping", 1, ""),
    ("just text", "profile.not_mapping", 1, ""),
    ("name: x", "profile.needs", 1, ""),
    ("country:", "profile.needs", 1, ""),
    ("country: XX", "profile.not_country", 1, "country"),
    ("country: us", "profile.not_country", 1, "country"),
    ("country: Norway", "profile.not_country", 1, "country"),
    ("country: {a: b}", "profile.not_text", 1, "country"),
    ("country: US\ncountri: DE", "profile.unknown_key", 2, ""),
    ("country: US\ncountry: DE", "profile.yaml_key_twice", 2, ""),
    ("country: US\nname: [", "profile.yaml_broken", None, ""),
    ("country: &a US\nname: *a", "profile.yaml_anchor", 1, ""),
    ("country: US\nbuyer_type: friend", "profile.not_allowed", 2, "buyer_type"),
    ("country: US\nend_use: war", "profile.not_allowed", 2, "end_use"),
    ("country: US\nend_use: [civil]", "profile.not_text", 2, "end_use"),
    ("country: US\naction: sell", "profile.not_allowed", 2, "action"),
    ("country: US\nstock_days: -1", "profile.not_number", 2, "stock_days"),
    ("country: US\nstock_days: nan", "profile.not_number", 2, "stock_days"),
    ("country: US\nvolume: lots", "profile.not_number", 2, "volume"),
    ("country: US\nvolume: inf", "profile.not_number", 2, "volume"),
    ("country: US\nneeded_by: 3/4/2027", "error.not_a_date", 2, "needed_by"),
    ("country: US\ndestinations: DE", "profile.not_list", 2, "destinations"),
    ("country: US\ndestinations:\n  - DE", "profile.not_mapping", 3, "destinations[1]"),
    ("country: US\ndestinations:\n  - {end_use: civil}", "profile.needs", 3, "destinations[1]"),
    (
        "country: US\ndestinations:\n  - country: DE\n  - country: Japan",
        "profile.not_country",
        4,
        "destinations[2].country",
    ),
    ("country: US\nfacts: {tpp: 4800}", "profile.unknown_key", 2, "facts"),
    (
        "country: US\nfacts: {owner_share_listed: most}",
        "profile.not_of_type",
        2,
        "facts.owner_share_listed",
    ),
    (
        "country: US\nfacts: {certifications: [good]}",
        "profile.not_allowed",
        2,
        "facts.certifications",
    ),
    (
        "country: US\nlevels: {control.license_required.hold: fine}",
        "profile.not_allowed",
        2,
        "levels.control.license_required.hold",
    ),
    (
        "country: US\nlevels: {control.undetermined.unknown: note}",
        "profile.unknown_key",
        2,
        "levels",
    ),
]


@pytest.mark.parametrize("text, key, row, column", WRONG)
def test_wrong(write: Write, text: str, key: str, row: int | None, column: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile(write(text))
    where = caught.value.where
    assert (caught.value.key, where.file, where.column) == (key, "me.yaml", column)
    assert row is None or where.row == row
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 11


def test_missing_file_and_another_encoding(write: Write, tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="UTF-8"):
        read_profile(tmp_path / "none.yaml")
    with pytest.raises(ProfileError, match="UTF-8"):
        read_profile(write("country: US\nname: Müller", encoding="latin-1"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_messages_are_in_the_catalogue(lang: str) -> None:
    known = messages(lang)
    for _, key, _, _ in WRONG:
        assert known[key]


def test_an_unknown_answer_cannot_be_overridden() -> None:
    assert "control.license_required.hold" in level_names()
    assert not [name for name in level_names() if name.endswith((".unknown", ".none"))]


VALUES = st.sampled_from(
    ["NO", "on", "civil", "734.10", "3E001", "", "1", "none", "yes", "~", "[]"]
)
NAMES = st.sampled_from([*Profile.__dataclass_fields__, "x"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, VALUES, max_size=6), st.sampled_from(BUYER_TYPES))
def test_any_words_are_read_or_refused(tmp_path: Path, given_: dict[str, str], kind: str) -> None:
    path = tmp_path / "any.yaml"
    lines = {"country": "NO", "buyer_type": kind} | given_
    path.write_text("".join(f"{k}: {v}\n" for k, v in lines.items()), encoding="utf-8")
    try:
        profile = read_profile(path)
    except ProfileError:
        pass
    else:
        assert profile.country == "NO"
        assert json.dumps(profile.as_dict())
