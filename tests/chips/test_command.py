"""``chipward classify``: what it reads, what it refuses, and the three formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from chipward.cli.classify import command
from chipward.errors import ChipwardError, DateError, InputError, UnknownColumn
from chipward.report.width import width
from chipward.science.chips.spec_file import read_spec_file

SPECS = """\
chip,tpp,performance_density,datacenter,dram_bandwidth_gb_s,as_of_date,vendor_eccn,shelf
One,5840,9.59,false,960,2026-04-27,4A090.a,7
Two,2368,2.91,yes,4000,,5A992.c,
加速卡,3000,,true,,2026-11-28,4A994.l,8
"""


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    path = tmp_path / "specs.csv"
    path.write_text(SPECS, encoding="utf-8-sig")
    return path


def run(*arguments: object) -> str:
    result = CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_table_fits_eighty_columns(specs: Path) -> None:
    for lang in ("en", "zh"):
        text = run(specs, "--on", "2026-11-24", "--lang", lang)
        assert max(map(width, text.splitlines())) <= 80
        assert "3A090.a.1" in text
        assert "4A994.l (" in text


def test_csv_and_json_say_the_same(specs: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(specs, "--on", "2026-11-24", "--format", "csv"))))
    records = json.loads(run(specs, "--on", "2026-11-24", "--format", "json"))
    assert [row["class"] for row in rows] == ["3A090.a.1", "none", ""]
    assert [record["class"] for record in records] == ["3A090.a.1", "none", None]
    assert [row["shelf"] for row in rows] == ["7", "", "8"]
    assert rows[2]["missing"] == ";".join(records[2]["missing"]) == "performance_density"
    assert rows[1]["as_of_date"] == records[1]["as_of_date"] == "2026-11-24"
    assert records[0]["tests"][0]["margin"] == 1040
    assert "3A090.a.1 tpp >= 4800 +1040 yes" in rows[0]["tests"]
    assert len(rows[2]["notes"].split(" | ")) == len(records[2]["notes"])


def test_notes_are_sentences_of_the_language(specs: Path) -> None:
    english = json.loads(run(specs, "--on", "2026-11-24", "--format", "json"))
    chinese = json.loads(run(specs, "--on", "2026-11-24", "--format", "json", "--lang", "zh"))
    assert english[2]["notes"][-1].startswith("the text was checked up to")
    assert chinese[2]["notes"][-1].startswith("文本核对至")


def test_ending_picks_the_format_and_the_file_is_whole(specs: Path, tmp_path: Path) -> None:
    out = tmp_path / "answer.json"
    assert run(specs, "--on", "2026-11-24", "-o", out) == ""
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["answer.json", "specs.csv"]


def test_the_same_twice(specs: Path) -> None:
    for kind in ("table", "csv", "json"):
        once, again = (run(specs, "--on", "2026-11-24", "--format", kind) for _ in range(2))
        assert once == again


@pytest.mark.parametrize(
    "content,kind,row,column",
    [
        (b"", InputError, None, ""),
        (b"\n\n", InputError, None, ""),
        (b"chip,tpp\n", InputError, None, ""),
        (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", InputError, None, ""),
        (b"\xff\xfe\x00c\x00h", InputError, None, ""),
        (b"chip,colour\nx,red\n", UnknownColumn, 1, ""),
        (b"chip;tpp\nx;1\n", UnknownColumn, 1, ""),
        (b"chip,tpp,tpp\nx,1,2\n", InputError, 1, "tpp"),
        (b"chip,tpp\nx,1,2\n", InputError, 2, ""),
        (b'chip,tpp\nx,"4,800"\n', InputError, 2, "tpp"),
        (b"chip,tpp\nx,-1\n", InputError, 2, "tpp"),
        (b"chip,tpp\nx,nan\n", InputError, 2, "tpp"),
        (b"chip,tpp\n\nx,1e999\n", InputError, 3, "tpp"),
        (b"chip,tpp,datacenter\nx,1,maybe\n", InputError, 2, "datacenter"),
        (b"chip,tpp,as_of_date\nx,1,24.11.2026\n", InputError, 2, "as_of_date"),
    ],
)
def test_bad_input_is_one_line_with_its_place(
    tmp_path: Path, content: bytes, kind: type[ChipwardError], row: int | None, column: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(kind) as caught:
        read_spec_file(path)
    where = caught.value.where
    assert (where.file, where.row, where.column) == ("bad.csv", row, column)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_spec_file(tmp_path / "none.csv")


@pytest.mark.parametrize("arguments", [["--on", "2022-10-20"], ["--on", "20 October"]])
def test_a_day_that_cannot_be_answered(specs: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(command, [str(specs), *arguments])
    assert isinstance(result.exception, DateError)


def test_a_format_it_does_not_write(specs: Path) -> None:
    result = CliRunner().invoke(command, [str(specs), "--format", "html"])
    assert isinstance(result.exception, InputError)


def test_unnamed_chips_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("tpp\n5000\n1000\n", encoding="utf-8")
    assert read_spec_file(path)["chip"].to_pylist() == ["1", "2"]
