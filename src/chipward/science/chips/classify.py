"""`classify`: the class of chips by their parameters, with every test and its margin.

Three-valued throughout: a missing parameter leaves classes open, and the class is given only where
all completions agree. Vectorised a vintage at a time; no row is visited in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chipward.errors import DateError
from chipward.science.chips.eccn import VENDOR_COLUMNS, candidates, clash, vendor_levels
from chipward.science.chips.grid import Grid, Masks, grid_of
from chipward.science.chips.margins import TESTS, list_of, made_tests
from chipward.science.chips.paragraphs import (
    CEILING,
    MEMORY,
    NONE,
    PROCESSOR,
    REVIEW,
    Bools,
    Vintage,
    regime,
    vintage_codes,
    vintages,
)
from chipward.science.chips.specs import DENSITY, FORM, MEMORY_DENSITY, Specs, read_specs
from chipward.tables import TEXT, TEXT_LIST, load, rows_of
from chipward.vectors import codes_of

AS_OF = "as_of_date"
CANDIDATE = pa.struct([("form", TEXT), ("eccn", TEXT), ("basis", TEXT)])
SCHEMA = pa.schema(
    [
        ("chip", TEXT),
        (AS_OF, pa.date32()),
        ("class", TEXT),
        ("possible_classes", TEXT_LIST),
        ("eccn_candidates", pa.list_(CANDIDATE)),
        ("vendor_eccn", TEXT),
        ("clash", pa.bool_()),
        ("cn_mo_review_policy", TEXT),
        ("performance_density_used", pa.float64()),
        ("memory_bandwidth_density_used", pa.float64()),
        ("missing", TEXT_LIST),
        ("notes", TEXT_LIST),
        ("tests", pa.list_(TESTS)),
        ("verify", pa.bool_()),
    ]
)
CERTIFIED, DENIAL, NO_BANDWIDTH = (
    "case_by_case_if_certified",
    "presumption_of_denial",
    "unknown_bandwidth",
)
NOTE_CLASH, NOTE_EARLY = "chips.note.clash", "chips.note.before_the_law"
NOTE_BELOW, NOTE_ABOVE = "chips.note.hbm_below", "chips.note.hbm_at_or_above"
_GIVEN = frozenset({"chip", AS_OF, "vendor_eccn", "verify"})
"""Columns that do not come from the paragraphs."""
GIVEN = "input_"
"""Prefix of an input column whose name is one of ours."""


def possible(grid: Grid, specs: Specs) -> tuple[Masks, dict[str, Bools]]:
    """The classes each row may still have, and which unknown facts could change that.

    Returns:
        Masks over ``grid.classes``, and a flag a fact (``form`` too, where processor or memory
        decides).
    """
    processor = grid.cells({fact: specs.values[fact] for fact in grid.facts})
    memory = grid.cells(specs.memory_values(grid.facts))
    as_processor = grid.masks[PROCESSOR][processor]
    as_memory = grid.masks[MEMORY][memory]
    mask = _where(specs.processor, as_processor) | _where(specs.memory, as_memory)
    wanted = {
        fact: (specs.processor & grid.varies[PROCESSOR][k][processor])
        | (specs.memory & grid.varies[MEMORY][k][memory])
        for k, fact in enumerate(grid.facts)
    }
    told_apart = specs.processor & specs.memory & (as_processor != as_memory)
    wanted[FORM] = told_apart & ~np.isnan(specs.values[MEMORY_DENSITY])
    return mask, wanted


def _where(flags: Bools, masks: Masks) -> Masks:
    return np.where(flags, masks, 0).astype(np.int64)


def within(mask: Masks, bits: int) -> Bools:
    """Rows all of whose possible classes lie in ``bits``."""
    return (mask & ~np.int64(bits)) == 0


def _limbs_met(vintage: Vintage, kind: str, specs: Specs) -> tuple[Bools, Bools, Bools]:
    """Over the limbs of a kind: all true, any false, any unknown."""
    limbs = vintage.of_kind(kind)
    values = [specs.values[limb.fact] for limb in limbs]
    unknown = [np.isnan(column) for column in values]
    with np.errstate(invalid="ignore"):
        met = [limb.holds(column) for limb, column in zip(limbs, values, strict=True)]
    false = [~m & ~u for m, u in zip(met, unknown, strict=True)]
    return np.all(met, axis=0), np.any(false, axis=0), np.any(unknown, axis=0)


def _review(vintage: Vintage, grid: Grid, mask: Masks, specs: Specs) -> npt.NDArray[np.object_]:
    """Review policy of the limbs of kind ``review`` for rows of the levels they cover."""
    out = np.full(len(specs), None, np.object_)
    limbs = vintage.of_kind(REVIEW)
    if limbs:
        met, false, _ = _limbs_met(vintage, REVIEW, specs)
        policy = np.where(met, CERTIFIED, np.where(false, DENIAL, NO_BANDWIDTH))
        covered = within(mask, grid.bits(limbs[0].covers))
        out[covered] = policy[covered]
    return out


def _ceiling_notes(vintage: Vintage, grid: Grid, mask: Masks, specs: Specs) -> dict[str, Bools]:
    limbs = vintage.of_kind(CEILING)
    if not limbs:
        return {}
    met, false, _ = _limbs_met(vintage, CEILING, specs)
    covered = within(mask, grid.bits(limbs[0].covers))
    return {NOTE_BELOW: covered & met, NOTE_ABOVE: covered & false}


def _by_kind(
    codes: npt.NDArray[np.int64], function: Callable[[int], Any], kind: pa.DataType
) -> pa.Array[Any]:
    """Apply a function once to each distinct code and spread it over the rows."""
    values, inverse = np.unique(codes, return_inverse=True)
    return pa.array([function(int(v)) for v in values], kind).take(pa.array(inverse))


def _levelled(grid: Grid, bits: int) -> list[tuple[str, str]]:
    pairs = zip(grid.classes, grid.levels, strict=True)
    return [pair for i, pair in enumerate(pairs) if bits >> i & 1]


def _candidates(vintage: Vintage, grid: Grid, mask: Masks, specs: Specs) -> pa.Array[Any]:
    top = 1 << len(grid.classes)
    kinds = (specs.form_codes * 2 + (specs.memory & ~specs.processor)) * top + mask

    def to_look_at(code: int) -> list[dict[str, str]]:
        form, bits = divmod(code, top)
        named = _levelled(grid, bits)
        return candidates(named, specs.forms[form // 2], vintage.start, memory=form % 2 == 1)

    return _by_kind(kinds, to_look_at, pa.list_(CANDIDATE))


def _clashes(vintage: Vintage, grid: Grid, mask: Masks, vendor: pa.Array[Any]) -> pa.Array[Any]:
    top = 1 << len(grid.classes)
    codes, cells = codes_of(vendor)

    def clashes(code: int) -> bool | None:
        at, bits = divmod(code, top)
        if cells[at] is None:
            return None
        ours = frozenset(level for _, level in _levelled(grid, bits))
        return clash(ours, vendor_levels(cells[at], grid.levels, vintage.start))

    return _by_kind(codes * top + mask, clashes, pa.bool_())


def _classify_vintage(
    vintage: Vintage, specs: Specs, vendor: pa.Array[Any]
) -> dict[str, pa.Array[Any]]:
    grid = grid_of(vintage)
    mask, wanted = possible(grid, specs)
    clash_column = _clashes(vintage, grid, mask, vendor)
    notes = {**specs.notes, **_ceiling_notes(vintage, grid, mask, specs)}
    notes[NOTE_CLASH] = clash_column.fill_null(False).to_numpy(zero_copy_only=False)
    density = np.where(specs.undefined, np.nan, specs.values[DENSITY])
    return {
        "class": _by_kind(mask, lambda m: _only(grid.named(m)), TEXT),
        "possible_classes": _by_kind(mask, grid.named, TEXT_LIST),
        "eccn_candidates": _candidates(vintage, grid, mask, specs),
        "clash": clash_column,
        "cn_mo_review_policy": pa.array(_review(vintage, grid, mask, specs), TEXT),
        "performance_density_used": pa.array(density, from_pandas=True),
        "memory_bandwidth_density_used": pa.array(specs.values[MEMORY_DENSITY], from_pandas=True),
        "missing": list_of(wanted),
        "notes": list_of(notes),
        "tests": made_tests(vintage, specs),
    }


def _only(names: Sequence[str]) -> str | None:
    return names[0] if len(names) == 1 else None


def _days(specs: pa.Table, default_day: date) -> npt.NDArray[np.datetime64]:
    first = vintages()[0].start
    if default_day < first:
        raise DateError("chips.too_early", day=default_day, first=first)
    if AS_OF not in specs.column_names:
        return np.full(specs.num_rows, np.datetime64(default_day), "datetime64[D]")
    given = specs[AS_OF].combine_chunks().fill_null(default_day)
    return given.to_numpy(zero_copy_only=False).astype("datetime64[D]")


def _before_the_law(count: int) -> pa.Table:
    """Answers for days on which no paragraph was law yet."""
    same = {"class": NONE, "possible_classes": [NONE], "notes": [NOTE_EARLY]}
    empty: dict[str, Any] = {"eccn_candidates": [], "missing": [], "tests": []}
    fields = [field for field in SCHEMA if field.name not in _GIVEN]
    return pa.table(
        {f.name: pa.array([{**empty, **same}.get(f.name)] * count, f.type) for f in fields}
    )


def verified_to() -> date:
    """The last day up to which the text of the paragraphs was checked."""
    rows = rows_of(load("jurisdictions"))
    return next(row["verified_to"] for row in rows if row["regime"] == regime())


def _vendor(specs: pa.Table) -> pa.Array[Any]:
    present = [name for name in VENDOR_COLUMNS if name in specs.column_names]
    if not present:
        return pa.nulls(specs.num_rows, TEXT)
    return specs[present[0]].combine_chunks().cast(TEXT)


def _passed_through(specs: pa.Table) -> Mapping[str, Any]:
    """The input columns; one that is named like an answer keeps its cells under a prefix."""
    ours = set(SCHEMA.names) - {"chip", AS_OF, *VENDOR_COLUMNS}
    names = [name for name in specs.column_names if name not in SCHEMA.names or name in ours]
    return {(f"{GIVEN}{name}" if name in ours else name): specs[name] for name in names}


def classify(specs: pa.Table, default_day: date) -> pa.Table:
    """Class of each chip by its parameters, on its own date or else on ``default_day``.

    Args:
        specs: a row a chip; the columns of `read_specs`, ``as_of_date``, a vendor's own
            classification (``vendor_published_eccn`` or ``vendor_eccn``), and any others.
        default_day: the day for rows without a date.

    Returns:
        `SCHEMA`, then the other input columns as they came. ``class`` is null while more than one
        class is possible; margins are value minus threshold; notes are catalogue keys.

    Raises:
        DateError: ``default_day`` lies before the first paragraph was law. A row's own date may.

    >>> given = pa.table({"chip": ["x"], "tpp": [4800.0]})
    >>> classify(given, date(2026, 11, 24))["class"].to_pylist()[0].rpartition(".")[0][-1]
    'a'
    """
    days = _days(specs, default_day)
    codes = vintage_codes(days)
    read, vendor = read_specs(specs), _vendor(specs)
    early = np.flatnonzero(codes < 0)
    parts, order = [_before_the_law(len(early))], [early]
    for code, vintage in enumerate(vintages()):
        rows = np.flatnonzero(codes == code)
        if not len(rows):
            continue
        made = _classify_vintage(vintage, read.take(rows), vendor.take(pa.array(rows)))
        parts.append(pa.table(made))
        order.append(rows)
    back = np.argsort(np.concatenate(order))
    answers = pa.concat_tables(parts).take(pa.array(back))
    chip = specs["chip"] if "chip" in specs.column_names else pa.nulls(specs.num_rows, TEXT)
    late = days > np.datetime64(verified_to())
    ours = {
        "chip": chip,
        AS_OF: pa.array(days),
        "vendor_eccn": vendor,
        "verify": pa.array(late),
        **{name: answers[name] for name in answers.column_names},
    }
    table = pa.table({name: ours[name] for name in SCHEMA.names}, schema=SCHEMA)
    return pa.table({**{n: table[n] for n in SCHEMA.names}, **_passed_through(specs)})
