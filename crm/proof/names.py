"""Who is missing, who is too many, whose name is spelt in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from crm import words
from crm.language import _
from crm.proof.finding import Finding, Remedy
from crm.proof.page import Page, Unclaimed, Zone, alike, same_print
from crm.proof.roll import Expected
from crm.reading import Written

_ALL_OF_IT = 0.9  # of the list, before an annex is held to be meant to be whole
_CAPTION_ALIKE = 84  # of 100
_INFLECTED = {"ru", "uk"}  # a sentence puts names in other cases there


def again(page: Page) -> Iterator[Finding]:
    """Body, second list, annex: each name of theirs against the list, and the other way round."""
    for zone in page.copies:
        found = {each: page.finder.find(each.name)[0] for each in zone.names}
        known = {at for at in found.values() if at is not None}
        if len(known) < 2 or 2 * len(known) < len(zone.names):
            continue  # about others, or about some of them only
        alone = Unclaimed({at: one.name for at, one in enumerate(page.signers) if at not in known})
        for each, same in found.items():
            at = same if same is not None else alone.nearest(each.name)
            if at is None:
                yield _only(each, zone.words(), _("the list"), kind="extra")
                continue
            known.add(at)
            if not _reads_alike(page, zone, each, page.signers[at]) and not _is_right(page, each):
                yield _two_ways(page, zone, each, page.signers[at])
        yield from _left_out(page, zone, known)


def _reads_alike(page: Page, zone: Zone, one: Written, other: Written) -> bool:
    inflected = zone.part == "sentence" and page.language in _INFLECTED
    return inflected or same_print(one.published, other.published)


def _is_right(page: Page, each: Written) -> bool:
    """Spelt as it was signed: then it is the list that is not, and that is said of the list."""
    at = page.whose(each)
    return at is not None and same_print(each.published, page.roll.expected[at].name)


def _two_ways(page: Page, zone: Zone, here: Written, there: Written) -> Finding:
    said = _("{here} writes “{one}”, {there} “{other}”.").format(
        here=_capital(zone.words()), one=here.published, there=_("the list"), other=there.published
    )
    remedies = (
        page.everywhere(there.published, [here]),
        page.everywhere(here.published, [there]),
    )
    return Finding("spelling", said, (here.span, there.span), remedies)


def _left_out(page: Page, zone: Zone, known: set[int]) -> Iterator[Finding]:
    """Names of the list that a copy of it does not have; an annex may well be shorter."""
    bodies = _told_once(page, known)
    share = len(known) / max(1, len(known | bodies))
    if share < (_ALL_OF_IT if zone.part == "annex" else 0.6):
        return
    for at in sorted(bodies - known):
        yield _only(
            page.signers[at], _("the list"), zone.words(), "missing", sure=zone.part != "annex"
        )


def _told_once(page: Page, known: set[int]) -> set[int]:
    """The organisations of the list; not those that stand there by mistake, or twice."""
    there = {page.whose(page.signers[at]) for at in known}
    return {
        at
        for at, each in enumerate(page.signers)
        if not each.person and (not page.roll.expected or page.whose(each) not in {None, *there})
    } | known


def _only(one: Written, here: str, there: str, kind: str, *, sure: bool = True) -> Finding:
    said = _("“{name}” is in {here}, not in {there}.")
    return Finding(
        kind, said.format(name=one.published, here=here, there=there), (one.span,), sure=sure
    )


def captions(page: Page) -> Iterator[Finding]:
    """The words of a logo that are a signatory's name, otherwise spelt."""
    for each in page.captions:
        at = _closest(page, each.name)
        if at is None or same_print(each.published, page.signers[at].published):
            continue
        other = page.signers[at]
        said = _("A line apart writes “{one}”, the list “{other}”.")
        yield Finding(
            "spelling", said.format(one=each.published, other=other.published),
            (each.span, other.span),
            (page.everywhere(other.published, [each]), page.everywhere(each.published, [other])),
            sure=False,
        )  # fmt: skip


def _closest(page: Page, caption: str) -> int | None:
    """The signatory a logo names, be it in two alphabets or with a word more."""
    at, _sure = page.finder.find(caption)
    if at is not None and len(caption) <= 2 * len(page.signers[at].name) + 8:
        return at
    latin = words.fold(re.sub(r"[^\x00-\u024f]+", " ", caption))
    found = process.extractOne(latin, page.folded, scorer=fuzz.ratio, score_cutoff=_CAPTION_ALIKE)
    return int(found[2]) if found and len(latin) > 8 else None


def expected(page: Page) -> Iterator[Finding]:
    """The list against those who signed."""
    if not page.roll.expected or not page.signers:
        return
    met = {one: at for one in page.signers if (at := page.whose(one)) is not None}
    here = set(met.values())
    absent = Unclaimed({
        at: who.name for at, who in enumerate(page.roll.expected)
        if at not in here and who.standing == "printed"
    })  # fmt: skip
    for one in page.signers:
        at = met[one] if one in met else absent.nearest(one.name)
        if at is None:
            said = _("“{name}” is in the list, and has not signed this appeal.")
            yield Finding("extra", said.format(name=one.published), (one.span,))
            continue
        absent.claim(at)
        who = page.roll.expected[at]
        if who.standing == "unnamed":
            said = _("“{name}” counts without being named, and stands in the list.")
            yield Finding("extra", said.format(name=one.published), (one.span,))
        elif not same_print(one.published, who.name):
            yield _not_as_signed(page, one, who)
    if 2 * len(here) < len(page.roll.expected):
        return  # a text that names a few of them is no list of them all
    said = _("“{name}” signed, and is not in the list.")
    yield from (Finding("missing", said.format(name=name)) for name in absent.names.values())


def _not_as_signed(page: Page, one: Written, who: Expected) -> Finding:
    said = _("The list writes “{one}”; this appeal was signed as “{other}”.")
    keep = Remedy(
        _("Sign as “{name}”").format(name=one.published), names=((who.signature_id, one.published),)
    )
    right = page.everywhere(who.name, [one])
    offered = (right, keep) if who.signature_id else (right,)
    return Finding("spelling", said.format(one=one.published, other=who.name), (one.span,), offered)


def register(page: Page) -> Iterator[Finding]:
    """The list against the directory, where no appeal says under which name they sign."""
    known = page.roll.known
    if known is None or page.roll.expected:
        return
    for one in page.bodies:
        match = known.match(one.name, country=one.place.country if one.place else None)
        if match.organisation_id is None or match.relation == "branch_of":
            continue
        spellings = known.names_of(match.organisation_id)
        if any(same_print(one.published, each) for each in spellings):
            continue
        if not match.sure and not any(_near(one.name, each) for each in spellings):
            continue
        said = _("{here} writes “{one}”, {there} “{other}”.").format(
            here=_("The list"), one=one.published, there=_("the directory"), other=match.name
        )
        yield Finding(
            "spelling", said, (one.span,), (page.everywhere(match.name, [one]),), sure=match.sure
        )


def _near(one: str, other: str) -> bool:
    return alike(one, other) and not words.is_acronym(one)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
