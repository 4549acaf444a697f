"""The dated measures that touch a board, from the provisions its findings rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from chipward.law.model import Laws
from chipward.review import Finding

SHOWN = frozenset({"requirement", "prohibition", "policy", "exception"})


def board_timeline(
    laws: Laws, findings: Iterable[Finding], on: date
) -> tuple[Mapping[str, Any], ...]:
    """Every version of every provision the findings rest on, oldest first.

    Keys: date, until, regime, provision, version, title, kind, status, live, citation, lines.
    """
    touched: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        for result in finding.provisions:
            if result.kind in SHOWN:
                touched[result.id].add(finding.line)
    rows = [
        {
            "date": version.interval.start.isoformat() if version.interval.start else "",
            "until": version.interval.until.isoformat() if version.interval.until else "",
            "regime": provision.regime,
            "provision": provision.id,
            "version": version.number,
            "title": provision.title,
            "kind": provision.kind,
            "status": version.status,
            "live": version.interval.holds(on),
            "citation": asdict(version.cite),
            "lines": len(touched[provision.id]),
        }
        for provision in laws.provisions
        if provision.id in touched
        for version in provision.versions
    ]
    return tuple(sorted(rows, key=lambda r: (r["date"], r["regime"], r["provision"], r["version"])))
