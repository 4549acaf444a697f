"""The review as text for a terminal of 80 columns or more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chipward.report.limits import described, not_modelled
from chipward.report.page import Page
from chipward.report.plain import as_plain
from chipward.report.text_groups import levelled, rest
from chipward.report.view import LADDER, View, ranges
from chipward.report.width import clip, pad, printable, width
from chipward.review import UNKNOWN, Review

_FIRST, _LATER = ("stop", "hold", "check"), ("note",)
"""Levels before the cautions, and after them."""


def _header(page: Page) -> None:
    view, review = page.view, page.view.review
    bom = review["bom"]
    page.out.append(page.style(clip(printable(bom["name"]), page.columns)))
    total = page.words.count("report.lines", len(review["lines"]))
    fitted = page.words.say("report.fitted", n=f"{view.fitted():,}")
    page.add(page.words.say("report.asof", day=page.words.day(review["on"])))
    page.add(view.buyer())
    scope = page.words.label("report.scope", review["scope"])
    page.add(page.words.join([total, fitted, scope]))
    page.blank()
    page.add(page.words.sentences(view.headline()))


def _strip(page: Page) -> None:
    counts = page.view.review["counts"]
    page.blank()
    labels = [page.words.label("level", level) for level in LADDER]
    column = max(map(width, labels)) + 2
    for level, label in zip(LADDER, labels, strict=True):
        number = counts.get(level, 0)
        text = f"  {pad(label, column)}{number:>6,}"
        page.out.append(page.style(text, level) if number and page.marked(level) else text)
    if page.view.beside():
        label, told = labels[LADDER.index(UNKNOWN)], page.view.beside()
        page.add(page.words.pair(label, page.words.count("report.beside", told)), "  ")


def _changes(page: Page) -> None:
    changes = page.view.review["changes"]
    if changes:
        page.heading(page.words.say("report.head.changes"))
        page.bullets(page.words.messages(changes))


def _cautions(page: Page) -> None:
    notices = page.view.notices()
    if notices:
        page.heading(page.words.say("report.head.notices"))
        page.bullets(notices)


def _lines(page: Page) -> None:
    """What stops or holds the build, what to bear in mind, and the other lines."""
    levelled(page, _FIRST)
    _cautions(page)
    levelled(page, _LATER)
    rest(page)


def _questions(page: Page) -> None:
    words, questions = page.words, page.view.review["questions"]
    if not questions:
        return
    page.heading(words.say("report.head.questions"))
    for number, question in enumerate(questions, start=1):
        settles = words.count("report.settles", question["settles"])
        lines = words.say("report.on_lines", lines=ranges(question["lines"]))
        told = words.aside(words.message(question["text"]), words.join([settles, lines]))
        page.add(told, f"{number}. ")


def _coverage(page: Page) -> None:
    words, view = page.words, page.view
    page.heading(words.say("report.head.modelled"))
    page.add(view.modelled_areas())
    page.heading(words.say("report.head.not_modelled"))
    page.bullets(not_modelled(view))
    kinds = described(view)
    if kinds:
        page.heading(words.say("report.head.described"))
        page.bullets(kinds)


def _reading(page: Page) -> None:
    said = page.view.reading()
    if said:
        page.heading(page.words.say("report.head.reading"))
        page.bullets(said)


def _ages(page: Page) -> None:
    words, provenance = page.words, page.view.review["provenance"]
    page.heading(words.say("report.head.ages"))
    for law in provenance["verified_to"]:
        name = words.label("regime", law["regime"])
        _age(page, name, law["day"], "report.age.past" if law["past"] else "")
    sources = provenance["sources"]
    for source in sources:
        if source["stale"]:
            _age(page, source["title"], source["as_of"], "report.age.stale")
    fresh = sorted(source["as_of"] for source in sources if not source["stale"])
    if fresh:
        said = words.count("report.fresh", len(fresh), first=fresh[0], last=fresh[-1])
        page.add(said, "  ")
    for law in provenance["local_law"]:
        page.add(words.say("report.local_law", name=law["name"], hash=law["sha256"][:12]), "  ")
    lock = provenance["data_lock"][:12]
    page.add(words.say("report.made_by", version=provenance["chipward"], lock=lock), "  ")


def _age(page: Page, title: str, day: str, key: str) -> None:
    told = page.words.aside(title, page.words.say(key)) if key else title
    page.add(told, f"  {pad(day or '-', 10)}  ")


def render(
    review: Review | Mapping[str, Any], lang: str = "en", *, columns: int = 80, color: bool = False
) -> bytes:
    """The review as UTF-8 text.

    Args:
        review: a review, or one read back.
        lang: language of the words.
        columns: columns of the terminal; 60 to 120 are used.
        color: colour the levels, for a terminal only.
    """
    page = Page(View(as_plain(review), lang), columns, color=color)
    for section in (_header, _strip, _changes, _lines, _questions, _coverage, _reading, _ages):
        section(page)
    page.blank()
    page.add(page.words.say("report.disclaimer"))
    return page.bytes()
