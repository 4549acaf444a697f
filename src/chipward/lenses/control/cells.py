"""Looking into an undetermined answer: what does each possible value of a missing fact give?

One fact at a time, then pairs. A fact's cells are its closed vocabulary, the two truth values, the
intervals between the thresholds the law compares it with, the lists the regime names, or, for a
country, one country of each class the law can tell apart. Destinations and the like are never
searched for a milder answer: the cells only say what the missing fact decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from typing import Any

import pyarrow as pa

from chipward.facts import facts
from chipward.law.model import Laws
from chipward.lenses.control.answers import UNCLASSIFIED, UNDETERMINED, Answer
from chipward.lenses.control.codes import NO_CODE
from chipward.lenses.control.facts import COUNTRY_FACTS, LISTING_FACTS, country_classes

MOST_CELLS = 40
MOST_VARIANTS = 5_000
Solver = Callable[[pa.Table], list[list[Answer]]]


@dataclass(slots=True)
class Trial:
    """The variants of one undetermined answer under one choice of facts."""

    answer: Answer
    names: tuple[str, ...]
    values: list[tuple[Any, ...]]
    outcomes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def cells_of(name: str, laws: Laws, regime: str) -> list[Any]:
    """The values of a fact that the law can tell apart; empty when they cannot be listed."""
    fact = facts()[name]
    if fact.vocabulary and fact.type == "text":
        return list(fact.vocabulary)
    if fact.type == "boolean":
        return [True, False]
    if fact.type == "number":
        return _between(sorted(_thresholds(name, laws)))
    if name in LISTING_FACTS:
        lists = _named(LISTING_FACTS[name], laws)
        return [NO_CODE, *sorted(one for one in lists if one.startswith(f"{regime}:"))]
    return country_classes(_named(name, laws)) if name in COUNTRY_FACTS else []


def _thresholds(name: str, laws: Laws) -> set[float]:
    return {
        float(value)
        for provision in laws.provisions
        for version in provision.versions
        for leaf in version.compiled.leaves
        if leaf.column == name
        for value in leaf.values
        if isinstance(value, int | float)
    }


def _named(name: str, laws: Laws) -> frozenset[str]:
    """The values the law itself names for a fact."""
    return frozenset(
        value
        for provision in laws.provisions
        for version in provision.versions
        for leaf in version.compiled.leaves
        if leaf.column == name
        for value in leaf.values
        if isinstance(value, str)
    )


def _between(marks: list[float]) -> list[float]:
    """The thresholds, a value between each two, one below all and one above all."""
    if not marks:
        return []
    inside = [(low + high) / 2 for low, high in pairwise(marks)]
    step = max(abs(marks[-1]), 1.0) / 2
    below = marks[0] - step if marks[0] >= step else marks[0] / 2
    return sorted({below, *marks, *inside, marks[-1] + step})


def look_into(found: list[Answer], raw: pa.Table, laws: Laws, solve: Solver) -> None:
    """Fill ``cells`` of undetermined answers, and settle those whose every cell agrees.

    ``raw`` holds the raw facts of each kind; ``solve`` answers a raw table. Singles first, pairs
    for what is left. More than `MOST_VARIANTS` variants are not tried: the answer stays open.
    """
    for size in (1, 2):
        waiting = [a for a in found if a.outcome == UNDETERMINED and not a.cells]
        trials = [t for a in waiting for t in _trials(a, size, laws)]
        if sum(len(t.values) for t in trials) > MOST_VARIANTS or not trials:
            return
        _run(trials, raw, solve)
        for answer in waiting:
            _settle(answer, [t for t in trials if t.answer is answer], laws)


def _trials(answer: Answer, size: int, laws: Laws) -> list[Trial]:
    cells = {name: cells_of(name, laws, answer.regime) for name in answer.missing}
    usable = [name for name, values in cells.items() if 0 < len(values) <= MOST_CELLS]
    return [
        Trial(answer, names, list(product(*(cells[name] for name in names))))
        for names in combinations(usable, size)
    ]


def _run(trials: list[Trial], raw: pa.Table, solve: Solver) -> None:
    """Answer every variant of every trial in one go."""
    order = [(t, values) for t in trials for values in t.values]
    table = raw.take(pa.array([t.answer.kind for t, _ in order]))
    for name in sorted({name for t, _ in order for name in t.names}):
        column = table[name].to_pylist()
        for i, (trial, values) in enumerate(order):
            if name in trial.names:
                column[i] = values[trial.names.index(name)]
        at = table.column_names.index(name)
        table = table.set_column(at, name, pa.array(column, table.schema.field(name).type))
    for (trial, _), answers in zip(order, solve(table), strict=True):
        mine = next(a for a in answers if a.regime == trial.answer.regime)
        trial.outcomes.append((mine.outcome, mine.review_policy))


def _settle(answer: Answer, trials: list[Trial], laws: Laws) -> None:
    """Keep the trial that decides most; take its outcome when every cell gives the same."""
    best: Trial | None = None
    for trial in trials:
        decided = _decided(trial)
        if decided and (best is None or decided > _decided(best)):
            best = trial
    if best is None:
        return
    grouped: dict[tuple[str, str], list[str]] = {}
    named = [_named(name, laws) if name in COUNTRY_FACTS else None for name in best.names]
    for values, outcome in zip(best.values, best.outcomes, strict=True):
        words = map(_word, values, named)
        grouped.setdefault(outcome, []).append(" & ".join(words))
    if len(grouped) == 1:
        ((answer.outcome, answer.review_policy),) = grouped
        return
    names = " & ".join(best.names)
    answer.cells = [
        {
            "facts": f"{names} = {', '.join(dict.fromkeys(labels))}",
            "outcome": outcome,
            "review_policy": policy,
        }
        for (outcome, policy), labels in grouped.items()
    ]


def _decided(trial: Trial) -> int:
    open_ends = {UNDETERMINED, UNCLASSIFIED}
    return sum(outcome not in open_ends for outcome, _ in trial.outcomes)


def _word(value: Any, named: frozenset[str] | None) -> str:
    """A value for a reader; a country the law does not name stands for all others like it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if named is not None and value not in named:
        return f"{value} *"
    return f"{value:g}" if isinstance(value, float) else str(value)
