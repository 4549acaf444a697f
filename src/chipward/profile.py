"""Who the user is: country, buyer, destinations, end uses. Asked once, read from a YAML file.

Every scalar is text as it stands in the file: ``NO`` is Norway, not a truth value. A key that is
not known is an error with its line, because a misspelt key would be a fact left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from chipward.errors import LawSyntaxError, ProfileError
from chipward.law.yaml_text import read_yaml
from chipward.profile_checks import Checks

PRIVATE = "private"
BUYER_TYPES = (PRIVATE, "government", "critical_infrastructure", "defence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where the product goes and to whom; what is not said is unknown."""

    country: str
    end_use: str | None = None
    end_user: str | None = None
    end_user_country: str | None = None
    end_user_hq_country: str | None = None
    listed_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The facts that belong to the buyer and to the review, never to a line.

    ``end_use`` and ``listed_as`` are the buyer's own; ``listed_as`` is ``none`` only after a
    screening that found nothing. ``stock_days`` counts days of stock, ``volume`` products a year.
    ``levels`` maps ``lens.outcome.level`` to another level; ``facts`` holds typed values of facts
    that are asked once a review.
    """

    name: str
    country: str
    buyer_type: str = PRIVATE
    destinations: tuple[Destination, ...] = ()
    end_use: str | None = None
    listed_as: str | None = None
    action: str | None = None
    approved_vendors: tuple[str, ...] = ()
    stock_days: float | None = None
    volume: float | None = None
    needed_by: date | None = None
    levels: Mapping[str, str] = field(default_factory=dict[str, str])
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def as_dict(self) -> dict[str, Any]:
        """The profile as plain values for a saved review; dates as text, lists as lists.

        >>> Profile(name="me", country="NO", needed_by=date(2027, 3, 1)).as_dict()["needed_by"]
        '2027-03-01'
        """
        facts = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.facts.items()
        }
        return {
            **asdict(self),
            "destinations": [asdict(place) for place in self.destinations],
            "approved_vendors": list(self.approved_vendors),
            "needed_by": self.needed_by.isoformat() if self.needed_by else None,
            "facts": facts,
        }


def read_profile(path: Path) -> Profile:
    """Read a profile.

    Raises:
        ProfileError: with file and line, for a file that is no YAML mapping, a key or a word that
            is not known, a country without a code, or no ``country`` at all.
    """
    try:
        node = read_yaml(path)
    except LawSyntaxError as error:
        key = error.key.replace("law.yaml_", "profile.yaml_")
        raise ProfileError(key, where=error.where, hint="profile.hint", **error.params) from error
    return _profile(Checks(path.name), node)


def _profile(checks: Checks, node: object) -> Profile:
    found = checks.fields(node, "", tuple(Profile.__dataclass_fields__))
    get = {name: value for name, value in found.items() if value != ""}.get
    names, places = get("approved_vendors"), get("destinations")
    vendors = checks.items(names, "approved_vendors") if names is not None else ()
    listed = checks.items(places, "destinations") if places is not None else ()
    return Profile(
        name=checks.text(get("name"), "name") or checks.file,
        country=checks.needed_country(found, node, ""),
        buyer_type=checks.one_of(get("buyer_type"), "buyer_type", BUYER_TYPES) or PRIVATE,
        destinations=tuple(_destination(checks, item, i) for i, item in enumerate(listed, 1)),
        end_use=checks.fact("end_use", get("end_use"), "end_use"),
        listed_as=checks.fact("listed_as", get("listed_as"), "listed_as"),
        action=checks.fact("action", get("action"), "action"),
        approved_vendors=tuple(
            name for item in vendors if (name := checks.text(item, "approved_vendors"))
        ),
        stock_days=checks.number(get("stock_days"), "stock_days"),
        volume=checks.number(get("volume"), "volume"),
        needed_by=checks.day(get("needed_by"), "needed_by"),
        levels=checks.levels(get("levels")) if get("levels") is not None else {},
        facts=checks.review_facts(get("facts")) if get("facts") is not None else {},
    )


def _destination(checks: Checks, node: object, number: int) -> Destination:
    name = f"destinations[{number}]"
    found = checks.fields(node, name, tuple(Destination.__dataclass_fields__))
    get = found.get
    return Destination(
        country=checks.needed_country(found, node, name),
        end_use=checks.fact("end_use", get("end_use"), f"{name}.end_use"),
        end_user=checks.text(get("end_user"), f"{name}.end_user"),
        end_user_country=checks.country(get("end_user_country"), f"{name}.end_user_country"),
        end_user_hq_country=checks.country(
            get("end_user_hq_country"), f"{name}.end_user_hq_country"
        ),
        listed_as=checks.fact("listed_as", get("listed_as"), f"{name}.listed_as"),
    )
