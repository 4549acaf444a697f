"""Every golden determination comes out, or stands in the list of what is not encoded, truly.

A listed case that comes out all the same fails as well, so that the list never hides progress.
The computed matrix of items and destinations is tried on the items whose rows are encoded: it says
what list and destination ask before exceptions, parties and end use, and is no ruling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from chipward.determine import determine
from chipward.errors import Where
from chipward.facts import facts
from chipward.law.load import load_laws
from chipward.lenses.control.codes import in_group
from chipward.tables import load, rows_of, typed_column
from chipward.textcsv import read_rows

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "golden"
NOT_ENCODED = Path(__file__).with_name("not_encoded.csv")
TABLES = ("us_determinations.csv", "cn_determinations.csv")
SCOPES = ("enforced", "text")
# The rows carry their dates; this one stands in where a row has none.
ON = date(2026, 11, 24)
LISTS = ("exceptions", "duties", "missing")

Row = Mapping[str, str]
Answer = Mapping[str, Any]
ROOT = Path(__file__).resolve().parents[2]
SEARCHED = ("src", "data/law", "data/messages", "docs", "examples", "tests", "README.md")
TEXTS = {".py", ".yaml", ".csv", ".md", ".html", ".j2", ".json", ".txt"}
REGIME = "US"
DAY = "2026-09-29"
NOTHING, EMBARGO, OPEN = "no_list_based_requirement", "embargo_part_746", "unverified:"
LEAST_ITEMS = 3

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/golden is absent")


def cases() -> list[dict[str, str]]:
    """Every determination to hold the program to, in the order of the files.

    Rows of low confidence are no yardstick, as the tables' own README says. Without the folder
    there are none.
    """
    if not FOLDER.is_dir():
        return []
    found = [row for name in TABLES for row in read_rows(FOLDER / name)]
    return [row for row in found if row["confidence"] != "low"]


def not_encoded() -> dict[str, str]:
    """Case id to the reason why the law it needs is not encoded."""
    return {row["id"]: row["reason"] for row in read_rows(NOT_ENCODED)}


def transactions(rows: Sequence[Row]) -> pa.Table:
    """Shipment rows as the typed raw facts of the program, ``id`` as ``row_id``."""
    where = Where("golden")
    columns = {
        name: typed_column([row.get(name, "") for row in rows], fact.type, where)
        for name, fact in facts().items()
        if fact.raw and any(row.get(name) for row in rows)
    }
    return pa.table({**columns, "row_id": [row["id"] for row in rows]})


def answers(rows: Sequence[Row]) -> dict[tuple[str, str], Answer]:
    """(id, regime) to the answer, each row under its own scope."""
    laws = load_laws()
    out: dict[tuple[str, str], Answer] = {}
    for scope in SCOPES:
        mine = [row for row in rows if row["scope"] == scope]
        if mine:
            table = determine(transactions(mine), ON, scope, laws)
            out |= {(row["row_id"], row["regime"]): row for row in rows_of(table)}
    return out


@cache
def golden_answers() -> dict[tuple[str, str], Answer]:
    """The answers to all of `cases`."""
    return answers(cases())


def differences(row: Row, answer: Answer | None) -> list[str]:
    """What of the expectation the answer does not meet; nothing when it meets all of it.

    >>> row = {"expect_outcome": "no_finding", "expect_duties_include": "risk_report"}
    >>> differences(row, {"outcome": "no_finding", "duties": []})
    ['duties lack risk_report']
    """
    if answer is None:
        return ["no answer"]
    out: list[str] = []
    for name in ("outcome", "review_policy"):
        wanted = row.get(f"expect_{name}", "")
        if wanted and answer[name] != wanted:
            out.append(f"{name} is {answer[name]!r}, not {wanted!r}")
    for name in LISTS:
        wanted = [w.strip() for w in row.get(f"expect_{name}_include", "").split(";") if w.strip()]
        lacking = sorted(set(wanted) - set(answer[name])) if wanted else []
        out += [f"{name} lack {one}" for one in lacking]
    wanted = row.get("expect_verify", "")
    if wanted and answer["verify"] != (wanted == "true"):
        out.append(f"verify is {answer['verify']}")
    return out


@pytest.mark.parametrize("row", cases(), ids=lambda row: row["id"])
def test_determination(row: dict[str, str]) -> None:
    wrong = differences(row, golden_answers().get((row["id"], row["expect_regime"])))
    reason = not_encoded().get(row["id"])
    if reason is None:
        assert not wrong, row["note"]
    else:
        assert wrong, f"comes out now; take it off {NOT_ENCODED.name}: {reason}"


def test_the_list_names_cases_and_reasons() -> None:
    known = {row["id"] for row in cases()}
    listed = not_encoded()
    assert set(listed) <= known, sorted(set(listed) - known)
    assert all(listed.values())
    assert list(listed) == sorted(listed)


def test_no_case_is_known_by_name_elsewhere() -> None:
    """A program or a law that knows a case by its id has been fitted to it."""
    ids = sorted({row["id"] for row in cases()})
    pattern = re.compile(r"(?<![\w.-])(?:" + "|".join(map(re.escape, ids)) + r")(?![\w.-])")
    odd: list[str] = []
    for place in SEARCHED:
        top = ROOT / place
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for path in files:
            if path.is_file() and path.suffix in TEXTS and path != NOT_ENCODED:
                found = pattern.findall(path.read_text(encoding="utf-8", errors="replace"))
                odd += [f"{path.relative_to(ROOT)}: {one}" for one in found]
    assert not odd


def code(item: str) -> str:
    """The code without the remark in brackets.

    >>> code("5A992.c (some scope)")
    '5A992.c'
    """
    return item.partition(" (")[0]


@cache
def matrix() -> list[dict[str, str]]:
    """The rows of encoded items that are no open question."""
    if not FOLDER.is_dir():
        return []
    modelled = [row["code"] for row in rows_of(load(f"law/{REGIME.lower()}/modelled_codes"))]
    return [
        row
        for row in read_rows(FOLDER / "us_chart_matrix.csv")
        if in_group([code(row["item"])], modelled)
        and not row["expected_list_based_result"].startswith(OPEN)
    ]


def shipment(row: dict[str, str]) -> dict[str, str]:
    """A civil, unlisted buyer with its headquarters at the destination."""
    place = row["iso2"]
    return {
        "id": f"{row['item']}/{place}",
        "date": DAY,
        "action": "export",
        "item": code(row["item"]),
        "code_system": REGIME,
        "origin_country": REGIME,
        "us_controlled_content_share": "1",
        "export_from": REGIME,
        "destination": place,
        "end_user_country": place,
        "end_user_hq_country": place,
        "end_user_status": "ordinary",
        "listed_as": "none",
        "owner_listed_as": "none",
        "owner_share_listed": "0",
        "end_use": "civil",
        "scope": "enforced",
    }


@cache
def computed() -> dict[tuple[str, str], Answer]:
    """The answers to the whole matrix."""
    return answers([shipment(row) for row in matrix()])


def outcomes(expected: str) -> set[str]:
    """The outcomes that meet a cell of the matrix."""
    if expected == NOTHING:
        return {"no_finding"}
    return {"license_required"} if expected == EMBARGO else {"license_required", "exception"}


@pytest.mark.parametrize("item", sorted({row["item"] for row in matrix()}))
def test_item_by_destination(item: str) -> None:
    wrong: list[str] = []
    for row in matrix():
        if row["item"] != item:
            continue
        answer = computed().get((f"{item}/{row['iso2']}", REGIME))
        found = answer["outcome"] if answer else "no answer"
        if found not in outcomes(row["expected_list_based_result"]):
            wrong.append(f"{row['iso2']}: {found}, not {row['expected_list_based_result']}")
    assert not wrong


def test_the_encoded_items_are_in_the_matrix() -> None:
    assert len({row["item"] for row in matrix()}) >= LEAST_ITEMS
