"""One provision file to one `Provision`, with every problem found and none raised.

The reader is typed by hand, not by a schema library, because its product is places: each problem
carries the file and the line, and reading goes on to the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chipward.dates import Interval
from chipward.errors import LawError, LawSyntaxError, Where
from chipward.law.model import (
    KINDS,
    NEVER,
    POLICIES,
    REQUIRES,
    SHIPPED,
    STATUSES,
    Compiled,
    Outcome,
    Provision,
    Version,
)
from chipward.law.reader import Reader, Source
from chipward.law.tree import compile_tree
from chipward.law.yaml_text import Fields, Items, line_of
from chipward.review import Citation

PROVISION_KEYS = frozenset(
    {"id", "title", "kind", "symbol", "defeats", "applies_to", "replaces", "versions"}
)
CITE_KEYS = frozenset({"instrument", "section", "document", "published", "url", "via", "note"})
VERSION_KEYS = frozenset(
    {
        "version",
        "from",
        "until",
        "status",
        "last_suspended_day",
        "verified_on",
        "political_until",
        "verify",
        "note",
        "cite",
        "suspended_by",
        "same_as",
        "when",
        "outcome",
    }
)
_RESULT = frozenset({"requires", "review_policy", "duties", "note"})
OUTCOME_KEYS: Mapping[str, frozenset[str]] = {
    "jurisdiction": frozenset({"note"}),
    "requirement": _RESULT,
    "prohibition": _RESULT,
    "exception": frozenset({"duties", "note"}),
    "policy": frozenset({"review_policy", "duties", "note"}),
    "flag": frozenset({"duties", "note"}),
}
OUTCOME_MUST: Mapping[str, tuple[str, ...]] = {
    "requirement": ("requires",),
    "prohibition": ("requires",),
    "policy": ("review_policy",),
    "flag": ("note",),
}
# Sources that stand for text nobody here has read.
UNREAD = ("uncited", "verify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a file gave: a provision unless it is beyond use, the versions it replaces, problems."""

    provision: Provision | None
    replaces: tuple[int, ...]
    errors: tuple[LawError, ...]


def _cite(reader: Reader, node: Fields) -> Citation:
    reader.keys(node, CITE_KEYS)
    via = reader.text(node, "via", must=bool(node) and reader.source.origin == SHIPPED)
    read = via.partition(":")[0].strip() not in UNREAD
    published = reader.day(node, "published", must=bool(node) and read)
    return Citation(
        instrument=reader.text(node, "instrument", must=bool(node)),
        section=reader.text(node, "section"),
        document=reader.text(node, "document"),
        published="" if published is None else published.isoformat(),
        url=reader.text(node, "url"),
        via=via,
        note=reader.text(node, "note"),
    )


def _outcome(reader: Reader, node: Fields, *, effective: bool) -> Outcome:
    reader.keys(node, OUTCOME_KEYS.get(reader.kind, _RESULT))
    must = OUTCOME_MUST.get(reader.kind, ()) if effective else ()
    return Outcome(
        requires=reader.one_of(node, "requires", REQUIRES, must="requires" in must),
        review_policy=reader.one_of(node, "review_policy", POLICIES, must="review_policy" in must),
        duties=reader.list(node, "duties"),
        note=reader.text(node, "note", must="note" in must),
    )


def _interval(reader: Reader, node: Fields) -> Interval:
    start, until = reader.day(node, "from", must=True), reader.day(node, "until")
    if start is not None and until is not None and start >= until:
        reader.fail(node["until"], "law.interval_reversed", start=start, until=until)
    return Interval(start, until)


def _condition(reader: Reader, node: Fields, like: Version | None) -> Compiled:
    if "when" in node and like is None:
        found = compile_tree(node["when"], reader.source.facts, reader.source.file)
        reader.errors.extend(found[1])
        return found[0]
    if like is not None:
        if "when" in node:
            reader.fail(node["when"], "law.odd_key", what="when")
        return like.compiled
    if node.get("status") != "repealed" and "same_as" not in node:
        reader.fail(node, "law.missing_key", what="when")
    return NEVER


def _suspension(reader: Reader, item: Fields) -> Citation | None:
    node = reader.fields(item, "suspended_by")
    if item.get("status") == "suspended" and not node:
        reader.fail(item, "law.missing_key", what="suspended_by")
    return _cite(reader, node) if node else None


