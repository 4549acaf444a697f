"""Lock files name no host, hash every file, and hold what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:org|com|net|io|dev|internal|local)\b|index-url|find-links"
)


def _pins(path: Path) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for name, version in PIN.findall(path.read_text(encoding="utf-8")):
        pins.setdefault(canonicalize_name(name), set()).add(version)
    return pins


def _entries(text: str) -> list[str]:
    joined = text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]


def test_both_locks_are_here() -> None:
    assert [path.name for path in LOCKS] == ["requirements-dev.lock", "requirements.lock"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda p: p.name)
def test_no_address_and_no_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert not HOST.findall(text)


@pytest.mark.parametrize("path", LOCKS, ids=lambda p: p.name)
def test_every_entry_is_pinned_and_hashed(path: Path) -> None:
    for entry in _entries(path.read_text(encoding="utf-8")):
        assert PIN.match(entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


def test_the_core_lock_holds_the_dependencies() -> None:
    pins = _pins(ROOT / "requirements.lock")
    for text in PROJECT["project"]["dependencies"]:
        wanted = Requirement(text)
        versions = pins[canonicalize_name(wanted.name)]
        assert all(wanted.specifier.contains(version) for version in versions), text


def test_the_development_lock_holds_everything() -> None:
    pins = _pins(ROOT / "requirements-dev.lock")
    groups = PROJECT["dependency-groups"]
    wanted = [*PROJECT["project"]["dependencies"], *groups["dev"], *groups["docs"]]
    wanted += PROJECT["build-system"]["requires"]
    assert {canonicalize_name(Requirement(text).name) for text in wanted} <= set(pins)
    core = _pins(ROOT / "requirements.lock")
    assert {name: pins[name] for name in core} == core
