"""KiCad, Eagle, CycloneDX and JSON: the same lines as a table would give."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chipward.errors import BomError, UnknownColumn
from chipward.read import Bom, read_bom

Put = Callable[[str, str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def keys(bom: Bom) -> list[str]:
    return [warning.key for warning in bom.warnings]


def refs(bom: Bom) -> list[list[str]]:
    return bom.lines["refs"].to_pylist()


def symbol(ref: str, value: str, *, flags: str = "", unit: int = 1, more: str = "") -> str:
    return (
        f'(symbol (lib_id "Device:X") (unit {unit}) {flags} (property "Reference" "{ref}" (id 0))'
        f' (property "Value" "{value}") (property "Footprint" "lib:F") {more})'
    )


def schematic(*symbols: str, more: str = '(sheet_instances (path "/" (page "1")))') -> str:
    inside = '(lib_symbols (symbol "Device:X" (property "Reference" "X")))'
    return f"(kicad_sch (version 20231120)\n{inside}\n{' '.join(symbols)}\n{more})"


def test_kicad_symbols_are_grouped_as_a_list_does(put: Put) -> None:
    mpn = '(property "MPN" "GRM155R71C104KA88D") (property private "Manufacturer" "Murata")'
    text = schematic(
        symbol("C10", "100n", more=mpn),
        symbol("C2", "100n", more=mpn),
        symbol("C3", "100n"),
        symbol("C4", "100n", more=mpn, flags="(dnp yes)"),
        symbol("R1", 'a \\"b\\"\\\\c'),
        symbol("#PWR01", "GND"),
    )
    bom = read_bom(put("board.kicad_sch", text))
    lines = bom.lines.to_pylist()
    assert refs(bom) == [["C2", "C10"], ["C3"], ["C4"], ["R1"]]
    assert [line["quantity"] for line in lines] == [2.0, 1.0, 1.0, 1.0]
    assert [line["mpn"] for line in lines] == ["GRM155R71C104KA88D", None, lines[0]["mpn"], None]
    assert [line["maker"] for line in lines][:2] == ["Murata", None]
    assert [line["fitted"] for line in lines] == [True, True, False, True]
    assert lines[3]["value"] == 'a "b"\\c'
    assert lines[0]["footprint"] == "lib:F"
    assert keys(bom) == ["read.flagged"]


def test_kicad_units_flags_and_numbers(put: Put) -> None:
    text = schematic(
        symbol("U1", "LM358", unit=1),
        symbol("U1", "LM358", unit=2, more='(property "MPN" "LM358DR")'),
        symbol("TP1", "Test", flags="(in_bom no)"),
        symbol("R7", "1k", flags="(in_bom no) (dnp yes)"),
        symbol("K1", "Cable", flags="(on_board no)"),
        symbol("R?", "1k"),
        symbol("R?", "1k"),
        symbol("U?", "LM358", unit=2),
    )
    bom = read_bom(put("board.kicad_sch", text))
    lines = {tuple(line["refs"]): line for line in bom.lines.to_pylist()}
    assert set(lines) == {("U1",), ("R7",), ("K1",), ("R?", "R?")}
    assert lines["U1",]["mpn"] == "LM358DR"
    assert not lines["R7",]["fitted"]
    assert lines["K1",]["fitted"]
    said = {warning.key: warning.params for warning in bom.warnings}
    assert said["read.not_in_bom"] == {"count": 1}
    assert said["read.unnumbered"] == {"count": 2}


def test_a_kicad_sheet_used_twice_counts_twice(put: Put) -> None:
    def paths(*named: str) -> str:
        inside = " ".join(
            f'(path "/{n}" (reference "{name}") (unit 1))' for n, name in enumerate(named)
        )
        return f'(project "p" {inside})'

    other = '(project "other" (path "/x" (reference "R77")))'
    more = f"(instances {other} {paths('R101', 'R201')})"
    bom = read_bom(put("leg.kicad_sch", schematic(symbol("R201", "1k", more=more), more="")))
    assert refs(bom) == [["R101", "R201"]]
    assert keys(bom) == ["read.one_sheet", "read.no_mpn_column"]


def test_kicad_names_the_sheets_it_does_not_read(put: Put) -> None:
    sheets = '(sheet (property "Sheetname" "A") (property "Sheetfile" "a.kicad_sch"))' * 2
    sheets += '(sheet (property "Sheet file" "b.kicad_sch"))(sheet_instances)'
    path = put("board.kicad_sch", schematic(symbol("R1", "1k"), more=sheets))
    said = {warning.key: warning.params for warning in read_bom(path).warnings}
    assert said["read.sub_sheets"] == {"count": 2, "names": "a.kicad_sch, b.kicad_sch"}
    with pytest.raises(BomError) as caught:
        read_bom(put("root.kicad_sch", schematic(more=sheets)))
    assert caught.value.key == "read.no_symbols"


NETLIST = """<?xml version="1.0" encoding="UTF-8"?>
<export version="E"><design><source>x.sch</source></design><components>
<comp ref="R2"><value>1k</value><footprint>R_0402</footprint>
 <fields><field name="manf#">RC0402FR-071KL</field><field name="Manf#">RC0402FR-071KL</field>
  <field name="Footprint">R_0402</field></fields>
 <libsource lib="Device" part="R" description="Resistor"/>
 <property name="Sheetname" value="Root"/></comp>
