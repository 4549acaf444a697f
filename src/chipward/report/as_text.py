"""The review as text for a terminal of 80 columns or more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chipward.report.page import Page
from chipward.report.plain import as_plain
from chipward.report.view import LADDER, Group, Line, View, ranges, rank
from chipward.report.width import clip, pad, printable, width
from chipward.review import NOTHING, UNKNOWN, Review

SHOWN_LINES = 12
"""Lines a group names one by one; more are given as numbers."""
SHOWN_REFS = 3
SHOWN_SOURCES = 3


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


def _notices(page: Page) -> None:
    review, words = page.view.review, page.words
    if review["cautions"]:
        page.heading(words.say("report.head.notices"))
        page.bullets(words.messages(review["cautions"]))
    if review["changes"]:
        page.heading(words.say("report.head.changes"))
        page.bullets(words.messages(review["changes"]))


def _part(page: Page, line: Line) -> str:
    """Line number, references, part and maker on one line of text."""
    refs = ", ".join(line["refs"][:SHOWN_REFS]) + (" …" if len(line["refs"]) > SHOWN_REFS else "")
    name = line["mpn"] or page.words.say("report.no_mpn")
    parts = [name, line["maker"], line["description"]]
    text = "  ".join(printable(part) for part in parts if part)
    start = f"  {pad(str(line['line']), 5)} {pad(clip(printable(refs), 12), 12)}  "
    return start + clip(text, page.columns - width(start))


def _lines_of(page: Page, lines: Sequence[Line]) -> None:
    page.out += [_part(page, line) for line in lines[:SHOWN_LINES]]
    rest = [line["line"] for line in lines[SHOWN_LINES:]]
    if rest:
        page.add(page.words.count("report.and_lines", len(rest), lines=ranges(rest)), "  ")


def _finding(page: Page, finding: Mapping[str, Any]) -> None:
    view, words = page.view, page.words
    level = words.label("level", finding["level"])
    page.add(f"[{level}] {view.title(finding)}", "    ", "      ")
    if rank(finding["level"]) >= rank("note"):
        return
    if finding["level_reason"]:
        page.labelled("report.why", words.maybe(finding["level_reason"]))
    for citation in view.law(finding):
        page.labelled("report.law", words.cite(citation))
    if any(p["origin"] != "chipward" for p in finding["provisions"]):
        page.labelled("report.origin", words.say("report.yours"))
    _verify(page, finding)
    for change in view.changes(finding):
        page.labelled("report.change", change)
    for source in view.sources(finding)[:SHOWN_SOURCES]:
        page.labelled("report.source", source)
    if finding["exceptions"]:
        page.labelled("report.exceptions", words.join(map(view.exception, finding["exceptions"])))


def _verify(page: Page, finding: Mapping[str, Any]) -> None:
    """Whether the status of the law is to be checked, and the notes of the provisions."""
    if finding["verify"]:
        page.labelled("report.verify", page.words.say("report.verify.long"))
    for note in page.view.notes(finding):
        page.labelled("report.note", note)


def _cells(page: Page, finding: Mapping[str, Any]) -> None:
    for cell in finding["cells"]:
        page.labelled("report.if", page.view.cell(cell))


def _missing(page: Page, finding: Mapping[str, Any]) -> None:
    if finding["missing"] and rank(finding["level"]) <= rank(UNKNOWN):
        names = [page.words.label("fact", name) for name in finding["missing"]]
        page.labelled("report.missing", page.words.join(names))


def _groups(page: Page) -> None:
    current = ""
    for group in page.view.groups():
        if group.level != current:
            current = group.level
            page.heading(page.words.say(f"report.head.{current}"), current)
        else:
            page.blank()
        if current == NOTHING or not group.findings:
            _bare(page, group)
            continue
        _lines_of(page, group.lines)
        for finding in group.findings:
            _finding(page, finding)
            _cells(page, finding)
            _missing(page, finding)
        ids = [finding["id"] for finding in group.findings]
        page.labelled("report.explain", ", ".join(ids))


def _bare(page: Page, group: Group) -> None:
    """Lines without findings: their numbers, and why the level."""
    numbers = ranges(line["line"] for line in group.lines)
    count = page.words.count("report.lines", len(group.lines))
    said = page.words.pair(page.words.pair(count, page.view.state(group.lines[0])), numbers)
    page.add(said, "  ", "    ")


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
    words = page.words
    _, missing = page.view.split_coverage()
    page.heading(words.say("report.head.modelled"))
    page.add(page.view.modelled_areas())
    page.heading(words.say("report.head.not_modelled"))
    page.bullets(missing)


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
    for section in (_header, _strip, _notices, _groups, _questions, _coverage, _ages):
        section(page)
    page.blank()
    page.add(page.words.say("report.disclaimer"))
    return page.bytes()
