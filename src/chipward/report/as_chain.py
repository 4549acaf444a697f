"""One finding in full: its provisions leaf by leaf and its figures number by number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chipward.errors import InputError
from chipward.report import as_json
from chipward.report.chain import LEAF, Node, refold, tree
from chipward.report.page import Page
from chipward.report.plain import ReviewDict, as_plain
from chipward.report.view import Found, View
from chipward.report.words import link

FORMAT = 1
_STEP = 2


def find(review: Mapping[str, Any], name: str) -> Found:
    """The finding of that id, or the only one whose id begins so.

    Raises:
        InputError: there is none, or several begin so.
    """
    findings = review["findings"]
    same = [finding for finding in findings if finding["id"] == name]
    found = same or [f for f in findings if name and f["id"].startswith(name)]
    if not found:
        raise InputError("explain.not_found", hint="explain.hint.ids", name=name[:40])
    if len(found) > 1:
        some = ", ".join(finding["id"] for finding in found[:5])
        raise InputError("explain.several", name=name[:40], count=len(found), some=some)
    return found[0]


def _line(review: Mapping[str, Any], finding: Found) -> Mapping[str, Any] | None:
    lines = (line for line in review["lines"] if line["line"] == finding["line"])
    return next(lines, None)


def as_json_bytes(review: Mapping[str, Any], name: str) -> bytes:
    """The finding, its line and the refolded verdicts as JSON.

    Raises:
        InputError: no such finding.
        InternalError: a provision does not fold to the verdict it is shown with.
    """
    plain = as_plain(review)
    finding = find(plain, name)
    content = {
        "format": FORMAT,
        "on": plain["on"],
        "line": _line(plain, finding),
        "finding": finding,
        "refolded": refold(finding),
    }
    return as_json.document(content)


def render(
    review: Mapping[str, Any],
    name: str,
    lang: str = "en",
    *,
    columns: int = 80,
    color: bool = False,
) -> bytes:
    """The chain of a finding as UTF-8 text.

    Raises:
        InputError: no such finding.
        InternalError: a provision does not fold to the verdict it is shown with.
    """
    plain: ReviewDict = as_plain(review)
    finding = find(plain, name)
    page = Page(View(plain, lang), columns, color=color)
    _head(page, finding)
    _answer(page, finding)
    for provision in finding["provisions"]:
        _provision(page, provision)
    _figures(page, finding["evidence"], page.words.say("report.figures"))
    page.blank()
    page.add(page.words.say("report.disclaimer"))
    return page.bytes()


def _head(page: Page, finding: Found) -> None:
    words, line = page.words, _line(page.view.review, finding)
    level = words.label("level", finding["level"])
    page.add(words.say("explain.head", id=finding["id"], level=level))
    page.add(page.view.title(finding))
    if line:
        parts = [line["mpn"] or words.say("report.no_mpn"), line["maker"], line["description"]]
        told = words.join(part for part in parts if part)
        page.add(words.pair(words.say("report.line", n=line["line"]), told))
    lens = words.label("report.lens", finding["lens"])
    lane = [words.label("report.lane", finding["lane"])] if finding["lane"] else []
    regime = [words.label("regime", finding["regime"])] if finding["regime"] else []
    day = words.say("explain.law_of", day=words.day(page.view.review["on"]))
    page.add(words.join([lens, *regime, *lane, day]))


def _answer(page: Page, finding: Found) -> None:
    words, view = page.words, page.view
    page.heading(words.say("explain.answer"))
    page.labelled("explain.outcome", view.answer(finding), 2)
    if finding["level_reason"]:
        page.labelled("report.why", words.maybe(finding["level_reason"]), 2)
    if finding["verify"]:
        page.labelled("report.verify", words.say("report.verify.long"), 2)
    for key, said in (
        ("report.exceptions", [*map(view.exception, finding["exceptions"])]),
        ("report.duties", [words.label("duty", duty) for duty in finding["duties"]]),
        ("report.missing", [words.label("fact", fact) for fact in finding["missing"]]),
    ):
        if said:
            page.labelled(key, words.join(said), 2)
    for change in view.changes(finding):
        page.labelled("report.change", change, 2)
    for key, listed in (
        ("report.note", words.messages(finding["notes"])),
        ("explain.assumed", words.messages(finding["assumptions"])),
        ("report.if", [view.cell(cell) for cell in finding["cells"]]),
        ("report.source", view.sources(finding)),
    ):
        for text in listed:
            page.labelled(key, text, 2)
    for name, value in finding["facts"].items():
        if name == "alternatives":
            continue
        page.labelled("explain.fact", words.pair(words.label("fact", name), words.seen(value)), 2)


def _provision(page: Page, provision: Mapping[str, Any]) -> None:
    words = page.words
    verdict = words.say(f"report.verdict.{provision['verdict']}")
    page.heading(words.pair(words.maybe(provision["title"]), verdict))
    kind, status = (words.say(f"report.{name}.{provision[name]}") for name in ("kind", "status"))
    version = words.say("report.version", n=provision["version"])
    page.add(words.join([provision["id"], version, kind, status]), "  ")
    page.add(words.cite(provision["citation"]), "  ")
    if link(provision["citation"]["url"]):
        page.add(provision["citation"]["url"], "  ")
    if provision["origin"] != "chipward":
        page.labelled("report.origin", words.say("report.yours"), 2)
    if provision["verify"]:
        page.labelled("report.verify", words.say("report.verify.long"), 2)
    if provision["defeated_by"]:
        page.add(words.say("report.defeated", by=", ".join(provision["defeated_by"])), "  ")
    if provision["note"]:
        page.labelled("report.note", words.maybe(provision["note"]), 2)
    node = tree(provision)
    if node:
        page.blank()
        _node(page, node, 2)
        page.add(words.say("explain.refolds", verdict=verdict), "  ")
    _figures(page, [item for item in provision["evidence"] if item["kind"] != LEAF], "")


def _node(page: Page, node: Node, indent: int) -> None:
    words = page.words
    if node.leaf is None:
        verdict = words.say(f"report.verdict.{node.verdict}")
        page.add(f"[{verdict}] {words.say(f'report.tree.{node.kind}')}", " " * indent)
        for part in node.parts:
            _node(page, part, indent + _STEP)
        return
    leaf = node.leaf
    verdict = words.say(f"report.verdict.{leaf['verdict']}")
    name = words.phrase(leaf["name"])
    if node.negated:
        name = words.aside(name, words.say("report.must_not"))
    page.add(f"[{verdict}] {name}", " " * indent, " " * (indent + _STEP))
    seen = words.say("explain.seen", leaf=leaf["leaf"], value=words.seen(leaf["observed"]))
    page.add(seen, " " * (indent + _STEP), " " * (indent + 2 * _STEP))
    if leaf["cite"]:
        page.add(leaf["cite"], " " * (indent + _STEP))


def _figures(page: Page, listed: list[Mapping[str, Any]], title: str) -> None:
    words = page.words
    if listed and title:
        page.heading(title)
    for item in listed:
        if item["kind"] == "number":
            told = words.pair(words.figure(item["name"]), words.number(item["value"], item["unit"]))
            page.add(words.join([told, item["year"]] if item["year"] else [told]), "  ", "    ")
            for terms in item["inputs"]:
                page.labelled("explain.from", words.cells(terms), 4)
        else:
            told = words.say("report.table_row", table=item["table"])
            page.add(words.pair(told, words.cells(item["row"])), "  ", "    ")
        if item["source"]:
            page.labelled("explain.source", item["source"], 4)
