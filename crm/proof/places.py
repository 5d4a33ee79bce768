"""Countries and order: names under the wrong heading, headings amiss, names out of their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from crm import places, words
from crm.language import _, current, n_
from crm.places import Place
from crm.proof.finding import Edit, Finding, Remedy
from crm.proof.page import Page
from crm.reading import Span, Written

_MANY = 3  # names of one country under another's heading: it is the heading that is wrong
_LATE = ("europe", "international")


def headings(page: Page) -> Iterator[Finding]:
    """Headings misspelt, printed twice, without a name under them, or counting wrongly."""
    yield from _misspelt(page)
    spans = _in_lists(page)
    first: dict[Place, Span] = {}
    for at, span in enumerate(spans):
        under = _under(page, spans, at)
        place = _place_at(page, span)
        if not under:
            said = _("No name stands under “{heading}”.").format(heading=_words(page, span))
            yield Finding("place", said, (span,))
        elif place and place in first:
            said = _("“{heading}” heads two parts of the list.").format(heading=_words(page, span))
            yield Finding("place", said, (first[place], span))
        if place:
            first.setdefault(place, span)
        yield from _counted(page, span, under)


def _in_lists(page: Page) -> list[Span]:
    """The headings of the lists taken once; a second printing has its own."""
    ends = [(zone.names[0].span[0], zone.names[-1].span[1]) for zone in page.lists]
    heads = sorted(page.writing.headings)
    kept = []
    for at, span in enumerate(heads):
        until = heads[at + 1][0] if at + 1 < len(heads) else len(page.text)
        if any(start <= until and span[0] <= end for start, end in ends):
            kept.append(span)
    return kept


def _under(page: Page, spans: Sequence[Span], at: int) -> list[Written]:
    until = spans[at + 1][0] if at + 1 < len(spans) else len(page.text)
    return [each for each in page.signers if spans[at][0] <= each.span[0] < until]


def _place_at(page: Page, span: Span) -> Place | None:
    return places.place_of(_words(page, span))


def _words(page: Page, span: Span) -> str:
    return _less_count(page.text[slice(*span)])


def _less_count(heading: str) -> str:
    said = heading.strip(" :–—-*•")
    return re.sub(r"\s*[(\[]?\b\d+\b(?:\s\w+)?[)\]]?$", "", said).strip(" :")


_COUNT = re.compile(r"[(\[](\d+)(?:\s\w+)?[)\]]\s*:?$|[:–-]\s*(\d+)$")


def _counted(page: Page, span: Span, under: list[Written]) -> Iterator[Finding]:
    """ "France (21)" above twenty names."""
    found = _COUNT.search(page.text[slice(*span)])
    if found is None or not under:
        return
    said = int(found[1] or found[2])
    if said == len(under):
        return
    message = _("“{heading}” says {said}; {real} stand under it.").format(
        heading=_words(page, span), said=said, real=len(under)
    )
    group = 1 if found[1] else 2
    digits = (span[0] + found.start(group), span[0] + found.end(group))
    right = Remedy(_("Write {n}").format(n=len(under)), (Edit(digits, str(len(under))),))
    yield Finding("count", message, (span,), (right,))


def _misspelt(page: Page) -> Iterator[Finding]:
    """ "Allemange": a heading that names no place, a slip away from one."""
    if len(page.writing.headings) < 2:
        return
    seen: set[str] = set()
    candidates = [
        (each.heading, each.span) for each in page.signers if each.heading and not each.place
    ]
    candidates += [(each.published, each.span) for each in page.signers]
    for heading, span in candidates:
        said = _less_count(heading)
        if said in seen or len(said) < 5 or places.place_of(said):
            continue
        seen.add(said)
        if meant := _country_near(said, page.language):
            at = page.text.rfind(said, 0, span[1])
            where = (at, at + len(said))
            right = Remedy(_("Write “{word}”").format(word=meant), (Edit(where, meant),))
            message = _("“{word}” is nearly “{meant}”: is it a heading?")
            yield Finding("place", message.format(word=said, meant=meant), (where,), (right,))


def _country_near(said: str, language: str) -> str | None:
    folded = words.fold(said)
    if len(said.split()) > 3:
        return None
    for _code, name in places.countries(language or "en"):
        other = words.fold(name)
        if abs(len(other) - len(folded)) > 2 or len(other) < 5 or other[0] != folded[0]:
            continue
        if 0 < OSA.distance(folded, other) <= (2 if len(other) >= 9 else 1):
            return name
    return None


def wrong_country(page: Page) -> Iterator[Finding]:
    """Names under another country than the one they signed from."""
    if not page.roll.expected:
        return
    astray: dict[tuple[Place, Place], list[Written]] = {}
    for one in page.signers:
        at = page.whose(one)
        meant = page.roll.expected[at].place if at is not None else None
        if meant and one.place and meant != one.place:
            astray.setdefault((one.place, meant), []).append(one)
    for (here, there), names in astray.items():
        if len(names) >= _MANY:
            said = n_(
                "{n} name under {here} is of {there}: is a heading missing?",
                "{n} names under {here} are of {there}: is a heading missing?", len(names),
            ).format(here=_name(here), there=_name(there), n=len(names))  # fmt: skip
            yield Finding("place", said, (names[0].span,))
            continue
        for each in names:
            said = _("“{name}” is under {here}; it signs from {there}.").format(
                name=each.published, here=_name(here), there=_name(there)
            )
            yield Finding("place", said, (each.span,))


def _name(place: Place) -> str:
    if place.country:
        return places.country_name(place.country, current())
    return places.heading_name(place.heading or "", current())


# --- order ----------------------------------------------------------------------------------


def order(page: Page) -> Iterator[Finding]:
    """The few names, and headings, that are out of an order all the others keep."""
    yield from _headings_out_of_order(page)
    groups = _groups(page)
    total = sum(map(len, groups))
    best: list[_Astray] | None = None
    for keep, native in ((True, True), (False, True), (True, False), (False, False)):
        astray = [pair for group in groups for pair in _astray(page, group, keep, native)]
        if best is None or len(astray) < len(best):
            best = astray
    if not best or total < 12 or len(best) > max(1, total // 12):
        return
    for each, other, before in best:
        said = (
            _("“{name}” is out of the alphabetical order, before “{other}”.") if before
            else _("“{name}” is out of the alphabetical order, behind “{other}”.")
        ).format(name=each.published, other=other.published)  # fmt: skip
        yield Finding("order", said, (each.span, other.span), sure=False)


def _groups(page: Page) -> list[list[Written]]:
    found: dict[tuple[int, str | None], list[Written]] = {}
    for each in page.bodies:
        found.setdefault((each.source, each.heading), []).append(each)
    return [group for group in found.values() if len(group) > 1]


_Astray = tuple[Written, Written, bool]


def _astray(page: Page, group: list[Written], keep: bool, native: bool) -> list[_Astray]:
    """The names whose leaving puts the group in order, each with the neighbour that shows it."""
    keys = [_key(page, each, keep, native) for each in group]
    placed = [(at, key) for at, key in enumerate(keys) if key]
    stay = _longest_in_order([key for _at, key in placed])
    found = [at for number, (at, _k) in enumerate(placed) if number not in stay]
    # Who leads a plain list, or closes it, may do so by right: the one that called for it.
    flat = group[0].heading is None
    last = len(group) - 1
    return [
        (group[at], group[at + 1], True)
        if at < last and keys[at] > keys[at + 1]
        else (group[at], group[at - 1], False)
        for at in found
        if not (flat and at in {0, last})
    ]


def _key(page: Page, each: Written, keep_article: bool, native: bool) -> str:
    """Where a name sorts; nothing for an acronym of which nobody knows what it stands for."""
    first = each.name.split()[0] if each.name.split() else ""
    if words.is_acronym(first) and len(each.name.split()) < 3:
        return page.roll.sort_keys.get(words.fold(each.name), "")
    if native and not each.name[:1].isascii() and _ALPHABET.match(each.name):
        return words.unquoted(each.name).casefold()
    return words.sort_key(each.published, keep_article=keep_article)


_ALPHABET = re.compile('[«“"]?[\u0370-\u052f]')  # Greek, Cyrillic: in their own order


def _longest_in_order(keys: Sequence[str]) -> set[int]:
    """Places of the longest run of keys that never goes back."""
    tails: list[str] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, key in enumerate(keys):
        spot = bisect_right(tails, key)
        before.append(ends[spot - 1] if spot else None)
        tails[spot : spot + 1] = [key]
        ends[spot : spot + 1] = [at]
    kept: set[int] = set()
    last: int | None = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _headings_out_of_order(page: Page) -> Iterator[Finding]:
    spans = [
        span for span in _in_lists(page)
        if (place := _place_at(page, span)) and place.heading not in _LATE
    ]  # fmt: skip
    keys = [words.fold(_words(page, span)) for span in spans]
    stay = _longest_in_order(keys)
    astray = [at for at in range(len(keys)) if at not in stay and at]  # home may come first
    if len(keys) < 5 or len(astray) > max(1, len(keys) // 6):
        return
    for at in astray:
        said = _("The heading “{name}” is out of the alphabetical order.")
        yield Finding("order", said.format(name=_words(page, spans[at])), (spans[at],), sure=False)
