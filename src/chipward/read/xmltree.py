"""XML as a small tree, without anything a document could declare: no entities, no own DTD."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.parsers.expat import errors

from chipward.errors import BomError, Where

MOST_ELEMENTS = 1_000_000
DEEPEST = 200

_CUT_OFF = frozenset(
    errors.codes[text]
    for text in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_SEPARATOR = " "


@dataclass(slots=True)
class Element:
    """One element: its namespace, local name, attributes, children and text."""

    namespace: str
    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list["Element"])
    text: str = ""

    def all(self, *path: str) -> Iterator[Element]:
        """Every element that the path of local names leads to.

        >>> inner = Element("", "b", {})
        >>> list(Element("", "a", {}, [inner]).all("b")) == [inner]
        True
        """
        first, *rest = path
        for child in self.children:
            if child.tag == first:
                if rest:
                    yield from child.all(*rest)
                else:
                    yield child

    def get(self, attribute: str) -> str:
        """An attribute, or nothing."""
        return self.attributes.get(attribute, "")

    def said(self, *path: str) -> str:
        """The text of the first element at the path, or nothing."""
        found = next(self.all(*path), None)
        return found.text.strip() if found is not None else ""


class _Builder:
    """Takes what expat finds and keeps it as a tree."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        self.top = Element("", "", {})
        self.stack = [self.top]
        self.texts: list[list[str]] = [[]]
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.refuse
        self.parser.SkippedEntityHandler = self.refuse
        self.parser.ExternalEntityRefHandler = self.refuse

    def where(self) -> Where:
        return Where(self.name, self.parser.CurrentLineNumber)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise BomError("read.too_much", where=Where(self.name))
        if len(self.stack) > DEEPEST:
            raise BomError("read.too_deep", where=self.where())
        namespace, _, local = tag.rpartition(_SEPARATOR)
        new = Element(namespace, local, attributes)
        self.stack[-1].children.append(new)
        self.stack.append(new)
        self.texts.append([])

    def end(self, _tag: str) -> None:
        self.stack.pop().text = "".join(self.texts.pop())

    def data(self, text: str) -> None:
        self.texts[-1].append(text)

    def doctype(
        self, _name: str, _system: str | None, _public: str | None, has_internal_subset: object
    ) -> None:
        """A DTD inside the file is refused; one that is only named is never fetched."""
        if has_internal_subset:
            self.refuse()

    def refuse(self, *_: object) -> int:
        raise BomError("read.xml_declares", where=self.where())


def parse(raw: bytes, name: str) -> Element:
    """The root element of a document.

    Raises `BomError` for a document that is damaged, cut off, declares anything, is nested too
    deeply or holds too much.
    """
    builder = _Builder(name)
    try:
        builder.parser.Parse(raw, True)
    except expat.ExpatError as error:
        key = "read.cut_off" if error.code in _CUT_OFF else "read.broken_xml"
        raise BomError(key, where=Where(name, error.lineno)) from error
    except (LookupError, ValueError) as error:
        raise BomError("read.xml_encoding", where=Where(name)) from error
    return builder.top.children[0]
