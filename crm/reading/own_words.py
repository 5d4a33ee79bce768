"""Headings in the workspace's own words for countries: “État espagnol”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from crm import words
from crm.reading.result import Reading


def in_her_words(reading: Reading, own: Mapping[str, Mapping[str, str]]) -> Reading:
    """The reading, those under a heading in her own words placed in the country it means.

    `own`: by language, the words by ISO 3166-1 alpha-2 code.
    """
    meant = {words.fold(said): code for by_code in own.values() for code, said in by_code.items()}
    if not meant:
        return reading
    return replace(
        reading,
        organisations=tuple(
            replace(one, country=code, heading=None)
            if (code := meant.get(words.fold(one.heading_words or "")))
            else one
            for one in reading.organisations
        ),
    )
