"""What every readable report shows: lines by level, equal lines together, words for each state."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chipward.report.cites import merged
from chipward.report.plain import ReviewDict
from chipward.report.reading import describe
from chipward.report.words import Words
from chipward.review import LEVELS, NOTHING, UNKNOWN

UNTOUCHED = "not_subject"
"""Outcome of a lens that no regime reaches; without answers no regime was asked."""
LATELY = timedelta(days=400)
"""How long a change of status is news."""
LADDER = (*LEVELS, UNKNOWN, NOTHING)
"""Levels from the one that stops the build to the one without a finding."""
_VERSION = 2
"""Marshal without references: equal values give equal bytes."""

DECISIVE = frozenset({"requirement", "prohibition", "policy"})
"""Kinds of provisions that a finding rests on; the others say whom it reaches or what lifts it."""

OUTCOMES = ("outcome", "report.outcome")
"""Where the catalogue keeps the words for outcomes, in the order they are looked for."""

MODELLED = frozenset({"modelled", "partial"})
"""Parts of the keys of coverage messages that say what is modelled; the others say what is not."""

Line = Mapping[str, Any]
Found = Mapping[str, Any]


def rank(level: str) -> int:
    """The place of a level on the ladder.

    >>> rank("stop") < rank("unknown") < rank("none")
    True
    """
    return LADDER.index(level)


def ranges(numbers: Iterable[int]) -> str:
    """Line numbers with runs drawn together.

    >>> ranges([6, 7, 8, 12])
    '6-8, 12'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def signature(finding: Found) -> bytes:
    """What a finding says apart from its name and line; equal for equal findings."""
    return marshal.dumps(
        {name: value for name, value in finding.items() if name not in {"id", "line"}}, _VERSION
    )


