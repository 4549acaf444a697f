"""Who may import whom: one way from files to reports, and lenses that do not know each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "chipward"
MODULES = sorted(PACKAGE.rglob("*.py"))

ROOMS = ("cli", "law", "lenses", "normalise", "read", "report", "science", "store", "web")
BASE = ("errors", "dates", "resources", "textcsv", "tables", "catalogue", "review")
# Room or module, and what it must not import. The command line may import everything.
FORBIDDEN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(BASE, ROOMS),
    "science": ("cli", "law", "lenses", "normalise", "read", "report", "store", "web"),
    "law": ("cli", "lenses", "normalise", "read", "report", "store", "web"),
    "read": ("cli", "law", "lenses", "normalise", "report", "store", "web"),
    "normalise": ("cli", "law", "lenses", "report", "store", "web"),
    "lenses": ("cli", "read", "report", "store", "web"),
    "store": ("cli", "lenses", "web"),
}
REPORT_MAY = {"review", "catalogue", "resources", "report", "errors", "atomic"}
# The chain behind a finding is folded again with the one fold there is.
REPORT_MAY_OF_LAW = ("chipward.law.model", "chipward.law.tree")
NETWORK = {"socket", "ssl", "http", "urllib", "requests", "urllib3", "ftplib", "smtplib", "asyncio"}
UNSAFE = {"pickle", "shelve", "pandas"}


def imports(source: str, package: tuple[str, ...] = ()) -> set[str]:
    """Full names of what a module imports, also inside functions.

    >>> sorted(imports("from chipward.law import load"))
    ['chipward.law', 'chipward.law.load']
    """
    out: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            out.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parent = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*parent, *([node.module] if node.module else [])])
            out.add(base)
            out.update(f"{base}.{alias.name}" for alias in node.names)
    return out


def rooms_of(names: set[str]) -> set[str]:
    """The first part below ``chipward`` of each name."""
    return {parts[1] for name in names if (parts := name.split("."))[0] == "chipward" and parts[1:]}


def _of(path: Path) -> set[str]:
    package = ("chipward", *path.relative_to(PACKAGE).parts[:-1])
    return imports(path.read_text(encoding="utf-8"), package)


def _id(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_id)
def test_room_contract(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    names = _of(path)
    if room == "report":
        names = {name for name in names if not name.startswith(REPORT_MAY_OF_LAW)}
        assert rooms_of(names) <= REPORT_MAY
    seen = rooms_of(names)
    assert not seen & set(FORBIDDEN.get(room, ()))
    if room not in {"cli", "__main__"}:
        assert "cli" not in seen


@pytest.mark.parametrize("path", sorted((PACKAGE / "lenses").rglob("*.py")), ids=_id)
def test_lenses_do_not_know_each_other(path: Path) -> None:
    own = path.relative_to(PACKAGE / "lenses").parts[0]
    others = {name.split(".")[2] for name in _of(path) if name.startswith("chipward.lenses.")}
    if own.endswith(".py"):
        return
    assert others <= {own}


def test_only_one_module_reads_sql() -> None:
    readers = [_id(p) for p in MODULES if "sqlglot" in {n.split(".")[0] for n in _of(p)}]
    assert len(readers) == 1
    assert readers[0].startswith("law/")


def test_nothing_opens_the_network_or_runs_data() -> None:
    for path in MODULES:
        assert not {name.split(".")[0] for name in _of(path)} & (NETWORK | UNSAFE), path


def test_a_breach_is_seen() -> None:
    names = imports("from ..control import facts", ("chipward", "lenses", "supply"))
    assert "chipward.lenses.control" in names
    assert rooms_of(names) == {"lenses"}
