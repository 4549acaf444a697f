"""The register of sources: whole, dated, and its terms kept by the data that is shipped."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from chipward import sources as module
from chipward.dates import parse_day
from chipward.errors import DataError
from chipward.resources import data_dir
from chipward.sources import FIELDS, OPEN, attributions, source_id, sources, uncited
from chipward.textcsv import read_rows

ON = date(2026, 11, 24)
REGISTER = {source.id: source for source in sources(ON)}
# "Single cited figures" of a source whose publication may not be shipped.
SINGLE_FIGURES = 12
FOLDERS = ("supply", "policy")


def cells() -> list[tuple[str, str]]:
    """(file, source id) of every row of the tables kept with this register."""
    out: list[tuple[str, str]] = []
    for folder in FOLDERS:
        for path in sorted((data_dir() / folder).glob("*.csv")):
            out += [
                (path.name, source_id(row["source"])) for row in read_rows(path) if "source" in row
            ]
    return out


def test_sorted_and_whole() -> None:
    assert list(REGISTER) == sorted(REGISTER)
    for source in REGISTER.values():
        assert source.title
        assert source.license
        assert source.attribution
        assert source.ship in {"yes", "facts", "no"}
        assert source.url_checked == "never" or parse_day(source.url_checked)
        assert parse_day(source.as_of)


def test_age_is_relative_to_the_day() -> None:
    usgs = REGISTER["usgs_mcs_2026"]
    limit = usgs.stale_after_days or 0
    last = parse_day(usgs.as_of) + timedelta(days=limit)
    assert not sources(last, ["usgs_mcs_2026"])[0].stale
    assert sources(last + timedelta(days=1), ["usgs_mcs_2026"])[0].stale
    assert usgs.age_days == (ON - parse_day(usgs.as_of)).days


def test_only_those_asked_for() -> None:
    assert [s.id for s in sources(ON, ["usgs_mcs_2026", "mofcom", "no_such"])] == [
        "mofcom",
        "usgs_mcs_2026",
    ]
    assert attributions(["usgs_mcs_2026", "no_such"]) == [REGISTER["usgs_mcs_2026"].attribution]


def test_every_row_names_a_source_of_the_register() -> None:
    odd = {(file, one) for file, one in cells() if one not in REGISTER and one not in OPEN}
    assert not odd


def test_terms_are_kept() -> None:
    counts = Counter(one for _, one in cells() if one in REGISTER)
    assert counts
    for name, rows in counts.items():
        assert REGISTER[name].ship != "no", name
        assert REGISTER[name].ship == "yes" or rows <= SINGLE_FIGURES, (name, rows)


@pytest.mark.parametrize(
    "table", ["supply/part_materials", "supply/alternatives", "supply/concentration"]
)
def test_uncited_never_exceeds_the_rows(table: str) -> None:
    without, rows = uncited(table)
    assert 0 <= without <= rows


WHOLE = dict.fromkeys(sorted(FIELDS), "x") | {"as_of": "2026-01-01", "stale_after_days": "1"}
BROKEN = {"short": {"title": "t"}, "odd ship": WHOLE | {"ship": "maybe"}}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_entry_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"  {key}: '{value}'\n" for key, value in BROKEN[name].items())
    (tmp_path / "sources.yaml").write_text(f"a:\n{lines}", encoding="utf-8")
    monkeypatch.setattr(module, "data_dir", lambda: tmp_path)
    module._entries.cache_clear()
    try:
        with pytest.raises(DataError) as caught:
            sources(ON)
        assert caught.value.where.column == "a"
    finally:
        module._entries.cache_clear()
