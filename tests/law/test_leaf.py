"""The closed grammar: what passes, what is refused, and with which sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.catalogue import has
from chipward.errors import LawError, LawSyntaxError, UnknownFact
from chipward.facts import facts
from chipward.law.leaf import make_leaf

ACCEPTED = {
    "tpp >= 4800": ("tpp", ">=", (4800.0,), False),
    "owner_share_listed < 0.5": ("owner_share_listed", "<", (0.5,), False),
    "tpp > -1": ("tpp", ">", (-1.0,), False),
    "tpp <> 1e3": ("tpp", "<>", (1000.0,), False),
    "line = 7": ("line", "=", (7,), False),
    "export_from = 'AA'": ("export_from", "=", ("AA",), False),
    "export_from = 'it''s'": ("export_from", "=", ("it's",), False),
    "export_from IN ('AA', 'BB')": ("export_from", "in", ("AA", "BB"), False),
    "export_from not in ('AA')": ("export_from", "in", ("AA",), True),
    "tpp BETWEEN 1 AND 2": ("tpp", "between", (1.0, 2.0), False),
    "date BETWEEN '2025-11-09' AND '2026-11-27'": (
        "date",
        "between",
        (date(2025, 11, 9), date(2026, 11, 27)),
        False,
    ),
    "date = '2026-11-28'": ("date", "=", (date(2026, 11, 28),), False),
    "tpp IS NULL": ("tpp", "is_null", (), False),
    "route IS NOT NULL": ("route", "is_null", (), True),
    "starts_with(item, '3A')": ("item", "starts_with", ("3A",), False),
    "datacenter": ("datacenter", "is_true", (), False),
    "NOT datacenter": ("datacenter", "is_true", (), True),
    "has(listed, 'US:EL')": ("listed", "has", ("US:EL",), False),
    "NOT has(listed, 'US:EL')": ("listed", "has", ("US:EL",), True),
    "end_use = 'military'": ("end_use", "=", ("military",), False),
    "starts_with(end_use, 'mil')": ("end_use", "starts_with", ("mil",), False),
}

REFUSED = {
    "": "law.leaf_refused",
    "tpp": "law.leaf_operator",
    "NOT tpp": "law.leaf_operator",
    "tpp =": "law.leaf_refused",
    "tpp + 1 > 2": "law.leaf_refused",
    "tpp > 1 + 1": "law.leaf_refused",
    "tpp > quantity": "law.leaf_refused",
    "1 = tpp": "law.leaf_refused",
    "tpp = NULL": "law.leaf_refused",
    "tpp IN (1, NULL)": "law.leaf_refused",
    "tpp IN ()": "law.leaf_refused",
    "tpp IN (SELECT 1)": "law.leaf_refused",
    "tpp = (SELECT 1)": "law.leaf_refused",
    "tpp = 1; DROP TABLE x": "law.leaf_refused",
    "tpp = 1 AND line = 2": "law.leaf_refused",
    "(tpp = 1)": "law.leaf_refused",
    "NOT (tpp = 1)": "law.leaf_refused",
    "NOT tpp = 1": "law.leaf_refused",
    "NOT starts_with(item, '3A')": "law.leaf_refused",
    "tpp NOT BETWEEN 1 AND 2": "law.leaf_refused",
    "NOT NOT datacenter": "law.leaf_refused",
    "CAST(tpp AS INT) = 1": "law.leaf_refused",
    "tpp::INT = 1": "law.leaf_refused",
    "item LIKE '3A%'": "law.leaf_refused",
    "item ILIKE '3A%'": "law.leaf_refused",
    "item ~ '3A'": "law.leaf_refused",
    "regexp_matches(item, '3A')": "law.leaf_refused",
    "lower(item) = '3a'": "law.leaf_refused",
    "list_contains(route, 'AA')": "law.leaf_refused",
    "has(route)": "law.leaf_refused",
    "has(route, item)": "law.leaf_refused",
    "has(route, 'AA', 'BB')": "law.leaf_refused",
    "tpp = 1 -- why": "law.leaf_refused",
    "tpp = 1 /* why */": "law.leaf_refused",
    "t.tpp = 1": "law.leaf_refused",
    "tpp = ?": "law.leaf_refused",
    "tpp = $1": "law.leaf_refused",
    "datacenter IS TRUE": "law.leaf_refused",
    "datacenter = TRUE": "law.leaf_refused",
    "date = DATE '2026-11-28'": "law.leaf_refused",
    "tpp IS NOT DISTINCT FROM 1": "law.leaf_refused",
    "item = 'a' COLLATE nocase": "law.leaf_refused",
    "item = 'a' 'b'": "law.leaf_refused",
    "item = E'a'": "law.leaf_refused",
    "tpp = 0x1F": "law.leaf_refused",
    "CASE WHEN datacenter THEN 1 END = 1": "law.leaf_refused",
    "EXISTS (SELECT 1)": "law.leaf_refused",
    'item = "AA"': "law.leaf_double_quotes",
    "\"item\" = 'AA'": "law.leaf_double_quotes",
    "tpp = '4800'": "law.leaf_literal",
    "tpp = 1e400": "law.leaf_literal",
    "line = 1.5": "law.leaf_literal",
    "item = 3": "law.leaf_literal",
    "date = 20261128": "law.leaf_literal",
    "date = '2026-11-31'": "law.leaf_literal",
    "date = '28.11.2026'": "law.leaf_literal",
    "has(listed, 5)": "law.leaf_literal",
    "item < 'b'": "law.leaf_operator",
    "item BETWEEN 'a' AND 'b'": "law.leaf_operator",
    "item": "law.leaf_operator",
    "route = 'AA'": "law.leaf_operator",
    "has(item, 'AA')": "law.leaf_operator",
    "starts_with(route, 'A')": "law.leaf_operator",
    "end_use = 'peaceful'": "law.leaf_vocabulary",
    "end_use IN ('military', 'peaceful')": "law.leaf_vocabulary",
    "has(certifications, 'us_suply')": "law.leaf_vocabulary",
    "starts_with(end_use, 'peace')": "law.leaf_vocabulary",
    "tpp IN (1, 1.0)": "law.leaf_repeats",
    "tpp BETWEEN 2 AND 1": "law.leaf_ends",
}


@pytest.mark.parametrize("text", sorted(ACCEPTED))
def test_accepted(text: str) -> None:
    assert make_leaf("name", text, "", facts()).comparison == ACCEPTED[text]


@pytest.mark.parametrize("text", sorted(REFUSED))
def test_refused(text: str) -> None:
    with pytest.raises(LawSyntaxError) as caught:
        make_leaf("name", text, "", facts())
    assert caught.value.key == REFUSED[text]
    assert has(caught.value.key)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["tpps >= 4800", "TPP >= 4800", "dest IN ('AA')", "nothing_like_it"]
)
def test_a_fact_that_is_not_declared_names_the_closest(text: str) -> None:
    with pytest.raises(UnknownFact) as caught:
        make_leaf("name", text, "", facts())
    assert caught.value.params["closest"] in facts()


def test_the_closest_fact_is_a_good_hint() -> None:
    with pytest.raises(UnknownFact, match="closest: tpp"):
        make_leaf("name", "tpps >= 4800", "", facts())


def outcome(text: str) -> str:
    """The column a leaf reads, or the one line that refuses it."""
    try:
        column = make_leaf("name", text, "", facts()).column
    except LawError as error:
        return "" if "\n" in str(error) else str(error)
    return column if column in facts() else ""


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    assert outcome(text)


PIECES = [
    "tpp",
    "item",
    "route",
    "datacenter",
    "NOT",
    "IN",
    "(",
    ")",
    "'AA'",
    "4800",
    "=",
    "<",
    ">=",
]
MORE = ["BETWEEN", "AND", "OR", "IS", "NULL", "has", "starts_with", ",", "--", ";", '"x"', "SELECT"]


@given(st.lists(st.sampled_from(PIECES + MORE), max_size=9))
def test_shuffled_words_are_read_or_refused(words: list[str]) -> None:
    assert outcome(" ".join(words))


def test_a_deep_nest_is_refused() -> None:
    assert outcome("(" * 3900 + "tpp" + ")" * 90).startswith("this leaf")
