"""What reading a bill of materials gives: the lines as a table, and how the columns were taken."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from chipward.review import Message
from chipward.tables import TEXT, TEXT_LIST

Grid = list[list[str]]
"""Rows of text cells as they stand in the file; rows may differ in length."""

PAIR = pa.struct([pa.field("maker", TEXT), pa.field("mpn", TEXT)])
BOM_SCHEMA = pa.schema(
    [
        pa.field("line", pa.int32()),
        pa.field("row", pa.int32()),
        pa.field("refs", TEXT_LIST),
        pa.field("quantity", pa.float64()),
        pa.field("mpn", TEXT),
        pa.field("maker", TEXT),
        pa.field("description", TEXT),
        pa.field("value", TEXT),
        pa.field("footprint", TEXT),
        pa.field("supplier", TEXT),
        pa.field("supplier_code", TEXT),
        pa.field("fitted", pa.bool_()),
        pa.field("eccn", TEXT),
        pa.field("hts", TEXT),
        pa.field("origin", TEXT),
        pa.field("alternates", pa.list_(PAIR)),
    ]
)
"""Columns of `Bom.lines`; an empty cell is null. ``row`` is the row of the source file, from 1."""

MEANINGS: tuple[str, ...] = (
    "reference",
    "quantity",
    "mpn",
    "maker",
    "description",
    "value",
    "footprint",
    "supplier",
    "supplier_code",
    "dnp",
    "fitted",
    "eccn",
    "hts",
    "origin",
    "alternate_mpn",
    "alternate_maker",
    "price",
    "stock",
)
"""What a column can mean, as ``--map MEANING=HEADER`` spells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """One column of the file and what it was read as.

    ``how`` is ``header`` (its words say so), ``weak`` (its words allow it), ``content`` (its cells
    decided), ``joined`` (added to the description) or ``given`` (the user said so). ``ask`` is what
    ``--map`` calls the column: its header or, where another column has the same, its number.
    """

    column: str
    meaning: str
    how: str
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bom:
    """A bill of materials as it was read.

    ``format`` is the family of the file (``csv`` for all delimited text, ``xlsx``, ``xls``,
    ``ods``, ``xlsb``, ``ibom``, ``kicad_sch``, ``kicad_xml``, ``eagle``, ``cyclonedx``, ``json``);
    ``header_row`` counts from 1 and is 0 where the file has no header; ``sha256`` is of the file's
    bytes.
    """

    name: str
    sha256: str
    format: str
    sheet: str
    header_row: int
    columns: tuple[MappedColumn, ...]
    lines: pa.Table
    warnings: tuple[Message, ...]
