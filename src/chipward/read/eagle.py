"""Eagle schematics (6 and later): parts, with what their library says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from chipward.errors import BomError, Where
from chipward.read.records import DESCRIPTION, FOOTPRINT, VALUE, Item, Records
from chipward.read.xmltree import Element

MOST_PARTS = 200_000

_POPULATE = "populate"
_TAG = "<"


@dataclass(frozen=True, slots=True)
class _Device:
    """A device of a library: its package, if it has one, and attributes by technology."""

    package: str
    description: str
    attributes: dict[str, dict[str, str]]


_Key = tuple[str, str, str, str]


def read_eagle(root: Element, name: str) -> Records:
    """The parts of a schematic that have a package: frames and supply symbols have none.

    Attributes of the part stand above those of the library; the current assembly variant, if there
    is one, says what is populated. Raises `BomError` for a file that holds no schematic.
    """
    schematic = next(root.all("drawing", "schematic"), None)
    if schematic is None:
        raise BomError("read.no_schematic", where=Where(name), hint="read.hint_eagle")
    devices = dict(_devices(schematic))
    variants = [v for v in schematic.all("variantdefs", "variantdef") if v.get("current") == "yes"]
    variant = variants[0].get("name") if variants else ""
    parts = list(islice(_parts(schematic), MOST_PARTS + 1))
    if len(parts) > MOST_PARTS:
        raise BomError("read.too_much", where=Where(name))
    found = [_item(part, prefix, devices, variant) for prefix, part in parts]
    items = [item for item in found if item is not None]
    if not items:
        raise BomError("read.no_lines", where=Where(name))
    return Records(
        format="eagle",
        items=tuple(items),
        components=True,
        flag=_POPULATE,
    )


def _devices(schematic: Element) -> Iterator[tuple[_Key, _Device]]:
    for library in schematic.all("libraries", "library"):
        for deviceset in library.all("devicesets", "deviceset"):
            description = deviceset.said("description")
            for device in deviceset.all("devices", "device"):
                key = (
                    library.get("name"),
                    library.get("urn"),
                    deviceset.get("name"),
                    device.get("name"),
                )
                yield (
                    key,
                    _Device(
                        package=device.get("package"),
                        description=description if _TAG not in description else "",
                        attributes={
                            technology.get("name"): _attributes(technology)
                            for technology in device.all("technologies", "technology")
                        },
                    ),
                )


def _attributes(element: Element) -> dict[str, str]:
    return {entry.get("name"): entry.get("value") for entry in element.all("attribute")}


def _parts(schematic: Element) -> Iterator[tuple[str, Element]]:
    """The parts of the schematic, then those of its modules, once for each use of the module."""
    for part in schematic.all("parts", "part"):
        yield "", part
    modules = {module.get("name"): module for module in schematic.all("modules", "module")}
    for use in schematic.all("sheets", "sheet", "moduleinsts", "moduleinst"):
        module = modules.get(use.get("module"))
        for part in module.all("parts", "part") if module is not None else ():
            yield f"{use.get('name')}:", part


def _item(part: Element, prefix: str, devices: dict[_Key, _Device], variant: str) -> Item | None:
    """One part, or None if its device has no package."""
    key = (part.get("library"), part.get("library_urn"), part.get("deviceset"), part.get("device"))
    device = devices.get(key) or devices.get((key[0], "", key[2], key[3]))
    if device is not None and not device.package:
        return None
    technology = part.get("technology")
    value = part.attributes.get("value")
    populate = "yes"
    for entry in part.all("variant"):
        if variant and entry.get("name") == variant:
            populate = entry.get(_POPULATE) or populate
            value = entry.attributes.get("value", value)
            technology = entry.attributes.get("technology", technology)
    library = device.attributes.get(technology, {}) if device is not None else {}
    attributes = library | _attributes(part)
    fields = [
        (VALUE, value if value is not None else _device_name(part, technology)),
        (FOOTPRINT, device.package if device is not None else part.get("device")),
        *attributes.items(),
    ]
    if device is not None and device.description:
        fields.append((DESCRIPTION, device.description))
    ref = prefix + (part.get("name") or "?")
    return Item(fields=tuple(fields), refs=(ref,), fitted=populate != "no")


def _device_name(part: Element, technology: str) -> str:
    """The name of the device, which is the value of a part that has none of its own."""
    name = part.get("deviceset")
    name = name.replace("*", technology) if "*" in name else name + technology
    device = part.get("device")
    return name.replace("?", device) if "?" in name else name + device
