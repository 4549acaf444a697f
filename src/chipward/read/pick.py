"""The one table of a file: its text decoded, or the sheet of a workbook that holds the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chipward.errors import BomError, Where
from chipward.read.columns import by_number, short
from chipward.read.encoding import decode
from chipward.read.header import best_score, find_header
from chipward.read.model import Grid
from chipward.read.sheet import Sheet, sheets
from chipward.read.source import Source
from chipward.read.textfile import DELIMITERS, TWO_MEANINGS, cells
from chipward.read.twice import mend
from chipward.review import Message


def text_of(source: Source, warnings: list[Message]) -> str:
    """The text of a file; a guess at its encoding and what was decoded twice become warnings."""
    text, guessed = decode(source.raw, source.name)
    if guessed:
        warnings.append(Message(key="read.encoding", params={"encoding": guessed}))
    text, places = mend(text)
    _say_mended(places, warnings)
    return text


def pick_table(
    source: Source, given: Mapping[str, str], wanted: str, warnings: list[Message]
) -> Sheet:
    """The table of a text, or the sheet asked for; else the one with the best header.

    Raises `BomError` for a file without sheets if one is asked for, and for a workbook without it.
    """
    if not source.is_sheet:
        if wanted:
            raise BomError("read.no_sheets", where=Where(source.name))
        return Sheet("", cells(text_of(source, warnings), source.name))
    found = [_whole(sheet, source.name) for sheet in sheets(source, wanted)]
    if not found:
        raise BomError("read.empty", where=Where(source.name))
    chosen = _best(found, [name for name in given.values() if by_number(name) is None], warnings)
    return Sheet(chosen.name, _mended(chosen.rows, warnings), chosen.merged)


def _best(found: Sequence[Sheet], names: Sequence[str], warnings: list[Message]) -> Sheet:
    scores = [(find_header(s.rows, names) is not None, best_score(s.rows)) for s in found]
    best = scores.index(max(scores))
    others = [s.name for s, (_, vote) in zip(found, scores, strict=True) if vote > 1]
    if len(others) > 1:
        others.remove(found[best].name)
        params = {"sheet": short(found[best].name), "others": ", ".join(map(short, others))}
        warnings.append(Message(key="read.sheet_chosen", params=params))
    return found[best]


def _whole(sheet: Sheet, name: str) -> Sheet:
    """A sheet; delimited text that was pasted into its first column is split into its cells.

    A program that took such text for comma separated has cut it at its commas: they are put back.
    """
    rows = sheet.rows
    alone = not any(cell for row in rows for cell in row[1:])
    vote = best_score(rows)
    first = [row[0] if row else "" for row in rows]
    pasted = sum(any(d in cell for d in DELIMITERS) for cell in first) > len(rows) // 2
    if not pasted or (not alone and vote >= TWO_MEANINGS):
        return sheet
    try:
        split = cells("\n".join(",".join(row).rstrip(",") for row in rows), name)
    except BomError:
        if alone:
            raise
        return sheet
    return Sheet(sheet.name, split) if alone or best_score(split) > vote else sheet


def _mended(rows: Grid, warnings: list[Message]) -> Grid:
    """The rows of a sheet with what was decoded twice put right."""
    total = 0
    for row in rows:
        for at, cell in enumerate(row):
            if not cell.isascii():
                row[at], places = mend(cell)
                total += places
    _say_mended(total, warnings)
    return rows


def _say_mended(places: int, warnings: list[Message]) -> None:
    if places:
        warnings.append(Message(key="read.decoded_twice", params={"count": places}))
