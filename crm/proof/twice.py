"""Names that stand twice in one list, and names that have no business there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from crm import words
from crm.language import _
from crm.proof.finding import Edit, Finding, Remedy
from crm.proof.page import Finder, Page, Zone
from crm.reading import Covered, Span, Written

_AGAINST = (
    r"\b(?:contre|dénon[cç]ons|condamnons|accusons|interpellons|exigeons d[eu]|against|condemn|"
    r"denounce|accuse|gegen|verurteilen|contra|condenamos|denunciamos|contro|condanniamo|denunciamo|против|"
    r"осуждаем)"
)
_ACCUSES = re.compile(_AGAINST, re.IGNORECASE)
_ACCUSED = re.compile(
    _AGAINST + r"\s{1,3}(?:(?:la|le|les|l['’]|the|die|den|der|el|los|il|lo|gli|i)\s{0,3})?"
    r"[«“\"]?\s?$",
    re.IGNORECASE,
)
_BETWEEN = 11  # signs that may stand between “contre” and a name: spaces, an article, a quote
_HEAD = 6  # letters; a name no longer than some word may be that word


def twice(page: Page) -> Iterator[Finding | None]:
    """One who stands twice in a list, or in two lists, under one name or two."""
    earlier: dict[tuple[bool, str], Written] = {}
    for zone in page.lists:
        yield from _inside(page, zone)
        for each in zone.names:
            if twin := earlier.get(_who(each)):
                said = _("“{name}” is in two lists.").format(name=each.published)
                yield Finding("twice", said, (twin.span, each.span), sure=False)
        for each in zone.names:
            earlier.setdefault(_who(each), each)


def _who(one: Written) -> tuple[bool, str]:
    return one.person, words.identity(one.name)


def _inside(page: Page, zone: Zone) -> Iterator[Finding | None]:
    finder = Finder(())
    spelt = _spellings(page)
    for at, each in enumerate(zone.names):
        yield None
        if each.person:
            continue
        before, sure = _before(each, finder, spelt)
        if before is not None:
            yield _twin(page, zone.names[before], each, sure=sure)
        finder.add(at, each.name)


def _spellings(page: Page) -> dict[str, tuple[str, ...]]:
    """Every name of those who are expected, by each of them."""
    found: dict[str, tuple[str, ...]] = {}
    for who in page.roll.expected:
        every = tuple(dict.fromkeys((who.name, *who.spellings)))
        found.update({words.identity(each): every for each in every})
    return found


def _before(
    each: Written, finder: Finder, spelt: dict[str, tuple[str, ...]]
) -> tuple[int | None, bool]:
    """Who stood there already under this name, or surely under another of theirs."""
    own = finder.find(each.name)
    if own[0] is not None and own[1]:
        return own
    for name in spelt.get(words.identity(each.name), ()):
        at, sure = finder.find(name) if name != each.name else (None, False)
        if at is not None and sure:
            return at, True
    return own


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
    accused = _accused(page)
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
        elif span := accused.get(each.published):
            said = _("“{name}” stands in the list, and the text speaks against it.")
            yield Finding("addressee", said.format(name=each.published), (each.span, span))


def _accused(page: Page) -> dict[str, Span]:
    """The organisations of the list that the text, outside of any list, speaks against."""
    by_head: dict[str, list[str]] = defaultdict(list)
    for each in page.bodies:
        if len(each.name) >= _HEAD:
            by_head[each.published[:_HEAD]].append(each.published)
    inside = Covered(one.span for one in page.writing.names if one.part != "caption")
    found: dict[str, Span] = {}
    for cue in _ACCUSES.finditer(page.text):
        for at in range(cue.end() + 1, cue.end() + _BETWEEN + 1):
            named = by_head.get(page.text[at : at + _HEAD], ())
            if not named or at in inside or not _ACCUSED.match(page.text, cue.start(), at):
                continue
            for name in named:
                if page.text.startswith(name, at):
                    found.setdefault(name, (at, at + len(name)))
    return found
