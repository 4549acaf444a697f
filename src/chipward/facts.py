"""The fact dictionary ``data/facts.csv``: names, types, units, vocabularies, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from chipward.resources import data_dir
from chipward.textcsv import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One column of the wide table of facts.

    ``ask`` says how a missing value becomes a question: once a ``review``, once a ``line``, or
    ``never``.
    """

    name: str
    type: str
    unit: str
    vocabulary: tuple[str, ...]
    given_by: str
    ask: str
    description: str

    @property
    def raw(self) -> bool:
        """Whether a user or a lane gives it; everything else is derived from raw facts."""
        return self.given_by in {"user", "lane"}


@cache
def facts() -> Mapping[str, Fact]:
    """Fact name to fact, in the order of the file.

    >>> facts()["tpp"].unit
    'TPP'
    """
    return {
        row["name"]: Fact(
            name=row["name"],
            type=row["type"],
            unit=row["unit"],
            vocabulary=tuple(v for v in row["vocabulary"].split(";") if v),
            given_by=row["given_by"],
            ask=row["ask"],
            description=row["description"],
        )
        for row in read_rows(data_dir() / "facts.csv")
    }
