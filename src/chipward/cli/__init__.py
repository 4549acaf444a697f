"""The command line: no logic here, one module a command, loaded when it is called."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from chipward import __version__
from chipward.catalogue import LANGUAGES, error_line, text
from chipward.errors import ChipwardError

COMMANDS = {
    "assess": "chipward.cli.assess",
    "classify": "chipward.cli.classify",
    "data": "chipward.cli.data",
    "determine": "chipward.cli.determine",
    "explain": "chipward.cli.explain",
    "law": "chipward.cli.law",
}


def chosen_language(arguments: list[str]) -> str:
    """The value of ``--lang`` wherever it stands, so that help is in the same language.

    >>> chosen_language(["assess", "x.csv", "--lang", "zh"])
    'zh'
    """
    for here, after in zip(arguments, [*arguments[1:], ""], strict=False):
        value = after if here == "--lang" else here.removeprefix("--lang=")
        if here.startswith("--lang") and value in LANGUAGES:
            return value
    return LANGUAGES[0]


LANG = chosen_language(sys.argv[1:])


def say(key: str, **params: object) -> str:
    """A catalogue sentence in the language of this call."""
    return text(key, LANG, **params)


def lang_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The ``--lang`` option, the same on every command."""
    option = click.option(
        "--lang", type=click.Choice(LANGUAGES), default=LANG, help=say("cli.lang")
    )
    return option(command)


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, without importing anything."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        del ctx
        module = COMMANDS.get(cmd_name)
        return None if module is None else import_module(module).command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their catalogue line, so that help imports none of them."""
        del ctx
        with formatter.section(say("cli.commands")):
            formatter.write_dl([(name, say(f"cli.{name}.short")) for name in sorted(COMMANDS)])


@click.group(cls=LazyGroup, help=say("cli.help"), context_settings={"max_content_width": 80})
@click.version_option(__version__, message="%(version)s")
@lang_option
def cli(lang: str) -> None:
    """The root command; ``--lang`` was read before parsing."""
    del lang


def main() -> None:
    """Run, turning every deliberate error into one line and its exit code."""
    try:
        cli(standalone_mode=True)
    except ChipwardError as error:
        lines = getattr(error, "errors", (error,))
        for one in lines:
            click.echo(error_line(one, LANG), err=True)
        sys.exit(error.exit_code)
