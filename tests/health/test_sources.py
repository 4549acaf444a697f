"""Nothing in the fact base stands without a source, and no source is used beyond its terms.

The register itself is tested in tests/sources; this is about everything that refers to it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from chipward.law.load import load_laws
from chipward.sources import OPEN, source_id, sources
from chipward.tables import column_types, load

REGISTER = {one.id: one for one in sources(date(2026, 11, 24))}
KNOWN = set(REGISTER) | OPEN
# Single cited figures, a table, from a source whose publication may not be shipped.
SINGLE_FIGURES = 40
NO_TABLE = {"natural_earth"}  # the outlines of data/geo/world_paths.json
WITH_SOURCE = sorted(name for name, types in column_types().items() if "source" in types)


def test_every_table_has_a_source_column() -> None:
    assert sorted(column_types()) == WITH_SOURCE


@pytest.mark.parametrize("name", WITH_SOURCE)
def test_every_row_has_a_known_source(name: str) -> None:
    cells = load(name)["source"].to_pylist()
    assert all(cells), f"rows without a source: {[i + 2 for i, c in enumerate(cells) if not c]}"
    odd = {source_id(cell) for cell in cells} - KNOWN
    assert not odd, f"not in data/sources.yaml: {sorted(odd)}"


@pytest.mark.parametrize("name", WITH_SOURCE)
def test_terms_are_kept(name: str) -> None:
    for source, rows in Counter(map(source_id, load(name)["source"].to_pylist())).items():
        ship = REGISTER[source].ship if source in REGISTER else "yes"
        assert ship != "no", f"{rows} rows from {source}"
        assert ship == "yes" or rows <= SINGLE_FIGURES, f"{rows} rows from {source}"


def test_every_provision_version_is_cited() -> None:
    for provision in load_laws().provisions:
        for version in provision.versions:
            for cite in filter(None, (version.cite, version.suspended_by)):
                place = f"{provision.id} version {version.number}"
                assert cite.instrument, place
                assert source_id(cite.via) in KNOWN, f"{place}: via {cite.via!r}"
                assert not cite.url or cite.url.startswith(("http://", "https://")), place


def test_every_source_is_used() -> None:
    """An entry nobody refers to any more is taken out."""
    cells = [cell for name in WITH_SOURCE for cell in load(name)["source"].to_pylist()]
    cites = [v.cite.via for p in load_laws().provisions for v in p.versions]
    used = {source_id(cell) for cell in [*cells, *cites] if cell} | NO_TABLE
    assert sorted(set(REGISTER) - used) == []
