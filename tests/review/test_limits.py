"""What a review may not do to its reader: drown him in questions, or paint every passive red."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from chipward.api import Options, assess
from chipward.law.load import load_laws
from chipward.levels import at_or_over
from chipward.profile import Profile, read_profile
from chipward.read import read_bom
from chipward.report import as_json
from chipward.report.plain import as_plain
from chipward.resources import examples_dir, schema_dir
from chipward.tables import load, rows_of

EXAMPLE = examples_dir() / "thermal-sdr"
DAYS = (date(2026, 11, 24), date(2026, 11, 28))
BOARDS = (
    "AgOpenGPS-Official__Boards__BOM_AiO_v4_5_Std.csv",
    "GlasgowEmbedded__glasgow__bom.csv",
    "LibreSolar__mppt-1210-hus__mppt-1210-hus_bom.csv",
    "beagleboard__beaglebone-ai__BeagleBone-AI_bom.csv",
    "beagleboard__beaglebone-black__BBB_BOM.csv",
    "emard__ulx3s__ulx3s_bom.csv",
    "mntmn__reform__reform2-motherboard-r3-bom.xlsx",
    "myriadrf__LimeSDR-XTRX__LimeSDR-XTRX_1v4_BOMr0.xlsx",
    "pixhawk__Hardware__Bill_of_Materials-FMU3_REV_D_FMU3_REV_D_.xlsx",
    "softerhardware__Hermes-Lite2__bom.assembly.xlsx",
)


def _review(board: Path, day: date, profile: Profile | None = None) -> dict[str, Any]:
    return as_plain(assess(read_bom(board), load_laws(), Options(on=day), profile))


@pytest.mark.parametrize("day", DAYS)
def test_the_example_without_a_profile_stays_readable(day: date) -> None:
    review = _review(EXAMPLE / "bom.csv", day)
    fitted = [line for line in review["lines"] if line["fitted"]]
    for lens in ("control", "supply"):
        undetermined = [x for x in fitted if x["lenses"][lens]["outcome"] == "undetermined"]
        assert len(undetermined) <= 0.15 * len(fitted)
    assert 1 <= len(review["questions"]) <= 12


@pytest.mark.parametrize("board", BOARDS)
def test_passives_are_rarely_above_a_note(shared: Path, board: str) -> None:
    passive = {row["category"] for row in rows_of(load("parts/categories")) if row["passive"]}
    review = _review(shared / "published" / "boms" / "files" / board, DAYS[1])
    lines = [line for line in review["lines"] if line["category"] in passive]
    above = [line for line in lines if at_or_over(line["level"], "check")]
    assert lines
    assert len(above) < 0.1 * len(lines)


@pytest.mark.parametrize("buyer", ["us", "cn"])
def test_the_example_is_valid_by_the_published_schema(buyer: str) -> None:
    profile = read_profile(EXAMPLE / f"profile-{buyer}.yaml")
    schema = json.loads((schema_dir() / "review-1.json").read_text(encoding="utf-8"))
    review = _review(EXAMPLE / "bom.csv", DAYS[1], profile)
    jsonschema.validate(json.loads(as_json.render(review)), schema)


def test_every_finding_carries_evidence_and_a_level() -> None:
    review = _review(EXAMPLE / "bom.csv", DAYS[1], read_profile(EXAMPLE / "profile-cn.yaml"))
    ids = {finding["id"] for finding in review["findings"]}
    assert len(ids) == len(review["findings"])
    for finding in review["findings"]:
        assert finding["evidence"] or any(p["evidence"] for p in finding["provisions"])
        assert finding["level"] in {"stop", "hold", "check", "note", "unknown"}
        for provision in finding["provisions"]:
            assert provision["citation"]["instrument"]
            assert provision["citation"]["via"]
    for line in review["lines"]:
        assert set(line["findings"]) <= ids


def test_the_detector_names_what_is_not_modelled() -> None:
    review = _review(EXAMPLE / "bom.csv", DAYS[0])
    said = [m for m in review["coverage"] if m["key"] == "coverage.category"]
    detector = next(x for x in review["lines"] if x["category"] == "photodetector_ingaas")
    about = [m for m in said if str(detector["line"]) in m["params"]["lines"].split(", ")]
    assert any("XII" in message["params"]["what"] for message in about)


def test_not_fitted_lines_are_kept_and_stay_out_of_the_verdict() -> None:
    review = _review(EXAMPLE / "bom.csv", DAYS[1], read_profile(EXAMPLE / "profile-us.yaml"))
    absent = [line for line in review["lines"] if not line["fitted"]]
    assert absent
    assert all(x["level"] == "none" and not x["findings"] for x in absent)
    assert {x["lenses"]["control"]["outcome"] for x in absent} == {"not_fitted"}
