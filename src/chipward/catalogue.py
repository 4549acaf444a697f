"""The message catalogue: every sentence a user can read, in English and Chinese.

The sentences live in ``data/messages/*.csv`` (``key,en,zh``), with ``{name}`` for parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from chipward.errors import ChipwardError, DataError, Where
from chipward.resources import data_dir
from chipward.textcsv import read_rows

LANGUAGES = ("en", "zh")
_PHRASE = "phrase."


@cache
def messages(lang: str) -> Mapping[str, str]:
    """Key to sentence in ``lang``; a key twice is an error."""
    out: dict[str, str] = {}
    for path in sorted((data_dir() / "messages").glob("*.csv")):
        for number, row in enumerate(read_rows(path), start=2):
            if row["key"] in out:
                raise DataError("error.message_twice", where=Where(path.name, number))
            out[row["key"]] = row[lang]
    return out


@cache
def names(lang: str) -> Mapping[str, str]:
    """``country.XX``, ``material.NAME``, ``category.ID`` and ``regime.XX`` to their names."""
    zh = lang != LANGUAGES[0]
    out: dict[str, str] = {}
    for prefix, table, key, columns in _NAMED:
        path = data_dir() / f"{table}.csv"
        for row in read_rows(path):
            out[f"{prefix}.{row[key]}"] = row[columns[zh]] or row[columns[0]]
    return out | _areas(zh=zh)


def _areas(*, zh: bool) -> dict[str, str]:
    from chipward.coverage import areas  # noqa: PLC0415  reads YAML, and only reports need it

    out: dict[str, str] = {}
    for area in areas():
        out[f"area.{area.number}"] = area.words["area_zh" if zh else "area"]
        out[f"area_what.{area.number}"] = area.words["what_zh" if zh else "what_en"]
    return out


_NAMED = (
    ("country", "geo/countries", "iso2", ("name_en", "name_zh")),
    ("material", "supply/materials", "material", ("title", "title_zh")),
    ("category", "parts/categories", "category", ("title_en", "title_zh")),
    ("regime", "jurisdictions", "regime", ("name", "name_zh")),
)


def _word(value: object, lang: str) -> str:
    """A parameter as text; one that starts with ``@`` is itself a key of the catalogue."""
    shown = str(value)
    if not shown.startswith("@"):
        return shown
    key = shown[1:]
    if key.startswith(_PHRASE):
        return phrase(key.removeprefix(_PHRASE), lang)
    return messages(lang).get(key) or names(lang).get(key) or key.partition(".")[2]


def text(key: str, lang: str = "en", **params: object) -> str:
    """The sentence of ``key`` with its parameters filled in.

    A parameter of the form ``@key`` is replaced by that key's own words, so that names of
    countries, outcomes and materials come out in the language asked for.

    >>> text("level.stop")
    'stop'
    """
    sentence = messages(lang)[key]
    return sentence.format_map({name: _word(value, lang) for name, value in params.items()})


def phrase_key(words: str) -> str:
    """The key under which the catalogue holds a title of a provision or a name of a leaf.

    >>> phrase_key("Purity over 99.9 %")
    'phrase.purity_over_99_9'
    """
    return _PHRASE + re.sub(r"\W+", "_", words.lower(), flags=re.ASCII).strip("_")


def phrase(words: str, lang: str = "en") -> str:
    """A title of a provision or a name of a leaf in ``lang``, where the catalogue has it.

    Law is written in English. Words the catalogue does not hold, as local law brings them, come
    back as they are; so do words that share the key of a phrase but say something else.

    >>> phrase("leaves China", "zh"), phrase("leaves China?", "zh")
    ('自中国运出', 'leaves China?')
    """
    if lang == LANGUAGES[0]:
        return words
    key = phrase_key(words)
    known = messages(LANGUAGES[0]).get(key, "")
    return messages(lang)[key] if known and known.lower() == words.lower() else words


def has(key: str) -> bool:
    """Whether the catalogue holds ``key``."""
    return key in messages("en")


def error_line(error: ChipwardError, lang: str = "en") -> str:
    """One line for an error: place, sentence, hint."""
    place = str(error.where)
    line = text(error.key, lang, **error.params)
    if error.hint:
        line = f"{line} ({text(error.hint, lang, **error.params)})"
    return f"{place}: {line}" if place else line
