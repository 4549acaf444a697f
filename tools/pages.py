"""Write the generated pages: the facts, the coverage, and the sources in ``NOTICE``.

Run by ``make docs``; tests/docs/test_pages.py fails while a page differs from what this makes.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipward.law.load import load_laws, read_yaml
from chipward.resources import data_dir
from chipward.sources import source_id
from chipward.tables import column_types, load
from chipward.textcsv import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chipward.law.model import Provision, Version

ROOT = Path(__file__).resolve().parent.parent
MADE = "<!-- made by tools/pages.py: change the data, then run `make docs` -->"
STANDINGS = ("uncited", "verify")
FACTS_INTRO = """\
Every column the law can ask about, from `data/facts.csv`. An empty cell is *unknown*, never *no*.
*Asked* says whether a missing fact becomes a question, and how often: once a review, or once a
line. The shipment columns of [`determine`](guide/determine.md) are the facts given by the user."""
COVERAGE_INTRO = """\
*No finding under the modelled rules* means exactly the rules and data of this page. What stands
under *Not modelled* was not looked at, whatever a report says of the rest."""
OPEN_INTRO = """\
`uncited`: known, and not read anywhere here. `verify`: read second-hand, or seen to differ between
readings. Both count against us until somebody reads the text. Tables below `read/` and `policy/`
hold words and rules of our own, which no text could back."""
STATUS = {"modelled": "Modelled", "partial": "Modelled in part", "not_modelled": "Not modelled"}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""A Markdown table.

    >>> print(table(["a"], [["x|y"]]))
    | a |
    |---|
    | x\|y |
    """
    lines = [head, ["---"] * len(head), *rows]
    cells = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    out = ["| " + " | ".join(line) + " |" for line in cells]
    out[1] = out[1].replace(" ", "")
    return "\n".join(out)


def facts_page() -> str:
    """The fact dictionary, from ``data/facts.csv``."""
    rows = read_rows(data_dir() / "facts.csv")
    parts = [
        MADE,
        "# Facts",
        FACTS_INTRO,
    ]
    for title, mine in (
        ("Given by the user", [row for row in rows if row["given_by"] == "user"]),
        ("Given by a lane", [row for row in rows if row["given_by"] == "lane"]),
        ("Computed", [row for row in rows if row["given_by"] not in {"user", "lane"}]),
    ):
        parts.append(f"## {title}")
        parts.append(
            table(
                ["fact", "type", "unit", "asked", "values", "meaning"],
                [
                    [
                        f"`{row['name']}`",
                        row["type"],
                        row["unit"],
                        row["ask"],
                        ", ".join(f"`{v}`" for v in row["vocabulary"].split(";") if v),
                        row["description"],
                    ]
                    for row in mine
                ],
            )
        )
    return "\n\n".join(parts) + "\n"


def _open_count(cells: Iterable[str]) -> list[int]:
    counts = Counter(map(source_id, cells))
    return [counts[word] for word in STANDINGS]


def _table_rows() -> list[list[object]]:
    out: list[list[object]] = []
    for name, types in sorted(column_types().items()):
        if "source" in types:
            cells = [cell or "" for cell in load(name)["source"].to_pylist()]
            out.append([f"`{name}`", len(cells), *_open_count(cells)])
    return out


def _days(version: Version) -> str:
    start = version.interval.start.isoformat() if version.interval.start else ""
    until = version.interval.until.isoformat() if version.interval.until else ""
    return f"{start} to {until or 'open'}"


def _law_rows(provisions: Iterable[Provision]) -> list[list[object]]:
    return [
        [
            f"`{provision.id}`",
            provision.title,
            provision.kind,
            version.status.replace("_", " "),
            _days(version),
            ", ".join(part for part in (version.cite.instrument, version.cite.section) if part),
            source_id(version.cite.via),
        ]
        for provision in provisions
        for version in reversed(provision.versions)
    ]


def _areas() -> list[str]:
    areas: Any = read_yaml(data_dir() / "coverage.yaml")
    parts: list[str] = []
    for status, title in STATUS.items():
        rows = [
            [a["lens"], a["regime"], a["area"], a["what_en"]]
            for a in areas
            if a["status"] == status
        ]
        parts += [f"## {title}", table(["lens or room", "regime", "area", "what"], rows)]
    return parts


def coverage_page() -> str:
    """What is modelled and what is not, and how much of the data was read at its source."""
    laws = load_laws()
    rows = _table_rows()
    versions = [version for provision in laws.provisions for version in provision.versions]
    cited = _open_count(version.cite.via for version in versions)
    parts = [
        MADE,
        "# Coverage",
        COVERAGE_INTRO,
        *_areas(),
        "## How far the law was read",
        table(
            ["regime", "name", "read up to", "what was read", "first day covered"],
            [
                [j.regime, j.name, j.verified_to, j.verified_what, j.first_day]
                for j in laws.jurisdictions
            ],
        ),
        "## Encoded law",
        (
            f"{len(laws.provisions)} provisions in {len(versions)} versions, of which {cited[0]} "
            f"are uncited and {cited[1]} stand to be verified. *read in* names the source of "
            "`data/sources.yaml` the text was read in."
        ),
        table(
            ["provision", "title", "kind", "status", "days", "cited as", "read in"],
            _law_rows(laws.provisions),
        ),
        "## Rows without a source that was read",
        OPEN_INTRO,
        table(["table", "rows", "uncited", "verify"], rows),
        (
            f"All tables: {sum(int(str(row[1])) for row in rows)} rows, "
            f"{sum(int(str(row[2])) for row in rows)} uncited, "
            f"{sum(int(str(row[3])) for row in rows)} to verify."
        ),
    ]
    return "\n\n".join(parts) + "\n"


def notice() -> str:
    """NOTICE: who holds the rights, and the attribution of every source."""
    sources: Any = read_yaml(data_dir() / "sources.yaml")
    lines = [
        "chipward",
        "Copyright the chipward contributors",
        "",
        "Code: Apache License 2.0 (LICENSE). Fact base and examples: CC BY 4.0 (LICENSE-DATA).",
        "Outlines of countries: world-atlas, ISC license, Copyright 2013-2019 Michael Bostock",
        "(data/geo/LICENSE-world-atlas.txt).",
        "",
        "The fact base was encoded by its contributors from the sources below; it holds facts and",
        "no copy of a publication. Each row names its source; the terms of each stand in",
        "data/sources.yaml. (This list is made by tools/pages.py.)",
        "",
    ]
    lines += [f"- {one['attribution'] or one['title']}" for _, one in sorted(sources.items())]
    return "\n".join(lines) + "\n"


PAGES = {"docs/facts.md": facts_page, "docs/coverage.md": coverage_page, "NOTICE": notice}


def main() -> None:
    """Write all pages."""
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
