"""The page stands alone, reads without a script, and is usable by everybody."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from chipward import catalogue
from chipward.report import render
from chipward.report.html_map import shade_of
from chipward.report.view import LADDER
from chipward.resources import data_dir
from chipward.review import Review
from chipward.tables import load

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "circle", "use"}
AA_TEXT, AA_SHAPE = 4.5, 3.0


class Page(HTMLParser):
    """Tags with their attributes, the text, and whether tags nest."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.wrong: list[str] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(params=catalogue.LANGUAGES)
def content(request: pytest.FixtureRequest, board: Review) -> bytes:
    return render(board, "html", request.param)


@pytest.fixture
def page(content: bytes) -> Page:
    return Page(content)


def test_it_is_well_formed(page: Page) -> None:
    assert page.wrong == []
    assert page.open == []
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for _, a in page.tags if a.get("href", "").startswith("#")}
    assert targets <= set(ids)
    labelled = {a["aria-labelledby"] for _, a in page.tags if "aria-labelledby" in a}
    assert labelled <= set(ids)


def test_nothing_is_fetched(content: bytes, page: Page) -> None:
    text = content.decode()
    for tag, attributes in page.tags:
        assert tag not in {"link", "iframe", "img", "object", "embed", "base"}
        assert "src" not in attributes
        assert "srcset" not in attributes
        for name, value in attributes.items():
            if value.startswith(("http:", "https:", "//")):
                assert (tag, name) == ("a", "href")
    assert not re.search(r"url\((?!#)|@import|fetch\(|XMLHttp|WebSocket|import\(", text)
    assert not [a for _, a in page.tags for name in a if name.startswith("on")]


def test_the_policy_allows_the_script_and_nothing_else(content: bytes, page: Page) -> None:
    policy = next(m["content"] for m in page.of("meta") if "http-equiv" in m)
    scripts = re.findall(r"<script>(.*?)</script>", content.decode(), flags=re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_it_names_its_language(board: Review) -> None:
    assert Page(render(board, "html", "en")).of("html") == [{"lang": "en"}]
    assert Page(render(board, "html", "zh")).of("html") == [{"lang": "zh-Hans"}]


def test_no_key_and_no_english_of_ours_is_left(board: Review) -> None:
    words = Page(render(board, "html", "zh")).words
    english = catalogue.messages("en")
    left = [
        key
        for key, said in english.items()
        if key.startswith("report.") and re.search("[a-z]{3}.* .", said) and said in words
    ]
    assert left == []
    assert not re.search(r"\b(report|fixture|outcome|policy|level)\.\w+\.?\w*\b", words)


def test_all_is_there_without_a_script(page: Page, plain: dict[str, Any]) -> None:
    words = page.words.replace(" ", "")
    for line in plain["lines"]:
        for part in (line["mpn"], line["maker"], line["description"]):
            assert "".join(part.split()) in words
    for finding in plain["findings"]:
        for provision in finding["provisions"]:
            assert provision["id"] in words
            for leaf in provision["evidence"]:
                assert "".join(leaf["leaf"].split()) in words
    filters = next(a for a in page.of("form"))
    assert "hidden" in filters


def test_strangers_text_is_text(board: Review, plain: dict[str, Any]) -> None:
    assert b"<b>&" not in render(board, "html")
    assert b"javascript:" not in render(board, "html")
    bad = "</style></script><script>alert(1)</script>\x00\u202e\"'<img src=x onerror=y>"
    plain["bom"]["name"] = bad
    for line in plain["lines"]:
        line["mpn"] = line["maker"] = line["description"] = bad
        line["refs"] = [bad]
    for finding in plain["findings"]:
        finding["id"] = finding["id"] + '"><b>'
    for line in plain["lines"]:
        line["findings"] = [name + '"><b>' for name in line["findings"]]
    content = render(plain, "html")
    page = Page(content)
    assert page.wrong == []
    assert len(page.of("script")) == 1
    assert page.of("img") == []
    assert not {"\x00", "\u202e"} & set(content.decode())


def test_no_tag_lands_in_an_attribute_or_a_title(board: Review, plain: dict[str, Any]) -> None:
    plain["bom"]["name"] = "board of 2026-11-28.csv"
    page = Page(render(plain, "html"))
    assert not [v for _, attributes in page.tags for v in attributes.values() if "<" in v]
    content = render(plain, "html").decode()
    assert not [title for title in re.findall(r"<title>(.*?)</title>", content) if "<" in title]
    assert '<span class="nb">2024-12-03</span>' in content
    del board


def test_levels_differ_without_colour(board: Review) -> None:
    content = render(board, "html").decode()
    shapes = re.findall(r'<symbol id="m-(\w+)".*?>(.*?)</symbol>', content)
    assert [name for name, _ in shapes] == list(LADDER)
    assert len({re.sub(r"\s", "", drawing) for _, drawing in shapes}) == len(LADDER)
    for level in LADDER:
        assert catalogue.text(f"level.{level}") in Page(content.encode()).words


def colours(css: str) -> list[dict[str, str]]:
    """The variables of the light page and of the dark one."""
    light, dark = re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)[:2]
    first = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return [first, {**first, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))}]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrast(board: Review, theme: int) -> None:
    colour = colours(render(board, "html").decode())[theme]
    for ground in ("paper", "ground", *(f"{level}-tint" for level in LADDER)):
        for ink in ("ink", "soft", "link"):
            assert contrast(colour[ink], colour[ground]) >= AA_TEXT, (ink, ground)
    for level in LADDER:
        for ground in ("paper", "ground", f"{level}-tint"):
            assert contrast(colour[level], colour[ground]) >= AA_TEXT, (level, ground)
    assert contrast(colour["bar"], colour["bar-ink"]) >= AA_TEXT
    assert contrast(colour["edge"], colour["paper"]) >= AA_SHAPE
    assert contrast(colour["q5"], colour["land"]) >= AA_SHAPE
    shades = [luminance(colour[f"q{n}"]) for n in range(1, 6)]
    assert shades in (sorted(shades), sorted(shades, reverse=True))


