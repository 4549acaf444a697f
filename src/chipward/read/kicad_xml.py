"""KiCad's intermediate netlist in XML: what its bill-of-materials scripts are fed with."""

from __future__ import annotations

from collections.abc import Iterator

from chipward.errors import BomError, Where
from chipward.read.kicad_sch import FLAG, not_in_bom
from chipward.read.records import DESCRIPTION, FOOTPRINT, VALUE, Item, Records
from chipward.read.xmltree import Element

_LEFT_OUT = "exclude_from_bom"
_ABOUT_SHEETS = ("Sheet", "ki_")


def read_kicad_xml(root: Element, name: str) -> Records:
    """The components of a netlist, of all sheets of the schematic.

    Raises `BomError` for an export that lists no components.
    """
    found = list(root.all("components", "comp"))
    parts = [comp for comp in found if _has(comp, FLAG) or not _has(comp, _LEFT_OUT)]
    if not parts:
        raise BomError("read.no_lines", where=Where(name))
    items = [
        Item(
            fields=tuple(_fields(comp)),
            refs=(comp.get("ref") or "?",),
            fitted=not _has(comp, FLAG),
        )
        for comp in parts
    ]
    return Records(
        format="kicad_xml",
        items=tuple(items),
        components=True,
        flag=FLAG,
        warnings=not_in_bom(len(found) - len(parts)),
    )


def _has(comp: Element, flag: str) -> bool:
    """Whether a component carries a flag: a property without a value."""
    return any(
        entry.get("name") == flag and entry.get("value") in {"", "1", "yes", "true"}
        for entry in comp.all("property")
    )


def _fields(comp: Element) -> Iterator[tuple[str, str]]:
    yield VALUE, _said(comp.said("value"))
    yield FOOTPRINT, _said(comp.said("footprint"))
    named: set[str] = set()
    for entry in comp.all("fields", "field"):
        named.add(entry.get("name"))
        yield entry.get("name"), _said(entry.text.strip())
    for entry in comp.all("property"):
        name = entry.get("name")
        if name not in {*named, FLAG, _LEFT_OUT} and not name.startswith(_ABOUT_SHEETS):
            yield name, _said(entry.get("value"))
    if DESCRIPTION not in named:
        library = next(comp.all("libsource"), None)
        said = comp.said("description") or (library.get("description") if library else "")
        if said:
            yield DESCRIPTION, said


def _said(cell: str) -> str:
    return "" if cell == "~" else cell
