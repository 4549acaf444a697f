"""Who makes a part and what kind of part it is; every text of the line stays as it was.

`normalise` adds columns and never changes, drops or moves a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from chipward.normalise.checks import checks
from chipward.normalise.identify import PARTS_FIELDS, Line, identify
from chipward.normalise.known import NO_CLASSES, Classes, VendorClass
from chipward.normalise.suffixes import base_number
from chipward.vectors import distinct_rows

__all__ = ["PARTS_FIELDS", "Classes", "VendorClass", "base_number", "checks", "normalise"]

TOLD_BY = ("mpn", "maker", "description", "value", "footprint", "supplier", "supplier_code")
LETTERS = "letters"
_LETTERS = re.compile(r"[A-Za-z]+")


def normalise(bom_lines: pa.Table, on: date, imported: Classes = NO_CLASSES) -> pa.Table:
    """Add who made each part and what it is.

    Args:
        bom_lines: lines of a bill of materials (`chipward.read.BOM_SCHEMA`).
        on: the day of the review; owners are those of this day.
        imported: export classes out of tables of the user; they go before those that ship.

    Returns:
        The same lines in the same order with the columns of `PARTS_FIELDS`. ``mpn`` holds the part
        number found in another column where its own cell was empty, and ``mpn_from`` says so; it is
        empty where the cell held a distributor's order code, which ``distributor_code`` keeps. No
        other column changes.
    """
    texts = bom_lines.select(list(TOLD_BY)).append_column(LETTERS, _letters(bom_lines["refs"]))
    first, kinds = distinct_rows(texts, texts.column_names)
    found = [identify(_line(row), on, imported) for row in texts.take(pa.array(first)).to_pylist()]
    index = pa.array(kinds)
    out = bom_lines
    mpn = pa.array([row["mpn"] for row in found], pa.string()).take(index)
    out = out.set_column(out.column_names.index("mpn"), "mpn", mpn)
    for name, kind in PARTS_FIELDS.items():
        out = out.append_column(name, pa.array([row[name] for row in found], kind).take(index))
    return out


def _letters(refs: pa.ChunkedArray[Any]) -> pa.Array[Any]:
    """The letters of each line's first reference: R of R12."""
    firsts = [_LETTERS.match(names[0]) if names else None for names in refs.to_pylist()]
    return pa.array([hit[0].upper() if hit else "" for hit in firsts], pa.string())


def _line(row: Mapping[str, Any]) -> Line:
    return Line(letters=row[LETTERS], **{name: row[name] or "" for name in TOLD_BY})
