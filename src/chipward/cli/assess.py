"""``chipward assess``: review a bill of materials."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click

from chipward.cli import lang_option, say
from chipward.cli.options import (
    known_option,
    law_option,
    on_option,
    output_options,
    scope_option,
    the_day,
    the_format,
    the_law,
    write_out,
)
from chipward.errors import UnknownColumn
from chipward.review import LEVELS


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    out: dict[str, str] = {}
    for pair in pairs:
        meaning, equals, header = pair.partition("=")
        if not equals or not meaning or not header:
            raise UnknownColumn("cli.bad_map", hint="cli.hint.map", value=pair[:40])
        out[meaning.strip()] = header.strip().strip('"')
    return out


@click.command(help=say("cli.assess.help"))
@click.argument("bom", type=click.Path(path_type=Path))
@click.option("--profile", type=click.Path(path_type=Path), help=say("cli.profile"))
@on_option
@scope_option
@law_option
@known_option
@click.option("--map", "mapping", multiple=True, metavar="MEANING=HEADER", help=say("cli.map"))
@click.option("--save", metavar="NAME", help=say("cli.save"))
@click.option("--against", type=click.Path(path_type=Path), help=say("cli.against"))
@click.option("--store", type=click.Path(path_type=Path), help=say("cli.store"))
@click.option("--fail-on", type=click.Choice(LEVELS), default="hold", help=say("cli.fail_on"))
@output_options
@lang_option
def command(**given: Any) -> None:
    """Read, assess, compare, save, write; then exit by the strictest level."""
    from chipward.api import Options, assess  # noqa: PLC0415  heavy
    from chipward.compare import changes  # noqa: PLC0415
    from chipward.levels import at_or_over  # noqa: PLC0415
    from chipward.profile import read_profile  # noqa: PLC0415
    from chipward.read import read_bom  # noqa: PLC0415
    from chipward.report import render  # noqa: PLC0415
    from chipward.report.plain import as_plain  # noqa: PLC0415
    from chipward.store import load_review, save_review  # noqa: PLC0415

    kind = the_format(given["format_"], given["output"])
    options = Options(
        on=the_day(given["on"]), scope=given["scope"], known_at=given["known_at"] or ""
    )
    profile = read_profile(given["profile"]) if given["profile"] else None
    old = load_review(given["against"], given["store"]) if given["against"] else None
    bom = read_bom(given["bom"], _mapping(given["mapping"]))
    laws = the_law(given["law"], given["known_at"])
    review = as_plain(assess(bom, laws, options, profile))
    if old is not None:
        review["changes"] = [{"key": m.key, "params": dict(m.params)} for m in changes(old, review)]
    terminal = given["output"] is None and sys.stdout.isatty()
    columns = get_terminal_size().columns if terminal else 80
    shown = render(review, kind, given["lang"], columns=max(columns, 80), color=terminal)
    write_out(shown, given["output"])
    if given["save"]:
        save_review(given["save"], review, given["store"])
    if any(at_or_over(line["level"], given["fail_on"]) for line in review["lines"]):
        sys.exit(1)
