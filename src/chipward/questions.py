"""Questions: missing facts, grouped, asked once, sorted by how many answers each settles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pyarrow as pa

from chipward.facts import facts
from chipward.review import Message, Question

OPEN = ("undetermined", "unclassified")
REVIEW, LINE = "review", "line"


@dataclass(slots=True)
class _Group:
    regimes: set[str] = field(default_factory=set[str])
    lines: set[int] = field(default_factory=set[int])
    settles: int = 0
    touches: int = 0


def questions(answers: pa.Table, lines: dict[str, int]) -> tuple[Question, ...]:
    """Group the missing facts of open answers into questions.

    ``lines`` maps a row id to its line. A fact the buyer is asked for once a review is one question
    whatever the number of lines; a code the regimes lack is one question a regime. ``settles``
    counts the answers for which the fact is the only one missing, then those it is part of.
    """
    groups: dict[tuple[str, str, str], _Group] = defaultdict(_Group)
    table = answers.select(["row_id", "regime", "outcome", "missing"]).to_pydict()
    for row_id, regime, outcome, missing in zip(*table.values(), strict=True):
        if outcome not in OPEN:
            continue
        for name in missing:
            scope = facts()[name].ask
            group = groups[name, scope, regime if name == "item" else ""]
            group.regimes.add(regime)
            group.lines.add(lines[row_id])
            group.settles += len(missing) == 1
            group.touches += 1
    ordered = sorted(groups.items(), key=lambda g: (-g[1].settles, -g[1].touches, g[0]))
    return tuple(_question(key, group) for key, group in ordered)


def _question(key: tuple[str, str, str], group: _Group) -> Question:
    name, scope, regime = key
    kind = "item" if name == "item" else REVIEW if scope == REVIEW else LINE
    return Question(
        fact=name,
        scope=REVIEW if scope == REVIEW else LINE,
        regimes=tuple(sorted(group.regimes)),
        lines=tuple(sorted(group.lines)),
        settles=group.settles or group.touches,
        text=Message(
            key=f"question.{kind}",
            params={
                "fact": f"@fact.{name}",
                "regime": f"@regime.{regime}",
                "lines": len(group.lines),
                "answers": group.touches,
            },
        ),
    )
