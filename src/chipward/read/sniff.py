"""Which structured format a file holds, by its first bytes more than by its ending."""

from __future__ import annotations

import re

from chipward.errors import BomError, Where

HTML_ENDINGS = (".html", ".htm")
STRUCTURED_ENDINGS = (*HTML_ENDINGS, ".kicad_sch", ".sch", ".xml", ".json")

_HEAD = 2000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(r"\s*<(?:[?!]|[A-Za-z_])")
_SURELY_XML = re.compile(r"\s*<(?:\?xml|(?:export|eagle|bom)[\s>])")
_JSON = re.compile(r'\s*(?:\{\s*"|\[\s*\{)')
_OLD_EAGLE = (b"\x10\x80", b"\x10\x00")


def sniff(raw: bytes, ending: str, where: Where) -> str:
    """The structured format of a file (``ibom json kicad_sch xml``), or nothing.

    Raises `BomError` for the older formats of the same programs, which are not read.
    """
    if raw.startswith(_OLD_EAGLE) and ending == ".sch":
        raise BomError("read.old_eagle", where=where, hint="read.hint_eagle")
    head = _head(raw)
    if head.startswith("EESchema Schematic File"):
        raise BomError("read.old_kicad", where=where, hint="read.hint_kicad")
    if re.match(r"\s*\(kicad_sch\b", head):
        return "kicad_sch"
    if _HTML.match(head):
        return "ibom" if ending in HTML_ENDINGS or b"pcbdata" in raw else ""
    if (_XML if ending in STRUCTURED_ENDINGS else _SURELY_XML).match(head):
        return "xml"
    named = ending == ".json" and head.lstrip().startswith(("{", "["))
    return "json" if named or _JSON.match(head) else ""


def _head(raw: bytes) -> str:
    if raw.startswith(_UTF16):
        return raw[:_HEAD].decode("utf-16", "replace")
    return raw[:_HEAD].decode("utf-8-sig", "replace")
