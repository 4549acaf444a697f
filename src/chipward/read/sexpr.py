"""S-expressions as KiCad writes them: lists in parentheses, atoms and quoted strings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chipward.errors import BomError, Where

Sexpr = list["Sexpr | str"]
"""A list; its first entry names it."""

MOST_TOKENS = 5_000_000
DEEPEST = 200

_TOKEN = re.compile(r'\s*(?:([()])|"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s()"]+))', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


def parse(text: str, name: str) -> Sexpr:
    """The one list of a text.

    Raises `BomError` where a parenthesis or a quotation mark does not close, and for a text that
    is nested too deeply or too long.
    """
    top: Sexpr = []
    stack = [top]
    count = position = 0
    end = len(text.rstrip())
    while position < end:
        found = _TOKEN.match(text, position)
        count += 1
        if found is None:
            raise BomError("read.open_quote", where=_where(text, position, name))
        position = found.end()
        paren, quoted, atom = found.groups()
        if paren == "(":
            _open(stack, _where(text, position, name) if len(stack) > DEEPEST else None)
        elif paren == ")":
            if len(stack) == 1:
                raise BomError("read.broken_sexpr", where=_where(text, position, name))
            stack.pop()
        else:
            stack[-1].append(atom if atom is not None else _unescaped(quoted))
        if count > MOST_TOKENS:
            raise BomError("read.too_much", where=Where(name))
    if len(stack) > 1:
        raise BomError("read.cut_off", where=_where(text, end, name))
    return _only(top, name)


def _open(stack: list[Sexpr], too_deep: Where | None) -> None:
    if too_deep is not None:
        raise BomError("read.too_deep", where=too_deep)
    new: Sexpr = []
    stack[-1].append(new)
    stack.append(new)


def _only(top: Sexpr, name: str) -> Sexpr:
    if len(top) != 1 or isinstance(top[0], str):
        raise BomError("read.broken_sexpr", where=Where(name))
    return top[0]


def _where(text: str, position: int, name: str) -> Where:
    return Where(name, text.count("\n", 0, position) + 1)


def _unescaped(quoted: str) -> str:
    if "\\" not in quoted:
        return quoted
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), quoted)


def lists(node: Sexpr, head: str) -> Iterator[Sexpr]:
    """The lists inside a list that are named ``head``.

    >>> list(lists(["a", ["b", "1"], ["c"], ["b", "2"]], "b"))
    [['b', '1'], ['b', '2']]
    """
    for child in node:
        if not isinstance(child, str) and child and child[0] == head:
            yield child


def words(node: Sexpr) -> list[str]:
    """The atoms and strings of a list after its name."""
    return [child for child in node[1:] if isinstance(child, str)]


def word(node: Sexpr, head: str, default: str = "") -> str:
    """The first word of the first list named ``head``; ``default`` where there is no such list.

    >>> word(["symbol", ["dnp", "yes"]], "dnp"), word(["symbol"], "in_bom", "yes")
    ('yes', 'yes')
    """
    found = next(lists(node, head), None)
    if found is None:
        return default
    return next(iter(words(found)), "")
