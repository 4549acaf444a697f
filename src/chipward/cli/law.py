"""``chipward law``: show, timeline, diff, lint, lock."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from chipward.cli import lang_option, say
from chipward.cli.options import law_option, on_option, the_day
from chipward.dates import parse_day
from chipward.errors import InputError, Where

if TYPE_CHECKING:
    from chipward.law.model import Laws

FORMATS = ("table", "json")
WIDTH = 80


def _format_option(command: Any) -> Any:
    kind = click.Choice(FORMATS)
    option = click.option(
        "--format", "format_", type=kind, default=FORMATS[0], help=say("cli.law.format")
    )
    return option(command)


def _print(kind: str, lines: list[str], rows: object) -> None:
    if kind == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(lines))


@click.group(help=say("cli.law.help"))
def command() -> None:
    """The group; each subcommand imports what it needs."""


@command.command(help=say("cli.law.show"))
@click.argument("name", metavar="ID")
@on_option
@click.option("--sql", is_flag=True, help=say("cli.law.sql"))
@law_option
@_format_option
@lang_option
def show(
    name: str, on: str | None, *, sql: bool, law: tuple[Path, ...], format_: str, lang: str
) -> None:
    """One provision with its versions."""
    from chipward.law.load import load_laws  # noqa: PLC0415  heavy
    from chipward.law.say import as_row, show_lines  # noqa: PLC0415

    laws = load_laws(law)
    provision, day = laws.provision(name), the_day(on)
    laws.check_day(day, Where("--on"))
    row = as_row(provision, day, sql=sql) if format_ == "json" else {}
    _print(format_, show_lines(laws, provision, day, lang, sql=sql), row)


@command.command(help=say("cli.law.timeline"))
@click.option("--regime", default="", help=say("cli.law.regime"))
@click.option("--from", "start", metavar="DATE", help=say("cli.law.from"))
@click.option("--to", "end", metavar="DATE", help=say("cli.law.to"))
@law_option
@_format_option
@lang_option
def timeline(
    regime: str, start: str | None, end: str | None, law: tuple[Path, ...], format_: str, lang: str
) -> None:
    """Dated events over all regimes."""
    from chipward.law.load import load_laws  # noqa: PLC0415  heavy
    from chipward.law.say import event_rows, timeline_lines  # noqa: PLC0415
    from chipward.law.timeline import events  # noqa: PLC0415

    laws = load_laws(law)
    if regime and regime not in laws.regimes:
        words = ", ".join(laws.regimes)
        raise InputError(
            "law.no_such_regime", where=Where("--regime"), value=regime[:20], words=words
        )
    first = parse_day(start, Where("--from")) if start else None
    last = parse_day(end, Where("--to")) if end else None
    if first and last and last < first:
        raise InputError("law.days_reversed", where=Where("--to"))
    if last:
        laws.check_day(last, Where("--to"))
    found = events(laws, first, last, regime)
    _print(format_, timeline_lines(laws, found, lang), event_rows(found))


@command.command(help=say("cli.law.diff"))
@click.argument("bom", required=False, type=click.Path(path_type=Path))
@click.option("--from", "start", metavar="DATE", required=True, help=say("cli.law.earlier"))
@click.option("--to", "end", metavar="DATE", required=True, help=say("cli.law.later"))
@click.option("--profile", type=click.Path(path_type=Path), help=say("cli.profile"))
@law_option
@_format_option
@lang_option
def diff(**given: Any) -> None:
    """What changed between two days, and for which lines of a board."""
    from chipward.law.diff import changed_provisions  # noqa: PLC0415  heavy
    from chipward.law.load import load_laws  # noqa: PLC0415
    from chipward.law.say import change_rows, diff_lines  # noqa: PLC0415

    laws, lang = load_laws(given["law"]), given["lang"]
    earlier, later = (
        parse_day(given["start"], Where("--from")),
        parse_day(given["end"], Where("--to")),
    )
    if later < earlier:
        raise InputError("law.days_reversed", where=Where("--to"))
    laws.check_day(earlier, Where("--from"))
    found = changed_provisions(laws, earlier, later)
    lines, rows = diff_lines(laws, found, earlier, later, lang), change_rows(found)
    if given["bom"] is None:
        _print(given["format_"], lines, rows)
        return
    said = _board_changes(given["bom"], given["profile"], laws, (earlier, later), lang)
    told = [line for one in said for line in wrap(one, WIDTH, subsequent_indent="  ")]
    _print(given["format_"], [*lines, "", *told], {"law": rows, "lines": said})


def _board_changes(
    bom: Path, profile: Path | None, laws: Laws, days: tuple[date, date], lang: str
) -> list[str]:
    """What the change of law between two days means for the lines of a board, in words."""
    from chipward.api import Options, assess  # noqa: PLC0415  heavy
    from chipward.catalogue import text  # noqa: PLC0415
    from chipward.compare import changes  # noqa: PLC0415
    from chipward.imports import load_classes  # noqa: PLC0415
    from chipward.profile import read_profile  # noqa: PLC0415
    from chipward.read import read_bom  # noqa: PLC0415
    from chipward.report.plain import as_plain  # noqa: PLC0415
    from chipward.store import default_store  # noqa: PLC0415

    buyer = read_profile(profile) if profile else None
    board = read_bom(bom)
    imports = load_classes(default_store())
    old, new = (as_plain(assess(board, laws, Options(on=day), buyer, imports)) for day in days)
    return [text(m.key, lang, **m.params) for m in changes(old, new)]


@command.command(help=say("cli.law.lint"))
@click.argument("folders", metavar="[DIR]...", nargs=-1, type=click.Path(path_type=Path))
@_format_option
@lang_option
def lint(folders: tuple[Path, ...], format_: str, lang: str) -> None:
    """Every problem of the law at once."""
    from chipward.catalogue import error_line, text  # noqa: PLC0415
    from chipward.errors import LawError  # noqa: PLC0415
    from chipward.law.lint import lint as run  # noqa: PLC0415  heavy

    report = run(folders)
    counts = {"provisions": report.provisions, "versions": report.versions, "cases": report.cases}
    problems = [error_line(error, lang) for error in report.errors]
    lines = problems or [text("law.lint.read", lang, **counts)]
    _print(format_, lines, {**counts, "problems": problems})
    if problems:
        sys.exit(LawError.exit_code)


@command.command(help=say("cli.law.lock"))
@click.option("--write", is_flag=True, help=say("cli.law.write"))
@click.option("--accept", is_flag=True, help=say("cli.law.accept"))
@_format_option
@lang_option
def lock(*, write: bool, accept: bool, format_: str, lang: str) -> None:
    """Compare the lock with the law, or write it."""
    from chipward.catalogue import text  # noqa: PLC0415
    from chipward.law.load import load_laws  # noqa: PLC0415  heavy
    from chipward.law.lock import check_lock, write_lock  # noqa: PLC0415

    laws = load_laws()
    key = "law.lock.written" if write else "law.lock.matches"
    if write:
        write_lock(laws, accept=accept)
    else:
        check_lock(laws)
    _print(format_, [text(key, lang, sha256=laws.sha256)], {"sha256": laws.sha256})