def _destinations(profile: Mapping[str, Any]) -> list[str]:
    """The countries a profile sells to: each a code, or a mapping with one."""
    listed: list[str | dict[str, str]] = profile.get("destinations") or []
    codes = [one["country"] if isinstance(one, dict) else one for one in listed]
    return list(dict.fromkeys(codes))


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that have the same level and, word for word, the same findings."""

    level: str
    lines: tuple[Line, ...]
    findings: tuple[Found, ...]


class View:
    """A review in one language, indexed for reading."""

    def __init__(self, review: ReviewDict, lang: str) -> None:
        self.review = review
        self.words = Words(lang)
        self._findings = {finding["id"]: finding for finding in review["findings"]}
        self._signatures: dict[int, bytes] = {}
        self._dated: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for entry in review["timeline"]:
            self._dated[entry["provision"]].append(entry)

    def findings_of(self, line: Line) -> list[Found]:
        """The findings of a line, the one that weighs most first."""
        found = [self._findings[name] for name in line["findings"]]
        return sorted(found, key=lambda f: (rank(f["level"]), f["lens"], f["lane"], self.sign(f)))

    def title(self, finding: Found) -> str:
        """The finding in a sentence that begins with a capital."""
        said = self.words.message(finding["title"])
        return said[:1].upper() + said[1:]

    def sign(self, finding: Found) -> bytes:
        """`signature`, made once a finding."""
        key = id(finding)
        if key not in self._signatures:
            self._signatures[key] = signature(finding)
        return self._signatures[key]

    def groups(self) -> list[Group]:
        """All lines, equal ones together, by level and then by their first line."""
        found: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
        kept: dict[tuple[Any, ...], tuple[Found, ...]] = {}
        for line in self.review["lines"]:
            findings = self.findings_of(line)
            states = () if findings else self._states(line)
            key = (line["level"], line["fitted"], states, *map(self.sign, findings))
            found[key].append(line)
            kept.setdefault(key, tuple(findings))
        groups = [Group(key[0], tuple(lines), kept[key]) for key, lines in found.items()]
        return sorted(groups, key=lambda g: (rank(g.level), g.lines[0]["line"]))

    @staticmethod
    def _states(line: Line) -> tuple[str, ...]:
        return tuple(f"{lens}:{state['outcome']}" for lens, state in line["lenses"].items())

    def fitted(self) -> int:
        """How many lines are fitted."""
        return sum(bool(line["fitted"]) for line in self.review["lines"])

    def headline(self) -> tuple[str, str]:
        """The review in a sentence, and what else there is in another one, or nothing."""
        words, counts = self.words, self.review["counts"]
        day = words.day(self.review["on"])
        stops, holds, total = counts.get("stop", 0), counts.get("hold", 0), f"{self.fitted():,}"
        others = ["hold", "check", UNKNOWN]
        if stops:
            first = words.count("report.headline.stop", stops, total=total, day=day)
        elif holds:
            first = words.count("report.first_hold", holds, day=day)
            others.remove("hold")
        else:
            first = words.say("report.headline.none", day=day)
        rest = [
            words.count(f"report.headline.{level}", counts[level])
            for level in others
            if counts.get(level)
        ]
        return first, words.say("report.headline.rest", rest=words.join(rest)) if rest else ""

    def beside(self) -> int:
        """Lines with an open lens that count under a level too."""
        alone = sum(line["level"] == UNKNOWN for line in self.review["lines"])
        return max(0, self.review["counts"].get(UNKNOWN, 0) - alone)

    @staticmethod
    def opened(line: Line) -> bool:
        """Whether a lens of a line is open, whatever its level."""
        levels = {line["level"], *(lens["level"] for lens in line["lenses"].values())}
        return UNKNOWN in levels

    def outcome(self, name: str) -> str:
        """Words for an outcome of any lens."""
        return self.words.first((f"{prefix}.{name}" for prefix in OUTCOMES), name)

    def answer(self, found: Mapping[str, Any]) -> str:
        """Outcome and review policy in one phrase."""
        if found["outcome"] == UNTOUCHED and found.get("answers") == []:
            return self.words.say("report.outcome.untouched")
        policy = found.get("review_policy") or ""
        parts = [self.outcome(found["outcome"])]
        return self.words.join([*parts, self.words.label("policy", policy)] if policy else parts)

    def state(self, line: Line) -> str:
        """Why a line without findings has the level it has."""
        parts = [
            self.answer(lens)
            for lens in line["lenses"].values()
            if lens["level"] == line["level"] and lens["outcome"] not in {"", NOTHING}
        ]
        if not line["fitted"]:
            parts = [self.words.say("report.not_fitted")]
        return self.words.join(list(dict.fromkeys(parts))) or self.words.label("level", NOTHING)

    def cell(self, cell: Mapping[str, Any]) -> str:
        """One cell of an undetermined answer: ``end use: military: prohibited``."""
        names, _, values = cell["facts"].partition(" = ")
        facts = " & ".join(self.words.label("fact", name) for name in names.split(" & "))
        told = [self._values(value) for value in values.split(", ")]
        return self.words.pair(self.words.pair(facts, self.words.join(told)), self.answer(cell))

    def _values(self, both: str) -> str:
        return " & ".join(self.words.value(value) for value in both.split(" & "))

    def sources(self, finding: Found) -> list[str]:
        """Other sources of a material a supply finding names, each in one phrase."""
        told: list[str] = []
        for row in finding["facts"].get("alternatives") or ():
            words = self.words
            where = words.join(words.label("country", code) for code in row.get("countries") or ())
            capacity = row.get("capacity_text") or ""
            if not capacity and row.get("capacity_t") is not None:
                capacity = words.say("report.capacity", n=words.number(row["capacity_t"]))
            when = [row.get("start") or "", row.get("lead_time") or ""]
            rest = [part for part in (capacity, row.get("status") or "", *when) if part]
            name = words.aside(row["producer"], where) if where else row["producer"]
            told.append(words.pair(name, "; ".join(rest)) if rest else name)
        return told

    def exception(self, symbol: str) -> str:
        """An exception that was tried; one that still wants facts ends in a question mark."""
        if symbol.endswith("?"):
            return self.words.say("report.exception_open", symbol=symbol.removesuffix("?"))
        return symbol

    def changes(self, finding: Found) -> list[str]:
        """What changed lately or will change, and when, for the provisions of a finding."""
        told: list[str] = []
        for provision in finding["provisions"]:
            entries = sorted(self._dated[provision["id"]], key=lambda e: e["date"])
            told += self._told(provision, entries)
        return list(dict.fromkeys(told))

    def _told(self, provision: Found, entries: Sequence[Mapping[str, Any]]) -> list[str]:
        words, on, told = self.words, self.review["on"], list[str]()
        title = words.maybe(provision["title"])
        for before, entry in zip([None, *entries], entries, strict=False):
            said = {"day": entry["date"], "title": title, "status": self.status(entry)}
            if entry["date"] > on:
                told.append(words.say("report.change.ahead", **said))
            elif before and self._lately(entry) and before["status"] != entry["status"]:
                told.append(words.say("report.change.since", was=self.status(before), **said))
        last = entries[-1] if entries else None
        if last and self.live(last) and last["until"]:
            told.append(words.say("report.change.ends", day=last["until"], title=title))
        return told

    def _lately(self, entry: Mapping[str, Any]) -> bool:
        """Whether a live version is new enough for what held before it to be worth telling."""
        since = date.fromisoformat(self.review["on"]) - date.fromisoformat(entry["date"])
        return self.live(entry) and since <= LATELY

    def status(self, entry: Mapping[str, Any]) -> str:
        """Words for the status of a version."""
        return self.words.say(f"report.status.{entry['status']}")

    def live(self, entry: Mapping[str, Any]) -> bool:
        """Whether a version of the timeline holds on the day of the review."""
        on = self.review["on"]
        return entry["date"] <= on and (not entry["until"] or on < entry["until"])

    def notes(self, finding: Found) -> list[str]:
        """The notes worth a place in a summary: not those of provisions that need no check."""
        settled = {p["note"] for p in finding["provisions"] if p["note"] and not p["verify"]}
        listed = [note for note in finding["notes"] if note["key"] not in settled]
        return self.words.messages(listed)

    def law(self, finding: Found) -> list[Mapping[str, Any]]:
        """The texts a finding rests on, each once: of requirements, bans and policies."""
        wanted = {"true", "unknown"} if finding["level"] == UNKNOWN else {"true"}
        listed = [
            provision["citation"]
            for provision in finding["provisions"]
            if provision["verdict"] in wanted and provision["kind"] in DECISIVE
        ]
        return merged(listed or finding["citations"])

    def notices(self) -> list[str]:
        """What to bear in mind: what was odd about the file, then the cautions."""
        return self.words.messages([*self.review["bom"]["warnings"], *self.review["cautions"]])

    def reading(self) -> list[str]:
        """How the file was read: sheet, header, columns."""
        said = describe(self.review["bom"])
        return self.words.messages([{"key": m.key, "params": m.params} for m in said])

    def modelled_areas(self) -> str:
        """What is modelled by name, areas modelled in part after the others."""
        words, whole, part = self.words, list[str](), list[str]()
        for message in self.review["coverage"]:
            parts = message["key"].split(".")
            area = message["params"].get("area")
            name = words.say("report.bare", text=area) if area else words.message(message)
            if "partial" in parts:
                part.append(name)
            elif "modelled" in parts:
                whole.append(name)
        said = [words.pair(words.say("report.in_part"), "; ".join(part))] if part else []
        return words.sentences(["; ".join(whole) + (";" if said else ""), *said])

    def split_coverage(self) -> tuple[list[str], list[str]]:
        """Coverage in two lists: what is modelled, and what is not."""
        modelled: list[str] = []
        missing: list[str] = []
        for message in self.review["coverage"]:
            held = MODELLED & set(message["key"].split("."))
            (modelled if held else missing).append(self.words.message(message))
        return modelled, missing

    def buyer(self) -> str:
        """The profile in one sentence, or that there is none."""
        profile, words = self.review["profile"], self.words
        if not profile:
            return words.say("report.no_profile")
        country = words.label("country", str(profile.get("country") or ""))
        kind = words.label("report.buyer", str(profile.get("buyer_type") or "private"))
        named = [str(profile["name"])] if profile.get("name") else []
        said = words.join([*named, country, kind])
        targets = [words.label("country", code) for code in _destinations(profile)]
        if not targets:
            return said
        return words.say("report.sells", buyer=said, countries=words.join(targets))
