"""Fixed-width text: columns are what blank gutters run between, from the header to the end."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from unicodedata import east_asian_width

from chipward.read.header import HEADER_ROWS, score
from chipward.read.model import Grid

_RULE = re.compile(r"[\s\-=+_*|]*")
_GAP = re.compile(r"\s{2,}|\t+")
_WORD, _USED = re.compile(r"[^ ]+"), re.compile(rb"x+")
_WIDE = frozenset({"W", "F"})
_FILLER = "\x00"
_CANDIDATES = 3
_MOST_COLUMNS = 100


def fixed_cells(text: str) -> Grid:
    r"""The rows of fixed-width text, or nothing if no row at the top is a header over gutters.

    A gutter is a column of blanks through the header and every line of its block. A column that is
    empty below the header, or has no header, belongs to the one before it unless the gutter is
    wide. Lines that cross a gutter, such as notes, stay whole.

    >>> fixed_cells("Part No  Qty\nNE555P   12\nLM358     1\n")
    [['Part No', 'Qty'], ['NE555P', '12'], ['LM358', '1']]
    """
    raw = text.removesuffix("\n").split("\n")
    votes = [(_promise(line), -number) for number, line in enumerate(raw[:HEADER_ROWS])]
    hopeful = [-number for vote, number in sorted(votes, reverse=True) if vote > 0][:_CANDIDATES]
    lines = [_spread(line.expandtabs().rstrip()) for line in raw] if hopeful else []
    best: tuple[float, Grid] = (0.0, [])
    for number in hopeful:
        for block in _blocks(lines[number:]):
            rows = _rows(lines, block)
            best = max(best, (score(rows[number]), rows), key=lambda found: found[0])
    return best[1]


def _promise(line: str) -> float:
    """How much the words of a line look like a header."""
    return max(score(_GAP.split(line.strip())), score(line.split()))


def _spread(line: str) -> str:
    """A line in which every character is as wide as it is shown: wide ones take two places."""
    if line.isascii():
        return line
    return "".join(c + _FILLER if east_asian_width(c) in _WIDE else c for c in line)


def _blocks(lines: list[str]) -> list[list[str]]:
    """The lines from a header on that may form its table: all of them, or up to a blank line."""
    whole = [line for line in lines if not _RULE.fullmatch(line)]
    first = list(takewhile(str.strip, lines))
    return [whole, [line for line in first if not _RULE.fullmatch(line)]]


def _rows(lines: list[str], block: list[str]) -> Grid:
    starts = _starts(block)
    bounds = list(zip(starts, [*starts[1:], None], strict=True))
    ends = [start - 1 for start in starts[1:]]
    rows: Grid = []
    for line in lines:
        whole = any(line[end : end + 1].strip() for end in ends)
        parts = [line] if whole or _RULE.fullmatch(line) else [line[a:b] for a, b in bounds]
        rows.append([part.replace(_FILLER, "").strip() for part in parts])
    return rows


def _starts(block: list[str]) -> list[int]:
    """Where columns start: after a gutter, at the first place that is not blank everywhere."""
    used = bytearray(max(map(len, block), default=0))
    for line in block:
        for found in _WORD.finditer(line):
            used[found.start() : found.end()] = b"x" * len(found[0])
    runs = [found.span() for found in _USED.finditer(bytes(used))][:_MOST_COLUMNS]
    kept = [0]
    for (_, before), (start, end) in pairwise(runs):
        named = bool(block[0][start:end].strip())
        filled = any(line[start:end].strip() for line in block[1:])
        # One blank wide, a gutter may be an accident: both the header and the lines must bear it.
        if start - before > 1 or (named and filled):
            kept.append(start)
    return kept
