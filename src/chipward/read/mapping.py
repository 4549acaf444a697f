"""Which column is which: header words first, the user's word above them, cells where they differ.

The rule that matters most: a column is read as the part number only where that is certain or is
said in a warning; where two columns could be it and differ, the file is refused with the question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chipward.errors import BomError, Where
from chipward.read.columns import ALTERNATE, Body, Column, described, renamed, short, with_given
from chipward.read.fitting import is_known
from chipward.read.header import position
from chipward.read.model import Grid, MappedColumn
from chipward.read.parts import is_distributor_code, looks_like_part, several
from chipward.read.references import is_reference_list
from chipward.read.words import ASIDE
from chipward.review import Message

_MOSTLY = 0.5
_NEARLY_ALL = 0.9
_TWO_IN_ONE = {"maker_mpn": ("maker", "mpn")}
_SINGLE = ("reference", "quantity", "description", "value", "footprint", "eccn", "hts", "origin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Column indices by what is read from them.

    ``single`` maps a meaning to its column; ``codes`` lists (code, supplier column, supplier named
    by the header); ``alternates`` lists (maker column, part number column); ``joined`` columns are
    added to the description of lines that have no part number; ``combined`` holds maker and part
    number in one cell; ``fits`` are the DNP and fitted columns.
    """

    single: Mapping[str, int]
    codes: tuple[tuple[int, int | None, str], ...]
    alternates: tuple[tuple[int | None, int], ...]
    joined: tuple[int, ...]
    combined: int | None
    fits: tuple[tuple[int, str], ...]
    columns: tuple[MappedColumn, ...]
    warnings: tuple[Message, ...]


