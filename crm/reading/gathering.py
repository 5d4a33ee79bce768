"""Everything a document lists, once each: three printings of one list are one list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crm import words
from crm.documents import Document, Line
from crm.reading import people, rows
from crm.reading.calls import Call
from crm.reading.entries import Entry, entry_of
from crm.reading.geography import place_of
from crm.reading.listing import Group, Listing
from crm.reading.result import Listed, PersonRead
from crm.reading.splitting import split_names, starts_name, without_of
from crm.reading.tables import entries_of_table


@dataclass(frozen=True)
class Found:
    """An entry and what its list says about it."""

    entry: Entry
    role: str
    group: Group | None = None
    source: int = 0  # the list or sentence it comes from
    beside: bool = False  # said by a sentence of a document that has a list


def of_listing(
    document: Document, listing: Listing, language: str | None, source: int = 0
) -> Iterator[Found]:
    """The entries of a list, in its order."""
    inline = _is_inline(listing)
    towns = _town_headings(listing)
    named = _mostly_people(document, listing, language)
    codes = _with_codes(listing)
    found = [
        Found(entry, listing.role, group, source)
        for group in listing.groups
        for run in group.runs
        if run[0].start not in towns
        for entry in _of_run(
            document, run, language, inline=inline or group.inline,
            among_people=group.people or named, codes=codes,
        )
    ]  # fmt: skip
    return iter(_without_towns(document, _for_their_bodies(found)))


_OWN = re.compile(
    r"titre (?:individuel|personnel)|personal capacity|título personal|titolo personale|"
    r"títol (?:personal|individual)|título (?:individual|pessoal)|privat|лично|особисто"
)


def _for_their_bodies(found: list[Found]) -> list[Found]:
    """Where some sign on behalf of their organisations, so do the others who name one."""
    sent = sum(one.entry.sent for one in found)
    if sent < 2 or sent < 0.2 * len(found):
        return found
    return [
        replace(one, entry=_sent(one.entry))
        if one.entry.person and one.entry.organisation and not _OWN.search(one.entry.published)
        else one
        for one in found
    ]


def _without_towns(document: Document, found: list[Found]) -> list[Found]:
    """Where what stands behind a name tells its country, a town or region there is no part of it."""
    said = [document.text[slice(*one.entry.span)].rstrip(" .;,") for one in found]
    told = [text for one, text in zip(found, said, strict=True) if one.entry.country]
    if len(found) < 5 or len(told) < 0.6 * len(found):
        return found
    for tail in (_IN_BRACKETS, _BEHIND_A_DASH):
        if sum(bool(tail.search(text)) for text in told) >= 0.8 * len(told):
            return [
                replace(one, entry=replace(one.entry, name=tail.sub("", one.entry.name)))
                if one.entry.country is None
                else one
                for one in found
            ]
    return found


_IN_BRACKETS = re.compile(
    r"\s\((?:[A-ZÀ-ÞА-ЯІЇЄ](?=[^()]*[a-zа-яà-ÿ])[^()\s]+|[A-Z]{2,3}|[A-ZÀ-Þ][^()]{3,20})\)$"
)
_BEHIND_A_DASH = re.compile(r"\s[–—-]\s[A-ZÀ-ÞА-ЯІЇЄ][^–—]{1,30}$")


def _sent(person: Entry) -> Entry:
    body = words.tidy(words.split_article(person.organisation or "")[1])
    return Entry(
        span=person.span, name=body, published=body, country=person.country, email=person.email,
        behind=person,
    )  # fmt: skip


def of_call(
    document: Document, call: Call, language: str | None, source: int = 0, *, beside: bool = False
) -> Iterator[Found]:
    """The entries of a sentence; a capital article that only opens it is one like the others."""
    entries = [entry_of(document.text, span, language) for span in call.names]
    others = any(entry.article for entry in entries[1:] if entry)
    for number, entry in enumerate(entries):
        if entry is None:
            continue
        if call.opens and number == 0 and others and not entry.article and not entry.person:
            article, rest = words.split_article(entry.published, language)
            if article and rest:
                entry = replace(entry, article=article, name=words.tidy(rest), published=rest)
        yield Found(entry, call.role, source=source, beside=beside)


def gathered(found: Iterable[Found]) -> tuple[list[Listed], list[PersonRead]]:
    """Organisations and people, once each, in the order they are first met."""
    listed: list[Listed] = []
    signers: list[PersonRead] = []
    met: dict[str, list[tuple[int, int]]] = {}
    for one in found:
        if one.entry.person:
            _add_person(signers, _person(one, len(signers)))
            continue
        if one.entry.behind:
            behind = replace(
                _person(replace(one, entry=one.entry.behind), 0),
                organisation=one.entry.name,
                signs=False,
                standing="contact",
            )
            _add_person(signers, behind)
        if not (one.beside and _told_already(listed, one.entry.name)):
            _add(listed, met, _listed(one, len(listed)), one.source)
    return listed, signers


def _told_already(listed: list[Listed], name: str) -> bool:
    """The list names it in other words, as far as one can tell; it is not a second signatory."""
    key, said = words.identity(name), f" {words.fold(name)} "
    return all(words.identity(one.name) != key for one in listed) and any(
        f" {words.fold(one.name)} ".find(said) >= 0
        or words.compare(one.name, name).relation != "different"
        for one in listed
    )


def _of_run(
    document: Document,
    run: list[Line],
    language: str | None,
    *,
    inline: bool,
    among_people: bool,
    codes: bool,
) -> Iterator[Entry]:
    if any(line.cells for line in run):
        yield from entries_of_table(document, run, language)
        return
    for span in _spans(document, run, language, inline=inline):
        entry = entry_of(document.text, span, language, among_people=among_people, codes=codes)
        if entry is not None:
            yield entry


def _spans(
    document: Document, run: list[Line], language: str | None, *, inline: bool
) -> list[tuple[int, int]]:
    whole = (run[0].start, run[-1].end)
    said = document.text[slice(*whole)].replace("\n", " ")
    if _wrapped(run) or (len(run) == 1 and (inline or ";" in said or rows.is_enumeration(said))):
        names = split_names(document.text, whole, language)
        return without_of(document.text, _functions_kept(document.text, names))
    return [span for line in _joined(run) for span in _of_line(document, line, language)]


def _joined(run: list[Line]) -> list[Line]:
    """The lines of a run, those put together again that a full line had cut."""
    found: list[Line] = []
    for line in run:
        last = found[-1] if found else None
        if last and _goes_on(last, line) and last.end + 1 == line.start:
            found[-1] = replace(last, text=f"{last.text}\n{line.text}", hard=line.hard)
        else:
            found.append(line)
    return found


_DANGLING = re.compile(
    r"(?:(?:^|\s)(?:de|des|du|d['’]|la|le|les|l['’]|et|à|aux?|pour|en|sur|of|for|and|the|in|&|und|"
    r"für|der|die|das|des|den|von|vom|zur|del|los|las|el|y|por|para|di|della|dei|degli|e|per|il|i|"
    r"dos|da|do|и|в|по|за|для|та)|[(/-])$"
)


def _goes_on(line: Line, after: Line) -> bool:
    """Whether the next line ends this one: a small word hangs, or a bracket is open."""
    if after.bullet or after.cells or line.cells:
        return False
    opened = line.text.count("(") > line.text.count(")")
    hangs = not line.hard and bool(_DANGLING.search(line.text)) and "," not in line.text[-1:]
    return hangs or (opened and ")" in after.text)


def _of_line(document: Document, line: Line, language: str | None) -> list[tuple[int, int]]:
    """A line is one name, unless it plainly is a row of several."""
    if not line.bullet and line.text.count(";") >= 2:
        return split_names(document.text, (line.start, line.end), language)
    apart = [
        (found.start(), found.end())
        for found in _APART.finditer(document.text, line.start, line.end)
    ]
    edges = [line.start, *(edge for span in apart for edge in span), line.end]
    pieces = list(zip(edges[::2], edges[1::2], strict=True))
    if apart and all(_names_a_body(document.text[start:end]) for start, end in pieces):
        return pieces
    return [(line.start, line.end)]


_APART = re.compile(r"\s{3,}|\s[·•●▪|]\s")


def _names_a_body(piece: str) -> bool:
    return (
        starts_name(piece) and "@" not in piece and not (place_of(piece) or people.is_person(piece))
    )


def _wrapped(run: list[Line]) -> bool:
    """Lines that read on: names between commas, cut where the line was full."""
    if len(run) < 2 or any(line.bullet or line.cells for line in run):
        return False
    said = " ".join(line.text for line in run)
    inner = sum(rows.marks(line.text) for line in run)
    if sum(len(line.text) for line in run[:-1]) < 45 * (len(run) - 1):
        return False
    heads = [re.split(r"\s*[,(:]", line.text, maxsplit=1)[0] for line in run]
    if sum(people.is_person(head) for head in heads) > 0.5 * len(run):
        return False
    runs_on = sum(not line.text.endswith((",", ";")) for line in run[:-1])
    return rows.is_enumeration(said) and inner > len(run) and (runs_on > 0 or inner > 2 * len(run))


def _functions_kept(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """ "Marie Dupont, historienne, Jean Martin": what she is stays with her."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        piece = text[start:end]
        person_before = bool(kept) and people.is_person(
            text[kept[-1][0] : kept[-1][1]].split(",", maxsplit=1)[0]
        )
        section = (
            bool(kept)
            and piece[:1].islower()
            and piece.startswith(("section ", "groupe local", "comité local"))
        )
        if (person_before and people.is_function(piece) and not people.is_person(piece)) or section:
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept


