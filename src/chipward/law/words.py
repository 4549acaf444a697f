"""Law read aloud: conditions, spans, citations and dates as sentences of at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from unicodedata import east_asian_width

from chipward.catalogue import has, phrase, text
from chipward.dates import Interval
from chipward.law.model import Compiled, Formula, Leaf, Outcome, Version
from chipward.review import Citation

WIDTH = 80


def columns_of(line: str) -> int:
    """The columns a line takes on a terminal; a Chinese character takes two.

    >>> columns_of("Ga 镓")
    5
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


def _pieces(sentence: str) -> Iterator[str]:
    """Words with their following blank; each wide character is a word of its own."""
    word = ""
    for character in sentence:
        wide = east_asian_width(character) in "WF"
        if wide and word:
            yield word
            word = ""
        word += character
        if wide or character == " ":
            yield word
            word = ""
    if word:
        yield word


def wrap(sentence: str, indent: int = 0, hang: int = 2, width: int = WIDTH) -> list[str]:
    """Break a sentence into lines of at most ``width`` columns.

    Args:
        sentence: any text, also without blanks (Chinese breaks anywhere, a URL never).
        indent: blanks before the first line.
        hang: further blanks before the others.
        width: columns of a line.
    """
    lines: list[str] = []
    line = " " * indent
    empty = line
    for piece in _pieces(sentence):
        if line != empty and columns_of((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = empty = " " * (indent + hang)
        line += piece
    return [*lines, line.rstrip()]


def said(key_or_text: str, lang: str) -> str:
    """A note: a sentence of the catalogue, or, in local law, the text itself."""
    return text(key_or_text, lang) if has(key_or_text) else key_or_text


def pair(label: str, told: str, lang: str) -> str:
    """A label and what it labels, with the colon of the language."""
    return text("report.pair", lang, label=label, text=told)


def span(interval: Interval, lang: str) -> str:
    """An interval with the last day inside, as people say it."""
    if interval.until is None:
        return text("law.span_open", lang, start=interval.start)
    last = interval.until - timedelta(days=1)
    return text("law.span", lang, start=interval.start, last=last)


def citation(cite: Citation, lang: str) -> str:
    """Instrument, section, document, day of publication and address, as far as they are known."""
    published = text("law.published", lang, day=cite.published) if cite.published else ""
    parts = (cite.instrument, cite.section, cite.document, published, cite.url)
    return ", ".join(part for part in parts if part)


def short_citation(cite: Citation) -> str:
    """Instrument and day of publication: enough to find it again in a table."""
    return f"{cite.instrument}, {cite.published}" if cite.published else cite.instrument


def status_words(version: Version, lang: str) -> str:
    """The status of a version, and what suspended it."""
    status = text(f"law.status.{version.status}", lang)
    by = version.suspended_by
    if by is None:
        return status
    return text("law.status_by", lang, status=status, by=short_citation(by))


def outcome_words(outcome: Outcome, lang: str) -> list[str]:
    """What a version does, a sentence each."""
    lines: list[str] = []
    if outcome.requires:
        word = text(f"law.requires.{outcome.requires}", lang)
        lines.append(text("law.requires", lang, what=word))
    if outcome.review_policy:
        policy = text(f"policy.{outcome.review_policy}", lang)
        lines.append(text("law.review_policy", lang, what=policy))
    if outcome.duties:
        duties = [said(f"duty.{duty}", lang).removeprefix("duty.") for duty in outcome.duties]
        lines.append(text("law.duties", lang, what=", ".join(duties)))
    if outcome.note:
        lines.append(said(outcome.note, lang))
    return lines


def _leaf_line(leaf: Leaf, lang: str, *, negated: bool) -> str:
    name = phrase(leaf.name, lang)
    if negated:
        name = text("law.not", lang, what=name)
    cited = f" ({leaf.cite})" if leaf.cite else ""
    return pair(name + cited, leaf.text, lang)


def _read(formula: Formula, leaves: tuple[Leaf, ...], lang: str, depth: int) -> Iterator[str]:
    if formula[0] == "lit":
        line = _leaf_line(leaves[formula[1]], lang, negated=formula[2])
        yield from wrap(f"- {line}", depth * 2)
    elif len(formula[1]) == 1:
        yield from _read(formula[1][0], leaves, lang, depth)
    else:
        key = "law.all_of" if formula[0] == "and" else "law.any_of"
        yield from wrap(f"- {text(key, lang)}", depth * 2)
        for part in formula[1]:
            yield from _read(part, leaves, lang, depth + 1)


def read_aloud(compiled: Compiled, lang: str, depth: int = 1) -> list[str]:
    """The condition, a line a leaf; made from the compiled form that is judged, not from YAML."""
    if not compiled.leaves:
        return wrap(text("law.no_condition", lang), depth * 2)
    return list(_read(compiled.formula, compiled.leaves, lang, depth))


def table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as columns set apart by two blanks; the last column wraps under itself."""
    listed = list(rows)
    if not listed:
        return []
    widths = [max(columns_of(row[i]) for row in listed) for i in range(len(listed[0]) - 1)]
    lines: list[str] = []
    for row in listed:
        padded = (cell + " " * (w - columns_of(cell)) for cell, w in zip(row, widths, strict=False))
        head = "".join(f"{cell}  " for cell in padded)
        first, *rest = wrap(row[-1], columns_of(head), 0)
        lines += [head + first.strip(), *rest]
    return [line.rstrip() for line in lines]
