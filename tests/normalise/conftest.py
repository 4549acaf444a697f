"""What the tests of part identity share: lines as the reader gives them, one normalised line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from chipward.normalise import normalise
from chipward.read import BOM_SCHEMA

DAY = date(2026, 11, 24)
Line = Mapping[str, Any]


def table(lines: Iterable[Line]) -> pa.Table:
    """Lines of a bill of materials; what is left out is empty."""
    rows = [
        {"line": n, "row": n + 1, "fitted": True, "quantity": 1.0, **line}
        for n, line in enumerate(lines, 1)
    ]
    return pa.Table.from_pylist(rows, schema=BOM_SCHEMA)


@pytest.fixture
def bom() -> Callable[[Iterable[Line]], pa.Table]:
    return table


@pytest.fixture
def part() -> Callable[..., dict[str, Any]]:
    """One line, normalised: ``part(mpn="BSS138PW", maker="NXP")``."""

    def one(on: date = DAY, **cells: Any) -> dict[str, Any]:
        return normalise(table([cells]), on).to_pylist()[0]

    return one
