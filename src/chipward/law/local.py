"""Local law: files a user lays over the shipped law with ``--law DIR``, in the same schema.

A local file whose ``id`` is new adds a provision. A local file whose ``id`` is shipped adds its
versions to that provision; a version with a shipped number takes the place of that version, and
``replaces: [2, 3]`` drops further shipped versions by number. Nothing is clipped: if two versions
are then live on one day, that is a `LawConflict` at the local file. Title, symbol, ``defeats`` and
``applies_to`` of the local file stand where they are given; the kind must be the shipped one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chipward.errors import LawConflict, LawError, LawSyntaxError, Where
from chipward.law.model import YOURS, Provision
from chipward.law.parse import Parsed, by_start


def _overlay(shipped: Provision, local: Provision, parsed: Parsed) -> Provision:
    gone = {version.number for version in local.versions} | set(parsed.replaces)
    kept = [version for version in shipped.versions if version.number not in gone]
    return replace(
        shipped,
        title=local.title or shipped.title,
        symbol=local.symbol or shipped.symbol,
        defeats=local.defeats or shipped.defeats,
        applies_to=local.applies_to or shipped.applies_to,
        versions=by_start([*kept, *local.versions]),
        origin=YOURS,
        path=local.path,
        line=local.line,
    )


def _problems(shipped: Provision | None, parsed: Parsed, local: Provision) -> list[LawError]:
    where = Where(local.path, local.line)
    numbers = {version.number for version in shipped.versions} if shipped else set[int]()
    missing = sorted(set(parsed.replaces) - numbers)
    errors: list[LawError] = []
    if missing:
        listed = ", ".join(str(number) for number in missing)
        errors.append(LawSyntaxError("law.replaces_nothing", where=where, value=listed))
    if shipped is not None and local.kind != shipped.kind:
        errors.append(LawConflict("law.local_kind", where=where, kind=shipped.kind))
    return errors


def lay_over(
    shipped: Sequence[Provision], local: Sequence[Parsed]
) -> tuple[tuple[Provision, ...], list[LawError]]:
    """Shipped provisions with local ones laid over them, in the order the files were read."""
    merged = {one.id: one for one in shipped}
    seen: dict[str, Provision] = {}
    errors: list[LawError] = []
    for parsed in local:
        one = parsed.provision
        if one is None:
            continue
        if one.id in seen:
            where, other = Where(one.path, one.line), seen[one.id].path
            errors.append(LawConflict("law.id_twice", where=where, value=one.id, other=other))
            continue
        seen[one.id] = one
        base = merged.get(one.id)
        errors.extend(_problems(base, parsed, one))
        merged[one.id] = one if base is None else _overlay(base, one, parsed)
    return tuple(merged.values()), errors
