"""Rows to lines: which row is a line, an alternate, a list that goes on, or no line at all."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

import pyarrow as pa

from chipward.errors import BomError, Where
from chipward.read.fitting import text_says_not_fitted
from chipward.read.header import score
from chipward.read.line import Line, LineMaker, Notices
from chipward.read.mapping import Layout
from chipward.read.model import BOM_SCHEMA, Grid
from chipward.read.parts import is_bare_number, is_turned, looks_like_part
from chipward.read.references import look_like_references
from chipward.read.words import match, plain, row_words

_SECOND_HEADER = 3.0
_IN_ONE_PLACE = frozenset({"reference", "quantity", "mpn", "maker"})
_NAMES = ("value", "description", "supplier_code")


class Kind(Enum):
    """What a row of the file is."""

    LINE = auto()
    ALTERNATE = auto()
    MORE_REFERENCES = auto()
    NOTE = auto()


class LineReader:
    """Reads the rows below a header one after the other."""

    def __init__(
        self, layout: Layout, header: Sequence[str], name: str, *, delimited: bool
    ) -> None:
        self.header = header
        self.name = name
        self._names = [plain(cell) for cell in header]
        self.notices = Notices()
        self.lines: list[Line] = []
        self._make = LineMaker(layout, self.notices)
        self._single = layout.single
        self._counts = "quantity" in layout.single
        self._refers = "reference" in layout.single
        # A surplus cell of delimited text is a comma nobody quoted; in a sheet it is a remark.
        self._width = len(header) if delimited else None
        self._contiguous = False
        self._not_fitted_below: int | None = None

    def read(self, rows: Grid, first_row: int) -> None:
        """Read all rows; ``first_row`` is the number of the first in the file."""
        for number, row in enumerate(rows, start=first_row):
            filled = len([cell for cell in row if cell and not cell.isspace()])
            if not filled:
                self._contiguous = False
            elif not self._is_header(row, number):
                self._row(row, number, filled)

    def table(self) -> pa.Table:
        """The lines as `BOM_SCHEMA`."""
        lines = self.lines
        columns: dict[str, list[object]] = {
            "line": list(range(1, len(lines) + 1)),
            "row": [line.row for line in lines],
            "refs": [line.refs for line in lines],
            "quantity": [line.quantity for line in lines],
            "mpn": [line.mpn for line in lines],
            "maker": [line.parts[0][0] if line.parts else line.text["maker"] for line in lines],
            "fitted": [line.fitted for line in lines],
            "alternates": [
                [{"maker": maker, "mpn": mpn} for maker, mpn in line.parts[1:]] for line in lines
            ],
        }
        return pa.table(
            {
                field.name: pa.array(
                    columns.get(field.name) or [line.text[field.name] for line in lines], field.type
                )
                for field in BOM_SCHEMA
            },
            schema=BOM_SCHEMA,
        )

    def _is_header(self, row: Sequence[str], number: int) -> bool:
        """Whether the header is repeated here; raises `BomError` for a header of another order."""
        cells = [self._make.cell(row, meaning) for meaning in ("quantity", "reference", "mpn")]
        probe = next((cell for cell in cells if cell), "")
        if not probe or probe[0].isdigit():
            return False
        if not self._repeats(row) and (match(probe) is None or score(row) < _SECOND_HEADER):
            return False
        for cell, name in zip(row, self.header, strict=False):
            here, there = match(cell.strip()), match(name)
            if here and there and here.meaning != there.meaning and here.meaning in _IN_ONE_PLACE:
                raise BomError(
                    "read.second_header", where=Where(self.name, number), hint="read.hint_one_table"
                )
        self.notices.add("read.repeated_header", number)
        self._contiguous = False
        return True

    def _repeats(self, row: Sequence[str]) -> bool:
        """Whether at least half of the filled cells stand in the header too, at the same place."""
        pairs = zip(row, self._names, strict=False)
        same = sum(1 for cell, name in pairs if name and plain(cell) == name)
        return same > 0 and 2 * same >= sum(1 for cell in row if cell.strip())

    def _row(self, row: Sequence[str], number: int, filled: int) -> None:
        line = self._make.line(row, number, filled)
        kind = self._kind(line, row)
        if kind is Kind.NOTE:
            self._note(row, number, filled)
            return
        if kind is Kind.ALTERNATE:
            self.lines[-1].parts += line.parts
            self.notices.add("read.alternate_rows", number)
        elif kind is Kind.MORE_REFERENCES:
            self.lines[-1].refs += line.refs
        else:
            self._check(line)
            self.lines.append(line)
        if self._width is not None and any(cell.strip() for cell in row[self._width :]):
            self.notices.add("read.surplus_cells", number)
        self._contiguous = True

    def _note(self, row: Sequence[str], number: int, filled: int) -> None:
        """A row that is no line; one that says "do not install" holds for those below it."""
        self._contiguous = False
        said = next((cell for cell in row if cell.strip()), "")
        marks = filled == 1 and text_says_not_fitted(said)
        self._not_fitted_below = number if marks else None
        self.notices.add("read.skipped_rows", number)

    def _kind(self, line: Line, row: Sequence[str]) -> Kind:
        if self._is_note(line, row):
            return Kind.NOTE
        if not self._contiguous or not self.lines:
            return Kind.LINE
        if self._goes_on(line):
            return Kind.MORE_REFERENCES
        named = line.refs or line.quantity_cell or line.text["value"] or line.text["description"]
        further = line.parts and not named and self._refers and self._counts
        return Kind.ALTERNATE if further else Kind.LINE

    def _is_note(self, line: Line, row: Sequence[str]) -> bool:
        if not (line.refs or line.mpn or any(line.text[meaning] for meaning in _NAMES)):
            return True
        if self._is_total(line, row):
            return True
        coded = looks_like_part(line.mpn) or line.text["supplier_code"] is not None
        if line.refs:
            bare = line.filled == 1 and len(self._single) > 1
            unproved = self._counts and not coded and line.quantity is None
            return (bare or unproved) and not look_like_references(line.refs)
        if self._counts:
            counted = line.quantity is not None
            unread = bool(line.quantity_cell) and not counted
            return (unread and self._refers) or not (counted or coded)
        return self._refers and not coded and line.filled == 1

    def _is_total(self, line: Line, row: Sequence[str]) -> bool:
        """Whether a row sums up: one of its words says total, and it names no part."""
        starts = row_words().match
        if line.mpn and not starts(line.mpn):
            return False
        first = next((cell.strip() for cell in row if cell.strip()), "")
        cells = [
            first,
            self._make.cell(row, "reference"),
            line.text["value"],
            line.text["description"],
        ]
        said = any(cell and starts(cell) for cell in cells)
        return said and (not line.refs or starts(self._make.cell(row, "reference")) is not None)

    def _goes_on(self, line: Line) -> bool:
        """Whether a row of references alone continues the list of the line above."""
        if line.filled != 1 or not line.refs:
            return False
        above = self.lines[-1]
        return above.quantity is not None and len(above.refs) + len(line.refs) <= above.quantity

    def _check(self, line: Line) -> None:
        """Complete quantity and fitting, and note what does not add up."""
        if self._not_fitted_below is not None:
            line.fitted = False
            self.notices.add("read.not_fitted_below", line.row)
        if line.quantity == 0:
            line.fitted = False
        if line.quantity_cell and line.quantity is None:
            self.notices.add("read.quantity_unread", line.row)
        if line.quantity is None and line.refs:
            line.quantity = float(len(line.refs))
        if line.mpn is not None and is_turned(line.mpn):
            self.notices.add("read.turned_mpn", line.row)
        eccn = line.text["eccn"]
        if eccn is not None and is_bare_number(eccn):
            column = self.header[self._single["eccn"]]
            where = Where(self.name, line.row, " ".join(column.split()))
            raise BomError("read.bare_number", where=where, hint="read.hint_text_cells")

    def finish(self) -> None:
        """Compare quantities with references, once lists that go on are whole."""
        for line in self.lines:
            if line.refs and line.quantity_cell and line.quantity != len(line.refs):
                self.notices.add("read.quantity_mismatch", line.row)
