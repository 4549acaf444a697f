"""Law as it was known on a day: versions published later are taken away again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chipward.dates import Interval
from chipward.law.model import Laws, Provision, Version


def as_known(laws: Laws, day: date) -> Laws:
    """The law without what was published after ``day``.

    A version counts as published with the text it rests on; a suspension with the instrument that
    suspends. Where a version is taken away the one before it runs on, up to the next that stays. A
    version whose text has no date of publication stays.
    """
    kept = (_known(provision, day) for provision in laws.provisions)
    return replace(laws, provisions=tuple(p for p in kept if p.versions))


def _published(version: Version) -> str:
    cite = version.suspended_by or version.cite
    return cite.published


def _known(provision: Provision, day: date) -> Provision:
    limit = day.isoformat()
    out: list[Version] = []
    open_end = False
    for version in provision.versions:
        if _published(version) > limit:
            open_end = True
            continue
        if open_end and out:
            out[-1] = _until(out[-1], version.interval.start)
        out.append(version)
        open_end = False
    if open_end and out:
        out[-1] = _until(out[-1], None)
    return replace(provision, versions=tuple(out))


def _until(version: Version, until: date | None) -> Version:
    return replace(version, interval=Interval(version.interval.start, until))
