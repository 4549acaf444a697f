"""Fixed-width text: columns between blank gutters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chipward.errors import BomError
from chipward.read import read_bom
from chipward.read.fixed import fixed_cells

Writer = Callable[..., Path]
BOARD = """\
Board rev 3, exported for the assembler

Qty  Designator          Part Number    Value
---  ------------------  -------------  ------
 12  C1, C2, C5-C14      GRM155R71C104  100n
  1  U1                  STM32F405RGT6
  2  R1, R2              RC0402FR-0710  10k 1%
"""


def test_columns_preamble_rules_and_lists(write_csv: Writer) -> None:
    bom = read_bom(write_csv(BOARD, name="bom.txt"))
    assert (bom.header_row, bom.format) == (3, "csv")
    assert bom.lines["mpn"].to_pylist() == ["GRM155R71C104", "STM32F405RGT6", "RC0402FR-0710"]
    assert bom.lines["quantity"].to_pylist() == [12.0, 1.0, 2.0]
    assert [len(refs) for refs in bom.lines["refs"].to_pylist()] == [12, 1, 2]
    assert bom.lines["value"].to_pylist() == ["100n", None, "10k 1%"]
    assert bom.lines["row"].to_pylist() == [5, 6, 7]


def test_a_blank_aligned_in_a_list_is_no_gutter() -> None:
    text = "Qty  Designator  Value\n2    C1, C34     1n NP0\n2    C2, C35     1u X5R\n"
    assert fixed_cells(text)[1:] == [["2", "C1, C34", "1n NP0"], ["2", "C2, C35", "1u X5R"]]


def test_gutters_of_one_blank_need_a_header_and_cells() -> None:
    assert fixed_cells("Ref Value\nC1  1n/50V\nR1  CTS 8M\n") == [
        ["Ref", "Value"], ["C1", "1n/50V"], ["R1", "CTS 8M"],
    ]  # fmt: skip


def test_wide_characters_take_two_places() -> None:
    text = "位号  数量  型号\nU1    1     GD32F103C8T6\nU2    2     CH340G\n"
    assert fixed_cells(text)[0] == ["位号", "数量", "型号"]
    assert fixed_cells(text)[2] == ["U2", "2", "CH340G"]


def test_a_note_below_the_table_stays_whole(write_csv: Writer) -> None:
    note = "All parts are to be bought from the makers named in the drawing."
    bom = read_bom(write_csv(f"{BOARD}\n{note}\n", name="bom.txt"))
    assert bom.lines.num_rows == 3
    assert fixed_cells(f"{BOARD}\n{note}\n")[-1] == [note]


def test_text_without_a_header_is_not_cut() -> None:
    assert fixed_cells("dear sir,\nplease find   the list\n") == []
    assert fixed_cells("") == []


def test_a_delimiter_with_a_header_wins(write_csv: Writer) -> None:
    bom = read_bom(write_csv("Ref;  Qty;  MPN\nU1 ;  1  ;  NE555P\n", name="bom.txt"))
    assert bom.lines["mpn"].to_pylist() == ["NE555P"]


@pytest.mark.parametrize(
    "name, lines, first",
    [
        ("trezor__trezor-hardware__bom.txt", 106, ["C1"]),
        ("trezor__trezor-hardware__trezor_safe_3_bom.txt", 29, ["C1", "C34"]),
    ],
)
def test_published_fixed_width_lists(shared: Path, name: str, lines: int, first: list[str]) -> None:
    bom = read_bom(shared / "published" / "boms" / "files" / name)
    assert (bom.header_row, bom.lines.num_rows) == (1, lines)
    assert bom.lines["refs"].to_pylist()[0] == first
    assert [w.key for w in bom.warnings] == ["read.no_mpn_column"]


def test_a_list_without_header_says_how_to_name_columns(write_csv: Writer) -> None:
    with pytest.raises(BomError) as caught:
        read_bom(write_csv("150060GS75000|3|D1 D2 D3\n150060RS75000|1|D5\n", name="bom.txt"))
    assert (caught.value.key, caught.value.hint) == ("read.no_header", "read.hint_map_number")
