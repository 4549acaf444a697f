"""CycloneDX documents that list hardware: components of the type device, nested ones too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chipward.errors import BomError, Where
from chipward.read.jsontree import Json, objects, scalar
from chipward.read.records import DESCRIPTION, QUANTITY, Item, Records
from chipward.read.words import match
from chipward.read.xmltree import DEEPEST, Element
from chipward.review import Message

NAMESPACE = "http://cyclonedx.org/schema/bom"

_VERSIONS = frozenset({"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"})
_DEVICE = "device"
_QUANTITY = "cdx:device:quantity"
_OFFICIAL = "cdx:"
_TAKEN = frozenset({"eccn", "hts", "origin", "reference", "dnp", "fitted", "value", "footprint"})


@dataclass(slots=True)
class _Component:
    """A component as both notations give it."""

    kind: str
    name: str
    version: str
    description: str
    supplier: str
    manufacturer: str
    properties: list[tuple[str, str]]
    nested: list[_Component] = field(default_factory=list["_Component"])


def read_json_bom(data: Mapping[str, Json], name: str) -> Records:
    """The devices of a CycloneDX document in JSON.

    Raises `BomError` if none of its components is a device.
    """
    metadata = data.get("metadata")
    product = metadata.get("component") if isinstance(metadata, dict) else None
    top = objects(data.get("components"))
    if isinstance(product, dict):
        top = [*objects(product.get("components")), *top]
    return _records([_from_json(c, name, 0) for c in top], scalar(data.get("specVersion")), name)


def read_xml_bom(root: Element, name: str) -> Records:
    """The devices of a CycloneDX document in XML.

    Raises `BomError` if none of its components is a device.
    """
    top = [
        *root.all("metadata", "component", "components", "component"),
        *root.all("components", "component"),
    ]
    return _records([_from_xml(c) for c in top], root.namespace.rpartition("/")[2], name)


def _from_json(component: Mapping[str, Json], file: str, depth: int) -> _Component:
    if depth > DEEPEST:
        raise BomError("read.too_deep", where=Where(file))

    def named(key: str) -> str:
        value = component.get(key)
        return scalar(value.get("name")) if isinstance(value, dict) else ""

    return _Component(
        kind=scalar(component.get("type")),
        name=scalar(component.get("name")),
        version=scalar(component.get("version")),
        description=scalar(component.get("description")),
        supplier=named("supplier"),
        manufacturer=named("manufacturer"),
        properties=[
            (scalar(entry.get("name")), scalar(entry.get("value")))
            for entry in objects(component.get("properties"))
        ],
        nested=[_from_json(c, file, depth + 1) for c in objects(component.get("components"))],
    )


def _from_xml(component: Element) -> _Component:
    return _Component(
        kind=component.get("type"),
        name=component.said("name"),
        version=component.said("version"),
        description=component.said("description"),
        supplier=component.said("supplier", "name"),
        manufacturer=component.said("manufacturer", "name"),
        properties=[
            (entry.get("name"), entry.text.strip())
            for entry in component.all("properties", "property")
        ],
        nested=[_from_xml(c) for c in component.all("components", "component")],
    )


def _records(components: list[_Component], version: str, name: str) -> Records:
    every = list(_walk(components))
    devices = [c for c in every if c.kind == _DEVICE]
    if not devices:
        raise BomError("read.no_hardware", where=Where(name), count=len(every))
    warnings: list[Message] = []
    if len(devices) < len(every):
        params = {"count": len(every) - len(devices)}
        warnings.append(Message(key="read.no_devices", params=params))
    if version not in _VERSIONS:
        warnings.append(Message(key="read.cyclonedx_version"))
    return Records(format="cyclonedx", items=tuple(map(_item, devices)), warnings=tuple(warnings))


def _walk(components: list[_Component]) -> Iterator[_Component]:
    """Every component, each before those nested in it."""
    stack = components[::-1]
    while stack:
        component = stack.pop()
        yield component
        stack += component.nested[::-1]


def _item(component: _Component) -> Item:
    """A device as a record; its name is the part number, a maker not named is the supplier."""
    maker = component.manufacturer or component.supplier
    quantity = next((cell for key, cell in component.properties if key == _QUANTITY), "") or "1"
    fields = [
        ("MPN", component.name),
        ("Manufacturer", maker),
        (QUANTITY, quantity),
        (DESCRIPTION, component.description),
        ("Supplier", component.supplier if component.manufacturer else ""),
        ("version", component.version),
        *((_property(key), cell) for key, cell in component.properties if key != _QUANTITY),
    ]
    return Item(fields=tuple((key, cell) for key, cell in fields if cell))


def _property(key: str) -> str:
    """A property under its last word if that names something read, else under its whole name."""
    last = key.rpartition(":")[2]
    found = match(last)
    known = found is not None and found.meaning in _TAKEN
    return last if known and not key.startswith(_OFFICIAL) else key
