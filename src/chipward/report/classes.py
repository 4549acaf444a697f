"""Classes of chips as a table for a terminal, CSV or JSON; every format says the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from chipward import catalogue
from chipward.report.width import clip, pad, printable, wrap

FORMATS = ("table", "json", "csv")
WIDTH = 80
_COLUMNS = (("chip", 26), ("class", 10), ("vendor", 16), ("review", 25))
_MARK = " !"
_INDENT = "    "
_VERIFY = "chips.note.verify"
_SENTENCES_APART = " | "
_TEST, _EXCLUSION = "test", "exclusion"
Row = Mapping[str, Any]


def _plain(value: Any) -> Any:
    """Whole floats without a point, days as text, and the same inside lists."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in cast("dict[str, Any]", value).items()}
    return value


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


class _Sentences:
    """The sentences of one row in one language."""

    def __init__(self, row: Row, lang: str, verified: date) -> None:
        self.row, self.lang, self.verified = row, lang, verified

    def say(self, key: str, **params: object) -> str:
        return catalogue.text(key, self.lang, **params)

    def notes(self, *, dated: bool = True) -> list[str]:
        row = self.row
        keys = [*row["notes"], *([_VERIFY] if dated and row["verify"] else [])]
        params = {
            "density": _short(row["performance_density_used"]),
            "memory_density": _short(row["memory_bandwidth_density_used"]),
            "vendor": row["vendor_eccn"],
            "classes": ", ".join(row["possible_classes"]),
            "verified": self.verified,
            "day": row["as_of_date"],
        }
        return [self.say(key, **params) for key in keys]

    def codes(self) -> str:
        by_form: dict[str, list[str]] = {}
        for one in self.row["eccn_candidates"]:
            habit = one["basis"] == "vendor_practice"
            label = self.say(f"chips.form.{one['form']}")
            mark = f" ({self.say('chips.basis.vendor_practice')})" if habit else ""
            by_form.setdefault(label, []).append(one["eccn"] + mark)
        return "; ".join(f"{label} {', '.join(codes)}" for label, codes in by_form.items())

    def tests(self) -> str:
        """The paragraph met; where none is, every paragraph that was tried."""
        row = self.row
        groups = {name: self._limbs(_TEST, name) for name in self._paragraphs(_TEST)}
        known = {n: g for n, g in groups.items() if any(t["met"] is not None for t in g)}
        mine = {row["class"]: known[row["class"]]} if row["class"] in known else known
        said = [self._outcome(name, limbs) for name, limbs in mine.items()]
        said += [
            self.say("chips.line.excluded", paragraph=name)
            for name in self._paragraphs(_EXCLUSION)
            if all(t["met"] for t in self._limbs(_EXCLUSION, name))
        ]
        return "; ".join(said)

    def _paragraphs(self, kind: str) -> list[str]:
        return list(dict.fromkeys(t["paragraph"] for t in self.row["tests"] if t["kind"] == kind))

    def _limbs(self, kind: str, paragraph: str) -> list[Row]:
        mine = (kind, paragraph)
        return [t for t in self.row["tests"] if (t["kind"], t["paragraph"]) == mine]

    def _outcome(self, name: str, limbs: Sequence[Row]) -> str:
        """A paragraph by the limb that decides it: the first that fails, else the first open."""
        failed = [t for t in limbs if t["met"] is False]
        opened = [t for t in limbs if t["met"] is None]
        if opened and not failed:
            return self.say("chips.line.unknown", paragraph=name, fact=self._fact(opened[0]))
        shown = failed[:1] or limbs
        margin = ", ".join(self._margin(test) for test in shown)
        return self.say(
            f"chips.line.{'not_met' if failed else 'met'}", paragraph=name, margin=margin
        )

    def _fact(self, test: Row) -> str:
        return self.say(f"chips.fact.{test['fact']}")

    def _margin(self, test: Row) -> str:
        mark = f"{_plain(test['threshold'])}"
        if test["margin"] is None:
            return f"{self._fact(test)} {test['op']} {mark}"
        return f"{self._fact(test)} {test['op']} {mark}: {test['margin']:+.6g}"


