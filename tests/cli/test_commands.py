"""The commands as a user calls them: answers, exit codes, one line an error, whole files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chipward.resources import examples_dir

BOARD = examples_dir() / "thermal-sdr" / "bom.csv"
HOME = examples_dir() / "thermal-sdr" / "profile-us.yaml"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
GOOD = "Reference,Qty,MPN,Manufacturer,Description\nU1,1,TLV9001,Texas Instruments,op amp\n"

Run = Callable[..., Any]


def test_assess_writes_every_format_and_exits_by_level(run: Run, tmp_path: Path) -> None:
    for ending in ("json", "csv", "html", "xlsx", "txt"):
        target = tmp_path / f"report.{ending}"
        ran = run("assess", BOARD, "--profile", HOME, "--on", "2026-11-28", "-o", target)
        assert (ran.code, ran.out, ran.err) == (1, "", "")
        assert target.stat().st_size > 1_000
    quiet = run(
        "assess", BOARD, "--on", "2026-11-24", "--fail-on", "stop", "-o", tmp_path / "x.json"
    )
    assert quiet.code == 0


def test_the_same_question_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    for target in (first, second):
        run("assess", BOARD, "--profile", HOME, "--on", "2026-11-28", "-o", target)
    assert first.read_bytes() == second.read_bytes()


def test_the_two_days_differ_in_words(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    run("assess", BOARD, "--profile", HOME, "--on", "2026-11-24", "-o", old)
    same = run("assess", BOARD, "--profile", HOME, "--on", "2026-11-24", "--against", old)
    ran = run("assess", BOARD, "--profile", HOME, "--on", "2026-11-28", "--against", old)
    assert "2026-11-24 then, 2026-11-28 now" in ran.out
    assert "suspended then, in force now" in ran.out
    assert "then," not in same.out.partition("What changed")[2].partition("Lines")[0]


def test_save_and_explain_by_name(run: Run, tmp_path: Path) -> None:
    run(
        "assess",
        BOARD,
        "--profile",
        HOME,
        "--on",
        "2026-11-28",
        "--save",
        "board",
        "--store",
        tmp_path,
    )
    saved = json.loads(next(tmp_path.rglob("board.json")).read_text(encoding="utf-8"))
    finding = next(f for f in saved["findings"] if f["review_policy"] == "denial_in_principle")
    ran = run("explain", finding["id"], "--review", next(tmp_path.rglob("board.json")))
    assert ran.code == 0
    assert "export_from" in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines() if "http" not in line)


def test_determine_reads_a_book_and_sweeps_days(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text(
        "id,date,action,item,code_system,origin_country,export_from,destination,end_use,listed_as\n"
        "S1,2026-11-24,export,3C001.a,CN,CN,CN,US,civil,none\n",
        encoding="utf-8",
    )
    ran = run("determine", book, "--sweep", "2026-11-27:2026-11-28", "--format", "json")
    rows = [r for r in json.loads(ran.out) if r["regime"] == "CN"]
    assert [(r["date"], r["review_policy"], r["verify"]) for r in rows] == [
        ("2026-11-27", "ordinary", False),
        ("2026-11-28", "denial_in_principle", True),
    ]
    assert ran.code == 1


def test_law_diff_says_what_it_means_for_a_board(run: Run) -> None:
    ran = run("law", "diff", BOARD, "--profile", HOME, "--from", "2026-11-27", "--to", "2026-11-28")
    assert ran.code == 0
    assert "resumes" in ran.out
    assert "denial in principle" in " ".join(ran.out.split())
    assert all(len(line) <= 80 for line in ran.out.splitlines())


@pytest.mark.parametrize(
    "name, content, code, word",
    [
        ("empty.csv", b"", 11, "empty"),
        ("picture.csv", PNG, 11, "png"),
        ("bare.csv", b"1,2,3\n4,5,6\n7,8,9\n", 11, "header"),
        ("report.pdf", b"%PDF-1.7", 11, "pdf"),
    ],
)
def test_a_file_that_is_no_board(
    run: Run, tmp_path: Path, name: str, content: bytes, code: int, word: str
) -> None:
    board, target = tmp_path / name, tmp_path / "out.json"
    board.write_bytes(content)
    target.write_text("before", encoding="utf-8")
    ran = run("assess", board, "-o", target)
    assert ran.code == code
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith(name)
    assert word in ran.err.lower()
    assert target.read_text(encoding="utf-8") == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "out.json"])


@pytest.mark.parametrize(
    "options, code, word",
    [
        (["--map", "mpn=Nowhere"], 11, "Nowhere"),
        (["--map", "colour=MPN"], 11, "colour"),
        (["--map", "mpn"], 11, "mpn=Comment"),
        (["--on", "28.11.2026"], 11, "YYYY-MM-DD"),
        (["--on", "1999-01-01"], 11, "1999-01-01"),
        (["--profile", "nowhere.yaml"], 11, "nowhere.yaml"),
        (["--against", "nowhere.json"], 14, "nowhere"),
        (["-o", "no/such/folder/out.json"], 11, "out.json"),
        (["--format", "pdf"], 2, "pdf"),
    ],
)
def test_an_option_that_cannot_be_used(
    run: Run, tmp_path: Path, options: list[str], code: int, word: str
) -> None:
    board = tmp_path / "board.csv"
    board.write_text(GOOD, encoding="utf-8")
    ran = run("assess", board, *options)
    assert ran.code == code
    assert ran.out == ""
    assert word in ran.err
    if code != 2:
        assert len(ran.err.splitlines()) == 1


def test_local_law_with_a_bad_leaf_names_file_and_line(run: Run, tmp_path: Path) -> None:
    board = tmp_path / "board.csv"
    board.write_text(GOOD, encoding="utf-8")
    law = tmp_path / "law"
    law.mkdir()
    (law / "mine.yaml").write_text(
        "id: cn.mine\ntitle: mine\nkind: requirement\nversions:\n  - version: 1\n"
        "    from: 2026-01-01\n    until:\n    status: in_force\n"
        "    cite: {instrument: mine, published: 2026-01-01, via: 'uncited: invented'}\n"
        "    when:\n      all:\n        - {name: bad, leaf: \"lower(destination) = 'us'\"}\n"
        "    outcome: {requires: license, review_policy: ordinary, duties: []}\n",
        encoding="utf-8",
    )
    ran = run("assess", board, "--law", law)
    assert ran.code == 12
    assert "mine.yaml:12" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_day_after_the_law_was_checked_says_so(run: Run, tmp_path: Path) -> None:
    board = tmp_path / "board.csv"
    board.write_text(GOOD, encoding="utf-8")
    ran = run("assess", board, "--on", "2031-01-01")
    assert ran.code == 0
    assert "older than the date of this review" in " ".join(ran.out.split())


def test_chinese_output(run: Run) -> None:
    ran = run("assess", BOARD, "--profile", HOME, "--on", "2026-11-28", "--lang", "zh")
    assert "原则上不予许可" in ran.out


@pytest.mark.parametrize("ending", ["json", "csv", "html", "xlsx"])
def test_bytes_do_not_hang_on_hash_seed_zone_or_locale(tmp_path: Path, ending: str) -> None:
    """Another process, another hash seed, time zone and locale: the same bytes."""
    written: list[bytes] = []
    options = ("--profile", HOME, "--on", "2026-11-28")
    for number, extra in enumerate(
        (
            {"PYTHONHASHSEED": "1", "TZ": "UTC"},
            {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        )
    ):
        target = tmp_path / f"{number}.{ending}"
        subprocess.run(
            [sys.executable, "-m", "chipward", "assess", BOARD, *options, "-o", target],
            env={**os.environ, **extra},
            check=False,
            capture_output=True,
        )
        written.append(target.read_bytes())
    assert written[0] == written[1]


def test_what_was_odd_about_a_file_reaches_the_reader(run: Run, tmp_path: Path) -> None:
    board = tmp_path / "board.csv"
    board.write_text(GOOD + "C1-C3,5,GRM155R71C104KA88D,Murata,capacitor\n", encoding="utf-8")
    for form in ("table", "html"):
        shown = run("assess", board, "--on", "2026-11-24", "--format", form).out
        assert "row 3" in " ".join(shown.split())
        assert "its header says so" in " ".join(shown.split())
