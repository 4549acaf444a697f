"""Answer rows: what one regime says of one transaction, in the columns of ``determine``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from chipward.facts import facts
from chipward.lenses.control.facts import inputs_of
from chipward.lenses.control.judge import Judged
from chipward.lenses.control.resolve import (
    LICENSE,
    NO_FINDING,
    OUTCOMES,
    Resolved,
    Structure,
    policy_ranks,
)
from chipward.tables import TEXT, TEXT_LIST
from chipward.vectors import FALSE, TRUE, UNKNOWN

UNDETERMINED = "undetermined"
UNCLASSIFIED = "unclassified"
ITEM = "item"
SUBJECT = {TRUE: "yes", FALSE: "no", UNKNOWN: "unknown"}
CELL = pa.struct([("facts", TEXT), ("outcome", TEXT), ("review_policy", TEXT)])
ANSWER_SCHEMA = pa.schema(
    [
        ("row_id", TEXT),
        ("regime", TEXT),
        ("subject", TEXT),
        ("outcome", TEXT),
        ("review_policy", TEXT),
        ("exceptions", TEXT_LIST),
        ("duties", TEXT_LIST),
        ("provisions", TEXT_LIST),
        ("missing", TEXT_LIST),
        ("conflicts", TEXT_LIST),
        ("flags", TEXT_LIST),
        ("verify", pa.bool_()),
        ("cells", pa.list_(CELL)),
        ("suspended", TEXT_LIST),
    ]
)


@dataclass(slots=True, kw_only=True)
class Answer:
    """One regime's answer for one kind of transaction, before it is spread over the rows."""

    kind: int
    regime: str
    subject: str
    outcome: str
    review_policy: str = ""
    exceptions: list[str] = field(default_factory=list[str])
    duties: list[str] = field(default_factory=list[str])
    provisions: list[str] = field(default_factory=list[str])
    missing: list[str] = field(default_factory=list[str])
    conflicts: list[str] = field(default_factory=list[str])
    flags: list[str] = field(default_factory=list[str])
    verify: bool = False
    cells: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    suspended: list[str] = field(default_factory=list[str])


def answers(judged: Judged, structure: Structure, resolved: Resolved) -> list[Answer]:
    """One answer a row of ``judged`` (these are distinct kinds of rows, not every row).

    An outcome both bounds agree on stands. Where they differ for want of the item's code the
    regime answers ``unclassified``, otherwise ``undetermined``.
    """
    names = {rank: name for name, rank in policy_ranks().items()}
    out: list[Answer] = []
    for row in range(judged.rows.num_rows):
        strict = int(resolved.outcome_strict[row])
        mild = int(resolved.outcome_mild[row])
        answer = Answer(
            kind=row,
            regime=structure.regime,
            subject=SUBJECT[int(resolved.subject[row])],
            outcome=OUTCOMES[strict],
        )
        if strict != mild and max(strict, mild) > NO_FINDING:
            answer.outcome = UNDETERMINED
        elif strict != mild:
            answer.outcome = OUTCOMES[NO_FINDING]
        settled = resolved.policy_strict[row] == resolved.policy_mild[row]
        if answer.outcome == OUTCOMES[LICENSE] and settled:
            answer.review_policy = names[int(resolved.policy_strict[row])]
        _fill(answer, judged, structure, resolved)
        _classify(answer, judged, structure)
        out.append(answer)
    return out


def _fill(answer: Answer, judged: Judged, structure: Structure, resolved: Resolved) -> None:
    row = answer.kind
    live = [p for i, p in enumerate(structure.requirements) if resolved.live[row, i] == TRUE]
    opened = [p for i, p in enumerate(structure.requirements) if resolved.live[row, i] == UNKNOWN]
    defeated = [p for i, p in enumerate(structure.requirements) if resolved.defeated[row, i]]
    used = [p for i, p in enumerate(structure.exceptions) if resolved.used_exceptions[row, i]]
    tried = [p for i, p in enumerate(structure.exceptions) if resolved.candidate_exceptions[row, i]]
    policies = [p for i, p in enumerate(structure.policies) if resolved.used_policies[row, i]]
    flags = [p for p in structure.flags if judged.verdicts[row, p] == TRUE]
    held = [*live, *defeated, *used, *policies, *flags]
    answer.provisions = _ids(structure, [*held, *opened])
    answer.exceptions = [
        *(
            structure.provisions[p].symbol
            for p in used
            if not live or _partly(structure, p, defeated)
        ),
        *(f"{structure.provisions[p].symbol}?" for p in tried),
    ]
    answer.flags = _ids(structure, flags)
    dutiful = [*live, *(p for p in used if defeated), *flags]
    answer.duties = _sorted(
        duty for p in dutiful for duty in _live_version(judged, row, p).outcome.duties
    )
    answer.verify = any(_needs_verify(judged, row, p) for p in [*held, *opened])
    answer.suspended = _ids(
        structure, [p for p in structure.requirements if judged.suspended[row, p] == TRUE]
    )
    answer.missing = _missing(answer, judged, structure, resolved, [*opened, *tried])


