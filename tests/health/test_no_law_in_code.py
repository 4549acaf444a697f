"""Law lives in ``data``: no country, no control-list code, no instrument stands in the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chipward.resources import data_dir
from chipward.textcsv import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "chipward"
MODULES = sorted(PACKAGE.rglob("*.py"))

COUNTRIES = frozenset(
    [row["iso2"] for row in read_rows(data_dir() / "geo" / "countries.csv")]
    + [row["regime"] for row in read_rows(data_dir() / "jurisdictions.csv")]
)
ECCN = re.compile(r"(?<![A-Za-z0-9])[0-9][A-E][0-9]{3}(?![0-9])")
INSTRUMENT = re.compile(r"(?<![0-9/])[0-9]{1,4}/20[0-9]{2}(?![0-9/])|\b[0-9]{2} FR [0-9]{4,6}\b")

# The operators of the leaf grammar happen to be spelt like India, Iceland, Norway and Oregon.
OPERATORS = frozenset({"IN", "IS", "NO", "OR", "AND", "NOT", "AS", "BY", "TO"})
# By module and exact token, each with what it is there.
ALLOWED = {
    "law/leaf.py": OPERATORS,
    "law/grammar.py": OPERATORS,
    "law/emit.py": OPERATORS,
    "cli/law.py": frozenset({"ID"}),  # the name of an argument, not Indonesia
    "cli/explain.py": frozenset({"ID"}),
    "law/words.py": frozenset({"WF"}),  # widths of East Asian characters, not Wallis and Futuna
    "report/width.py": frozenset({"WF"}),
}


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """String constants that are not docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def law_in(source: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """What looks like law among the string constants of a module."""
    return [
        f"{line}: {text[:60]!r}"
        for line, text in _texts(ast.parse(source))
        if (text in COUNTRIES and text not in allowed)
        or ECCN.search(text)
        or INSTRUMENT.search(text)
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_module_holds_no_law(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    allowed = ALLOWED.get(name, frozenset[str]())
    assert law_in(path.read_text(encoding="utf-8"), allowed) == []


def test_every_allowance_is_used() -> None:
    for name, tokens in ALLOWED.items():
        if (PACKAGE / name).is_file() and tokens is not OPERATORS:
            assert law_in((PACKAGE / name).read_text(encoding="utf-8")), name


@pytest.mark.parametrize("text", ["'CN'", "'3A090.a'", "f'{x} 46/2024'", "'US:3E001'", "['IN']"])
def test_law_is_seen(text: str) -> None:
    assert law_in(f"x = {text}")


@pytest.mark.parametrize("text", ["'country'", "'3a090_a'", "'2024'", "'cn_items'", "'1/2'"])
def test_other_words_pass(text: str) -> None:
    assert not law_in(f"x = {text}")
