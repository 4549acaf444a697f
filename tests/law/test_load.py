"""Loading law: every problem at once, each as one line with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chipward.errors import DateError, InputError, LawErrors, LawSyntaxError
from chipward.law.load import load_laws, read_yaml

BAD_LEAF = '{name: x, leaf: "tpp LIKE 4800"}'


def lines(law: Any, *local: Path) -> list[str]:
    """The problems of the law, a line each."""
    with pytest.raises(LawErrors) as caught:
        law.load(*local)
    found = str(caught.value).split("\n")
    assert len(found) == len(caught.value.errors)
    return found


def one_line(law: Any, text: str) -> str:
    law.write("x", text)
    (line,) = lines(law)
    return line.removeprefix(f"law/{law.regime}/x.yaml:")


def test_a_good_file_loads(law: Any) -> None:
    name = law.add(
        "x",
        law.version(
            2,
            "2025-12-03",
            "2026-12-03",
            "suspended",
            more="suspended_by: {instrument: Act 9, published: 2025-12-01, via: uncited}",
        ),
        law.version(1, "2024-12-03", "2025-12-03"),
    )
    laws = law.load()
    one = laws.provision(name)
    assert [version.number for version in one.versions] == [1, 2]
    assert (one.regime.lower(), one.origin, one.title) == (law.regime, "chipward", "A title")
    assert one.version_on(date(2025, 12, 2)).number == 1
    assert one.version_on(date(2025, 12, 3)).status == "suspended"
    assert one.versions[1].suspended_by.instrument == "Act 9"
    assert one.version_on(date(2026, 12, 3)) is None
    assert one.version_on(date(2024, 12, 2)) is None


def test_two_bad_files_are_both_told(law: Any) -> None:
    law.add("y", law.version(when=BAD_LEAF))
    law.add("x", law.version(when=BAD_LEAF))
    assert [line.split(":")[0].rpartition("/")[2] for line in lines(law)] == ["x.yaml", "y.yaml"]


BAD = {
    "tab": ("id: a\n\tkind: x\n", "2: this is no valid YAML"),
    "empty": ("", "1: this file holds no provision"),
    "comment only": ("# nothing\n", "1: this file holds no provision"),
    "not a mapping": ("- a\n- b\n", "1: provision must be a mapping"),
    "a word": ("law\n", "1: provision must be a mapping"),
    "two documents": ("id: a\n---\nid: b\n", "2: this is no valid YAML"),
    "unclosed": ("id: [a\n", "2: this is no valid YAML"),
    "anchor": ("id: &a x\nkind: *a\n", "1: anchors, aliases and tags"),
    "tag": ("id: !!python/object:os.system x\n", "1: anchors, aliases and tags"),
    "key twice": ("id: x\nid: y\n", "2: the key id stands twice"),
    "key that is a list": ("? [a]\n: b\n", "1: a key must be text"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_broken_yaml_is_one_line(law: Any, name: str) -> None:
    text, start = BAD[name]
    assert one_line(law, text).startswith(start)


def test_a_file_that_is_not_utf8_is_one_line(law: Any) -> None:
    law.write("x", "id: a\n").write_bytes(b"id: \xff\xfe\n")
    assert lines(law) == [
        f"law/{law.regime}/x.yaml: this file cannot be read as UTF-8 text ({HINT})"
    ]


HINT = "one plain YAML mapping in UTF-8; every value is read as text"

# Each: what to replace in a good provision, by what, and the beginning of the line it earns.
CHANGES = {
    "bad leaf": (
        "{name: leaves, leaf: \"export_from = 'AA'\"}",
        BAD_LEAF,
        "11: this leaf is outside",
    ),
    "unknown fact": (
        "export_from =",
        "export_form =",
        "11: export_form is no declared fact (closest",
    ),
    "no name": ("name: leaves, ", "", "11: this leaf has no name"),
    "no instrument": ("instrument: Act 1, ", "", "9: instrument is missing"),
    "no published": (
        "published: 2024-12-03, via: uncited",
        "via: somewhere",
        "9: published is missing",
    ),
    "no via": (", via: uncited", "", "9: via is missing"),
    "no cite": ("cite:", "note2:", "5: cite is missing"),
    "unknown cite key": ("via:", "page: 1, via:", "9: the key page has no meaning here"),
    "unknown key": ("title:", "heading: x\ntitle:", "2: the key heading has no meaning here"),
    "unknown version key": (
        "status:",
        "state: x\n    status:",
        "8: the key state has no meaning here",
    ),
    "no title": ("title: A title", "title:", "2: title is missing"),
    "no kind": ("kind: requirement", "kind:", "3: kind is missing"),
    "odd kind": ("kind: requirement", "kind: rule", "3: kind is 'rule', not one of"),
    "odd status": ("status: in_force", "status: active", "8: status is 'active', not one of"),
    "no from": ("from: 2024-12-03", "from:", "6: from is missing"),
    "odd from": (
        "from: 2024-12-03",
        "from: 3 Dec 2024",
        "6: from is '3 Dec 2024', which is no date",
    ),
    "impossible day": (
        "until: ",
        "until: 2025-02-30",
        "7: until is '2025-02-30', which is no date",
    ),
    "reversed": ("until: ", "until: 2024-12-03", "7: the version begins on 2024-12-03"),
    "odd number": ("version: 1", "version: one", "5: a version number is 1, 2, 3"),
    "number zero": ("version: 1", "version: 0", "5: a version number is 1, 2, 3"),
    "no when": ("when:", "note:", "11: the key note stands twice"),
    "odd requires": (
        "requires: license",
        "requires: permit",
        "12: requires is 'permit', not one of",
    ),
    "no requires": ("requires: license", "", "12: requires is missing"),
    "odd policy": (
        "requires: license",
        "requires: license, review_policy: mild",
        "12: review_policy",
    ),
    "odd outcome key": (
        "requires: license",
        "requires: license, level: stop",
        "12: the key level has no",
    ),
    "duties text": (
        "requires: license",
        "requires: license, duties: a",
        "12: duties must be a list",
    ),
    "suspended by nobody": ("status: in_force", "status: suspended", "5: suspended_by is missing"),
    "replaces": ("title:", "replaces: [1]\ntitle:", "2: replaces is a list"),
    "symbol": ("title:", "symbol: ABC\ntitle:", "1: the key symbol has no meaning here"),
    "defeats nobody": (
        "title:",
        "defeats: [x.y]\ntitle:",
        "1: defeats names x.y, which does not exist",
    ),
    "versions empty": ("versions:", "versions: []\nother:", "5: the key other has no meaning here"),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_bad_provision_is_one_line_with_its_line(law: Any, name: str) -> None:
    old, new, start = CHANGES[name]
    text = law.provision(f"{law.regime}.x")
    assert old in text
    law.write("x", text.replace(old, new))
    found = [line.removeprefix(f"law/{law.regime}/x.yaml:") for line in lines(law)]
    assert any(line.startswith(start) for line in found), found


def test_an_id_of_no_regime_is_refused(law: Any) -> None:
    law.write("x", law.provision("zz.x"))
    assert any("does not begin with a regime" in line for line in lines(law))


def test_an_id_twice_names_both_files(law: Any) -> None:
    law.write("a/x", law.provision(f"{law.regime}.x"))
    law.write("b/x", law.provision(f"{law.regime}.x"))
    assert any(f"also stands in law/{law.regime}/a/x.yaml" in line for line in lines(law))


def test_the_file_is_named_by_its_id(law: Any) -> None:
    law.write("y", law.provision(f"{law.regime}.x"))
    assert "the file must be named by the end of its id" in lines(law)[0]


def test_versions_that_overlap_are_a_conflict(law: Any) -> None:
    law.add("x", law.version(1, until="2025-12-04"), law.version(2, "2025-12-03"))
    (line,) = lines(law)
    assert f"law/{law.regime}/x.yaml:13: {law.regime}.x: versions 1 and 2 are live" in line


def test_a_gap_between_versions_is_allowed(law: Any) -> None:
    law.add("x", law.version(1, until="2025-01-01"), law.version(2, "2026-01-01"))
    assert law.load().provisions[0].version_on(date(2025, 6, 1)) is None


def test_a_version_number_twice_is_refused(law: Any) -> None:
    law.add("x", law.version(1, until="2025-01-01"), law.version(1, "2026-01-01"))
    assert "version 1 stands twice" in lines(law)[0]


def policy(law: Any, stem: str, defeats: str) -> None:
    text = law.provision(f"{law.regime}.{stem}")
    text = text.replace(
        "kind: requirement", f"kind: policy\napplies_to: [{law.regime}.base]\ndefeats: [{defeats}]"
    )
    law.write(stem, text.replace("requires: license", "review_policy: ordinary"))


def test_a_cycle_is_a_conflict(law: Any) -> None:
    law.add("base")
    for stem, after in (("a", "b"), ("b", "c"), ("c", "a")):
        policy(law, stem, f"{law.regime}.{after}")
    found = lines(law)
    assert [line.split(": ")[1] for line in found] == [
        f"{law.regime}.{stem} defeats itself by way of what it defeats" for stem in "abc"
    ]


def test_a_chain_is_no_cycle(law: Any) -> None:
    law.add("base")
    policy(law, "a", f"{law.regime}.b")
    policy(law, "b", "")
    assert law.load().provision(f"{law.regime}.a").defeats == (f"{law.regime}.b",)


def test_an_exception_needs_a_symbol_and_something_to_defeat(law: Any) -> None:
    text = law.provision(f"{law.regime}.x").replace("kind: requirement", "kind: exception")
    law.write("x", text.replace("requires: license", ""))
    assert sorted(line.split(": ")[1] for line in lines(law)) == [
        "defeats is missing",
        "symbol is missing",
    ]


def test_an_exception_cannot_defeat_a_policy(law: Any) -> None:
    law.add("base")
    policy(law, "a", "")
    text = law.provision(f"{law.regime}.x").replace(
        "kind: requirement", f"kind: exception\nsymbol: ABC\ndefeats: [{law.regime}.a]"
    )
    law.write("x", text.replace("requires: license", ""))
    assert "which a provision of kind exception cannot" in lines(law)[0]


def test_same_as_takes_the_text_of_another_version(law: Any) -> None:
    second = (
        law.version(2, "2025-12-03")
        .replace("when: ", "same_as: 1\n#")
        .replace("    outcome: {requires: license}\n", "")
    )
    law.add("x", second, law.version(1, until="2025-12-03"))
    first, later = law.load().provisions[0].versions
    assert later.compiled is first.compiled
    assert later.outcome == first.outcome
    assert later.cite.instrument == "Act 2"


def test_same_as_nothing_is_refused(law: Any) -> None:
    law.add("x", law.version(1).replace("when: ", "same_as: 7\n#"))
    assert "same_as names a version that has no text of its own here" in lines(law)[0]


def test_every_scalar_is_text(tmp_path: Path) -> None:
    words = [
        "3E001",
        "4E001",
        "5E002",
        "NO",
        "NA",
        "on",
        "734.10",
        "00123",
        "1E6",
        "12:30",
        "~",
        "null",
        "yes",
        "0x1F",
        "2025-01-01",
    ]
    path = tmp_path / "a.yaml"
    path.write_text("".join(f"- {word}\n" for word in words) + "- on: NO\n", encoding="utf-8")
    assert read_yaml(path) == [*words, {"on": "NO"}]


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(LawSyntaxError, match=r"^none\.yaml: this file cannot be read"):
        read_yaml(tmp_path / "none.yaml")


def test_an_unknown_provision_names_the_closest() -> None:
    laws = load_laws()
    first = laws.provisions[0].id
    with pytest.raises(InputError, match=f"closest: {first}"):
        laws.provision(f"{first}x")


def test_a_day_before_all_law_is_refused() -> None:
    laws = load_laws()
    first = min(one.first_day for one in laws.jurisdictions)
    laws.check_day(first)
    with pytest.raises(DateError, match="lies before the first day"):
        laws.check_day(date(first.year - 1, 1, 1))


def test_loading_twice_gives_the_same() -> None:
    assert load_laws() == load_laws()


@pytest.mark.parametrize(
    "last,checked,verify,expected",
    [
        ("", "", "", [False, False, False]),
        ("2026-11-27", "2026-10-09", "", [False, False, True]),
        ("2026-11-27", "", "", [False, False, True]),
        ("2026-11-27", "2026-11-27", "", [False, False, True]),
        ("2026-11-27", "2026-11-28", "", [False, False, False]),
        ("", "", "some.reason", [True, True, True]),
    ],
)
def test_verify_past_the_last_suspended_day(
    law: Any, last: str, checked: str, verify: str, expected: list[bool]
) -> None:
    more = f"last_suspended_day: {last}\n    verified_on: {checked}\n    verify: {verify}"
    law.add("x", law.version(more=more))
    version = law.load().provisions[0].versions[0]
    days = [date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)]
    assert [version.needs_verify(day) for day in days] == expected
