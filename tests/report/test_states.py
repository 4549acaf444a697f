"""How lines without findings, open lenses and repeated citations are put into words."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from chipward import api
from chipward.catalogue import LANGUAGES
from chipward.law.load import load_laws
from chipward.read import read_bom
from chipward.report import render
from chipward.report.cites import merged
from chipward.report.folds import folds, kind_of
from chipward.report.html_rows import table
from chipward.report.view import View
from chipward.resources import examples_dir
from chipward.review import Review

MAKER = {"en": "the maker is not known", "zh": "制造商未知"}
UNTOUCHED = {"en": "no regime with encoded law is touched", "zh": "未涉及已编码法律的任何法域"}
DEMO = examples_dir() / "thermal-sdr"


def bare(line: dict[str, Any], outcome: str, level: str) -> None:
    """Leave a line without findings and answers."""
    line.update(level=level, findings=[])
    line["lenses"]["control"] = {
        "level": level, "outcome": outcome, "review_policy": "", "answers": [],
    }  # fmt: skip


@pytest.fixture
def states(plain: dict[str, Any]) -> dict[str, Any]:
    """A maker that is not known on lines 7 and 8, no regime on line 13, an open lens on 9."""
    by_line = {line["line"]: line for line in plain["lines"]}
    bare(by_line[7], "maker_unknown", "unknown")
    bare(by_line[8], "maker_unknown", "unknown")
    bare(by_line[13], "not_subject", "none")
    by_line[9]["lenses"]["control"].update(
        level="unknown", outcome="unclassified", review_policy=""
    )
    places = by_line[9]["lenses"]["control"]["answers"]
    places[:] = [
        {**places[0], "level": "unknown", "outcome": "unclassified", "regime": "US",
         "review_policy": "", "lane": "sell", "destination": code}
        for code in ("DE", "JP", "AE")
    ]  # fmt: skip
    plain["counts"]["unknown"] += 1
    return plain


def text_of(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_writer_names_the_state(states: dict[str, Any], lang: str) -> None:
    page, text = text_of(render(states, "html", lang)), render(states, "table", lang).decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(states, "xlsx", lang)))
    sheet = book.get_sheet_by_index(1).to_python()
    for words in (MAKER[lang], UNTOUCHED[lang]):
        assert words in page
        assert any(words in str(row[-1]) for row in sheet)
    assert {"en": "2 lines whose maker is not known: 7-8", "zh": "2行制造商未知：7-8"}[lang] in text
    rows = render(states, "csv").decode().splitlines()
    assert ",maker_unknown,," in rows[7]
    assert ",not_subject,," in rows[13]


def test_an_answer_of_not_subject_is_not_the_same_as_none(plain: dict[str, Any]) -> None:
    lens = {"outcome": "not_subject", "review_policy": "", "answers": [{"regime": "US"}]}
    assert View(plain, "en").answer(lens) == "not subject"
    assert View(plain, "en").answer({**lens, "answers": []}) == UNTOUCHED["en"]


def test_kinds(states: dict[str, Any]) -> None:
    told = [(fold.kind, fold.title, len(fold.lines)) for fold in folds(View(states, "en"))]
    assert told == [
        ("undetermined", "1 line that needs more facts for an answer", 1),
        ("unclassified", "2 lines without a code under United States (EAR)", 2),
        ("maker_unknown", "2 lines whose maker is not known", 2),
        ("unidentified", "1 line whose part is not identified", 1),
        ("none", "2 lines without a finding under the modelled rules", 2),
        ("not_fitted", "1 line not fitted", 1),
    ]


def test_a_new_outcome_has_a_group_too(plain: dict[str, Any]) -> None:
    bare(plain["lines"][6], "of_a_later_day", "unknown")
    assert kind_of(plain["lines"][6])[:2] == ("other", "of_a_later_day")
    titles = [fold.title for fold in folds(View(plain, "en"))]
    assert "1 line: of a later day" in titles


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_has_one_row(states: dict[str, Any], lang: str) -> None:
    made = table(View(states, lang))
    rows = [*made.rows, *(row for _, folded in made.folded for row in folded)]
    assert sorted(row.line["line"] for row in rows) == list(range(1, 15))
    assert [row.level for row in made.rows] == ["stop", "stop", "hold", "hold", "check"]
    assert sum("unknown" in row.levels.split() for row in rows) == states["counts"]["unknown"]
    assert next(row.levels for row in rows if row.line["line"] == 9) == "check unknown"


def test_places_are_summed_up_in_a_row_and_named_below_it(states: dict[str, Any]) -> None:
    content = render(states, "html").decode()
    row, _, below = content.partition('<li id="line-9"')[2].partition("</summary>")
    assert "US · selling to 3 countries" in row
    assert "Germany" not in row
    assert "selling to Germany, Japan, United Arab Emirates: unclassified" in below


def test_folds_are_closed_but_for_what_wants_a_look(states: dict[str, Any]) -> None:
    content = render(states, "html").decode()
    opened = re.findall(r'<details class="fold \w+"( open)?>', content)
    assert opened == [" open", "", "", "", "", ""]
    assert content.count("</ol></details>") == 6


def test_holds_lead_where_nothing_stops(plain: dict[str, Any]) -> None:
    plain["counts"].update(stop=0, hold=4, check=0, unknown=56)
    first, rest = View(plain, "en").headline()
    assert first.startswith("4 lines are on hold on 28 November 2026; no line stops the build")
    assert rest == "Beside that: 56 stay open for want of facts."
    plain["counts"].update(hold=0)
    assert View(plain, "en").headline()[0].startswith("Under the modelled rules, no line stops")
    assert View(plain, "zh").headline()[0].endswith("没有任何一行使生产停止。")


def test_one_text_is_cited_once() -> None:
    cite = {"instrument": "G", "document": "", "published": "2026-05-31", "url": "u", "note": ""}
    listed = [{**cite, "section": s} for s in ("742.6(a) as enforced", "742.6(a)", "744.23", "")]
    other = {**cite, "section": "742.6(a)", "url": "v"}
    assert [one["section"] for one in merged([*listed, other])] == [
        "742.6(a) as enforced; 744.23",
        "742.6(a)",
    ]


def noted(material: str, country: str, share: float, **more: Any) -> dict[str, Any]:
    return {"facts": {"material": material, "top_country": country, "top_share_pct": share,
                      **more}}  # fmt: skip


def concentrated(plain: dict[str, Any], lines: tuple[int, ...]) -> None:
    """Give lines the same two notes on materials, though their facts differ."""
    model = next(f for f in plain["findings"] if f["id"] == "s-c0ffee")
    for number in lines:
        line = plain["lines"][number - 1]
        made = [
            {**model, "id": f"s-{number}-{name}", "line": number, "facts": noted(
                name, country, share, category=f"c{number}")["facts"]}
            for name, country, share in (("tantalum", "CD", 52.3), ("gallium", "CN", 98.7))
        ]  # fmt: skip
        plain["findings"] += made
        line.update(level="note", findings=[one["id"] for one in made])
        line["lenses"]["control"].update(level="none")
        line["lenses"]["supply"].update(level="note", outcome="concentrated")


def test_notes_on_materials_are_one_row_and_group(plain: dict[str, Any]) -> None:
    concentrated(plain, (13, 14))
    text = render(plain, "table", columns=120).decode()
    said = "[note] concentrated: gallium (China 99 %), tantalum (Congo (Democratic Republic of the)"
    assert text.count(said) == 1
    assert re.search(r"\n  13 .*\n  14 .*\n    \[note\]", text)


def test_an_open_lens_is_told_beside_a_level(states: dict[str, Any]) -> None:
    text = render(states, "table").decode()
    assert "[unknown] Control: unclassified (US · selling to 3 countries)" in text
    assert "unknown: 1 also at another level" in text


def test_reasons_are_told_once(plain: dict[str, Any]) -> None:
    model = plain["lines"][1]
    known = {finding["id"]: finding for finding in plain["findings"]}
    made = [{**known[old], "id": f"{old}-15", "line": 15} for old in model["findings"]]
    made[1]["title"] = {"key": "report.line", "params": {"n": 15}}
    plain["findings"] += made
    plain["lines"].append({**model, "line": 15, "findings": [f["id"] for f in made]})
    text = render(plain, "table").decode()
    assert text.count("reasons as under line 2\n") == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_demo_is_short_and_ends_its_last_line(lang: str) -> None:
    review = _demo()
    text = render(review, "table", lang).decode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert text.count("\n") < 300
    lines = text.splitlines()
    heads = [n for n, line in enumerate(lines) if line and set(line) == {"-"}]
    first = lines[heads[0] - 1]
    assert first in {"Lines on hold", "Lines that stop the build", "暂缓的行", "使生产停止的行"}


def _demo() -> Review:
    options = api.Options(on=date(2026, 11, 28))
    return api.assess(read_bom(DEMO / "bom.csv"), load_laws(), options)


def test_columns_are_kept(states: dict[str, Any], large: Callable[[int], Any]) -> None:
    del states
    text = render(large(2000), "table", columns=60).decode()
    assert max(map(len, text.splitlines())) <= 60
