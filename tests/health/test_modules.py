"""Modules stay small enough to hold in one's head."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "src").rglob("*.py"))
SCRIPTS = sorted([*(ROOT / "tools").glob("*.py"), *(ROOT / "bench").glob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))

CAP, MEDIAN, FUNCTION, TRIVIAL = 400, 120, 50, 5


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=_name)
def test_module_and_its_functions_are_small(path: Path) -> None:
    assert _lines(path) <= CAP
    long = [
        f"{node.name}: {(node.end_lineno or 0) - node.lineno + 1}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION
    ]
    assert not long


def test_the_median_module_is_small() -> None:
    sizes = [size for size in map(_lines, MODULES) if size > TRIVIAL]
    assert median(sizes) <= MEDIAN


def test_files_are_read_and_written_as_utf8() -> None:
    """Every ``open``, ``read_text`` and ``write_text`` names its encoding or is binary."""
    odd: list[str] = []
    for path in [*MODULES, *SCRIPTS]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            modes = [a.value for a in node.args if isinstance(a, ast.Constant)]
            binary = name == "open" and any("b" in str(m) for m in modes)
            text = name in {"open", "fdopen", "read_text", "write_text"} and not binary
            if text and "encoding" not in {k.arg for k in node.keywords}:
                odd.append(f"{_name(path)}:{node.lineno}")
    assert not odd


def test_nothing_is_left_open() -> None:
    """No note to a later self."""
    later = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b")
    found = [
        f"{_name(path)}:{number}"
        for path in [*MODULES, *SCRIPTS]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if later.search(line)
    ]
    assert not found
