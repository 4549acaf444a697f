"""Where an answer was given: regimes, transactions and countries, in few words or in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chipward.report.view import View

_SELL = "sell"

Answer = Mapping[str, Any]


def leading(lens: Mapping[str, Any]) -> list[Answer]:
    """The answers that give a lens its outcome and level."""
    return [
        answer
        for answer in lens["answers"]
        if answer["outcome"] == lens["outcome"] and answer["level"] == lens["level"]
    ]


def in_brief(view: View, answers: Iterable[Answer]) -> str:
    """Regimes with their transactions; many countries are given as a number.

    ``US · buying, selling to 3 countries``; regimes with the same transactions stand together.
    """
    lanes: dict[str, dict[str, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    for answer in answers:
        lanes[answer["regime"]][answer["lane"]].append(answer)
    regimes: dict[str, list[str]] = defaultdict(list)
    for regime, by_lane in lanes.items():
        told = view.words.join(_brief(view, lane, listed) for lane, listed in by_lane.items())
        regimes[told].append(regime)
    return "; ".join(f"{view.words.join(names)} · {told}" for told, names in regimes.items())


def _countries(view: View, answers: Iterable[Answer]) -> list[str]:
    codes = dict.fromkeys(a["destination"] for a in answers if a["destination"])
    return [view.words.label("country", code) for code in codes]


def _brief(view: View, lane: str, answers: Sequence[Answer]) -> str:
    words, countries = view.words, _countries(view, answers)
    if lane != _SELL or not countries:
        return words.label("report.lane", lane)
    if len(countries) == 1:
        return words.say("report.lane_to", country=countries[0])
    return words.say("report.lane_to_many", n=len(countries))


def in_full(view: View, answers: Iterable[Answer]) -> list[str]:
    """Every answer with its regime, transaction and countries; equal answers share a phrase."""
    found: dict[tuple[str, ...], list[Answer]] = defaultdict(list)
    for answer in answers:
        said = view.answer(answer)
        found[answer["regime"], answer["lane"], answer["material"], said].append(answer)
    return [_full(view, key, listed) for key, listed in found.items()]


def _full(view: View, key: tuple[str, ...], answers: Sequence[Answer]) -> str:
    words = view.words
    regime, lane, material, said = key
    countries = _countries(view, answers)
    place = words.label("report.lane", lane)
    if lane == _SELL and countries:
        place = words.say("report.lane_to", country=words.join(countries))
    elif material:
        place = words.aside(place, words.label("material", material))
    return words.pair(f"{words.label('regime', regime)} · {place}", said)
