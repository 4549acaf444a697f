"""Structured files that are damaged, hostile or something else: one clear line each."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipward.catalogue import LANGUAGES, error_line
from chipward.errors import BomError
from chipward.read import eagle, read_bom, records, sexpr, structured, xmltree
from chipward.read.shipments import read_shipments

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE export [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<export><components><comp ref="&b;"/></components></export>"""
FILE = b"""<?xml version="1.0"?>
<!DOCTYPE eagle [<!ENTITY f SYSTEM "file:///etc/hostname">]><eagle>&f;</eagle>"""
CASES = {
    "entity bomb": ("b.xml", LAUGHS, "read.xml_declares"),
    "entity bomb in a schematic": ("b.sch", LAUGHS, "read.xml_declares"),
    "outside entity": ("b.sch", FILE, "read.xml_declares"),
    "empty own DTD": ("b.xml", b"<!DOCTYPE export []><export/>", "read.xml_declares"),
    "entity of a DTD elsewhere": (
        "b.sch",
        b'<!DOCTYPE eagle SYSTEM "eagle.dtd"><eagle>&f;</eagle>',
        "read.xml_declares",
    ),
    "undeclared entity": ("b.xml", b"<export>&f;</export>", "read.broken_xml"),
    "other XML": ("b.xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "read.xml_unknown"),
    "other bom": ("b.xml", b"<bom><part/></bom>", "read.xml_unknown"),
    "cut XML": ("b.xml", b"<export><components><comp ref='R1'>", "read.cut_off"),
    "wrong XML": ("b.xml", b"<export></comp>", "read.broken_xml"),
    "NUL in XML": ("b.xml", b"<export>\x00</export>", "read.broken_xml"),
    "deep XML": ("b.xml", b"<export>" * 100_000, "read.too_deep"),
    "unknown encoding": ("b.xml", b"<?xml version='1.0' encoding='x-9'?><export/>", ""),
    "wide encoding": ("b.xml", b"<?xml version='1.0' encoding='big5'?><export/>", ""),
    "empty netlist": ("b.xml", b"<export><components/></export>", "read.no_lines"),
    "Eagle board": ("b.xml", b"<eagle><drawing><board/></drawing></eagle>", "read.no_schematic"),
    "binary Eagle": ("b.sch", b"\x10\x80\x40\x00" * 99, "read.old_eagle"),
    "old KiCad": ("b.sch", b"EESchema Schematic File Version 4\nLIBS:x\n", "read.old_kicad"),
    "gEDA": ("b.sch", b"v 20200604 2\nC 40000 40000 0 0 0 title.sym\n", "read.not_as_named"),
    "OLE": ("b.sch", b"\xd0\xcf\x11\xe0" + b"\x00" * 99, "read.not_as_named"),
    "archive": ("b.json", b"PK\x03\x04" + b"\x00" * 99, "read.not_as_named"),
    "table named json": ("b.json", b"Ref,MPN\nU1,NE555P\n", "read.not_as_named"),
    "image named html": ("b.html", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "read.kind"),
    "KiCad board": ("b.kicad_sch", b"(kicad_pcb (version 1))", "read.kind"),
    "cut schematic": ("b.kicad_sch", b'(kicad_sch (symbol (property "A" "B")', "read.cut_off"),
    "open quote": ("b.kicad_sch", b'(kicad_sch (symbol "A', "read.open_quote"),
    "surplus parenthesis": ("b.kicad_sch", b"(kicad_sch))", "read.broken_sexpr"),
    "two lists": ("b.kicad_sch", b"(kicad_sch)(kicad_sch)", "read.broken_sexpr"),
    "deep schematic": ("b.kicad_sch", b"(kicad_sch " + b"(a " * 100_000, "read.too_deep"),
    "NUL in schematic": ("b.kicad_sch", b"(kicad_sch (a \x00))", "read.not_text"),
    "cut JSON": ("b.json", b'[{"mpn": "NE5', "read.cut_off"),
    "cut JSON list": ("b.json", b'[{"mpn": "NE555"},', "read.cut_off"),
    "wrong JSON": ("b.json", b'[{"mpn": NE555}]', "read.broken_json"),
    "NUL in JSON": ("b.json", b'[{"mpn": "NE\x00555"}]', "read.not_text"),
    "deep JSON": ("b.json", b"[" * 200_000, "read.too_deep"),
    "key twice": ("b.json", b'{"a": {"mpn": "A1"}, "a": {"mpn": "B1"}}', "read.json_twice"),
    "no list": ("b.json", b'{"name": "x", "list": [1, 2]}', "read.no_list"),
    "list of something": ("b.json", b'[{"colour": "red"}]', "read.no_list"),
    "number": ("b.json", b"[1e999, -0]", "read.no_list"),
    "no parts": ("b.json", b'[{"mpn": "", "reference": ""}]', "read.no_lines"),
    "bare number": ("b.json", b'[{"mpn": "A1234", "eccn": 30}]', "read.bare_number"),
    "web page": ("b.html", b"<!doctype html><html><body>pcb</body></html>", "read.no_ibom"),
    "web page named csv": ("b.csv", b"<html><body>x</body></html>", "read.kind"),
    "nested components": (
        "b.json",
        b'{"bomFormat":"CycloneDX","components":'
        + b'[{"type":"device","components":' * 300
        + b"[]"
        + b"}]" * 300
        + b"}",
        "read.too_deep",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_clear_line(tmp_path: Path, name: str) -> None:
    file, raw, key = CASES[name]
    path = tmp_path / file
    path.write_bytes(raw)
    with pytest.raises(BomError) as caught:
        read_bom(path)
    error = caught.value
    assert error.key == key or (not key and error.key in {"read.xml_encoding", "read.broken_xml"})
    for lang in LANGUAGES:
        line = error_line(error, lang)
        assert line.startswith(file)
        assert "\n" not in line
        assert "{" not in line


def test_an_error_names_its_line(tmp_path: Path) -> None:
    for file, text in (("b.json", '[\n{"mpn": x}]'), ("b.xml", "<export>\n</x>")):
        path = tmp_path / file
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BomError) as caught:
            read_bom(path)
        assert caught.value.where.row == 2


@pytest.mark.parametrize(
    "module,limit,file,raw",
    [
        (xmltree, "MOST_ELEMENTS", "b.xml", b"<export>" + b"<a/>" * 20 + b"</export>"),
        (sexpr, "MOST_TOKENS", "b.kicad_sch", b"(kicad_sch" + b" a" * 20 + b")"),
        (structured, "LIMIT_MB", "b.json", b'[{"mpn":"A1"}]'),
        (
            eagle,
            "MOST_PARTS",
            "b.sch",
            b"<eagle><drawing><schematic><parts>"
            + b"<part name='R1' device='x'/>" * 9
            + b"</parts></schematic></drawing></eagle>",
        ),
        (records, "MOST_CELLS", "b.json", b'[{"mpn":"A1","a":1},{"b":1},{"c":1}]'),
        (records, "MOST_COLUMNS", "b.json", b'[{"mpn":"A1","a":1,"b":2,"c":3,"d":4,"e":5}]'),
    ],
)
def test_limits(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    limit: str,
    file: str,
    raw: bytes,
) -> None:
    monkeypatch.setattr(module, limit, 0 if limit == "LIMIT_MB" else 5)
    path = tmp_path / file
    path.write_bytes(raw)
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key in {"read.too_much", "read.too_large", "read.most_columns"}
    assert "\n" not in str(caught.value)


def test_shipment_books_are_tables_only(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    path.write_text('[{"id": "1"}]', encoding="utf-8")
    with pytest.raises(BomError) as caught:
        read_shipments(path)
    assert caught.value.key == "read.ending"