def _is_inline(listing: Listing) -> bool:
    """The list puts several names on one line: then a lone comma parts two names as well."""
    runs = [run for group in listing.groups for run in group.runs if not run[0].cells]
    single = all(len(run) == 1 and not run[0].bullet for run in runs)
    return single and any(rows.is_enumeration(run[0].text) for run in runs)


def _town_headings(listing: Listing) -> set[int]:
    """Lines in capitals that stand alone above lines that do not: towns or regions, no names."""
    runs = [run for group in listing.groups for run in group.runs]
    alone = [
        run[0]
        for run in runs
        if len(run) == 1 and run[0].text.isupper() and len(words.fold(run[0].text)) >= 5
    ]
    others = [run for run in runs if not run[0].text.isupper()]
    if len(alone) < 2 or len(others) < 2 or any(people.names_body(line.text) for line in alone):
        return set()
    return {line.start for line in alone} if any(len(run) > 1 for run in others) else set()


def _with_codes(listing: Listing) -> bool:
    """Most names bear a country's code in brackets: then "(CA)" is Canada, not an acronym."""
    said = " ".join(line.text for line in listing.lines())
    coded = re.findall(r"\(([A-Z]{2})\)", said)
    return len(coded) >= 3 and len(coded) >= 0.5 * max(len(listing.lines()), rows.marks(said))


