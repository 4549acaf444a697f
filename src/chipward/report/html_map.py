"""The map of material origin: countries as inline SVG paths, shaded by their largest share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from chipward.report.view import View, ranges
from chipward.resources import data_dir

STEPS = (25.0, 50.0, 75.0, 90.0)
"""Shares in percent at which the shade gets darker."""
_LABELS = 8
_ROW, _BESIDE = 46, 210
"""A label takes this much room in map units, above and beside; another one there is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A country: its outline or, where it is too small to see, a dot."""

    code: str
    path: str
    x: int
    y: int
    dot: bool
    shade: str
    title: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A row of the table beside the map."""

    material: str
    country: str
    share: str
    shade: str
    year: str
    lines: str
    source: str


@cache
def _world() -> dict[str, Any]:
    return json.loads((data_dir() / "geo" / "world_paths.json").read_text(encoding="utf-8"))


def world_size() -> tuple[int, int, str]:
    """Width, height and the outline of the world in map units."""
    world = _world()
    return world["width"], world["height"], world["outline"]


def shade_of(share: float | None) -> str:
    """The class of a share.

    >>> shade_of(99.0), shade_of(12.5), shade_of(None)
    ('q5', 'q1', 'qx')
    """
    return "qx" if share is None else f"q{1 + sum(share >= step for step in STEPS)}"


def _best(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return max(rows, key=lambda row: -1 if row["share_pct"] is None else row["share_pct"])


def _share(view: View, row: Mapping[str, Any]) -> str:
    share = row["share_pct"]
    return view.words.say("report.map.no_share") if share is None else view.words.number(share, "%")


def _material(view: View, row: Mapping[str, Any]) -> str:
    return view.words.first((f"material.{row['material']}",), row["title"])


def shapes(view: View) -> list[Shape]:
    """Every country; those a material of the board comes from are shaded and described."""
    by_country: dict[str, list[Mapping[str, Any]]] = {}
    for row in view.review["materials"]:
        by_country.setdefault(row["country"], []).append(row)
    labelled = _labelled(by_country)
    return [
        _shape(view, code, drawn, by_country.get(code, []), named=code in labelled)
        for code, drawn in _world()["countries"].items()
    ]


def _shape(
    view: View,
    code: str,
    drawn: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    *,
    named: bool,
) -> Shape:
    name = view.words.label("country", code)
    told = "; ".join(f"{_material(view, row)} {_share(view, row)}" for row in rows)
    return Shape(
        code=code,
        path=drawn.get("d", ""),
        x=drawn.get("x", 0),
        y=drawn.get("y", 0),
        dot=bool(drawn.get("small")) and bool(rows),
        shade=shade_of(_best(rows)["share_pct"]) if rows else "",
        title=view.words.pair(name, told) if rows else "",
        label=name if named else "",
    )


def _labelled(by_country: Mapping[str, Sequence[Mapping[str, Any]]]) -> set[str]:
    """The countries that get a name on the map: the largest shares, as far as names do not meet."""
    world = _world()["countries"]
    ranked = sorted(by_country, key=lambda c: (-(_best(by_country[c])["share_pct"] or 0), c))
    kept: list[str] = []
    for code in ranked:
        here = world.get(code)
        if here is None or len(kept) == _LABELS:
            continue
        others = [world[other] for other in kept]
        if all(
            abs(here["y"] - other["y"]) > _ROW or abs(here["x"] - other["x"]) > _BESIDE
            for other in others
        ):
            kept.append(code)
    return set(kept)


def origins(view: View) -> list[Origin]:
    """The table beside the map: every material, the largest share first."""
    rows = sorted(
        view.review["materials"],
        key=lambda row: (-(row["share_pct"] or 0), row["material"], row["country"]),
    )
    return [
        Origin(
            material=_material(view, row),
            country=view.words.label("country", row["country"]),
            share=_share(view, row),
            shade=shade_of(row["share_pct"]),
            year=str(row["year"] or ""),
            lines=ranges(row["lines"]),
            source=row["source"],
        )
        for row in rows
    ]


def legend(view: View) -> list[tuple[str, str]]:
    """Shades and their words, from little to much, then the one without a figure."""
    words, edges = view.words, [0.0, *STEPS, 100.0]
    steps = [
        (f"q{number}", words.say("report.map.step", low=f"{low:g}", high=f"{high:g}"))
        for number, (low, high) in enumerate(pairwise(edges), start=1)
    ]
    return [*steps, ("qx", words.say("report.map.no_share"))]
