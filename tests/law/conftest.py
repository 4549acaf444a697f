"""Fixture law: provisions written into a folder of their own, with the shipped facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipward.law.load import load_laws
from chipward.law.model import Laws
from chipward.resources import data_dir

VERSION = """\
  - version: {number}
    from: {start}
    until: {until}
    status: {status}
    cite: {{instrument: Act {number}, published: 2024-12-03, via: uncited}}
    {more}
    when: {when}
    outcome: {{requires: license}}
"""
PROVISION = """\
id: {name}
title: A title
kind: requirement
versions:
"""
WHEN = "{name: leaves, leaf: \"export_from = 'AA'\"}"


def version(
    number: int = 1,
    start: str = "2024-12-03",
    until: str = "",
    status: str = "in_force",
    when: str = WHEN,
    more: str = "",
) -> str:
    """One version as YAML."""
    return VERSION.format(
        number=number, start=start, until=until, status=status, when=when, more=more or "note:"
    )


def provision(name: str, *versions: str) -> str:
    """A requirement as YAML."""
    return PROVISION.format(name=name) + "".join(versions or (version(),))


class Law:
    """A data folder with nothing but the law a test writes; ``regime`` is one of the shipped."""

    def __init__(self, root: Path, regime: str) -> None:
        self.root = root
        self.regime = regime
        (root / "law").mkdir(parents=True)

    version = staticmethod(version)
    provision = staticmethod(provision)

    def write(self, stem: str, text: str, folder: Path | None = None) -> Path:
        """Write a file into the shipped law, or into a folder of local law."""
        path = (folder or self.root / "law" / self.regime) / f"{stem}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def add(self, stem: str, *versions: str, folder: Path | None = None) -> str:
        """Write a requirement; its id."""
        name = f"{self.regime}.{stem}"
        self.write(stem, provision(name, *versions), folder)
        return name

    def load(self, *local: Path) -> Laws:
        """Load it."""
        return load_laws(local, root=self.root)


@pytest.fixture
def regime() -> str:
    """The folder name of some shipped regime."""
    return min(path.name for path in (data_dir() / "law").iterdir() if path.is_dir())


@pytest.fixture
def law(tmp_path: Path, regime: str) -> Law:
    """An empty body of law."""
    return Law(tmp_path / "data", regime)
