"""The linter: every problem of law, tables, sources, messages and cases at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chipward.law.lint import lint


def problems(law: Any, *local: Path) -> list[str]:
    return [str(error) for error in lint(local, root=law.root).errors]


def test_the_shipped_law_has_no_problem() -> None:
    report = lint()
    assert [str(error) for error in report.errors] == []
    assert report.provisions < report.versions < report.cases


def test_an_unknown_source_is_told(law: Any) -> None:
    law.write("x", law.provision(f"{law.regime}.x").replace("uncited", "'nobody: page 3'"))
    assert problems(law) == []
    (law.root / "sources.yaml").write_text("somebody: {title: x}\n", encoding="utf-8")
    assert problems(law) == [f"law/{law.regime}/x.yaml:5: nobody is no source of sources.yaml"]
    (law.root / "sources.yaml").write_text("nobody: {title: x}\n", encoding="utf-8")
    assert problems(law) == []


def test_the_source_of_a_suspension_is_looked_up_too(law: Any) -> None:
    (law.root / "sources.yaml").write_text("somebody: {title: x}\n", encoding="utf-8")
    more = "suspended_by: {instrument: a, published: 2025-01-01, via: nobody}"
    law.add("x", law.version(status="suspended", more=more))
    assert problems(law) == [f"law/{law.regime}/x.yaml:5: nobody is no source of sources.yaml"]


def test_a_note_that_is_no_message_is_told_in_shipped_law_only(law: Any, tmp_path: Path) -> None:
    law.add("x", law.version(more="note: no.such.key\n    verify: law.status.in_force"))
    assert problems(law) == [
        f"law/{law.regime}/x.yaml:5: no.such.key is no sentence of the catalogue"
    ]
    law.write("x", law.provision(f"{law.regime}.x"))
    law.add("y", law.version(more="note: a sentence of my own"), folder=tmp_path / "mine")
    assert problems(law, tmp_path / "mine") == []


def test_a_country_group_without_rows_is_told(law: Any) -> None:
    regime = law.regime.upper()
    law.add(
        "x", law.version(when=f"{{name: g, leaf: \"has(destination_groups, '{regime}:D:5')\"}}")
    )
    assert problems(law) == [
        f"law/{law.regime}/x.yaml:5: the country group {regime}:D:5 has no rows"
    ]
    table = law.root / "law" / law.regime / "country_groups.csv"
    table.write_text("group,iso2,from,until,source\nD:5,AA,,,uncited\n", encoding="utf-8")
    assert problems(law) == []


def test_a_group_of_codes_that_is_no_fact_is_told(law: Any) -> None:
    law.add("x")
    table = law.root / "law" / law.regime / "item_groups.csv"
    table.write_text("group,code,from,until,source\nno_such_group,1A001,,,u\n", encoding="utf-8")
    assert problems(law) == [f"law/{law.regime}/item_groups.csv: no_such_group is no declared fact"]


def test_cases_are_run(law: Any, tmp_path: Path) -> None:
    law.add("x")
    text = "cases:\n  - {name: a, date: 2025-01-01, given: {export_from: BB}, expect: true}\n"
    law.write("x", text, law.root / "law" / law.regime / "cases")
    expected = "x.yaml:2: case 'a': expected true, came out false"
    assert problems(law) == [f"law/{law.regime}/cases/{expected}"]
    law.write("x", text.replace("true", "false"), law.root / "law" / law.regime / "cases")
    mine = tmp_path / "mine"
    law.add("y", folder=mine)
    law.write("y", text.replace("expected", ""), mine / "cases")
    report = lint([mine], root=law.root)
    assert [str(error) for error in report.errors] == [f"mine/cases/{expected.replace('x.', 'y.')}"]
    assert (report.provisions, report.versions, report.cases) == (2, 2, 2)


def test_shipped_cases_are_about_the_shipped_law(law: Any, tmp_path: Path) -> None:
    law.add("x")
    text = "cases:\n  - {name: a, date: 2025-01-01, given: {export_from: AA}, expect: true}\n"
    law.write("x", text, law.root / "law" / law.regime / "cases")
    other = law.version(when="{name: x, leaf: \"export_from = 'BB'\"}")
    law.add("x", other, folder=tmp_path / "mine")
    assert problems(law, tmp_path / "mine") == []


def test_problems_of_the_loader_come_out_as_they_are(law: Any) -> None:
    law.write("x", "")
    law.write("y", "")
    assert len(problems(law)) == 2
