"""Facts of the control lens: raw columns in, the columns the law reads out.

Nothing here knows a country, a code or a law: groups, codes and dates come from ``data/law``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

import numpy as np
import pyarrow as pa

from chipward.facts import facts
from chipward.lenses.control.codes import NO_CODE, codes_by_regime, in_group, listings
from chipward.science.chips import ic_facts
from chipward.tables import ARROW_TYPES, TEXT, TEXT_LIST, load, rows_of
from chipward.vectors import Codes, all_null, codes_of, map_values

COUNTRY_FACTS: Mapping[str, str] = {
    "destination": "destination_groups",
    "end_user_country": "end_user_groups",
    "end_user_hq_country": "end_user_hq_groups",
    "export_from": "export_from_groups",
    "origin_country": "origin_groups",
    "designer_hq_country": "designer_hq_groups",
    "packaged_in": "packaged_in_groups",
}
LISTING_FACTS: Mapping[str, str] = {"listed_as": "listed", "owner_listed_as": "owner_listed"}
UPSTREAM_LANE = "inputs"
PARTY_ASKED = "party_asked"
MADE_WITH, MADE_WITH_GIVEN = "made_with_codes", "made_with_given"
CHIP_FACTS = (
    "tpp",
    "performance_density",
    "datacenter",
    "memory_bandwidth_density_gb_s_mm2",
    "dram_bandwidth_gb_s",
)
# Every raw fact a derived column is made from: rows alike in these and in the facts the law reads
# are of one kind.
SOURCES = (
    "date",
    "item",
    "code_system",
    "lane",
    MADE_WITH,
    *COUNTRY_FACTS,
    *LISTING_FACTS,
    *CHIP_FACTS,
    "interconnect_gb_s",
)
_SEP = "\x1f"


@dataclass(frozen=True, slots=True)
class Members:
    """A dated membership table: group, member, first day, first day after."""

    group: str
    member: str
    start: date | None
    until: date | None

    def live(self, day: date) -> bool:
        """Whether the membership holds on ``day``."""
        return (self.start is None or self.start <= day) and (
            self.until is None or day < self.until
        )


def regimes() -> list[str]:
    """The regimes with encoded law, in the order of the file."""
    return [row["regime"] for row in rows_of(load("jurisdictions"))]


def bare_regime() -> str:
    """The regime a code without a system belongs to."""
    return next(row["regime"] for row in rows_of(load("jurisdictions")) if row["bare_codes"])


def members(regime: str, table: str, member: str) -> list[Members]:
    """The dated membership table of one regime (``country_groups`` or ``item_groups``)."""
    return [
        Members(row["group"], row[member], row["from"], row["until"])
        for row in rows_of(load(f"law/{regime.lower()}/{table}"))
    ]


def raw_table(rows: pa.Table) -> pa.Table:
    """The rows with every raw fact as a typed column; what was not given is null."""
    columns: dict[str, Any] = {}
    for name, fact in facts().items():
        if not fact.raw:
            continue
        kind = ARROW_TYPES[fact.type]
        given = name in rows.column_names
        columns[name] = rows[name].cast(kind) if given else all_null(rows.num_rows, kind)
    return pa.table(columns)


def derive(raw: pa.Table) -> pa.Table:
    """Add every derived column of the control lens to a table made by `raw_table`.

    Raises `DataError` when a law table is broken. The same raw row always gives the same columns,
    so that a missing fact can be tried over its cells by deriving again.
    """
    known = {row["iso2"] for row in rows_of(load("geo/countries"))}
    days = raw["date"].to_pylist()
    columns: dict[str, Any] = {}
    columns |= _item_columns(raw, days)
    columns |= _country_columns(raw, days, known)
    for source, name in LISTING_FACTS.items():
        columns[name] = map_values(raw[source], lambda cell: list(listings(cell)), TEXT_LIST)
    columns[MADE_WITH_GIVEN] = map_values(raw[MADE_WITH], _some_code, pa.bool_())
    columns[PARTY_ASKED] = pa.array([lane != UPSTREAM_LANE for lane in raw["lane"].to_pylist()])
    table = pa.table({**{n: raw[n] for n in raw.column_names}, **columns})
    return pa.table({**{n: table[n] for n in table.column_names}, **ic_facts(table)})


def inputs_of(derived: str) -> tuple[str, ...]:
    """The raw facts a derived column is made from, as far as a user can be asked for them."""
    if derived in facts() and facts()[derived].raw:
        return (derived,)
    for source, name in {**COUNTRY_FACTS, **LISTING_FACTS, MADE_WITH: MADE_WITH_GIVEN}.items():
        if derived == name:
            return (source,)
    return CHIP_FACTS if derived.startswith("ic_") else ("item",)


def country_classes(named: frozenset[str]) -> list[str]:
    """The named countries, and one country of each class the country groups tell apart.

    Two countries are of one class when they have always been in the same groups.
    """
    known = {row["iso2"] for row in rows_of(load("geo/countries"))}
    rows = [
        (regime, row) for regime in regimes() for row in members(regime, "country_groups", "iso2")
    ]
    classes: dict[frozenset[tuple[str, Members]], str] = {}
    for country in sorted(known - named):
        mine = frozenset(
            (regime, replace(row, member="")) for regime, row in rows if row.member == country
        )
        classes.setdefault(mine, country)
    return [*sorted(named & known), *classes.values()]


def _some_code(joined: str) -> bool:
    """Whether a list of codes, joined by `codes_of`, names any; ``none`` alone names none."""
    return any(code.casefold() not in {"", NO_CODE} for code in joined.split(_SEP))


def _epochs(days: Sequence[date], edges: Iterable[date | None]) -> tuple[Codes, list[date]]:
    """Number the stretches of time between ``edges``; a representative day for each number."""
    marks = sorted({edge for edge in edges if edge is not None})
    codes = np.searchsorted(
        np.array(marks, "datetime64[D]"), np.array(days, "datetime64[D]"), "right"
    )
    first = {int(code): day for code, day in zip(codes.tolist(), days, strict=True)}
    return codes.astype(np.int64), [first.get(i, date.min) for i in range(len(marks) + 1)]


def _dated(
    column: pa.ChunkedArray | pa.Array[Any],
    days: Sequence[date],
    rows: Sequence[Members],
    function: Callable[[Any, date], Any],
    kind: pa.DataType,
) -> pa.Array[Any]:
    """Apply ``function(value, day)`` once a distinct value and stretch of unchanged membership."""
    epochs, samples = _epochs(days, [edge for row in rows for edge in (row.start, row.until)])
    codes, values = codes_of(column)
    pairs, kinds = np.unique(codes * len(samples) + epochs, return_inverse=True)
    results: list[Any] = []
    for pair in cast("list[int]", pairs.tolist()):
        value = values[pair // len(samples)]
        results.append(None if value is None else function(value, samples[pair % len(samples)]))
    return pa.array(results, kind).take(pa.array(kinds))


def _country_columns(
    raw: pa.Table, days: Sequence[date], known: set[str]
) -> dict[str, pa.Array[Any]]:
    tables = {regime: members(regime, "country_groups", "iso2") for regime in regimes()}
    everything = [row for rows in tables.values() for row in rows]

    def groups(country: str, day: date) -> list[str] | None:
        if country not in known:
            return None
        return sorted(
            f"{regime}:{row.group}"
            for regime, rows in tables.items()
            for row in rows
            if row.member == country and row.live(day)
        )

    return {
        name: _dated(raw[source], days, everything, groups, TEXT_LIST)
        for source, name in COUNTRY_FACTS.items()
    }


def _item_columns(raw: pa.Table, days: Sequence[date]) -> dict[str, pa.Array[Any]]:
    bare = bare_regime()
    joined = pa.array(
        [
            None if item is None else f"{system or ''}{_SEP}{item}"
            for item, system in zip(
                raw["item"].to_pylist(), raw["code_system"].to_pylist(), strict=True
            )
        ],
        TEXT,
    )
    columns: dict[str, pa.Array[Any]] = {}
    for regime in regimes():
        columns |= _regime_items(regime, bare, joined, days)
    return columns


def _regime_items(
    regime: str, bare: str, joined: pa.Array[Any], days: Sequence[date]
) -> dict[str, pa.Array[Any]]:
    low = regime.lower()

    def codes(cell: str) -> list[str] | None:
        system, _, item = cell.partition(_SEP)
        found = codes_by_regime(item, system, bare).get(regime)
        return None if found is None else list(found)

    modelled = [row["code"] for row in rows_of(load(f"law/{low}/modelled_codes"))]

    def covered(cell: str) -> bool | None:
        given = codes(cell)
        return None if given is None else all(in_group([c], modelled) is not False for c in given)

    def some(cell: str) -> bool | None:
        given = codes(cell)
        return None if given is None else bool(given)

    columns = {
        f"{low}_items": map_values(joined, codes, TEXT_LIST),
        f"{low}_item_given": map_values(joined, some, pa.bool_()),
        f"{low}_item_modelled": map_values(joined, covered, pa.bool_()),
    }
    rows = members(regime, "item_groups", "code")
    for group in sorted({row.group for row in rows}):
        own = [row for row in rows if row.group == group]

        def belongs(cell: str, day: date, own: Sequence[Members] = own) -> bool | None:
            return in_group(codes(cell), [row.member for row in own if row.live(day)])

        columns[group] = _dated(joined, days, own, belongs, pa.bool_())
    return columns