def _record(row: Row, lang: str, verified: date) -> dict[str, Any]:
    """A row as it stands in JSON: sentences for notes, plain values."""
    notes = _Sentences(row, lang, verified).notes()
    return {name: _plain(notes if name == "notes" else value) for name, value in row.items()}


def _test_cell(test: Row) -> str:
    met = {True: "yes", False: "no", None: "?"}[test["met"]]
    margin = "?" if test["margin"] is None else f"{test['margin']:+.6g}"
    return f"{test['paragraph']} {test['fact']} {test['op']} {test['threshold']} {margin} {met}"


_CELLS: Mapping[str, Callable[[Any], str]] = {
    "eccn_candidates": lambda value: ";".join(f"{one['form']}:{one['eccn']}" for one in value),
    "tests": lambda value: ";".join(map(_test_cell, value)),
    "notes": _SENTENCES_APART.join,
}


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in _CELLS:
        return _CELLS[name](value)
    if isinstance(value, list):
        return ";".join(map(str, cast("list[Any]", value)))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _csv(rows: Sequence[Row], names: Sequence[str]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(name, row[name]) for name in names] for row in rows)
    return stream.getvalue()


def _line(cells: Sequence[str]) -> str:
    padded = [
        pad(clip(cell, columns), columns)
        for cell, (_, columns) in zip(cells, _COLUMNS, strict=True)
    ]
    return " ".join(padded).rstrip()


def _block(row: Row, lang: str, verified: date) -> list[str]:
    words = _Sentences(row, lang, verified)
    vendor = row["vendor_eccn"] or ""
    review = row["cn_mo_review_policy"]
    cells = [
        printable(row["chip"] or ""),
        row["class"] or words.say("chips.open"),
        printable(vendor) + (_MARK + words.say("chips.clash") if row["clash"] else ""),
        words.say(f"chips.review.{review}") if review else "",
    ]
    below: list[str] = []
    if row["class"] is None:
        facts = ", ".join(words.say(f"chips.fact.{name}") for name in row["missing"])
        below.append(words.say("chips.line.possible", classes=", ".join(row["possible_classes"])))
        below.append(words.say("chips.line.missing", facts=facts))
    codes, tests = words.codes(), words.tests()
    below += [words.say("chips.line.codes", codes=codes)] if codes else []
    below += [words.say("chips.line.tests", tests=tests)] if tests else []
    below += words.notes(dated=False)
    return [_line(cells), *(line for one in below for line in wrap(one, WIDTH, _INDENT))]


def _table(rows: Sequence[Row], lang: str, verified: date) -> str:
    def say(key: str, **params: object) -> str:
        return catalogue.text(key, lang, **params)

    lines = [_line([say(f"chips.head.{name}") for name, _ in _COLUMNS]), "-" * WIDTH]
    for row in rows:
        lines += _block(row, lang, verified)
    late = sorted({row["as_of_date"] for row in rows if row["verify"]})
    foot = [say(_VERIFY, verified=verified, day=late[-1])] if late else []
    foot += [say("chips.foot"), say("report.disclaimer")]
    lines += ["-" * WIDTH, *(line for one in foot for line in wrap(one, WIDTH))]
    return "\n".join(lines) + "\n"


def render_classes(
    rows: Sequence[Row], names: Sequence[str], kind: str, lang: str, verified: date
) -> str:
    """Render the answers of `classify`.

    Args:
        rows: the answer table as dictionaries.
        names: its columns, in order.
        kind: one of `FORMATS`.
        lang: language of notes and headings; values of the vocabulary stay as they are.
        verified: last day up to which the text was checked.
    """
    if kind == "table":
        return _table(rows, lang, verified)
    records = [_record(row, lang, verified) for row in rows]
    if kind == "csv":
        return _csv(records, names)
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