def _missing(
    answer: Answer, judged: Judged, structure: Structure, resolved: Resolved, opened: list[int]
) -> list[str]:
    row = answer.kind
    asked = list(opened)
    if answer.outcome == UNDETERMINED:
        asked += [p for p in structure.jurisdictions if judged.verdicts[row, p] == UNKNOWN]
    if resolved.policy_strict[row] != resolved.policy_mild[row]:
        asked += [p for p in structure.policies if judged.verdicts[row, p] == UNKNOWN]
    columns: set[str] = set()
    for p in asked:
        version = judged.version(row, p)
        if version is None or judged.verdicts[row, p] != UNKNOWN:
            continue
        columns |= judged.open_columns(row, version.compiled)
    return _askable(judged, row, columns)


def _askable(judged: Judged, row: int, columns: Iterable[str]) -> list[str]:
    out: set[str] = set()
    for column in columns:
        given = inputs_of(column)
        empty = [name for name in given if judged.rows[name][row].as_py() is None]
        if len(empty) == len(given) > 1 and judged.rows[ITEM][row].as_py() is None:
            empty = [ITEM]
        out.update(empty or given)
    return [name for name in facts() if name in out]


def _classify(answer: Answer, judged: Judged, structure: Structure) -> None:
    """Say ``unclassified`` where the item has no code here, or one without encoded rows.

    A requirement that holds whatever the code is stays; "no finding" never rests on a missing code.
    """
    low = structure.regime.lower()
    row = answer.kind
    given = judged.rows[f"{low}_item_given"][row].as_py()
    modelled = judged.rows[f"{low}_item_modelled"][row].as_py()
    open_ended = answer.outcome in {UNDETERMINED, OUTCOMES[NO_FINDING]}
    if not open_ended or answer.subject == SUBJECT[FALSE]:
        return
    if given is None:
        answer.outcome = UNCLASSIFIED
        answer.missing = [ITEM]
        answer.provisions = []
    elif given and modelled is False:
        answer.outcome = UNCLASSIFIED
        answer.missing = []


def _live_version(judged: Judged, row: int, provision: int):  # noqa: ANN202
    version = judged.version(row, provision)
    if version is None:
        raise LookupError(judged.provisions[provision].id)
    return version


def _needs_verify(judged: Judged, row: int, provision: int) -> bool:
    version = judged.version(row, provision)
    return version is not None and version.needs_verify(judged.rows["date"][row].as_py())


def _partly(structure: Structure, exception: int, defeated: list[int]) -> bool:
    names = set(structure.provisions[exception].defeats)
    return any(structure.provisions[p].id in names for p in defeated)


def _ids(structure: Structure, indices: Iterable[int]) -> list[str]:
    return sorted({structure.provisions[p].id for p in indices})


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def spread(found: list[Answer], kinds: np.ndarray, row_ids: pa.Array) -> pa.Table:
    """Spread answers over every row of their kind; in the order of the rows, then the regimes."""
    schema = ANSWER_SCHEMA
    names = [name for name in schema.names if name != "row_id"]
    table = pa.table(
        {
            name: pa.array([getattr(a, name) for a in found], schema.field(name).type)
            for name in names
        }
    )
    by_kind: dict[int, list[int]] = {}
    for i, answer in enumerate(found):
        by_kind.setdefault(answer.kind, []).append(i)
    counts = np.array([len(by_kind.get(int(k), ())) for k in range(int(kinds.max(initial=-1)) + 1)])
    rows = np.repeat(np.arange(len(kinds)), counts[kinds] if len(kinds) else 0)
    flat = [i for k in kinds.tolist() for i in by_kind.get(k, ())]
    spread_out = table.take(pa.array(flat, pa.int64()))
    return pa.table({"row_id": row_ids.take(pa.array(rows)), **{n: spread_out[n] for n in names}})
