"""``chipward data``: tables of your own, and how old everything is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chipward.cli import lang_option, say
from chipward.cli.options import on_option, the_day

if TYPE_CHECKING:
    from chipward.imports import ClassTable
    from chipward.sources import Source

FORMATS = ("table", "json")


def _store_option(command: Any) -> Any:
    kind = click.Path(path_type=Path)
    return click.option("--store", type=kind, help=say("cli.data.store"))(command)


def _format_option(command: Any) -> Any:
    option = click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        default=FORMATS[0],
        help=say("cli.data.format"),
    )
    return option(command)


@click.group(help=say("cli.data.help"))
def command() -> None:
    """The group; each subcommand imports what it needs."""


@command.group("import", help=say("cli.data.import"))
def import_() -> None:
    """One subcommand a kind of table."""


@import_.command(help=say("cli.data.eccn"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", default="", metavar="NAME", help=say("cli.data.name"))
@click.option("--maker", default="", metavar="MAKER", help=say("cli.data.maker"))
@click.option("--as-of", metavar="DATE", help=say("cli.data.as_of"))
@_store_option
@lang_option
def eccn(
    file: Path, name: str, maker: str, as_of: str | None, store: Path | None, lang: str
) -> None:
    """Check the whole table, then store it."""
    from chipward.catalogue import text  # noqa: PLC0415
    from chipward.dates import parse_day  # noqa: PLC0415
    from chipward.errors import Where  # noqa: PLC0415
    from chipward.imports import read_classes, save_classes  # noqa: PLC0415  heavy
    from chipward.store import default_store  # noqa: PLC0415

    day = parse_day(as_of, Where("--as-of")) if as_of else None
    table = read_classes(file, name, maker=maker, as_of=day)
    _, old = save_classes(table, store or default_store())
    click.echo(text("cli.data.imported", lang, **_told(table)))
    if table.unclassed:
        click.echo(text("cli.data.unclassed", lang, rows=table.unclassed))
    if old is not None:
        click.echo(text("cli.data.replaced", lang, **_told(old)))


@command.command(help=say("cli.data.status"))
@_store_option
@on_option
@_format_option
@lang_option
def status(store: Path | None, on: str | None, format_: str, lang: str) -> None:
    """Imported tables, then the shipped sources with their age on the day."""
    from chipward.catalogue import text  # noqa: PLC0415
    from chipward.imports import load_classes  # noqa: PLC0415  heavy
    from chipward.sources import sources  # noqa: PLC0415
    from chipward.store import default_store  # noqa: PLC0415

    day = the_day(on)
    tables = load_classes(store or default_store())
    shipped = sources(day)
    if format_ == "json":
        rows = {
            "on": day.isoformat(),
            "imports": [_row(t) for t in tables],
            "sources": [_age(s) for s in shipped],
        }
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo(text("cli.data.tables" if tables else "cli.data.no_tables", lang))
    for table in tables:
        row = _told(table)
        click.echo(f"  {row['name']}  {row['file']}  {row['rows']}  {row['as_of']}")
        click.echo(f"    sha256 {row['sha256']}")
    click.echo(text("cli.data.sources", lang, on=day.isoformat()))
    for source in shipped:
        click.echo(f"  {source.id}  {_said(source, lang)}")


def _row(table: ClassTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "file": table.file,
        "rows": len(table.rows),
        "as_of": table.vintage,
        "sha256": table.sha256,
    }


def _told(table: ClassTable) -> dict[str, Any]:
    """The same for a sentence: a day that is not known is a question mark."""
    return _row(table) | {"as_of": table.vintage or "?"}


def _age(source: Source) -> dict[str, Any]:
    names = ("id", "title", "as_of", "age_days", "stale_after_days", "stale")
    return {name: getattr(source, name) for name in names}


def _said(source: Source, lang: str) -> str:
    from chipward.catalogue import text  # noqa: PLC0415

    if source.age_days is None:
        return text("cli.data.undated", lang)
    key = "cli.data.stale" if source.stale else "cli.data.age"
    limit = source.stale_after_days or 0
    return text(key, lang, as_of=source.as_of, days=source.age_days, limit=limit)
