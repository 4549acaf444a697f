"""The JSON is the published contract."""

from __future__ import annotations

import copy
import json
import math
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.report import render
from chipward.report.plain import as_plain, rounded
from chipward.resources import schema_dir
from chipward.review import Review


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads((schema_dir() / "review-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_review_is_valid(plain: dict[str, Any], validator: jsonschema.Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(plain)] == []


def objects(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of every object, those with free names left out."""
    out: list[tuple[Any, ...]] = []
    if isinstance(value, dict):
        out.append(path)
        pairs: Any = value.items()
    else:
        pairs = enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        if key not in {"params", "facts", "row", "inputs", "options", "profile", "observed"}:
            out += objects(item, (*path, key))
    return out


def test_schema_is_closed(
    plain: dict[str, Any], validator: jsonschema.Draft202012Validator
) -> None:
    kinds = {tuple("*" if isinstance(step, int) else step for step in p): p for p in objects(plain)}
    assert len(kinds) > 20
    for path in kinds.values():
        changed = copy.deepcopy(plain)
        at = changed
        for step in path:
            at = at[step]
        at["an_unknown_name"] = 1
        assert not validator.is_valid(changed), path


def test_a_finding_without_evidence_is_refused(
    plain: dict[str, Any], validator: jsonschema.Draft202012Validator
) -> None:
    plain["findings"][0]["provisions"] = []
    plain["findings"][0]["evidence"] = []
    assert not validator.is_valid(plain)


def test_bytes(board: Review) -> None:
    content = render(board, "json")
    assert content.endswith(b"}\n")
    assert "锗透镜" in content.decode("utf-8")
    assert content.count(b"\n") < 120, "an item a line"
    assert next(iter(json.loads(content))) == "on"


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_floats_keep_six_digits(number: float) -> None:
    short = rounded(number)
    if not math.isfinite(number):
        assert short is None
        return
    assert short is not None
    assert math.isclose(short, number, rel_tol=5.1e-6, abs_tol=0.0) or number == short
    assert rounded(float(short)) == short


def test_what_is_no_value_is_refused() -> None:
    with pytest.raises(TypeError):
        as_plain({"on": object()})


def test_lone_surrogates_do_not_stop_a_report(plain: dict[str, Any], tmp_path: Path) -> None:
    plain["bom"]["name"] = "b\udcffm.csv"
    for form in ("json", "csv", "table", "html", "xlsx"):
        assert render(plain, form)
