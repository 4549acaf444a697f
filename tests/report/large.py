"""The fixture's board, many times over, as a board of any length."""

from __future__ import annotations

from dataclasses import replace

from chipward.review import LEVELS, Finding, LineResult, Review


def large(board: Review, count: int) -> Review:
    """``board`` with ``count`` lines: part numbers and ids of their own, findings as before."""
    by_id = {finding.id: finding for finding in board.findings}
    lines: list[LineResult] = []
    findings: list[Finding] = []
    for number in range(1, count + 1):
        model = board.lines[(number * 7) % len(board.lines)]
        names = {old: f"{old}-{number}" for old in model.findings}
        findings += [replace(by_id[old], id=new, line=number) for old, new in sorted(names.items())]
        lines.append(
            replace(
                model,
                line=number,
                row=number + 1,
                mpn=f"{model.mpn[:24]}-{number}",
                findings=tuple(names.values()),
            )
        )
    levels = (*LEVELS, "unknown", "none")
    counts = {level: sum(line.level == level for line in lines) for level in levels}
    return replace(board, lines=tuple(lines), findings=tuple(findings), counts=counts)
