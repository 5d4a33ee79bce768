"""A line of names becomes its names, its quotes and brackets respected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from crm import words
from crm.reading import people
from crm.reading.result import Span

_OPENS = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“", "‹": "›"}
_AND = {
    "fr": "ainsi que|de même que|et",
    "en": "as well as|and",
    "de": "sowie|und",
    "es": "así como|y|e",
    "it": "nonché|oltre a|ed|e",
    "ca": "així com|i",
    "pt": "bem como|e",
    "ru": "а также|и",
    "uk": "а також|та|і|й",
}
"""What joins the last name to the others; "i" joins in Catalan and is an article in Italian."""

_ARTICLE = (
    r"(?:les|le|la|l['’]|des|du|the|die|der|das|den|el|los|las|il|lo|gli|i|els|"
    r"nos ami[e]?s de la|o|os|as|a|le collectif|l['’]association)"
)
_STARTS_NAME = re.compile(rf"(?:{_ARTICLE}\s*)?[«“„\"'#@]?\s*[A-ZÀ-ÖØ-ÞŒŠŽА-ЯЁІЇЄҐ0-9#\"]")
_COMMON_START = re.compile(
    rf"(?:{_ARTICLE}\s*)(?:association|collectif|syndicat|union|comité|groupe|réseau|mouvement|"
    rf"parti|ligue|fédération|"
    r"confédération|section|coordination|campagne|initiative|fondation|asociación|colectivo|"
    r"sindicato|plataforma|red|"
    r"associazione|collettivo|sindacato|rete|comitato|associació|col·lectiu|sindicat|xarxa|"
    r"plataforma|verein|initiative|"
    r"bündnis|gruppe|network|union|group|campaign|committee)\w*\s|"
    r"(?:[а-яёіїєґ-]{4,}(?:ая|яя|ый|ий|ой|ое|ее|ні|на|ний|не|ська|ський)\s+)?"
    r"(?:видання|издание|газета|журнал|редакц|портал|подкаст|движени|рух|союз|спілка|объединени|"
    r"об['’]єднан|организаци|організаці|центр|фонд|клуб|обществ|товариств|ассоциаци|асоціаці|"
    r"профсоюз|профспілк|парти|партія|инициатив|ініціатив|комитет|комітет|сеть|мережа|проект|"
    r"театр|коллектив|колектив|групп|група|школ|студи|коалици|коаліці|платформ|федераци|"
    r"федераці|конфедераци|бюро|агентств|издательств|видавництв|музей|библиотек|бібліотек)\w*\s"
)
_OF = re.compile(
    r"^\s*(?:de (?=la |l['’]|las |los )|des |du |de |d['’]|dell['’]|della |delle |"
    r"dei |del |di |da |dels |von (?:der |den )?|of (?=the )|of )"
)
_DASHES = re.compile(r"\s[–—-]\s")
_DOTTED = re.compile(r"\s*[•■●▪|]\s*|\s·\s")
_DOTS = re.compile(r"\s[•·|*■●▪]\s?|\s/\s")


def split_names(
    text: str, span: Span, language: str | None, *, closed_by_and: bool = False
) -> list[Span]:
    """The spans of the names a stretch of text lists.

    `closed_by_and`: grammar asks for a conjunction before the last name, as in a sentence.
    """
    conjunction = _conjunction(language)
    span = _trim(text, span, conjunction)
    pieces = _rejoined(text, list(_cut(*span, _marks(text, *span))), conjunction)
    before = len(pieces) > 1
    pieces[-1:] = _at_conjunction(
        text, pieces[-1], conjunction, alone=not before, sure=closed_by_and
    )
    if closed_by_and and before:
        pieces = [
            half for p in pieces[:-1] for half in _with_article(text, p, conjunction)
        ] + pieces[-1:]
    trimmed = [_trim(text, piece, conjunction) for piece in pieces]
    return [(s, e) for s, e in trimmed if s < e]


def _rejoined(text: str, pieces: list[Span], conjunction: re.Pattern[str]) -> list[Span]:
    """The pieces with the commas that stand inside a name: “Exil, mode d'emploi”.

    A small letter reads on where names begin with capitals; a “B et C” out of place in an
    alphabetical list is the end of “A, B et C”.
    """
    if text[pieces[0][1] : pieces[0][1] + 1] != ",":
        return pieces
    said = [text[slice(*piece)].strip() for piece in pieces]
    inner = {at for at in range(1, len(said)) if people.is_legal_form(said[at])}
    if len(pieces) > 3:
        small = {at for at in range(1, len(said)) if _reads_on(said[at], conjunction)}
        inner |= small if len(small) <= 0.2 * len(said) else set()
        inner |= _out_of_place(said, conjunction)
    joined: list[Span] = []
    for at, piece in enumerate(pieces):
        if at in inner:
            joined[-1] = (joined[-1][0], piece[1])
        else:
            joined.append(piece)
    return joined


def _reads_on(piece: str, conjunction: re.Pattern[str]) -> bool:
    return piece[:1].islower() and not starts_name(piece) and not conjunction.match(piece)


def _out_of_place(said: list[str], conjunction: re.Pattern[str]) -> set[int]:
    """The pieces with an “et” of their own that break an order the others keep."""
    keys = [words.sort_key(piece) for piece in said[:-1]]
    falls = sum(after < before for before, after in pairwise(keys))
    if len(keys) < 7 or falls > 0.2 * len(keys):
        return set()
    found = set()
    for at in range(1, len(keys) - 1):
        before, here, after = keys[at - 1], keys[at], keys[at + 1]
        late = here < before <= after or (before <= after < here and not said[at].isupper())
        if late and len(list(conjunction.finditer(said[at]))) == 1:
            found.add(at)
    return found


def leading_names(text: str, span: Span, language: str | None) -> Iterator[tuple[Span, bool]]:
    """The pieces behind "à l'appel de", without their "de"; with each, whether it is the last."""
    conjunction = _conjunction(language)
    pieces = list(_cut(*span, _marks(text, *span)))
    for at, piece in enumerate(pieces):
        joined = conjunction.match(text[slice(*piece)].lstrip()) is not None
        halves = _at_conjunction(text, piece, conjunction, alone=False, sure=True, after_of=True)
        if len(halves) > 1 and _goes_on(text, pieces[at + 1 :], conjunction):
            halves = [piece]
        for number, half in enumerate(halves, 1):
            start, end = _trim(text, half, conjunction)
            said = text[start:end]
            closes = joined or 1 < len(halves) == number
            yield (start + len(said) - len(untied(said)), end), closes


def _goes_on(text: str, after: list[Span], conjunction: re.Pattern[str]) -> bool:
    """Another name follows, and a later "and" closes the list: this one stands inside a name."""
    named = [text[slice(*piece)].strip() for piece in after]
    return (
        bool(named)
        and starts_name(untied(named[0]))
        and any(starts_name(untied(said)) and conjunction.search(said, 1) for said in named)
    )


@cache
def _conjunction(language: str | None) -> re.Pattern[str]:
    said = "|".join(dict.fromkeys(["et", "and", "&", *_AND.get(language or "", "und").split("|")]))
    return re.compile(rf"(?:(?<=[\s,;»”\")])|^)(?:{said})(?:\s+|(?=[«“\"]))")


def without_of(text: str, spans: list[Span]) -> list[Span]:
    """The names of “à l'appel : du Comité, de la Ligue” without what ties them to the call."""
    said = [text[slice(*span)] for span in spans]
    tied = sum(len(untied(each)) < len(each) for each in said)
    if tied < 0.6 * len(said):
        return spans
    return [
        (start + len(each) - len(untied(each)), end)
        for (start, end), each in zip(spans, said, strict=True)
    ]