class _Choice:
    """Columns being chosen, one meaning after the other."""

    def __init__(self, columns: Sequence[Column], body: Body, where: Where) -> None:
        self.columns = list(columns)
        self.body = body
        self.where = where
        self.chosen: dict[str, Column] = {}
        self.warnings: list[Message] = []

    def of(self, meaning: str) -> list[Column]:
        """The candidates of a meaning, best first."""
        found = [c for c in self.columns if c.meaning == meaning]
        return sorted(found, key=lambda c: (c.how != "given", c.order, c.priority, c.index))

    def warn(self, key: str, **params: object) -> None:
        self.warnings.append(Message(key=key, params=params))

    def pick(self, meaning: str) -> None:
        """Take the best filled column; name a second that claims the same and differs."""
        found = self.of(meaning)
        if not found:
            return
        filled = [c for c in found if c.how == "given" or self.body.is_filled(c)]
        best = (filled or found)[0]
        self.chosen[meaning] = best
        for other in filled[1:]:
            alike = (other.order, other.priority) == (best.order, best.priority)
            if best.how != "given" and alike and not self.body.agree(best, other):
                self.warn("read.two_columns", meaning=meaning, first=best.name, second=other.name)

    def pick_mpn(self) -> None:
        """Take the part number column, or raise `BomError` where two differ and neither is better.

        A bare "Part Number" beside a "Manufacturer Part Number", or full of distributor codes,
        is a supplier's code; one whose cells do not look like part numbers is a value.
        """
        found = [c for c in self.of("mpn") if c.order < ALTERNATE]
        first = [c for c in found if c.order == found[0].order]
        if first and first[0].how == "given":
            self.chosen["mpn"] = first[0]
            return
        strong = [c for c in first if c.strong]
        weak = [c for c in first if not c.strong and not (strong or self._is_coded(c))]
        for column in first:
            if column not in strong and column not in weak:
                self._displace(column)
        for column in [c for c in weak if not self._holds_parts(c)]:
            weak.remove(column)
            self.columns.remove(column)
            self.columns.append(renamed(column, "value", "weak"))
        pool = strong or weak
        pool = [c for c in pool if self.body.is_filled(c)] or pool[:1]
        if pool:
            self._settle_mpn(pool)

    def _settle_mpn(self, pool: list[Column]) -> None:
        best, *others = pool
        for other in others:
            if other.priority == best.priority and not self.body.agree(best, other):
                raise BomError(
                    "read.two_mpn",
                    where=self.where,
                    hint="read.hint_map_mpn",
                    first=best.name,
                    second=other.name,
                )
            self.warn("read.two_columns", meaning="mpn", first=best.name, second=other.name)
        self.chosen["mpn"] = best
        if not best.strong and not self.of("maker"):
            self.warn("read.weak_mpn", column=best.name)

    def pick_references(self, names: Sequence[str]) -> None:
        """Without a header for references, a column that holds nothing but references is theirs."""
        if "reference" in self.chosen:
            return
        for index, name in enumerate(names):
            column = Column(index=index, name=short(name), meaning="reference", how="content")
            cells = [] if self._takes(index) else self.body.cells(column)
            if cells and sum(map(is_reference_list, cells)) >= _NEARLY_ALL * len(cells):
                self.chosen["reference"] = column
                return

    def _takes(self, index: int) -> bool:
        return any(column.index == index for column in self.chosen.values())

    def pick_maker(self) -> None:
        """Take the maker column that goes with the part number column."""
        mpn = self.chosen.get("mpn")
        makers = self.of("maker")
        order = 1 if mpn is None else mpn.order
        alone = len(self.of("mpn")) <= 1
        paired = [c for c in makers if c.how == "given" or c.order == order]
        self.columns = [c for c in self.columns if c.meaning != "maker"]
        self.columns += paired or (makers[:1] if alone else [])
        self.pick("maker")
        self.columns += [c for c in makers if c not in self.columns]

    def _is_coded(self, column: Column) -> bool:
        cells = self.body.cells(column)
        return sum(map(is_distributor_code, cells)) > _MOSTLY * len(cells)

    def _holds_parts(self, column: Column) -> bool:
        cells = [several(cell)[:1] for cell in self.body.cells(column)]
        return sum(looks_like_part(part) for cell in cells for part in cell) > _MOSTLY * len(cells)

    def _displace(self, column: Column) -> None:
        """Read a weak part number column as a supplier's code, or not at all."""
        self.columns.remove(column)
        orphan = bool(self.of("supplier")) and not self.of("supplier_code")
        if orphan or self._is_coded(column):
            self.columns.append(renamed(column, "supplier_code", "content"))

    def pick_fits(self) -> tuple[tuple[int, str], ...]:
        """DNP and fitted columns; "Mount" or "Config" only if their cells say yes and no."""
        out: list[tuple[int, str]] = []
        for meaning in ("dnp", "fitted"):
            for column in self.of(meaning):
                cells = self.body.cells(column)
                known = sum(map(is_known, cells))
                if column.how == "given" or column.strong or known > _MOSTLY * len(cells):
                    self.chosen[meaning] = column
                    out.append((column.index, meaning))
                    break
        return tuple(out)

    def pick_alternates(self) -> tuple[tuple[int | None, int], ...]:
        """Further part number columns, each with the maker column of the same number."""
        first = self.chosen.get("mpn")
        further = [c for c in self.of("mpn") if first and c.order != first.order]
        makers = {c.order: c for c in reversed(self.of("maker"))}
        chosen_maker = self.chosen.get("maker")
        pairs: list[tuple[int | None, int]] = []
        for number, column in enumerate(further):
            maker = makers.get(column.order)
            index = None if maker is None or maker is chosen_maker else maker.index
            pairs.append((index, column.index))
            self.chosen[f"alternate_mpn {number}"] = column
            if maker is not None and index is not None:
                self.chosen[f"alternate_maker {number}"] = maker
        return tuple(pairs)

    def pick_codes(self) -> tuple[tuple[int, int | None, str], ...]:
        """Every supplier code column with the supplier column of its number."""
        suppliers = {c.order: c for c in reversed(self.of("supplier"))}
        out: list[tuple[int, int | None, str]] = []
        for number, column in enumerate(self.of("supplier_code")):
            supplier = None if column.implies else suppliers.get(column.order)
            out.append((column.index, supplier.index if supplier else None, column.implies))
            self.chosen[f"supplier_code {number}"] = column
        return tuple(out)

    def pick_joined(self) -> tuple[int, ...]:
        """Value-like columns beside the value, where part numbers hide if they have no column."""
        if "mpn" in self.chosen or "maker_mpn" in self.chosen:
            return ()
        value = self.chosen.get("value")
        found = [c for c in self.of("value") if c is not value and c.strong and c.how != "given"]
        for number, column in enumerate(found):
            self.chosen[f"description {number}"] = renamed(column, "description", "joined")
        return tuple(c.index for c in found)

    def pick_aside(self) -> None:
        """Name every price and stock column, so that none is looked at for anything else."""
        for meaning in ASIDE:
            for number, column in enumerate(self.of(meaning)):
                self.chosen[f"{meaning} {number}"] = column

    def mapped(self, names: Sequence[str]) -> tuple[MappedColumn, ...]:
        """What was chosen, in the order of the file."""
        listed = {
            (column.index, meaning): column
            for key, column in self.chosen.items()
            for meaning in _TWO_IN_ONE.get(key, (key.partition(" ")[0],))
        }
        return tuple(
            MappedColumn(
                column=column.name,
                meaning=meaning,
                how=column.how,
                ask=column.name
                if position(names, column.name) == column.index
                else f"#{column.index + 1}",
            )
            for (_, meaning), column in sorted(listed.items(), key=lambda entry: entry[0])
        )


def assign(names: Sequence[str], rows: Grid, given: Mapping[str, str], where: Where) -> Layout:
    """Decide what each column of a table means.

    ``names`` is the header row, ``rows`` what stands below it, ``given`` the user's mapping of
    meaning to header or ``#number``. Raises `UnknownColumn` for a mapping that names nothing and
    `BomError` where two part number columns differ.
    """
    columns = with_given(described(names), names, given, where)
    choice = _Choice(columns, Body(rows), where)
    choice.pick_mpn()
    choice.pick_maker()
    for meaning in (*_SINGLE, "supplier", "maker_mpn"):
        choice.pick(meaning)
    choice.pick_aside()
    choice.pick_references(names)
    if "mpn" in choice.chosen:
        choice.chosen.pop("maker_mpn", None)
    else:
        choice.warn("read.split_cells" if "maker_mpn" in choice.chosen else "read.no_mpn_column")
    read = (*_SINGLE, "mpn", "maker", "supplier")
    return Layout(
        single={
            meaning: choice.chosen[meaning].index for meaning in read if meaning in choice.chosen
        },
        alternates=choice.pick_alternates(),
        codes=choice.pick_codes(),
        joined=choice.pick_joined(),
        combined=choice.chosen["maker_mpn"].index if "maker_mpn" in choice.chosen else None,
        fits=choice.pick_fits(),
        columns=choice.mapped(names),
        warnings=tuple(choice.warnings),
    )
