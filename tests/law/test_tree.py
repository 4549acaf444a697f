"""The compiled form: leaves once each, ``none`` at the leaves, nothing simplified away."""

from __future__ import annotations

from itertools import product

import pytest

from chipward.facts import facts
from chipward.law.model import Compiled, Formula
from chipward.law.tree import compile_tree, deciding_leaves, fold_one, open_leaves
from chipward.law.yaml_text import Fields, Items, Text

A, B = "datacenter", "has_hbm"


def leaf(text: str, name: str = "") -> Fields:
    return Fields(name=Text(name or text), leaf=Text(text))


def node(word: str, *children: Fields) -> Fields:
    return Fields({word: Items(children)})


def compiled(tree: object) -> Compiled:
    one, errors = compile_tree(tree, facts())
    assert errors == []
    return one


def test_none_is_pushed_to_the_leaves() -> None:
    tree = node("none", leaf(A), node("all", leaf(B), node("none", leaf(A))))
    assert compiled(tree).formula == (
        "and",
        (("lit", 0, True), ("or", (("lit", 1, True), ("or", (("lit", 0, False),))))),
    )


def test_an_equal_leaf_is_kept_once_and_another_name_is_another_leaf() -> None:
    one = compiled(node("all", leaf(A), node("any", leaf(A), leaf(A, "by another name"))))
    assert [found.name for found in one.leaves] == [A, "by another name"]


def test_excluded_middle_is_not_a_law_here() -> None:
    one = compiled(node("any", leaf(A), node("none", leaf(A))))
    assert [fold_one(one.formula, [value]) for value in (1, 0, -1)] == [1, 1, -1]
    other = compiled(node("all", leaf(A), node("none", leaf(A))))
    assert [fold_one(other.formula, [value]) for value in (1, 0, -1)] == [0, 0, -1]


FORMULAS: list[Formula] = [
    compiled(node("all", leaf(A), leaf(B))).formula,
    compiled(node("any", leaf(A), leaf(B))).formula,
    compiled(node("none", leaf(A), leaf(B))).formula,
    compiled(node("any", node("all", leaf(A), leaf(B)), node("none", leaf(B)))).formula,
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("values", list(product((1, 0, -1), repeat=2)))
def test_open_leaves_are_those_whose_answer_is_awaited(formula: Formula, values: tuple) -> None:
    found = open_leaves(formula, values)
    assert all(values[leaf] == -1 for leaf in found)
    assert bool(found) == (fold_one(formula, values) == -1)


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("values", list(product((1, 0, -1), repeat=2)))
def test_deciding_leaves_alone_keep_the_verdict(formula: Formula, values: tuple) -> None:
    verdict = fold_one(formula, values)
    kept = deciding_leaves(formula, values)
    if verdict != -1:
        blanked = [value if leaf in kept else -1 for leaf, value in enumerate(values)]
        assert fold_one(formula, blanked) == verdict


BAD = {
    "a list": Items([leaf(A)]),
    "two words": Fields(all=Items([leaf(A)]), any=Items([leaf(B)])),
    "another word": Fields(some=Items([leaf(A)])),
    "an empty branch": Fields(all=Items([])),
    "a branch that is text": Fields(all=Text("x")),
    "no name": Fields(leaf=Text(A)),
    "a blank name": Fields(name=Text(" "), leaf=Text(A)),
    "no leaf": Fields(name=Text("x")),
    "another key": Fields(name=Text("x"), leaf=Text(A), note=Text("y")),
    "a leaf that is a list": Fields(name=Text("x"), leaf=Items([])),
    "text": Text("x"),
}


@pytest.mark.parametrize("shape", sorted(BAD))
def test_another_shape_is_refused(shape: str) -> None:
    _, errors = compile_tree(BAD[shape], facts())
    assert len(errors) == 1
    assert "\n" not in str(errors[0])


def test_every_bad_leaf_is_told_not_only_the_first() -> None:
    _, errors = compile_tree(node("all", leaf("tpps = 1"), leaf(A), leaf("tpp LIKE 1")), facts())
    assert [error.key for error in errors] == ["law.unknown_fact", "law.leaf_refused"]


def test_a_bottomless_tree_is_refused() -> None:
    tree = leaf(A)
    for _ in range(40):
        tree = node("any", tree)
    _, errors = compile_tree(tree, facts())
    assert [error.key for error in errors] == ["law.too_deep"]
