"""A mapping kept in a file: which column means what at one customer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from chipward.errors import BomError, Where
from chipward.read.columns import check_meanings
from chipward.read.model import Bom
from chipward.read.words import ASIDE, fold

FORMAT = 1
_KEY, _COLUMNS = "chipward_mapping", "columns"
_HEADER = ["meaning", "header"]
_LARGEST = 1_000_000


def load_mapping(path: Path) -> dict[str, str]:
    """Meaning to header from a saved mapping: JSON as `dump_mapping` writes it, or CSV.

    The CSV has the columns ``meaning,header``. Raises `BomError` for a file that is neither, and
    `UnknownColumn` for a meaning that does not exist.
    """
    where = Where(path.name)
    try:
        if path.stat().st_size > _LARGEST:
            raise _broken(where)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BomError("read.unreadable", where=where) from error
    except UnicodeDecodeError as error:
        raise _broken(where) from error
    found = _from_json(text, where) if text.lstrip().startswith("{") else _from_csv(text, where)
    check_meanings(found)
    return found


def merge(saved: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """A saved mapping under one given now, which takes its meanings and its columns from it.

    >>> merge({"mpn": "Comment", "value": "Val"}, {"description": "comment"})
    {'value': 'Val', 'description': 'comment'}
    """
    taken = {fold(header) for header in given.values()}
    kept = {m: header for m, header in saved.items() if fold(header) not in taken}
    return {**kept, **given}


def dump_mapping(bom: Bom) -> bytes:
    """The mapping of a list as JSON that `load_mapping` reads.

    What the words of the header settle anew each time is left out: columns that are not read, a
    meaning with several columns, and a column that holds maker and part number in one. What the
    user gave is always kept.
    """
    asked = [column.ask or column.column for column in bom.columns]
    meanings = [column.meaning for column in bom.columns]
    joined = any(column.how == "joined" for column in bom.columns)
    out: dict[str, str] = {}
    for column, ask in zip(bom.columns, asked, strict=True):
        alone = asked.count(ask) == meanings.count(column.meaning) == 1
        settled = column.meaning in ASIDE or (joined and column.meaning == "value")
        if column.how == "given" or (alone and not settled):
            out.setdefault(column.meaning, ask)
    body = {_KEY: FORMAT, _COLUMNS: dict(sorted(out.items()))}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _broken(where: Where) -> BomError:
    return BomError("read.no_mapping", where=where, hint="read.hint_mapping")


def _from_json(text: str, where: Where) -> dict[str, str]:
    try:
        body: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _broken(where) from error
    number, columns = body.get(_KEY), body.get(_COLUMNS)
    if isinstance(number, int) and number > FORMAT:
        raise BomError("read.newer_mapping", where=where, format=number, known=FORMAT)
    if number != FORMAT or not isinstance(columns, dict):
        raise _broken(where)
    found = cast("dict[str, object]", columns)
    if not all(isinstance(header, str) and header for header in found.values()):
        raise _broken(where)
    return {meaning: str(header) for meaning, header in found.items()}


def _from_csv(text: str, where: Where) -> dict[str, str]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(row)]
    except csv.Error as error:
        raise _broken(where) from error
    if not rows or [cell.strip() for cell in rows[0]] != _HEADER:
        raise _broken(where)
    out: dict[str, str] = {}
    for number, row in enumerate(rows[1:], start=2):
        cells = [cell.strip() for cell in row]
        if len(cells) != len(_HEADER) or not all(cells) or cells[0] in out:
            raise BomError("read.mapping_row", where=Where(where.file, number))
        out[cells[0]] = cells[1]
    return out
