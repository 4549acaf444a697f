"""LZString's base64 form, which InteractiveHtmlBom packs its board into: unpacking only."""

from __future__ import annotations

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_SIX_BITS = {ord(char): f"{value:06b}" for value, char in enumerate(_ALPHABET)}
_CHAR, _WIDE_CHAR, _END = 0, 1, 2
_LITERAL_BITS = {_CHAR: 8, _WIDE_CHAR: 16}


class LZStringError(ValueError):
    """The packed text is damaged, cut off or unpacks to more than was allowed."""


class _Bits:
    """Numbers of any width out of a text, six bits a character, lowest bit first."""

    def __init__(self, packed: str) -> None:
        text = packed.rstrip("=")
        self._bits = text.translate(_SIX_BITS)
        if len(self._bits) != 6 * len(text):
            raise LZStringError(packed[:1])
        self._at = 0

    def take(self, width: int) -> int:
        """The next number of ``width`` bits; raises `LZStringError` past the end."""
        taken = self._bits[self._at : self._at + width]
        if len(taken) < width:
            raise LZStringError
        self._at += width
        return int(taken[::-1], 2)


def unpack(packed: str, most: int) -> str:
    """What ``LZString.decompressFromBase64`` gives, of at most ``most`` characters.

    Raises `LZStringError` for text that is damaged, cut off or too long.

    >>> unpack("BYUwNmD2Q===", 100)
    'hello'
    """
    bits = _Bits(packed)
    kind = bits.take(2)
    if kind == _END:
        return ""
    if kind not in _LITERAL_BITS:
        raise LZStringError
    before = chr(bits.take(_LITERAL_BITS[kind]))
    known = ["", "", "", before]
    out, length, width, room = [before], 1, 3, 4
    while (code := bits.take(width)) != _END:
        if code in _LITERAL_BITS:
            known.append(chr(bits.take(_LITERAL_BITS[code])))
            code = len(known) - 1
            width, room = _wider(width, room)
        if code > len(known):
            raise LZStringError
        entry = known[code] if code < len(known) else before + before[0]
        out.append(entry)
        length += len(entry)
        if length > most:
            raise LZStringError
        known.append(before + entry[0])
        before = entry
        width, room = _wider(width, room)
    return _joined("".join(out))


def _wider(width: int, room: int) -> tuple[int, int]:
    """One more entry is known: codes widen by a bit when those of this width are used up."""
    return (width, room - 1) if room > 1 else (width + 1, 1 << width)


def _joined(text: str) -> str:
    """JavaScript's halves of characters joined to whole ones."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
