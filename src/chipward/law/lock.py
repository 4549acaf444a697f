"""The lock of the law: a version of a provision never changes its meaning under its number.

``data/lock.json`` holds, for each shipped version, the hash of what can change an answer (its
interval, status, citation, compiled condition and outcome), and for each data file the hash of its
bytes. A changed version needs a new number; a changed file only a new lock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from chipward.errors import LawError, LawErrors, LawSyntaxError, LockMismatch, Where
from chipward.law.model import SHIPPED, Laws, Provision, Version
from chipward.resources import data_dir
from chipward.review import Citation

FORMAT = 1
NAME = "lock.json"
# Words for people and cases for the tests: they change no answer.
_WORDS, _CASES = "messages/", "/cases/"
_KINDS = frozenset({".csv", ".yaml", ".json"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Hashes: id to version number to sha256, and file (below ``data``) to sha256."""

    provisions: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]

    def text(self) -> str:
        """The lock as it is written: sorted, indented, one final newline."""
        content = {"format": FORMAT, "files": self.files, "provisions": self.provisions}
        return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @property
    def sha256(self) -> str:
        """The hash of the whole lock: the name of this body of law and data."""
        return _hash(self.text().encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _cite(cite: Citation | None) -> list[str] | None:
    return None if cite is None else [cite.instrument, cite.section, cite.document, cite.published]


def version_sha256(provision: Provision, version: Version) -> str:
    """The hash of everything in a version that can change an answer; words and notes left out."""
    leaves = [
        [leaf.column, leaf.op, [_plain(value) for value in leaf.values], leaf.negated, leaf.cite]
        for leaf in version.compiled.leaves
    ]
    outcome = version.outcome
    content = {
        "kind": provision.kind,
        "symbol": provision.symbol,
        "defeats": sorted(provision.defeats),
        "applies_to": sorted(provision.applies_to),
        "from": _plain(version.interval.start),
        "until": _plain(version.interval.until),
        "status": version.status,
        "cite": _cite(version.cite),
        "suspended_by": _cite(version.suspended_by),
        "last_suspended_day": _plain(version.last_suspended_day),
        "verify": version.verify,
        "leaves": leaves,
        "formula": version.compiled.formula,
        "outcome": [outcome.requires, outcome.review_policy, sorted(outcome.duties)],
    }
    return _hash(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def file_hashes(root: Path) -> dict[str, str]:
    """sha256 of every data file below ``root`` but messages, cases and the lock itself."""
    paths = sorted(path for path in root.rglob("*") if path.suffix in _KINDS)
    names = [(path.relative_to(root).as_posix(), path) for path in paths]
    return {
        name: _hash(path.read_bytes())
        for name, path in names
        if name != NAME and not name.startswith(_WORDS) and _CASES not in name
    }


def make_lock(provisions: Sequence[Provision], root: Path | None = None) -> Lock:
    """The lock of these provisions (shipped versions only) and of the files below ``root``."""
    hashes: dict[str, dict[str, str]] = {}
    for one in sorted(provisions, key=lambda p: p.id):
        for version in one.versions:
            if version.origin == SHIPPED:
                digest = version_sha256(one, version)
                hashes.setdefault(one.id, {})[str(version.number)] = digest
    return Lock(provisions=hashes, files=file_hashes(root or data_dir()))


def read_lock(path: Path) -> Lock:
    """The committed lock; an absent file is an empty lock.

    Raises `LawSyntaxError` for a lock of another format.
    """
    if not path.is_file():
        return Lock(provisions={}, files={})
    try:
        content: object = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        content = None
    match content:
        case {"format": 1, "provisions": dict(), "files": dict()}:
            lock = cast("Mapping[str, Mapping[str, Any]]", content)
            return Lock(provisions=lock["provisions"], files=lock["files"])
        case _:
            raise LawSyntaxError("law.lock_unreadable", where=Where(path.name))


def changed_versions(old: Lock, new: Lock) -> tuple[tuple[str, str], ...]:
    """Versions (id, number) that both locks name with different hashes, sorted."""
    return tuple(
        sorted(
            (name, number)
            for name, numbers in new.provisions.items()
            for number, digest in numbers.items()
            if old.provisions.get(name, {}).get(number, digest) != digest
        )
    )


def compare(old: Lock, new: Lock) -> tuple[LawError, ...]:
    """Every way in which ``new`` (what is there) differs from ``old`` (what was committed)."""
    where = Where(NAME)
    errors: list[LawError] = [
        LockMismatch(
            "law.lock_changed", where=where, hint="law.hint.bump", value=name, number=number
        )
        for name, number in changed_versions(old, new)
    ]
    pairs_old = {(name, number) for name, numbers in old.provisions.items() for number in numbers}
    pairs_new = {(name, number) for name, numbers in new.provisions.items() for number in numbers}
    errors += [
        LockMismatch("law.lock_stale", where=where, hint="law.hint.lock", value=f"{name} {number}")
        for name, number in sorted(pairs_old ^ pairs_new)
    ]
    names = sorted(set(old.files) | set(new.files))
    errors += [
        LockMismatch("law.lock_stale", where=where, hint="law.hint.lock", value=name)
        for name in names
        if old.files.get(name) != new.files.get(name)
    ]
    return tuple(errors)


def check_lock(laws: Laws, root: Path | None = None) -> None:
    """Compare the law and the data with the committed lock.

    Raises:
        LawErrors: a `LockMismatch` for every version or file that differs.
    """
    base = root or data_dir()
    errors = compare(read_lock(base / NAME), make_lock(laws.provisions, base))
    if errors:
        raise LawErrors(errors)


def write_lock(laws: Laws, root: Path | None = None, *, accept: bool = False) -> Lock:
    """Write the lock anew.

    Args:
        laws: shipped law, without local law.
        root: the data folder.
        accept: take over versions whose meaning changed under their number, too.

    Raises:
        LawErrors: such versions, unless they are accepted; the lock then stays as it is.
    """
    base = root or data_dir()
    old, new = read_lock(base / NAME), make_lock(laws.provisions, base)
    changed = changed_versions(old, new)
    if changed and not accept:
        raise LawErrors(tuple(e for e in compare(old, new) if e.key == "law.lock_changed"))
    (base / NAME).write_text(new.text(), encoding="utf-8", newline="\n")
    return new
