"""The published schema of a provision file and the loader agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chipward.law.load import provision_files
from chipward.law.model import KINDS, POLICIES, REQUIRES, STATUSES
from chipward.law.parse import CITE_KEYS, PROVISION_KEYS, VERSION_KEYS
from chipward.law.tree import BRANCHES, LEAF_KEYS
from chipward.law.yaml_text import read_yaml
from chipward.resources import data_dir, schema_dir

FILES = [path.relative_to(data_dir()).as_posix() for path in provision_files(data_dir() / "law")]


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((schema_dir() / "provision-1.json").read_text(encoding="utf-8"))


def read(path: Path) -> Any:
    return read_yaml(path)


def test_the_schema_is_a_schema(schema: Any) -> None:
    Draft202012Validator.check_schema(schema)


def test_words_and_keys_are_those_of_the_loader(schema: Any) -> None:
    parts = schema["$defs"]
    version, outcome = parts["version"]["properties"], parts["outcome"]["properties"]
    assert tuple(schema["properties"]["kind"]["enum"]) == KINDS
    assert tuple(version["status"]["enum"]) == STATUSES
    assert tuple(outcome["requires"]["enum"]) == REQUIRES
    assert tuple(outcome["review_policy"]["enum"]) == POLICIES
    assert set(schema["properties"]) == PROVISION_KEYS
    assert set(version) == VERSION_KEYS
    assert set(parts["cite"]["properties"]) == CITE_KEYS
    assert set(parts["leaf"]["properties"]) == LEAF_KEYS
    assert all(word in parts for word in BRANCHES)


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_provision_is_valid(schema: Any, name: str) -> None:
    found = Draft202012Validator(schema).iter_errors(read(data_dir() / name))
    assert [f"{list(error.path)} {error.message[:200]}" for error in found] == []


def test_a_file_the_loader_refuses_is_invalid(schema: Any, law: Any, tmp_path: Path) -> None:
    check = Draft202012Validator(schema)
    text = law.provision(f"{law.regime}.x")
    path = tmp_path / "x.yaml"
    for old, new in (
        ("title:", "heading:"),
        ("in_force", "active"),
        ("{name: leaves, ", "{"),
        ("license", "permit"),
        ("2024-12-03", "soon"),
    ):
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert not check.is_valid(read(path)), old
    path.write_text(text, encoding="utf-8")
    assert check.is_valid(read(path))
