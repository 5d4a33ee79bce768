"""A document read from top to bottom: who signs, and everything around it."""

from __future__ import annotations

from crm.documents import Document, Line
from crm.reading.alone import standing_alone
from crm.reading.annex import all_emails, attached
from crm.reading.calls import Call, calls_in
from crm.reading.closings import closing_list, footnote, last_block
from crm.reading.events import events_of
from crm.reading.gathering import Found, gathered, of_call, of_listing
from crm.reading.heads import head_of
from crm.reading.listing import Listing
from crm.reading.lists import outline
from crm.reading.result import PersonRead, Reading
from crm.reading.rows import paragraphs
from crm.reading.tongue import language_of


def understand(document: Document) -> Reading:
    """Who signs this document, and its title, kind, date, place, addresses and rendezvous.

    Organisations that are merely named do not sign; without a list nobody does.
    """
    language = language_of(document.text)
    drawn = outline(document)
    if not drawn.listings and (closing := closing_list(document)):
        drawn.listings.append(closing)
    listed = _from_lists(document, drawn.listings, language)
    said = _from_sentences(document, drawn.prose, language, listed=bool(listed))
    if not listed and not said and (names := last_block(document) or footnote(document)):
        listed = _from_lists(document, [names], language)
    if not listed and not said:
        listed = [Found(entry, "signatory") for entry in standing_alone(document, language)]
    organisations, signers = gathered([*listed, *said])
    organisations, beside = attached(document, organisations, language)
    head = head_of(document, signed=bool(organisations or signers))
    people = [*signers, *(_unless(beside, signers)), *([head.addressee] if head.addressee else [])]
    return Reading(
        title=head.title,
        kind=head.kind,
        language=language or "",
        date=head.date,
        place=head.place,
        organisations=tuple(organisations),
        people=tuple(people),
        emails=all_emails(document),
        events=events_of(document, head.date, head.place),
        name=document.name,
        text=document.text,
        source=document.source,
        places=tuple(drawn.places),
    )


def _from_lists(document: Document, lists: list[Listing], language: str | None) -> list[Found]:
    return [
        found
        for source, listing in enumerate(lists)
        for found in of_listing(document, listing, language, source)
    ]


def _from_sentences(
    document: Document, blocks: list[list[Line]], language: str | None, *, listed: bool
) -> list[Found]:
    """What sentences say of who signs; beside a list only the sentences that cannot be hearsay."""
    calls: list[Call] = []
    for block in (part for whole in blocks for part in paragraphs(whole)):
        if not block[0].quoted:
            calls += calls_in(document.text, (block[0].start, block[-1].end), language)
    calls = [call for call in calls if call.sure or not listed]
    calls.sort(key=lambda call: call.aside)
    if any(not call.aside for call in calls):
        calls = [call for call in calls if not call.aside]
    return [
        found
        for source, call in enumerate(calls, 1000)
        for found in of_call(document, call, language, source, beside=listed)
    ]


def _unless(people: list[PersonRead], known: list[PersonRead]) -> list[PersonRead]:
    names = {person.name for person in known}
    return [person for person in people if person.name not in names]
