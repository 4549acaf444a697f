"""From the tree of a provision to its compiled form, and plain-Python folds of that form.

``none`` is pushed down to the leaves (De Morgan holds in three values). Nothing else is rewritten:
laws of two values, such as *a or not a*, do not hold when *a* may be unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chipward.errors import LawError, LawSyntaxError, Where
from chipward.facts import Fact
from chipward.law.leaf import make_leaf, placed
from chipward.law.model import FALSE, TRUE, UNKNOWN, Compiled, Formula, Leaf
from chipward.law.yaml_text import Fields, Items, line_of

BRANCHES = ("all", "any", "none")
LEAF_KEYS = frozenset({"name", "leaf", "cite"})
DEEPEST = 20


@dataclass(slots=True)
class _Compiler:
    path: str
    facts: Mapping[str, Fact]
    leaves: dict[Leaf, int] = field(default_factory=dict[Leaf, int])
    errors: list[LawError] = field(default_factory=list[LawError])

    def refuse(self, node: object, key: str, **params: Any) -> Formula:
        where = Where(self.path, line_of(node))
        self.errors.append(LawSyntaxError(key, where=where, hint="law.hint.tree", **params))
        return ("and", ())

    def leaf(self, node: Fields, *, negated: bool) -> Formula:
        odd = sorted(set(node) - LEAF_KEYS)
        if odd:
            return self.refuse(odd[0], "law.odd_key", what=odd[0])
        name, text, cite = node.get("name", ""), node.get("leaf", ""), node.get("cite", "")
        if not (isinstance(name, str) and isinstance(text, str) and isinstance(cite, str)):
            return self.refuse(node, "law.not_text", what="leaf")
        if not name.strip():
            return self.refuse(node, "law.leaf_nameless")
        try:
            leaf = make_leaf(str(name), str(text), str(cite), self.facts)
        except LawError as error:
            self.errors.append(placed(error, Where(self.path, line_of(text) or line_of(node))))
            return ("and", ())
        return ("lit", self.leaves.setdefault(leaf, len(self.leaves)), negated)

    def branch(self, word: str, node: object, *, negated: bool, depth: int) -> Formula:
        if not isinstance(node, Items) or not node:
            return self.refuse(node, "law.branch_empty", what=word)
        inside = negated != (word == "none")
        parts = tuple(self.node(child, negated=inside, depth=depth + 1) for child in node)
        return ("and" if (word == "all") != inside else "or", parts)

    def node(self, node: object, *, negated: bool, depth: int) -> Formula:
        if not isinstance(node, Fields):
            return self.refuse(node, "law.node_shape")
        if depth > DEEPEST:
            return self.refuse(node, "law.too_deep")
        if "leaf" in node or "name" in node:
            return self.leaf(node, negated=negated)
        words = list(node)
        if len(words) != 1 or words[0] not in BRANCHES:
            return self.refuse(node, "law.node_shape")
        return self.branch(words[0], node[words[0]], negated=negated, depth=depth)


def compile_tree(
    tree: object, facts: Mapping[str, Fact], path: str = ""
) -> tuple[Compiled, list[LawError]]:
    """Compile a ``when`` tree to distinct leaves and a monotone formula.

    Args:
        tree: what `read_yaml` gave for ``when``: ``all``/``any``/``none`` lists and leaves.
        facts: the columns a leaf may name.
        path: the file, for the place of an error.

    Returns:
        The compiled form and every problem found; with problems the form is not to be used.
    """
    compiler = _Compiler(path, facts)
    formula = compiler.node(tree, negated=False, depth=0)
    return Compiled(leaves=tuple(compiler.leaves), formula=formula), compiler.errors


def fold_one(formula: Formula, values: Sequence[int]) -> int:
    """Fold the leaf values of one row: 1 true, 0 false, -1 unknown.

    >>> fold_one(("or", (("lit", 0, False), ("lit", 1, True))), [-1, 0])
    1
    """
    if formula[0] == "lit":
        value = int(values[formula[1]])
        return value if value == UNKNOWN or not formula[2] else 1 - value
    parts = [fold_one(part, values) for part in formula[1]]
    decides, otherwise = (FALSE, TRUE) if formula[0] == "and" else (TRUE, FALSE)
    if decides in parts:
        return decides
    return UNKNOWN if UNKNOWN in parts else otherwise


def open_leaves(formula: Formula, values: Sequence[int]) -> tuple[int, ...]:
    """The unknown leaves that keep a verdict unknown; none when the verdict is known.

    >>> open_leaves(("and", (("lit", 0, False), ("lit", 1, False))), [1, -1])
    (1,)
    """
    if fold_one(formula, values) != UNKNOWN:
        return ()
    if formula[0] == "lit":
        return (formula[1],)
    found = {leaf for part in formula[1] for leaf in open_leaves(part, values)}
    return tuple(sorted(found))


def deciding_leaves(formula: Formula, values: Sequence[int]) -> tuple[int, ...]:
    """The leaves a verdict rests on: those that alone keep it as it is, with their values.

    For a true *and* and a false *or* every part counts; else only the parts of the same verdict.
    """
    verdict = fold_one(formula, values)
    if formula[0] == "lit":
        return (formula[1],)
    parts = [part for part in formula[1] if fold_one(part, values) == verdict]
    return tuple(sorted({leaf for part in parts for leaf in deciding_leaves(part, values)}))
