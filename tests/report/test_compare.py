"""Two reviews of a board, in words."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from chipward.catalogue import LANGUAGES
from chipward.compare import changes
from chipward.report.words import Words


def told(old: dict[str, Any], new: dict[str, Any], lang: str = "en") -> list[str]:
    words = Words(lang)
    return [words.message({"key": m.key, "params": dict(m.params)}) for m in changes(old, new)]


@pytest.fixture
def before(plain: dict[str, Any]) -> dict[str, Any]:
    """The same board four days earlier, under the suspension."""
    old = copy.deepcopy(plain)
    old["on"] = "2026-11-24"
    for line in old["lines"]:
        for answer in line["lenses"]["control"]["answers"]:
            if answer["review_policy"] == "denial_in_principle":
                answer.update(review_policy="ordinary", verify=False)
        if line["level"] == "hold":
            line["level"] = "check"
        for material in line["lenses"]["supply"]["materials"]:
            if material["outcome"] == "cut":
                material["outcome"] = "licensed"
    return old


def test_the_same_review(plain: dict[str, Any]) -> None:
    assert told(plain, plain) == ["No line changed."]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_sides_of_a_date(
    before: dict[str, Any], plain: dict[str, Any], golden: Callable[[str, bytes], None], lang: str
) -> None:
    said = told(before, plain, lang)
    golden(f"compare.{lang}.txt", "".join(f"{line}\n" for line in said).encode())
    if lang == "en":
        assert said[0] == "The day of the review: 2026-11-24 then, 2026-11-28 now."
        assert said[1].endswith("(MOFCOM 46/2024 paragraph 2): suspended then, in force now.")
        assert said[2] == "Level check, now hold: line 2 (CGHV14800F), 3 (LENS-GE-25F1.0)."
        assert "(ordinary review) became license required (denial in principle)" in said[3]


def test_backwards_is_told_too(before: dict[str, Any], plain: dict[str, Any]) -> None:
    assert "Level hold, now check: line 2 (CGHV14800F), 3 (LENS-GE-25F1.0)." in told(plain, before)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_can_change(plain: dict[str, Any], lang: str) -> None:
    old = copy.deepcopy(plain)
    old.update(scope="text", profile=None)
    old["bom"]["sha256"] = "00"
    old["provenance"].update(data_lock="00", local_law=[], chipward="0.0.9")
    old["lines"][0]["mpn"] = "OLD-1"
    old["lines"][9]["fitted"] = True
    old["lines"][11]["fitted"] = False
    old["lines"][1]["lenses"]["control"]["answers"].pop()
    old["lines"][2]["lenses"]["supply"]["materials"][0]["material"] = "tin"
    old["lines"][4]["lenses"]["control"]["answers"].append(
        {**old["lines"][4]["lenses"]["control"]["answers"][0], "regime": "US", "material": "",
         "destination": ""}
    )  # fmt: skip
    old["lines"][3]["lenses"]["control"]["answers"][0].update(
        outcome="license_required", review_policy="ordinary"
    )
    keys = {message.key for message in changes(old, plain)}
    assert keys == {
        "compare.bom", "compare.profile", "compare.scope", "compare.law", "compare.local_law",
        "compare.version", "compare.line_new", "compare.line_gone", "compare.fitted",
        "compare.not_fitted", "compare.answer_new", "compare.answer_gone", "compare.answer.old",
        "compare.material_new", "compare.material_gone",
    }  # fmt: skip
    assert all(told(old, plain, lang))


def test_an_edited_board_is_matched_by_part_and_references(plain: dict[str, Any]) -> None:
    old = copy.deepcopy(plain)
    old["bom"]["sha256"] = "00"
    for line in old["lines"]:
        line["line"] += 3
    old["lines"].reverse()
    assert [m.key for m in changes(old, plain)] == ["compare.bom", "compare.nothing"]


def test_many_lines_that_change_alike_are_one_sentence(plain: dict[str, Any]) -> None:
    old = copy.deepcopy(plain)
    for line in old["lines"]:
        line["level"] = "note"
    said = [m for m in changes(old, plain) if m.key == "compare.level"]
    assert len(said) == 5
    assert said[0].params["new"] == "@level.stop"
    assert any("+" in m.params["lines"] for m in said) is False
    for line in old["lines"]:
        line["level"] = "stop"
    plain["lines"] = [{**line, "level": "none"} for line in plain["lines"]]
    (one,) = [m for m in changes(old, plain) if m.key == "compare.level"]
    assert one.params["lines"].endswith("+8")
