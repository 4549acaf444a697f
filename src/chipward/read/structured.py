"""Structured files to a bill of materials: each reader gives records, this makes the lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from chipward.errors import BomError, Where
from chipward.read.ibom import read_ibom
from chipward.read.jsonfile import read_json
from chipward.read.kicad_sch import read_kicad_sch
from chipward.read.line import Line
from chipward.read.lines import Kind, LineReader
from chipward.read.mapping import assign
from chipward.read.model import Bom
from chipward.read.records import Records, Table, tabulate
from chipward.read.source import Source
from chipward.read.xmlfile import read_xml
from chipward.review import Message

LIMIT_MB = 32
"""Structured data take many times their size in memory; no board comes near this."""

_READERS: Mapping[str, Callable[[Source], Records]] = {
    "ibom": read_ibom,
    "kicad_sch": read_kicad_sch,
    "xml": read_xml,
}
_SAYS = ("value", "description", "supplier_code")


class _RecordReader(LineReader):
    """Reads rows that are records: each is a line, there is no total and no second header."""

    def _is_header(self, row: Sequence[str], number: int) -> bool:
        del row, number
        return False

    def _kind(self, line: Line, row: Sequence[str]) -> Kind:
        del row
        named = line.refs or line.mpn or any(line.text[meaning] for meaning in _SAYS)
        return Kind.LINE if named else Kind.NOTE


def read_structured(source: Source, given: Mapping[str, str]) -> Bom:
    """Read a file of a structured format; its field names are mapped as headers are.

    The names count as row 1, as if the list had been exported as a table. Raises `BomError` for a
    file that is damaged, too large, or holds no parts.
    """
    where = Where(source.name)
    if len(source.raw) > LIMIT_MB * 1_000_000:
        raise BomError("read.too_large", where=where, limit=LIMIT_MB)
    if source.structure == "json":
        records = read_json(source, tuple(given.values()))
    else:
        records = _READERS[source.structure](source)
    table = tabulate(records, given, source.name)
    layout = assign(table.names, table.rows, given, Where(source.name, 1))
    reader = _RecordReader(layout, table.names, source.name, delimited=False)
    reader.read(table.rows, 2)
    _as_recorded(reader.lines, table, given)
    reader.finish()
    if not reader.lines:
        raise BomError("read.no_lines", where=where)
    return Bom(
        name=source.name,
        sha256=source.sha256,
        format=records.format,
        sheet="",
        header_row=1,
        columns=layout.columns,
        lines=reader.table(),
        warnings=(
            *records.warnings,
            *_flagged(records),
            *layout.warnings,
            *reader.notices.messages(),
        ),
    )


def _as_recorded(lines: Sequence[Line], table: Table, given: Mapping[str, str]) -> None:
    """References and fitting as the file holds them, where it holds them as such."""
    for line in lines:
        item = table.items[line.row - 2]
        if item.refs and "reference" not in given:
            line.refs = item.refs
        if not item.fitted:
            line.fitted = False


def _flagged(records: Records) -> tuple[Message, ...]:
    """What to say of components the file marks as not fitted, beside any column that says so."""
    count = sum(len(item.refs) for item in records.items if not item.fitted)
    if not count:
        return ()
    return (Message(key="read.flagged", params={"count": count, "mark": records.flag}),)
