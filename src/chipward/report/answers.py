"""Answers of ``determine`` as a table for a terminal, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, cast

import pyarrow as pa

from chipward.catalogue import text
from chipward.errors import InputError

COLUMNS = (
    "id", "date", "regime", "subject", "outcome", "review_policy", "exceptions", "duties",
    "provisions", "missing", "conflicts", "level", "verify", "note",
)  # fmt: skip
WIDTH = 80


def answer_rows(table: pa.Table, lang: str) -> list[dict[str, Any]]:
    """The answers as dictionaries with the published columns; lists stay lists."""
    out: list[dict[str, Any]] = []
    for row in table.to_pylist():
        row["date"] = row["date"].isoformat()
        row["note"] = note(row, lang)
        out.append({name: row[name] for name in COLUMNS})
    return out


def note(row: dict[str, Any], lang: str) -> str:
    """What the columns do not say: cells of an open answer, a suspension, a check to make."""
    parts = [
        text(
            "determine.cell",
            lang,
            facts=cell["facts"],
            outcome=f"@outcome.{cell['outcome']}",
            policy=f"@policy.{cell['review_policy']}" if cell["review_policy"] else "",
        ).strip()
        for cell in row["cells"]
    ]
    parts += [text("determine.suspended", lang, provision=name) for name in row["suspended"]]
    if row["verify"]:
        parts.append(text("determine.verify", lang))
    return "; ".join(parts)


def render_answers(table: pa.Table, kind: str, lang: str) -> bytes:
    """Render in one of ``table``, ``json``, ``csv``.

    Raises `InputError` for a format that answers do not have.
    """
    rows = answer_rows(table, lang)
    if kind == "json":
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    if kind == "csv":
        return _csv(rows).encode()
    if kind == "table":
        return ("\n".join(_block(row, lang) for row in rows) + "\n").encode()
    raise InputError("determine.no_such_format", formats="table, json, csv")


def _csv(rows: list[dict[str, Any]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row[name]) for name in COLUMNS] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(str, cast("list[str]", value)))
    if isinstance(value, bool):
        return "true" if value else ""
    return str(value)


def _block(row: dict[str, Any], lang: str) -> str:
    """One answer in a few lines of at most 80 columns."""
    from textwrap import wrap  # noqa: PLC0415

    policy = f", {text('policy.' + row['review_policy'], lang)}" if row["review_policy"] else ""
    outcome = text(f"outcome.{row['outcome']}", lang)
    head = f"{row['id']}  {row['date']}  {row['regime']}  {outcome}{policy}"
    lines = wrap(head, WIDTH, subsequent_indent="    ")
    for name in ("exceptions", "duties", "missing", "provisions", "note"):
        value = _cell(row[name]).replace(";", "; ") if name != "note" else row[name]
        if value:
            label = text(f"determine.{name}", lang)
            lines += wrap(
                f"{label}: {value}", WIDTH, initial_indent="    ", subsequent_indent="      "
            )
    return "\n".join(lines)
