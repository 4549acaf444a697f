"""Which encoding a text is in: every one that decodes it is scored by the characters it gives."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from chipward.errors import BomError, Where
from chipward.read.words import header_words

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# First the codec that reads most, then the old standard whose first level are the common
# characters of its language, and the lead bytes of that level.
_EAST_ASIAN = (
    ("gb18030", "GB18030", "gb2312", 0xB0, 0xD7),
    ("cp950", "Big5", "big5", 0xA4, 0xC6),
    ("cp932", "Shift-JIS", "shift_jis", 0x88, 0x97),
)
_KANA = re.compile(r"[ぁ-んァ-ヶー]")
_HALF_KANA = re.compile(r"[\uff65-\uff9f]")
_SIGNS = frozenset("μµΩ°±℃×Φ²³、。「」・\u3000√○●◎△□■※→≤≥①②③④")
_WESTERN = frozenset("äöüÄÖÜßàâçéèêëîïôùûñóáíúåæøÅÆØÉµ°±×²³·®©™–—‘’“”•…€£½¼\u00a0")
_IN_PLACE = re.compile(r"(?<=\d) ?(?:[μµ][FHAVWsm]|[kKM]?Ω|℃|°C)|±(?=\d)")
_TOUCHING = re.compile(r"[^\W\d_a-zA-Z]{2,}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SAMPLE = 200_000
_MOST_CONTROL = 0.01
_PRIVATE = range(0xE000, 0xF900)
_FULL_WIDTH = range(0xFF01, 0xFF5F)


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """The text of a file and, where it had to be guessed, the name of the encoding.

    UTF-8 and UTF-16 with their marks, UTF-16 without, UTF-8; else GB18030, Big5 or Shift-JIS if
    that gives more common characters than Windows-1252 does. Raises `BomError` if what comes out
    is no text.

    >>> decode("2.2µF".encode("cp1252"), "x.csv")
    ('2.2µF', 'Windows-1252')
    """
    text, guessed = _decoded(raw, name)
    control = len(_CONTROL.findall(text))
    if "\x00" in text or control > _MOST_CONTROL * len(text):
        raise BomError("read.not_text", where=Where(name), hint="read.hint_export")
    return text, guessed


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    marked = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)
    text = _try(raw, marked or "utf-8")
    if marked is None and b"\x00" in raw:
        text = _unmarked(raw) or text
    if text is not None:
        return text, ""
    best: tuple[float, str, str] | None = None
    if marked is None:
        for candidate in _candidates(raw):
            if best is None or candidate[0] > best[0]:
                best = candidate
    if best is None:
        raise BomError("read.not_text", where=Where(name), hint="read.hint_utf8")
    return best[1], best[2]


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked(raw: bytes) -> str | None:
    """The text of UTF-16 without its mark: no byte is left over and lines of ASCII cells show."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try(raw, encoding)
        if text is not None and "\n" in text and re.search(r"[,;\t|]", text):
            return text
    return None


def _candidates(raw: bytes) -> list[tuple[float, str, str]]:
    """Every reading with its score, Windows-1252 first: another must be better than it."""
    out: list[tuple[float, str, str]] = []
    text = _try(raw, "cp1252")
    if text is not None:
        out.append((_western(text[:_SAMPLE]), text, "Windows-1252"))
    for codec, label, level, low, high in _EAST_ASIAN:
        text = _try(raw, codec)
        if text is not None:
            out.append((_east_asian(text[:_SAMPLE], level, low, high), text, label))
    return out


def _western(text: str) -> float:
    """Share of signs and letters that Western lists hold; letters stand alone among others."""
    counts = Counter(text)
    high = sum(n for c, n in counts.items() if not c.isascii())
    common = sum(n for c, n in counts.items() if c in _WESTERN)
    touching = sum(len(run) for run in _TOUCHING.findall(text))
    return (max(0.0, common - touching) + _in_place(text)) / max(1, high)


def _east_asian(text: str, level: str, low: int, high: int) -> float:
    """Mean weight of the characters that are not ASCII: common ones count, odd ones do not."""
    counts = Counter(c for c in text if not c.isascii())
    total = sum(counts.values())
    weight = sum(n * _weight(c, level, low, high) for c, n in counts.items())
    return (weight + _in_place(text)) / max(1, total)


def _in_place(text: str) -> float:
    """What signs of units add that stand between a figure and its unit: no accident does that."""
    return 0.5 * len(_IN_PLACE.findall(text))


def _weight(char: str, level: str, low: int, high: int) -> float:
    if char in _header_characters():
        return 1.2
    if _KANA.match(char):
        return 1.2 if level == "shift_jis" else 0.3
    if _HALF_KANA.match(char):
        return 0.4
    if char in _SIGNS or ord(char) in _FULL_WIDTH:
        return 1.0
    if ord(char) in _PRIVATE:
        return -1.0
    return 1.0 if is_common(char, level, low, high) else 0.1


def is_common(char: str, level: str = "gb2312", low: int = 0xB0, high: int = 0xD7) -> bool:
    """Whether a character is in the first level of a standard: the common ones.

    >>> is_common("电"), is_common("鏁"), is_common("電", "big5", 0xA4, 0xC6)
    (True, False, True)
    """
    try:
        code = char.encode(level)
    except UnicodeEncodeError:
        return False
    return len(code) > 1 and low <= code[0] <= high


@cache
def _header_characters() -> frozenset[str]:
    """The Chinese and Japanese characters of the header words: what every list begins with."""
    return frozenset(c for word in header_words() for c in word if "\u2e80" <= c < "\ua000")
