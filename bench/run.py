"""Print the tables of docs/benchmarks.md, each figure beside a peer of the same run.

CPU seconds are user and system time as the kernel counts them; wall seconds depend on what else the
machine does, which is why the load is printed as well.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from board import EXAMPLE, write_board
from measure import ROOT, Cost, best, python

DAY = "2026-11-28"
LINES = 10_000
FINDINGS = (0, 1)
LIBRARIES = "import duckdb, pyarrow, pyarrow.compute, numpy, sqlglot, yaml, jinja2"


def _assess(bom: Path, out: Path) -> list[str]:
    profile = str(EXAMPLE / "profile-us.yaml")
    options = ["--profile", profile, "--on", DAY, "-o", str(out)]
    return ["-m", "chipward", "assess", str(bom), *options]


def _row(name: str, cost: Cost, limit: str = "") -> str:
    cells = (f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.rss:.0f}", limit)
    return f"| {name} | " + " | ".join(cells) + " |"


def machine() -> None:
    """Say what it ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    cores, system = os.cpu_count(), f"{platform.system()} {platform.machine()}"
    print(f"{cores} cores, {memory:.0f} GiB, {system}, CPython {platform.python_version()},")
    print(f"load before the run {load}\n")
    print("| what | wall s | CPU s | RSS MiB | limit |\n|---|---|---|---|---|")


def start_up() -> None:
    """``--help`` against an interpreter that does nothing."""
    helped, bare = best(["-m", "chipward", "--help"], 9), best(["-c", "pass"], 9)
    print(_row("`chipward --help`", helped, "0.15 CPU"))
    print(_row("peer: `python -c pass`", bare))
    print(f"| ratio of CPU | | {helped.cpu / bare.cpu:.1f} | | |")


def example(folder: Path) -> None:
    """The example board in a fresh process against importing what it needs."""
    cold = best(_assess(EXAMPLE / "bom.csv", folder / "small.html"), 3, FINDINGS)
    imports = best(["-c", LIBRARIES], 3)
    print(_row("example board, cold, HTML", cold, "2 wall"))
    print(_row("peer: importing its libraries", imports))
    print(f"| ratio of CPU | | {cold.cpu / imports.cpu:.1f} | | |")


def large(bom: Path, folder: Path) -> None:
    """Ten thousand lines, the whole way to each format."""
    for ending in ("json", "csv", "html"):
        cost = python(_assess(bom, folder / f"large.{ending}"), FINDINGS)
        size = (folder / f"large.{ending}").stat().st_size / 1e6
        print(_row(f"{LINES} lines to {ending} ({size:.0f} MB)", cost, "10 wall, 1024"))


def _figures(script: str, argument: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-X", "utf8", str(ROOT / "bench" / script), argument],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    return run.stdout.split()


def reading(folder: Path) -> None:
    """Reading alone: ten and a hundred thousand lines, the latter within five seconds of CPU."""
    for lines in (LINES, 10 * LINES):
        bom = folder / f"{lines}.csv"
        write_board(bom, lines)
        read, ours, theirs = _figures("reading.py", str(bom))
        ratio = float(ours) / float(theirs)
        print(f"\nReading {read} lines: {ours} CPU s (limit 5 for 100000);")
        print(f"DuckDB `read_csv` of all cells as text: {theirs} CPU s, ratio {ratio:.1f}.")


def judging() -> None:
    """Judging alone, against a plain loop."""
    texts, leaves, engine, plain = _figures("judging.py", str(LINES))
    ratio = float(engine) / float(plain)
    print(f"\nJudging {LINES} random rows by {texts} texts of {leaves} leaves: {engine} CPU s;")
    print(f"a plain Python loop over the same leaves: {plain} CPU s, ratio {ratio:.2f},")
    print("all verdicts equal.")


def main() -> None:
    """Run everything once."""
    machine()
    start_up()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bom = folder / "large.csv"
        write_board(bom, LINES)
        example(folder)
        large(bom, folder)
        reading(folder)
        judging()


if __name__ == "__main__":
    main()