def _version(reader: Reader, item: Fields, like: Version | None) -> Version:
    reader.keys(item, VERSION_KEYS)
    status = reader.one_of(item, "status", STATUSES, must=True)
    outcome = reader.fields(item, "outcome")
    return Version(
        number=reader.number(item.get("version", item)),
        interval=_interval(reader, item),
        status=status,
        cite=like.cite
        if like and "cite" not in item
        else _cite(reader, reader.fields(item, "cite", must=True)),
        compiled=_condition(reader, item, like),
        outcome=like.outcome
        if like and "outcome" not in item
        else _outcome(reader, outcome, effective=status != "repealed"),
        suspended_by=_suspension(reader, item),
        last_suspended_day=reader.day(item, "last_suspended_day"),
        verified_on=reader.day(item, "verified_on"),
        political_until=reader.day(item, "political_until"),
        verify=reader.text(item, "verify"),
        note=reader.text(item, "note"),
        origin=reader.source.origin,
        path=reader.source.file,
        line=item.line,
    )


def _regime(reader: Reader, doc: Fields, name: str) -> str:
    prefix, dot, rest = name.partition(".")
    for regime in reader.source.regimes:
        if regime.lower() == prefix and dot and rest:
            return regime
    if name:
        known = ", ".join(f"{regime.lower()}." for regime in reader.source.regimes)
        reader.fail(doc["id"], "law.id_regime", value=name[:60], words=known)
    return prefix.upper()


def _read_versions(reader: Reader, items: Iterable[Fields], name: str) -> list[Version]:
    """Versions with a text of their own first, then those that take one with ``same_as``."""
    shipped = reader.source.shipped.get(name)
    texts = {version.number: version for version in (shipped.versions if shipped else ())}
    versions: list[Version] = []
    for item in sorted(items, key=lambda item: "same_as" in item):
        like = None
        if "same_as" in item:
            like = texts.get(reader.number(item["same_as"]))
            if like is None:
                reader.fail(item["same_as"], "law.same_as_nothing")
        version = _version(reader, item, like)
        versions.append(version)
        if like is None:
            texts[version.number] = version
    return versions


def _versions(reader: Reader, doc: Fields, name: str) -> tuple[Version, ...]:
    node = doc.get("versions", "")
    if not isinstance(node, Items) or not node:
        reader.fail(node if line_of(node) else doc, "law.missing_key", what="versions")
        return ()
    items = [item for item in node if isinstance(item, Fields)]
    for item in node:
        if not isinstance(item, Fields):
            reader.fail(item, "law.not_mapping", what="versions")
    versions = _read_versions(reader, items, name)
    seen: set[int] = set()
    for version in versions:
        if version.number in seen:
            where = Where(version.path, version.line)
            twice = LawSyntaxError("law.version_twice", where=where, number=version.number)
            reader.errors.append(twice)
        seen.add(version.number)
    return tuple(versions)


def by_start(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Versions oldest first."""
    key: Callable[[Version], tuple[date, int]] = lambda v: (v.interval.start or date.min, v.number)  # noqa: E731
    return tuple(sorted(versions, key=key))


def parse_provision(doc: object, source: Source) -> Parsed:
    """Read one provision from what `read_yaml` gave.

    Args:
        doc: the document.
        source: its file, origin, and the facts and regimes it may name.

    Returns:
        The provision (versions oldest first) with every problem; never raises a law error.
    """
    reader = Reader(source)
    if not isinstance(doc, Fields):
        reader.fail(doc, "law.not_mapping", what="provision")
        return Parsed(provision=None, replaces=(), errors=tuple(reader.errors))
    reader.keys(doc, PROVISION_KEYS)
    name = reader.text(doc, "id", must=True)
    reader.kind = reader.one_of(doc, "kind", KINDS, must=True)
    replaces = doc.get("replaces", "")
    if replaces != "" and (source.origin == SHIPPED or not isinstance(replaces, Items)):
        reader.fail(replaces, "law.replaces_shape")
    numbers = [reader.number(item) for item in replaces] if isinstance(replaces, Items) else []
    provision = Provision(
        id=name,
        regime=_regime(reader, doc, name),
        title=reader.text(doc, "title", must=True),
        kind=reader.kind,
        symbol=reader.text(doc, "symbol"),
        defeats=reader.list(doc, "defeats"),
        applies_to=reader.list(doc, "applies_to"),
        versions=by_start(_versions(reader, doc, name)),
        origin=source.origin,
        path=source.file,
        line=doc.line,
    )
    return Parsed(
        provision=provision if name else None,
        replaces=tuple(numbers),
        errors=tuple(reader.errors),
    )
