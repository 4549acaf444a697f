"""JSON with every number as the text it was written with."""

from __future__ import annotations

import json
from typing import TypeAlias, cast

from chipward.errors import BomError, Where

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


class _TwiceError(ValueError):
    """A key stands twice in one object."""


def parse(text: str, name: str) -> Json:
    """The value of a JSON text; numbers stay text, so ``1E6`` and ``0.10`` come out as written.

    Raises `BomError` for text that is no JSON, is cut off, is nested too deeply, or repeats a key
    of an object: of two values under one key only the last would be left.
    """
    try:
        value = json.loads(
            text,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise broken(error, name) from error
    except _TwiceError as error:
        raise BomError("read.json_twice", where=Where(name)) from error
    except RecursionError as error:
        raise BomError("read.too_deep", where=Where(name)) from error
    return cast("Json", value)


def parse_within(text: str, start: int, name: str) -> Json:
    """The value that starts at a place of a larger text; whole numbers come out as numbers.

    Raises `BomError` as `parse` does, except for repeated keys.
    """
    try:
        value, _ = json.JSONDecoder(parse_float=str, parse_constant=str).raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise broken(error, name) from error
    except ValueError as error:
        raise BomError("read.broken_json", where=Where(name)) from error
    except RecursionError as error:
        raise BomError("read.too_deep", where=Where(name)) from error
    return cast("Json", value)


def broken(error: json.JSONDecodeError, name: str) -> BomError:
    """What to say of a text that is no JSON."""
    ends = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
    key = "read.cut_off" if ends else "read.broken_json"
    return BomError(key, where=Where(name, error.lineno))


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    out = dict(pairs)
    if len(out) != len(pairs):
        raise _TwiceError
    return out


def scalar(value: Json) -> str:
    """A single value as the text of a cell; nothing for null, lists and objects.

    >>> scalar("NE555"), scalar(True), scalar(None), scalar(["a"])
    ('NE555', 'true', '', '')
    """
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int) else ""


def objects(value: Json) -> list[dict[str, Json]]:
    """The objects of a list; none for anything else."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