<comp ref="R1"><value>1k</value><footprint>R_0402</footprint>
 <fields><field name="MANF#">RC0402FR-071KL</field></fields>
 <libsource lib="Device" part="R" description="Resistor"/></comp>
<comp ref="U1"><value>~</value><property name="dnp"/><property name="MPN" value="NE555P"/></comp>
<comp ref="H1"><value>Hole</value><property name="exclude_from_bom"/></comp>
</components></export>"""


def test_kicad_netlist(put: Put) -> None:
    bom = read_bom(put("board.xml", NETLIST))
    first, second = bom.lines.to_pylist()
    assert (first["refs"], first["mpn"], first["footprint"]) == (
        ["R1", "R2"], "RC0402FR-071KL", "R_0402",
    )  # fmt: skip
    assert (first["description"], first["fitted"]) == ("Resistor", True)
    assert (second["refs"], second["mpn"], second["value"], second["fitted"]) == (
        ["U1"], "NE555P", None, False,
    )  # fmt: skip
    assert keys(bom) == ["read.not_in_bom", "read.flagged"]


EAGLE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE eagle SYSTEM "eagle.dtd">
<eagle version="9.6.2"><drawing><schematic>
<libraries><library name="rcl"><devicesets>
 <deviceset name="R-*" uservalue="yes"><description>&lt;b&gt;R&lt;/b&gt;</description><devices>
  <device name="0603" package="R0603"><technologies><technology name="">
   <attribute name="MPN" value="DEFAULT1"/><attribute name="MF" value="Yageo"/></technology>
  </technologies></device></devices></deviceset>
 <deviceset name="GND"><devices><device name=""><technologies><technology name=""/>
  </technologies></device></devices></deviceset>
 <deviceset name="LM*?X"><description>Op amp</description><devices>
  <device name="D" package="SO8"><technologies><technology name="358">
   <attribute name="MPN" value="LM358DR"/></technology></technologies></device>
 </devices></deviceset>
</devicesets></library></libraries>
<variantdefs><variantdef name="LITE" current="yes"/></variantdefs>
<modules><module name="M"><parts>
 <part name="R1" library="rcl" deviceset="R-*" device="0603" value="1k"/></parts></module></modules>
<parts>
 <part name="R2" library="rcl" deviceset="R-*" device="0603" value="1k"/>
 <part name="R3" library="rcl" deviceset="R-*" device="0603" value="1k">
  <attribute name="MPN" value="RC0603"/></part>
 <part name="R4" library="rcl" deviceset="R-*" device="0603" value="1k">
  <variant name="LITE" populate="no"/></part>
 <part name="R5" library="rcl" deviceset="R-*" device="0603" value="1k">
  <variant name="FULL" populate="no"/></part>
 <part name="IC1" library="rcl" deviceset="LM*?X" device="D" technology="358"/>
 <part name="GND1" library="rcl" deviceset="GND" device=""/>
 <part name="X1" library="lost" deviceset="CONN" device="-2"/>
</parts>
<sheets><sheet><moduleinsts><moduleinst name="A" module="M"/><moduleinst name="B" module="M"/>
</moduleinsts></sheet></sheets>
</schematic></drawing></eagle>"""


