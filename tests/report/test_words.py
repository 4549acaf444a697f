"""What output may never say, and that every sentence exists in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from chipward import catalogue
from chipward.report import as_chain, render
from chipward.resources import data_dir
from chipward.review import Review
from chipward.textcsv import read_rows

ENGLISH = re.compile(r"\b(cleared|compliant|safe|approved|released)\b", re.IGNORECASE)
CAPITALS = re.compile(r"\bOK\b")
CHINESE = re.compile("合规(?!日|期限)|放行|已获批准|没有问题|可以放心|无风险")
TICKS = re.compile("[✓✔✅☑]")
QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|「[^」]*」")
ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    *(ROOT / "src" / "chipward" / "report").rglob("*.py"),
    *(ROOT / "src" / "chipward" / "report" / "templates").glob("*.j2"),
    ROOT / "src" / "chipward" / "store.py",
    ROOT / "src" / "chipward" / "compare.py",
    ROOT / "src" / "chipward" / "cli" / "explain.py",
]
KEY = re.compile(r"[\"']((?:report|explain|store|compare)(?:\.\w+)+)[\"']")
MESSAGES = sorted((data_dir() / "messages").glob("*.csv"))


def offences(text: str) -> list[str]:
    bare = QUOTED.sub("", text)
    found = [m.group() for rx in (ENGLISH, CAPITALS, CHINESE) for m in rx.finditer(bare)]
    return found + TICKS.findall(text)


def test_the_check_itself_can_fail() -> None:
    assert offences("this part is Safe") == ["Safe"]
    assert offences("OK ✓") == ["OK", "✓"]
    assert offences('the title says "safe"') == []
    assert offences("safeguards and presumption of approval") == []


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_no_message_says_it(lang: str) -> None:
    said = {key: offences(text) for key, text in catalogue.messages(lang).items()}
    assert {key: words for key, words in said.items() if words} == {}


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
@pytest.mark.parametrize("form", ["table", "html", "json", "csv"])
def test_no_report_says_it(board: Review, form: str, lang: str) -> None:
    text = render(board, form, lang).decode()
    text = re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)
    assert offences(text.replace('\\"', '"')) == []


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_no_explanation_says_it(plain: dict, lang: str) -> None:
    for finding in plain["findings"]:
        assert offences(as_chain.render(plain, finding["id"], lang).decode()) == []


@pytest.mark.parametrize("path", MESSAGES, ids=lambda p: p.stem)
def test_both_languages_hold_the_same_parameters(path: Path) -> None:
    for row in read_rows(path):
        assert names(row["en"]) == names(row["zh"]), row["key"]


def names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def families(key: str) -> list[str]:
    """How code may name a key: itself, or a stem with the rest filled in."""
    parts = key.split(".")
    stems = [".".join(parts[:n]) for n in range(1, len(parts))]
    return [
        *(f"{quote}{key}{quote}" for quote in "\"'"),
        *(f"{stem}.{{" for stem in stems),
        *(
            f"{quote}{stem}{end}"
            for stem in stems[1:]
            for quote in "\"'"
            for end in ("'", '"', ".")
        ),
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_every_key_in_the_code_is_in_the_catalogue(path: Path) -> None:
    known = catalogue.messages("en")
    stems = {key.rpartition(".")[0] for key in known}
    used = set(KEY.findall(path.read_text(encoding="utf-8")))
    wrong = {key for key in used if key not in known and key not in stems}
    assert {key for key in wrong if not key.endswith((".css", ".js", ".j2"))} == set()


def test_no_sentence_of_the_reports_is_idle() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    keys = [row["key"] for row in read_rows(data_dir() / "messages" / "report.csv")]
    ours = [key for key in keys if key.split(".")[0] in {"report", "explain", "store", "compare"}]
    assert [key for key in ours if not any(name in text for name in families(key))] == []
