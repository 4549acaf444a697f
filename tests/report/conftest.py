"""The board of the reports, and what the tests of reports share."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from chipward.report import render
from chipward.review import Review

HERE = Path(__file__).parent


def _module(name: str) -> ModuleType:
    """A helper module beside the tests; they are files, not a package."""
    full = f"chipward_tests_report_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, HERE / f"{name}.py")
        assert spec
        assert spec.loader
        sys.modules[full] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[full])
    return sys.modules[full]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="write the golden reports anew")


@pytest.fixture(autouse=True)
def sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue with the fixture's own sentences."""
    _module("fixture").with_messages(monkeypatch)


@pytest.fixture
def board() -> Review:
    return _module("fixture").board()


@pytest.fixture
def plain(board: Review) -> dict[str, Any]:
    """The board's review as read back from JSON."""
    return json.loads(render(board, "json"))


@pytest.fixture
def large(board: Review) -> Callable[[int], Review]:
    """The board with any number of lines."""
    return lambda count: _module("large").large(board, count)


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Callable[[str, bytes], None]:
    """Compare with a golden file, or write it anew with ``--regen``."""

    def compare(name: str, content: bytes) -> None:
        path = HERE / "golden" / name
        if pytestconfig.getoption("--regen", default=False):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        assert path.read_bytes() == content, f"{name} differs: look, then --regen"

    return compare
