"""Words of a report in one language: messages, names, dates, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from chipward import catalogue
from chipward.report.plain import rounded

_LINK = re.compile(r"https?://[^\s\"'<>]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue in one language, with what reports need around it."""

    lang: str

    def say(self, key: str, **params: object) -> str:
        """A sentence of the catalogue."""
        return catalogue.text(key, self.lang, **params)

    def count(self, key: str, number: int, **params: object) -> str:
        """``key.one`` or ``key.many`` with ``{n}``, as the number wants.

        >>> Words("en").count("report.lines", 1), Words("en").count("report.lines", 3)
        ('1 line', '3 lines')
        """
        return self.say(f"{key}.{'one' if number == 1 else 'many'}", n=f"{number:,}", **params)

    def message(self, message: Mapping[str, Any]) -> str:
        """A message of the review; a list among its parameters is joined."""
        params = {
            name: self.join(cast("list[str]", value)) if isinstance(value, list) else value
            for name, value in cast("Mapping[str, Any]", message["params"]).items()
        }
        return self.say(message["key"], **params)

    def messages(self, listed: Sequence[Mapping[str, Any]]) -> list[str]:
        """Each message of a list."""
        return [self.message(message) for message in listed]

    def label(self, prefix: str, name: str) -> str:
        """The words for a closed value: ``prefix.name`` of the catalogue, else the value itself.

        >>> Words("en").label("outcome", "license_required")
        'license required'
        """
        return self.first((f"{prefix}.{name}",), name)

    def figure(self, name: str) -> str:
        """The name of a figure or of a column of a table."""
        return self.first((f"number.{name}",), name)

    def value(self, name: str) -> str:
        """A value of a closed vocabulary."""
        return self.first((f"value.{name}",), name)

    def first(self, keys: Iterable[str], name: str) -> str:
        """The words of the first key that has any, else the name itself with blanks."""
        sentences, names = catalogue.messages(self.lang), catalogue.names(self.lang)
        known = (sentences.get(key) or names.get(key) for key in keys)
        return next((words for words in known if words), name.replace("_", " "))

    def maybe(self, key_or_text: str) -> str:
        """Text that may be a catalogue key, or a phrase of a provision."""
        return self.say(key_or_text) if catalogue.has(key_or_text) else self.phrase(key_or_text)

    def join(self, parts: Iterable[object]) -> str:
        """Parts of a list, as the language separates them."""
        return self.say("report.separator").join(str(part) for part in parts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Sentences after one another."""
        return self.say("report.between").join(part for part in parts if part)

    def phrase(self, words: str) -> str:
        """A phrase of a provision in this language, where the catalogue has it.

        Local law brings its own words; they are shown as they are.
        """
        return catalogue.phrase(words, self.lang)

    def pair(self, label: str, text: str) -> str:
        """A label and what it labels."""
        return self.say("report.pair", label=label, text=text)

    def aside(self, text: str, note: str) -> str:
        """A text with a note in brackets."""
        return self.say("report.aside", text=text, note=note)

    def seen(self, value: object) -> str:
        """A value that was observed: lists joined, yes and no, nothing is *unknown*.

        >>> Words("en").seen(["US:D:1", "US:D:5"]), Words("en").seen(None)
        ('US:D:1, US:D:5', 'unknown')
        """
        if value is None:
            return self.say("report.unknown")
        if isinstance(value, bool):
            return self.say("report.yes" if value else "report.no")
        if isinstance(value, list):
            listed = cast("list[object]", value)
            return ", ".join(map(self.seen, listed)) or self.say("report.empty")
        if isinstance(value, int | float):
            return self.number(value)
        return str(value)

    def cells(self, row: Mapping[str, Any]) -> str:
        """The cells of a table row or the terms of a figure, named; empty ones are left out."""
        return "; ".join(
            self.pair(self.figure(name), self.seen(value))
            for name, value in row.items()
            if value is not None and value != "" and name != "source"
        )

    def day(self, iso: str) -> str:
        """A date in words.

        >>> Words("en").day("2026-11-28"), Words("zh").day("2026-11-28")
        ('28 November 2026', '2026年11月28日')
        """
        if not iso:
            return ""
        when = date.fromisoformat(iso)
        month = self.say(f"report.month.{when.month}")
        return self.say("report.day", day=when.day, month=month, year=when.year)

    def number(self, value: float | None, unit: str = "") -> str:
        """A figure with its unit; six significant digits at most, unknown in words.

        >>> Words("en").number(9803.0), Words("en").number(99.0, "%")
        ('9,803', '99 %')
        """
        if value is None:
            return self.say("report.unknown")
        short = rounded(float(value))
        text = f"{short:,}" if short is not None else self.say("report.unknown")
        return f"{text} {self.first((f'unit.{unit}',), unit)}" if unit else text

    def cite(self, citation: Mapping[str, Any]) -> str:
        """A citation on one line: instrument, section, document, day of publication."""
        parts = [citation["instrument"], citation["section"], citation["document"]]
        if citation["published"]:
            parts.append(self.say("report.published", day=citation["published"]))
        return self.join([part for part in parts if part])


def link(url: str) -> str:
    """The address if it is one of the web, else nothing: local law may say anything.

    >>> link("https://example.org/a"), link("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    return url if _LINK.fullmatch(url) else ""
