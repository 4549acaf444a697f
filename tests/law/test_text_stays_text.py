"""``3E001`` is no number, ``NO`` is no false: through every reader of the law and its tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipward.law.load import read_yaml
from chipward.tables import load_file
from chipward.textcsv import read_cells, read_rows

WORDS = ["3E001", "4E001", "5E002", "NO", "NA", "on", "734.10", "00123", "1E6"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "words.csv"
    path.write_text(
        "code,other\n" + "".join(f"{word},{word}\n" for word in WORDS), encoding="utf-8"
    )
    return path


def test_csv_cells(table: Path) -> None:
    assert [row[0] for row in read_cells(table)[1]] == WORDS
    assert [row["other"] for row in read_rows(table)] == WORDS


def test_typed_tables(table: Path) -> None:
    loaded = load_file(table, {"code": "text", "other": "list"})
    assert loaded["code"].to_pylist() == WORDS
    assert loaded["other"].to_pylist() == [[word] for word in WORDS]


def test_yaml_values_and_keys(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("".join(f"{word}: {word}\n" for word in WORDS), encoding="utf-8")
    assert read_yaml(path) == {word: word for word in WORDS}
    assert all(type(key).__mro__[1] is str for key in read_yaml(path))  # pyright: ignore[reportGeneralTypeIssues]
