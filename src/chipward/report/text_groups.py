"""Lines of the board in text: by level, with those together that read the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chipward.report.folds import Fold, folds
from chipward.report.page import Page
from chipward.report.places import in_brief, leading
from chipward.report.view import Found, Line, ranges, rank
from chipward.report.width import clip, pad, printable, width
from chipward.review import LEVELS, UNKNOWN

SHOWN_LINES = 12
"""Lines a group names one by one; more are given as numbers."""
SHOWN_REFS = 3
SHOWN_SOURCES = 3
SHOWN_IDS = 6
"""Findings of lines that share a block; of more, those of the first line are named."""
_LONG = 2
"""Rows of reasons worth a reference when they were told before."""
_INDENT, _HANG = "    ", "      "

Rows = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """One finding in rows: what it says, the reasons under it, and the facts that are missing."""

    title: Rows
    reasons: Rows
    missing: Rows = ()


def levelled(page: Page, levels: Iterable[str]) -> None:
    """The lines of some levels, each level under its heading."""
    teller = _Teller(page)
    for level in levels:
        lines = [line for line in page.view.review["lines"] if line["level"] == level]
        if lines:
            page.heading(page.words.say(f"report.head.{level}"), level)
            teller.lines(lines)


def rest(page: Page) -> None:
    """The lines without a level: those with findings in full, the others as numbers by kind."""
    teller, current = _Teller(page), ""
    for fold in folds(page.view):
        if fold.level != current:
            current = fold.level
            page.heading(page.words.say(f"report.head.{current}"), current)
        _title(page, fold)
        told = [line for line in fold.lines if line["findings"]]
        if told:
            page.blank()
            teller.lines(told)
            page.blank()


def _title(page: Page, fold: Fold) -> None:
    """One kind of lines: its title, with the numbers of the lines not told one by one."""
    bare = ranges(line["line"] for line in fold.lines if not line["findings"])
    page.add(page.words.pair(fold.title, bare).rstrip() if bare else fold.title, "  ", _INDENT)


class _Teller:
    """Writes lines with their findings; reasons told before are referred to."""

    def __init__(self, page: Page) -> None:
        self.page, self.view, self.words = page, page.view, page.words
        self._known: dict[bytes, _Told] = {}
        self._at: dict[Rows, int] = {}
        questions = enumerate(self.view.review["questions"], start=1)
        self._asked = {(q["fact"], line): n for n, q in questions for line in q["lines"]}

    def lines(self, lines: Sequence[Line]) -> None:
        """Lines that read the same share a block; blocks stand in the order of the board."""
        found: dict[tuple[Rows, ...], list[Line]] = defaultdict(list)
        kept: dict[tuple[Rows, ...], list[_Told]] = {}
        for line in lines:
            told = self._told(line)
            key = tuple((*one.title, *one.reasons) for one in told)
            found[key].append(line)
            before = kept.setdefault(key, told)
            kept[key] = [
                replace(one, missing=tuple(dict.fromkeys((*one.missing, *other.missing))))
                for one, other in zip(before, told, strict=True)
            ]
        for number, (key, alike) in enumerate(found.items()):
            if number:
                self.page.blank()
            self._block(alike, kept[key])

    def _block(self, lines: Sequence[Line], told: Sequence[_Told]) -> None:
        page, first = self.page, lines[0]["line"]
        page.out += [_part(page, line) for line in lines[:SHOWN_LINES]]
        more = [line["line"] for line in lines[SHOWN_LINES:]]
        if more:
            page.add(self.words.count("report.and_lines", len(more), lines=ranges(more)), "  ")
        numbers = [line["line"] for line in lines]
        for one in told:
            page.out += one.title
            at = self._at.setdefault(one.reasons, first)
            if at != first and len(one.reasons) > _LONG:
                page.add(self.words.say("report.as_under", n=at), _INDENT, _HANG)
            else:
                page.out += one.reasons
            if one.missing:
                page.labelled("report.missing", self._missing(one.missing, numbers))
        ids = [finding["id"] for line in lines for finding in self.view.findings_of(line)]
        first_ids = ids[: len(ids) // len(lines)]
        if ids:
            page.labelled("report.explain", ", ".join(ids if len(ids) <= SHOWN_IDS else first_ids))

    def _told(self, line: Line) -> list[_Told]:
        """What a line says: its findings, notes on materials drawn together, and open lenses."""
        findings = self.view.findings_of(line)
        notes: dict[str, list[Found]] = defaultdict(list)
        for finding in findings:
            if _noted(finding):
                notes[finding["outcome"]].append(finding)
        told: list[_Told] = []
        for finding in findings:
            alike = notes[finding["outcome"]] if _noted(finding) else []
            if not alike:
                told.append(self._finding(finding))
            elif finding is alike[0]:
                told.append(self._materials(alike))
        settled = {one["lens"] for one in findings if one["level"] == UNKNOWN}
        if line["level"] in LEVELS:
            told += [
                self._open(name, lens)
                for name, lens in line["lenses"].items()
                if lens["level"] == UNKNOWN and name not in settled
            ]
        return told

    def _title(self, level: str, said: str) -> Rows:
        page = Page(self.view, self.page.columns, color=False)
        page.add(f"[{self.words.label('level', level)}] {said}", _INDENT, _HANG)
        return tuple(page.out)

    def _open(self, name: str, lens: Mapping[str, Any]) -> _Told:
        """A lens that is open beside the level of its line."""
        said = self.words.pair(self.words.label("report.lens", name), self.view.answer(lens))
        where = in_brief(self.view, leading(lens)) if "answers" in lens else ""
        return _Told(self._title(UNKNOWN, self.words.aside(said, where) if where else said), ())

    def _materials(self, notes: Sequence[Found]) -> _Told:
        """Materials with the same note in one sentence, the most concentrated first."""
        words, said = self.words, list[str]()
        for note in sorted(notes, key=lambda one: -one["facts"]["top_share_pct"]):
            facts = note["facts"]
            country = words.label("country", facts["top_country"])
            share = words.number(round(facts["top_share_pct"]), "%")
            said.append(
                words.aside(words.label("material", facts["material"]), f"{country} {share}")
            )
        text = words.pair(self.view.outcome(notes[0]["outcome"]), words.join(said))
        return _Told(self._title(notes[0]["level"], text), ())

    def _finding(self, finding: Found) -> _Told:
        key = self.view.sign(finding)
        if key not in self._known:
            title = self._title(finding["level"], self.view.title(finding))
            page = Page(self.view, self.page.columns, color=False)
            _reasons(page, finding)
            wanted = finding["missing"] if rank(finding["level"]) <= rank(UNKNOWN) else ()
            self._known[key] = _Told(title, tuple(page.out), tuple(wanted))
        return self._known[key]

    def _missing(self, names: Rows, lines: Iterable[int]) -> str:
        """Missing facts by name; many by the numbers of the questions that ask for them."""
        numbers = list(lines)
        asked = {name: [self._asked.get((name, line), 0) for line in numbers] for name in names}
        found = [name for name, by_line in asked.items() if any(by_line)]
        if len(found) <= _LONG:
            return self.words.join(self.words.label("fact", name) for name in names)
        said = [self.words.label("fact", name) for name in names if name not in found]
        questions = ranges(n for name in found for n in asked[name] if n)
        return self.words.join([*said, self.words.say("report.asked", numbers=questions)])


def _noted(finding: Found) -> bool:
    """Whether a finding only notes where a material comes from, with its figure."""
    facts = finding["facts"]
    return (
        (finding["lens"], finding["level"]) == ("supply", "note")
        and isinstance(facts.get("top_share_pct"), int | float)
        and bool(facts.get("top_country") and facts.get("material"))
    )


def _part(page: Page, line: Line) -> str:
    """Line number, references, part and maker on one line of text."""
    refs = ", ".join(line["refs"][:SHOWN_REFS]) + (" …" if len(line["refs"]) > SHOWN_REFS else "")
    name = line["mpn"] or page.words.say("report.no_mpn")
    parts = [name, line["maker"], line["description"]]
    text = "  ".join(printable(part) for part in parts if part)
    start = f"  {pad(str(line['line']), 5)} {pad(clip(printable(refs), 12), 12)}  "
    return start + clip(text, page.columns - width(start))


def _reasons(page: Page, finding: Found) -> None:
    """Why a finding has its level, and what each value of the missing facts would give."""
    if rank(finding["level"]) < rank("note"):
        _weighty(page, finding)
    for cell in finding["cells"]:
        page.labelled("report.if", page.view.cell(cell))


def _weighty(page: Page, finding: Found) -> None:
    """Why a line is stopped, held or to be checked, with the law."""
    view, words = page.view, page.words
    if finding["level_reason"]:
        page.labelled("report.why", words.maybe(finding["level_reason"]))
    for citation in view.law(finding):
        page.labelled("report.law", words.cite(citation))
    if any(p["origin"] != "chipward" for p in finding["provisions"]):
        page.labelled("report.origin", words.say("report.yours"))
    if finding["verify"]:
        page.labelled("report.verify", words.say("report.verify.long"))
    for note in view.notes(finding):
        page.labelled("report.note", note)
    for change in view.changes(finding):
        page.labelled("report.change", change)
    for source in view.sources(finding)[:SHOWN_SOURCES]:
        page.labelled("report.source", source)
    if finding["exceptions"]:
        page.labelled("report.exceptions", words.join(map(view.exception, finding["exceptions"])))
