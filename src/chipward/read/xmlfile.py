"""XML files: which program's they are, by their root element."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from chipward.errors import BomError, Where
from chipward.read.cyclonedx import NAMESPACE, read_xml_bom
from chipward.read.eagle import read_eagle
from chipward.read.kicad_xml import read_kicad_xml
from chipward.read.records import Records
from chipward.read.source import Source
from chipward.read.xmltree import Element, parse

_ROOTS: Mapping[str, Callable[[Element, str], Records]] = {
    "export": read_kicad_xml,
    "eagle": read_eagle,
}
_SHOWN = 30
_NAME = re.compile(r"[\w.:-]+")


def read_xml(source: Source) -> Records:
    """The records of a KiCad netlist, an Eagle schematic or a CycloneDX document.

    Raises `BomError` for any other XML, with the name of its root element.
    """
    root = parse(source.raw, source.name)
    if root.namespace.startswith(NAMESPACE) and root.tag == "bom":
        return read_xml_bom(root, source.name)
    reader = _ROOTS.get(root.tag)
    if reader is None:
        found = _NAME.match(root.tag)
        shown = found[0][:_SHOWN] if found else "?"
        raise BomError(
            "read.xml_unknown", where=Where(source.name), hint="read.hint_export", root=shown
        )
    return reader(root, source.name)
