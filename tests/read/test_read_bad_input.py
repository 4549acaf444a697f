"""Bad input: one clear line, exit code 11, nothing of a cell in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chipward.catalogue import LANGUAGES, error_line
from chipward.errors import BomError, ChipwardError
from chipward.read import read_bom
from chipward.read.shipments import read_shipments

Writer = Callable[..., Path]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
CASES = {
    "empty": ("board.csv", b"", "read.empty"),
    "blank": ("board.csv", b"\xef\xbb\xbf\r\n \r\n", "read.empty"),
    "image": ("board.csv", PNG, "read.kind"),
    "photograph": ("board.csv", b"\xff\xd8\xff\xe0" + PNG, "read.kind"),
    "pdf": ("board.csv", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "read.kind"),
    "pdf named xlsx": ("board.xlsx", b"%PDF-1.7\n", "read.kind"),
    "web page": ("board.csv", b"<!DOCTYPE html><html><body>", "read.kind"),
    "archive": ("board.csv", b"PK\x03\x04" + b"\x00" * 60, "read.broken_sheet"),
    "nul bytes": ("board.csv", b"Ref,MPN\nU1,NE\x00555\n", "read.not_text"),
    "bytes": ("board.csv", bytes(range(1, 256)) * 4, "read.not_text"),
    "text named xlsx": ("board.xlsx", b"Ref,MPN\nU1,NE555P\n", "read.no_spreadsheet"),
    "old workbook, damaged": (
        "board.xls",
        b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
        "read.broken_sheet",
    ),
    "no header": ("board.csv", b"U1,1,NE555P\nU2,1,LM358\n", "read.no_header"),
    "prose": ("board.csv", b"Dear Sir,\nplease find the list enclosed.\n", "read.no_header"),
    "header only": ("board.csv", b"Ref,Qty,MPN\n", "read.no_lines"),
    "unread ending": ("board.docx", b"Ref,Qty,MPN\nU1,1,NE555P\n", "read.ending"),
    "no ending": ("board", b"Ref,Qty,MPN\nU1,1,NE555P\n", "read.ending"),
}


@pytest.mark.parametrize("name", CASES)
def test_one_clear_line(tmp_path: Path, name: str) -> None:
    file, raw, key = CASES[name]
    path = tmp_path / file
    path.write_bytes(raw)
    with pytest.raises(BomError) as caught:
        read_bom(path)
    error = caught.value
    assert (error.key, error.exit_code, error.where.file) == (key, 11, file)
    for lang in LANGUAGES:
        line = error_line(error, lang)
        assert line.startswith(file)
        assert "\n" not in line
        assert "{" not in line


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, key in ((tmp_path / "none.csv", "read.missing"), (tmp_path, "read.directory")):
        for reader in (read_bom, read_shipments):
            with pytest.raises(BomError) as caught:
                reader(path)
            assert caught.value.key == key


def test_unread_endings_say_which_are_read(tmp_path: Path) -> None:
    path = tmp_path / "board.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert ".xlsx" in str(caught.value)
    assert ".csv" in str(caught.value)


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    with path.open("wb") as stream:
        stream.truncate(200_000_001)
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == "read.too_large"


def test_a_truncated_workbook(write_xlsx: Writer) -> None:
    path = write_xlsx([["Ref", "Qty", "MPN"], *([f"U{n}", 1, f"P-{n}"] for n in range(200))])
    raw = path.read_bytes()
    for length in range(0, len(raw), max(1, len(raw) // 40)):
        path.write_bytes(raw[:length])
        with pytest.raises(ChipwardError):
            read_bom(path)


def test_a_long_header_is_cut_in_messages(write_csv: Writer) -> None:
    path = write_csv([["Ref", "MPN", "x\n" * 50], ["U1", "NE555P", ""]])
    with pytest.raises(ChipwardError) as caught:
        read_bom(path, {"value": "nothing like it"})
    assert "\n" not in str(caught.value)
    assert "…" in str(caught.value)
