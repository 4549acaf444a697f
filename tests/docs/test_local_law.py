"""The walk through local law in the docs works as written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from chipward.law.load import load_laws
from chipward.law.model import YOURS
from chipward.resources import data_dir

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "guide" / "local-law.md"
FILE = "46_2024_p2_ga_ge_sb_superhard.yaml"
PROVISION = "cn.46_2024.p2.ga_ge_sb_superhard"


def _edited(shipped: str, diff: str) -> str:
    """The shipped text with the steps of the diff carried out, each after the one before."""
    done, rest = "", shipped[: shipped.index("  - version: 1")]
    for line in diff.splitlines():
        mark, text = line[0], line[1:].rstrip()
        if mark == "+":
            done += text + "\n"
            continue
        start = rest.index(text + "\n")
        done += rest[:start] + ("" if mark == "-" else text + "\n")
        rest = rest[start + len(text) + 1 :]
    return done + rest


def test_the_extension_of_the_page_loads_and_prolongs(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    diff = re.search(r"```diff\n(.*?)```", page, re.DOTALL)
    assert diff
    assert f"/law/cn/{FILE}" in page
    shipped = (data_dir() / "law" / "cn" / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(_edited(shipped, diff[1]), encoding="utf-8")

    def status(day: date, *folders: Path) -> tuple[str, str, bool]:
        laws = load_laws(folders)
        (provision,) = [p for p in laws.provisions if p.id == PROVISION]
        (version,) = [v for v in provision.versions if v.interval.holds(day)]
        return version.status, version.origin, version.needs_verify(day)

    day = date(2026, 11, 28)
    assert status(day) == ("in_force", "chipward", True)
    assert status(day, tmp_path) == ("suspended", YOURS, False)
    assert status(date(2027, 11, 27), tmp_path)[0] == "suspended"
    assert status(date(2027, 11, 28), tmp_path)[0] == "in_force"
    assert status(date(2025, 1, 1), tmp_path) == ("in_force", "chipward", False)
