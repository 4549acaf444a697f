"""A provision as the tree it was judged by, with the verdict of every branch, refolded.

An explanation that does not fold to the verdict it explains is a defect of chipward and is never
shown: `tree` raises instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from chipward.errors import InternalError
from chipward.law.model import FALSE, TRUE, UNKNOWN, Formula
from chipward.law.tree import deciding_leaves, fold_one

VALUES = {"true": TRUE, "false": FALSE, "unknown": UNKNOWN}
VERDICTS = {value: verdict for verdict, value in VALUES.items()}
ALL, ANY, LEAF = "all", "any", "leaf"
_BRANCHES = {"and": ALL, "or": ANY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A branch (``all``, ``any``) or a leaf of a provision, and how it came out.

    A ``negated`` leaf is one that must not hold; its ``leaf`` keeps the verdict of the comparison,
    its ``verdict`` is what counts in the branch. ``decides`` marks the leaves the verdict rests on.
    """

    kind: str
    verdict: str
    parts: tuple[Node, ...] = ()
    negated: bool = False
    decides: bool = False
    leaf: Mapping[str, Any] | None = None

    @property
    def weighs(self) -> bool:
        """Whether the verdict of the whole rests on this branch or leaf."""
        return self.decides or any(part.weighs for part in self.parts)


def _frozen(formula: Any) -> Formula:
    """A formula as tuples; JSON brings lists."""
    if formula[0] == "lit":
        return ("lit", int(formula[1]), bool(formula[2]))
    parts = tuple(_frozen(part) for part in cast("Sequence[Any]", formula[1]))
    return ("and", parts) if formula[0] == "and" else ("or", parts)


def leaves_of(provision: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The leaves of a provision, in the order its formula numbers them."""
    return [item for item in provision["evidence"] if item["kind"] == LEAF]


def tree(provision: Mapping[str, Any]) -> Node | None:
    """The tree of a provision, folded again and compared with the verdict it is shown with.

    Returns:
        The tree, or nothing for a provision that is decided by a table and has no formula.

    Raises:
        InternalError: the leaves do not fold to the verdict.
    """
    if not provision["formula"]:
        return None
    formula, leaves = _frozen(provision["formula"]), leaves_of(provision)
    values = [VALUES[leaf["verdict"]] for leaf in leaves]
    try:
        again = VERDICTS[fold_one(formula, values)]
        deciding = frozenset(deciding_leaves(formula, values))
    except IndexError:
        again, deciding = "", frozenset[int]()
    if again != provision["verdict"]:
        raise InternalError("explain.refold", hint="explain.hint.refold", provision=provision["id"])
    return _node(formula, leaves, values, deciding)


def _node(
    formula: Formula,
    leaves: Sequence[Mapping[str, Any]],
    values: Sequence[int],
    deciding: frozenset[int],
) -> Node:
    verdict = VERDICTS[fold_one(formula, values)]
    if formula[0] != "lit":
        parts = tuple(_node(part, leaves, values, deciding) for part in formula[1])
        return Node(kind=_BRANCHES[formula[0]], verdict=verdict, parts=parts)
    _, number, negated = formula
    return Node(
        kind=LEAF,
        verdict=verdict,
        negated=negated,
        decides=number in deciding,
        leaf=leaves[number],
    )


def refold(finding: Mapping[str, Any]) -> list[dict[str, str]]:
    """Fold every provision of a finding again; each with the verdict it is shown with."""
    out: list[dict[str, str]] = []
    for provision in finding["provisions"]:
        node = tree(provision)
        refolded = node.verdict if node else "none"
        out.append(
            {"provision": provision["id"], "verdict": provision["verdict"], "refolded": refolded}
        )
    return out
