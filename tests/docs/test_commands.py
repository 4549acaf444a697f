"""Every command has a page with all its options, and a help text in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import click
import pytest

from chipward.catalogue import LANGUAGES, messages
from chipward.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "Makefile",
    *sorted((ROOT / "tools").glob("*.sh")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
CALL = re.compile(r"(?:^|[\s`|/])chipward ([a-z]+)((?:[ \t]+[^\n`|;>]+)?)", re.MULTILINE)


@cache
def command(name: str) -> click.Command:
    """The click command of a name."""
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def _options(one: click.Command) -> set[str]:
    own = {o for p in one.params if isinstance(p, click.Option) for o in p.opts}
    inner = [_options(sub) for sub in getattr(one, "commands", {}).values()]
    return own.union(*inner) | {"--help"}


def _page(name: str) -> str:
    return (ROOT / "docs" / "guide" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_command_has_a_page_with_every_option(name: str) -> None:
    page = _page(name)
    assert page.startswith(f"# {name}\n")
    missing = sorted(o for o in _options(command(name)) if f"`{o}" not in page)
    assert not missing


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_page_describes_no_option_that_is_not(name: str) -> None:
    told = set(re.findall(r"`(--?[a-z][a-z-]*)", _page(name)))
    assert told <= _options(command(name))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_sub_command_has_a_section(name: str) -> None:
    for sub in getattr(command(name), "commands", {}):
        assert f"\n## {sub}\n" in _page(name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_command_has_help_in_the_language(name: str, language: str) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "chipward", "--lang", language, name, "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"},
    )
    assert bool(CHINESE.search(run.stdout)) == (language == "zh")
    assert messages(language)[f"cli.{name}.short"]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_everything_has_a_help_text(name: str) -> None:
    todo = [command(name)]
    while todo:
        one = todo.pop()
        todo += getattr(one, "commands", {}).values()
        assert one.help, one.name
        assert all(p.help for p in one.params if isinstance(p, click.Option)), one.name


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_calls_in_the_pages_exist(path: Path) -> None:
    for name, rest in CALL.findall(path.read_text(encoding="utf-8")):
        if name not in COMMANDS and not rest.strip().startswith(("-", "bom", "FILE")):
            continue  # prose
        assert name in COMMANDS, f"chipward {name}"
        given = set(re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", rest))
        assert given <= _options(command(name)), f"chipward {name}{rest}"
