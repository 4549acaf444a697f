"""Every table of the fact base is declared, loads, and says its units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chipward.errors import DataError, Where
from chipward.resources import data_dir
from chipward.tables import PARSERS, column_types, load, typed_column
from chipward.textcsv import read_rows

if TYPE_CHECKING:
    from pathlib import Path

DATA = data_dir()
# Read by their own modules before any table can be typed: the catalogue, and the two dictionaries.
META = {"facts", "tables"}
NUMBERS = {"number"}


def _name(path: Path) -> str:
    return path.relative_to(DATA).with_suffix("").as_posix()


FOUND = sorted(
    name
    for name in map(_name, DATA.rglob("*.csv"))
    if name not in META and not name.startswith("messages/")
)
DECLARED = read_rows(DATA / "tables.csv")


@pytest.mark.parametrize("name", FOUND)
def test_every_file_is_declared_and_loads(name: str) -> None:
    table = load(name)
    assert table.num_rows > 0 or name.endswith("/country_groups")  # a regime may group nobody


def test_every_declared_table_exists() -> None:
    assert sorted(column_types()) == FOUND


def test_declarations_are_whole() -> None:
    keys = [(row["table"], row["column"]) for row in DECLARED]
    assert len(keys) == len(set(keys))
    for row in DECLARED:
        assert row["type"] in PARSERS, row
        assert row["description"], row


def test_number_columns_say_their_unit() -> None:
    """In ``unit``, or row by row in a column named ``unit`` of the same table; 1 is unitless."""
    own_unit = {row["table"] for row in DECLARED if row["column"] == "unit"}
    bare = [
        f"{row['table']}.{row['column']}"
        for row in DECLARED
        if row["type"] in NUMBERS and not row["unit"] and row["table"] not in own_unit
    ]
    assert not bare


def test_facts_are_whole() -> None:
    rows = read_rows(DATA / "facts.csv")
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    for row in rows:
        assert row["type"] in PARSERS, row
        assert row["description"], row
        assert row["lens"], row
        assert row["given_by"], row
        assert row["ask"] in {"review", "line", "never"}, row
        assert row["unit"] or row["type"] not in NUMBERS, row


def test_a_wrong_cell_is_refused_with_its_row() -> None:
    """The other side of loading: a table that would not load is not read as empty."""
    with pytest.raises(DataError) as caught:
        typed_column(["1", "two"], "integer", Where("t.csv", column="n"))
    assert caught.value.where == Where("t.csv", 3, "n")
