"""JSON files: CycloneDX, or any list of objects whose keys name parts as headers would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from chipward.errors import BomError, Where
from chipward.read.cyclonedx import read_json_bom
from chipward.read.encoding import decode
from chipward.read.header import position
from chipward.read.jsontree import Json, parse, scalar
from chipward.read.records import MOST_COLUMNS, MOST_RECORDS, Item, Records
from chipward.read.source import Source
from chipward.read.words import OTHER, STRONG, match
from chipward.review import Message

_DEEPEST = 3
_SHOWN = 10
_NAMES = ("name", "value", "text")
_KEY = "Name"

_COMMON = frozenset({"value", "description"})
"""Meanings that keys of anything at all have, such as ``name``."""

_Object = Mapping[str, Json]


def read_json(source: Source, wanted: Sequence[str] = ()) -> Records:
    """The records of a JSON file; ``wanted`` are keys the user mapped.

    A list of objects is taken as rows, and so is an object of objects, whose keys are then the
    names; of several the one whose keys say most. Raises `BomError` where nothing looks like parts.
    """
    text, _ = decode(source.raw, source.name)
    data = parse(text.removeprefix("\ufeff"), source.name)
    if isinstance(data, dict) and scalar(data.get("bomFormat")) == "CycloneDX":
        return read_json_bom(data, source.name)
    if isinstance(data, dict) and "spdxVersion" in data:
        raise BomError("read.software", where=Where(source.name))
    best = (0, 0)
    chosen: Sequence[_Object] = ()
    for found in _lists(data):
        worth = (_worth(_keys(found), wanted), len(found))
        if worth[0] and worth > best:
            best, chosen = worth, found
    if not chosen:
        raise BomError("read.no_list", where=Where(source.name), hint="read.hint_keys")
    if len(chosen) > MOST_RECORDS:
        raise BomError("read.too_much", where=Where(source.name))
    nested: set[str] = set()
    items = [_item(entry, nested) for entry in chosen]
    return Records(format="json", items=tuple(items), warnings=_nested(nested))


def _lists(data: Json) -> Iterator[Sequence[_Object]]:
    """Every list of objects and every object of objects near the top of a document."""
    level: list[Json] = [data]
    for _ in range(_DEEPEST):
        for value in level:
            found = _objects(value)
            if found:
                yield found
        level = [inner for value in level if isinstance(value, dict) for inner in value.values()]


def _objects(value: Json) -> Sequence[_Object]:
    """The objects of a list or of an object, if all it holds are objects."""
    if isinstance(value, list):
        found = [entry for entry in value if isinstance(entry, dict)]
        return found if len(found) == len(value) else ()
    if isinstance(value, dict):
        named = [
            entry if _KEY.casefold() in map(str.casefold, entry) else {_KEY: key, **entry}
            for key, entry in value.items()
            if isinstance(entry, dict)
        ]
        return named if len(named) == len(value) else ()
    return ()


def _worth(keys: Sequence[str], wanted: Sequence[str]) -> int:
    """How much keys look like headers of parts; 0 if they do not and the user named none."""
    found = [m for key in keys if (m := match(key)) is not None and m.meaning != OTHER]
    meanings = {m.meaning for m in found}
    strong = {m.meaning for m in found if m.priority <= STRONG}
    named = sum(position(keys, name) is not None for name in wanted)
    if named or (strong and (len(meanings) > 1 or not strong <= _COMMON)):
        return len(meanings) + named
    return 0


def _keys(found: Sequence[_Object]) -> list[str]:
    every = dict.fromkeys(key for entry in found for key in entry)
    return list(islice(every, MOST_COLUMNS))


def _item(entry: _Object, nested: set[str]) -> Item:
    fields: list[tuple[str, str]] = []
    for key, value in entry.items():
        cell = _cell(value)
        if cell is None:
            nested.add(key)
        else:
            fields.append((key, cell))
    return Item(fields=tuple(fields))


def _cell(value: Json) -> str | None:
    """A value as a cell: a list of words one a line, an object by its name; None for other."""
    if isinstance(value, dict):
        return next((said for name in _NAMES if (said := scalar(value.get(name)))), None)
    if isinstance(value, list):
        words = [None if isinstance(entry, list) else _cell(entry) for entry in value]
        if None in words:
            return None
        return "\n".join(word for word in words if word)
    return scalar(value)


def _nested(names: set[str]) -> tuple[Message, ...]:
    if not names:
        return ()
    shown = ", ".join(" ".join(name.split())[:40] for name in sorted(names)[:_SHOWN])
    more = " …" if len(names) > _SHOWN else ""
    return (Message(key="read.nested", params={"count": len(names), "names": shown + more}),)
