"""InteractiveHtmlBom pages, and LZString against a packer written here after its algorithm."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipward.errors import BomError
from chipward.read import Bom, read_bom
from chipward.read.lzstring import LZStringError, unpack

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
WIDE = 256


class Packer:
    """Codes of growing width: 0 and 1 introduce a new character of 8 or 16 bits, 2 ends."""

    def __init__(self) -> None:
        self.bits: list[int] = []
        self.codes: dict[str, int] = {}
        self.fresh: set[str] = set()
        self.width, self.room, self.next = 2, 2, 3

    def put(self, number: int, width: int) -> None:
        self.bits += [number >> place & 1 for place in range(width)]

    def spend(self) -> None:
        self.room -= 1
        if self.room == 0:
            self.room, self.width = 1 << self.width, self.width + 1

    def emit(self, word: str) -> None:
        if word in self.fresh:
            wide = ord(word) >= WIDE
            self.put(int(wide), self.width)
            self.put(ord(word), 16 if wide else 8)
            self.spend()
            self.fresh.remove(word)
        else:
            self.put(self.codes[word], self.width)
        self.spend()

    def pack(self, units: str) -> str:
        word = ""
        for char in units:
            if char not in self.codes:
                self.codes[char] = self.next
                self.next += 1
                self.fresh.add(char)
            if word + char in self.codes:
                word += char
                continue
            self.emit(word)
            self.codes[word + char] = self.next
            self.next += 1
            word = char
        if word:
            self.emit(word)
        self.put(2, self.width)
        self.bits += [0] * (-len(self.bits) % 6 or 6)
        sixes = [self.bits[at : at + 6] for at in range(0, len(self.bits), 6)]
        text = "".join(ALPHABET[int("".join(map(str, six)), 2)] for six in sixes)
        return text + "=" * (-len(text) % 4)


def packed(text: str) -> str:
    raw = text.encode("utf-16-le")
    units = "".join(chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2))
    return Packer().pack(units)


def test_the_packer_here_agrees_with_the_published_one() -> None:
    """`hello` as LZString itself packs it."""
    assert packed("hello").rstrip("=") == "BYUwNmD2Q"


TEXTS = st.text() | st.text("ab", max_size=400) | st.text('{"ref": 1},µ', max_size=200)


@given(TEXTS)
def test_what_was_packed_comes_back(text: str) -> None:
    assert unpack(packed(text), 1_000) == text


@given(st.text(alphabet=ALPHABET + "=", max_size=200))
def test_any_text_unpacks_or_is_refused(text: str) -> None:
    with suppress(LZStringError):
        assert len(unpack(text, 500)) <= 500


@given(st.text(alphabet="abc", min_size=20, max_size=60), st.integers(0, 8))
def test_a_cut_text_never_comes_back_whole(text: str, length: int) -> None:
    with suppress(LZStringError):
        assert len(unpack(packed(text)[:length], 500)) < len(text)


def test_a_text_that_unpacks_to_too_much_is_refused() -> None:
    bomb = packed("a" * 100_000)
    assert len(bomb) < 2_000
    with pytest.raises(LZStringError):
        unpack(bomb, 50_000)
    assert unpack(bomb, 100_000) == "a" * 100_000


def test_a_foreign_character_is_refused() -> None:
    with pytest.raises(LZStringError):
        unpack("BYUw NmD2Q===", 100)


OLD = {
    "bom": {
        "both": [
            [2, "100n", "C_0402", [["C1", 0], ["C2", 1]], ["Murata"]],
            [1, "NE555P", "DIP-8", [["U1", 2]], ["TI"]],
        ],
        "skipped": [3],
    },
    "modules": [{"ref": "C1"}, {"ref": "C2"}, {"ref": "U1"}, {"ref": "R9"}],
}
NEW = {
    "bom": {
        "both": [[["C1", 0], ["C2", 1]], [["U1", 2]]],
        "skipped": [3],
        "fields": {
            "0": ["100n", "C_0402", "Murata"],
            "1": ["100n", "C_0402", "Murata"],
            "2": ["NE555P", "DIP-8", "TI"],
        },
    },
    "footprints": OLD["modules"],
}
PAGE = """<!DOCTYPE html>
<html><head><script>
// pcbdata = whatever a comment says
var config = {config}
///////
var pcbdata = {data}
</script></head></html>
"""


def page(folder: Path, data: object, *, pack: bool, config: dict[str, Any]) -> Path:
    said = json.dumps(data)
    if pack:
        said = f'JSON.parse(LZString.decompressFromBase64("{packed(said)}"))'
    path = folder / "ibom.html"
    text = PAGE.replace("{config}", json.dumps(config)).replace("{data}", said)
    path.write_text(text, encoding="utf-8")
    return path


def short(bom: Bom) -> list[tuple[object, ...]]:
    keys = ("refs", "quantity", "value", "footprint", "maker", "fitted")
    return [tuple(line[key] for key in keys) for line in bom.lines.to_pylist()]


LINES = [
    (["C1", "C2"], 2.0, "100n", "C_0402", "Murata", True),
    (["U1"], 1.0, "NE555P", "DIP-8", "TI", True),
    (["R9"], 1.0, None, None, None, False),
]


@pytest.mark.parametrize("pack", [False, True])
@pytest.mark.parametrize(
    "data,config",
    [
        (OLD, {"extra_fields": ["Manufacturer"]}),
        (NEW, {"fields": ["Value", "Footprint", "Manufacturer"]}),
        (NEW, {"fields": ["References", "Value", "Footprint", "Manufacturer", "Quantity"]}),
    ],
)
def test_both_forms_plain_and_packed(
    tmp_path: Path, data: object, config: dict[str, Any], *, pack: bool
) -> None:
    bom = read_bom(page(tmp_path, data, pack=pack, config=config))
    assert (bom.format, bom.header_row) == ("ibom", 1)
    assert short(bom) == LINES
    assert ("read.flagged", {"count": 1, "mark": "skipped"}) in [
        (w.key, w.params) for w in bom.warnings
    ]


def test_a_page_named_csv_is_known_by_its_content(tmp_path: Path) -> None:
    path = page(tmp_path, OLD, pack=True, config={"extra_fields": ["Manufacturer"]})
    assert short(read_bom(path.rename(tmp_path / "ibom.csv"))) == LINES


@pytest.mark.parametrize(
    "data,key",
    [
        ('{"bom": {"both": [[', "read.cut_off"),
        ('JSON.parse(LZString.decompressFromBase64("N4Ig', "read.cut_off"),
        ('JSON.parse(LZString.decompressFromBase64("N4Ig!!"))', "read.broken_ibom"),
        ('{"bom": 3}', "read.broken_ibom"),
        ('{"bom": {"both": [7]}}', "read.broken_ibom"),
        ('{"bom": {"both": [], "skipped": [5]}, "footprints": []}', "read.broken_ibom"),
        ('{"bom": {"both": []}}', "read.no_lines"),
        ('{"bom": {"both": {]}}', "read.broken_json"),
        ("loadElsewhere()", "read.no_ibom"),
        ('{"a": ' + "[" * 200_000, "read.too_deep"),
    ],
)
def test_damaged_pages(tmp_path: Path, data: str, key: str) -> None:
    path = tmp_path / "ibom.html"
    path.write_text(f"<!DOCTYPE html><html><script>var pcbdata = {data}", encoding="utf-8")
    with pytest.raises(BomError) as caught:
        read_bom(path)
    assert caught.value.key == key