def test_no_green(board: Review) -> None:
    css = render(board, "html").decode()
    for colour in re.findall(r"#[0-9a-f]{6}\b", css):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        assert not (green > red + 25 and green > blue + 25), colour


def test_map(board: Review) -> None:
    content = render(board, "html").decode()
    shaded = re.findall(r'class="land (q\w)"[^>]*><title>([^<]*)', content)
    assert ("q5", "China: gallium 99 %; germanium no share published; indium 69.7 %") in shaded
    assert re.search(r'<circle class="dot q1"[^>]*><title>Singapore: tin 12.5 %', content)
    assert content.count("<path") > 170
    assert [shade_of(s) for s in (24.9, 25.0, 75.0, 90.0)] == ["q1", "q2", "q4", "q5"]


def test_outlines_have_no_streaks() -> None:
    world = json.loads((data_dir() / "geo" / "world_paths.json").read_text(encoding="utf-8"))
    known = set(load("geo/countries")["iso2"].to_pylist())
    codes = set(world["countries"]) - {"-"}
    assert len(known - codes) < 20, "few are too small or too far south for the map"
    assert codes - known <= {"XK"}
    for code, drawn in world["countries"].items():
        assert re.fullmatch(r"(?:M\d+ \d+|m-?\d+ -?\d+|l[\d -]+z)*", drawn.get("d", "")), code
        for steps in re.findall(r"l([\d -]+)z", drawn.get("d", "")):
            numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
            assert max(map(abs, numbers[::2])) < 400, code
        if code != "-":
            assert 0 <= drawn["x"] <= world["width"]
            assert 0 <= drawn["y"] <= world["height"] + 60


def test_timeline(board: Review) -> None:
    content = render(board, "html").decode()
    bars = re.findall(
        r'class="bar (\w+)(?: open)?" style="left:([\d.]+)%;width:([\d.]+)%"', content
    )
    statuses = [status for status, _, _ in bars]
    assert statuses.count("suspended") == 1
    for _, left, width in bars:
        assert 0 <= float(left) + float(width) <= 100.01
    at = next(i for i, status in enumerate(statuses) if status == "suspended")
    ends = float(bars[at][1]) + float(bars[at][2])
    now = float(re.findall(r'class="nowline"[^>]*left:([\d.]+)%', content)[0])
    assert ends == pytest.approx(now, abs=0.02), "the suspension ends on the day of the review"


def test_equal_lines_share_their_reasoning(board: Review) -> None:
    content = render(board, "html").decode()
    assert content.count('href="#line-6"') == 3
    assert content.count("<details><summary") == 9


def test_ten_thousand_lines(large: Callable[[int], Review]) -> None:
    review = large(10_000)
    begun = time.process_time()
    content = render(review, "html")
    assert time.process_time() - begun < 4.0
    assert len(content) < 25_000_000
    assert content.count(b'<li id="line-') == 10_000


def test_ten_thousand_different_findings(board: Review, plain: dict[str, Any]) -> None:
    del board
    model = next(line for line in plain["lines"] if line["line"] == 2)
    known = {f["id"]: f for f in plain["findings"]}
    lines, findings = [], []
    for number in range(1, 3001):
        made = [{**known[old], "id": f"{old}-{number}", "line": number,
                 "facts": {"mpn": f"P{number}"}} for old in model["findings"]]  # fmt: skip
        findings += made
        lines.append({**model, "line": number, "findings": [f["id"] for f in made]})
    content = render({**plain, "lines": lines, "findings": findings, "questions": []}, "html")
    assert len(content) < 25_000_000
    assert b"chipward explain c-51c6aa-3000" in content


def test_lines_held_up_by_the_same_thing_share_a_card(plain: dict[str, Any]) -> None:
    model = plain["lines"][1]
    known = {finding["id"]: finding for finding in plain["findings"]}
    for number, stage in ((15, "note"), (16, "hold")):
        made = [
            {**known[old], "id": f"{old}-{number}", "line": number} for old in model["findings"]
        ]
        made[1].update(title={"key": "report.line", "params": {"n": number}}, level=stage)
        plain["findings"] += made
        plain["lines"].append({**model, "line": number, "findings": [f["id"] for f in made]})
    content = render(plain, "html").decode()
    cards = re.findall(r'<article class="box card hold">.*?</article>', content, flags=re.DOTALL)
    assert len(cards) == 2
    assert "Gallium from China to United States" in cards[0].split('class="why">')[1][:60]
    assert [f"line {n}" in cards[0] for n in (2, 15, 16)] == [True, True, True]
    assert "Line 16</span></p>" in cards[0], "what else holds one of them up"
