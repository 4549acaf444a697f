"""Text that fits a terminal: East Asian characters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

WIDE = frozenset("WF")
CUT = "…"
STICKS = frozenset("，。、；：！？）】》」』”’,.;:!?)]}%")
"""Characters that never begin a line."""
_CJK = 0x2E80


def printable(text: str) -> str:
    r"""The text without control characters, which a terminal would obey; breaks become blanks.

    >>> printable("a\x1b[31m\nb")
    'a[31m b'
    """
    if text.isprintable():
        return text
    kept = (" " if c in "\n\r\t" else c for c in text)
    return "".join(c for c in kept if c == " " or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in WIDE else 1


def width(text: str) -> int:
    """Columns the text takes.

    >>> width("GaN 射频"), width("abc")
    (8, 3)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def pad(text: str, columns: int) -> str:
    """The text filled up with blanks to ``columns``."""
    return text + " " * max(0, columns - width(text))


def clip(text: str, columns: int) -> str:
    """The text cut to ``columns``, with an ellipsis where it was cut.

    >>> clip("氮化镓功率放大器", 9)
    '氮化镓功…'
    """
    if width(text) <= columns:
        return text
    out, used = "", 0
    for char in text:
        if used + _columns(char) > columns - 1:
            break
        out, used = out + char, used + _columns(char)
    return out.rstrip() + CUT


def _pieces(text: str) -> Iterator[str]:
    """Pieces between which a line may break: words, and single East Asian characters."""
    piece = ""
    for char, after in zip(text, [*text[1:], ""], strict=False):
        wide = ord(char) >= _CJK and _columns(char) == 2  # noqa: PLR2004  two columns is wide
        if wide and char not in STICKS:
            if piece:
                yield piece
            piece = char
        elif char == " " and after != "%":
            yield piece + char
            piece = ""
        elif piece and ord(piece[-1]) >= _CJK and char not in STICKS:
            yield piece
            piece = char
        else:
            piece += char
    if piece:
        yield piece


def _cut(piece: str, columns: int) -> Iterator[str]:
    """A piece longer than a line, in parts that fit."""
    part = ""
    for char in piece:
        if part and width(part) + _columns(char) > columns:
            yield part
            part = ""
        part += char
    yield part


def wrap(text: str, columns: int, first: str = "", rest: str | None = None) -> list[str]:
    """Break a sentence into lines of at most ``columns`` columns.

    Args:
        text: one paragraph.
        columns: columns of a whole line, indent included; at least two more than the indent.
        first: what begins the first line, such as a bullet.
        rest: what begins the others; blanks as wide as ``first`` unless given.

    >>> wrap("one two three", 9, "- ")
    ['- one two', '  three']
    """
    indent = " " * width(first) if rest is None else rest
    lines: list[str] = []
    line, empty = first, True
    for whole in _pieces(printable(text)):
        for piece in _cut(whole, max(2, columns - width(indent))):
            if not empty and width(line) + width(piece.rstrip()) > columns:
                lines.append(line.rstrip())
                line, empty = indent, True
            line, empty = line + (piece.lstrip() if empty else piece), False
    return [*lines, line.rstrip()]
