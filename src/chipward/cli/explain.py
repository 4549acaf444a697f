"""``chipward explain``: the chain behind one finding."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from chipward.cli import lang_option, say

FORMATS = ("table", "json")
COLUMNS = 80


@click.command(help=say("explain.help"))
@click.argument("name", metavar="ID")
@click.option("--review", required=True, metavar="FILE.json|NAME", help=say("explain.review"))
@click.option("--store", type=click.Path(path_type=Path), help=say("explain.store"))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help=say("explain.format")
)
@lang_option
def command(name: str, review: str, store: Path | None, form: str, lang: str) -> None:
    """Print the chain; nothing is printed where an explanation does not fold to its verdict."""
    from chipward.report import as_chain  # noqa: PLC0415  heavy
    from chipward.store import load_review  # noqa: PLC0415

    loaded = load_review(review, store)
    if form == "json":
        content = as_chain.as_json_bytes(loaded, name)
    else:
        terminal = sys.stdout.isatty()
        columns = shutil.get_terminal_size().columns if terminal else COLUMNS
        content = as_chain.render(loaded, name, lang, columns=columns, color=terminal)
    click.echo(content, nl=False)
