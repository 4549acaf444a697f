"""Where the shipped data, schemas and examples lie: in the wheel, or beside ``src`` in a clone."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(packaged: str, cloned: str) -> Path:
    inside = _PACKAGE / packaged
    return inside if inside.is_dir() else _PACKAGE.parent.parent / cloned


def data_dir() -> Path:
    """The folder of the shipped facts (law, materials, parts, messages)."""
    return _folder("_data", "data")


def schema_dir() -> Path:
    """The folder of the published JSON schemas."""
    return _folder("_schema", "schema")


def examples_dir() -> Path:
    """The folder of the example boards."""
    return _folder("_examples", "examples")
