"""Checks of the values of a profile: each says file, line and name where something is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from chipward.errors import DateError, ProfileError, Where
from chipward.facts import Fact, facts
from chipward.law.yaml_text import Fields, Items, line_of
from chipward.review import LEVELS
from chipward.tables import PARSERS, load

PER_REVIEW = "review"
_SHOWN = 40


@cache
def countries() -> frozenset[str]:
    """Codes of all countries and territories."""
    return frozenset(load("geo/countries")["iso2"].to_pylist())


@cache
def level_names() -> frozenset[str]:
    """What a profile may override: ``lens.outcome.level`` of the policy."""
    policy = load("policy/levels").select(["lens", "outcome", "level"]).to_pylist()
    rows = [row for row in policy if row["level"] in LEVELS]
    return frozenset(f"{row['lens']}.{row['outcome']}.{row['level']}" for row in rows)


class Checks:
    """Reads values out of a parsed YAML file; every error names the file and the line."""

    def __init__(self, file: str) -> None:
        self.file = file

    def wrong(
        self, key: str, node: object, name: str, hint: str = "", **params: str
    ) -> ProfileError:
        """The error ``key`` at the place of ``node``."""
        where = Where(self.file, line_of(node), name)
        return ProfileError(key, where=where, hint=hint, **params)

    def fields(self, node: object, name: str, allowed: Collection[str]) -> Mapping[str, object]:
        """A mapping with no other keys than ``allowed``."""
        if not isinstance(node, Fields):
            raise self.wrong("profile.not_mapping", node, name)
        for key in node:
            if key not in allowed:
                known = ", ".join(sorted(allowed))
                raise self.wrong("profile.unknown_key", key, name, what=key[:_SHOWN], known=known)
        return node

    def items(self, node: object, name: str) -> Sequence[object]:
        """A list."""
        if not isinstance(node, Items):
            raise self.wrong("profile.not_list", node, name)
        return node

    def text(self, node: object, name: str) -> str | None:
        """One value as text; nothing, or an empty one, is None."""
        if node is None:
            return None
        if not isinstance(node, str):
            raise self.wrong("profile.not_text", node, name)
        return node.strip() or None

    def one_of(self, node: object, name: str, allowed: Collection[str]) -> str | None:
        """One of a few words."""
        value = self.text(node, name)
        if value is not None and value not in allowed:
            known = ", ".join(sorted(allowed))
            raise self.wrong("profile.not_allowed", node, name, value=value[:_SHOWN], known=known)
        return value

    def country(self, node: object, name: str) -> str | None:
        """A two-letter country code."""
        value = self.text(node, name)
        if value is not None and value not in countries():
            raise self.wrong("profile.not_country", node, name, value=value[:_SHOWN])
        return value

    def needed_country(self, found: Mapping[str, object], node: object, name: str) -> str:
        """The country that a mapping must name."""
        value = self.country(found.get("country"), f"{name}.country".lstrip("."))
        if value is None:
            raise self.wrong("profile.needs", node, name, what="country")
        return value

    def number(self, node: object, name: str) -> float | None:
        """A finite number of zero or more."""
        value = self.text(node, name)
        try:
            number = None if value is None else float(value)
        except ValueError:
            number = -1.0
        if number is not None and not 0 <= number < float("inf"):
            raise self.wrong("profile.not_number", node, name)
        return number

    def day(self, node: object, name: str) -> date | None:
        """A date written YYYY-MM-DD."""
        value = self.text(node, name)
        try:
            return None if value is None else PARSERS["date"](value)
        except DateError:
            shown = str(value)[:_SHOWN]
            raise self.wrong("error.not_a_date", node, name, "hint.date", value=shown) from None

    def fact(self, fact_name: str, node: object, name: str) -> Any:
        """A value of a fact of ``facts.csv``: of its type and within its vocabulary."""
        fact = facts()[fact_name]
        if isinstance(node, Items):
            pieces = [self.text(item, name) for item in node]
            return self._list(fact, [piece for piece in pieces if piece], node, name)
        value = self.text(node, name)
        if value is None:
            return None
        if fact.vocabulary and fact.type != "list":
            return self.one_of(node, name, fact.vocabulary)
        try:
            parsed = PARSERS[fact.type](value)
        except (ValueError, DateError):
            raise self.wrong("profile.not_of_type", node, name, kind=fact.type) from None
        return self._list(fact, parsed, node, name) if fact.type == "list" else parsed

    def _list(self, fact: Fact, values: list[str], node: object, name: str) -> list[str]:
        if fact.type != "list":
            raise self.wrong("profile.not_text", node, name)
        for value in values:
            if fact.vocabulary and value not in fact.vocabulary:
                known = ", ".join(sorted(fact.vocabulary))
                shown = value[:_SHOWN]
                raise self.wrong("profile.not_allowed", node, name, value=shown, known=known)
        return values

    def levels(self, node: object) -> dict[str, str]:
        """Overrides of the policy, ``lens.outcome.level`` to another level."""
        found = self.fields(node, "levels", level_names())
        read = {key: self.one_of(value, f"levels.{key}", LEVELS) for key, value in found.items()}
        return {key: value for key, value in read.items() if value}

    def review_facts(self, node: object) -> dict[str, Any]:
        """Facts that are asked once a review, by name; a fact of a line does not belong here."""
        allowed = [fact.name for fact in facts().values() if fact.ask == PER_REVIEW]
        found = self.fields(node, "facts", allowed)
        read = {key: self.fact(key, value, f"facts.{key}") for key, value in found.items()}
        return {key: value for key, value in read.items() if value is not None}
