"""Neutrality: swap two countries in law, data, board and profile; nothing else moves.

The whole fact base is copied with every country token of the two regimes exchanged, folders and
file names included. The review of the exchanged board under the exchanged law must be the exchange
of the review, finding by finding. A weight, a default or a rule that hangs on a country fails here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chipward.resources import data_dir, examples_dir

PAIR = ("US", "CN")
_SWAP = {PAIR[0]: PAIR[1], PAIR[1]: PAIR[0]} | {
    PAIR[0].lower(): PAIR[1].lower(),
    PAIR[1].lower(): PAIR[0].lower(),
}
_TOKEN = re.compile(r"(?<![A-Za-z0-9])(" + "|".join(_SWAP) + r")(?![A-Za-z0-9])")
_RUN = """
import sys
from datetime import date
from pathlib import Path
import chipward.resources as resources
resources.data_dir = lambda: Path(sys.argv[1])
from chipward.api import Options, assess
from chipward.law.load import load_laws
from chipward.profile import read_profile
from chipward.read import read_bom
from chipward.report import render
for day in sys.argv[4:]:
    profile = read_profile(Path(sys.argv[3]))
    board, options = read_bom(Path(sys.argv[2])), Options(on=date.fromisoformat(day))
    review = assess(board, load_laws(), options, profile)
    sys.stdout.buffer.write(render(review, "json").replace(b"\\n", b" ") + b"\\n")
"""
_DAYS = ("2025-06-02", "2026-11-24", "2026-11-28")
# Hashes of bytes that were exchanged, and prose, in which the two letters may be a word.
_HASHED = {"id", "finding", "findings", "sha256", "provenance", "url", "document", "as_of"}
_PROSE = {"title", "note", "what", "name", "source", "via", "instrument", "section", "cite"}


def swapped(text: str) -> str:
    """The text with the two countries exchanged."""
    return _TOKEN.sub(lambda found: _SWAP[found.group()], text)


def _copy(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file():
            there = target / swapped(str(path.relative_to(source)))
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_text(swapped(path.read_text(encoding="utf-8")), encoding="utf-8")


def _reviews(data: Path, board: Path, profile: Path) -> list[Any]:
    command = [sys.executable, "-c", _RUN, str(data), str(board), str(profile), *_DAYS]
    done = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def _canonical(value: Any, *, exchange: bool) -> Any:
    """Without hashes and prose, lists sorted: what a review says, whatever its order."""
    if isinstance(value, dict):
        return {
            (swapped(k) if exchange else k): _canonical(v, exchange=exchange)
            for k, v in value.items()
            if k not in _HASHED | _PROSE
        }
    if isinstance(value, list):
        items = [_canonical(item, exchange=exchange) for item in value]
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True, ensure_ascii=False))
    if isinstance(value, str):
        # A cell lists values in the order of the vocabulary; its words, sorted, are what it says.
        return " ".join(sorted((swapped(value) if exchange else value).split(", ")))
    return value


@pytest.mark.parametrize("name", ["profile-us.yaml", "profile-cn.yaml"])
def test_a_review_does_not_know_which_country_is_which(tmp_path: Path, name: str) -> None:
    example = examples_dir() / "thermal-sdr"
    _copy(data_dir(), tmp_path / "data")
    _copy(example, tmp_path / "board")
    plain = _reviews(data_dir(), example / "bom.csv", example / name)
    other = _reviews(
        tmp_path / "data", tmp_path / "board" / "bom.csv", tmp_path / "board" / swapped(name)
    )
    assert sum(len(review["findings"]) for review in plain) > 20
    assert plain[0]["findings"] != other[0]["findings"]
    for mine, theirs in zip(plain, other, strict=True):
        assert _canonical(theirs, exchange=True) == _canonical(mine, exchange=False)
