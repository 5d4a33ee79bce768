"""What a line of a document looks like: prose, an enumeration, a date line, a name of a list."""

from __future__ import annotations

import re

from crm import words
from crm.documents import Line
from crm.reading import cues, people
from crm.reading.dates import AROUND_DATE, dates_in, hour_in
from crm.reading.entries import EMAIL, PHONE, URL
from crm.reading.splitting import starts_name, untied

LABEL = re.compile(r"^(?P<label>[^:：]{2,140}?)(?:\s*[:：]\s+|\s+[:：]\s*)(?P<rest>\S.*)$")
SIGNED_BY = re.compile(
    r"^(?P<label>(?:(?:co-?)?signed|(?:co-?)?signée?|firmad[oa]|suscrit[oa]|firmat[oa]|sottoscritt[oa]|"
    r"unterzeichnet|signat|assinad[oa]) (?:by|par|por|da|von|per))\s+(?P<rest>[A-ZÀ-Þ«“\"].+)$",
    re.IGNORECASE,
)
_MARK = re.compile(r"[,;]")
_OTHER_MARKS = (
    re.compile(r"\s*[•■●▪|]\s*|\s·\s"),
    re.compile(r"\s+/\s+"),
    re.compile(r"\s+[–—-]\s+"),
)
_SENTENCE_END = re.compile(r"[.!?…]['’»”)]*$")
_INNER_END = re.compile(r"[^\W\d_]{4,}[.!?]['’»”)]*\s+[A-ZÀ-ÞА-Я]")
_OF_A_TOWN = frozenset(
    "sur sous lès la les le de du des en am an der upon y i d l г г. р года n° numéro".split()
)
_MEANS = re.compile(
    r"(?:e ?mail|mail|courriel|tel\w*|phone|site|web|internet|www|correo|sito|lloc|sait|tlf|fax|et|"
    r"and|und|ou|or| )+"
)
_PRONOUN = re.compile(
    r"\b(?:nous|vous|je|j['’]|il est|elle est|qu['’]|que|dont|qui|we|you|our|which|that|who|wir|"
    r"ihr|sie|dass|welche|nosotros|"
    r"nuestr\w+|que|noi|nostr\w+|che|nosaltres|мы|вы|что|который|которые|нас|наш\w*|sera|seront|"
    r"sont|est|ont|are|is|ist|sind|"
    r"son|sono|és|è)\b",
    re.IGNORECASE,
)


def marks(text: str) -> int:
    """Commas and semicolons inside a text, not at its end; where there are none, other signs."""
    bare = re.sub(r"[,;.\s]+$", "", text)
    counts = (len(mark.findall(bare)) for mark in (_MARK, *_OTHER_MARKS))
    return next(filter(None, counts), 0)


def is_enumeration(text: str) -> bool:
    """Several names between commas or semicolons, rather than a sentence with commas in it."""
    bare = re.sub(r"\([^)]*\)", "", text)
    dots = [piece.strip() for piece in _OTHER_MARKS[0].split(bare) if piece.strip()]
    pieces = [piece.strip() for piece in _MARK.split(bare) if piece.strip()]
    if len(dots) > 2 or len(pieces) < 3:
        return _set_apart(bare)
    named = sum(
        starts_name(untied(re.sub(r"^(?:et|and|und|y|e|i|и|ainsi que)\s+", "", piece)))
        for piece in pieces
    )
    length = len(text.split()) / len(pieces)
    return named >= 0.7 * len(pieces) and length <= 11 and not _INNER_END.search(text)


def _set_apart(text: str) -> bool:
    """Names between dots, bars, strokes or dashes: each short, and each begun as a name."""
    for mark in _OTHER_MARKS:
        pieces = [piece.strip() for piece in mark.split(text) if piece.strip()]
        if len(pieces) >= 3:
            named = sum(starts_name(untied(piece)) for piece in pieces)
            return named >= 0.8 * len(pieces) and max(len(p.split()) for p in pieces) <= 14
    return False


def is_prose(text: str) -> bool:
    """A sentence, not a name."""
    count = len(text.split())
    if is_enumeration(text) or (
        ";" in text and count / (text.count(";") + 1) < 12 and text[:1].isupper()
    ):
        return False
    if len(text) > 230 or (_INNER_END.search(text) and count >= 9):
        return True
    if text.endswith("?") or (text.endswith("!") and count >= 6):
        return True
    ends = bool(_SENTENCE_END.search(text)) and not re.search(
        r"\b(?:[a-z]\.\s?)?[A-Za-zÀ-ÿ]\.$", text
    )
    if ends and count >= 9:
        return True
    spoken = len(_PRONOUN.findall(text))
    return (
        count >= 9
        and (
            (spoken >= 2 and (ends or count >= 14))
            or (spoken == 1 and (ends or text[:1].islower()))
        )
        and not people.is_function(text.partition(",")[2])
    )