def test_eagle_schematic(put: Put) -> None:
    bom = read_bom(put("board.sch", EAGLE))
    lines = {tuple(line["refs"]): line for line in bom.lines.to_pylist()}
    assert set(lines) == {("A:R1", "B:R1", "R2", "R5"), ("R3",), ("R4",), ("IC1",), ("X1",)}
    assert lines["R3",]["mpn"] == "RC0603"
    assert (lines["R4",]["mpn"], lines["R4",]["maker"]) == ("DEFAULT1", "Yageo")
    assert [refs for refs, line in lines.items() if not line["fitted"]] == [("R4",)]
    ic = lines["IC1",]
    assert (ic["value"], ic["mpn"], ic["footprint"], ic["description"]) == (
        "LM358DX", "LM358DR", "SO8", "Op amp",
    )  # fmt: skip
    assert lines["X1",]["value"] == "CONN-2"
    assert bom.format == "eagle"


DEVICES: dict[str, Any] = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "metadata": {
        "component": {
            "type": "device",
            "name": "board",
            "components": [{"type": "device", "name": "NE555P", "supplier": {"name": "TI"}}],
        }
    },
    "components": [
        {
            "type": "device",
            "name": "STM32F401",
            "description": "MCU",
            "manufacturer": {"name": "ST"},
            "supplier": {"name": "Mouser"},
            "properties": [
                {"name": "cdx:device:quantity", "value": "3"},
                {"name": "cdx:device:location", "value": "mainboard"},
                {"name": "acme:eccn", "value": "3A991.a.2"},
            ],
            "components": [
                {"type": "firmware", "name": "boot"},
                {"type": "device", "name": "die"},
            ],
        }
    ],
}


def as_xml(component: dict[str, Any]) -> str:
    """A component in the XML notation, from the JSON one."""
    out = [f'<component type="{component["type"]}"><name>{component["name"]}</name>']
    for key in ("supplier", "manufacturer"):
        said = component.get(key)
        out += [f"<{key}><name>{said['name']}</name></{key}>"] if isinstance(said, dict) else []
    if "description" in component:
        out.append(f"<description>{component['description']}</description>")
    properties, nested = component.get("properties"), component.get("components")
    if isinstance(properties, list):
        said = [f'<property name="{p["name"]}">{p["value"]}</property>' for p in properties]
        out.append(f"<properties>{''.join(said)}</properties>")
    if isinstance(nested, list):
        out.append(f"<components>{''.join(map(as_xml, nested))}</components>")
    return "".join([*out, "</component>"])


def test_cyclonedx_devices_in_both_notations(put: Put) -> None:
    metadata, parts = DEVICES["metadata"], DEVICES["components"]
    xml = (
        '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata>'
        f"{as_xml(metadata['component'])}</metadata>"
        f"<components>{''.join(map(as_xml, parts))}</components></bom>"
    )
    one, other = read_bom(put("b.json", json.dumps(DEVICES))), read_bom(put("b.xml", xml))
    assert one.lines.equals(other.lines)
    lines = one.lines.to_pylist()
    assert [(line["mpn"], line["maker"], line["quantity"]) for line in lines] == [
        ("NE555P", "TI", 1.0), ("STM32F401", "ST", 3.0), ("die", None, 1.0),
    ]  # fmt: skip
    assert (lines[1]["supplier"], lines[1]["eccn"]) == ("Mouser", "3A991.a.2")
    assert keys(one) == keys(other) == ["read.no_devices"]


def test_software_is_no_list_of_parts(put: Put) -> None:
    libraries = [{"type": "library", "name": "zlib", "version": "1.3"}] * 2
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": libraries}
    with pytest.raises(BomError) as caught:
        read_bom(put("b.json", json.dumps(document)))
    assert (caught.value.key, caught.value.params) == ("read.no_hardware", {"count": 2})
    with pytest.raises(BomError) as caught:
        read_bom(put("b.json", '{"spdxVersion": "SPDX-2.3", "packages": [{"name": "zlib"}]}'))
    assert caught.value.key == "read.software"


