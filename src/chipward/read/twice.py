"""Text that was decoded twice: ``Î¼F`` for μF, ``鏁伴噺`` for 数量, and back."""

from __future__ import annotations

import re
from functools import lru_cache

from chipward.read.encoding import is_common

_RUN = re.compile(r"[^\x00-\x7f]+")
# Windows-1252 or Latin-1: the control characters of the latter stand for their bytes.
_WESTERN = {chr(b): b for b in range(0x80, 0x100)} | {
    bytes([b]).decode("cp1252", "replace"): b for b in range(0x80, 0xA0)
}
_SIGNS = frozenset("μµΩ°±×²³·®™–—‘’“”…Φφ≤≥℃\u00a0\ufeff")
_LETTERS = frozenset("äöüÄÖÜßàâçéèêëîïôùûñóáíúåæøÅÆØÉ")
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e、。「」　ぁ-んァ-ヶー]")
_BEFORE_SIGN, _AFTER_SIGN = re.compile("[0-9kKMR]"), re.compile("[0-9FHAVWC]")
_LEAST_CHINESE = 2


def mend(text: str) -> tuple[str, int]:
    """A text with what was decoded twice put right, and in how many places.

    A run of characters is put right only if its bytes are valid text that holds nothing but
    common signs, letters and characters, which accidental bytes are not.

    >>> mend("2.2Î¼F Â±10%"), mend("鏁伴噺,MPN"), mend("Würth")
    (('2.2μF ±10%', 2), ('数量,MPN', 1), ('Würth', 0))
    """
    if text.isascii():
        return text, 0
    places = 0

    def put_right(found: re.Match[str]) -> str:
        nonlocal places
        run = found[0]
        mended = _mended(run)
        if mended is None and len(run) == 1 and run >= "\u4e00":
            mended = _lone_sign(run, text, found.span())
        if mended is None:
            return run
        places += 1
        return mended

    return _RUN.sub(put_right, text), places


@lru_cache(maxsize=16384)
def _mended(run: str) -> str | None:
    """What a run was before, or None if it is as it should be."""
    western = [_WESTERN.get(char) for char in run]
    if None not in western:
        raw = bytes(code for code in western if code is not None)
        said = _read(raw, "utf-8")
        if said is not None and said != run and all(map(_is_usual, said)):
            return said.replace("\ufeff", "")
        said = _read(raw, "gb18030")
        usual = said is not None and len(said) >= _LEAST_CHINESE and all(map(is_common, said))
        return said if usual else None
    try:
        raw = run.encode("gb18030")
    except UnicodeEncodeError:
        return None
    said = _read(raw, "utf-8")
    # A letter may have been swallowed as the second half of a character; more is no accident.
    usual = said is not None and all(_is_east(c) or (c.isascii() and c.isalnum()) for c in said)
    return said.replace("\ufeff", "") if said and usual and not said.isascii() else None


def _lone_sign(run: str, text: str, span: tuple[int, int]) -> str | None:
    """The sign that one Chinese character was, if it stands between figures and units."""
    before, after = text[max(0, span[0] - 1) : span[0]], text[span[1] : span[1] + 1]
    if not (_BEFORE_SIGN.match(before) or _AFTER_SIGN.match(after)):
        return None
    said = _read(run.encode("gb18030", "ignore"), "utf-8")
    return said if said is not None and said in _SIGNS else None


def _read(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_east(char: str) -> bool:
    return char == "\ufeff" or is_common(char) or _FULL_WIDTH.match(char) is not None


def _is_usual(char: str) -> bool:
    return char in _SIGNS or char in _LETTERS or _is_east(char)
