"""``chipward classify``: the class of chips by their parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from chipward.cli import lang_option, say
from chipward.cli.options import on_option, output_options, the_day, the_format, write_out
from chipward.errors import InputError, Where


@click.command(help=say("chips.help"))
@click.argument("specs", type=click.Path(path_type=Path))
@on_option
@output_options
@lang_option
def command(**given: Any) -> None:
    """One row a chip."""
    from chipward.report.classes import FORMATS, render_classes  # noqa: PLC0415  heavy below
    from chipward.science.chips.classify import classify, verified_to  # noqa: PLC0415
    from chipward.science.chips.spec_file import read_spec_file  # noqa: PLC0415

    kind = the_format(given["format_"], given["output"])
    if kind not in FORMATS:
        raise InputError("chips.no_such_format", where=Where(kind), formats=", ".join(FORMATS))
    table = classify(read_spec_file(given["specs"]), the_day(given["on"]))
    rows, names = table.to_pylist(), table.column_names
    text = render_classes(rows, names, kind, given["lang"], verified_to())
    write_out(text.encode(), given["output"])
