"""What an imported table is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """One published class; ``maker`` is as written, ``row`` the row of the source file, from 1."""

    row: int
    maker: str
    mpn: str
    eccn: str
    hts: str
    as_of: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTable:
    """A table of export classes: its name in the store, the file it came from, and its rows.

    ``unclassed`` counts the rows of the file that give a part but no class.
    """

    name: str
    file: str
    sha256: str
    rows: tuple[ClassRow, ...]
    unclassed: int = 0

    @property
    def as_of(self) -> date | None:
        """The latest day of publication in the table; None where no row has one."""
        return max((row.as_of for row in self.rows if row.as_of), default=None)

    @property
    def vintage(self) -> str:
        """The same as text, empty where unknown."""
        return self.as_of.isoformat() if self.as_of else ""
