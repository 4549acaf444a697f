"""``chipward assess``: review a bill of materials."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from chipward.read import Bom


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    out: dict[str, str] = {}
    for pair in pairs:
        meaning, equals, header = pair.partition("=")
        if not equals or not meaning or not header:
            raise UnknownColumn("cli.bad_map", hint="cli.hint.map", value=pair[:40])
        out[meaning.strip()] = header.strip().strip('"')
    return out


def _read(given: Mapping[str, Any]) -> Bom:
    """The list by the saved mapping and the one given; the one it was read by is written."""
    from chipward.read import read_bom  # noqa: PLC0415  heavy
    from chipward.read.saved import dump_mapping, load_mapping, merge  # noqa: PLC0415

    mapping = _mapping(given["mapping"])
    if given["saved"]:
        mapping = merge(load_mapping(given["saved"]), mapping)
    bom = read_bom(given["bom"], mapping, given["sheet"])
    if given["save_mapping"]:
        write_out(dump_mapping(bom), given["save_mapping"])
    return bom


@click.command(help=say("cli.assess.help"))
@click.argument("bom", type=click.Path(path_type=Path))
@click.option("--profile", type=click.Path(path_type=Path), help=say("cli.profile"))
@on_option
@scope_option
@law_option
@known_option
@click.option("--map", "mapping", multiple=True, metavar="MEANING=HEADER", help=say("cli.map"))
@click.option("--mapping", "saved", type=click.Path(path_type=Path), help=say("cli.mapping"))
@click.option("--save-mapping", type=click.Path(path_type=Path), help=say("cli.save_mapping"))
@click.option("--sheet", metavar="NAME", default="", help=say("cli.sheet"))
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
    from chipward.imports import load_classes  # noqa: PLC0415
    from chipward.levels import at_or_over  # noqa: PLC0415
    from chipward.profile import read_profile  # noqa: PLC0415
    from chipward.report import render  # noqa: PLC0415
    from chipward.report.plain import as_plain  # noqa: PLC0415
    from chipward.store import default_store, load_review, save_review  # noqa: PLC0415

    kind = the_format(given["format_"], given["output"])
    options = Options(
        on=the_day(given["on"]), scope=given["scope"], known_at=given["known_at"] or ""
    )
    profile = read_profile(given["profile"]) if given["profile"] else None
    old = load_review(given["against"], given["store"]) if given["against"] else None
    bom = _read(given)
    laws = the_law(given["law"], given["known_at"])
    imports = load_classes(given["store"] or default_store())
    review = as_plain(assess(bom, laws, options, profile, imports))
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