def untied(piece: str) -> str:
    """The piece without the "de" that opens it, its article kept where one can tell them apart."""
    return _OF.sub("", piece, count=1)


def starts_name(text: str) -> bool:
    """Begins as a name does: a capital, a figure, a quote, after an article or not."""
    return bool(_STARTS_NAME.match(text.lstrip()) or _COMMON_START.match(text.lstrip()))


def depth_free(text: str, start: int, end: int) -> Iterator[int]:
    """The positions that stand in no bracket and no quotation."""
    closing: list[str] = []
    for at in range(start, end):
        sign = text[at]
        if closing and sign == closing[-1]:
            closing.pop()
        elif sign in _OPENS and _OPENS[sign] in text[at:end]:
            closing.append(_OPENS[sign])
        elif sign == '"' and text.count('"', start, end) % 2 == 0:
            closing.append('"')
        elif not closing:
            yield at


def _marks(text: str, start: int, end: int) -> list[Span]:
    """Where the separators stand; semicolons outrank commas, commas outrank dots and dashes."""
    free = set(depth_free(text, start, end))
    dots = [m.span() for m in _DOTTED.finditer(text, start, end) if m.start() in free]
    if len(dots) > 1:
        return dots
    for sign in (";", ",", "，"):
        found = [
            (at, at + 1) for at in sorted(free) if text[at] == sign and not _in_number(text, at)
        ]
        if found:
            return found
    for pattern, least in ((_DOTS, 1), (_DASHES, 2)):
        spans = [m.span() for m in pattern.finditer(text, start, end) if m.start() in free]
        if len(spans) >= least:
            return spans
    return []


