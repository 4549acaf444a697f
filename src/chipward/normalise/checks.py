"""What the identities of a board's parts call for a second look at: one sentence a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from chipward.review import Message

MOST = 12
"""Lines, or lines with their makers, that one sentence lists; the rest is counted only."""
_COLUMNS = (
    "line", "fitted", "identity", "maker_name", "maker_clash", "made_by", "house_brand",
    "distributor", "mpn",
)  # fmt: skip
Row = Mapping[str, Any]


def checks(parts: pa.Table) -> tuple[Message, ...]:
    """Clashes, house brands, numbers of several makers and lines that are not identified.

    Args:
        parts: lines as `normalise` gives them; those that are not fitted are left out.

    Returns:
        At most one message a kind, each with the lines it is about.
    """
    rows = [row for row in parts.select(list(_COLUMNS)).to_pylist() if row["fitted"]]
    unknown = [row for row in rows if row["identity"] == "not_identified"]
    found = (
        ("identity.clash", [_told(row, _clash(row)) for row in rows if row["maker_clash"]]),
        ("identity.house_brand", [_told(r, r["maker_name"]) for r in rows if r["house_brand"]]),
        ("identity.two_makers", [_told(r, ", ".join(r["made_by"])) for r in rows if r["made_by"]]),
        ("identity.order_code", [_told(r, r["distributor"]) for r in unknown if r["distributor"]]),
        ("identity.not_identified", [str(r["line"]) for r in unknown if not r["distributor"]]),
    )
    return tuple(_message(key, told) for key, told in found if told)


def _clash(row: Row) -> str:
    return f"{row['maker_name']} → {row['maker_clash']}"


def _told(row: Row, more: str) -> str:
    return f"{row['line']} ({more})"


def _message(key: str, told: Sequence[str]) -> Message:
    rest = ["…"] if len(told) > MOST else []
    return Message(key=key, params={"count": len(told), "lines": ", ".join([*told[:MOST], *rest])})
