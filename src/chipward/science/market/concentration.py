"""Concentration of the output of a material over countries."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chipward.vectors import distinct_rows

KEY = ("material", "stage", "year")
COUNTRY, EXACT = "country", "="
CONCENTRATION_SCHEMA = pa.schema(
    [
        ("material", pa.string()),
        ("stage", pa.string()),
        ("year", pa.int64()),
        ("top_country", pa.string()),
        ("top_share_pct", pa.float64()),
        ("hhi", pa.float64()),
        ("n_countries", pa.int64()),
        ("n_missing", pa.int64()),
        ("n_bounded", pa.int64()),
    ]
)
Numbers = npt.NDArray[np.float64]


def concentration(production: pa.Table) -> pa.Table:
    """Top country, its share, and the Herfindahl-Hirschman index of each material and stage.

    The index is the sum of the squared percentage shares, 0 to 10,000 points (U.S. Department of
    Justice and Federal Trade Commission, Merger Guidelines, 18 December 2023, section 2.1, there
    for the firms of a market). Here the shares are those of countries in the output of all
    *countries named*: rows of another ``area`` (``other``, ``world``) are left out, so is a
    country without output. A missing value is never zero: its country is left out and counted in
    ``n_missing``, which means that the shares of the rest are too high. A value that is a bound
    (``<`` or ``>``) enters as it stands and is counted in ``n_bounded``.

    Args:
        production: columns ``material, stage, area, country, year, value``, optionally ``bound``;
            within a (material, stage, year) all values are in one unit.

    Returns:
        A row a (material, stage, year) with some output, sorted, in `CONCENTRATION_SCHEMA`.
        Shares in percent. Of countries with the same share the first in the alphabet is the top.

    >>> import pyarrow as pa
    >>> rows = [("gallium", "primary", "country", "XA", 2025, 90.0)]
    >>> rows += [("gallium", "primary", "country", "XB", 2025, 10.0)]
    >>> names = ["material", "stage", "area", "country", "year", "value"]
    >>> table = pa.table(dict(zip(names, map(list, zip(*rows)))))
    >>> concentration(table).select(["top_country", "top_share_pct", "hhi"]).to_pylist()
    [{'top_country': 'XA', 'top_share_pct': 90.0, 'hhi': 8200.0}]
    """
    named = production.filter(pc.equal(production["area"], COUNTRY))
    named = named.sort_by([(name, "ascending") for name in (*KEY, "country")])
    if not named.num_rows:
        return CONCENTRATION_SCHEMA.empty_table()
    out = _measure(named)
    return out.sort_by([(name, "ascending") for name in KEY])


def _measure(named: pa.Table) -> pa.Table:
    """The measures of each group of the sorted rows of countries."""
    first, group = distinct_rows(named, KEY)
    value: Numbers = named["value"].to_numpy().astype(np.float64)
    missing = np.isnan(value)
    amount = np.where(missing, 0.0, value)
    size = len(first)
    total = np.bincount(group, weights=amount, minlength=size)
    share: Numbers = np.divide(
        100.0 * amount, total[group], out=np.zeros_like(amount), where=total[group] > 0
    )
    top = np.lexsort((np.arange(len(share)), -share, group))
    leader = top[np.searchsorted(group[top], np.arange(size))]
    columns = {
        **{name: named[name].take(pa.array(first)) for name in KEY},
        "top_country": named["country"].take(pa.array(leader)),
        "top_share_pct": share[leader],
        "hhi": np.bincount(group, weights=share**2, minlength=size),
        "n_countries": np.bincount(group, weights=amount > 0, minlength=size).astype(np.int64),
        "n_missing": np.bincount(group, weights=missing, minlength=size).astype(np.int64),
        "n_bounded": np.bincount(group, weights=_bounded(named), minlength=size).astype(np.int64),
    }
    return pa.table(columns, schema=CONCENTRATION_SCHEMA).filter(pa.array(total > 0))


def _bounded(named: pa.Table) -> npt.NDArray[np.bool_]:
    """Rows whose value is a bound and no figure."""
    if "bound" not in named.column_names:
        return np.zeros(named.num_rows, dtype=np.bool_)
    bound = pc.fill_null(pc.not_equal(named["bound"], EXACT), False)
    return np.asarray(bound.to_numpy(), dtype=np.bool_)
