"""One row read as a line: its references, parts, texts, and whether it is on the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chipward.read.fitting import says_fitted, text_says_not_fitted, value_says_not_fitted
from chipward.read.mapping import Layout
from chipward.read.parts import Pair, code, content, looks_like_part, several, split_maker
from chipward.read.references import expand, parse_quantity
from chipward.review import Message

_SHOWN_ROWS = 5
_TEXTS = ("description", "value", "footprint", "supplier", "origin", "maker")
_CODES = ("eccn", "hts")


@dataclass(slots=True, kw_only=True)
class Line:
    """One line while it is read; ``parts`` holds the part number and then its alternates."""

    row: int
    filled: int
    refs: tuple[str, ...]
    quantity: float | None
    quantity_cell: str
    parts: list[Pair]
    text: dict[str, str | None]
    fitted: bool

    @property
    def mpn(self) -> str | None:
        """The part number of the first source."""
        return self.parts[0][1] if self.parts else None


@dataclass(slots=True)
class Notices:
    """Rows worth a warning, by the warning's key."""

    rows: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    def add(self, key: str, row: int) -> None:
        """Note a row under a key."""
        self.rows.setdefault(key, []).append(row)

    def messages(self) -> tuple[Message, ...]:
        """One message a key, with the count and the first rows."""
        out: list[Message] = []
        for key, rows in sorted(self.rows.items()):
            shown = ", ".join(map(str, rows[:_SHOWN_ROWS])) + (" …" if rows[_SHOWN_ROWS:] else "")
            out.append(Message(key=key, params={"count": len(rows), "rows": shown}))
        return tuple(out)


def cell_at(row: Sequence[str], index: int | None) -> str:
    """A cell without blanks around it; nothing where the row ends before it."""
    return row[index].strip() if index is not None and index < len(row) else ""


class LineMaker:
    """Makes a line of any row, by the layout of the file."""

    def __init__(self, layout: Layout, notices: Notices) -> None:
        self.layout = layout
        self.notices = notices
        self._at = layout.single
        self._texts = [(m, layout.single[m]) for m in _TEXTS if m in layout.single]
        self._coded = [(m, layout.single[m]) for m in _CODES if m in layout.single]
        self._nothing: dict[str, str | None] = dict.fromkeys((*_TEXTS, *_CODES, "supplier_code"))

    def cell(self, row: Sequence[str], meaning: str) -> str:
        """The cell of a row with a meaning."""
        index = self._at.get(meaning)
        return row[index].strip() if index is not None and index < len(row) else ""

    def line(self, row: Sequence[str], number: int, filled: int) -> Line:
        """Read one row; ``number`` is its row in the file, ``filled`` its count of filled cells."""
        text, width = self._nothing.copy(), len(row)
        for meaning, index in self._texts:
            if index < width:
                text[meaning] = content(row[index])
        for meaning, index in self._coded:
            if index < width:
                text[meaning] = code(row[index])
        self._supplier(row, text)
        parts = self._parts(row, text)
        if self.layout.joined and not parts:
            self._join(row, text)
        quantity_cell = self.cell(row, "quantity")
        quantity = parse_quantity(quantity_cell) if quantity_cell else None
        return Line(
            row=number,
            filled=filled,
            refs=expand(self.cell(row, "reference"), quantity),
            quantity=quantity,
            quantity_cell=quantity_cell,
            parts=parts,
            text=text,
            fitted=self._is_fitted(row, number, text),
        )

    def _supplier(self, row: Sequence[str], text: dict[str, str | None]) -> None:
        """The first supplier code of the row, with the supplier it belongs to."""
        for index, supplier, implied in self.layout.codes:
            said = code(cell_at(row, index))
            if said is not None:
                text["supplier_code"] = said
                named = implied or content(cell_at(row, supplier))
                text["supplier"] = named or text["supplier"]
                return

    def _parts(self, row: Sequence[str], text: dict[str, str | None]) -> list[Pair]:
        """Maker and part number of the first source, then of every alternate."""
        if self.layout.combined is not None:
            cell = cell_at(row, self.layout.combined)
            pairs = split_maker(cell)
            if not pairs:
                text["description"] = text["description"] or content(cell)
            return pairs
        found = _pairs(self.cell(row, "maker"), self.cell(row, "mpn"))
        for maker, mpn in self.layout.alternates:
            found += _pairs(cell_at(row, maker), cell_at(row, mpn))
        return _without_repeats(found)

    def _join(self, row: Sequence[str], text: dict[str, str | None]) -> None:
        """Add value-like cells that may hold a part number to the description."""
        said = text["description"]
        for index in self.layout.joined:
            cell = content(cell_at(row, index))
            if cell and looks_like_part(cell) and cell not in {said, text["value"]}:
                said = f"{said}; {cell}" if said else cell
        text["description"] = said

    def _is_fitted(self, row: Sequence[str], number: int, text: dict[str, str | None]) -> bool:
        for index, meaning in self.layout.fits:
            cell = cell_at(row, index)
            says = says_fitted(meaning, cell) if cell else True
            if says is None:
                self.notices.add("read.fitting_words", number)
            if says is False:
                return False
        value, description = text["value"], text["description"]
        if value is not None and value_says_not_fitted(value):
            return False
        return description is None or not text_says_not_fitted(description)


def _pairs(maker_cell: str, mpn_cell: str) -> list[Pair]:
    """Part numbers of a cell; makers go with them where there are as many."""
    numbers = several(mpn_cell)
    if not numbers:
        return []
    if len(numbers) == 1:
        return [(content(maker_cell), numbers[0])]
    makers: list[str | None] = [content(piece) for piece in maker_cell.splitlines()]
    if len(makers) != len(numbers):
        makers = [content(maker_cell), *[None] * len(numbers)]
    return list(zip(makers, numbers, strict=False))


def _without_repeats(pairs: list[Pair]) -> list[Pair]:
    """Each pair once; a part number without a maker takes the first maker named for it."""
    if len(pairs) <= 1:
        return pairs
    named = {mpn: maker for maker, mpn in reversed(pairs) if maker is not None}
    out: list[Pair] = []
    for maker, mpn in pairs:
        pair = (maker or named.get(mpn), mpn)
        if pair not in out:
            out.append(pair)
    return out
