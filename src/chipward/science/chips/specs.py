"""Specifications as numbers: what was given, what follows from it, and what kind of part it is.

Nothing is guessed. What is computed or taken for granted leaves a note on its row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chipward.science.chips.paragraphs import MEMORY, Bools, Floats
from chipward.tables import load, rows_of
from chipward.vectors import codes_of

TPP, DENSITY = "tpp", "performance_density"
AREA, DRAM = "die_area_mm2", "dram_bandwidth_gb_s"
MEMORY_DENSITY = "memory_bandwidth_density_gb_s_mm2"
INTERCONNECT, DATACENTER = "interconnect_gb_s", "datacenter"
NUMBERS = (TPP, AREA, DENSITY, MEMORY_DENSITY, DRAM, INTERCONNECT)
CHIP, FORM, PLANAR = "chip", "form", "planar"
SAME = 0.01
"""Share by which a density given may differ from the one computed before a note says so."""

NOTE_COMPUTED = "chips.note.density_computed"
NOTE_DIFFERS = "chips.note.density_differs"
NOTE_MEMORY_COMPUTED = "chips.note.memory_density_computed"
NOTE_MEMORY = "chips.note.taken_as_memory"
NOTE_PLANAR = "chips.note.planar"
NOTE_PLANAR_GIVEN = "chips.note.planar_density_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a form or a name, and what it says."""

    word: str
    part: str
    form: str
    planar: bool
    in_name: bool

    def stands_in(self, text: str) -> bool:
        """Whether the word stands in the text, and not behind ``non-``.

        >>> word = Word(word="planar", part="", form="", planar=True, in_name=False)
        >>> word.stands_in("planar logic"), word.stands_in("non-planar logic")
        (True, False)
        """
        pattern = rf"(?<!\w)(?<!non-)(?<!non ){re.escape(self.word)}(?!\w)"
        return re.search(pattern, text.casefold()) is not None


