"""Titles and leaf names of the shipped law: a phrase row each, and no row beside them."""

from __future__ import annotations

import json
import re
from collections import defaultdict

import pytest
from click.testing import CliRunner, Result

from chipward.catalogue import messages, phrase, phrase_key, text
from chipward.cli.law import command
from chipward.law.load import load_laws
from chipward.resources import data_dir
from chipward.textcsv import read_rows

LAWS = load_laws()
TITLES = frozenset(p.title for p in LAWS.provisions)
NAMES = frozenset(
    leaf.name for p in LAWS.provisions for v in p.versions for leaf in v.compiled.leaves
)
ROWS = read_rows(data_dir() / "messages" / "phrases.csv")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FIGURE = re.compile(r"\d[\d,.]*")
# Words that would pass judgement on a part or a party.
JUDGING = re.compile("合规|安全|已批准|放行")
# Written otherwise in Chinese: billions as 亿, and a square or cubic centimetre in words.
BILLION, UNITS = re.compile(r"(\d+) billion"), re.compile(r"\b[a-z]+\d\b")
DIFF = ("diff", "--from", "2026-11-27", "--to", "2026-11-28", "--lang", "zh")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(command, list(arguments))
    assert result.exit_code == 0, result.output
    return result


def figures(words: str) -> list[str]:
    """The figures of a phrase, sorted.

    >>> figures("fewer than 30 billion transistors"), figures("density over 1.73 g/cm3")
    (['300'], ['1.73'])
    """
    whole = BILLION.sub(lambda found: str(int(found[1]) * 10), words)
    return sorted(found.strip(".,") for found in FIGURE.findall(UNITS.sub("", whole)))


def test_every_title_and_leaf_name_has_a_row() -> None:
    told = {row["key"]: row["en"].lower() for row in ROWS}
    missing = sorted(w for w in TITLES | NAMES if told.get(phrase_key(w)) != w.lower())
    assert not missing


def test_no_row_is_unused() -> None:
    used = {phrase_key(words) for words in TITLES | NAMES}
    assert sorted(row["key"] for row in ROWS if row["key"] not in used) == []


def test_keys_do_not_collide() -> None:
    """Two texts under one key differ by no more than a capital."""
    under: defaultdict[str, set[str]] = defaultdict(set)
    for words in TITLES | NAMES:
        under[phrase_key(words)].add(words.lower())
    assert [texts for texts in under.values() if len(texts) > 1] == []


def test_rows_are_sorted_and_their_keys_are_made_from_the_english() -> None:
    keys = [row["key"] for row in ROWS]
    assert keys == sorted(set(keys))
    assert [row["key"] for row in ROWS if row["key"] != phrase_key(row["en"])] == []


def test_the_chinese_is_whole_and_passes_no_judgement() -> None:
    assert [row["key"] for row in ROWS if not CHINESE.search(row["zh"])] == []
    assert [row["key"] for row in ROWS if JUDGING.search(row["zh"])] == []


def test_different_phrases_read_differently() -> None:
    """Within titles, and within leaf names, no two phrases have the same Chinese."""
    odd = {"destination is China or Hong Kong", "to China or Hong Kong"}
    for texts in (TITLES, NAMES - odd):
        seen: defaultdict[str, set[str]] = defaultdict(set)
        for words in texts:
            seen[phrase(words, "zh")].add(words)
        assert [same for same in seen.values() if len(same) > 1] == []


def test_figures_are_the_same_in_both_languages() -> None:
    odd = {row["en"]: row["zh"] for row in ROWS if figures(row["en"]) != figures(row["zh"])}
    assert not odd


def test_a_phrase_is_shown_as_written_in_english() -> None:
    assert {phrase(words, "en") for words in TITLES | NAMES} == TITLES | NAMES


@pytest.mark.parametrize(
    "words", ["", "¿", "leaves China?", "density under 1.73 g/cm3", "自备条款"]
)
def test_words_the_catalogue_does_not_hold_come_back(words: str) -> None:
    assert phrase(words, "zh") == words


def test_words_that_share_a_key_are_not_taken_for_the_phrase() -> None:
    """Local law may say ``purity 99.99 % or less``, or just write the figure otherwise."""
    told = "purity 99.99 % or more"
    other = "purity 99/99 % or more"
    assert phrase_key(told) == phrase_key(other)
    assert CHINESE.search(phrase(told, "zh"))
    assert phrase(other, "zh") == other


def test_a_parameter_may_be_a_phrase() -> None:
    title = min(TITLES)
    said = {lang: text("law.not", lang, what=f"@phrase.{title}") for lang in ("en", "zh")}
    assert title in said["en"]
    assert messages("zh")[phrase_key(title)] in said["zh"]
    assert "A rule of mine: 5 %" in text("law.not", "zh", what="@phrase.A rule of mine: 5 %")


def test_timeline_and_diff_tell_titles_in_chinese() -> None:
    for arguments in (DIFF, ("timeline", "--lang", "zh")):
        flat = re.sub(r"\s", "", run(*arguments).output)
        assert [t for t in TITLES if re.sub(r"\s", "", f"{t}[") in flat] == []
    changed = json.loads(run(*DIFF, "--format", "json").output)
    flat = re.sub(r"\s", "", run(*DIFF).output)
    for row in changed:
        assert row["title"] in TITLES
        assert re.sub(r"\s", "", phrase(row["title"], "zh")) in flat
