"""Every format of the fixture's review, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from chipward.catalogue import LANGUAGES
from chipward.report import as_chain, render
from chipward.review import Review

Golden = Callable[[str, bytes], None]


def short(page: bytes) -> bytes:
    """A page without outlines, styles and script, which have files of their own."""
    page = re.sub(rb' d="M[^"]{60,}"', b' d="..."', page)
    page = re.sub(rb"<style>.*?</style>", b"<style>...</style>", page, flags=re.DOTALL)
    page = re.sub(rb"sha256-[^']+", b"sha256-...", page)
    return re.sub(rb"<script>.*?</script>", b"<script>...</script>", page, flags=re.DOTALL)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_formats(board: Review, golden: Golden, form: str) -> None:
    golden(f"review.{form}", render(board, form))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text(board: Review, golden: Golden, lang: str) -> None:
    golden(f"review.{lang}.txt", render(board, "table", lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page(board: Review, golden: Golden, lang: str) -> None:
    golden(f"review.{lang}.html", short(render(board, "html", lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_explanation(board: Review, golden: Golden, lang: str) -> None:
    chains = [as_chain.render(vars_of(board), finding.id, lang) for finding in board.findings]
    golden(f"explain.{lang}.txt", b"\n".join(chains))


def vars_of(board: Review) -> dict[str, object]:
    return board.as_dict()


@pytest.mark.parametrize("form", ["json", "csv", "table", "html", "xlsx"])
def test_the_same_review_gives_the_same_bytes(board: Review, plain: dict, form: str) -> None:
    assert render(board, form) == render(board, form)
    assert render(plain, form) == render(board, form), "a review read back reports the same"
