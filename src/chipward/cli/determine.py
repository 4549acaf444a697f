"""``chipward determine``: control answers for shipments."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
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
from chipward.dates import parse_day
from chipward.errors import DateError, Where
from chipward.review import LEVELS

MOST_DAYS = 1_000


def _sweep(text: str) -> list[date]:
    first, _, last = text.partition(":")
    start, end = (parse_day(part, Where("--sweep")) for part in (first, last))
    if not start <= end <= start + timedelta(days=MOST_DAYS):
        raise DateError("cli.bad_sweep", where=Where("--sweep"), days=MOST_DAYS)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


@click.command(help=say("cli.determine.help"))
@click.argument("shipments", type=click.Path(path_type=Path))
@on_option
@scope_option
@law_option
@known_option
@click.option(
    "--regimes", type=click.Choice(("touched", "all")), default="touched", help=say("cli.regimes")
)
@click.option("--sweep", metavar="D1:D2", help=say("cli.sweep"))
@click.option("--fail-on", type=click.Choice(LEVELS), default="hold", help=say("cli.fail_on"))
@output_options
@lang_option
def command(**given: Any) -> None:
    """One row a shipment and regime; exit by the strictest level."""
    from chipward.determine import answer_book  # noqa: PLC0415  heavy
    from chipward.levels import at_or_over  # noqa: PLC0415
    from chipward.read.shipments import read_shipments  # noqa: PLC0415
    from chipward.report.answers import render_answers  # noqa: PLC0415

    kind = the_format(given["format_"], given["output"])
    laws = the_law(given["law"], given["known_at"])
    days = _sweep(given["sweep"]) if given["sweep"] else []
    book = read_shipments(given["shipments"])
    table = answer_book(
        book.table, the_day(given["on"]), given["scope"], laws,
        everything=given["regimes"] == "all", sweep=days,
    )  # fmt: skip
    write_out(render_answers(table, kind, given["lang"]), given["output"])
    if any(at_or_over(level, given["fail_on"]) for level in table["level"].to_pylist()):
        sys.exit(1)
