"""Control codes and listings as written in a cell, and how a code stands to a group of codes.

All functions work on one value; `facts` maps them over distinct values only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

NO_CODE = "none"


def codes_by_regime(item: str, system: str, bare: str) -> Mapping[str, tuple[str, ...]]:
    """Split an item cell into codes a regime.

    A bare code belongs to ``system``, or to the regime ``bare`` when the row names no system. The
    word ``none`` says that the item is on no list of the regime: an empty tuple, not an absence.

    >>> codes_by_regime("US:3A001.b.2;CN:3C001.b", "", "US")
    {'US': ('3A001.b.2',), 'CN': ('3C001.b',)}
    >>> codes_by_regime("none", "CN", "US")
    {'CN': ()}
    """
    out: dict[str, tuple[str, ...]] = {}
    for piece in (part.strip() for part in item.split(";")):
        if not piece:
            continue
        regime, colon, code = piece.partition(":")
        if not colon:
            regime, code = system or bare, piece
        codes = out.get(regime, ())
        out[regime] = codes if code.casefold() == NO_CODE else (*codes, code.strip())
    return out


def in_group(codes: Sequence[str] | None, group: Iterable[str]) -> bool | None:
    """Whether any code equals or lies below a code of the group; ``None`` when too coarse to tell.

    >>> in_group(["3A090.a.1"], ["3A090.a"]), in_group(["3A090"], ["3A090.a"])
    (True, None)
    >>> in_group(["3A001"], ["3A090.a"]), in_group(None, ["3A090.a"])
    (False, None)
    """
    if codes is None:
        return None
    members = [member.casefold() for member in group]
    given = [code.casefold() for code in codes]
    if any(code == m or code.startswith(f"{m}.") for code in given for m in members):
        return True
    if any(m.startswith(f"{code}.") for code in given for m in members):
        return None
    return False


def listings(cell: str) -> tuple[str, ...]:
    """The lists a ``listed_as`` cell names, without roles, each with its parents.

    >>> listings("end_user=US:EL:fn5;consignee=none")
    ('US:EL', 'US:EL:fn5')
    """
    found: set[str] = set()
    for piece in cell.split(";"):
        code = piece.rpartition("=")[2].strip()
        if not code or code.casefold() == NO_CODE:
            continue
        parts = code.split(":")
        found.update(":".join(parts[:end]) for end in range(2, len(parts) + 1))
    return tuple(sorted(found))
