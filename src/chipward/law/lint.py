"""The linter: what the loader refuses, and what only the rest of the data can tell.

Each check is one concern and returns its problems with file and line; all of them run, so that an
author sees every problem at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chipward.catalogue import has
from chipward.errors import LawError, LawErrors, LawSyntaxError, UnknownFact, Where
from chipward.facts import facts
from chipward.law.cases import failures, load_cases
from chipward.law.load import load_laws
from chipward.law.model import SHIPPED, Laws, Leaf, Provision, Version
from chipward.law.parse import UNREAD
from chipward.law.yaml_text import Fields, read_yaml
from chipward.resources import data_dir
from chipward.textcsv import read_rows

SOURCES = "sources.yaml"
COUNTRY_GROUPS, ITEM_GROUPS = "country_groups.csv", "item_groups.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the linter read and what it found."""

    provisions: int
    versions: int
    cases: int
    errors: tuple[LawError, ...]


def _versions(laws: Laws) -> Iterator[tuple[Provision, Version]]:
    for provision in laws.provisions:
        for version in provision.versions:
            yield provision, version


def _at(version: Version) -> Where:
    return Where(version.path, version.line)


def check_sources(laws: Laws, root: Path) -> Iterator[LawError]:
    """What a citation was read from is a source of ``sources.yaml``."""
    path = root / SOURCES
    document = read_yaml(path) if path.is_file() else None
    if not isinstance(document, Fields):
        return
    for _, version in _versions(laws):
        cites = [version.cite, *([version.suspended_by] if version.suspended_by else [])]
        for cite in cites:
            source = cite.via.partition(":")[0].strip()
            if source and source not in UNREAD and source not in document:
                yield LawSyntaxError("law.no_source", where=_at(version), value=source[:60])


def check_messages(laws: Laws, root: Path) -> Iterator[LawError]:
    """Notes and reasons of the shipped law are sentences of the catalogue, in both languages."""
    del root
    for _, version in _versions(laws):
        if version.origin == SHIPPED:
            for key in (version.note, version.verify, version.outcome.note):
                if key and not has(key):
                    yield LawSyntaxError("law.no_message", where=_at(version), value=key[:80])


def _groups(root: Path, table: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted((root / "law").glob(f"*/{table}")):
        found[path.parent.name.upper()] = {row["group"] for row in read_rows(path)}
    return found


def _is_group_test(leaf: Leaf) -> bool:
    return leaf.op == "has" and leaf.column.endswith("_groups")


def check_country_groups(laws: Laws, root: Path) -> Iterator[LawError]:
    """A leaf names only country groups that have rows."""
    known = _groups(root, COUNTRY_GROUPS)
    for _, version in _versions(laws):
        for leaf in filter(_is_group_test, version.compiled.leaves):
            value = str(leaf.values[0])
            regime, _, group = value.partition(":")
            if group not in known.get(regime, set()):
                yield LawSyntaxError("law.no_group", where=_at(version), value=value[:60])


def check_item_groups(laws: Laws, root: Path) -> Iterator[LawError]:
    """Each group of codes is a declared boolean fact."""
    del laws
    for regime, groups in _groups(root, ITEM_GROUPS).items():
        where = Where(f"law/{regime.lower()}/{ITEM_GROUPS}")
        for group in sorted(groups):
            fact = facts().get(group)
            if fact is None or fact.type != "boolean":
                yield UnknownFact("law.unknown_fact", where=where, what=group[:60])


CHECKS: tuple[Callable[[Laws, Path], Iterator[LawError]], ...] = (
    check_sources,
    check_messages,
    check_country_groups,
    check_item_groups,
)


def lint(local: Sequence[Path] = (), *, root: Path | None = None) -> Report:
    """Load the law, run every check and every case.

    Args:
        local: folders of local law, laid over the shipped one.
        root: the data folder; the shipped one if left out.
    """
    base = root or data_dir()
    try:
        laws = load_laws(local, root=base)
    except LawErrors as error:
        return Report(provisions=0, versions=0, cases=0, errors=error.errors)
    errors = [error for check in CHECKS for error in check(laws, base)]
    shipped = load_laws(root=base) if local else laws
    about = [(shipped, base / "law", "law/")]
    about += [(laws, folder, f"{folder.name}/" if folder.name else "") for folder in local]
    count = 0
    for body, folder, label in about:
        found = load_cases(body, folder, label)
        count += len(found.cases)
        errors += [*found.errors, *failures(found.cases)]
    versions = sum(1 for _ in _versions(laws))
    return Report(
        provisions=len(laws.provisions), versions=versions, cases=count, errors=tuple(errors)
    )
