"""Names that stand twice in one list, and names that have no business there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm import words
from crm.language import _
from crm.proof.finding import Edit, Finding, Remedy
from crm.proof.page import Finder, Page, Zone
from crm.reading import Span, Written

_ACCUSED = re.compile(
    r"\b(?:contre|dénon[cç]ons|condamnons|accusons|interpellons|exigeons d[eu]|against|condemn|"
    r"denounce|accuse|gegen|verurteilen|contra|condenamos|denunciamos|contro|condanniamo|denunciamo|против|"
    r"осуждаем)\s{1,3}(?:(?:la|le|les|l['’]|the|die|den|der|el|los|il|lo|gli|i)\s{0,3})?[«“\"]?\s?$",
    re.IGNORECASE,
)


def twice(page: Page) -> Iterator[Finding]:
    """One who stands twice in a list, or in two lists, under one name or two."""
    for zone in page.lists:
        yield from _inside(page, zone)
    for zone in page.lists[1:]:
        for each in zone.names:
            earlier = [one for other in page.lists[: page.lists.index(zone)] for one in other.names]
            twin = next((one for one in earlier if _is(one, each)), None)
            if twin:
                said = _("“{name}” is in two lists.").format(name=each.published)
                yield Finding("twice", said, (twin.span, each.span), sure=False)


def _is(one: Written, other: Written) -> bool:
    return one.person == other.person and words.identity(one.name) == words.identity(other.name)


def _inside(page: Page, zone: Zone) -> Iterator[Finding]:
    finder = Finder(())
    spelt = _spellings(page)
    for at, each in enumerate(zone.names):
        if each.person:
            continue
        before, sure = _under_another_name(each, finder, spelt)
        if before is None:
            before, sure = finder.find(each.name)
        if before is not None:
            yield _twin(page, zone.names[before], each, sure=sure)
        finder.add(at, each.name)


def _spellings(page: Page) -> dict[str, tuple[str, ...]]:
    """Every name of those who are expected, by each of them."""
    found: dict[str, tuple[str, ...]] = {}
    for who in page.roll.expected:
        every = (who.name, *who.spellings)
        found.update({words.identity(each): every for each in every})
    return found


def _under_another_name(
    each: Written, finder: Finder, spelt: dict[str, tuple[str, ...]]
) -> tuple[int | None, bool]:
    for name in spelt.get(words.identity(each.name), ()):
        at, sure = finder.find(name)
        if at is not None and sure:
            return at, True
    return None, False


def _twin(page: Page, first: Written, second: Written, *, sure: bool) -> Finding:
    spans = (first.span, second.span)
    if first.place and second.place and first.place != second.place:
        said = _("“{name}” stands under two headings.").format(name=second.published)
        return Finding("twice", said, spans, sure=False)
    take_out = Remedy(_("Take the second one out"), (Edit(_whole(page.text, second), ""),))
    if first.published == second.published:
        said = _("“{name}” stands twice in the list.").format(name=second.published)
    elif sure:
        said = _("“{name}” and “{other}” are one organisation, twice in the list.").format(
            name=first.published, other=second.published
        )
    else:
        said = _("“{name}” and “{other}” stand in the list: are they one organisation?").format(
            name=first.published, other=second.published
        )
    return Finding("twice", said, spans, (take_out,), sure=sure)


def _whole(text: str, one: Written) -> Span:
    """The name with what parts it from the one before: its line, or its comma."""
    start, end = one.span
    line = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    around = text[line[0] : line[1] if line[1] >= 0 else len(text)]
    if around.strip(" -*•·\t") == text[start:end].strip(" -*•·\t"):
        return max(0, line[0] - 1), line[1] if line[1] >= 0 else len(text)
    before = re.search(r"\s*[,;]\s*$", text[:start])
    return (before.start(), end) if before else (start, end)


def strangers(page: Page) -> Iterator[Finding]:
    """The addressee, or whom the text accuses, among those who sign."""
    addressed = words.identity(page.roll.addressee) if page.roll.addressee else ""
    for each in page.signers:
        key = words.identity(each.name)
        if (
            addressed
            and key
            and (key == addressed or f" {key} " in f" {addressed} ")
            and len(key) > 5
        ):
            said = _("“{name}” is whom the text is addressed to, and stands in the list.")
            yield Finding("addressee", said.format(name=each.published), (each.span,))
        elif span := _accused(page, each):
            said = _("“{name}” stands in the list, and the text speaks against it.")
            yield Finding("addressee", said.format(name=each.published), (each.span, span))


def _accused(page: Page, each: Written) -> Span | None:
    if each.person or len(each.name) < 6:
        return None
    inside = [one.span for one in page.writing.names if one.part != "caption"]
    for found in re.finditer(re.escape(each.published), page.text):
        if any(start <= found.start() < end for start, end in inside):
            continue
        if _ACCUSED.search(page.text[max(0, found.start() - 40) : found.start()]):
            return found.span()
    return None
