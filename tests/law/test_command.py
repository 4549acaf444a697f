"""``chipward law`` as a user meets it: lines, widths, exit codes, JSON."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from chipward.catalogue import LANGUAGES, phrase
from chipward.cli.law import command
from chipward.errors import ChipwardError
from chipward.facts import facts
from chipward.law.engine import connect, fact_columns
from chipward.law.load import load_laws
from chipward.law.say import show_lines
from chipward.law.words import columns_of
from chipward.tables import ARROW_TYPES, table_of

FORBIDDEN = re.compile(r"\b(cleared|compliant|safe|approved|ok|released)\b", re.IGNORECASE)
DAY = date(2026, 11, 24)
LAWS = load_laws()
IDS = [one.id for one in LAWS.provisions]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def refused(*arguments: str) -> ChipwardError:
    error = run(*arguments).exception
    assert isinstance(error, ChipwardError), error
    assert "\n" not in str(error)
    return error


def too_wide(output: str) -> list[str]:
    """Lines over 80 columns that are more than an address, which is never broken."""
    return [
        line
        for line in output.splitlines()
        if columns_of(line) > 80 and not re.fullmatch(r" *\S*://\S+", line)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
def test_every_provision_is_read_aloud_whole_and_at_80_columns(name: str, lang: str) -> None:
    one = LAWS.provision(name)
    for version in one.versions:
        day = version.interval.start
        assert day
        output = "\n".join(show_lines(LAWS, one, day, lang))
        assert too_wide(output) == []
        assert not FORBIDDEN.search(output)
        squeezed = "".join(output.split())
        told = (one.title, *(leaf.name for leaf in version.compiled.leaves))
        names = ["".join(phrase(words, lang).split()) for words in told]
        assert [words for words in names if words not in squeezed] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_show_prints_what_is_read_aloud(lang: str) -> None:
    result = run("show", IDS[0], "--on", DAY.isoformat(), "--lang", lang)
    assert result.exit_code == 0
    expected = show_lines(LAWS, LAWS.provision(IDS[0]), DAY, lang)
    assert result.output.splitlines() == expected


def test_show_as_json_has_every_version_and_the_sql() -> None:
    result = run("show", IDS[0], "--on", "2026-11-24", "--format", "json", "--sql")
    row = json.loads(result.output)
    assert row["id"] == IDS[0]
    assert [v["version"] for v in row["versions"]] == sorted(v["version"] for v in row["versions"])
    assert row["live"] is None or row["sql"]


def test_show_sql_is_an_expression_that_runs() -> None:
    for name in IDS[:5]:
        row = json.loads(
            run("show", name, "--on", "2026-11-24", "--format", "json", "--sql").output
        )
        version = LAWS.provision(name).version_on(DAY)
        if version is None or not version.compiled.leaves:
            continue
        columns = fact_columns(table_of([{}], fact_schema(version)), version.compiled.facts)
        cursor = connect()
        cursor.register("facts_in", columns)
        query = f"SELECT {row['sql']} FROM facts_in"  # noqa: S608  ours
        assert cursor.execute(query).fetchall() in ([(None,)], [(False,)], [(True,)])


def fact_schema(version: Any) -> Any:
    return pa.schema([(name, ARROW_TYPES[facts()[name].type]) for name in version.compiled.facts])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_timeline_is_sorted_and_at_80_columns(lang: str) -> None:
    result = run("timeline", "--lang", lang)
    assert result.exit_code == 0
    assert too_wide(result.output) == []
    days = re.findall(r"^\d{4}-\d{2}-\d{2}", result.output, re.MULTILINE)
    assert days == sorted(days)
    assert len(days) > 20


def test_timeline_as_json_and_by_regime() -> None:
    regime = LAWS.provisions[0].regime
    rows = json.loads(run("timeline", "--regime", regime, "--format", "json").output)
    assert {row["regime"] for row in rows} == {regime}
    assert rows[0]["cite"]["instrument"]


def test_timeline_of_days_without_an_event_says_so() -> None:
    assert run("timeline", "--from", "2026-11-26", "--to", "2026-11-26").output.count("\n") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_diff_names_what_resumes_and_how_far_the_law_is_known(lang: str) -> None:
    result = run("diff", "--from", "2026-11-27", "--to", "2026-11-28", "--lang", lang)
    assert result.exit_code == 0
    assert too_wide(result.output) == []
    words = {"en": ("resumes", "By the law as known"), "zh": ("恢复", "按已知法规")}[lang]
    assert all(word in result.output for word in words)


def test_diff_as_json_names_both_versions() -> None:
    output = run("diff", "--from", "2026-11-27", "--to", "2026-11-28", "--format", "json").output
    rows = json.loads(output)
    assert all(row["before"]["status"] == "suspended" for row in rows)
    assert all(row["after"]["status"] == "in_force" for row in rows)


@pytest.mark.parametrize(
    "arguments,key,code",
    [
        (("show", "no.such.thing"), "law.no_such_provision", 11),
        (("show", IDS[0], "--on", "2026-13-01"), "error.not_a_date", 11),
        (("show", IDS[0], "--on", "1999-01-01"), "law.day_too_early", 11),
        (("show", IDS[0], "--law", "no_such_folder"), "law.errors", 12),
        (("diff", "--from", "1999-01-01", "--to", "2026-01-01"), "law.day_too_early", 11),
        (("diff", "--from", "2026-01-02", "--to", "2026-01-01"), "law.days_reversed", 11),
        (("diff", "--from", "x", "--to", "2026-01-01"), "error.not_a_date", 11),
        (("timeline", "--from", "2026-01-02", "--to", "2026-01-01"), "law.days_reversed", 11),
        (("timeline", "--to", "1999-01-01"), "law.day_too_early", 11),
        (("timeline", "--regime", "ZZ"), "law.no_such_regime", 11),
    ],
)
def test_bad_arguments_are_one_line(arguments: tuple[str, ...], key: str, code: int) -> None:
    error = refused(*arguments)
    assert (error.key, error.exit_code) == (key, code)


def test_a_far_later_day_is_answered_by_the_law_as_known() -> None:
    result = run("show", IDS[0], "--on", "2031-01-01")
    assert result.exit_code == 0
    assert "By the law as known" in result.output


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lint_prints_what_was_read(lang: str) -> None:
    result = run("lint", "--lang", lang)
    assert result.exit_code == 0
    assert len(re.findall(r"\d+", result.output)) == 3


def test_lint_prints_each_problem_of_a_folder_and_exits_12(law: Any, tmp_path: Path) -> None:
    bad = law.version(when='{name: x, leaf: "tpp LIKE 1"}')
    law.add("a", bad, folder=tmp_path / "mine")
    law.add("b", bad, folder=tmp_path / "mine")
    result = run("lint", str(tmp_path / "mine"))
    assert result.exit_code == 12
    assert [line.split(": ")[0] for line in result.output.splitlines()] == [
        "mine/a.yaml:11",
        "mine/b.yaml:11",
    ]
    found = json.loads(run("lint", str(tmp_path / "mine"), "--format", "json").output)
    assert len(found["problems"]) == 2


def test_lock_names_the_law() -> None:
    assert json.loads(run("lock", "--format", "json").output) == {"sha256": LAWS.sha256}


def test_local_law_is_shown_as_yours(law: Any, tmp_path: Path) -> None:
    name = law.add("mine", folder=tmp_path / "mine")
    result = run("show", name, "--law", str(tmp_path / "mine"), "--on", "2026-01-01")
    assert "(yours)" in result.output
    row = json.loads(
        run(
            "show", name, "--law", str(tmp_path / "mine"), "--on", "2026-01-01", "--format", "json"
        ).output
    )
    assert row["versions"][0]["origin"] == "yours"
