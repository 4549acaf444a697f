"""Encodings, delimiters and quotation marks of delimited text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chipward.catalogue import text
from chipward.errors import BomError
from chipward.read import read_bom
from chipward.read.encoding import decode
from chipward.read.textfile import cells

ROWS = [
    ["Reference", "Quantity", "Value", "Manufacturer", "MPN"],
    ["C1, C2", "2", "2.2µF", "Würth", "885012206095"],
    ["U1", "1", "", "STMicroelectronics", "STM32F405RGT6"],
]
CHINESE = [
    ["位号", "数量", "参数", "制造商", "制造商型号", "封装"],
    ["C1,C2", "2", "电容", "风华高科", "0402B104K160NT", "C0402"],
    ["U1", "1", "单片机", "兆易创新", "GD32F103C8T6", "LQFP48"],
]
MPNS = ["885012206095", "STM32F405RGT6"]
Writer = Callable[..., Path]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_and_delimiters(write_csv: Writer, encoding: str, delimiter: str) -> None:
    bom = read_bom(write_csv(ROWS, encoding=encoding, delimiter=delimiter))
    assert bom.lines["mpn"].to_pylist() == MPNS
    assert bom.lines["value"].to_pylist() == ["2.2µF", None]
    assert bom.lines["maker"].to_pylist() == ["Würth", "STMicroelectronics"]
    assert bom.format == "csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "gb18030", "gbk"])
def test_chinese_board(write_csv: Writer, encoding: str) -> None:
    bom = read_bom(write_csv(CHINESE, encoding=encoding))
    assert bom.lines["maker"].to_pylist() == ["风华高科", "兆易创新"]
    assert bom.lines["mpn"].to_pylist() == ["0402B104K160NT", "GD32F103C8T6"]
    guessed = [w for w in bom.warnings if w.key == "read.encoding"]
    assert bool(guessed) == encoding.startswith("gb")


def test_a_guessed_encoding_is_said(write_csv: Writer) -> None:
    bom = read_bom(write_csv(ROWS, encoding="cp1252"))
    said = [text(w.key, **w.params) for w in bom.warnings]
    assert said == ["the text is neither UTF-8 nor UTF-16 and was read as Windows-1252"]


def test_german_and_japanese_headers(write_csv: Writer) -> None:
    german = [
        ["Bezeichner", "Stückzahl", "Wert", "Hersteller", "Hersteller-Teilenr.", "Nicht bestücken"],
        ["R1", "1", "10k", "Yageo", "RC0402FR-0710KL", "ja"],
    ]
    japanese = [
        ["回路記号", "員数", "定数", "メーカー", "メーカー型番", "未実装"],
        ["R1", "1", "10k", "ローム", "MCR01MZPF1002", "○"],
    ]
    for rows, maker in ((german, "Yageo"), (japanese, "ローム")):
        line = read_bom(write_csv(rows)).lines.to_pylist()[0]
        assert (line["maker"], line["refs"], line["fitted"]) == (maker, ["R1"], False)


def test_commas_in_quotes_and_in_other_delimiters(write_csv: Writer) -> None:
    rows = [["Ref", "Qty", "MPN"], ["Q1", "1", "BSS138PW,115"], ["Q2", "1", 'TBAT54S,"LM']]
    for delimiter in (",", ";"):
        lines = read_bom(write_csv(rows, delimiter=delimiter)).lines
        assert lines["mpn"].to_pylist() == ["BSS138PW,115", 'TBAT54S,"LM']


def test_excel_separator_line(write_csv: Writer) -> None:
    bom = read_bom(write_csv("sep=;\r\nRef;Qty;MPN\r\nU1;1;NE555P\r\n"))
    assert bom.header_row == 2
    assert bom.lines["row"].to_pylist() == [3]


def test_an_unclosed_quote_does_not_swallow_lines(write_csv: Writer) -> None:
    text_ = 'Ref,Qty,MPN\nU1,1,NE555P\nU2,1,"LM358\nU3,1,LM324\n'
    with pytest.raises(BomError) as caught:
        read_bom(write_csv(text_))
    assert (caught.value.key, caught.value.where.row) == ("read.open_quote", 3)


def test_an_inch_mark_is_no_quote(write_csv: Writer) -> None:
    bom = read_bom(write_csv('Ref,Qty,MPN,Description\nJ1,1,61300311121,0.1" header\n'))
    assert bom.lines["description"].to_pylist() == ['0.1" header']


def test_rows_count_records_as_a_spreadsheet_shows_them(write_csv: Writer) -> None:
    bom = read_bom(write_csv('"Reference\nDesignator",Qty,MPN\n\nU1,1,NE555P\n,,\nU2,1,LM358\n'))
    assert bom.header_row == 1
    assert bom.lines["row"].to_pylist() == [3, 5]
    assert bom.lines["line"].to_pylist() == [1, 2]


def test_decode_names_only_what_it_guessed() -> None:
    assert decode("a,b".encode("utf-16"), "x")[1] == ""
    assert decode("数量,型号".encode("gb18030"), "x") == ("数量,型号", "GB18030")


def test_pairs_of_western_signs_are_not_chinese() -> None:
    assert decode("price 5–€".encode("cp1252"), "x") == ("price 5–€", "Windows-1252")


def test_cells_keep_text_as_it_stands() -> None:
    assert cells("a,b\n 3E001 ,00123\n", "x") == [["a", "b"], [" 3E001 ", "00123"]]
