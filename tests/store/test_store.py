"""Saved reviews: whole or not at all, and never misread."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chipward import atomic, store
from chipward.errors import StoreError
from chipward.review import FORMAT, Review

DAMAGED = (
    b"", b"{", b"[]", b"3", b"\xff\xfe", b"{}", b'{"format": 1}', b'{"format": "1"}', b"[" * 99_999
)  # fmt: skip
REVIEW: dict[str, Any] = {
    "on": "2026-11-28", "lines": [], "findings": [], "provenance": {}, "format": FORMAT,
    "bom": {"name": "锗.csv"},
}  # fmt: skip


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = store.save_review("board-1.rev_2", REVIEW, tmp_path)
    assert store.load_review("board-1.rev_2", tmp_path) == REVIEW
    assert store.load_review(path) == REVIEW
    assert store.load_review(str(path)) == REVIEW
    assert store.names(tmp_path) == ("board-1.rev_2",)


def test_saving_again_replaces(tmp_path: Path) -> None:
    store.save_review("a", REVIEW, tmp_path)
    store.save_review("a", {**REVIEW, "on": "2026-11-29"}, tmp_path)
    assert store.load_review("a", tmp_path)["on"] == "2026-11-29"
    assert [path.name for path in (tmp_path / "reviews").iterdir()] == ["a.json"]


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", ".hidden", "a" * 81, "a b", "锗", "a\n"])
def test_bad_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="cannot name"):
        store.save_review(name, REVIEW, tmp_path)
    assert list(tmp_path.rglob("*")) == []


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save_review("a", REVIEW, tmp_path)

    def refuse(self: Path, target: Path) -> None:
        raise OSError(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StoreError):
        store.save_review("a", {**REVIEW, "on": "2027-01-01"}, tmp_path)
    assert store.load_review("a", tmp_path) == REVIEW
    assert [path.name for path in (tmp_path / "reviews").iterdir()] == ["a.json"]


def test_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "reviews").write_text("a file, no folder")
    with pytest.raises(StoreError):
        store.save_review("a", REVIEW, tmp_path)


def write(folder: Path, content: bytes) -> Path:
    path = folder / "saved.json"
    path.write_bytes(content)
    return path


def test_a_newer_format_is_refused_with_one_line(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({**REVIEW, "format": FORMAT + 1}).encode())
    with pytest.raises(StoreError) as caught:
        store.load_review(path)
    assert caught.value.key == "store.newer"
    assert caught.value.exit_code == 14
    assert "\n" not in str(caught.value)
    assert str(FORMAT + 1) in str(caught.value)


def test_the_format_before_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({**REVIEW, "format": FORMAT - 1}).encode())
    assert store.load_review(path)["format"] == FORMAT - 1
    path = write(tmp_path, json.dumps({**REVIEW, "format": FORMAT - 2}).encode())
    with pytest.raises(StoreError):
        store.load_review(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"3",
        b"\xff\xfe",
        b"{}",
        b'{"format": 1}',
        b'{"format": "1"}',
        b"[" * 99_999,
    ],
)
def test_damaged_files(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(StoreError):
        store.load_review(write(tmp_path, content))


def test_missing(tmp_path: Path) -> None:
    for name in ("nothing", str(tmp_path / "nothing.json")):
        with pytest.raises(StoreError):
            store.load_review(name, tmp_path)


def test_the_default_is_the_users_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert store.default_store() == tmp_path / "chipward"
    for value in ("", "relative/folder"):
        monkeypatch.setenv("XDG_DATA_HOME", value)
        monkeypatch.setattr(Path, "home", lambda: tmp_path)
        assert store.default_store() == tmp_path / ".local" / "share" / "chipward"
    assert not (tmp_path / "chipward").exists(), "asking creates nothing"


def test_a_pipe_is_written_straight(tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.mkdir()
    with pytest.raises(OSError, match="there"):
        atomic.write(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_store_takes_a_review(tmp_path: Path) -> None:
    review = Review(
        on="2026-11-28", known_at="", scope="enforced", bom={}, profile=None, counts={}, lines=(),
        findings=(), questions=(), coverage=(), cautions=(), materials=(), timeline=(), changes=(),
        provenance={},
    )  # fmt: skip
    store.save_review("a", review, tmp_path)
    assert store.load_review("a", tmp_path)["on"] == "2026-11-28"
