"""How a file was read, in sentences: sheet, header, each column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chipward.review import Message


def describe(bom: Mapping[str, Any]) -> list[Message]:
    """Sentences about the ``bom`` of a review: sheet, place of the header, what each column is.

    >>> column = {"column": "Comment", "meaning": "mpn", "how": "given"}
    >>> [m.key for m in describe({"header_row": 1, "columns": [column]})]
    ['read.header_at', 'read.column_as']
    """
    out: list[Message] = []
    if bom.get("sheet"):
        out.append(Message(key="read.sheet_read", params={"sheet": _quoted(bom["sheet"])}))
    if bom.get("header_row"):
        out.append(Message(key="read.header_at", params={"row": bom["header_row"]}))
    for column in bom["columns"]:
        params = {
            "column": _quoted(column["column"]),
            "meaning": f"@read.meaning.{column['meaning']}",
            "how": f"@read.how.{column['how']}",
        }
        out.append(Message(key="read.column_as", params=params))
    return out


def _quoted(name: str) -> str:
    """A name of the user's in quotation marks, so that none is taken for a catalogue key."""
    return f"“{name}”"
