"""The register of sources: where the facts were read, how old that is, what may be shipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from chipward.dates import parse_day
from chipward.errors import DataError, Where
from chipward.law.yaml_text import read_yaml
from chipward.resources import data_dir
from chipward.tables import load

REGISTER = "sources.yaml"
FIELDS = frozenset(
    ["title", "url", "url_checked", "license", "attribution", "cadence", "stale_after_days"]
) | {"ship", "as_of"}
# Words that stand in place of a source where the fact was not read anywhere.
OPEN = frozenset({"uncited", "verify"})
SHIP = frozenset({"yes", "facts", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place where facts were read, and its age on the day asked for.

    ``as_of`` is the day it was published or, where that is not known, the day it was read, as
    text; ``age_days`` and ``stale`` are relative to the day asked for.
    """

    id: str
    title: str
    url: str
    url_checked: str
    license: str
    attribution: str
    cadence: str
    stale_after_days: int | None
    ship: str
    as_of: str
    age_days: int | None
    stale: bool


def source_id(cell: str) -> str:
    """The id in a ``source`` cell, which may go on with a colon and a detail.

    >>> source_id("usgs_mcs_2026: Gallium")
    'usgs_mcs_2026'
    """
    return cell.partition(":")[0].strip()


def is_open(cell: str) -> bool:
    """Whether a ``source`` cell says that the fact was not read anywhere.

    >>> is_open("uncited: general engineering knowledge"), is_open("mofcom: 23/2023")
    (True, False)
    """
    return source_id(cell) in OPEN


def sources(on: date, only: Iterable[str] | None = None) -> list[Source]:
    """All sources, or those named, sorted by id, with their age on ``on``.

    Raises `DataError` for an entry with missing or unknown fields.
    """
    entries = _entries()
    names = sorted(entries if only is None else set(only) & set(entries))
    return [_source(name, entries[name], on) for name in names]


def attributions(only: Iterable[str]) -> list[str]:
    """The attribution lines of the sources named, sorted by id, each once."""
    entries = _entries()
    lines = (entries[name]["attribution"] for name in sorted(set(only) & set(entries)))
    return list(dict.fromkeys(line for line in lines if line))


def uncited(table: str) -> tuple[int, int]:
    """Rows of a table whose fact was not read anywhere, and all its rows.

    >>> without, rows = uncited("supply/part_materials")
    >>> 0 < without < rows
    True
    """
    cells = cast("list[str]", load(table)["source"].to_pylist())
    return sum(map(is_open, cells)), len(cells)


def _source(name: str, entry: Mapping[str, str], on: date) -> Source:
    limit = int(entry["stale_after_days"]) if entry["stale_after_days"] else None
    age = (on - parse_day(entry["as_of"])).days if entry["as_of"] else None
    stale = age is not None and limit is not None and age > limit
    fields = {key: value for key, value in entry.items() if key != "stale_after_days"}
    return Source(id=name, **fields, stale_after_days=limit, age_days=age, stale=stale)


@cache
def _entries() -> Mapping[str, Mapping[str, str]]:
    read = cast("Mapping[str, Mapping[str, str]]", read_yaml(data_dir() / REGISTER))
    for name, entry in read.items():
        odd = sorted(set(entry) ^ FIELDS)
        if odd or entry["ship"] not in SHIP:
            place = Where(REGISTER, column=name)
            raise DataError("error.data_columns", where=place, columns=", ".join(odd) or "ship")
    return {str(name): {k: str(v) for k, v in entry.items()} for name, entry in read.items()}
