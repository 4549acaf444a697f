"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from chipward.cli import say
from chipward.dates import parse_day, today
from chipward.errors import Where

if TYPE_CHECKING:
    from chipward.law.model import Laws

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "json", "csv", "html", "xlsx")
SCOPES = ("enforced", "text")


def on_option(command: F) -> F:
    """``--on DATE``."""
    return click.option("--on", "on", metavar="DATE", help=say("cli.on"))(command)


def known_option(command: F) -> F:
    """``--known-at DATE``."""
    option = click.option("--known-at", metavar="DATE", help=say("cli.known_at"))
    return option(command)


def law_option(command: F) -> F:
    """``--law DIR``, repeatable."""
    kind = click.Path(path_type=Path)
    return click.option("--law", "law", multiple=True, type=kind, help=say("cli.law_dir"))(command)


def scope_option(command: F) -> F:
    """``--scope enforced|text``."""
    kind = click.Choice(SCOPES)
    return click.option("--scope", type=kind, default=SCOPES[0], help=say("cli.scope"))(command)


def output_options(command: F) -> F:
    """``-o FILE`` and ``--format``."""
    path = click.Path(path_type=Path)
    command = click.option("-o", "--output", type=path, help=say("cli.output"))(command)
    kind = click.Choice(FORMATS)
    return click.option("--format", "format_", type=kind, help=say("cli.format"))(command)


def the_day(on: str | None) -> date:
    """The date asked for, or today in UTC."""
    return parse_day(on, Where("--on")) if on else today()


def the_law(folders: tuple[Path, ...], known_at: str | None) -> Laws:
    """The shipped law with the user's own laid over it, as known on a day if one is named."""
    from chipward.law.known import as_known  # noqa: PLC0415  heavy
    from chipward.law.load import load_laws  # noqa: PLC0415

    laws = load_laws(folders)
    return as_known(laws, parse_day(known_at, Where("--known-at"))) if known_at else laws


def the_format(format_: str | None, output: Path | None) -> str:
    """The format asked for, or the one the ending of the output names."""
    if format_:
        return format_
    if output is None:
        return FORMATS[0]
    from chipward.report import format_of  # noqa: PLC0415

    return format_of(output)


def write_out(content: bytes, output: Path | None) -> None:
    """Print, or write the whole file at once: it is there complete or not at all.

    Raises `InputError` when the folder does not exist or cannot be written.
    """
    from chipward.report import write  # noqa: PLC0415

    if output is None:
        click.echo(content, nl=not content.endswith(b"\n"))
        return
    write(output, content)
