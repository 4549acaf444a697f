"""A page of text: lines wrapped to one width, with headings, labels and bullets."""

from __future__ import annotations

from collections.abc import Iterable

import click

from chipward.report.view import View
from chipward.report.width import width, wrap
from chipward.review import UNKNOWN

NARROWEST, WIDEST = 60, 120
"""Columns a page may have."""
_COLOURS = {"stop": "red", "hold": "yellow", "check": "blue", UNKNOWN: "magenta"}


class Page:
    """Lines of text in the making."""

    def __init__(self, view: View, columns: int, *, color: bool) -> None:
        self.view, self.words = view, view.words
        self.columns = min(max(columns, NARROWEST), WIDEST)
        self.color = color
        self.out: list[str] = []

    def add(self, text: str, first: str = "", rest: str | None = None) -> None:
        """A sentence, wrapped; ``first`` begins its first line and ``rest`` the others."""
        self.out += wrap(text, self.columns, first, rest)

    def blank(self) -> None:
        """An empty line, never two."""
        if self.out and self.out[-1]:
            self.out.append("")

    def style(self, text: str, level: str = "") -> str:
        """The text in the colour of a level, where colour was asked for."""
        return click.style(text, fg=_COLOURS.get(level), bold=True) if self.color else text

    def marked(self, level: str) -> bool:
        """Whether a level has a colour."""
        return level in _COLOURS

    def heading(self, title: str, level: str = "") -> None:
        """An underlined heading after an empty line."""
        self.blank()
        lines = wrap(title, self.columns)
        self.out += [self.style(line, level) for line in lines]
        self.out.append("-" * max(map(width, lines)))

    def labelled(self, key: str, text: str, indent: int = 4) -> None:
        """A sentence behind its label, indented under what it is about."""
        said = self.words.pair(self.words.say(key), text)
        self.add(said, " " * indent, " " * (indent + 2))

    def bullets(self, texts: Iterable[str]) -> None:
        """A list; each item begins with a capital."""
        for text in texts:
            self.add(text[:1].upper() + text[1:], "- ")

    def bytes(self) -> bytes:
        """The page as UTF-8."""
        return ("\n".join(self.out) + "\n").encode("utf-8", "replace")
