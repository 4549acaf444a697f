"""Local law laid over the shipped law: added, replaced by number, never clipped in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chipward.errors import LawErrors
from chipward.law.lock import make_lock

DAY = date(2026, 12, 1)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder of local law."""
    (tmp_path / "mine").mkdir()
    return tmp_path / "mine"


def refused(law: Any, mine: Path) -> list[str]:
    with pytest.raises(LawErrors) as caught:
        law.load(mine)
    return str(caught.value).split("\n")


def test_a_new_id_adds_a_provision(law: Any, mine: Path) -> None:
    law.add("x")
    name = law.add("y", folder=mine)
    laws = law.load(mine)
    one = laws.provision(name)
    assert (one.origin, one.path, one.versions[0].origin) == ("yours", "mine/y.yaml", "yours")
    assert [(local.name, len(local.sha256)) for local in laws.local] == [("mine/y.yaml", 64)]
    assert laws.sha256 == law.load().sha256


def test_a_new_number_adds_a_version_and_the_rest_stays(law: Any, mine: Path) -> None:
    name = law.add("x", law.version(1, until="2026-01-01"))
    law.add("x", law.version(2, "2026-01-01"), folder=mine)
    one = law.load(mine).provision(name)
    assert [(v.number, v.origin) for v in one.versions] == [(1, "chipward"), (2, "yours")]
    assert one.origin == "yours"


def test_a_shipped_number_is_replaced(law: Any, mine: Path) -> None:
    name = law.add("x", law.version(1))
    law.add("x", law.version(1, "2025-06-01"), folder=mine)
    (version,) = law.load(mine).provision(name).versions
    assert (version.interval.start, version.origin) == (date(2025, 6, 1), "yours")


def test_an_overlap_is_refused_at_the_local_file(law: Any, mine: Path) -> None:
    law.add("x", law.version(1))
    law.add("x", law.version(2, "2026-01-01"), folder=mine)
    (line,) = refused(law, mine)
    assert line.startswith("mine/x.yaml:5: ")
    assert "versions 1 and 2 are live on the same day" in line
    assert "replaces" in line


def extended(law: Any) -> str:
    """The notice that prolongs a suspension, as a user would enter it."""
    return law.add(
        "x",
        law.version(2, "2026-11-28"),
        law.version(
            1, "2025-11-09", "2026-11-28", "suspended",
            more="suspended_by: {instrument: Notice 72, published: 2025-11-09, via: uncited}",
        ),
    )  # fmt: skip


PROLONGED = """\
id: {name}
title: A title
kind: requirement
replaces: [2]
versions:
  - version: 4
    from: 2027-11-28
    status: in_force
    same_as: 2
  - version: 3
    from: 2026-11-28
    until: 2027-11-28
    status: suspended
    same_as: 2
    suspended_by: {{instrument: Notice 99, published: 2026-11-20}}
"""


def test_a_suspension_is_prolonged_by_a_short_file(law: Any, mine: Path) -> None:
    name = extended(law)
    assert law.load().provision(name).version_on(DAY).status == "in_force"
    law.write("x", PROLONGED.format(name=name), mine)
    one = law.load(mine).provision(name)
    assert [v.number for v in one.versions] == [1, 3, 4]
    live = one.version_on(DAY)
    assert (live.status, live.origin, live.suspended_by.instrument) == (
        "suspended",
        "yours",
        "Notice 99",
    )
    assert one.version_on(date(2027, 11, 28)).in_force
    assert live.compiled == law.load().provision(name).versions[1].compiled


def test_replaces_must_name_shipped_versions(law: Any, mine: Path) -> None:
    name = extended(law)
    law.write("x", PROLONGED.format(name=name).replace("[2]", "[2, 9]"), mine)
    (line,) = refused(law, mine)
    assert "replaces names versions that are not shipped: 9" in line


def test_another_kind_is_refused(law: Any, mine: Path) -> None:
    name = extended(law)
    text = PROLONGED.format(name=name).replace("kind: requirement", "kind: prohibition")
    law.write("x", text, mine)
    assert any("is of kind requirement" in line for line in refused(law, mine))


def test_the_same_id_in_two_folders_is_refused(law: Any, mine: Path, tmp_path: Path) -> None:
    law.add("x", folder=mine)
    law.add("x", folder=tmp_path / "other")
    with pytest.raises(LawErrors, match=r"other/x\.yaml:1: the id .* also stands in mine/x\.yaml"):
        law.load(mine, tmp_path / "other")


def test_a_bad_leaf_in_local_law_is_one_line(law: Any, mine: Path) -> None:
    law.add("x")
    law.add("y", law.version(when='{name: x, leaf: "tpps > 1"}'), folder=mine)
    assert refused(law, mine) == ["mine/y.yaml:11: tpps is no declared fact (closest: tpp)"]


def test_an_empty_or_missing_folder_is_refused(law: Any, mine: Path) -> None:
    law.add("x")
    assert refused(law, mine)[0].startswith("mine: no provision file is found here")
    assert refused(law, mine / "none")[0].startswith("none: no provision file is found here")


def test_a_file_that_would_be_passed_over_is_refused(law: Any, mine: Path) -> None:
    law.add("y", folder=mine)
    (mine / "groups.csv").write_text("group\n", encoding="utf-8")
    (mine / "z.yml").write_text("id: z\n", encoding="utf-8")
    assert [line.split(":")[0] for line in refused(law, mine)] == ["mine/groups.csv", "mine/z.yml"]


def test_local_law_may_leave_via_out(law: Any, mine: Path) -> None:
    text = law.provision(f"{law.regime}.y").replace(", via: uncited", "")
    law.write("y", text, mine)
    assert law.load(mine).provisions[0].versions[0].cite.via == ""


def test_local_law_does_not_touch_the_lock(law: Any, mine: Path) -> None:
    name = extended(law)
    law.write("x", PROLONGED.format(name=name), mine)
    merged = law.load(mine)
    assert merged.sha256 == law.load().sha256
    assert set(make_lock(merged.provisions, law.root).provisions[name]) == {"1"}
