"""Reading typed values out of a YAML document, noting each problem with its place.

Nothing is raised: a problem is kept with file and line, a harmless value is returned, and reading
goes on to the next key, so that an author sees every problem at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chipward.dates import parse_day
from chipward.errors import DateError, LawError, LawSyntaxError, Where
from chipward.facts import Fact
from chipward.law.model import Provision
from chipward.law.yaml_text import Fields, Items, Text, line_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a provision file comes from and what it may name."""

    file: str
    origin: str
    facts: Mapping[str, Fact]
    regimes: tuple[str, ...]
    shipped: Mapping[str, Provision] = field(default_factory=dict[str, Provision])


@dataclass(slots=True)
class Reader:
    """Takes values from mappings; ``errors`` grows with each that is not as it must be."""

    source: Source
    errors: list[LawError] = field(default_factory=list[LawError])
    kind: str = ""

    def fail(self, node: object, key: str, **params: Any) -> None:
        """Note a problem at a node."""
        where = Where(self.source.file, line_of(node))
        self.errors.append(LawSyntaxError(key, where=where, **params))

    def keys(self, fields: Fields, known: frozenset[str]) -> None:
        """Refuse keys nobody reads: a misplaced key is law that silently does not apply."""
        for key in fields:
            if key not in known:
                self.fail(key, "law.odd_key", what=key[:40])

    def text(self, fields: Fields, key: str, *, must: bool = False) -> str:
        """A text, empty when left out."""
        node = fields.get(key, "")
        if not isinstance(node, str):
            self.fail(node, "law.not_text", what=key)
            return ""
        if must and not node.strip():
            self.fail(node if isinstance(node, Text) else fields, "law.missing_key", what=key)
        return str(node).strip()

    def one_of(self, fields: Fields, key: str, words: tuple[str, ...], *, must: bool) -> str:
        """A word of a closed vocabulary."""
        value = self.text(fields, key, must=must)
        if value and value not in words:
            listed = ", ".join(words)
            self.fail(fields[key], "law.odd_word", what=key, value=value[:40], words=listed)
        return value

    def day(self, fields: Fields, key: str, *, must: bool = False) -> date | None:
        """A day, or none."""
        value = self.text(fields, key, must=must)
        if not value:
            return None
        try:
            return parse_day(value)
        except DateError:
            self.fail(fields[key], "law.not_a_day", what=key, value=value[:20])
            return None

    def list(self, fields: Fields, key: str) -> tuple[str, ...]:
        """A list of texts, empty when left out."""
        node = fields.get(key, "")
        if node == "":
            return ()
        if not isinstance(node, Items):
            self.fail(node, "law.not_list", what=key)
            return ()
        texts = [str(item) for item in node if isinstance(item, Text) and item.strip()]
        if len(texts) != len(node) or len(set(texts)) != len(texts):
            self.fail(node, "law.not_list", what=key)
        return tuple(texts)

    def number(self, node: object) -> int:
        """A version number: 1, 2, 3..."""
        if isinstance(node, Text) and node.isascii() and node.isdigit() and int(node) > 0:
            return int(node)
        self.fail(node, "law.not_a_version")
        return 0

    def fields(self, parent: Fields, key: str, *, must: bool = False) -> Fields:
        """A mapping, empty when it is left out or something else."""
        node = parent.get(key, "")
        if isinstance(node, Fields):
            return node
        if node != "":
            self.fail(node, "law.not_mapping", what=key)
        elif must:
            self.fail(parent, "law.missing_key", what=key)
        empty = Fields()
        empty.line = parent.line
        return empty
