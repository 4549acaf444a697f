"""The catalogue: both languages whole, every key used, and no word that passes judgement."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

from chipward.resources import data_dir
from chipward.textcsv import read_rows

ROOT = Path(__file__).resolve().parents[2]
DATA = data_dir()
FILES = sorted((DATA / "messages").glob("*.csv"))
ROWS = [(path, row) for path in FILES for row in read_rows(path)]
KEYS = {row["key"] for _, row in ROWS}
KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")

# Never said of a line, a part, a party or a shipment; words inside quotation marks are somebody's.
FORBIDDEN_EN = re.compile(
    r"\b(?:cleared|compliant|safe|approved|ok|okay|released)\b", re.IGNORECASE
)
FORBIDDEN_ZH = re.compile("已放行|已获批准|已批准|合规的|无风险|可放心")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|《[^》]*》|‘[^’]*’|(?<!\w)'[^']*'(?!\w)")

CODE = {".py", ".html", ".j2"}
LABEL = re.compile(r"label\([\"']([a-z_.]+)[\"']")
TEXTS = {".yaml", ".csv", ".html", ".j2", ".jinja", ".js"}
# Keys that are put together from data when a sentence is made.
DYNAMIC = ("outcome.", "policy.", "level.", "phrase.")
MAKERS = {"text", "say", "has", "Message"}


def placeholders(sentence: str) -> set[str]:
    """Names in braces.

    >>> sorted(placeholders("{count} errors in {file}"))
    ['count', 'file']
    """
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@cache
def _trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "src").rglob("*.py"))
    }


def _constants() -> set[str]:
    return {
        node.value.removeprefix("@")  # a parameter that is a message itself
        for tree in _trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _prefixes() -> set[str]:
    """Beginnings of keys written as f"room.{...}" in the code."""
    out: set[str] = set(DYNAMIC)
    for tree in _trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and node.values:
                head = node.values[0]
                text = str(head.value).removeprefix("@") if isinstance(head, ast.Constant) else ""
                if re.fullmatch(r"[a-z_]+\.[a-z0-9_.]*", text):
                    out.add(text)
    return out


def _labels() -> set[str]:
    """Beginnings of keys asked for as ``label("outcome", value)`` in code and templates."""
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*") if p.suffix in CODE]
    return {f"{name}." for text in texts for name in LABEL.findall(text)}


def _replaced() -> set[str]:
    """Beginnings of keys that one room takes over from another: constants ending in _ or a dot."""
    return {text for text in _constants() if re.fullmatch(r"[a-z]+\.[a-z0-9_.]*[_.]", text)}


def _words_of_data() -> set[str]:
    """Keys named by law, policy and templates."""
    out: set[str] = set()
    for folder in (DATA, ROOT / "src"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in TEXTS and path.parent.name != "messages":
                out.update(KEY.findall(path.read_text(encoding="utf-8")))
    return out


def _called_with() -> list[tuple[str, int, str]]:
    """Constant keys handed to whatever makes a sentence or an error."""
    out: list[tuple[str, int, str]] = []
    for file, tree in _trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            maker = name in MAKERS or name.endswith(("Error", "Errors"))
            given = [node.args[0]] if maker and node.args else []
            given += [k.value for k in node.keywords if maker and k.arg in {"key", "hint"}]
            out += [
                (file, node.lineno, value.value)
                for value in given
                if isinstance(value, ast.Constant)
                and isinstance(value.value, str)
                and KEY.fullmatch(value.value)
            ]
    return out


def test_keys_are_whole_and_stand_once() -> None:
    seen = [row["key"] for _, row in ROWS]
    assert len(seen) == len(set(seen))
    for path, row in ROWS:
        assert KEY.fullmatch(row["key"]), (path.name, row["key"])
        assert row["en"], (path.name, row["key"])
        # What joins two sentences is a blank in English and nothing in Chinese.
        assert row["zh"].strip() or not row["en"].strip(), (path.name, row["key"])


def test_chinese_is_chinese() -> None:
    """A sentence of more than a name has a Chinese character in it."""
    odd = [
        row["key"]
        for _, row in ROWS
        if not re.search(r"[\u4e00-\u9fff]", row["zh"])
        and re.search(r"[a-z]{3}", re.sub(r"\{\w+\}|^chipward\b.*", "", row["en"]))
    ]
    assert not odd


def test_both_languages_have_the_same_placeholders() -> None:
    odd = [row["key"] for _, row in ROWS if placeholders(row["en"]) != placeholders(row["zh"])]
    assert not odd


def test_no_sentence_passes_judgement() -> None:
    odd = [
        (row["key"], language)
        for _, row in ROWS
        for language, words in (("en", FORBIDDEN_EN), ("zh", FORBIDDEN_ZH))
        if words.search(QUOTED.sub("", row[language]))
    ]
    assert not odd


def test_the_ban_bites() -> None:
    assert FORBIDDEN_EN.search("This line is cleared")
    assert not FORBIDDEN_EN.search(QUOTED.sub("", "titled “approved vendors”"))


def test_every_key_called_exists() -> None:
    odd = sorted({call for call in _called_with() if call[2] not in KEYS})
    assert not odd


def test_every_key_is_used() -> None:
    used = _constants() | _words_of_data()
    prefixes = tuple(sorted(_prefixes() | _replaced() | _labels()))
    idle = sorted(
        key
        for key in KEYS
        if key not in used
        and not key.startswith(prefixes)
        and key.removesuffix(".one").removesuffix(".many") not in used
    )
    assert not idle
