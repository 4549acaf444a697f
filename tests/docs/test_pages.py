"""The pages keep up with the program: generated parts match, closed words are all explained."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import pages
from chipward.law.model import KINDS, POLICIES, STATUSES
from chipward.profile import BUYER_TYPES, Destination, Profile, read_profile
from chipward.resources import data_dir
from chipward.review import LEVELS
from chipward.textcsv import read_rows

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ADRS = sorted((DOCS / "adr").glob("*.md"))
NAV = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(pages.PAGES))
def test_generated_page_matches(name: str) -> None:
    assert _read(name) == pages.PAGES[name](), "run `make docs`"


def test_every_page_stands_in_the_navigation() -> None:
    found = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert found == set(re.findall(r"[\w/-]+\.md", NAV))


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:3]) for path in ADRS]
    assert numbers == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("path", ADRS, ids=lambda p: p.stem)
def test_decision_has_its_number_and_what_was_weighed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:3]}. ")
    assert "eighed" in text


def test_the_glossary_holds_the_closed_vocabularies() -> None:
    text = _read("docs/glossary.md").lower()
    levels = {row["level"] for row in read_rows(data_dir() / "policy" / "levels.csv")}
    core = read_rows(data_dir() / "messages" / "core.csv")
    outcomes = {r["key"].split(".")[1] for r in core if r["key"].startswith("outcome.")}
    for word in {*LEVELS, *levels, *outcomes}:
        assert f"`{word}`" in text, word
    for word in POLICIES:
        assert word.replace("_", " ") in text, word
    for word in KINDS:
        assert word in text, word


def test_the_schema_of_law_is_described() -> None:
    text = _read("docs/guide/local-law.md")
    for word in (*KINDS, *STATUSES):
        assert f"`{word}`" in text, word


def test_every_key_of_a_profile_is_described() -> None:
    text = _read("docs/guide/assess.md")
    for word in (*Profile.__dataclass_fields__, *Destination.__dataclass_fields__, *BUYER_TYPES):
        assert f"`{word}`" in text, word


def test_the_profile_of_the_page_can_be_read(tmp_path: Path) -> None:
    block = re.search(r"```yaml\n(.*?)```", _read("docs/guide/assess.md"), re.DOTALL)
    assert block
    path = tmp_path / "profile.yaml"
    path.write_text(block[1], encoding="utf-8")
    assert len(read_profile(path).destinations) == 2


def test_dependencies_are_all_explained() -> None:
    text = _read("docs/adr/003-dependencies.md").lower()
    project = tomllib.loads(_read("pyproject.toml"))
    groups = project["dependency-groups"]
    asked = [*project["project"]["dependencies"], *groups["dev"], *groups["docs"]]
    assert not [name for one in asked if (name := Requirement(one).name).lower() not in text]


def test_no_page_names_a_place_of_one_machine() -> None:
    texts = [*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "NOTICE"]
    places = re.compile(rf"/home/|/root/|/tmp/|{re.escape(str(ROOT))}")
    assert [path.name for path in texts if places.search(path.read_text(encoding="utf-8"))] == []
