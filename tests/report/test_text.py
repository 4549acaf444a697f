"""Text fits its terminal, in both scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.catalogue import LANGUAGES
from chipward.report import as_chain, render
from chipward.report.view import ranges
from chipward.report.width import clip, pad, printable, width, wrap
from chipward.review import Review

LETTERS = "ab c,.-(\uff08\uff0c\u3002)锗镓射频e\u0301\uff57 "
TEXT = st.text(alphabet=st.sampled_from(LETTERS), max_size=60)


@given(TEXT, st.integers(min_value=8, max_value=80))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    lines = wrap(text, columns, "- ")
    assert all(width(line) <= columns for line in lines)
    joined = "".join(line[2:] for line in lines)
    assert joined.replace(" ", "") == printable(text).replace(" ", "")


@given(TEXT, st.integers(min_value=2, max_value=40))
def test_clipped_text_fits(text: str, columns: int) -> None:
    assert width(clip(text, columns)) <= columns
    assert width(pad(clip(text, columns), columns)) == columns


@given(st.text(max_size=40))
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printable(text))


@given(st.sets(st.integers(min_value=1, max_value=60), max_size=30))
def test_ranges_name_each_line(numbers: set[int]) -> None:
    back: set[int] = set()
    for part in filter(None, ranges(numbers).split(", ")):
        first, _, last = part.partition("-")
        back |= set(range(int(first), int(last or first) + 1))
    assert back == numbers


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(board: Review, lang: str, columns: int) -> None:
    text = render(board, "table", lang, columns=columns).decode()
    assert max(map(width, text.splitlines())) <= columns


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_an_explanation_is_wider(plain: dict, lang: str) -> None:
    for finding in plain["findings"]:
        text = as_chain.render(plain, finding["id"], lang).decode()
        assert max(map(width, text.splitlines())) <= 80


def test_colour_only_where_asked_for(board: Review) -> None:
    assert b"\x1b" not in render(board, "table")
    coloured = render(board, "table", color=True).decode()
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(board, "table").decode()


def test_stops_come_first_with_their_law(board: Review) -> None:
    text = render(board, "table").decode()
    order = [text.index(part) for part in (
        "2 of 13 fitted lines stop the build on 28 November 2026",
        "Lines that stop the build", "15 CFR 742.6", "MOFCOM 46/2024, paragraph 1",
        "Lines on hold", "Lines to check", "Questions that would settle", "What was not modelled",
        "Age of the law", "Information, not legal advice")]  # fmt: skip
    assert order == sorted(order)


def test_a_suspension_that_ends_is_told_before_and_after(plain: dict) -> None:
    after = render(plain, "table").decode()
    assert "in force since 2026-11-28, before that suspended" in " ".join(after.split())
    plain["on"] = "2026-11-24"
    before = " ".join(render(plain, "table").decode().split())
    assert "2026-11-28: Gallium, germanium, antimony and superhard items" in before


def test_large_boards_stay_readable(large: Callable[[int], Review]) -> None:
    text = render(large(2000), "table").decode()
    assert text.count("\n") < 600, "equal lines stand together"