def test_a_later_cyclonedx_is_read_and_said_so(put: Put) -> None:
    document = DEVICES | {"specVersion": "2.0"}
    assert "read.cyclonedx_version" in keys(read_bom(put("b.json", json.dumps(document))))


PARTS = [
    {"reference": "U1,U2", "qty": 2, "mpn": ["NE555P", "LM555CN"], "maker": "TI", "dnp": False},
    {"reference": "R1", "qty": 1, "mpn": "RC0402", "dnp": True, "eccn": "EAR99", "price": 0.10},
    {"reference": "C1", "qty": 1, "mpn": {"name": "GRM155"}, "sources": [{"maker": "x"}]},
]


@pytest.mark.parametrize("wrap", [list, lambda p: {"title": "x", "bom": {"items": p, "n": [{}]}}])
def test_json_lists(put: Put, wrap: Callable[[object], object]) -> None:
    bom = read_bom(put("parts.json", json.dumps(wrap(PARTS))))
    lines = bom.lines.to_pylist()
    assert [(line["refs"], line["quantity"], line["mpn"], line["fitted"]) for line in lines] == [
        (["U1", "U2"], 2.0, "NE555P", True),
        (["R1"], 1.0, "RC0402", False),
        (["C1"], 1.0, "GRM155", True),
    ]
    assert lines[0]["alternates"] == [{"maker": None, "mpn": "LM555CN"}]
    assert [(w.key, w.params) for w in bom.warnings] == [
        ("read.nested", {"count": 1, "names": "sources"})
    ]


def test_json_numbers_stay_as_written(put: Put) -> None:
    text = '[{"mpn": "X1", "value": 1E6, "qty": 2}, {"mpn": 7447779, "value": 0.10, "qty": 1.0}]'
    lines = read_bom(put("parts.json", text)).lines.to_pylist()
    assert [line["value"] for line in lines] == ["1E6", "0.10"]
    assert lines[1]["mpn"] == "7447779"


def test_json_object_of_objects_and_mapping(put: Put) -> None:
    text = '{"C 1u": {"mpn": "A1234", "code": "B1234"}, "R 1k": {"mpn": "", "code": "B77"}}'
    path = put("parts.json", text)
    lines = read_bom(path).lines.to_pylist()
    assert [(line["value"], line["mpn"]) for line in lines] == [("C 1u", "A1234"), ("R 1k", None)]
    lines = read_bom(path, {"mpn": "code"}).lines.to_pylist()
    assert [line["mpn"] for line in lines] == ["B1234", "B77"]
    with pytest.raises(UnknownColumn):
        read_bom(path, {"mpn": "nothing"})
    odd = put("odd.json", '[{"wasislos": "A1234"}]')
    with pytest.raises(BomError):
        read_bom(odd)
    assert read_bom(odd, {"mpn": "wasislos"}).lines["mpn"].to_pylist() == ["A1234"]


def test_json_inside_a_text_file(put: Put) -> None:
    assert read_bom(put("parts.txt", json.dumps(PARTS))).format == "json"


def test_makers_under_two_names_are_one_column_unless_they_differ(put: Put) -> None:
    one = [{"mpn": "A1234", "manf": "TI"}, {"mpn": "B1234", "Manufacturer": "ST"}]
    lines = read_bom(put("a.json", json.dumps(one))).lines
    assert lines["maker"].to_pylist() == ["TI", "ST"]
    two = [*one, {"mpn": "C1234", "manf": "TI", "Manufacturer": "ST"}]
    assert "read.two_columns" in keys(read_bom(put("b.json", json.dumps(two))))


def test_nothing_unprintable_comes_through(put: Put) -> None:
    text = r'[{"mpn": "NE\u0000555\ud800", "value": "\u001b[31m", "qty": 1}]'
    line = read_bom(put("parts.json", text)).lines.to_pylist()[0]
    assert line["mpn"] == "NE\ufffd555\ufffd"
    assert line["value"] == "\ufffd[31m"
