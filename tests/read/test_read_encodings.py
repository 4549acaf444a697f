"""Encodings told apart by what they decode to, and text that was decoded twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.errors import BomError
from chipward.read import read_bom
from chipward.read.encoding import decode
from chipward.read.twice import mend

Writer = Callable[..., Path]
SIMPLIFIED = [
    ["位号", "数量", "参数", "品牌", "型号", "备注"],
    ["C1,C2", "2", "0.1μF/50V±10%", "风华高科", "0402B104K160NT", "贴片电容"],
    ["U1", "1", "", "兆易创新", "GD32F103C8T6", "单片机，不贴"],
]
TRADITIONAL = [
    ["位號", "數量", "規格", "廠牌", "廠商料號", "備註"],
    ["C1,C2", "2", "0.1μF", "國巨", "CC0402KRX7R7BB104", "積層陶瓷電容"],
    ["U1", "1", "", "聯發科技", "MT7688AN", "處理器"],
]
JAPANESE = [
    ["回路記号", "員数", "定数", "メーカー", "メーカー型番", "備考"],
    ["C1,C2", "2", "0.1μF", "村田製作所", "GRM155R71C104KA88D", "積層セラミックコンデンサ"],
    ["U1", "1", "", "ルネサス", "R7FA2A1AB3CFM", "マイコン"],
]
BOARDS = {"GB18030": SIMPLIFIED, "Big5": TRADITIONAL, "Shift-JIS": JAPANESE}
CODECS = {"GB18030": "gb18030", "Big5": "cp950", "Shift-JIS": "cp932", "Windows-1252": "cp1252"}
SHORT = [
    ("GB18030", "数量,型号\n"),
    ("GB18030", "Ref,MPN,Value\nC1,X,10μF\n"),
    ("GB18030", "Ref,MPN,Value\nR1,X,10kΩ\n"),
    ("GB18030", "Ref,MPN,Maker\nC1,X,风华\n"),
    ("GB18030", "Ref,MPN,Note\nC1,X,不贴\n"),
    ("Big5", "數量,型號\n"),
    ("Big5", "Ref,MPN,Value\nC1,X,10μF\n"),
    ("Big5", "Ref,MPN,Value\nR1,X,10kΩ ±5%\n"),
    ("Big5", "Ref,MPN,Maker\nC1,X,國巨\n"),
    ("Big5", "Ref,MPN,Maker\nC1,X,台灣積體\n"),
    ("Shift-JIS", "数量,型番\n"),
    ("Shift-JIS", "Ref,MPN,Value\nC1,X,10μF\n"),
    ("Shift-JIS", "Ref,MPN,Value\nR1,X,10kΩ\n"),
    ("Shift-JIS", "Ref,MPN,Maker\nC1,X,村田\n"),
    ("Shift-JIS", "ﾘﾌｧﾚﾝｽ,型番,数量\nC1,ﾁｯﾌﾟ抵抗,2\n"),
    ("Windows-1252", "Ref,MPN,Value\nC1,X,10µF 50°C\n"),
    ("Windows-1252", "Ref,MPN,Maker\nC1,X,Würth\n"),
    ("Windows-1252", "Stückzahl,Größe\n"),
    ("Windows-1252", "Référence,Quantité,Désignation\n"),
    ("Windows-1252", "Ärger,Öl ±5% Würth\n"),
    ("Windows-1252", "Maker\nKöhler – “best”\n"),
]


@pytest.mark.parametrize("label", BOARDS)
def test_boards_of_each_encoding(write_csv: Writer, label: str) -> None:
    rows = BOARDS[label]
    bom = read_bom(write_csv(rows, encoding=CODECS[label]))
    assert [w.params["encoding"] for w in bom.warnings if w.key == "read.encoding"] == [label]
    assert bom.lines["maker"].to_pylist() == [rows[1][3], rows[2][3]]
    assert bom.lines["mpn"].to_pylist() == [rows[1][4], rows[2][4]]
    assert bom.lines["value"].to_pylist() == [rows[1][2], None]


@pytest.mark.parametrize("label, text", SHORT)
def test_short_texts(label: str, text: str) -> None:
    assert decode(text.encode(CODECS[label]), "x") == (text, label)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_mark_that_is_mostly_chinese(write_csv: Writer, codec: str) -> None:
    rows = [["位号", "数量", "型号", "描述"], ["C1", "1", "GD32F103", "电容" * 200]]
    bom = read_bom(write_csv(rows, encoding=codec))
    assert bom.lines["description"].to_pylist() == ["电容" * 200]
    assert not any(w.key == "read.encoding" for w in bom.warnings)


def test_nul_bytes_do_not_make_text_utf_16() -> None:
    for raw in (b"Ref,MPN\nU1,NE\x00555\n", b"Ref,MPN\n\x00\x00\n", b"a\x00b\x00"):
        with pytest.raises(BomError) as caught:
            decode(raw, "x")
        assert caught.value.key == "read.not_text"


@pytest.mark.parametrize("text", ["0.1μF", "25°C", "±10%", "10kΩ", "Würth", "2×4", "5–6", "数量"])
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "gbk"])
def test_utf_8_decoded_as_something_else_is_put_right(text: str, wrong: str) -> None:
    try:
        twice = text.encode().decode(wrong)
    except UnicodeDecodeError:
        return  # what was lost cannot come back
    if wrong == "gbk" and text in {"Würth", "5–6"}:
        return  # neither is written where GBK is read
    assert mend(twice) == (text, 1)


@pytest.mark.parametrize(
    "text, right",
    [
        ("ÊýÁ¿,ÐÍºÅ", "数量,型号"),
        ("锘縍eference,MPN", "Reference,MPN"),
        ("ï»¿Reference", "Reference"),
        ("10惟", "10Ω"),
        ("卤5%", "±5%"),
        ("â„¢", "™"),
    ],
)
def test_other_twins(text: str, right: str) -> None:
    assert mend(text)[0] == right


@pytest.mark.parametrize(
    "text", ["Würth", "é", "äöü", "渭河", "Ø±0.1", "2.2µF", "25°C ±5%", "A – B™", "10µH×2"]
)
def test_text_that_is_right_stays(text: str) -> None:
    assert mend(text) == (text, 0)


@pytest.mark.parametrize("label", BOARDS)
def test_whole_boards_that_are_right_stay(label: str) -> None:
    text = "\n".join(",".join(row) for row in BOARDS[label])
    assert mend(text) == (text, 0)


@given(st.text(alphabet="数量型号位厂家品牌电容阻感芯片贴封装备注", max_size=8))
def test_common_characters_are_never_mended_away(text: str) -> None:
    assert mend(text) == (text, 0)


def test_a_board_decoded_twice_is_read_with_a_warning(
    write_csv: Writer, write_xlsx: Writer
) -> None:
    rows = [["Ref", "Qty", "MPN", "Value"], ["C1", "1", "GRM188", "0.1μF ±10%"]]
    twice = [[cell.encode().decode("cp1252") for cell in row] for row in rows]
    for write in (write_csv, write_xlsx):
        bom = read_bom(write(twice))
        assert bom.lines["value"].to_pylist() == ["0.1μF ±10%"]
        said = [w for w in bom.warnings if w.key == "read.decoded_twice"]
        assert [w.params for w in said] == [{"count": 2}]


def test_chinese_headers_decoded_twice_are_found(write_csv: Writer) -> None:
    bom = read_bom(write_csv("浣嶅彿,鏁伴噺,鍨嬪彿\nU1,2,GD32F103C8T6\n"))
    assert [c.meaning for c in bom.columns] == ["reference", "quantity", "mpn"]
