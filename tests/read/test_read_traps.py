"""Workbooks with several sheets, merged cells or pasted text, and files that are traps."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from chipward.errors import BomError
from chipward.read import read_bom
from chipward.read.measure import binary_cells, repeated_cells, xml_cells

Writer = Callable[..., Path]
HEADER = ["Reference", "Qty", "MPN", "Manufacturer"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXT = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
LINES = "".join(
    f'<row r="{row}">{TEXT.format(f"A{row}", ref)}{TEXT.format(f"B{row}", mpn)}</row>'
    for row, ref, mpn in ((1, "Ref", "MPN"), (2, "U1", "NE555P"))
)
ODS_CELL = (
    '<table:table-cell table:number-columns-repeated="{}" office:value-type="string">'
    "<text:p>{}</text:p></table:table-cell>"
)


@pytest.fixture
def two_sheets(tmp_path: Path) -> Path:
    path = tmp_path / "two.xlsx"
    with closing(xlsxwriter.Workbook(str(path))) as book:
        for name, mpn in (("Board A", "NE555P"), ("Board B", "LM358")):
            page: Any = book.add_worksheet(name)
            page.write_row(0, 0, HEADER)
            page.write_row(1, 0, ["U1", 1, mpn, "TI"])
        hidden: Any = book.add_worksheet("Old")
        hidden.write_row(0, 0, HEADER)
        hidden.write_row(1, 0, ["U1", 1, "LM324", "TI"])
        hidden.hide()
    return path


def test_a_sheet_can_be_asked_for(two_sheets: Path) -> None:
    first = read_bom(two_sheets)
    assert (first.sheet, first.lines["mpn"].to_pylist()) == ("Board A", ["NE555P"])
    assert [w.params["others"] for w in first.warnings] == ["Board B"]
    for name, mpn in (("Board B", "LM358"), ("Old", "LM324")):
        bom = read_bom(two_sheets, sheet=name)
        assert (bom.sheet, bom.lines["mpn"].to_pylist(), bom.warnings) == (name, [mpn], ())


def test_a_sheet_that_is_not_there(two_sheets: Path, write_csv: Writer) -> None:
    with pytest.raises(BomError) as caught:
        read_bom(two_sheets, sheet="Board C")
    assert caught.value.key == "read.unknown_sheet"
    assert "Board A, Board B" in str(caught.value)
    with pytest.raises(BomError) as caught:
        read_bom(write_csv([HEADER, ["U1", "1", "NE555P", "TI"]]), sheet="Board A")
    assert caught.value.key == "read.no_sheets"


def test_merged_cells_hold_for_every_line_they_span(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with closing(xlsxwriter.Workbook(str(path))) as book:
        page: Any = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        for row, ref in enumerate(["R1", "R2", "R3"], start=1):
            page.write(row, 0, ref)
            page.write(row, 1, 1)
        page.merge_range(1, 2, 3, 2, "RC0402FR-0710KL")
        page.merge_range(1, 3, 3, 3, "Yageo")
    lines = read_bom(path).lines
    assert lines["mpn"].to_pylist() == ["RC0402FR-0710KL"] * 3
    assert lines["maker"].to_pylist() == ["Yageo"] * 3


def test_merged_references_and_quantities_are_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "alternates.xlsx"
    with closing(xlsxwriter.Workbook(str(path))) as book:
        page: Any = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.merge_range(1, 0, 2, 0, "C1, C2")
        page.merge_range(1, 1, 2, 1, 2)
        page.write_row(1, 2, ["GRM155R71C104KA88D", "Murata"])
        page.write_row(2, 2, ["CC0402KRX7R7BB104", "Yageo"])
    (line,) = read_bom(path).lines.to_pylist()
    assert (line["quantity"], line["mpn"]) == (2.0, "GRM155R71C104KA88D")
    assert line["alternates"] == [{"maker": "Yageo", "mpn": "CC0402KRX7R7BB104"}]


def test_pasted_text_that_a_program_cut_at_its_commas(write_xlsx: Writer) -> None:
    rows = [["Ref;Qty;MPN;Note"], ["C1", "C2;2;GRM188;cap", " 0402"], ["U1;1;NE555P;timer"]]
    lines = read_bom(write_xlsx(rows)).lines
    assert lines["refs"].to_pylist() == [["C1", "C2"], ["U1"]]
    assert lines["mpn"].to_pylist() == ["GRM188", "NE555P"]


def test_a_password_is_said(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    names = b"".join(
        name.encode("utf-16-le").ljust(128, b"\x00")
        for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    )
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + names + bytes(4096))
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == "read.password"


def workbook(path: Path, body: str) -> Path:
    """An XLSX of one sheet, written by hand so that it can lie."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rel = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{rel}"><Relationship Id="r1" '
        f'Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{kind}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rel}"><Relationship Id="r1" '
        f'Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{body}</worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0"?>{text}')
    return path


