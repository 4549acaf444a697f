"""CSV and XLSX: what comes back is what went in, and no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from chipward.catalogue import LANGUAGES
from chipward.report import render
from chipward.report.as_csv import guarded
from chipward.report.rows import COLUMNS
from chipward.review import Review


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def unguarded(cell: str) -> str:
    return cell.removeprefix("'")


def test_a_row_a_line(board: Review) -> None:
    rows = read(render(board, "csv"))
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == len(board.lines)
    for row, line in zip(rows, board.lines, strict=True):
        assert int(row["line"]) == line.line
        assert unguarded(row["mpn"]) == line.mpn
        assert unguarded(row["description"]) == line.description
        assert row["refs"].split("; ") == list(line.refs)
        assert row["findings"].split("; ") == (list(line.findings) or [""])
        assert row["quantity"] == ("" if line.quantity is None else f"{line.quantity:g}")


def test_questions_stand_on_their_lines(board: Review) -> None:
    rows = {int(row["line"]): row for row in read(render(board, "csv"))}
    assert rows[2]["questions"] == "end_use"
    assert rows[9]["questions"] == ""


def test_no_cell_begins_as_a_formula(board: Review) -> None:
    for row in read(render(board, "csv")):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@")), cell
    assert "'@SUM(A1)" in render(board, "csv").decode()


@given(st.text(max_size=12))
def test_the_guard_is_undone_by_dropping_one_apostrophe(cell: str) -> None:
    safe = guarded(cell)
    assert isinstance(safe, str)
    assert not safe.lstrip().startswith(("=", "+", "-", "@"))
    assert unguarded(safe) == cell


def test_workbook(board: Review) -> None:
    for lang in LANGUAGES:
        content = render(board, "xlsx", lang)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        about, lines, findings, questions, sources = (
            book.get_sheet_by_name(name).to_python() for name in book.sheet_names
        )
        assert lines[0] == [*COLUMNS, "answer"]
        assert len(lines) == 1 + len(board.lines)
        assert lines[14][COLUMNS.index("mpn")] == "@SUM(A1)"
        assert len(findings) == 1 + len(board.findings)
        assert len(questions) == 1 + len(board.questions)
        assert any("mofcom" in row for row in sources)
        assert about[-1][0]


def test_workbook_holds_no_formula_and_one_date(board: Review) -> None:
    archive = zipfile.ZipFile(io.BytesIO(render(board, "xlsx")))
    sheets = [name for name in archive.namelist() if "worksheets" in name]
    assert not any(b"<f>" in archive.read(name) for name in sheets)
    assert b"2026-11-28T00:00:00Z" in archive.read("docProps/core.xml")
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_board(plain: dict[str, Any]) -> None:
    for name in ("lines", "findings", "questions", "materials", "timeline", "coverage"):
        plain[name] = []
    plain["counts"] = dict.fromkeys(plain["counts"], 0)
    plain["profile"] = None
    for form in ("csv", "xlsx", "table", "html", "json"):
        assert render(plain, form)