@cache
def words() -> tuple[Word, ...]:
    """The words of ``data/chips/words.csv``."""
    return tuple(
        Word(
            word=row["word"],
            part=row["part"] or "",
            form=row["form"] or "",
            planar=bool(row["planar"]),
            in_name=bool(row["in_name"]),
        )
        for row in rows_of(load("chips/words"))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Specs:
    """Parameters of many chips as columns; NaN is unknown.

    ``processor`` and ``memory`` say which of the two a row may be; both where nothing tells.
    ``undefined`` marks rows whose performance density does not exist. ``forms`` holds the forms
    the row names, empty for all of them.
    """

    values: Mapping[str, Floats]
    processor: Bools
    memory: Bools
    undefined: Bools
    forms: tuple[tuple[str, ...], ...]
    form_codes: npt.NDArray[np.int64]
    notes: Mapping[str, Bools]

    def __len__(self) -> int:
        return len(self.processor)

    def take(self, rows: npt.NDArray[np.int64]) -> Specs:
        """The given rows."""
        return replace(
            self,
            values={name: column[rows] for name, column in self.values.items()},
            processor=self.processor[rows],
            memory=self.memory[rows],
            undefined=self.undefined[rows],
            form_codes=self.form_codes[rows],
            notes={name: flags[rows] for name, flags in self.notes.items()},
        )

    def memory_values(self, facts: Sequence[str]) -> Mapping[str, Floats]:
        """The values as those of a memory: one without any processing figure processes nothing."""
        bare = np.isnan(self.values[TPP]) & np.isnan(self.values[DENSITY])
        return {
            fact: np.where(bare, 0.0, self.values[fact])
            if fact in {TPP, DENSITY}
            else self.values[fact]
            for fact in facts
        }


def _numbers(table: pa.Table, name: str) -> Floats:
    if name not in table.column_names:
        return np.full(table.num_rows, np.nan)
    column = table[name].combine_chunks().cast(pa.float64())
    return column.fill_null(np.nan).to_numpy(zero_copy_only=False).astype(np.float64)


def _words_of(
    table: pa.Table, name: str, wanted: Callable[[Word], bool]
) -> tuple[list[tuple[Word, ...]], npt.NDArray[np.int64]]:
    """The words found in each distinct text of a column, and the code of each row."""
    if name not in table.column_names:
        return [()], np.zeros(table.num_rows, np.int64)
    codes, texts = codes_of(table[name])
    listed = [w for w in words() if wanted(w)]
    found = [tuple(w for w in listed if t is not None and w.stands_in(t)) for t in texts]
    return found, codes


def _flag(found: Sequence[Any], codes: npt.NDArray[np.int64], test: Callable[[Any], bool]) -> Bools:
    return np.array([test(one) for one in found], np.bool_)[codes]


def _planar(table: pa.Table, in_form: Bools) -> Bools:
    found, codes = _words_of(table, CHIP, lambda w: w.in_name and w.planar)
    said = _numbers(table, PLANAR) == 1
    return said | in_form | _flag(found, codes, bool)


def _divided(top: Floats, bottom: Floats, where: Bools) -> Floats:
    return np.divide(top, bottom, out=np.full(len(top), np.nan), where=where)


def _performance_density(
    values: Mapping[str, Floats], planar: Bools
) -> tuple[Floats, Bools, dict[str, Bools]]:
    """Density as compared, where it does not exist, and notes."""
    tpp, area, given = values[TPP], values[AREA], values[DENSITY]
    has, wanting = ~np.isnan(given), np.isnan(given)
    undefined = wanting & (planar | (area == 0))
    from_area = _divided(tpp, area, ~np.isnan(tpp) & (area > 0))
    computed = wanting & ~undefined & ~np.isnan(from_area)
    density = np.where(undefined, 0.0, np.where(computed, from_area, given))
    with np.errstate(invalid="ignore"):
        differs = has & (np.abs(given - from_area) > SAME * np.abs(given))
    notes = {
        NOTE_COMPUTED: computed,
        NOTE_DIFFERS: differs,
        NOTE_PLANAR: undefined,
        NOTE_PLANAR_GIVEN: planar & has,
    }
    return density, undefined, notes


def read_specs(table: pa.Table) -> Specs:
    """Turn a table of specifications into columns of numbers, deriving what follows by definition.

    Args:
        table: any of ``tpp`` (TPP), ``die_area_mm2`` (mm2), ``performance_density`` (TPP/mm2),
            ``memory_bandwidth_density_gb_s_mm2`` (GB/s/mm2), ``dram_bandwidth_gb_s`` and
            ``interconnect_gb_s`` (GB/s), ``datacenter`` and ``planar`` (boolean), ``chip`` and
            ``form`` (text); a missing column is unknown throughout.
    """
    values = {name: _numbers(table, name) for name in (*NUMBERS, DATACENTER)}
    found, codes = _words_of(table, FORM, lambda _: True)
    says_memory = _flag(found, codes, lambda ws: any(w.part == MEMORY for w in ws))
    planar = _planar(table, _flag(found, codes, lambda ws: any(w.planar for w in ws)))
    density, undefined, notes = _performance_density(values, planar)
    stack = _divided(values[DRAM], values[AREA], says_memory & (values[AREA] > 0))
    stacked = np.isnan(values[MEMORY_DENSITY]) & ~np.isnan(stack)
    memory_density = np.where(stacked, stack, values[MEMORY_DENSITY])
    processing = ~np.isnan(values[DENSITY]) | (~np.isnan(values[TPP]) & (values[TPP] != 0))
    has_memory = ~np.isnan(memory_density)
    described = (
        processing | ~np.isnan(values[DATACENTER]) | ~np.isnan(values[INTERCONNECT])
    ) | ~np.isnan(values[TPP])
    only_memory = says_memory | (has_memory & ~processing)
    notes[NOTE_MEMORY_COMPUTED] = stacked
    notes[NOTE_MEMORY] = has_memory & ~processing & ~says_memory
    return Specs(
        values={**values, DENSITY: density, MEMORY_DENSITY: memory_density},
        processor=~only_memory,
        memory=only_memory | has_memory | ~described,
        undefined=undefined,
        forms=tuple(tuple(dict.fromkeys(w.form for w in ws if w.form)) for ws in found),
        form_codes=codes,
        notes=notes,
    )
