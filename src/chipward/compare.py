"""What changed between two reviews of a board, in words, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chipward.review import LEVELS, NOTHING, UNKNOWN, Message

Dict = Mapping[str, Any]
_LADDER = (*LEVELS, UNKNOWN, NOTHING)


def changes(old: Dict, new: Dict) -> tuple[Message, ...]:
    """The difference of two reviews: what they rest on, then each line that differs.

    Lines are matched by their number in the same file, else by part number and references, so that
    a board that was edited compares too. Equal changes of several lines are one message.

    Args:
        old: an earlier review as plain values.
        new: the review it is compared with.

    Returns:
        Messages of the catalogue, the weightiest line first; one that says so if nothing changed.
    """
    about = _basis(old, new)
    lines = _lines(old, new)
    if not lines:
        lines = [Message(key="compare.nothing")]
    return (*about, *_measures(old, new), *lines)


def _basis(old: Dict, new: Dict) -> list[Message]:
    """Day, board, profile, scope, law: what the two reviews rest on."""
    out: list[Message] = []
    if old["on"] != new["on"]:
        out.append(Message(key="compare.day", params={"old": old["on"], "new": new["on"]}))
    if old["bom"]["sha256"] != new["bom"]["sha256"]:
        names = {"old": old["bom"]["name"], "new": new["bom"]["name"]}
        out.append(Message(key="compare.bom", params=names))
    if old["profile"] != new["profile"]:
        out.append(Message(key="compare.profile"))
    if old["scope"] != new["scope"]:
        said = {"old": f"@report.scope.{old['scope']}", "new": f"@report.scope.{new['scope']}"}
        out.append(Message(key="compare.scope", params=said))
    before, after = old["provenance"], new["provenance"]
    if before["data_lock"] != after["data_lock"]:
        locks = {"old": before["data_lock"][:12], "new": after["data_lock"][:12]}
        out.append(Message(key="compare.law", params=locks))
    if before["local_law"] != after["local_law"]:
        out.append(Message(key="compare.local_law"))
    if before["chipward"] != after["chipward"]:
        said = {"old": before["chipward"], "new": after["chipward"]}
        out.append(Message(key="compare.version", params=said))
    return out


def _status(review: Dict, provision: str) -> str:
    """The status of a provision on the day of a review, or that no version holds."""
    for entry in review["timeline"]:
        begun = entry["date"] <= review["on"]
        ended = entry["until"] and entry["until"] <= review["on"]
        if entry["provision"] == provision and begun and not ended:
            return entry["status"]
    return "no_version"


def _measures(old: Dict, new: Dict) -> list[Message]:
    """Measures that touch the board in both reviews and changed their status between the days."""
    was = {entry["provision"] for entry in old["timeline"]}
    titles = {entry["provision"]: entry for entry in new["timeline"] if entry["provision"] in was}
    out: list[Message] = []
    for provision, entry in titles.items():
        before, after = _status(old, provision), _status(new, provision)
        if before != after:
            said = {
                "title": f"@phrase.{entry['title']}",
                "law": f"{entry['citation']['instrument']} {entry['citation']['section']}".strip(),
                "old": f"@report.status.{before}",
                "new": f"@report.status.{after}",
            }
            out.append(Message(key="compare.measure", params=said))
    return out


def _identity(line: Dict) -> tuple[Any, ...]:
    return (line["mpn"] or line["description"], *sorted(line["refs"]))


def _pairs(old: Dict, new: Dict) -> list[tuple[Dict | None, Dict | None]]:
    """Old and new line of each pair; nothing on one side for a line that came or went."""
    same_file = old["bom"]["sha256"] == new["bom"]["sha256"]

    def key(line: Dict) -> tuple[Any, ...]:
        return (line["line"],) if same_file else _identity(line)

    waiting: dict[tuple[Any, ...], list[Dict]] = defaultdict(list)
    for line in old["lines"]:
        waiting[key(line)].append(line)
    out: list[tuple[Dict | None, Dict | None]] = []
    for line in new["lines"]:
        known = waiting[key(line)]
        out.append((known.pop(0) if known else None, line))
    out += [(line, None) for left in waiting.values() for line in left]
    return out


def _rank(line: Dict | None) -> int:
    return len(_LADDER) if line is None else _LADDER.index(line["level"])


def _lines(old: Dict, new: Dict) -> list[Message]:
    """A message for each change, lines that changed alike together."""
    alike: dict[tuple[Any, ...], list[Dict]] = {}
    pairs = _pairs(old, new)
    pairs.sort(key=lambda pair: (_rank(pair[1]), (pair[1] or pair[0] or {})["line"]))
    for before, after in pairs:
        for key, params in _line(before, after):
            alike.setdefault((key, *sorted(params.items())), []).append(after or before or {})
    return [
        Message(key=key, params={"lines": _named(lines), **dict(params)})
        for (key, *params), lines in alike.items()
    ]


def _named(lines: Sequence[Dict]) -> str:
    """Lines by number and part, the first few of many."""
    shown = [f"{line['line']} ({line['mpn'] or line['description'][:40]})" for line in lines[:6]]
    more = [f"+{len(lines) - len(shown)}"] if len(lines) > len(shown) else []
    return ", ".join([*shown, *more])


def _line(before: Dict | None, after: Dict | None) -> Iterable[tuple[str, dict[str, str]]]:
    if after is None:
        yield "compare.line_gone", {}
        return
    if before is None:
        yield "compare.line_new", {"level": f"@level.{after['level']}"}
        return
    if before["level"] != after["level"]:
        levels = {"old": f"@level.{before['level']}", "new": f"@level.{after['level']}"}
        yield "compare.level", levels
    if before["fitted"] != after["fitted"]:
        yield "compare.fitted" if after["fitted"] else "compare.not_fitted", {}
    yield from _answers(before, after)
    yield from _supply(before, after)


def _by_lane(line: Dict) -> dict[tuple[str, str, str, str], Dict]:
    """Answers by regime, lane, destination and material; what is said twice counts once."""
    return {
        (a["regime"], a["lane"], a["destination"], a["material"]): a
        for a in line["lenses"]["control"]["answers"]
    }


def _answers(before: Dict, after: Dict) -> Iterable[tuple[str, dict[str, str]]]:
    """Control answers that differ in outcome, review policy or whether to verify."""
    was, now = _by_lane(before), _by_lane(after)
    for lane in sorted(was.keys() | now.keys()):
        regime, name, destination, material = lane
        old, new = was.get(lane), now.get(lane)
        said = {
            "regime": f"@regime.{regime}",
            "lane": f"@compare.lane.{name}",
            "what": _what(material, destination),
        }
        if old is None or new is None:
            key = "compare.answer_new" if old is None else "compare.answer_gone"
            yield key, {**said, **_told(new or old)}
        elif (old["outcome"], old["review_policy"]) != (new["outcome"], new["review_policy"]):
            known = {f"old_{name}": value for name, value in _told(old).items()}
            yield _answer_key(old, new), {**said, **known, **_told(new)}
        if new and new["verify"] and not (old and old["verify"]):
            yield "compare.verify", said


def _what(material: str, destination: str) -> str:
    if material:
        return f"@material.{material}"
    return f"@country.{destination}" if destination else "@report.unknown"


def _told(answer: Dict | None) -> dict[str, str]:
    if answer is None:
        return {}
    policy = answer["review_policy"]
    return {
        "outcome": f"@outcome.{answer['outcome']}",
        "policy": f"@policy.{policy}" if policy else "",
    }


def _answer_key(old: Dict, new: Dict) -> str:
    """The sentence that names the policies there are."""
    was, now = bool(old["review_policy"]), bool(new["review_policy"])
    ends = {(True, True): "both", (True, False): "old", (False, True): "new"}
    return f"compare.answer.{ends.get((was, now), 'none')}"


def _supply(before: Dict, after: Dict) -> Iterable[tuple[str, dict[str, str]]]:
    """Materials whose supply outcome changed."""
    was = {m["material"]: m["outcome"] for m in before["lenses"]["supply"]["materials"]}
    now = {m["material"]: m["outcome"] for m in after["lenses"]["supply"]["materials"]}
    for material in sorted(was.keys() | now.keys()):
        old, new = was.get(material), now.get(material)
        if old == new:
            continue
        said = {"material": f"@material.{material}"}
        if old is None or new is None:
            key = "compare.material_new" if old is None else "compare.material_gone"
            yield key, {**said, "outcome": f"@outcome.{new or old}"}
        else:
            yield "compare.material", {**said, "old": f"@outcome.{old}", "new": f"@outcome.{new}"}
