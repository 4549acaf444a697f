"""What is not modelled, in as few sentences as say all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from chipward.report.view import MODELLED, View

_AREA: AbstractSet[str] = frozenset({"area", "what"})
_KIND: AbstractSet[str] = frozenset({"lines", "category", "what", "regime"})

Said = Mapping[str, Any]


def _missing(view: View) -> list[Said]:
    return [m for m in view.review["coverage"] if not MODELLED & set(m["key"].split("."))]


def not_modelled(view: View) -> list[str]:
    """A sentence an area that is not modelled; areas of which the same is said share one."""
    told: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for number, message in enumerate(_missing(view)):
        params: Mapping[str, Any] = message["params"]
        if params.keys() != _KIND:
            what = _word(view, params["what"]) if params.keys() == _AREA else str(number)
            told[message["key"], what].append(message)
    return [_shared(view, listed) for listed in told.values()]


def _shared(view: View, messages: list[Said]) -> str:
    first = messages[0]
    if len(messages) == 1:
        return view.words.message(first)
    areas = "; ".join(_word(view, message["params"]["area"]) for message in messages)
    return view.words.say(first["key"], **{**first["params"], "area": areas})


def described(view: View) -> list[str]:
    """Codes that may describe kinds of parts of this board, each with its kinds and lines."""
    words, kinds = view.words, defaultdict[tuple[str, str], list[str]](list)
    for message in _missing(view):
        params: Mapping[str, Any] = message["params"]
        if params.keys() == _KIND:
            lines = words.say("report.on_lines", lines=params["lines"])
            kind = words.aside(_word(view, params["category"]), lines)
            kinds[params["what"], params["regime"]].append(kind)
    return [
        words.pair(f"{_word(view, what)} · {_word(view, regime)}", words.join(listed))
        for (what, regime), listed in kinds.items()
    ]


def _word(view: View, value: object) -> str:
    """A parameter in words; one that begins with ``@`` is a key."""
    return view.words.say("report.bare", text=value)
