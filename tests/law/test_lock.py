"""The lock: what it holds, what it notices, what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chipward.errors import LawErrors, LawSyntaxError, LockMismatch
from chipward.law.load import load_laws
from chipward.law.lock import NAME, changed_versions, check_lock, make_lock, read_lock, write_lock
from chipward.resources import data_dir


def test_the_committed_lock_matches_the_law_and_the_data() -> None:
    check_lock(load_laws())


def test_the_committed_lock_is_what_would_be_written() -> None:
    laws = load_laws()
    assert (data_dir() / NAME).read_text(encoding="utf-8") == make_lock(laws.provisions).text()
    assert read_lock(data_dir() / NAME).sha256 == laws.sha256


def mismatches(law: Any) -> list[str]:
    with pytest.raises(LawErrors) as caught:
        check_lock(law.load(), law.root)
    assert all(isinstance(error, LockMismatch) for error in caught.value.errors)
    return [error.key for error in caught.value.errors]


@pytest.fixture
def locked(law: Any) -> Any:
    law.add("x", law.version(1, until="2026-01-01"), law.version(2, "2026-01-01"))
    write_lock(law.load(), law.root)
    check_lock(law.load(), law.root)
    return law


CHANGES = {
    "condition": ("export_from = 'AA'", "export_from <> 'AA'"),
    "last day": ("until: 2026-01-01", "until: 2025-12-31"),
    "status": ("status: in_force", "status: announced"),
    "citation": ("instrument: Act 1", "instrument: Act 3"),
    "outcome": ("requires: license", "requires: prohibition"),
    "verify": ("note:", "verify: a.reason\n    note:"),
    "kind": ("kind: requirement", "kind: prohibition"),
}


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_a_change_of_meaning_under_its_number_is_refused(locked: Any, what: str) -> None:
    path = locked.root / "law" / locked.regime / "x.yaml"
    text = path.read_text(encoding="utf-8")
    assert CHANGES[what][0] in text
    path.write_text(text.replace(*CHANGES[what]), encoding="utf-8")
    assert "law.lock_changed" in mismatches(locked)
    before = (locked.root / NAME).read_text(encoding="utf-8")
    with pytest.raises(LawErrors, match="was changed under its number"):
        write_lock(locked.load(), locked.root)
    assert (locked.root / NAME).read_text(encoding="utf-8") == before
    write_lock(locked.load(), locked.root, accept=True)
    check_lock(locked.load(), locked.root)


def test_other_words_need_a_new_lock_and_no_new_number(locked: Any) -> None:
    path = locked.root / "law" / locked.regime / "x.yaml"
    text = path.read_text(encoding="utf-8").replace("A title", "Another title")
    path.write_text(text, encoding="utf-8")
    assert mismatches(locked) == ["law.lock_stale"]
    write_lock(locked.load(), locked.root)
    check_lock(locked.load(), locked.root)


def test_a_new_version_needs_a_new_lock_only(locked: Any) -> None:
    locked.add(
        "x",
        locked.version(1, until="2026-01-01"),
        locked.version(2, "2026-01-01", "2027-01-01"),
    )
    assert "law.lock_changed" in mismatches(locked)
    locked.add(
        "x",
        locked.version(1, until="2026-01-01"),
        locked.version(3, "2026-01-01", "2027-01-01"),
    )
    assert set(mismatches(locked)) == {"law.lock_stale"}
    write_lock(locked.load(), locked.root)


def test_a_changed_table_is_noticed(locked: Any) -> None:
    table = locked.root / "law" / locked.regime / "country_groups.csv"
    table.write_text("group,iso2\n", encoding="utf-8")
    assert mismatches(locked) == ["law.lock_stale"]
    write_lock(locked.load(), locked.root)
    table.write_text("group,iso2,from\n", encoding="utf-8")
    assert mismatches(locked) == ["law.lock_stale"]


def test_messages_cases_and_the_lock_itself_are_not_locked(locked: Any) -> None:
    locked.write("x", "cases: []\n", locked.root / "law" / locked.regime / "cases")
    (locked.root / "messages").mkdir()
    (locked.root / "messages" / "law.csv").write_text("key,en,zh\n", encoding="utf-8")
    check_lock(locked.load(), locked.root)
    assert NAME not in make_lock((), locked.root).files


def test_the_hash_of_the_law_follows_its_content(locked: Any) -> None:
    before = locked.load().sha256
    assert locked.load().sha256 == before
    path = locked.root / "law" / locked.regime / "x.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert locked.load().sha256 != before


@pytest.mark.parametrize("text", ["", "[]", '{"format": 2}', '{"format": 1, "files": []}', "{"])
def test_an_unreadable_lock_is_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(LawSyntaxError, match=r"^lock\.json: this lock cannot be read$"):
        read_lock(tmp_path / NAME)


def test_order_and_spacing_of_the_file_do_not_matter(locked: Any) -> None:
    one = locked.load().provisions[0]
    lock = make_lock([one], locked.root)
    shuffled = make_lock([replace(one, versions=one.versions[::-1])], locked.root)
    assert lock.provisions == shuffled.provisions
    assert changed_versions(lock, shuffled) == ()
    assert json.loads(lock.text())["format"] == 1
