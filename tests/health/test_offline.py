"""Nothing leaves the machine: a whole review with every socket refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "thermal-sdr"
GUARD = """
import sys
REFUSED = {"socket.__new__", "socket.connect", "socket.bind", "socket.getaddrinfo"}
def refuse(event, arguments):
    if event in REFUSED:
        raise RuntimeError(event)
sys.addaudithook(refuse)
"""
ASSESS = """
sys.argv = ["chipward", *sys.argv[1:]]
from chipward.cli import main
main()
"""
SOCKET = "\nimport socket\nsocket.socket()\n"


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src")},
    )


def test_a_review_opens_no_socket(tmp_path: Path) -> None:
    out = tmp_path / "review.html"
    bom, profile = EXAMPLE / "bom.csv", EXAMPLE / "profile-us.yaml"
    run = _run(
        GUARD + ASSESS,
        "assess", str(bom), "--profile", str(profile), "--on", "2026-11-28", "-o", str(out),
    )  # fmt: skip
    assert run.returncode in {0, 1}, run.stderr
    assert "Traceback" not in run.stderr
    assert out.stat().st_size > 0


def test_the_guard_bites() -> None:
    run = _run(GUARD + SOCKET)
    assert run.returncode == 1
    assert "socket.__new__" in run.stderr
