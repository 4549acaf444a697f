"""``chipward --help`` loads none of the heavy libraries, whatever its language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("duckdb", "pyarrow", "numpy", "sqlglot", "jinja2", "python_calamine", "xlsxwriter", "yaml")


@pytest.mark.parametrize("arguments", [["--help"], ["--lang", "zh", "--help"], ["--version"]])
def test_start_is_light(arguments: list[str]) -> None:
    program = f"""
import sys
sys.argv = ["chipward", *{arguments!r}]
from chipward.cli import main
try:
    main()
except SystemExit as end:
    assert end.code in (None, 0), end.code
heavy = [name for name in {HEAVY!r} if name in sys.modules]
assert not heavy, heavy
"""
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout
