"""Control answers for transactions: tables in, tables out, one case or a million."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from chipward.law.model import Laws
from chipward.lenses.control.answers import Answer, answers, spread
from chipward.lenses.control.cells import look_into
from chipward.lenses.control.facts import SOURCES, derive, raw_table
from chipward.lenses.control.judge import Judge, Judged
from chipward.lenses.control.resolve import (
    NOT_SUBJECT,
    OUTCOMES,
    Resolved,
    Structure,
    resolve,
    structures,
)
from chipward.levels import LevelRules
from chipward.tables import TEXT
from chipward.vectors import Codes, distinct_rows


@dataclass(frozen=True, slots=True)
class Determination:
    """Answers a row, and what `explain` needs to show how they came about.

    ``kinds`` maps each row to its kind; ``judged`` and ``resolved`` hold one row a kind.
    """

    table: pa.Table
    kinds: Codes
    found: list[Answer]
    judged: Judged
    resolved: dict[str, tuple[Structure, Resolved]]


def with_defaults(rows: pa.Table, on: date, scope: str) -> pa.Table:
    """Raw facts of every row, the date and scope filled in where the row does not say them."""
    raw = raw_table(rows)
    days = [day or on for day in raw["date"].to_pylist()]
    raw = raw.set_column(raw.column_names.index("date"), "date", pa.array(days, pa.date32()))
    scopes = pa.array([value or scope for value in raw["scope"].to_pylist()], TEXT)
    return raw.set_column(raw.column_names.index("scope"), "scope", scopes)


def determination(
    rows: pa.Table, on: date, scope: str, laws: Laws, *, everything: bool = False
) -> Determination:
    """Answer every row for every regime it touches (``everything``: also where not subject).

    ``rows`` has any subset of the raw facts of ``facts.csv`` and a unique ``row_id``.
    """
    raw = with_defaults(rows, on, scope)
    judge = Judge(laws)
    used = {leaf.column for leaf in judge.leaves}
    columns = [name for name in raw.column_names if name in used or name in SOURCES]
    first, kinds = distinct_rows(raw, columns)
    sample = raw.take(pa.array(first))
    parts = structures(laws)

    def solve(table: pa.Table) -> tuple[Judged, dict[str, tuple[Structure, Resolved]]]:
        judged = judge.judge(derive(table))
        return judged, {part.regime: (part, resolve(judged, part)) for part in parts}

    def by_row(table: pa.Table) -> list[list[Answer]]:
        judged, resolved = solve(table)
        columns = [answers(judged, part, result) for part, result in resolved.values()]
        return [list(row) for row in zip(*columns, strict=True)]

    judged, resolved = solve(sample)
    found = [a for part, result in resolved.values() for a in answers(judged, part, result)]
    look_into(found, sample, laws, by_row)
    if not everything:
        found = [a for a in found if a.outcome != OUTCOMES[NOT_SUBJECT]]
    found.sort(key=lambda a: a.kind)
    table = spread(found, kinds, rows["row_id"].combine_chunks())
    return Determination(table, kinds, found, judged, resolved)


def determine(rows: pa.Table, on: date, scope: str, laws: Laws) -> pa.Table:
    """Answer table of every row and regime, those it is not subject to included.

    Columns: `chipward.lenses.control.answers.ANSWER_SCHEMA`.
    """
    return determination(rows, on, scope, laws, everything=True).table


def answer_book(
    rows: pa.Table,
    on: date,
    scope: str,
    laws: Laws,
    *,
    everything: bool = False,
    sweep: Sequence[date] = (),
) -> pa.Table:
    """The answer columns of ``chipward determine``, with ``id``, ``date``, ``level`` and ``note``.

    ``sweep`` answers every row for every day given, whatever date the row says.
    """
    days: list[date | None] = list(sweep) or [None]
    book = pa.concat_tables(_on_day(rows, day, number) for number, day in enumerate(days))
    raw = with_defaults(book, on, scope)
    found = determination(book, on, scope, laws, everything=everything).table
    where = {row_id: i for i, row_id in enumerate(book["row_id"].to_pylist())}
    places = pa.array([where[row_id] for row_id in found["row_id"].to_pylist()], pa.int64())
    names = book["id"] if "id" in book.column_names else book["row_id"]
    levels = LevelRules()
    columns = [found[n].to_pylist() for n in ("outcome", "review_policy", "verify")]
    level = [
        levels.level(
            "control", "shipment", outcome, policy, "verify" if verify else "in_force"
        ).name
        for outcome, policy, verify in zip(*columns, strict=True)
    ]
    return pa.table(
        {
            "id": pc.coalesce(names, book["row_id"]).take(places),
            "date": raw["date"].take(places),
            **{name: found[name] for name in found.column_names if name != "row_id"},
            "level": pa.array(level, TEXT),
        }
    )


def _on_day(rows: pa.Table, day: date | None, number: int) -> pa.Table:
    """The rows moved to one day of a sweep, their ids kept apart by its number."""
    if day is None:
        return rows
    ids = pa.array([f"{row_id}@{number}" for row_id in rows["row_id"].to_pylist()], TEXT)
    rows = rows.set_column(rows.column_names.index("row_id"), "row_id", ids)
    days = pa.array([day] * rows.num_rows, pa.date32())
    if "date" not in rows.column_names:
        return rows.append_column("date", days)
    return rows.set_column(rows.column_names.index("date"), "date", days)
