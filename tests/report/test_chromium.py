"""The page in a real browser: nothing scrolls sideways, and the filter filters."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from chipward.report import render
from chipward.review import Review

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--disable-background-networking", "--virtual-time-budget=4000", "--hide-scrollbars",
)  # fmt: skip
WRAP = """<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe id="f" width="{width}" height="900" style="border:0" srcdoc="{page}"></iframe>
<script>document.getElementById("f").onload = function () {{
  var d = this.contentDocument, e = d.documentElement, out = [];
  function scrolls(x) {{
    return /auto|scroll|hidden|clip/.test(d.defaultView.getComputedStyle(x).overflowX);
  }}
  d.querySelectorAll("details").forEach(function (x) {{ x.open = true; }});
  d.querySelectorAll("body *").forEach(function (x) {{
    var r = x.getBoundingClientRect(), s = x;
    while (s && s !== d.body && !scrolls(s)) s = s.parentElement;
    var wide = r.width > 2 && r.right > e.clientWidth + 1;
    if (s === d.body && wide && !x.closest(".skip, .sr")) out.push(x.tagName + "." + x.className);
  }});
  {script}
  var said = [e.clientWidth, e.scrollWidth, out.slice(0, 5), {result}];
  document.title = JSON.stringify(said);
}};</script></body>"""

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium here")


def measured(page: bytes, folder: Path, width: int, script: str = "", result: str = "null") -> list:
    """What the browser says of a page in a frame of that width."""
    bare = re.sub(r"<meta http-equiv[^>]*>", "", page.decode())
    wrapped = WRAP.format(width=width, page=html.escape(bare), script=script, result=result)
    path = folder / "wrap.html"
    path.write_text(wrapped, encoding="utf-8")
    command = [
        CHROMIUM,
        *FLAGS,
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
        path.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    found = re.search(rb"<title>(\[.*?\])</title>", done.stdout, flags=re.DOTALL)
    if not found:
        pytest.skip(f"chromium does not run here: {done.stderr[-200:]!r}")
    return json.loads(html.unescape(found.group(1).decode()))


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_is_wider_than_the_window(board: Review, tmp_path: Path, width: int) -> None:
    for lang in ("en", "zh"):
        client, scroll, wide, _ = measured(render(board, "html", lang), tmp_path, width)
        assert client == width
        assert scroll <= width
        assert wide == []


def test_filter(plain: dict[str, Any], tmp_path: Path) -> None:
    line = plain["lines"][8]
    line["lenses"]["control"]["level"] = "unknown"
    plain["counts"]["unknown"] += 1
    script = """
  var count = function (what) { return d.querySelectorAll("#list " + what).length; };
  var shown = function () { return count("li[data-level]:not([hidden])"); };
  var folds = function () { return [count(".fold[open]"), count(".fold[hidden]")]; };
  d.querySelectorAll(".fold").forEach(function (x, i) { x.open = i === 0; });
  var form = d.getElementById("filter"), out = [form.hidden, shown(), folds()];
  var press = function (level) {
    form.querySelector("button[data-level=" + level + "]").click(); return shown(); };
  out.push(press("stop"), folds()); press("stop");
  out.push(press("unknown"), folds(), d.querySelector(".hits").textContent); press("unknown");
  var input = form.querySelector("input"); input.value = "stm32";
  input.dispatchEvent(new Event("input")); out.push(shown(), folds());
  input.value = ""; input.dispatchEvent(new Event("input")); out.push(shown(), folds());
  out.push(d.querySelector(".hits").textContent);
"""
    *_, told = measured(render(plain, "html"), tmp_path, 1280, script, "out")
    assert told == [
        *(False, 14, [1, 0]),
        *(2, [5, 5]),
        *(7, [5, 2], "1 shown"),
        *(1, [5, 4]),
        *(14, [1, 0], ""),
    ]


def test_rows_are_two_lines_high(plain: dict[str, Any], tmp_path: Path) -> None:
    model = plain["lines"][5]["lenses"]["control"]
    model["answers"] = [
        {**model["answers"][0], "destination": code} for code in ("AE", "CN", "DE", "JP")
    ]
    script = """
  d.querySelectorAll("#list li details").forEach(function (x) { x.open = false; });
  d.querySelectorAll(".fold").forEach(function (x) { x.open = true; });
  var high = Array.from(d.querySelectorAll("#list .row")).map(function (x) {
    return x.getBoundingClientRect().height; });
"""
    *_, high = measured(render(plain, "html"), tmp_path, 1280, script, "high")
    assert len(high) == 14
    assert max(high) < 70
