"""Saved reviews: one JSON file each, the same as ``-o review.json`` writes.

A file carries the number of its format. The one before the present is read too; a newer one is
refused with a line that says so, for guessing at what a newer chipward meant would be worse.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from chipward import atomic
from chipward.errors import StoreError, Where
from chipward.report import as_json
from chipward.review import FORMAT, Review

READABLE = (FORMAT - 1, FORMAT)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
_FOLDER, _ENDING = "reviews", ".json"


def default_store() -> Path:
    """The user's data folder for chipward; it need not exist yet."""
    base = os.environ.get("XDG_DATA_HOME", "")
    home = Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share"
    return home / "chipward"


def _place(name: str, store: Path) -> Path:
    if not _NAME.fullmatch(name):
        raise StoreError("store.bad_name", hint="store.hint.name", name=name[:40])
    return store / _FOLDER / f"{name}{_ENDING}"


def save_review(name: str, review: Review | Mapping[str, Any], store: Path | None = None) -> Path:
    """Save a review under a name, replacing an older one of that name.

    Args:
        name: letters, digits, dot, dash and underscore, up to 80.
        review: the review.
        store: the store; the user's data folder unless given.

    Returns:
        The file.

    Raises:
        StoreError: the name cannot be used, or the store cannot be written.
    """
    path = _place(name, store or default_store())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, as_json.render(review))
    except OSError as error:
        raise StoreError("store.cannot_write", where=Where(path.name)) from error
    return path


def names(store: Path | None = None) -> tuple[str, ...]:
    """The names of the saved reviews, sorted."""
    folder = (store or default_store()) / _FOLDER
    found = (path.name.removesuffix(_ENDING) for path in folder.glob(f"*{_ENDING}"))
    return tuple(sorted(name for name in found if _NAME.fullmatch(name)))


def load_review(name: str | Path, store: Path | None = None) -> dict[str, Any]:
    """A review by file (what ends in ``.json``, or is there) or by the name it was saved under.

    Raises:
        StoreError: there is none, it is damaged, or a newer chipward wrote it.
    """
    path = Path(name)
    if path.suffix == _ENDING or path.is_file():
        return read(path)
    saved = _place(str(name), store or default_store())
    if not saved.is_file():
        raise StoreError("store.not_found", hint="store.hint.save", name=str(name))
    return read(saved)


def read(path: Path) -> dict[str, Any]:
    """A review from a JSON file.

    Raises:
        StoreError: no such file, no review in it, or a format this chipward cannot read.
    """
    where = Where(path.name)
    try:
        content: Any = json.loads(path.read_bytes())
    except OSError as error:
        raise StoreError("store.no_file", where=where) from error
    except (ValueError, RecursionError) as error:
        raise StoreError("store.damaged", where=where) from error
    if not isinstance(content, dict):
        raise StoreError("store.damaged", where=where)
    review = cast("dict[str, Any]", content)
    number = review.get("format")
    if isinstance(number, int) and number > FORMAT:
        raise StoreError("store.newer", where=where, hint="store.hint.newer", format=number)
    if number not in READABLE or not {"on", "lines", "findings", "provenance"} <= review.keys():
        raise StoreError("store.damaged", where=where)
    return review
