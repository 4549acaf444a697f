"""Run a program and say what it cost, as the operating system counted it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall clock and of CPU (user and system), and the largest resident size in MiB."""

    wall: float
    cpu: float
    rss: float


def python(arguments: Sequence[str], good: Sequence[int] = (0,)) -> Cost:
    """The cost of a fresh interpreter with these arguments; its output is thrown away.

    Raises `RuntimeError` for an exit code that is not among ``good``.
    """
    command = [sys.executable, "-X", "utf8", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=said, env=environment, cwd=ROOT
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in good:
            said.seek(0)
            raise RuntimeError(said.read().decode())
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def best(arguments: Sequence[str], runs: int, good: Sequence[int] = (0,)) -> Cost:
    """The cheapest of several runs, by CPU: the one least disturbed by others."""
    return min((python(arguments, good) for _ in range(runs)), key=lambda cost: cost.cpu)
