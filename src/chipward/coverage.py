"""What is modelled and what is not, said in every review; and the cautions a board calls for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

import pyarrow as pa

from chipward.law.yaml_text import read_yaml
from chipward.profile import Profile
from chipward.resources import data_dir
from chipward.review import Message
from chipward.tables import load, rows_of

REGISTER = "coverage.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One area of law or fact, and how far it is modelled."""

    number: int
    lens: str
    regime: str
    status: str
    words: Mapping[str, str]


@cache
def areas() -> tuple[Area, ...]:
    """The areas of ``coverage.yaml``, in its order."""
    read = cast("list[dict[str, str]]", read_yaml(data_dir() / REGISTER))
    return tuple(
        Area(
            number=number,
            lens=one["lens"],
            regime=one["regime"],
            status=one["status"],
            words={name: one[name] for name in ("area", "area_zh", "what_en", "what_zh")},
        )
        for number, one in enumerate(read)
    )


def coverage(parts: pa.Table, profile: Profile | None) -> tuple[Message, ...]:
    """What this review models, then what its kinds of parts may fall under that it does not."""
    said = [
        Message(
            key=f"coverage.{area.status}",
            params={"area": f"@area.{area.number}", "what": f"@area_what.{area.number}"},
        )
        for area in areas()
    ]
    if profile is None:
        said.append(Message(key="coverage.no_profile"))
    return (*said, *_categories(parts))


def _categories(parts: pa.Table) -> list[Message]:
    lines: dict[str, list[int]] = defaultdict(list)
    columns = (parts[name].to_pylist() for name in ("category", "line", "fitted"))
    for category, line, fitted in zip(*columns, strict=True):
        if category and fitted:
            lines[category].append(line)
    return [
        Message(
            key="coverage.category",
            params={
                "lines": ", ".join(map(str, lines[row["category"]][:12])),
                "category": f"@category.{row['category']}",
                "what": row["what"],
                "regime": f"@regime.{row['regime']}",
            },
        )
        for row in rows_of(load("coverage_categories"))
        if row["category"] in lines
    ]


def cautions(parts: pa.Table, profile: Profile | None, on: date) -> tuple[Message, ...]:
    """What to mind beside the findings: acts that limit mapping suppliers in a country."""
    decree = {row["country"]: row for row in rows_of(load("policy/supplier_cautions"))}
    places = {c for c in parts["maker_country"].to_pylist() if c}
    if profile is not None:
        places.add(profile.country)
    return tuple(
        Message(key=row["message"], params={"since": row["from"].isoformat()})
        for country, row in sorted(decree.items())
        if country in places and on >= row["from"]
    )
