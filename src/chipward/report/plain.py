"""A review as plain values: dictionaries, lists, text, numbers, booleans and null.

Every report starts here, so that a review just made and one read back from a file look alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from chipward.review import Review

SIGNIFICANT = 6
"""Significant digits a float keeps in any report."""

ReviewDict = dict[str, Any]


def rounded(number: float) -> float | int | None:
    """A float as reports print it: six significant digits, whole numbers without a point.

    >>> rounded(0.1 + 0.2), rounded(4800.0), rounded(float("nan"))
    (0.3, 4800, None)
    """
    if not math.isfinite(number):
        return None
    short = float(f"{number:.{SIGNIFICANT}g}")
    return int(short) if short.is_integer() else short


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


class _Plainer:
    """Turns values plain once each: provisions and citations are shared by many findings."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[Any, Any]] = {}

    def plain(self, value: Any) -> Any:
        if value is None or isinstance(value, str | bool | int):
            return value
        if isinstance(value, float):
            return rounded(value)
        if isinstance(value, date):
            return value.isoformat()
        return self._container(value)

    def _container(self, value: Any) -> Any:
        key = id(cast("object", value))
        if key in self._seen:
            return self._seen[key][1]
        out: Any
        if isinstance(value, Mapping):
            pairs = cast("Mapping[Any, Any]", value).items()
            out = {str(key): self.plain(item) for key, item in pairs}
        elif is_dataclass(value):
            out = {name: self.plain(getattr(value, name)) for name in _field_names(type(value))}
        elif isinstance(value, Iterable):
            out = [self.plain(item) for item in cast("Iterable[Any]", value)]
        else:
            raise TypeError(type(value).__name__)
        self._seen[key] = (value, out)
        return out


def as_plain(review: Review | Mapping[str, Any]) -> ReviewDict:
    """The review as plain values, in the order of the schema, floats rounded.

    Args:
        review: a review, or one read back from JSON.

    Returns:
        New dictionaries and lists; equal parts may be one object, so treat them as read only.
    """
    return cast("ReviewDict", _Plainer().plain(review))
