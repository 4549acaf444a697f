"""The review as a workbook: lines, findings, questions, sources. Text stays text."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from chipward.report.plain import as_plain
from chipward.report.rows import COLUMNS, Cell, rows
from chipward.report.view import LADDER, Line, View, ranges
from chipward.report.width import printable, width
from chipward.review import Review

LONGEST = 32_000
"""Characters of a cell; the format ends at 32,767."""
_WIDEST, _NARROWEST = 60, 6
_FILLS = {"stop": "#F6D5D0", "hold": "#FBE7C6", "check": "#DCE6F6", "unknown": "#E9E2F4"}
_SOURCE = ("id", "title", "as_of", "stale", "attribution")
Rows = Sequence[Sequence[Cell]]


class _Book:
    """A workbook in memory whose only date is that of the review."""

    def __init__(self, day: str) -> None:
        self.stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.stream, options)
        self.book.set_properties({"created": datetime.fromisoformat(day).replace(tzinfo=UTC)})
        self.head = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.body = self.book.add_format({"valign": "top", "text_wrap": True})

    def sheet(self, title: str, header: Sequence[str], body: Rows) -> Worksheet:
        sheet = self.book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, header, self.head)
        for number, row in enumerate(body, start=1):
            for column, cell in enumerate(row):
                self._cell(sheet, number, column, cell)
        if header and body:
            sheet.autofilter(0, 0, len(body), len(header) - 1)
        for column, name in enumerate(header):
            longest = max([width(name), *(width(str(row[column])) for row in body[:200])])
            sheet.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))
        return sheet

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, self.body)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self.body)
        else:
            sheet.write_string(row, column, printable(cell)[:LONGEST], self.body)

    def bytes(self) -> bytes:
        self.book.close()
        return self.stream.getvalue()


def _lines(view: View) -> Rows:
    """The rows of the CSV, each with its answers in words at the end."""
    plain = rows(view.review)
    return [
        [*cells, _in_words(view, line)]
        for cells, line in zip(plain, view.review["lines"], strict=True)
    ]


def _in_words(view: View, line: Line) -> str:
    words = view.words
    return "; ".join(
        words.pair(words.label("report.lens", name), view.answer(lens))
        for name, lens in line["lenses"].items()
    )


def _findings(view: View) -> Rows:
    words = view.words
    return [
        [
            line["line"], finding["id"], words.label("level", finding["level"]), finding["lens"],
            finding["regime"], finding["lane"], view.title(finding),
            view.answer(finding), "; ".join(words.cite(c) for c in view.law(finding)),
            finding["verify"], "; ".join(finding["missing"]), "; ".join(finding["exceptions"]),
        ]
        for line in view.review["lines"]
        for finding in view.findings_of(line)
    ]  # fmt: skip


def _questions(view: View) -> Rows:
    return [
        [
            view.words.message(question["text"]), question["scope"],
            "; ".join(question["regimes"]), question["settles"], ranges(question["lines"]),
        ]
        for question in view.review["questions"]
    ]  # fmt: skip


def _sources(view: View) -> Rows:
    provenance = view.review["provenance"]
    of_law, of_data = ("regime", "name", "day", "past", "what"), _SOURCE
    laws = [[one[name] for name in of_law] for one in provenance["verified_to"]]
    return [*laws, *([one[name] for name in of_data] for one in provenance["sources"])]


def _about(view: View) -> Rows:
    words, review = view.words, view.review
    modelled, missing = view.split_coverage()
    counts = [[words.label("level", name), review["counts"].get(name, 0)] for name in LADDER]
    texts = [words.sentences(view.headline()), view.buyer(), *view.notices()]
    rest = [*words.messages(review["changes"]), *modelled, *missing, words.say("report.disclaimer")]
    told = [[text, None] for text in [*texts, *rest]]
    return [[review["bom"]["name"], review["on"]], *counts, *told]


def render(review: Review | Mapping[str, Any], lang: str = "en") -> bytes:
    """An XLSX file; the same review gives the same bytes."""
    view = View(as_plain(review), lang)
    words = view.words
    book = _Book(view.review["on"])
    book.sheet(words.say("report.sheet.about"), [words.say("report.sheet.about"), ""], _about(view))
    lines = _lines(view)
    sheet = book.sheet(words.say("report.sheet.lines"), (*COLUMNS, "answer"), lines)
    for level, fill in _FILLS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{level}"'}
        style = book.book.add_format({"bg_color": fill})
        at = COLUMNS.index("level")
        sheet.conditional_format(1, at, max(1, len(lines)), at, {**rule, "format": style})
    header = ("line", "finding", "level", "lens", "regime", "lane", "title", "outcome", "law",
              "verify", "missing", "exceptions")  # fmt: skip
    book.sheet(words.say("report.sheet.findings"), header, _findings(view))
    header = ("question", "scope", "regimes", "settles", "lines")
    book.sheet(words.say("report.sheet.questions"), header, _questions(view))
    header = ("id", "title", "as_of", "old", "note")
    book.sheet(words.say("report.sheet.sources"), header, _sources(view))
    return book.bytes()
