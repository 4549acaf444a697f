"""The review as one HTML page: no address is fetched, nothing is needed but a browser.

Styles, script and map stand inside the page; a policy in its head forbids everything else. The
page reads in full without the script, which only filters the table of lines.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from chipward.report import html_map, html_time
from chipward.report.chain import tree
from chipward.report.html_rows import Row, table
from chipward.report.plain import as_plain
from chipward.report.view import DECISIVE, LADDER, Found, Group, Line, View, ranges
from chipward.report.width import printable
from chipward.report.words import link
from chipward.review import Review

_HERE = Path(__file__).parent
_REPEATS = 1_500_000
"""Characters of repeated findings a page may carry."""
_FULLEST = 12_000_000
"""Characters of findings shown leaf by leaf; the less weighty rest name the command instead."""
_CARDS, _WEIGHTY = ("stop", "hold"), ("stop", "hold", "check")
_MOST_HOLDS = 8
"""Cards of lines on hold; the others stand in the table, which begins with them."""
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_ID = "\ue000id\ue000"
"""Stands for the id while a finding is rendered; no text of a review can hold it."""
_TAGS = {"en": "en", "zh": "zh-Hans"}
_NAV = ("stop", "hold", "lines", "origin", "dates", "questions", "coverage", "ages")


def _tight(text: str) -> str:
    """The text without empty lines, which templates leave behind."""
    return re.sub(r"\n\s*\n+", "\n", text)


@cache
def _asset(name: str) -> str:
    return _tight((_HERE / "assets" / name).read_text(encoding="utf-8").strip())


def _clean(value: object) -> object:
    """Text without control characters, its dates kept on one line; markup as it is.

    Attributes and titles take their text through ``|plain``, so that no tag lands there.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    text = printable(value)
    if "-" not in text or not _DAY.search(text):
        return text
    return Markup(_DAY.sub(r'<span class="nb">\g<0></span>', str(escape(text))))  # noqa: S704  escaped


def _plain(value: object) -> Markup:
    """A value as text and nothing else."""
    return escape(printable(str(value)))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_clean,
    )
    environment.filters["plain"] = _plain
    return environment


def _script_hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _call(parts: TemplateModule, macro: str, *arguments: object) -> Markup:
    """The markup a macro makes."""
    return getattr(parts, macro)(*arguments)


class _Findings:
    """Findings as HTML, each rendered once: many lines rest on the same one.

    A finding met again is shown in full while the page is small, and then by a link to the line
    that shows its leaves, so that a large board stays a page a browser can open.
    """

    def __init__(self, view: View, parts: TemplateModule) -> None:
        self._view, self._parts = view, parts
        self._made: dict[bytes, tuple[str, int]] = {}
        self._repeated = self._full = 0

    def __call__(self, finding: Found) -> Markup:
        key = self._view.sign(finding)
        if key not in self._made:
            if self._full > _FULLEST:
                return _call(self._parts, "again", finding, None)
            made = str(_call(self._parts, "finding", {**finding, "id": _ID}))
            self._full += len(made)
            self._made[key] = (made, finding["line"])
        else:
            self._repeated += len(self._made[key][0])
            if self._repeated > _REPEATS:
                return _call(self._parts, "again", finding, self._made[key][1])
        return Markup(self._made[key][0].replace(_ID, escape(finding["id"])))  # noqa: S704  rendered with autoescape


class _Bodies:
    """Details of rows; those without findings are rendered once for all lines that read alike."""

    def __init__(self, view: View, parts: TemplateModule) -> None:
        self._parts, self._findings = parts, _Findings(view, parts)
        self._made: dict[tuple[object, ...], tuple[Markup, int]] = {}
        self._repeated = 0

    def __call__(self, row: Row) -> Markup:
        if row.findings or row.sign not in self._made:
            made = _call(self._parts, "body", row, self._findings)
            self._made[row.sign] = made, row.line["line"]
            return made
        made, at = self._made[row.sign]
        self._repeated += len(made)
        return _call(self._parts, "as_line", at) if self._repeated > _REPEATS else made


def _questions(view: View) -> list[tuple[str, list[Mapping[str, Any]]]]:
    by_scope: dict[str, list[Mapping[str, Any]]] = {}
    for question in view.review["questions"]:
        by_scope.setdefault(question["scope"], []).append(question)
    return sorted(by_scope.items(), key=lambda item: item[0] != "review")