def is_spoken(text: str) -> bool:
    """A sentence beyond doubt: long, or two of them, and speaking of we, you or it."""
    spoken = len(_PRONOUN.findall(text))
    return len(text) > 260 or (spoken >= 2 and bool(_INNER_END.search(text) or len(text) > 160))


def is_long_name(line: Line) -> bool:
    """An item of a list that is long for a name, ends in a full stop even, yet says nothing."""
    text = line.text
    return bool(
        (line.bullet or line.hard)
        and len(text) < 160
        and starts_name(text)
        and not text.endswith(("?", "!"))
        and not _INNER_END.search(text)
        and len(_PRONOUN.findall(text)) < 2
    )


def is_dateline(text: str) -> bool:
    """A place and a day, or a day alone: "Paris, le 21 mai 2026"."""
    dated = [date for date in dates_in(text) if date.year]
    if len(dated) != 1 or len(text) > 90 or "@" in text:
        return False
    rest = f"{text[: dated[0].start]} {text[dated[0].end :]}"
    if cues.announces(rest):
        return False
    said = [part for part in re.split(r"[\s,–—.()-]+", rest) if part]
    small = [part for part in said if part[0].islower() and part.lower() not in AROUND_DATE]
    return (
        len(said) <= 7
        and all(part in _OF_A_TOWN for part in small)
        and not people.names_body(rest)
        and not hour_in(rest)
    )


def is_means(text: str) -> bool:
    """Addresses, telephones and sites, and nothing that could sign."""
    rest = PHONE.sub(" ", URL.sub(" ", EMAIL.sub(" ", text)))
    if rest == text:
        return False
    folded = words.fold(rest)
    return len(folded) <= 2 or cues.is_contact(rest) or bool(_MEANS.fullmatch(folded))


_PARTICULARS = re.compile(
    r"^(?:lieu|lugar|luogo|lloc|local|where|ou|wo|donde|dove|on|mesto|gde|date|datum|fecha|data|"
    r"when|quand|wann|cuando|quando|quan|heure|hora|ora|time|"
    r"uhrzeit|vremia|vremya|rendez vous|treffpunkt|ort|iban|paypal|source|quelle|fuente|fonte|font|lien|"
    r"link|enlace|site|web|press\w*|medienkontakt|"
    r"pressekontakt|stampa|prensa|premsa|telephone|tel|acces|access|anfahrt|acceso|accesso|transports?|metro|tram|bus|parking|"
    r"horaires?|schedule|programme?|programm|programa|tarif\w*|entree|eintritt|ingresso|entrada|v i s d p|visdp|impressum|f i p|musik|music|musique|info\w*|referente?s?|ansprech\w*|rsvp|responsable\w*|cc|c c|nb|ps|"
    r"(?:\w+ )?(?:in |en |con )?(?:kopie|copie|copy|copia|kopi[iy]a|kopiiu)(?: (?:a|an|to|au|aux))?)$"
)


_FOR_MORE = re.compile(
    r"(?:for|pour) (?:more|further|press|media|info\w*|plus|tout\w*|les medias|la presse|contact\w*|"
    r"signer|adherer|participer|soutenir|les journalistes|donner|nous)\b"
)


def is_particulars(text: str) -> bool:
    """ "Lugar: Plaza Mayor", or a day with its hour: no name of a list."""
    label, colon, _rest = text.partition(":")
    if colon and (_PARTICULARS.match(words.fold(label)) or _FOR_MORE.match(words.fold(label))):
        return True
    return bool(dates_in(text) and hour_in(text))


def could_sign(text: str) -> bool:
    """Looks like a name of a list: no hour, no figure of money, no sentence."""
    if (
        is_prose(text)
        or is_dateline(text)
        or hour_in(text)
        or re.search(r"[€$%]|\d{3,}\s\d{3}", text)
    ):
        return False
    return bool(re.search(r"[^\W\d_]{2}", text))


def is_heading(line: Line) -> bool:
    """Set apart as a heading is: marked so, in bold, or ending in a colon."""
    return line.level > 0 or (line.bold and not line.bullet) or line.text.endswith((":", "："))


def paragraphs(block: list[Line]) -> list[list[Line]]:
    """The lines of a block that read on: an item of a list, or a long line, begins anew."""
    found: list[list[Line]] = []
    for line in block:
        if not found or line.bullet or line.cells or len(found[-1][-1].text) > 200:
            found.append([])
        found[-1].append(line)
    return found


def names_only(text: str) -> bool:
    """Names between commas, and no day or hour among them."""
    return is_enumeration(text) and not dates_in(text) and not hour_in(text)


def lists_names(rest: str) -> bool:
    """Names, or one that could sign: what may stand behind "Signataires :"."""
    rest = rest.rstrip(" .")
    return is_enumeration(rest) or (
        starts_name(rest) and could_sign(rest) and rest[:1] not in "(" and len(words.fold(rest)) > 1
    )