def test_a_sheet_that_only_says_it_is_huge_is_read(tmp_path: Path) -> None:
    body = f'<dimension ref="A1:XFD1048576"/><sheetData>{LINES}</sheetData>'
    body += '<mergeCells count="1"><mergeCell ref="B2:B1048576"/></mergeCells>'
    bom = read_bom(workbook(tmp_path / "huge.xlsx", body))
    assert bom.lines["mpn"].to_pylist() == ["NE555P"]


CELL = '<c t="inlineStr"><is><t>x</t></is></c>'


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
        "<row r='1048576'><c r='xfd1048576' t='inlineStr'><is><t>x</t></is></c></row>",
        f'<row r="1048570">{CELL * 16_384}</row>',
        f'<row r="1048576">{CELL}</row><row r="5">{TEXT.format("XFD5", "y")}</row>',
        f"{'<row/>' * 100_000}<row>{'<c/>' * 16_000}{CELL}</row>",
    ],
    ids=["corner", "quotes", "no places", "row place", "empty rows"],
)
def test_a_small_workbook_that_unpacks_to_a_huge_sheet(tmp_path: Path, rows: str) -> None:
    path = workbook(tmp_path / "bomb.xlsx", f"<sheetData>{LINES}{rows}</sheetData>")
    assert path.stat().st_size < 20_000
    start = time.process_time()
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == "read.unpacked"
    assert time.process_time() - start < 2


def opendocument(path: Path, rows: str) -> Path:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<?xml version="1.0"?>{content}')
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    return path


def test_repeated_cells_are_counted_as_often_as_they_say(tmp_path: Path) -> None:
    head = "".join(
        f"<table:table-row>{ODS_CELL.format(1, a)}{ODS_CELL.format(1, b)}</table:table-row>"
        for a, b in (("Ref", "MPN"), ("U1", "NE555P"))
    )
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell {}/></table:table-row>'  # noqa: E501
    wide = 'table:number-columns-repeated="16384"'
    good = opendocument(tmp_path / "good.ods", head + empty.format(wide))
    assert read_bom(good).lines["mpn"].to_pylist() == ["NE555P"]
    repeated = f'<table:table-row table:number-rows-repeated="10000">{ODS_CELL.format(10_000, "x")}'
    corner = f"{empty.format('')}<table:table-row>{ODS_CELL.format(16_000, 'x')}"
    for rows in (repeated, corner):
        path = opendocument(tmp_path / "bomb.ods", f"{head}{rows}</table:table-row>")
        with pytest.raises(BomError) as caught:
            read_bom(path)
        assert caught.value.key == "read.unpacked"


def test_how_many_cells_a_sheet_holds() -> None:
    assert xml_cells(b'<row r="9"/><row r="2"><c r="C2"/></row>') == 6
    assert xml_cells(b'<x:row r="3"><x:c r="B3"/></x:row>') == 6
    assert xml_cells(b"") == 1
    assert repeated_cells(b"") == 0
    row = bytes([0, 4]) + (99).to_bytes(4, "little")
    cell = bytes([7, 8]) + (9).to_bytes(4, "little") + bytes(4)
    assert binary_cells(bytes([0x94, 0x01, 0]) + row + cell) == 1000
    assert binary_cells(b"\x07\xff\xff") == 1


def test_a_part_that_is_longer_than_it_says(tmp_path: Path) -> None:
    path = workbook(tmp_path / "lie.xlsx", f"<sheetData>{LINES}</sheetData>{' ' * 50_000}")
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(raw.replace(size.to_bytes(4, "little"), (99).to_bytes(4, "little")))
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == "read.broken_sheet"


@pytest.mark.parametrize(
    "body, key",
    [
        (b"Ref,Qty,MPN" + b"," * 100_000 + b"\nU1,1,NE555P\n", "read.too_wide"),
        (b"Ref,Qty,MPN\nU1,1,NE555P" + b"," * 100_000 + b"\n", "read.too_wide"),
        (b"Ref,Qty,MPN\n" + b"," * 10_000_001, "read.too_many_cells"),
        (b"Ref,Qty,MPN\n" + b"\n" * 1_048_577, "read.too_many_rows"),
        (b"Part Value Qty\n" + b"lorem ipsum\n" * 1_048_577, "read.too_many_rows"),
    ],
    ids=["columns", "cells in a row", "cells", "rows", "prose"],
)
def test_text_beyond_what_a_spreadsheet_holds(tmp_path: Path, body: bytes, key: str) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(body)
    start = time.process_time()
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == key
    assert time.process_time() - start < 2


def test_a_hundred_thousand_lines_take_less_than_five_seconds(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    body = "".join(
        f'"C{n},D{n}",2,100nF,Murata,GRM{n},TDK,C1005{n},CAP CER 0.1UF 16V {n}\n'
        for n in range(100_000)
    )
    path.write_text(f"Ref,Qty,Value,Mfr,MPN,Mfr 2,MPN 2,Description\n{body}", encoding="utf-8")
    start = time.process_time()
    bom = read_bom(path)
    assert time.process_time() - start < 5
    assert bom.lines.num_rows == 100_000