_LOOKED_AT = 60  # lines that tell what the others are


def _mostly_people(document: Document, listing: Listing, language: str | None) -> bool:
    """Most lines are plainly people: then the others, nameless to us, are people too."""
    lines = [line for line in listing.lines() if not line.cells]
    lines = lines[:: len(lines) // _LOOKED_AT + 1]
    entries = [entry_of(document.text, (line.start, line.end), language) for line in lines]
    known = [entry for entry in entries if entry]
    return len(known) >= 3 and sum(entry.person for entry in known) >= 0.6 * len(known)


def _listed(one: Found, position: int) -> Listed:
    entry, place = one.entry, one.group.place if one.group else None
    return Listed(
        name=entry.name,
        published=entry.published,
        article=entry.article,
        country=entry.country or (place.country if place else None),
        heading=place.heading if place and not entry.country else None,
        heading_words=one.group.heading if one.group else None,
        role=one.role,
        email=entry.email,
        spans=(entry.span,),
        position=position,
    )


def _add(
    listed: list[Listed], met: dict[str, list[tuple[int, int]]], new: Listed, source: int
) -> None:
    """Within one list two lines are one only when spelt alike; another list may spell it otherwise."""
    key = words.identity(new.name)
    for at, before in met.get(key, ()):
        old = listed[at]
        spelt_alike = words.fold(old.name) == words.fold(new.name)
        if (spelt_alike or before != source) and _may_be_one(old, new):
            listed[at] = _merged(old, new)
            return
    met.setdefault(key, []).append((len(listed), source))
    listed.append(new)


def _may_be_one(old: Listed, new: Listed) -> bool:
    """One name under two countries is two organisations."""
    there = (old.country, old.heading), (new.country, new.heading)
    return there[0] == there[1] or (None, None) in there


def _merged(old: Listed, new: Listed) -> Listed:
    unplaced = old.country is None and old.heading is None
    spelt = (*old.also, *([new.name] if new.name != old.name else []))
    return replace(
        old,
        country=new.country if unplaced else old.country,
        heading=new.heading if unplaced else old.heading,
        heading_words=old.heading_words or new.heading_words,
        email=old.email or new.email,
        also=tuple(dict.fromkeys(spelt)),
        spans=(*old.spans, *new.spans),
    )


def _person(one: Found, position: int) -> PersonRead:
    entry, place = one.entry, one.group.place if one.group else None
    return PersonRead(
        name=entry.name,
        role=entry.function,
        organisation=entry.organisation,
        email=entry.email,
        country=entry.country or (place.country if place else None),
        signs=True,
        part=one.role,
        published=entry.published,
        span=entry.span,
        position=position,
    )


def _add_person(signers: list[PersonRead], new: PersonRead) -> None:
    for at, old in enumerate(signers):
        if words.fold(old.name) == words.fold(new.name):
            signers[at] = replace(
                old,
                role=old.role or new.role,
                organisation=old.organisation or new.organisation,
                email=old.email or new.email,
                signs=old.signs or new.signs,
            )
            return
    signers.append(new)