def _in_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _cut(start: int, end: int, marks: list[Span]) -> Iterator[Span]:
    for mark_start, mark_end in marks:
        yield start, mark_start
        start = mark_end
    yield start, end


def _at_conjunction(
    text: str,
    piece: Span,
    conjunction: re.Pattern[str],
    *,
    alone: bool,
    sure: bool,
    after_of: bool = False,
) -> list[Span]:
    """The last piece, cut where "et" joins two names rather than two words of one."""
    start, end = piece
    if conjunction.match(text[start:end].lstrip()):
        return [piece]
    if people.is_person(text[start:end].partition(",")[0].strip()):
        return [piece]  # "Pilar Bosch i Sardà, mestra"
    free = set(depth_free(text, start, end))
    cuts = [
        found
        for found in conjunction.finditer(text, start, end)
        if found.start() in free
        and starts_name(untied(text[found.end() : end]) if after_of else text[found.end() : end])
    ]
    if not alone:
        cuts = [each for each in cuts if each[0].strip() != "&"]  # "Fils & Compagnie" is one
    if not cuts or (alone and not sure and not _twins(text, piece, cuts[-1])):
        return [piece]
    cut = cuts[-1]
    return [(start, cut.start()), (cut.end(), end)]


def _twins(text: str, piece: Span, cut: re.Match[str]) -> bool:
    """Two names rather than one: each with its article, or each an acronym."""
    left, right = text[piece[0] : cut.start()].strip(), text[cut.end() : piece[1]].strip()
    article = re.compile(rf"{_ARTICLE}\s*", re.IGNORECASE)
    short = re.compile(r"[A-ZÀ-ÞА-ЯЁ0-9.-]{2,8}$")
    return bool(article.match(left) and article.match(right)) or bool(
        short.match(left) and short.match(right)
    )


def _with_article(text: str, piece: Span, conjunction: re.Pattern[str]) -> list[Span]:
    """Inside the enumeration "et la Ligue" opens another name; "et Liberté" does not."""
    start, end = piece
    if conjunction.match(text[start:end].lstrip()):
        return [piece]
    free = set(depth_free(text, start, end))
    for found in conjunction.finditer(text, start, end):
        rest = text[found.end() : end]
        if found.start() in free and re.match(rf"{_ARTICLE}\s*[A-ZÀ-ÞŒА-ЯЁ]", rest):
            return [(start, found.start()), (found.end(), end)]
    return [piece]


def _trim(text: str, piece: Span, conjunction: re.Pattern[str]) -> Span:
    start, end = piece
    while start < end and (text[start].isspace() or text[start] in ",;•·"):
        start += 1
    if leading := conjunction.match(text[start:end]):
        start += leading.end()
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;•·:–—"):
        end -= 1
    return start, end
