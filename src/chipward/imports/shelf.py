"""Imported tables in the store: one CSV file each, that appears whole or not at all.

The first row says what it is, from which file it came and of which bytes; no clock is asked.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from chipward import atomic
from chipward.dates import parse_day
from chipward.errors import DataError, DateError, StoreError, Where
from chipward.imports.model import ClassRow, ClassTable
from chipward.normalise.known import Classes, VendorClass
from chipward.normalise.makers import LOW, find_maker
from chipward.normalise.spelling import key
from chipward.textcsv import read_cells

MARK = "chipward import 1"
KIND = "eccn"
COLUMNS = ("row", "maker", "mpn", "eccn", "hts", "as_of")
_FOLDER, _ENDING = "imports", ".eccn.csv"
_NAME = re.compile(r"[\w][\w.-]{0,79}")


def _place(name: str, store: Path) -> Path:
    if not _NAME.fullmatch(name):
        raise StoreError("imports.bad_name", hint="imports.hint.name", name=name[:40])
    return store / _FOLDER / f"{name}{_ENDING}"


def save_classes(table: ClassTable, store: Path) -> tuple[Path, ClassTable | None]:
    """Write a table into the store, in place of an older one of its name.

    Returns:
        The file, and the table it replaces; None for the first of its name.

    Raises:
        StoreError: the name cannot be used, or the store cannot be written.
    """
    path = _place(table.name, store)
    old = _old(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, _rendered(table))
    except OSError as error:
        raise StoreError("store.cannot_write", where=Where(path.name)) from error
    return path, old


def _old(path: Path) -> ClassTable | None:
    """The table of that name before; a damaged one may be replaced."""
    try:
        return _read(path) if path.is_file() else None
    except StoreError:
        return None


def _rendered(table: ClassTable) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    said = (MARK, table.name, table.file, table.sha256, str(table.unclassed), "")
    writer.writerows([COLUMNS, said])
    for row in table.rows:
        day = row.as_of.isoformat() if row.as_of else ""
        writer.writerow((row.row, row.maker, row.mpn, row.eccn, row.hts, day))
    return out.getvalue().encode()


def load_classes(store: Path) -> tuple[ClassTable, ...]:
    """The imported tables of a store, by day of publication, file name and hash; the newest last.

    A store that is not there holds none.

    Raises:
        StoreError: a table is damaged, or a newer chipward wrote it.
    """
    found = [_read(path) for path in sorted((store / _FOLDER).glob(f"*{_ENDING}"))]
    return tuple(sorted(found, key=lambda t: (t.vintage, t.file, t.sha256)))


def _read(path: Path) -> ClassTable:
    where = Where(path.name)
    try:
        header, body = read_cells(path)
        if tuple(header) != COLUMNS or not body or body[0][0] != MARK:
            raise StoreError("imports.damaged", where=where, hint="imports.hint.again")
        _, name, file, sha256, unclassed, _ = body[0]
        return ClassTable(
            name=name,
            file=file,
            sha256=sha256,
            unclassed=int(unclassed),
            rows=tuple(
                ClassRow(row=int(n), maker=m, mpn=p, eccn=c, hts=h, as_of=_day(day))
                for n, m, p, c, h, day in body[1:]
            ),
        )
    except (DataError, DateError, ValueError) as error:
        raise StoreError("imports.damaged", where=where, hint="imports.hint.again") from error


def _day(text: str) -> date | None:
    return parse_day(text) if text else None


def published(tables: Iterable[ClassTable]) -> Classes:
    """The classes of imported tables, for `chipward.normalise`.

    Of two rows for one maker and part number the later publication counts; a row without a day
    goes before none.
    """
    dated = [(row.as_of or date.min, entry) for t in tables for row, entry in _entries(t)]
    dated.sort(key=lambda pair: pair[0])
    return Classes(entry for _, entry in dated)


def _entries(table: ClassTable) -> Iterator[tuple[ClassRow, VendorClass]]:
    for row in table.rows:
        day = f" ({row.as_of.isoformat()})" if row.as_of else ""
        source = f"imported: {table.file}{day}"
        for maker in _makers(row.maker):
            yield row, VendorClass(maker=maker, mpn=row.mpn, eccn=row.eccn, source=source)


def _makers(written: str) -> tuple[str, ...]:
    """The ids of the makers a spelling means; the spelling itself where no maker here has it."""
    found = find_maker(written)
    return found.makers if found.makers and found.confidence != LOW else (key(written),)