def _yours(finding: Found) -> bool:
    return any(provision["origin"] != "chipward" for provision in finding["provisions"])


def _numbers(lines: Iterable[Line]) -> list[int]:
    return [line["line"] for line in lines]


def _cards(view: View) -> dict[str, list[Group]]:
    """Cards of the lines to see first; lines held up by the same thing share one."""
    found: dict[str, Group] = {}
    for group in view.groups():
        if group.level not in _CARDS or not group.findings:
            continue
        lead = group.findings[0]
        law = "; ".join(map(view.words.cite, view.law(lead)))
        key = "|".join([group.level, view.title(lead), law, lead["level_reason"]])
        known = found.get(key, Group(group.level, (), ()))
        told: dict[str, Found] = {}
        for one in (*known.findings, *group.findings):
            if one["level"] in _WEIGHTY:
                told.setdefault(view.title(one), one)
        found[key] = Group(group.level, (*known.lines, *group.lines), tuple(told.values()))
    return {level: [g for g in found.values() if g.level == level] for level in _CARDS}


def _words(view: View) -> dict[str, Any]:
    """Words that stand on every row, looked up once."""
    say = view.words.say
    return {
        "words": view.words,
        "say": say,
        "short": {level: say(f"report.short.{level}") for level in LADDER},
        "no_mpn": say("report.no_mpn"),
        "line_word": say("report.line_word"),
        "reasons_word": say("report.reasons"),
        "detail_word": say("report.detail"),
        "control_word": say("report.lens.control"),
        "supply_word": say("report.lens.supply"),
    }


def _helpers() -> dict[str, Any]:
    """What templates call."""
    return {"tree": tree, "link": link, "ranges": ranges, "numbers": _numbers, "yours": _yours}


def _frame(lang: str) -> dict[str, Any]:
    """Language, styles and script of the page."""
    script = _asset("report.js")
    return {
        "lang_tag": _TAGS[lang],
        "css": Markup(_asset("report.css")),  # noqa: S704  our own file
        "script": Markup(script),  # noqa: S704  our own file
        "script_hash": _script_hash(script),
    }


def _sections(view: View) -> dict[str, Any]:
    """What each section of the page shows."""
    review = view.review
    modelled, missing = view.split_coverage()
    cards = _cards(view)
    shown = {
        "stop": bool(cards["stop"] or not cards["hold"]),
        "hold": bool(cards["hold"]),
        "origin": bool(review["materials"]),
        "dates": bool(review["timeline"]),
        "questions": bool(review["questions"]),
    }
    return {
        "nav": [(name, f"report.nav.{name}") for name in _NAV if shown.get(name, True)],
        "headline": view.headline(),
        "counts": {level: review["counts"].get(level, 0) for level in LADDER},
        "notices": view.notices(),
        "reading": view.reading(),
        "stops": cards["stop"],
        "holds": cards["hold"],
        "most_holds": _MOST_HOLDS,
        "table": table(view),
        "beside": view.beside(),
        "lenses": sorted({lens for line in review["lines"] for lens in line["lenses"]}),
        "questions": _questions(view),
        "modelled": modelled,
        "not_modelled": missing,
        "world": html_map.world_size(),
        "shapes": html_map.shapes(view),
        "origins": html_map.origins(view),
        "legend": html_map.legend(view),
        "timeline": html_time.timeline(view),
    }


def render(review: Review | Mapping[str, Any], lang: str = "en") -> bytes:
    """One self-contained page.

    Args:
        review: a review, or one read back from JSON.
        lang: language of the words.

    Raises:
        InternalError: an explanation on the page does not fold to its verdict.
    """
    view = View(as_plain(review), lang)
    environment = _environment()
    context = {
        "review": view.review,
        "view": view,
        "ladder": LADDER,
        "decisive": DECISIVE,
        "pairs": view.words.cells,
        **_frame(lang),
        **_words(view),
        **_helpers(),
        **_sections(view),
    }
    parts = environment.get_template("parts.html.j2").make_module(context)
    context["body"] = _Bodies(view, parts)
    context["marks"] = {level: _call(parts, "mark", level) for level in LADDER}
    page = environment.get_template("report.html.j2").render(context)
    return _tight(page).encode("utf-8", "replace")
