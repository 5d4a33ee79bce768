"""Places as lists write them: two capitals are an acronym before they are a country's code."""

from __future__ import annotations

import re

from crm import places
from crm.places import Place

_SAID = {"UK", "US"}


def place_of(text: str) -> Place | None:
    """The country or region a heading or a bracket names; "PS" and "PT" name parties."""
    bare = text.strip(" .")
    if re.fullmatch("[A-Z]{2}", bare) and bare not in _SAID:
        return None
    return places.place_of(bare)


def country_of(text: str, *, codes: bool = False) -> str | None:
    """The country that is the whole of this text; its code too where codes are the custom."""
    bare = text.strip(" .")
    if codes and re.fullmatch("[A-Z]{2}", bare):
        found = places.place_of(bare)
        return found.country if found else None
    place = place_of(bare)
    return place.country if place else None


def place_heading(text: str) -> tuple[Place, str] | None:
    """The place a heading names, and its words: "France (21) :", "Deutschland / Germany"."""
    if len(text) > 90:
        return None
    bare = re.sub(r"\s*[(\[]?\b\d+\b(?:\s\w+)?[)\]]?\s*$", "", text.strip(" :：-–—*•")).strip(
        " :：-–—"
    )
    bare = re.sub("^[\U0001f1e6-\U0001f1ff]{2}\\s*", "", bare)
    if not bare or len(bare) > 60:
        return None
    for part in [bare, *re.split(r"\s*[/|]\s*", bare)]:
        if (place := place_of(part)) is not None:
            return place, bare
    return None
