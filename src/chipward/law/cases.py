"""Cases beside the law: facts, a day and the expected verdict, run by the engine itself.

``data/law/<regime>/cases/<stem of the provision file>.yaml`` holds ``cases``, each with ``name``,
``date``, ``given`` and ``expect`` (``true``, ``false``, ``unknown``, or ``none`` where no version
is live), and optionally the ``version`` that must be live. The verdict is that of ``when`` of the
version live on the date, whatever its status: a suspended text is tested like one in force.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from chipward.dates import parse_day
from chipward.errors import DateError, LawError, LawSyntaxError, UnknownFact, Where
from chipward.facts import Fact, facts
from chipward.law.engine import fold, leaf_values
from chipward.law.load import CASES
from chipward.law.model import FALSE, TRUE, UNKNOWN, Laws, Leaf, Provision, Version
from chipward.law.yaml_text import Fields, Items, Text, line_of, read_yaml
from chipward.tables import ARROW_TYPES, PARSERS

WORDS = {TRUE: "true", FALSE: "false", UNKNOWN: "unknown"}
NONE = "none"
EXPECTATIONS = (*WORDS.values(), NONE)
CASE_KEYS = frozenset({"name", "date", "given", "expect", "version"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of one provision.

    ``given`` is typed and holds the day as the fact ``date``; any other fact it does not name is
    unknown.
    """

    provision: Provision
    name: str
    date: date
    given: Mapping[str, object]
    expect: str
    version: int | None
    path: str
    line: int

    @property
    def live(self) -> Version | None:
        """The version the case is about."""
        return self.provision.version_on(self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The cases of some law with the problems of their files."""

    cases: tuple[Case, ...]
    errors: tuple[LawError, ...]


def _typed(fact: Fact, node: object) -> object:
    if isinstance(node, Items):
        if fact.type != "list" or not all(isinstance(item, Text) for item in node):
            raise ValueError(fact.name)
        return [None if item == "~" else str(item) for item in node]
    if not isinstance(node, Text):
        raise ValueError(fact.name)  # noqa: TRY004  the caller says where
    return None if node == "" else PARSERS[fact.type](str(node))


def _given(node: object, path: str) -> dict[str, object]:
    if not isinstance(node, Fields):
        raise LawSyntaxError("law.not_mapping", where=Where(path, line_of(node)), what="given")
    given: dict[str, object] = {}
    for name, value in node.items():
        where, fact = Where(path, line_of(value)), facts().get(name)
        if fact is None:
            raise UnknownFact("law.unknown_fact", where=where, what=name[:60])
        try:
            given[name] = _typed(fact, value)
        except (ValueError, DateError):
            raise LawSyntaxError("law.case_value", where=where, what=name, kind=fact.type) from None
    return given


def _day(value: str, where: Where) -> date:
    try:
        return parse_day(value)
    except DateError:
        raise LawSyntaxError("law.not_a_day", where=where, what="date", value=value[:20]) from None


def _case(node: object, provision: Provision, path: str) -> Case:
    where = Where(path, line_of(node))
    if not isinstance(node, Fields) or set(node) - CASE_KEYS:
        raise LawSyntaxError("law.case_shape", where=where)
    words = {key: str(node.get(key, "")) for key in ("name", "date", "expect", "version")}
    if not words["name"] or words["expect"] not in EXPECTATIONS:
        raise LawSyntaxError("law.case_shape", where=where)
    day = _day(words["date"], where)
    return Case(
        provision=provision,
        name=words["name"],
        date=day,
        given={"date": day, **_given(node.get("given", Fields()), path)},
        expect=words["expect"],
        version=int(words["version"]) if words["version"].isdigit() else None,
        path=path,
        line=where.row or 0,
    )


def _of_file(path: Path, name: str, provision: Provision) -> Cases:
    try:
        document = read_yaml(path, name)
    except LawError as error:
        return Cases(cases=(), errors=(error,))
    nodes = document.get("cases") if isinstance(document, Fields) else None
    if not isinstance(nodes, Items) or not isinstance(document, Fields) or len(document) != 1:
        return Cases(cases=(), errors=(LawSyntaxError("law.case_shape", where=Where(name, 1)),))
    cases: list[Case] = []
    errors: list[LawError] = []
    for node in nodes:
        try:
            cases.append(_case(node, provision, name))
        except LawError as error:
            errors.append(error)
    return Cases(cases=tuple(cases), errors=tuple(errors))


def load_cases(laws: Laws, root: Path, label: str = "") -> Cases:
    """Read every case file below a folder of law.

    Args:
        laws: the law the cases are about.
        root: the folder; each case file lies in a folder ``cases`` in it or further down.
        label: what stands before the path in `Provision.path` (``law/`` for the shipped law).
    """
    cases: list[Case] = []
    errors: list[LawError] = []
    for path in sorted(root.rglob(f"{CASES}/*.yaml")):
        name = label + path.relative_to(root).as_posix()
        folder, stem = name.removesuffix(f"{CASES}/{path.name}"), path.stem
        about = [
            one
            for one in laws.provisions
            if one.path.startswith(folder) and one.path.endswith(f"/{stem}.yaml")
        ]
        if len(about) != 1:
            errors.append(LawSyntaxError("law.case_orphan", where=Where(name)))
            continue
        found = _of_file(path, name, about[0])
        cases.extend(found.cases)
        errors.extend(found.errors)
    return Cases(cases=tuple(cases), errors=tuple(errors))


def case_rows(cases: Sequence[Case]) -> pa.Table:
    """The given facts, a row a case; a fact a case does not give is null."""
    names = sorted({name for case in cases for name in case.given})
    columns = {
        name: pa.array([case.given.get(name) for case in cases], ARROW_TYPES[facts()[name].type])
        for name in names
    }
    return pa.table(columns) if columns else pa.table({"line": pa.nulls(len(cases), pa.int64())})


def verdicts(cases: Sequence[Case]) -> tuple[str, ...]:
    """The verdict of each case: true, false, unknown, or none where no version is live."""
    versions = {id(case.live): live for case in cases if (live := case.live)}
    distinct: dict[object, Leaf] = {
        leaf.comparison: leaf for version in versions.values() for leaf in version.compiled.leaves
    }
    order = {comparison: number for number, comparison in enumerate(distinct)}
    values = leaf_values(case_rows(cases), list(distinct.values()))
    out: list[str] = []
    for row, case in enumerate(cases):
        if case.live is None:
            out.append(NONE)
            continue
        compiled = case.live.compiled
        mine = values[row : row + 1, [order[leaf.comparison] for leaf in compiled.leaves]]
        out.append(WORDS[int(fold(compiled.formula, mine)[0])])
    return tuple(out)


def failures(cases: Sequence[Case]) -> tuple[LawError, ...]:
    """The cases that do not come out as expected, with file and line."""
    errors: list[LawError] = []
    for case, verdict in zip(cases, verdicts(cases), strict=True):
        where, live = Where(case.path, case.line), case.live
        number = live.number if live else None
        if case.version is not None and case.version != number:
            errors.append(
                LawSyntaxError(
                    "law.case_version", where=where, name=case.name, number=number or NONE
                )
            )
        if verdict != case.expect and (verdict, case.expect) != (NONE, "false"):
            errors.append(
                LawSyntaxError(
                    "law.case_fails", where=where, name=case.name, want=case.expect, got=verdict
                )
            )
    return tuple(errors)
