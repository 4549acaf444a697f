"""All law of a run: the shipped provisions, local ones laid over them, checked as one body."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chipward.errors import LawError, LawErrors, LawSyntaxError, Where
from chipward.facts import facts
from chipward.law.checks import check_all, check_ids
from chipward.law.local import lay_over
from chipward.law.lock import make_lock
from chipward.law.model import SHIPPED, YOURS, Jurisdiction, Laws, LocalLaw
from chipward.law.parse import Parsed, parse_provision
from chipward.law.reader import Source
from chipward.law.yaml_text import read_yaml
from chipward.resources import data_dir
from chipward.tables import load, rows_of

__all__ = ["jurisdictions", "load_laws", "read_yaml"]

CASES = "cases"
_TABLES = frozenset({".csv", ".yml", ".json", ".xlsx"})


def jurisdictions() -> tuple[Jurisdiction, ...]:
    """The regimes of ``data/jurisdictions.csv``, in its order."""
    names = Jurisdiction.__dataclass_fields__
    rows = rows_of(load("jurisdictions"))
    return tuple(Jurisdiction(**{name: row[name] for name in names}) for row in rows)


def provision_files(folder: Path) -> list[Path]:
    """The provision files below a folder, sorted; case files are left out."""
    found = (path.relative_to(folder) for path in folder.rglob("*.yaml"))
    return [folder / path for path in sorted(found) if CASES not in path.parts[:-1]]


def _read(path: Path, source: Source) -> Parsed:
    try:
        return parse_provision(read_yaml(path, source.file), source)
    except LawError as error:
        return Parsed(provision=None, replaces=(), errors=(error,))


def _read_local(folder: Path, source: Source) -> tuple[list[Parsed], list[LocalLaw]]:
    label = f"{folder.name}/" if folder.name else ""
    parsed: list[Parsed] = []
    hashes: list[LocalLaw] = []
    for path in provision_files(folder):
        name = label + path.relative_to(folder).as_posix()
        parsed.append(_read(path, replace(source, file=name)))
        hashes.append(LocalLaw(name=name, sha256=hashlib.sha256(path.read_bytes()).hexdigest()))
    return parsed, hashes


def _local_problems(folder: Path) -> list[LawError]:
    where, hint = Where(folder.name or "."), "law.hint.local"
    if not folder.is_dir() or not provision_files(folder):
        return [LawSyntaxError("law.local_empty", where=where, hint=hint)]
    odd = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix in _TABLES)
    return [
        LawSyntaxError("law.local_file", where=Where(f"{where.file}/{name}"), hint=hint)
        for name in odd
    ]


def load_laws(local: Sequence[Path] = (), *, root: Path | None = None) -> Laws:
    """Load, overlay and check the law.

    Args:
        local: folders of local law, laid over the shipped law in this order (see `law.local`).
        root: the data folder; the shipped one if left out.

    Returns:
        The law, provisions sorted by id, versions oldest first.

    Raises:
        LawErrors: with file and line of every problem found, not only the first.

    >>> laws = load_laws()
    >>> [p.id for p in laws.provisions] == sorted(p.id for p in laws.provisions)
    True
    """
    base = root or data_dir()
    regimes = jurisdictions()
    names = tuple(one.regime for one in regimes)
    source = Source(file="", origin=SHIPPED, facts=facts(), regimes=names)
    shipped = [
        _read(path, replace(source, file=path.relative_to(base).as_posix()))
        for path in provision_files(base / "law")
    ]
    provisions = [one.provision for one in shipped if one.provision is not None]
    errors: list[LawError] = [error for one in shipped for error in one.errors]
    errors.extend(check_ids(provisions))
    yours = replace(source, origin=YOURS, shipped={one.id: one for one in provisions})
    overlays: list[Parsed] = []
    hashes: list[LocalLaw] = []
    for folder in local:
        problems = _local_problems(folder)
        parsed, digests = ([], []) if problems else _read_local(folder, yours)
        errors.extend(problems + [error for one in parsed for error in one.errors])
        overlays.extend(parsed)
        hashes.extend(digests)
    merged, problems = lay_over(provisions, overlays)
    errors.extend(problems)
    errors.extend(check_all(merged))
    if errors:
        raise LawErrors(_distinct(errors))
    return Laws(
        provisions=tuple(sorted(merged, key=lambda one: one.id)),
        jurisdictions=regimes,
        sha256=make_lock(provisions, base).sha256,
        local=tuple(hashes),
    )


def _distinct(errors: Sequence[LawError]) -> tuple[LawError, ...]:
    """Each problem once, by file and line."""
    keyed = {
        (e.where.file, e.where.row or 0, e.key, repr(sorted(e.params.items()))): e for e in errors
    }
    return tuple(keyed[key] for key in sorted(keyed))
