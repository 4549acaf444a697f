"""The timeline: every version of every provision that touches the board, as bars on one axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chipward.report.view import View

_MARGIN = timedelta(days=180)
_NAMED = 16.0
"""A bar at least this wide, in percent of the axis, carries its status in words."""
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One version on the axis; ``left`` and ``width`` in percent."""

    status: str
    words: str
    left: float
    width: float
    live: bool
    open: bool
    named: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A provision with its versions."""

    title: str
    provision: str
    law: str
    url: str
    lines: str
    spans: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Tracks by regime, the marks of the axis, and where the day of the review lies."""

    regimes: tuple[tuple[str, tuple[Track, ...]], ...]
    ticks: tuple[tuple[str, float], ...]
    now: float
    day: str


class _Axis:
    def __init__(self, entries: Sequence[Mapping[str, Any]], on: date) -> None:
        told = [entry[name] for entry in entries for name in ("date", "until")]
        days = [date.fromisoformat(day) for day in told if day]
        self.first = date(min([*days, on]).year, 1, 1)
        self.last = max([*days, on]) + _MARGIN

    def at(self, day: date) -> float:
        """Percent of the axis at which a day lies."""
        share = (day - self.first) / (self.last - self.first)
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def ticks(self) -> tuple[tuple[str, float], ...]:
        years = list(range(self.first.year, self.last.year + 1))
        step = 1 + (len(years) - 1) // _MOST_TICKS
        return tuple((str(year), self.at(date(year, 1, 1))) for year in years[::step])


def timeline(view: View) -> Timeline | None:
    """The timeline of a review, or nothing where no dated measure touches the board."""
    entries: list[Mapping[str, Any]] = view.review["timeline"]
    if not entries:
        return None
    on = date.fromisoformat(view.review["on"])
    axis = _Axis(entries, on)
    regimes: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for entry in entries:
        regimes.setdefault(entry["regime"], {}).setdefault(entry["provision"], []).append(entry)
    return Timeline(
        regimes=tuple(
            (regime, tuple(_track(view, axis, versions) for versions in tracks.values()))
            for regime, tracks in sorted(regimes.items())
        ),
        ticks=axis.ticks(),
        now=axis.at(on),
        day=view.words.day(view.review["on"]),
    )


def _track(view: View, axis: _Axis, versions: Sequence[Mapping[str, Any]]) -> Track:
    ordered = sorted(versions, key=lambda entry: entry["date"])
    last = ordered[-1]
    return Track(
        title=view.words.maybe(last["title"]),
        provision=last["provision"],
        law=view.words.cite(last["citation"]),
        url=last["citation"]["url"],
        lines=view.words.count("report.lines", last["lines"]),
        spans=view.words.join(_spans(view, ordered)),
        bars=tuple(_bar(view, axis, entry) for entry in ordered),
    )


def _since(view: View, entry: Mapping[str, Any]) -> str:
    status = view.status(entry)
    return (
        view.words.say("report.since", status=status, day=entry["date"])
        if entry["date"]
        else status
    )


def _spans(view: View, ordered: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each version with its first day; an end only where no other version follows at once."""
    told: list[str] = []
    for before, entry, after in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
        if before and before["until"] == entry["date"] and before["status"] == entry["status"]:
            told.append(view.words.say("report.amended", day=entry["date"]))
        else:
            told.append(_since(view, entry))
        if entry["until"] and (after is None or after["date"] != entry["until"]):
            told.append(view.words.say("report.no_longer", day=entry["until"]))
    return told


def _bar(view: View, axis: _Axis, entry: Mapping[str, Any]) -> Bar:
    left = axis.at(date.fromisoformat(entry["date"])) if entry["date"] else 0.0
    right = axis.at(date.fromisoformat(entry["until"])) if entry["until"] else 100.0
    words = view.status(entry)
    return Bar(
        status=entry["status"],
        words=words,
        left=left,
        width=round(max(right - left, 0.4), 2),
        live=view.live(entry),
        open=not entry["until"],
        named=right - left >= _NAMED,
        title=_since(view, entry),
    )
