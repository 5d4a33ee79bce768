"""The forms a list of signatories is laid out in."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crm import places
from crm.documents.printed import (
    Block,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Run,
    Wall,
    address,
)
from crm.places import Place
from crm.publishing.signatories import Chosen, Signatory, in_order
from crm.publishing.wording import Wording, joined, listed


@dataclass(frozen=True)
class Page:
    """What a form is given: the names, the words of the language, whose headings are kept."""

    chosen: Chosen
    words: Wording
    language: str
    as_published: bool  # in the appeal's own language: its headings and articles as they stood
    sort: bool
    own: Mapping[str, str]  # the workspace's words for countries in this language

    @property
    def names(self) -> list[str]:
        """Everybody's, in their order."""
        return [one.name for one in self.chosen.signatories]


@dataclass(frozen=True)
class Laid:
    """What is to be printed, and the names in it, in their order."""

    blocks: tuple[Block, ...]
    entries: tuple[str, ...]


def _sentence(page: Page) -> Laid:
    """ "Les organisations A, la B et C"."""
    bodies = [_with_article(one, page) for one in page.chosen.signatories if not one.person]
    people = [one.name for one in page.chosen.signatories if one.person]
    opening = (page.words.one if len(bodies) == 1 else page.words.many) if bodies else ""
    said = " ".join(filter(None, (opening, joined(bodies, page.words))))
    if people:
        named = joined(people, page.words)
        said = f"{said}, {page.words.besides} {named}" if said else named
    ordered = sorted(page.chosen.signatories, key=lambda one: one.person)
    return Laid((_paragraph(said),), tuple(one.name for one in ordered))


def _with_article(one: Signatory, page: Page) -> str:
    """ "la Ligue", "l'Entraide"; an article belongs to the language it was published in."""
    if not (page.as_published and one.article):
        return one.name
    glued = one.article.endswith(("'", "’", " "))
    return f"{one.article}{one.name}" if glued else f"{one.article} {one.name}"


def _list(page: Page) -> Laid:
    """ "**Les organisations signataires** : A, B, C"."""
    opening = Run(page.words.signatories, strong=True)
    said = Run(f"{page.words.space}: {listed(page.names, page.words)}")
    return Laid((Paragraph((opening, said)),), tuple(page.names))


def _by_country(page: Page) -> Laid:
    """A heading for each country, the names under it, Europe and the world last when sorted."""
    groups: dict[tuple[str, str], list[Signatory]] = {}
    for one in page.chosen.signatories:
        groups.setdefault(_group(one, page), []).append(one)
    keys = list(groups)
    if page.sort:
        keys.sort(key=lambda key: _rank(groups[key][0], page))
    blocks: list[Block] = [_heading(page.words.listing, 2)]
    entries: list[str] = []
    for key in keys:
        signed = in_order(groups[key], page.language) if page.sort else groups[key]
        names = [one.name for one in signed]
        if heading := _place_words(signed, page, alone=len(groups) == 1):
            blocks.append(_heading(heading, 3))
        blocks.append(_lines(names))
        entries += names
    return Laid(tuple(blocks), tuple(entries))


def _group(one: Signatory, page: Page) -> tuple[str, str]:
    """What stands under one heading: a place, or a kind the document itself sorts by."""
    if one.place is not None and (page.sort or one.heading is None or places.place_of(one.heading)):
        if one.place.country:
            return "country", one.place.country
        return "heading", one.place.heading or ""
    return "words", one.heading or ""


def _rank(one: Signatory, page: Page) -> tuple[int, str]:
    return places.place_sort_key(one.place or Place(), page.language, page.own)


def _place_words(names: Sequence[Signatory], page: Page, *, alone: bool) -> str:
    """In the workspace's words, as the document writes it in its language, or the place's name."""
    place = names[0].place
    if place is not None and (own := page.own.get(place.country or "")):
        return own
    words = next((one.heading for one in names if one.heading), None)
    if words and page.as_published:
        return words
    if place is not None and place.country:
        return places.country_name(place.country, page.language)
    if place is not None and place.heading:
        return places.heading_name(place.heading, page.language)
    return words or ("" if alone else page.words.others)


def _annex(page: Page) -> Laid:
    """Each name, and under it the address it may be printed with."""
    blocks: list[Block] = [_heading(page.words.contacts, 2)]
    entries: list[str] = []
    for at, one in enumerate(page.chosen.signatories):
        if value := page.chosen.addresses.get(at):
            blocks += [_paragraph(one.name), Paragraph((address(value),))]
            entries.append(one.name)
    return Laid(tuple(blocks), tuple(entries))


def _logos(page: Page) -> Laid:
    """The logos that are known, side by side; under them the names of the others."""
    shown = [one for one in page.chosen.signatories if one.logo]
    others = [one.name for one in page.chosen.signatories if not one.logo]
    blocks: list[Block] = [_heading(page.words.signatories, 2)]
    if shown:
        blocks.append(Wall(tuple(_picture(one.logo or b"", one.name) for one in shown)))
    if others:
        blocks.append(_lines(others))
    return Laid(tuple(blocks), (*(one.name for one in shown), *others))


def _picture(png: bytes, name: str) -> Picture:
    width, height = struct.unpack(">II", png[16:24])  # where every PNG says it
    return Picture(png, "image/png", name, width, height)


def _heading(words: str, level: int) -> Heading:
    return Heading((Run(words),), level)


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def _lines(names: Iterable[str]) -> Lines:
    return Lines(tuple((Run(name),) for name in names))


FORMS: Mapping[str, Callable[[Page], Laid]] = {
    "sentence": _sentence,
    "list": _list,
    "by-country": _by_country,
    "annex": _annex,
    "logos": _logos,
}
"""Name of a form to what lays it out."""
