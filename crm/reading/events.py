"""The rendezvous a document gives: a day, an hour, a town, where people are asked to come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from crm import words
from crm.documents import Document, Line
from crm.reading import rows
from crm.reading.calls import sentences
from crm.reading.dates import Dated, dates_in, hour_in
from crm.reading.geography import place_heading, place_of
from crm.reading.result import Event

_EVENT = re.compile(
    r"\b(?:rassembl\w+|festivals?|manifester|descendre dans la rue|take to the streets|demonstrier\w*|auf die strasse|salir a la calle|manifestarse|scendere in piazza|sortir al carrer|vyyti|vyydem|manifs?|manifestations?|marche|meeting\w*|conferenc\w*|soirees?|debats?|"
    r"projection|veillees?|piquet|concerts?|journees? (?:internationale|nationale|"
    r"d action|de solidarite|mondiale)\w*|rendez vous|reunion|evenement\w*|evento\w*|sortir le|"
    r"rall(?:y|ies)|demonstrat\w+|protests?|vigils?|events?|gathering|day of (?:action|solidarity)|"
    r"join us|"
    r"kundgebung\w*|demo|demos|mahnwache\w*|veranstaltung\w*|aktionstag\w*|treffpunkt|"
    r"concentracion\w*|manifestacion\w*|marcha|acto|jornada|vigilia|"
    r"presidi[oi]?|manifestazion\w*|corte[oi]|sit in|giornata|incontro|appuntamento|fiaccolata|"
    r"concentracio\w*|manifestacio\w*|acte|trobada|"
    r"miting\w*|piket\w*|aktsi[iyae]\w*|vstrech\w*|demonstratsi\w*|sobrani\w*)\b"
)
_PAST = re.compile(
    r"\b(?:arret\w+|condamn\w+|emprison\w+|tortur\w+|arrest\w*|detain\w*|sentenced|imprisoned|"
    r"festgenommen|verhaftet|verurteilt|detenid\w+|condenad\w+|"
    r"encarcelad\w+|arrestat\w+|condannat\w+|detingu\w+|condemnat\w+|arestova\w+|zaderzh\w+|"
    r"osuzhd\w+|deces|morts?|assassin\w+|killed)\b"
)
_CAPITALISED = r"[A-ZÀ-ÞŒА-ЯІЇЄ][^\W\d_]*(?:['’-][^\W\d_]+){0,6}"
_TOWN = (
    rf"{_CAPITALISED}(?:\s(?:{_CAPITALISED}|"
    r"(?:sur|sous|lès|am|an der|upon|de la|del|de|i|y)(?=\s[A-ZÀ-Þ]))){0,5}"
)
_PAIR = re.compile(rf"({_TOWN})\s*\(([^()\d]{{3,40}})\)")
_AT = re.compile(rf"(?<![\w'’])(?:à|a|à la|in|en|nach|at|в|во|у)\s+({_TOWN})")
_NOT_AT = re.compile(
    r"(?:soutien|solidarit\w+|libert\w+|hommage|appel\w*|face|grâce|support|solidarity|apoyo|"
    r"solidaridad|sostegno|solidarietà|suport|solidaritat|"
    r"freedom|justice|merci|contre)\s*$",
    re.IGNORECASE,
)
_SQUARE = re.compile(
    r"^(?:Square|Place|Avenue|Rue|Boulevard|Bourse|Salle|Théâtre|Ambassade|République|Plaza|Piazza|"
    r"Platz|Plaça|Calle|Carrer|Via|Parc|Jardin|Gare|Mairie|"
    r"Maison|Assemblée|Conseil|Embassy|Street)\b"
)


@dataclass(frozen=True)
class _Said:
    """A stretch of text that may give a rendezvous."""

    text: str
    introduced: bool = False  # by a heading or a line ending in a colon that speaks of one
    town: str | None = None  # of the line that introduced it


def events_of(document: Document, issued: date | None, place: str | None) -> tuple[Event, ...]:
    """The rendezvous, once each, in their order; what happened to somebody once is none."""
    found: list[Event] = []
    last: date | None = None
    years = [dated.year for dated in dates_in(document.text) if dated.year]
    year = issued.year if issued else max(years, default=None)
    for said in _stretches(document):
        is_one = said.introduced or bool(_EVENT.search(words.fold(said.text)))
        if not is_one or _PAST.search(words.fold(_around(said.text))):
            continue
        read = [_day(dated, issued, year) for dated in dates_in(said.text)]
        days = [day for day in read if day and _may_come(day, issued, years)]
        hour = hour_in(_without_dates(said.text))
        towns = _towns(said.text) or [(said.town, None)]
        if not days and last and (hour and (said.introduced or said.town)):
            days = [last]
        for day in days[:1]:
            last = day
            found += [Event(day, hour, town, country) for town, country in towns]
    return _once(found, place)


def _stretches(document: Document) -> Iterator[_Said]:
    """Sentences, and lines that a heading about a rendezvous stands over."""
    over: str | None = None
    for block in (part for whole in document.blocks() for part in rows.paragraphs(whole)):
        first = block[0]
        span = (first.start, block[-1].end)
        text = document.text[slice(*span)].replace("\n", " ").replace("\t", " ")
        if over is not None and _is_particulars(block):
            town = next(iter(_towns(over)), (None, None))[0]
            lines = (
                block
                if sum(bool(dates_in(line.text)) or bool(hour_in(line.text)) for line in block) > 1
                else None
            )
            if lines:
                yield from (_Said(line.text, True, _leading_town(line.text)) for line in lines)
            else:
                yield _Said(text, True, town or _leading_town(text))
            continue
        if over is not None and len(block) == 1 and place_heading(first.text):
            continue
        over = None
        for start, end in sentences(document.text, span):
            yield _Said(document.text[start:end].replace("\n", " "))
        if (
            _EVENT.search(words.fold(block[-1].text))
            and rows.is_heading(block[-1])
            and len(block[-1].text) < 160
        ):
            over = block[-1].text


def _is_particulars(block: list[Line]) -> bool:
    return not any(rows.is_prose(line.text) and not hour_in(line.text) for line in block)


def _leading_town(text: str) -> str | None:
    found = re.match(rf"({_TOWN})\s*(?:[,:(–—-]|$)", text)
    return found[1] if found and not _SQUARE.match(found[1]) else None


def _around(text: str) -> str:
    """The sentence without what it demands: "pour exiger la fin de la torture" is no past."""
    return re.split(
        r"\b(?:pour|contre|afin|to|against|um|gegen|para|contra|per|contro|за|против)\s", text
    )[0]


def _day(dated: Dated, issued: date | None, year: int | None) -> date | None:
    if dated.year or issued is None:
        return dated.on(year) if dated.year or year else None
    day = dated.on(issued.year)
    return dated.on(issued.year + 1) if day and day < issued - timedelta(days=60) else day


def _may_come(day: date, issued: date | None, years: Sequence[int]) -> bool:
    """Not before the document; without its date, of the latest year it speaks of."""
    if issued:
        return day >= issued
    return day.year == max(years, default=day.year)


def _without_dates(text: str) -> str:
    for dated in reversed(dates_in(text)):
        text = text[: dated.start] + " " * (dated.end - dated.start) + text[dated.end :]
    return text


def _towns(text: str) -> list[tuple[str | None, str | None]]:
    """The towns of a rendezvous: "Paris (France), Berlin (Allemagne)", or the first "à Paris"."""
    pairs = [
        (found[1], place.country)
        for found in _PAIR.finditer(text)
        if (place := place_of(found[2])) and place.country and place_of(found[1]) is None
    ]
    if pairs:
        return [*pairs]
    # Behind the date stands the town; before it, often, whom all this is for.
    day = max((dated.end for dated in dates_in(text)), default=0)
    for found in sorted(_AT.finditer(text), key=lambda found: (found.start() < day, found.start())):
        town = found[1]
        if (
            _NOT_AT.search(text[: found.start()])
            or place_of(town)
            or _SQUARE.match(town)
            or dates_in(f"1 {town} 2020")
        ):
            continue
        return [(_nominative(town), None)]
    return []


def _nominative(town: str) -> str:
    """The town as a list would write it: "в Берлине" is Берлин."""
    if not re.search("[а-яіїє]", town) or not town.endswith("е"):
        return town
    stem = town[:-1]
    return next((form for form in (stem, f"{stem}а", f"{stem}ь") if form in _russian_towns()), stem)


@cache
def _russian_towns() -> frozenset[str]:
    from babel import Locale

    return frozenset(zone["city"] for zone in Locale("ru").time_zones.values() if "city" in zone)


def _once(events: list[Event], place: str | None) -> tuple[Event, ...]:
    """One rendezvous a day and town; one without town is the day's first, told again."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda event: event.place is None):
        at = next(
            (
                i
                for i, old in enumerate(kept)
                if old.on == event.on
                and (event.place is None or _same_town(old.place, event.place))
            ),
            None,
        )
        if at is None:
            kept.append(event)
        else:
            old = kept[at]
            kept[at] = replace(old, at=old.at or event.at, country=old.country or event.country)
    if len(kept) == 1 and kept[0].place is None and place:
        kept = [replace(kept[0], place=place)]
    return tuple(sorted(kept, key=lambda event: event.on))


def _same_town(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and words.fold(one) == words.fold(other)
