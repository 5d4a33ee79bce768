"""The head of a document: its title, kind, date, place, and to whom it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from crm import words
from crm.documents import Document, Line
from crm.reading import cues, people, rows
from crm.reading.dates import AROUND_DATE, Dated, dates_in
from crm.reading.geography import place_heading
from crm.reading.result import PersonRead

_SUBJECT = re.compile(
    r"^(?:Objet|Subject|Betreff|Betrifft|Asunto|Oggetto|Assumpte|Assunto|Тема|Кас\w+|Re|Concerne)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_KINDS = (
    ("petition", r"petitions?|petizione|peticion(?:es)?|peticio|petitsi\w+"),
    ("press release", r"communiques?(?: de presse)?|press release|media release|presse(?:mitteilung|erklarung|information)|comunicados?(?: de prensa)?|"
                      r"nota de (?:prensa|premsa|imprensa)|comunicat[oi]?(?: stampa| de premsa)?|"
                      r"press reliz\w*|pressreliz"),
    ("open letter", r"lettres? ouvertes?|open letters?|offener? brief|offener brief|cartas? abiertas?|letter[ae] apert[ae]|carta oberta|carta aberta|"
                    r"otkryto\w* pis ?m\w+|vidkr[iy]t\w* list\w*"),
    ("appeal", r"appels?|appeals?|call|aufrufe?|llamamientos?|llamada|appell[oi]|crida|cridas|prizyv\w*|vozzvanie|apelo|chamada|zaklyk"),
    ("statement", r"declarations?|statements?|erklarung\w*|stellungnahme|declaracion(?:es)?|manifiestos?|dichiarazion[ei]|declaracio|manifest[oe]?|"
                  r"za[iy]avleni\w*|obrashchenie|tribune|motion|resolution|position paper|"
                  r"posicionamiento|posicionament|presa di posizione|declaracao"),
    ("rally", r"rassemblements?|manifestations?|rally|demonstration|kundgebung|demo|mahnwache|concentracion|manifestacion|presidio|manifestazione|"
              r"corteo|concentracio|manifestacio|miting\w*|piket\w*|sit in|vigil|veillee"),
)  # fmt: skip
_KIND_PATTERNS = tuple((kind, re.compile(rf"\b(?:{pattern})\b")) for kind, pattern in _KINDS)
_KIND_ONLY = re.compile(
    rf"^(?:{'|'.join(pattern for _kind, pattern in _KINDS[:5])})(?: (?:commune?|unitaire|"
    rf"conjointe?|intersyndicale?|collective?|joint|gemeinsame\w*|"
    r"conjunt[oa]?|congiunt[oa]|international\w*|urgente?|de|du|des|la|stampa|presse|prensa|premsa|"
    r"\d+))*$"
)
_SALUTATION = re.compile(
    r"^(?:Monsieur|Madame|Mesdames|Messieurs|Cher|Chère|Chers|Chères|Dear|Sehr geehrte|Liebe|"
    r"Lieber|Estimad|Señor|Excelent|Egregi|Gentil|Spettabil|"
    r"Illustrissim|Signor|Car[oi]|Уважаем|Дорог|Глубокоуважаем|Benvolgu|Senyor|Exm|Prezad|Caro|"
    r"Шановн)[^.]{0,90}[,!:]?$"
)
_ATTENTION = re.compile(
    r"^(?:[àa] l['’]attention de|[àa] l['’]attn|destinataire|to the attention of|attn|to|an|"
    r"zu händen|a la atención de|all['’]attenzione di|alla c\.a\.|"
    r"a l['’]atenció de|кому|вниманию)\s*:?\s*",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"publi(?:é|e|cad|shed|cat)|veröffentlicht|pubblicat|опубликован|communiqu|press release|"
    r"pressemitteilung|comunicad|comunicat|stand|"
    r"пресс-релиз|mis en ligne|diffus|lettre du|appel du|déclaration du|date\s*:|datum\s*:|"
    r"fecha\s*:|data\s*:|дата\s*:",
    re.IGNORECASE,
)
_TOP = 45


@dataclass(frozen=True)
class Head:
    """What stands around the text."""

    title: str | None
    kind: str
    date: date | None
    place: str | None
    addressee: PersonRead | None


def head_of(document: Document, *, signed: bool) -> Head:
    """The head of a document; `signed` when it has a list of signatories."""
    lines = [line for line in document.lines if line.text]
    title = title_of(lines)
    issued, place = dateline(document)
    addressee = addressee_of(lines)
    letter = addressee is not None or any(_SALUTATION.match(line.text) for line in lines[:_TOP])
    return Head(
        title, kind_of(lines, title, letter=letter, signed=signed), issued, place, addressee
    )


# -- title ----------------------------------------------------------------------------------


def title_of(lines: list[Line]) -> str | None:
    """The title; None rather than a first sentence."""
    top = lines[:_TOP]
    for line in top:
        if found := _SUBJECT.match(line.text):
            return words.tidy(line.text[found.end() :])
    for chosen in (_marked(top), _bold(top), _plain(top)):
        if chosen:
            return words.tidy(" ".join(line.text for line in chosen).strip(" :"))
    return None


def _may_title(line: Line) -> bool:
    said = line.text
    for dated in reversed(dates_in(said)):
        said = said[: dated.start]
    kind = " ".join(part for part in said.split() if part.lower().strip(",–—-") not in AROUND_DATE)
    folded = words.fold(kind if _KIND_ONLY.match(words.fold(kind)) else line.text)
    return bool(
        folded
        and not _KIND_ONLY.match(folded)
        and not cues.role_of(line.text)
        and not cues.is_contact(line.text)
        and not place_heading(line.text)
        and not rows.is_means(line.text)
        and not _ATTENTION.match(line.text)
        and not _SALUTATION.match(line.text)
        and not line.cells
    )


def _marked(top: list[Line]) -> list[Line]:
    """The first heading, with the lines of the same rank right under it."""
    for at, line in enumerate(top):
        if line.level and _may_title(line) and not rows.is_dateline(line.text):
            more: list[Line] = []
            for after in top[at + 1 :]:
                if after.level != line.level or after.number != line.number + len(more) + 1:
                    break
                more.append(after)
            return [line, *more]
        if cues.role_of(line.text) and rows.is_heading(line):
            return []
    return []


def _bold(top: list[Line]) -> list[Line]:
    """The first bold lines that stand together before the text begins."""
    found: list[Line] = []
    for line in top:
        if found and (not line.bold or line.number != found[-1].number + 1):
            break
        if (rows.is_prose(line.text) and not line.bold) or cues.role_of(line.text):
            break
        if line.bold and not line.bullet and len(line.text) < 300 and _may_title(line):
            found.append(line)
    dates = [line for line in found if rows.is_dateline(line.text)]
    return found if len(dates) < len(found) and not _is_address(found) else []


def _is_address(lines: list[Line]) -> bool:
    return any(
        re.match(r"(?:Monsieur|Madame|M\.|Mme|Mr|Mrs|Herrn?|Frau|Sra?\.|Sig\.)\s", line.text)
        for line in lines
    )


def _plain(top: list[Line]) -> list[Line]:
    """A first line of its own, short and without a full stop."""
    for at, line in enumerate(top[:6]):
        if rows.is_dateline(line.text) or not _may_title(line):
            continue
        apart = at + 1 < len(top) and top[at + 1].number > line.number + 1
        short = (
            len(line.text.split()) <= 28
            and not line.text.endswith((".", ",", ";"))
            and not line.bullet
        )
        return [line] if apart and short and line.text[:1] not in "([" else []
    return []


# -- kind -----------------------------------------------------------------------------------


def kind_of(lines: list[Line], title: str | None, *, letter: bool, signed: bool) -> str:
    """appeal, open letter, press release, statement, rally, petition or post."""
    for line in lines[:8]:
        folded = words.fold(line.text)
        if len(folded.split()) <= 14 and (kind := _labelled(folded)):
            return kind
    titled = words.fold(title or "")
    if kind := _labelled(titled):
        return kind
    if letter:
        return "open letter"
    named = [kind for kind, pattern in _KIND_PATTERNS if pattern.search(titled)]
    if named:
        return named[0]
    if not signed:
        return "post"
    said = words.fold(" ".join(line.text for line in lines))
    if re.search(r"\b(?:notre|cette|our|this|unser\w*|diese[rn]?|nuestr[oa]|esta|nostr[oa]|aquesta|"
                 r"nash\w*|nasto\w*) (?:declaration|statement|erklarung|"
                 r"declaracion|dichiarazione|declaracio|za[iy]avlenie\w*)\b", said):  # fmt: skip
        return "statement"
    return "appeal"


def _labelled(folded: str) -> str | None:
    """The kind a line opens with: "Lettre ouverte au maire"."""
    for kind, pattern in _KIND_PATTERNS:
        found = pattern.search(folded)
        if found and (
            found.start() == 0
            or _KIND_ONLY.match(folded)
            or len(folded[: found.start()].split()) <= 2
        ):
            return kind
    return None


# -- date and place -------------------------------------------------------------------------


def dateline(document: Document) -> tuple[date | None, str | None]:
    """The day the document bears and the town it is dated from."""
    blocks = [block for block in document.blocks() if not any(line.cells for line in block)]
    lines = [(line, len(block) == 1) for block in blocks for line in block]
    ranked = []
    for line, alone in lines:
        dated = next((found for found in dates_in(line.text) if found.year and found.on()), None)
        if dated is None or len(line.text) > 120:
            continue
        place = _place_before(line.text, dated) if rows.is_dateline(line.text) else None
        if rows.is_dateline(line.text):
            ranked.append((0 if place else 1 if alone else 3, dated, place))
        elif _ISSUED.search(line.text[: dated.start]):
            ranked.append((2, dated, _place_behind(line.text[: dated.start])))
    if not ranked:
        return None, None
    _rank, dated, place = min(ranked, key=lambda found: found[0])
    return dated.on(), place


def _place_before(text: str, dated: Dated) -> str | None:
    parts = text[: dated.start].split()
    while parts and parts[-1].strip(" ,–—-(.").lower() in AROUND_DATE | {""}:
        parts.pop()
    while parts and parts[0].strip(" ,–—-(.").lower() in AROUND_DATE | {""}:
        parts.pop(0)
    place = " ".join(parts).strip(" ,–—-(:")
    if (
        not place
        or len(parts) > 5
        or not place[:1].isupper()
        or _KIND_ONLY.match(words.fold(place))
    ):
        return None
    return place


def _place_behind(text: str) -> str | None:
    """ "Communiqué de presse – Paris, le": the last words before the date."""
    found = re.search(r"[–—,-]\s*([A-ZÀ-ÞА-Я][\w'’ -]{1,40}?),?\s*(?:le|den|a|,)?\s*$", text)
    return found[1].strip() if found and not _KIND_ONLY.match(words.fold(found[1])) else None


# -- addressee ------------------------------------------------------------------------------


def addressee_of(lines: list[Line]) -> PersonRead | None:
    """To whom the letter is written, from the lines "A l'attention de" opens."""
    for at, line in enumerate(lines[:15]):
        found = _ATTENTION.match(line.text)
        if not found or (len(line.text.split()) > 12):
            continue
        block = [line.text[found.end() :], *(after.text for after in lines[at + 1 : at + 4])]
        block = [text for text in block if text.strip()]
        if found[0].strip(" :").lower() in {"to", "an"} and not people.is_person(
            block[0] if block else ""
        ):
            continue
        return _addressee(block)
    return None


def _addressee(block: list[str]) -> PersonRead | None:
    if not block:
        return None
    name, _comma, rest = block[0].partition(",")
    titled = re.sub(
        r"^(?:Monsieur|Madame|M\.|Mme|Mr|Mrs|Ms|Herrn?|Frau|Sra?\.?|Señora?|Sig\.(?:ra)?|D\.|г-н\w*|г-ж\w*)\s+(?:le |la |l['’])?",
        "",
        name,
    )
    if not people.is_person(titled, among_people=True):
        return None
    function = rest.strip() or next((text for text in block[1:2] if people.is_function(text)), None)
    return PersonRead(name=titled.strip(), role=function, standing="addressee")
