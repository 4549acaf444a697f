"""KiCad schematics: the symbols of one sheet with their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chipward.errors import BomError, Where
from chipward.read.encoding import decode
from chipward.read.records import Item, Records
from chipward.read.sexpr import Sexpr, lists, parse, word, words
from chipward.read.source import Source
from chipward.review import Message

FLAG = "dnp"

_REFERENCE = "Reference"
_SHEET_FILES = ("Sheetfile", "Sheet file")
_PRIVATE = "private"
_MOST_NAMED = 10
_UNNUMBERED = re.compile(r"[^0-9]*\?")


@dataclass(slots=True)
class Part:
    """One component of a schematic, put together from its units."""

    fields: dict[str, str] = field(default_factory=dict[str, str])
    dnp: bool = False
    in_bom: bool = False


def read_kicad_sch(source: Source) -> Records:
    """The components of a sheet; a symbol of several units is one component.

    Power symbols are no parts. Symbols kept out of the bill of materials are counted in a warning,
    unless it is because they are not fitted; the sheets below this one, which are files of their
    own, are named in another.
    """
    text, _ = decode(source.raw, source.name)
    sheet = parse(text, source.name)
    parts: dict[str, Part] = {}
    unnumbered = 0
    for symbol in lists(sheet, "symbol"):
        unnumbered += _add(symbol, parts)
    items = [
        Item(fields=tuple(part.fields.items()), refs=(_shown(ref),), fitted=not part.dnp)
        for ref, part in parts.items()
        if part.in_bom or part.dnp
    ]
    if not items:
        raise BomError("read.no_symbols", where=Where(source.name), hint="read.hint_sheets")
    return Records(
        format="kicad_sch",
        items=tuple(items),
        components=True,
        flag=FLAG,
        warnings=(*_sheets(sheet), *not_in_bom(len(parts) - len(items)), *_unnumbered(unnumbered)),
    )


def not_in_bom(count: int) -> tuple[Message, ...]:
    """What to say of components the schematic keeps out of its bill of materials."""
    return (Message(key="read.not_in_bom", params={"count": count}),) if count else ()


def _add(symbol: Sexpr, parts: dict[str, Part]) -> int:
    """Add a symbol to the components it is a unit of; 1 if it has no number yet."""
    fields = dict(_properties(symbol))
    own = fields.pop(_REFERENCE, "")
    found = 0
    for ref in _references(symbol, own):
        if ref.startswith("#"):
            continue
        key = ref
        if not ref or _UNNUMBERED.fullmatch(ref):
            if word(symbol, "unit", "1") != "1":
                continue
            found = 1
            key = f"{ref}\x00{len(parts)}"
        part = parts.setdefault(key, Part())
        for name, cell in fields.items():
            part.fields[name] = part.fields.get(name) or cell
        part.dnp |= word(symbol, "dnp", "no") != "no"
        part.in_bom |= word(symbol, "in_bom", "yes") != "no"
    return found


def _shown(key: str) -> str:
    return key.partition("\x00")[0] or "?"


def _properties(node: Sexpr) -> Iterator[tuple[str, str]]:
    """Names and values; ``~`` is how older versions write an empty value."""
    for entry in lists(node, "property"):
        said = words(entry)[:3]
        if said and said[0] == _PRIVATE and len(said) > 2:  # noqa: PLR2004
            said = said[1:]
        if len(said) > 1:
            yield said[0], "" if said[1] == "~" else said[1]


def _references(symbol: Sexpr, own: str) -> list[str]:
    """The references of a symbol: as many as the sheet is used times in the project.

    A sheet shared by several projects holds the references of each; those of the project that
    knows the symbol by its own reference are taken.
    """
    projects = [
        [word(path, "reference") for path in lists(project, "path")]
        for instances in lists(symbol, "instances")
        for project in lists(instances, "project")
    ]
    filled = [refs for refs in projects if any(refs)]
    if not filled:
        return [own]
    refs = next((refs for refs in filled if own in refs), filled[0])
    return list(dict.fromkeys(ref for ref in refs if ref))


def _sheets(sheet: Sexpr) -> tuple[Message, ...]:
    """What to say of the sheets below this one, and of the ones above it."""
    out: list[Message] = []
    files = {
        cell
        for entry in lists(sheet, "sheet")
        for name, cell in _properties(entry)
        if name in _SHEET_FILES and cell
    }
    if files:
        named = ", ".join(" ".join(file.split())[:60] for file in sorted(files)[:_MOST_NAMED])
        names = named + (" …" if len(files) > _MOST_NAMED else "")
        out.append(Message(key="read.sub_sheets", params={"count": len(files), "names": names}))
    if next(lists(sheet, "sheet_instances"), None) is None:
        out.append(Message(key="read.one_sheet"))
    return tuple(out)


def _unnumbered(count: int) -> tuple[Message, ...]:
    return (Message(key="read.unnumbered", params={"count": count}),) if count else ()
