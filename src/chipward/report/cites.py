"""Citations of one text on one line, with all the sections that are cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_SAME = ("instrument", "document", "published", "url")

Cited = Mapping[str, Any]


def merged(citations: Iterable[Cited]) -> list[Cited]:
    """Each text once, in the order first cited, its sections in one list.

    A section that another one repeats and qualifies, such as with *as enforced*, is left out.

    >>> one = {"instrument": "A", "document": "", "published": "", "url": "", "section": "1"}
    >>> [c["section"] for c in merged([one, {**one, "section": "2"}, {**one, "section": "1 x"}])]
    ['2; 1 x']
    """
    found: dict[tuple[str, ...], list[Cited]] = {}
    for citation in citations:
        found.setdefault(tuple(citation[name] for name in _SAME), []).append(citation)
    return [
        {**listed[0], "section": _sections(one["section"] for one in listed)}
        for listed in found.values()
    ]


def _sections(cited: Iterable[str]) -> str:
    named = list(dict.fromkeys(section for section in cited if section))
    kept = [one for one in named if not any(other.startswith(f"{one} ") for other in named)]
    return "; ".join(kept)
