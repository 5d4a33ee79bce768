"""Figures a text gives of its own list: organisations, countries, continents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crm import continents, words
from crm.language import _, current, n_
from crm.proof.finding import Edit, Finding, Remedy
from crm.proof.numbers import LONGEST, numbers
from crm.proof.page import Page
from crm.reading import Covered, Span

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_NOUNS = {
    "organisations": "organisation organisations organization organizations organisationen"
    " organizaciones organizzazioni organitzacions organizacoes associations associaciones"
    " asociaciones associazioni associacions associacoes structures entites entitats entidades"
    " verbande ngos ong sigle",
    "signatories": "signataires signatories firmantes firmatari firmataris signants signatarios"
    " unterzeichnende unterzeichnenden unterzeichner",
    "countries": "pays countries lander landern paises paesi paisos nations",
    "continents": "continents kontinente kontinenten continentes continenti",
}
_STEMS = {"организац": "organisations", "подписавш": "signatories", "стран": "countries",
          "континент": "continents", "країн": "countries"}  # fmt: skip
_BETWEEN = frozenset(
    "signataires syndicales associatives signatory differents differentes different verschiedene"
    " verschiedenen diversos diversas diversi diverse various distinct".split()
)
_ABOUT = frozenset(
    "pres environ presque quelque quelques about around nearly almost some etwa rund fast circa"
    " unos casi cerca quasi gairebe около почти plus over than mehr uber mas piu mes более"
    " свыше".split()
)
_CUES = re.compile(
    r"sign|soutien|soutenu|appel|nous|nos\b|our\b|we\b|unser|wir\b|unterst|unterzeich|firm|apoy|"
    r"nuestr|sosten|appog|nostr|подпис|поддерж|наш|мы\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"union europ|\bUE\b|\bEU\b|membres|member|Mitglied|miembros|membri|\bG7\b|\bG20\b|"
    r"Nations [Uu]nies|United Nations|\bONU\b|\bUN\b",
)


@dataclass(frozen=True)
class Real:
    """What the list, or the appeal, holds."""

    organisations: int
    signatories: int
    countries: tuple[str, ...]
    placed: bool  # every organisation's place is known
    headings: tuple[str, ...] = ()

    def of(self, what: str) -> int:
        """How many there are of these."""
        if what == "countries":
            return len(self.countries)
        if what == "continents":
            return len(continents.continents(self.countries))
        return self.organisations if what == "organisations" else self.signatories


def counts(page: Page) -> Iterator[Finding]:
    """Every figure of the text that speaks of its signatories and is not theirs."""
    real = _real(page)
    if not real.organisations:
        return
    inside = Covered(each.span for each in page.writing.names if each.part in {"list", "annex"})
    for start, sentence in _sentences(page.text):
        if start in inside:
            continue
        for span, what, said, about in _figures(sentence, page.language):
            if _wrong(real, what, said, about, sentence):
                where = (start + span[0], start + span[1])
                yield _finding(page, where, what, said, real.of(what))
        yield from _continents(page, start, sentence, real)


def _real(page: Page) -> Real:
    roll = page.roll.counted
    if roll:
        at = [each.place for each in roll if not each.person]
        bodies, all_of_them = len(at), len(roll)
    else:
        at = [each.place for each in page.bodies]
        bodies, all_of_them = len(page.bodies), len(page.signers)
    held = dict.fromkeys(place.country for place in at if place and place.country)
    heads = dict.fromkeys(place.heading for place in at if place and place.heading)
    countries = tuple(each for each in held if each)
    return Real(
        bodies,
        all_of_them,
        countries,
        all(at) and bool(held),
        tuple(each for each in heads if each),
    )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in _SENTENCE.finditer(text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]


def _figures(sentence: str, language: str) -> Iterator[tuple[Span, str, int, bool]]:
    """(where, what, how many, whether about so many), for "43 organisations", "treize pays"."""
    found = list(_WORD.finditer(sentence))
    at = 0
    while at < len(found):
        size, value = _number(found, at, language)
        if not size:
            at += 1
            continue
        behind = at + size
        while behind < len(found) and words.fold(found[behind][0]) in _BETWEEN - _kinds().keys():
            behind += 1
        what = _kind(found[behind][0]) if behind < len(found) else None
        gap = sentence[found[at].start() : found[behind].start()] if what else ""
        if what and not re.search(r"[.,;:!?()]", gap):
            before = {words.fold(each[0]) for each in found[max(0, at - 2) : at]}
            yield (found[at].start(), found[behind - 1].end()), what, value, bool(before & _ABOUT)
        at += size


def _number(found: list[re.Match[str]], at: int, language: str) -> tuple[int, int]:
    """How many words the number takes that begins here, and what it is; (0, 0) for none."""
    first = found[at][0]
    if first.isdigit():
        return (1, int(first)) if len(first) < 6 else (0, 0)
    for size in range(LONGEST, 0, -1):
        said = words.fold(" ".join(each[0] for each in found[at : at + size]))
        if len(found) >= at + size and said in numbers(language) and numbers(language)[said] > 1:
            return size, numbers(language)[said]
    return 0, 0


def _kind(word: str) -> str | None:
    folded = words.fold(word)
    stem = next((what for stem, what in _STEMS.items() if word.lower().startswith(stem)), None)
    return _kinds().get(folded) or stem


@cache
def _kinds() -> dict[str, str]:
    return {word: what for what, said in _NOUNS.items() for word in said.split()}


def _wrong(real: Real, what: str, said: int, about: bool, sentence: str) -> bool:
    there = real.of(what)
    if said == there or (what in {"countries", "continents"} and not real.placed):
        return False
    if what == "organisations" and said == real.signatories:
        return False
    near = abs(said - there) <= max(3, there // 5)
    if about:
        return bool(_CUES.search(sentence)) and near and said > there
    if _OTHERS.search(sentence):
        return False
    return near or (bool(_CUES.search(sentence)) and what != "organisations")


def _finding(page: Page, where: Span, what: str, said: int, there: int) -> Finding:
    words_said = page.text[slice(*where)]
    real = {
        "organisations": n_("{n} organisation signs", "{n} organisations sign", there),
        "signatories": n_("{n} signatory is counted", "{n} signatories are counted", there),
        "countries": n_("they are from {n} country", "they are from {n} countries", there),
        "continents": n_("they are from {n} continent", "they are from {n} continents", there),
    }[what]
    message = _("The text says “{said}”; {real}.").format(said=_with_noun(page, where), real=real)
    digits = re.match(r"\S+", words_said) if words_said[:1].isdigit() else None
    end = where[0] + digits.end() if digits else _number_end(page, where)
    right = Remedy(_("Write {n}").format(n=there), (Edit((where[0], end), str(there)),))
    return Finding("count", message, (where,), (right,))


def _with_noun(page: Page, where: Span) -> str:
    behind = re.match(r"\s*[^\W_]+", page.text[where[1] :])
    return page.text[where[0] : where[1] + (behind.end() if behind else 0)]


def _number_end(page: Page, where: Span) -> int:
    said = list(_WORD.finditer(page.text, *where))
    size, _value = _number(said, 0, page.language)
    return said[size - 1].end() if size else where[1]


# --- continents -----------------------------------------------------------------------------


def _continents(page: Page, start: int, sentence: str, real: Real) -> Iterator[Finding]:
    """ "de nombreux pays d'Europe, d'Afrique et d'Asie", held against the countries of the list."""
    if not real.placed or not any(_kind(each[0]) for each in _WORD.finditer(sentence)):
        return
    claimed = {
        key: found.span() for key in continents.CONTINENTS
        if (found := re.search(_named(key, page.language), sentence))
    }  # fmt: skip
    if len(claimed) < 2:
        return
    may = {each for country in real.countries for each in continents.may_be_of(country)}
    may |= set(real.headings)
    for key, span in claimed.items():
        if key not in may:
            said = _("The text speaks of {continent}; nobody there signs.")
            where = (start + span[0], start + span[1])
            yield Finding("count", said.format(continent=_continent(key)), (where,))
    sure = {continents.continent_of(c) for c in real.countries if len(continents.may_be_of(c)) == 1}
    for key in continents.CONTINENTS:
        if key in sure and key not in claimed:
            said = _("Some sign from {continent}, which the text does not name.")
            span = next(iter(claimed.values()))
            where = (start + span[0], start + span[1])
            yield Finding("count", said.format(continent=_continent(key)), (where,), sure=False)


def _continent(key: str) -> str:
    return continents.continent_name(key, current())


@cache
def _named(key: str, language: str) -> str:
    """The continent's name as a whole word, in any case a language gives it."""
    name = continents.continent_name(key, language or "en")
    stem = name[:-1] if language in {"ru", "uk"} else name
    also = {"america": "|Am[ée]riques?|Americas?|Americhe"}.get(key, "")
    return rf"(?<!\w)(?:{re.escape(stem)}\w{{0,2}}{also})(?!\w|[- ](?:du|latine|centrale))"
