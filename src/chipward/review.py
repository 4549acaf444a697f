"""What a review is made of: findings with evidence, questions, lines, coverage, provenance.

These types are the nouns of every report. They hold plain values, so that a report writer needs
nothing else; hot paths work on tables and never on these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1
LEVELS = ("stop", "hold", "check", "note")
UNKNOWN = "unknown"
NOTHING = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A catalogue key with parameters: text is made at the edge, in the reader's language."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The text a finding rests on, and where it was read."""

    instrument: str
    section: str = ""
    document: str = ""
    published: str = ""
    url: str = ""
    via: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafResult:
    """One comparison of a provision: what was asked, what was seen, how it came out."""

    kind: str = "leaf"
    name: str
    leaf: str
    column: str
    observed: Any
    verdict: str
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHit:
    """A row of a dated table that decided something."""

    kind: str = "table"
    table: str
    row: Mapping[str, Any]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure with its unit, year and source; ``inputs`` are the terms it was made from."""

    kind: str = "number"
    name: str
    value: float | None
    unit: str
    year: str = ""
    source: str = ""
    inputs: tuple[Mapping[str, Any], ...] = ()


Evidence = LeafResult | TableHit | Number


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionResult:
    """One provision as it came out for one transaction, with its leaves."""

    id: str
    version: int
    kind: str
    title: str
    status: str
    verdict: str
    origin: str
    citation: Citation
    formula: Any
    evidence: tuple[Evidence, ...]
    defeated_by: tuple[str, ...] = ()
    verify: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was found about one line, with everything that proves it.

    Only `explain` modules build findings; an empty ``evidence`` and ``provisions`` is refused.
    """

    id: str
    lens: str
    line: int
    lane: str
    regime: str
    level: str
    outcome: str
    title: Message
    review_policy: str = ""
    assumptions: tuple[Message, ...] = ()
    provisions: tuple[ProvisionResult, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    exceptions: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    cells: tuple[Mapping[str, Any], ...] = ()
    citations: tuple[Citation, ...] = ()
    verify: bool = False
    notes: tuple[Message, ...] = ()
    level_reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __post_init__(self) -> None:
        if not self.evidence and not self.provisions:
            raise ValueError(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Facts that are missing, asked once, with what an answer would settle."""

    fact: str
    scope: str
    regimes: tuple[str, ...]
    lines: tuple[int, ...]
    settles: int
    text: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """A line of the bill of materials with the result of each lens."""

    line: int
    row: int
    refs: tuple[str, ...]
    quantity: float | None
    mpn: str
    maker: str
    description: str
    fitted: bool
    category: str
    identity: Mapping[str, Any]
    level: str
    lenses: Mapping[str, Mapping[str, Any]]
    findings: tuple[str, ...]
    alternatives: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The whole answer for one bill of materials on one date."""

    on: str
    known_at: str
    scope: str
    bom: Mapping[str, Any]
    profile: Mapping[str, Any] | None
    counts: Mapping[str, int]
    lines: tuple[LineResult, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    coverage: tuple[Message, ...]
    cautions: tuple[Message, ...]
    materials: tuple[Mapping[str, Any], ...]
    timeline: tuple[Mapping[str, Any], ...]
    changes: tuple[Message, ...]
    provenance: Mapping[str, Any]
    format: int = FORMAT

    def as_dict(self) -> dict[str, Any]:
        """The review as plain dictionaries, lists and values, in the order of the schema."""
        return asdict(self)
