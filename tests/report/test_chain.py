"""An explanation folds to the verdict it explains, or it is not shown."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from chipward.cli.explain import command
from chipward.errors import InputError, InternalError, StoreError
from chipward.law.tree import fold_one
from chipward.report import as_chain, render
from chipward.report.chain import VALUES, VERDICTS, Node, refold, tree

FLIPS = {"true": ("false", "unknown"), "false": ("true", "unknown"), "unknown": ("true", "false")}
LIT = st.tuples(st.just("lit"), st.integers(min_value=0, max_value=3), st.booleans())
FORMULA = st.recursive(
    LIT,
    lambda parts: st.tuples(
        st.sampled_from(["and", "or"]), st.lists(parts, max_size=3).map(tuple)
    ),
    max_leaves=8,
)  # fmt: skip


def leaf(verdict: str) -> dict[str, Any]:
    return {
        "kind": "leaf",
        "name": "n",
        "leaf": "c",
        "observed": None,
        "verdict": verdict,
        "cite": "",
    }


def verdicts(node: Node) -> list[tuple[str, bool, str]]:
    """Leaf verdict, whether negated, and what counts, of each leaf of a tree."""
    if node.leaf is not None:
        return [(node.leaf["verdict"], node.negated, node.verdict)]
    return [one for part in node.parts for one in verdicts(part)]


@given(FORMULA, st.lists(st.sampled_from(sorted(VALUES)), min_size=4, max_size=4))
def test_any_formula_refolds(formula: Any, seen: list[str]) -> None:
    verdict = VERDICTS[fold_one(formula, [VALUES[one] for one in seen])]
    listed = json.loads(json.dumps(formula))
    provision = {
        "id": "x", "formula": listed, "verdict": verdict, "evidence": [leaf(one) for one in seen]
    }  # fmt: skip
    node = tree(provision)
    assert node is not None
    assert node.verdict == verdict
    for told, negated, counts in verdicts(node):
        turned = {"true": "false", "false": "true", "unknown": "unknown"}[told]
        assert counts == (turned if negated else told)
    for wrong in FLIPS[verdict]:
        with pytest.raises(InternalError):
            tree({**provision, "verdict": wrong})


def test_every_changed_leaf_is_noticed_or_does_not_weigh(plain: dict[str, Any]) -> None:
    noticed = 0
    for finding in plain["findings"]:
        for provision in finding["provisions"]:
            for number, item in enumerate(provision["evidence"]):
                for other in FLIPS[item["verdict"]]:
                    changed = copy.deepcopy(provision)
                    changed["evidence"][number]["verdict"] = other
                    try:
                        node = tree(changed)
                        assert node
                        assert node.verdict == provision["verdict"]
                    except InternalError:
                        noticed += 1
    assert noticed > 20


@pytest.mark.parametrize("form", ["html"])
def test_a_page_with_a_wrong_chain_is_not_written(plain: dict[str, Any], form: str) -> None:
    plain["findings"][0]["provisions"][0]["verdict"] = "false"
    with pytest.raises(InternalError):
        render(plain, form)


def test_a_leaf_too_few_is_an_error(plain: dict[str, Any]) -> None:
    plain["findings"][0]["provisions"][0]["evidence"].pop()
    with pytest.raises(InternalError):
        refold(plain["findings"][0])


def test_every_leaf_and_number_is_told(plain: dict[str, Any]) -> None:
    for finding in plain["findings"]:
        text = " ".join(as_chain.render(plain, finding["id"]).decode().split())
        for provision in finding["provisions"]:
            for item in provision["evidence"]:
                assert item["leaf"] in text
                assert f"[{item['verdict']}]" in text
        for item in finding["evidence"]:
            if item["kind"] == "number" and item["value"] is not None:
                assert f"{item['value']:,}" in text


@pytest.fixture
def saved(plain: dict[str, Any], tmp_path: Path) -> Path:
    path = tmp_path / "review.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=True)


def test_command(saved: Path) -> None:
    result = run("c-0a41b7", "--review", saved)
    assert result.exit_code == 0
    assert "15 CFR 742.6" in result.output
    assert run("c-0a", "--review", saved).output == result.output
    assert "结论" in run("c-0a41b7", "--review", saved, "--lang", "zh").output


def test_command_as_json(saved: Path) -> None:
    content = json.loads(run("c-0a41b7", "--review", saved, "--format", "json").output)
    assert content["finding"]["id"] == "c-0a41b7"
    assert content["line"]["line"] == 1
    assert [r["refolded"] == r["verdict"] for r in content["refolded"]] == [True, True, True]


@pytest.mark.parametrize(
    "name,key",
    [("zzz", "explain.not_found"), ("c-", "explain.several"), ("", "explain.not_found")],
)
def test_command_refuses(saved: Path, name: str, key: str) -> None:
    error = run(name, "--review", saved).exception
    assert isinstance(error, InputError)
    assert error.key == key
    assert "\n" not in str(error)


def test_command_without_a_review(tmp_path: Path) -> None:
    missing = run("c-0a", "--review", tmp_path / "no.json").exception
    assert isinstance(missing, StoreError)
    assert isinstance(run("c-0a", "--review", "never", "--store", tmp_path).exception, StoreError)
