"""The review as JSON: the contract, ``schema/review-1.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from chipward.report.plain import as_plain
from chipward.review import Review


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def _member(value: Any) -> str:
    """A list of objects an object a line, everything else on one line."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        items = cast("list[Any]", value)
        return "[\n" + ",\n".join(f" {_compact(item)}" for item in items) + "\n]"
    return _compact(value)


def document(content: Mapping[str, Any]) -> bytes:
    """UTF-8, one member a line and one list item a line, so that two files compare line by line.

    >>> document({"on": "2026-11-28", "lines": [{"line": 1}, {"line": 2}]}).decode().splitlines()
    ['{', '"on": "2026-11-28",', '"lines": [', ' {"line": 1},', ' {"line": 2}', ']', '}']
    """
    members = [f"{_compact(name)}: {_member(value)}" for name, value in content.items()]
    return ("{\n" + ",\n".join(members) + "\n}\n").encode("utf-8", "replace")


def render(review: Review | Mapping[str, Any]) -> bytes:
    """The review in the order of the schema; the same review gives the same bytes."""
    return document(as_plain(review))
