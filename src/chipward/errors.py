"""Every error chipward raises on purpose, and the exit code of each.

    ChipwardError                10
    +-- InputError               11   a file or option the user gave
    |   +-- BomError                  a bill of materials or shipment book that cannot be read
    |   +-- UnknownColumn             a column or meaning named in a mapping that does not exist
    |   +-- DateError                 a date that is no date, or outside what the law here covers
    |   +-- ProfileError              a profile that does not say what a profile must
    +-- LawError                 12   provisions and law tables, shipped or local
    |   +-- LawSyntaxError            a leaf or a provision outside the closed grammar
    |   +-- UnknownFact               a leaf names a column that facts.csv does not declare
    |   +-- LawConflict               two versions of one provision live on one day, or a cycle
    |   +-- LockMismatch              law changed without a new version number
    +-- DataError                13   shipped or imported data that is broken
    +-- StoreError               14   saved reviews: not found, or written by a newer chipward
    +-- InternalError            15   an explanation that does not refold to its verdict

An error carries a catalogue key and its parameters, never finished prose, so that the command line
can print it in either language as one line: ``file:row: column: sentence (hint)``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an error: file, 1-based row, column header. Empty parts are left out."""

    file: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(str(self.row))
        if self.column:
            parts.append(self.column)
        return ":".join(parts)


class ChipwardError(Exception):
    """Base of every deliberate error.

    ``key`` names a message of the catalogue, ``hint`` another one (or nothing), ``params`` fills
    both. No parameter may carry a cell's content beyond the short token that is at fault.
    """

    exit_code = 10

    def __init__(
        self, key: str, *, where: Where | None = None, hint: str = "", **params: object
    ) -> None:
        super().__init__(key)
        self.key = key
        self.where = where or Where()
        self.hint = hint
        self.params = params

    def __str__(self) -> str:
        from chipward.catalogue import error_line  # noqa: PLC0415  the catalogue raises DataError

        return error_line(self)


class InputError(ChipwardError):
    """A file or an option the user gave cannot be used."""

    exit_code = 11


class BomError(InputError):
    """A bill of materials or a shipment book that cannot be read."""


class UnknownColumn(InputError):
    """A mapping names a column or a meaning that does not exist."""


class DateError(InputError):
    """A date that is no date, or outside what the law here covers."""


class ProfileError(InputError):
    """A profile that does not say what a profile must."""


class LawError(ChipwardError):
    """Provisions or law tables are broken."""

    exit_code = 12


class LawSyntaxError(LawError):
    """A leaf or a provision outside the closed grammar."""


class UnknownFact(LawError):
    """A leaf names a column that ``facts.csv`` does not declare."""


class LawConflict(LawError):
    """Two versions of one provision live on one day, or a cycle of ``defeats``."""


class LockMismatch(LawError):
    """Law changed without a new version number."""


class LawErrors(LawError):
    """Several law errors at once, as the linter collects them; prints one line each."""

    def __init__(self, errors: tuple[LawError, ...]) -> None:
        super().__init__("law.errors", count=len(errors))
        self.errors = errors

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


class DataError(ChipwardError):
    """Shipped or imported data is broken."""

    exit_code = 13


class StoreError(ChipwardError):
    """A saved review is missing, or was written by a newer chipward."""

    exit_code = 14


class InternalError(ChipwardError):
    """An explanation does not refold to its verdict: a defect of chipward, reported as such."""

    exit_code = 15
