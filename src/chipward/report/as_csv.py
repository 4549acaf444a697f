"""The review as CSV: a row a line.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and part
numbers and descriptions come from strangers. Such a cell gets an apostrophe in front, which
spreadsheets take for "this is text" and do not print; a program that reads the file drops one
leading apostrophe. Numbers are never touched.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from chipward.report.plain import as_plain
from chipward.report.rows import COLUMNS, Cell, rows
from chipward.review import Review

RISKY = ("=", "+", "-", "@", "'", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
"""What a guarded cell begins with; the apostrophe itself is here so that dropping one is exact."""


def guarded(cell: Cell) -> Cell:
    """The cell as a spreadsheet may open it.

    >>> guarded("=1+1"), guarded("GRM155"), guarded(-1.5)
    ("'=1+1", 'GRM155', -1.5)
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str) and cell.lstrip().startswith(RISKY):
        return f"'{cell}"
    return cell


def render(review: Review | Mapping[str, Any]) -> bytes:
    r"""UTF-8 without a mark, comma, ``\n``; one header row; an empty cell is unknown."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in row] for row in rows(as_plain(review)))
    return out.getvalue().encode("utf-8", "replace")
