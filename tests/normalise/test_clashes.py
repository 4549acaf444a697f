"""Part number against maker: labels set down before the check was written, and what is said."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from chipward.catalogue import LANGUAGES, text
from chipward.normalise import checks, normalise
from chipward.normalise.clashes import clash, is_shared, made_by, related
from chipward.normalise.makers import find_maker, makers
from chipward.tables import load, rows_of

Part = Callable[..., dict[str, Any]]
Board = Callable[[list[dict[str, Any]]], pa.Table]
DAY = date(2026, 11, 24)
HERE = Path(__file__).parent
with (HERE / "clashes.csv").open(encoding="utf-8", newline="") as _stream:
    LABELS = list(csv.DictReader(_stream))


def told(mpn: str, maker: str) -> str:
    found = clash(mpn, find_maker(maker))
    return makers()[found].name if found else ""


def test_no_false_clash_on_the_labels() -> None:
    right = [row for row in LABELS if not row["clash"]]
    assert len(right) > 300
    assert [row for row in right if told(row["mpn"], row["maker"])] == []


def test_clashes_of_the_labels_are_found() -> None:
    wrong = [row for row in LABELS if row["clash"]]
    assert len(wrong) > 20
    missed = [row for row in wrong if told(row["mpn"], row["maker"]) != row["clash"]]
    assert len(missed) <= 0.1 * len(wrong), missed


def test_clashes_of_open_boards(shared: Path) -> None:
    """Over all parts of the study, what is found is what was labelled, and nothing else."""
    labelled = {(row["maker"], row["mpn"]) for row in LABELS if "open board" in row["what"]}
    wrong = {(r["maker"], r["mpn"]) for r in LABELS if r["clash"]} & labelled
    with (shared / "facts" / "users" / "parts.csv").open(encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r["manufacturer_as_written"]]
    found = {
        (row["manufacturer_as_written"], row["mpn"])
        for row in rows
        if told(row["mpn"], row["manufacturer_as_written"])
    }
    assert found <= wrong
    assert len(found) >= 0.9 * len(wrong)


def test_clash_stands_beside_the_maker_named(part: Part) -> None:
    line = part(mpn="M24128-DRDW8TP/K", maker="Microchip")
    assert (line["maker_name"], line["maker_clash"]) == (
        "Microchip Technology",
        "STMicroelectronics",
    )
    assert line["identity"] == "identified"
    assert part(mpn="M24128-DRDW8TP/K", maker="ST")["maker_clash"] is None
    assert part(mpn="M24128-DRDW8TP/K", maker="Tonyu")["maker_clash"] is None
    assert part(mpn="M24128-DRDW8TP/K")["maker_clash"] is None
    assert part(mpn="M24128-DRDW8TP/K", maker="Multicomp")["maker_clash"] is None


def test_one_group_does_not_clash() -> None:
    assert related(("kemet", "yageo"))
    assert not related(("winbond", "issi"))
    assert told("C0805C104K5RACTU", "Yageo") == ""


def test_a_number_of_several_makers_names_none(part: Part) -> None:
    line = part(mpn="TL431BCDBZR")
    assert line["made_by"] == ["Texas Instruments", "Nexperia"]
    assert (line["maker_id"], line["identity"]) == (None, "part_number_only")
    named = part(mpn="TL431BCDBZR", maker="Nexperia")
    assert (named["made_by"], named["identity"]) == (None, "identified")
    assert part(mpn="STM32F405RGT6")["made_by"] is None


@pytest.mark.parametrize("row", rows_of(load("parts/second_sources")), ids=lambda r: r["example"])
def test_second_sources_match_their_example(row: dict[str, Any]) -> None:
    assert is_shared(row["example"])
    assert set(row["makers"] or ()) <= set(makers())
    if row["number"] and len(row["makers"]) > 1:
        assert made_by(row["example"]) == tuple(row["makers"])


def test_one_sentence_a_kind(bom: Board) -> None:
    lines = [
        {"mpn": "M24128-DRDW8TP/K", "maker": "Microchip"},
        {"mpn": "ERJ-6ENF3002V", "maker": "Yageo"},
        {"mpn": "MCWR08X1003FTL", "maker": "Multicomp"},
        {"mpn": "2N7002"},
        {"description": "Germanium lens"},
        {"mpn": "C691436"},
        {"mpn": "IS42S16160G-7TL-TR", "maker": "Winbond", "fitted": False},
        {"mpn": "STM32F405RGT6", "maker": "STMicroelectronics"},
    ]
    said = checks(normalise(bom(lines), DAY))
    assert [m.key.removeprefix("identity.") for m in said] == [
        "clash",
        "house_brand",
        "two_makers",
        "order_code",
        "not_identified",
    ]
    by_key = {m.key: m.params for m in said}
    assert by_key["identity.clash"] == {
        "count": 2,
        "lines": "1 (Microchip Technology → STMicroelectronics), 2 (Yageo → Panasonic)",
    }
    assert by_key["identity.order_code"]["lines"] == "6 (LCSC)"
    assert by_key["identity.not_identified"] == {"count": 1, "lines": "5"}
    for lang in LANGUAGES:
        for message in said:
            assert message.params["lines"] in text(message.key, lang, **message.params)


def test_long_lists_are_cut_and_counted(bom: Board) -> None:
    (said,) = checks(normalise(bom([{"description": f"thing {n}"} for n in range(40)]), DAY))
    assert said.params["count"] == 40
    assert said.params["lines"].endswith(", …")


def test_nothing_to_say(bom: Board) -> None:
    assert checks(normalise(bom([]), DAY)) == ()
    whole = [{"mpn": "STM32F405RGT6", "maker": "STMicroelectronics"}]
    assert checks(normalise(bom(whole), DAY)) == ()
