"""Whatever a structured file holds: a bill of materials, or one deliberate error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chipward.catalogue import LANGUAGES, error_line, text
from chipward.errors import ChipwardError
from chipward.read import BOM_SCHEMA, read_bom

SHARED = Path(__file__).resolve().parents[3] / "shared" / "published" / "boms" / "files"
FEW = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
ENDINGS = (".html", ".kicad_sch", ".sch", ".xml", ".json")

WORDS = st.sampled_from(
    ["mpn", "MPN", "Reference", "value", "qty", "name", "dnp", "eccn", "30", "U1", "R1-R4",
     "NE555P", "no", "yes", "components", "bom", "both", "skipped", "fields", "footprints", "ref",
     "type", "device", "bomFormat", "CycloneDX", "properties", "supplier", "cdx:device:quantity",
     "\ud800", "\x00", "a\nb", "#PWR1", "R?", "~", ""]
)  # fmt: skip
CELLS = WORDS | st.text(max_size=8)
LEAVES = st.none() | st.booleans() | st.integers(-1, 3) | st.floats() | CELLS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(CELLS, inner, max_size=5),
    max_leaves=25,
)
RECORDS = st.lists(st.dictionaries(CELLS, VALUES, max_size=5), min_size=1, max_size=5)
TOKENS = st.lists(
    st.sampled_from(
        ["(", ")", "(symbol", "(property", '"Reference"', '"R1"', '"Value"', '"', "\\", "(dnp yes)",
         "(in_bom no)", "(unit 2)", "(instances", '(project "p"', '(path "/"', '(reference "R2")',
         "(sheet", '(property "Sheetfile" "a")', "x", "\n", '(property "Reference" "R1")',
         '(property "MPN" "NE555P")']
    ),
    max_size=30,
)  # fmt: skip
TAGS = st.lists(
    st.sampled_from(
        ["<components>", "</components>", '<comp ref="R1">', "</comp>", "<value>1k</value>",
         "<fields>", '<field name="MPN">X1234</field>', "</fields>", '<property name="dnp"/>',
         "<drawing>", "<schematic>", "<parts>", '<part name="R1" value="1"/>', "</parts>",
         "</schematic>", "</drawing>", '<component type="device">', "<name>N1</name>",
         "</component>", "&amp;", "&x;", "<![CDATA[", "]]>", "\x00", '<comp ref="R2"/>']
    ),
    max_size=20,
)  # fmt: skip
ROOTS = {
    "export": "<export>",
    "eagle": "<eagle>",
    "bom": '<bom xmlns="http://cyclonedx.org/schema/bom/1.4">',
}


def one_line(error: ChipwardError) -> None:
    for lang in LANGUAGES:
        assert "\n" not in error_line(error, lang)


def check(path: Path) -> None:
    try:
        bom = read_bom(path)
    except ChipwardError as error:
        one_line(error)
        return
    assert bom.lines.schema.equals(BOM_SCHEMA)
    assert bom.lines.num_rows > 0
    assert bom.lines["line"].to_pylist() == list(range(1, bom.lines.num_rows + 1))
    json.dumps(bom.lines.to_pylist(), ensure_ascii=False).encode("utf-8")
    for lang in LANGUAGES:
        assert all(text(w.key, lang, **w.params) for w in bom.warnings)


@MANY
@given(raw=st.binary(max_size=300), ending=st.sampled_from(ENDINGS))
def test_random_bytes(tmp_path: Path, raw: bytes, ending: str) -> None:
    path = tmp_path / f"fuzz{ending}"
    path.write_bytes(raw)
    check(path)


@MANY
@given(value=VALUES | RECORDS | st.dictionaries(CELLS, RECORDS, max_size=3))
def test_random_json(tmp_path: Path, value: object) -> None:
    path = tmp_path / "fuzz.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    check(path)


@MANY
@given(components=RECORDS)
def test_random_cyclonedx(tmp_path: Path, components: list[dict[str, object]]) -> None:
    path = tmp_path / "fuzz.json"
    devices = [{**component, "type": "device"} for component in components]
    value = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": devices}
    path.write_text(json.dumps(value), encoding="utf-8")
    check(path)


@MANY
@given(both=VALUES, skipped=VALUES, fields=VALUES, config=VALUES)
def test_random_pages(
    tmp_path: Path, both: object, skipped: object, fields: object, config: object
) -> None:
    path = tmp_path / "fuzz.html"
    rows = [[1, "1k", "F", [["R1", 0]], ["x"]], both]
    data = {
        "bom": {"both": rows, "skipped": skipped, "fields": fields},
        "footprints": [{"ref": "R1"}, {}, 3],
    }
    script = f"var config = {json.dumps({'fields': config})}\nvar pcbdata = {json.dumps(data)}"
    path.write_text(f"<html><script>{script}</script></html>", encoding="utf-8")
    check(path)


@MANY
@given(tokens=TOKENS, closed=st.booleans())
def test_random_schematics(tmp_path: Path, tokens: list[str], *, closed: bool) -> None:
    path = tmp_path / "fuzz.kicad_sch"
    body = " ".join(tokens)
    missing = max(0, body.count("(") - body.count(")")) + 1
    path.write_text(f"(kicad_sch {body}" + ")" * (missing if closed else 0), encoding="utf-8")
    check(path)


@MANY
@given(root=st.sampled_from(sorted(ROOTS)), tags=TAGS)
def test_random_xml(tmp_path: Path, root: str, tags: list[str]) -> None:
    path = tmp_path / "fuzz.xml"
    path.write_text(f"{ROOTS[root]}{''.join(tags)}</{root}>", encoding="utf-8")
    check(path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
@FEW
@given(data=st.data())
def test_truncated_and_damaged_published_files(tmp_path: Path, data: st.DataObject) -> None:
    names = sorted(p.name for p in SHARED.iterdir() if p.suffix in ENDINGS)
    name = data.draw(st.sampled_from(names))
    raw = bytearray((SHARED / name).read_bytes())
    if data.draw(st.booleans()):
        del raw[data.draw(st.integers(0, len(raw))) :]
    for at in data.draw(st.lists(st.integers(0, max(0, len(raw) - 1)), max_size=6)):
        raw[at : at + 1] = bytes([data.draw(st.integers(0, 255))])
    path = tmp_path / f"cut{Path(name).suffix}"
    path.write_bytes(bytes(raw))
    check(path)
