"""Checks over all provisions at once: one concern a function, each returning its problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from chipward.errors import LawConflict, LawError, LawSyntaxError, Where
from chipward.law.model import SHIPPED, Provision

Provisions = Sequence[Provision]

MAY_DEFEAT: Mapping[str, frozenset[str]] = {
    "exception": frozenset({"requirement", "prohibition"}),
    "policy": frozenset({"policy"}),
}
MAY_APPLY_TO: Mapping[str, frozenset[str]] = {
    "policy": frozenset({"requirement", "prohibition"}),
}
_ID = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")


def _at(provision: Provision) -> Where:
    return Where(provision.path, provision.line)


def check_ids(provisions: Provisions) -> Iterator[LawError]:
    """An id is lower case with dots, and no two files carry the same one."""
    seen: dict[str, Provision] = {}
    for one in provisions:
        if not _ID.fullmatch(one.id):
            yield LawSyntaxError("law.id_shape", where=_at(one), value=one.id[:60])
        if one.id in seen:
            other = seen[one.id].path
            yield LawConflict("law.id_twice", where=_at(one), value=one.id, other=other)
        seen[one.id] = one


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text)


def check_files(provisions: Provisions) -> Iterator[LawError]:
    """Shipped files lie in the folder of their regime and are named by the end of their id."""
    shipped = [one for one in provisions if one.origin == SHIPPED]
    stems = Counter((one.regime, _stem(one)) for one in shipped)
    for one in shipped:
        folder, stem = f"law/{one.regime.lower()}/", _stem(one)
        if not one.path.startswith(folder):
            yield LawSyntaxError("law.file_folder", where=_at(one), folder=folder)
        if not _plain(one.id).endswith(_plain(stem)) or stems[one.regime, stem] > 1:
            yield LawSyntaxError("law.file_name", where=_at(one), value=one.id)


def _stem(provision: Provision) -> str:
    return provision.path.rpartition("/")[2].removesuffix(".yaml")


def check_intervals(provisions: Provisions) -> Iterator[LawError]:
    """No two versions of a provision are live on one day; gaps are allowed."""
    for one in provisions:
        for earlier, later in zip(one.versions, one.versions[1:], strict=False):
            if earlier.interval.overlaps(later.interval):
                culprit = earlier if earlier.origin != SHIPPED else later
                yield LawConflict(
                    "law.versions_overlap",
                    where=Where(culprit.path, culprit.line),
                    hint="law.hint.replaces" if culprit.origin != SHIPPED else "law.hint.until",
                    value=one.id,
                    earlier=earlier.number,
                    later=later.number,
                )


def _check_targets(
    provisions: Provisions,
    names: Callable[[Provision], tuple[str, ...]],
    allowed: Mapping[str, frozenset[str]],
    key: str,
) -> Iterator[LawError]:
    kinds = {one.id: one.kind for one in provisions}
    for one in provisions:
        for target in names(one):
            if target not in kinds:
                yield LawSyntaxError("law.no_target", where=_at(one), what=key, value=target[:80])
            elif kinds[target] not in allowed.get(one.kind, frozenset()):
                yield LawSyntaxError(
                    "law.odd_target", where=_at(one), what=key, value=target, kind=one.kind
                )


def check_defeats(provisions: Provisions) -> Iterator[LawError]:
    """An exception defeats requirements, a policy replaces policies, both existing ones."""
    return _check_targets(provisions, lambda one: one.defeats, MAY_DEFEAT, "defeats")


def check_applies_to(provisions: Provisions) -> Iterator[LawError]:
    """A policy says how existing requirements are reviewed."""
    return _check_targets(provisions, lambda one: one.applies_to, MAY_APPLY_TO, "applies_to")


def check_roles(provisions: Provisions) -> Iterator[LawError]:
    """An exception has a symbol and defeats something; a policy applies to something."""
    for one in provisions:
        wants = {
            "symbol": (one.kind == "exception", one.symbol),
            "defeats": (one.kind == "exception", one.defeats),
            "applies_to": (one.kind == "policy", one.applies_to),
        }
        for key, (must, value) in wants.items():
            if must and not value:
                yield LawSyntaxError("law.missing_key", where=_at(one), what=key)
        if one.symbol and one.kind != "exception":
            yield LawSyntaxError("law.odd_key", where=_at(one), what="symbol")


def check_cycles(provisions: Provisions) -> Iterator[LawError]:
    """Nothing defeats itself, not even by way of others."""
    defeats = {one.id: one.defeats for one in provisions}
    for one in provisions:
        reached: set[str] = set()
        todo = list(one.defeats)
        while todo:
            name = todo.pop()
            if name not in reached:
                reached.add(name)
                todo.extend(defeats.get(name, ()))
        if one.id in reached:
            yield LawConflict("law.cycle", where=_at(one), value=one.id)


CHECKS: tuple[Callable[[Provisions], Iterator[LawError]], ...] = (
    check_ids,
    check_files,
    check_intervals,
    check_defeats,
    check_applies_to,
    check_roles,
    check_cycles,
)


def check_all(provisions: Provisions) -> tuple[LawError, ...]:
    """Every problem of every check."""
    return tuple(error for check in CHECKS for error in check(provisions))
