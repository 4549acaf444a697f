"""YAML in which every scalar is text, and every node knows its line.

``NO``, ``on``, ``734.10``, ``3E001`` and ``12:30`` come back as they stand in the file. Repeated
keys, anchors, tags and more than one document are refused, because each can hide what a reader of
the file believes to read.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from chipward.errors import LawSyntaxError, Where

_LARGEST = 1_000_000
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Text(str):
    """A scalar with the line it stands on."""

    __slots__ = ("line",)

    line: int


class Items(list[object]):
    """A sequence with the line it begins on."""

    __slots__ = ("line",)

    line: int


class Fields(dict[str, object]):
    """A mapping with the line it begins on."""

    __slots__ = ("line",)

    line: int


def line_of(node: object) -> int | None:
    """The 1-based line of a node of `read_yaml`; none for any other value."""
    return getattr(node, "line", None)


def _refuse(key: str, file: str, line: int | None, **params: object) -> LawSyntaxError:
    return LawSyntaxError(key, where=Where(file, line), hint="law.hint.yaml", **params)


def _build(node: yaml.Node, file: str) -> Text | Items | Fields:
    line = node.start_mark.line + 1
    out: Text | Items | Fields
    if isinstance(node, yaml.ScalarNode):
        out = Text(node.value)
    elif isinstance(node, yaml.SequenceNode):
        out = Items(_build(child, file) for child in node.value)
    elif isinstance(node, yaml.MappingNode):
        out = Fields()
        for key, value in node.value:
            name, at = _build(key, file), key.start_mark.line + 1
            if not isinstance(name, Text):
                raise _refuse("law.yaml_key", file, at)
            if name in out:
                raise _refuse("law.yaml_key_twice", file, at, what=name[:40])
            out[name] = _build(value, file)
    else:
        raise _refuse("law.yaml_broken", file, line, what="node")
    out.line = line
    return out


def _check_events(text: str, file: str) -> None:
    if not any(mark in text for mark in "&*!"):
        return
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.NodeEvent):
            has_tag = getattr(event, "tag", None) is not None
            if has_tag or event.anchor is not None:
                mark = event.start_mark
                raise _refuse("law.yaml_anchor", file, mark.line + 1 if mark else None)


def _one_line(problem: str | None) -> str:
    return " ".join((problem or "").split())[:120]


def read_yaml(path: Path, name: str = "") -> object:
    """Read one YAML file: mappings, sequences and text, nothing else.

    Args:
        path: the file.
        name: what to call it in an error; its file name if left out.

    Raises:
        LawSyntaxError: with file and line, for anything that is not one plain YAML document.
    """
    file = name or path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _refuse("law.yaml_unreadable", file, None) from error
    if not text.strip() or len(text) > _LARGEST:
        raise _refuse("law.yaml_empty", file, 1)
    try:
        _check_events(text, file)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        what = _one_line(error.problem)
        raise _refuse("law.yaml_broken", file, line, what=what) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _refuse("law.yaml_broken", file, None, what=_one_line(str(error))) from error
    if node is None:
        raise _refuse("law.yaml_empty", file, 1)
    return _build(node, file)
