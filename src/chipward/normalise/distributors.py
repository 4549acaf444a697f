"""Order codes of distributors: named as such, and never taken for a part number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from chipward.normalise.rules import Rule, family
from chipward.normalise.spelling import key, part_key
from chipward.tables import load, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCode:
    """An order code and whose it is; ``mpn`` is the part number it surely carries, if any."""

    code: str
    distributor: str
    mpn: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Distributor:
    name: str
    spellings: frozenset[str]
    certain: re.Pattern[str] | None
    form: re.Pattern[str]
    carries: re.Pattern[str] | None


def _pattern(cell: str | None) -> re.Pattern[str] | None:
    return re.compile(cell) if cell else None


@cache
def _distributors() -> tuple[_Distributor, ...]:
    return tuple(
        _Distributor(
            name=row["name"],
            spellings=frozenset(key(name) for name in (row["name"], *(row["aliases"] or ()))),
            certain=_pattern(row["certain"]),
            form=re.compile(row["form"]),
            carries=_pattern(row["carries"]),
        )
        for row in rows_of(load("parts/distributors"))
    )


@cache
def _named(supplier: str) -> _Distributor | None:
    wanted = key(supplier)
    return next((d for d in _distributors() if wanted in d.spellings), None)


@cache
def of_number(mpn: str, maker: str, supplier: str) -> OrderCode | None:
    """The order code that stands in the column for part numbers, or None for a part number.

    A form that makers use too counts only on a line without a maker: where it names that
    distributor, or where the number inside is of a known family and the whole is not.

    >>> of_number("296-26991-1-ND", "", "").distributor
    'Digi-Key'
    >>> of_number("595-TPS54331DR", "", "").mpn
    'TPS54331DR'
    >>> of_number("1714971", "Phoenix Contact", "Farnell") is None
    True
    """
    text = part_key(mpn)
    named = _named(supplier) if supplier else None
    for one in _distributors():
        if one.certain and one.certain.fullmatch(text):
            return OrderCode(code=mpn, distributor=one.name, mpn=_carried(one, text))
        if not maker and one.form.fullmatch(text) and family(mpn, None) is None:
            told = _carried(one, text)
            if told or one is named:
                return OrderCode(code=mpn, distributor=one.name, mpn=told)
    return None


@cache
def of_code(code: str, supplier: str) -> OrderCode | None:
    """Whose order code stands in the column for them: by the supplier named, else by its form.

    >>> of_code("C72038", "").distributor, of_code("1646219", "Farnell").distributor
    ('LCSC', 'Farnell')
    >>> of_code("595-TPS54331DR", "Mouser").mpn
    'TPS54331DR'
    """
    text = part_key(code)
    named = _named(supplier) if supplier else None
    if supplier and named is None:
        return None
    for one in (named,) if named else _distributors():
        if one.form.fullmatch(text) and (named or one.carries is None):
            return OrderCode(code=code, distributor=one.name, mpn=_carried(one, text))
    return None


def _carried(one: _Distributor, text: str) -> str | None:
    """The part number inside the code, where it is of a known family and not shortened.

    Codes for passives leave out digits of the number, so none is read out of them; any code may
    leave out a stroke or a comma.
    """
    hit = one.carries.fullmatch(text) if one.carries else None
    rule = family(hit[1], None) if hit else None
    return hit[1] if hit and rule and not _is_shortened(rule) else None


def _is_shortened(rule: Rule) -> bool:
    return rule.category in _passive()


@cache
def _passive() -> frozenset[str]:
    return frozenset(
        row["category"]
        for row in rows_of(load("parts/categories"))
        if row["passive"] or row["category"] == "connector"
    )
