"""Maker spellings to makers: exact, then without legal form, then in pieces, then a near miss."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from chipward.normalise.spelling import key, words
from chipward.tables import load, rows_of

HIGH, MEDIUM, LOW = "high", "medium", "low"
LEGAL_FORMS = frozenset(
    {
        *("inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc"),
        *("lp", "gmbh", "ag", "kg", "sa", "srl", "spa", "bv", "nv", "oy", "ab", "as", "plc", "pte"),
        *(
            "pty",
            "kk",
            "kgaa",
            "holdings",
            "holding",
            "group",
            "intl",
            "international",
            "usa",
            "us",
        ),
        *("america", "americas", "europe", "asia", "deutschland", "japan", "china", "taiwan", "uk"),
    }
)
TRADE_WORDS = frozenset(
    {
        *("electronics", "electronic", "semiconductor", "semiconductors", "technology"),
        *("technologies", "microelectronics", "components", "component", "systems", "devices"),
        *("elec", "industrial", "industries", "products", "sales"),
    }
)
_PIECES = re.compile(r"[/|;,()（）+&]|\bby\b|\bor\b")
_NEAR = 88.0
_NEAR_LENGTH = 6
_LEAD_LENGTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """A maker as the fact base knows it; empty text and lists are unknown."""

    id: str
    name: str
    country: str | None
    owner: str | None
    owner_country: str | None
    owner_from: date | None
    fab_countries: tuple[str, ...]
    house_brand: bool

    def owner_on(self, day: date) -> tuple[str | None, str | None]:
        """Owner and the owner's country on ``day``; unknown before the day ownership is certain."""
        if self.owner_from is not None and day < self.owner_from:
            return None, None
        return self.owner, self.owner_country


@dataclass(frozen=True, slots=True, kw_only=True)
class MakerMatch:
    """The makers a spelling may mean, the likeliest first, and how sure the reading is."""

    makers: tuple[str, ...]
    confidence: str


NO_MATCH = MakerMatch(makers=(), confidence="")


@cache
def makers() -> Mapping[str, Maker]:
    """Maker id to maker, in the order of the table.

    >>> makers()["kemet"].owner_on(date(2026, 11, 24))
    ('Yageo', 'TW')
    """
    return {row["maker_id"]: _maker(row) for row in rows_of(load("parts/makers"))}


def _maker(row: Mapping[str, Any]) -> Maker:
    return Maker(
        id=row["maker_id"],
        name=row["name"],
        country=row["country"],
        owner=row["owner"],
        owner_country=row["owner_country"],
        owner_from=row["owner_from"],
        fab_countries=tuple(row["fab_countries"] or ()),
        house_brand=bool(row["house_brand"]),
    )


def without(tail: frozenset[str], name: list[str]) -> list[str]:
    """The words of a name less the trailing ones of ``tail``; the first word always stays."""
    end = len(name)
    while end > 1 and name[end - 1] in tail:
        end -= 1
    return name[:end]


@dataclass(frozen=True, slots=True)
class Index:
    """Spellings to maker ids: as written, less the legal form, less trade words, as first words."""

    written: Mapping[str, tuple[str, ...]]
    legal: Mapping[str, tuple[str, ...]]
    trade: Mapping[str, tuple[str, ...]]
    leads: Mapping[str, tuple[str, ...]]


def _add(index: dict[str, tuple[str, ...]], spelling: str, maker: str) -> None:
    known = index.get(spelling, ())
    if spelling and maker not in known:
        index[spelling] = (*known, maker)


@cache
def index() -> Index:
    """Built once from the table of makers."""
    written: dict[str, tuple[str, ...]] = {}
    legal: dict[str, tuple[str, ...]] = {}
    trade: dict[str, tuple[str, ...]] = {}
    leads: dict[str, tuple[str, ...]] = {}
    for row in rows_of(load("parts/makers")):
        for alias in (row["name"], *(row["aliases"] or ())):
            maker, name = row["maker_id"], words(alias)
            bare = without(LEGAL_FORMS, name)
            _add(written, key(alias), maker)
            _add(legal, "".join(bare), maker)
            _add(trade, "".join(without(LEGAL_FORMS | TRADE_WORDS, name)), maker)
            if len(bare) > 1 or len("".join(bare)) >= _LEAD_LENGTH:
                _add(leads, " ".join(bare), maker)
    return Index(written, legal, trade, leads)


@cache
def find_maker(spelling: str) -> MakerMatch:
    """Which makers a spelling means.

    >>> find_maker("TEXAS INSTRUMENTS INC.").makers
    ('texas-instruments',)
    >>> find_maker("MICROCHIP(美国微芯)").makers
    ('microchip-technology',)
    >>> find_maker("Acme").makers
    ()
    """
    name = words(spelling)
    if not name:
        return NO_MATCH
    for confidence, found in _readings(spelling, name):
        if found:
            return MakerMatch(makers=found, confidence=confidence)
    return NO_MATCH


def _readings(spelling: str, name: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    known = index()
    bare = "".join(without(LEGAL_FORMS, name))
    yield HIGH, known.written.get("".join(name), ())
    yield HIGH, known.legal.get(bare, ())
    yield MEDIUM, _pieces(spelling)
    short = "".join(without(LEGAL_FORMS | TRADE_WORDS, name))
    if len(short) > len("abc"):
        yield MEDIUM, known.trade.get(short, ())
    yield MEDIUM, _lead(name)
    yield LOW, _near(bare)


def _pieces(spelling: str) -> tuple[str, ...]:
    """A spelling that holds two names: the first piece that is a maker."""
    pieces = [piece for piece in _PIECES.split(spelling) if piece.strip()]
    if len(pieces) < len(("a", "b")):
        return ()
    for piece in pieces:
        bare = "".join(without(LEGAL_FORMS, words(piece)))
        found = index().written.get(key(piece)) or index().legal.get(bare)
        if found:
            return found
    return ()


def _lead(name: list[str]) -> tuple[str, ...]:
    """A maker's name followed by a division or a place."""
    for end in range(len(name) - 1, 0, -1):
        found = index().leads.get(" ".join(name[:end]))
        if found:
            return found
    return ()


def _near(bare: str) -> tuple[str, ...]:
    """The one spelling that is a near miss; never for short names, where every miss is near."""
    if len(bare) < _NEAR_LENGTH or not bare.isalpha() or not bare.isascii():
        return ()
    from rapidfuzz import fuzz, process  # noqa: PLC0415  few boards need it, and it costs 20 ms

    spellings = [s for s in index().legal if len(s) >= _NEAR_LENGTH and s[0] == bare[0]]
    hits = process.extract(bare, spellings, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=5)
    if not hits:
        return ()
    best = {index().legal[spelling] for spelling, score, _ in hits if score == hits[0][1]}
    return best.pop() if len(best) == 1 else ()
