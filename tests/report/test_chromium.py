"""The page in a real browser: nothing scrolls sideways, and the filter filters."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

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


def test_filter(board: Review, tmp_path: Path) -> None:
    script = """
  var shown = function () {{ return d.querySelectorAll("#list > li:not([hidden])").length; }};
  var all = shown(), form = d.getElementById("filter");
  form.querySelector("button[data-level=stop]").click(); var stops = shown();
  form.querySelector("button[data-level=stop]").click();
  var input = form.querySelector("input"); input.value = "hamamatsu";
  input.dispatchEvent(new Event("input")); var word = shown();
""".replace("{{", "{").replace("}}", "}")
    *_, counts = measured(
        render(board, "html"), tmp_path, 1280, script, "[all, stops, word, form.hidden]"
    )
    assert counts == [14, 2, 1, False]
