"""What ``chipward law`` prints: lines of at most 80 columns, and rows for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from chipward.catalogue import phrase, text
from chipward.law.diff import Change
from chipward.law.emit import formula_sql
from chipward.law.model import YOURS, Laws, Provision, Version
from chipward.law.timeline import Event
from chipward.law.words import (
    citation,
    outcome_words,
    pair,
    read_aloud,
    said,
    short_citation,
    span,
    status_words,
    table,
    wrap,
)

Row = dict[str, object]


def as_known(laws: Laws, day: date, regimes: Iterable[str], lang: str) -> list[str]:
    """A line a regime whose law was not verified up to ``day``."""
    wanted = set(regimes)
    late = [j for j in laws.jurisdictions if j.regime in wanted and day > j.verified_to]
    return [text("law.as_known", lang, regime=one.regime, day=one.verified_to) for one in late]


def _versions_table(provision: Provision, day: date, lang: str) -> list[str]:
    rows: list[tuple[str, ...]] = []
    for version in provision.versions:
        mark = ">" if version.interval.holds(day) else " "
        yours = f" ({text('law.origin.yours', lang)})" if version.origin == YOURS else ""
        words = status_words(version, lang) + yours
        rows.append((mark, str(version.number), span(version.interval, lang), words))
    return table(rows)


def _live_lines(version: Version, day: date, lang: str, *, sql: bool) -> list[str]:
    status = text(f"law.status.{version.status}", lang)
    lines = wrap(text("law.show.on", lang, day=day, number=version.number, status=status))
    sentences = [*outcome_words(version.outcome, lang)]
    sentences.append(text("law.show.cite", lang, what=citation(version.cite, lang)))
    if version.verify:
        sentences.append(said(version.verify, lang))
    elif version.needs_verify(day):
        sentences.append(text("law.show.verify", lang, day=version.last_suspended_day))
    if version.political_until:
        sentences.append(text("law.show.political", lang, day=version.political_until))
    if version.note:
        sentences.append(said(version.note, lang))
    for sentence in sentences:
        lines += wrap(sentence, 2)
    lines += ["", text("law.show.when", lang), *read_aloud(version.compiled, lang)]
    if sql:
        lines += ["", *wrap(text("law.show.sql", lang)), formula_sql(version.compiled)]
    return lines


def show_lines(
    laws: Laws, provision: Provision, day: date, lang: str, *, sql: bool = False
) -> list[str]:
    """A provision: its versions, and the one live on ``day`` read aloud."""
    kind = text(f"law.kind.{provision.kind}", lang)
    lines = [f"{provision.id}  ({provision.regime}, {kind})", *wrap(phrase(provision.title, lang))]
    if provision.symbol:
        lines += wrap(text("law.show.symbol", lang, what=provision.symbol))
    for key in ("defeats", "applies_to"):
        names: tuple[str, ...] = getattr(provision, key)
        if names:
            lines += wrap(text(f"law.show.{key}", lang, what=", ".join(names)))
    lines += ["", text("law.show.versions", lang), *_versions_table(provision, day, lang), ""]
    version = provision.version_on(day)
    if version is None:
        lines += wrap(text("law.show.gap", lang, day=day))
    else:
        lines += _live_lines(version, day, lang, sql=sql)
    known = as_known(laws, day, [provision.regime], lang)
    return [*lines, *(["", *known] if known else [])]


def version_row(version: Version) -> Row:
    """A version as plain values."""
    start, until = version.interval.start, version.interval.until
    return {
        "version": version.number,
        "from": start.isoformat() if start else None,
        "until": until.isoformat() if until else None,
        "status": version.status,
        "origin": version.origin,
        "cite": asdict(version.cite),
        "suspended_by": asdict(version.suspended_by) if version.suspended_by else None,
        "outcome": asdict(version.outcome),
        "note": version.note,
        "leaves": [
            {"name": leaf.name, "leaf": leaf.text, "cite": leaf.cite}
            for leaf in version.compiled.leaves
        ],
        "formula": version.compiled.formula,
    }


def as_row(provision: Provision, day: date, *, sql: bool = False) -> Row:
    """A provision as plain values, for JSON."""
    live = provision.version_on(day)
    row: Row = {
        "id": provision.id,
        "regime": provision.regime,
        "kind": provision.kind,
        "title": provision.title,
        "symbol": provision.symbol,
        "defeats": provision.defeats,
        "applies_to": provision.applies_to,
        "on": day.isoformat(),
        "live": live.number if live else None,
        "verify": live.needs_verify(day) if live else False,
        "versions": [version_row(version) for version in provision.versions],
    }
    if sql and live:
        row["sql"] = formula_sql(live.compiled)
    return row


def event_rows(events: Sequence[Event]) -> list[Row]:
    """Events as plain values, for JSON."""
    rows: list[Row] = []
    for event in events:
        until = event.until.isoformat() if event.until else None
        rows.append({**asdict(event), "date": event.date.isoformat(), "until": until})
    return rows


def timeline_lines(laws: Laws, events: Sequence[Event], lang: str) -> list[str]:
    """Events, a paragraph each."""
    if not events:
        return [text("law.timeline.none", lang)]
    rows: list[tuple[str, ...]] = []
    for event in events:
        words = text(f"law.event.{event.what}", lang)
        if not event.known:
            words = text("law.event.scheduled", lang, what=words)
        by = short_citation(event.cite)
        line = pair(words, f"{phrase(event.title, lang)} [{event.provision}; {by}]", lang)
        rows.append((event.date.isoformat(), event.regime, line))
    known = as_known(laws, events[-1].date, (event.regime for event in events), lang)
    return [*table(rows), *(["", *known] if known else [])]


def _was(version: Version | None, day: date, lang: str) -> str:
    if version is None:
        return text("law.diff.none", lang, day=day)
    status = status_words(version, lang)
    return text("law.diff.was", lang, day=day, status=status, number=version.number)


def _difference(change: Change, lang: str) -> list[str]:
    if change.before is None or change.after is None:
        return []
    lines: list[str] = []
    for key, names in (("law.diff.added", change.added), ("law.diff.dropped", change.dropped)):
        if names:
            what = "; ".join(phrase(name, lang) for name in names)
            lines.append(text(key, lang, what=what))
    return lines or [text("law.diff.same", lang)]


def diff_lines(
    laws: Laws, changes: Sequence[Change], earlier: date, later: date, lang: str
) -> list[str]:
    """What changed between two days, in words."""
    head = text("law.diff.head", lang, earlier=earlier, later=later, count=len(changes))
    lines = wrap(head)
    for change in changes:
        what = text(f"law.event.{change.what}", lang)
        told = pair(phrase(change.title, lang), f"{what} [{change.provision}]", lang)
        lines += ["", *wrap(f"{change.regime}  {told}")]
        for sentence in (
            _was(change.before, earlier, lang),
            _was(change.after, later, lang),
            *_difference(change, lang),
        ):
            lines += wrap(sentence, 4)
    known = as_known(laws, later, (change.regime for change in changes), lang)
    return [*lines, *(["", *known] if known else [])]


def change_rows(changes: Sequence[Change]) -> list[Row]:
    """Changes as plain values, for JSON."""
    return [
        {
            "provision": change.provision,
            "regime": change.regime,
            "kind": change.kind,
            "title": change.title,
            "what": change.what,
            "before": version_row(change.before) if change.before else None,
            "after": version_row(change.after) if change.after else None,
            "added": change.added,
            "dropped": change.dropped,
        }
        for change in changes
    ]
