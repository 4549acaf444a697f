"""Reports of a review: text, JSON, CSV, XLSX and one self-contained HTML page.

Each format is a module with ``render(review, ...) -> bytes``; nothing here decides anything, and
the same review always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chipward import atomic
from chipward.errors import InputError, Where
from chipward.review import Review

TABLE = "table"
FORMATS = (TABLE, "json", "csv", "html", "xlsx")
_ENDINGS = {".json": "json", ".csv": "csv", ".html": "html", ".htm": "html", ".xlsx": "xlsx"}


def format_of(path: Path) -> str:
    """The format a file name asks for; text for every other ending.

    >>> format_of(Path("board.html")), format_of(Path("board.txt"))
    ('html', 'table')
    """
    return _ENDINGS.get(path.suffix.lower(), TABLE)


def render(
    review: Review | Mapping[str, Any],
    form: str = TABLE,
    lang: str = "en",
    *,
    columns: int = 80,
    color: bool = False,
) -> bytes:
    """The review in one of `FORMATS`.

    Args:
        review: a review, or one read back from JSON.
        form: one of `FORMATS`.
        lang: language of the words; JSON and CSV carry keys and do not depend on it.
        columns: columns of the terminal, for text.
        color: colours, for text on a terminal.

    Raises:
        InternalError: an explanation does not fold to its verdict (HTML shows them).
    """
    # Each writer is imported when it is asked for: spreadsheets and templates cost start-up time.
    if form == "json":
        from chipward.report.as_json import render as as_json  # noqa: PLC0415

        return as_json(review)
    if form == "csv":
        from chipward.report.as_csv import render as as_csv  # noqa: PLC0415

        return as_csv(review)
    if form == "html":
        from chipward.report.as_html import render as as_html  # noqa: PLC0415

        return as_html(review, lang)
    if form == "xlsx":
        from chipward.report.as_xlsx import render as as_xlsx  # noqa: PLC0415

        return as_xlsx(review, lang)
    from chipward.report.as_text import render as as_text  # noqa: PLC0415

    return as_text(review, lang, columns=columns, color=color)


def write(path: Path, content: bytes) -> None:
    """Write a report by rename, so that no reader ever sees half of one.

    Raises:
        InputError: the folder does not exist or cannot be written.
    """
    try:
        atomic.write(path, content)
    except OSError as error:
        raise InputError("report.cannot_write", where=Where(path.name)) from error
