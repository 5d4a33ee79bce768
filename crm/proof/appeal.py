"""An appeal proof-read: its own text, and the list it would print now, against those who signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import appeals, documents, places, privacy, publishing, words
from crm.db import Database, Step
from crm.documents import Document
from crm.duplicates import KnownNames
from crm.errors import Refused
from crm.language import _
from crm.places import Place
from crm.proof.finding import Edit, Finding, Remedy, corrected, in_order
from crm.proof.page import Page, same_print
from crm.proof.reader import CHECKS, OF_A_LIST, Looked, Task, ended, looking
from crm.proof.roll import Expected, Roll
from crm.publishing import PRINTED_ROLES
from crm.schema import Appeal, Name, Organisation, Signature


@dataclass(frozen=True)
class Proof:
    """An appeal proof-read: the text looked at, how many signed, what to look at again."""

    title: str
    text: str
    signed: int
    findings: list[Finding]  # the spans are of `text`


def of_appeal(session: Session, appeal_id: int) -> list[Finding]:
    """What to look at before this appeal is printed; the spans are of its text."""
    return ended(_looking(_at_hand(session, appeal_id)))


def proofread(
    db: Database, appeal_id: int, other: Document | None = None
) -> Generator[Step, None, Proof]:
    """Walk: an appeal before it is printed, or another document against who signed it."""
    yield Step(0, len(CHECKS))
    with db.read() as session:
        sheet = appeals.sheet(session, appeal_id)
        given = _at_hand(session, appeal_id) if other is None else None
        roll = given.roll if given else roll_of(session, appeal_id)
    if given:
        found = yield from _looking(given)
        return Proof(sheet.title, given.text.text if given.text else "", sheet.counts.signed, found)
    assert other is not None
    (looked,) = yield from looking(roll, Task(other))
    return Proof(sheet.title, other.text, sheet.counts.signed, looked.findings)


@dataclass(frozen=True)
class _AtHand:
    """All that is needed to proof-read an appeal, the file closed again."""

    roll: Roll
    text: Document | None
    printed: Document | None


def _at_hand(session: Session, appeal_id: int) -> _AtHand:
    roll = roll_of(session, appeal_id)
    text = session.scalar(select(Appeal.text).where(Appeal.id == appeal_id)) or ""
    printed = None
    if any(each.standing == "printed" for each in roll.expected):
        laid_out = publishing.prepare(session, appeal_id, "by-country").text
        printed = documents.from_text("", laid_out)
    return _AtHand(roll, _document(text) if text.strip() else None, printed)


def _looking(given: _AtHand) -> Generator[Step, None, list[Finding]]:
    tasks = [Task(given.text)] if given.text else []
    tasks += [Task(given.printed, OF_A_LIST)] if given.printed else []
    looked = yield from looking(given.roll, *tasks)
    found = looked[0].findings if given.text else []
    of_list = _of_the_list(looked[-1], given.roll) if given.printed else ()
    return in_order([*found, *of_list, *_against_directory(given.roll)])


def roll_of(session: Session, appeal_id: int | None) -> Roll:
    """Who signed an appeal, under which name; without one, all that the directory knows."""
    known = KnownNames.load(session)
    if appeal_id is None:
        return Roll(known=known)
    appeal = session.get(Appeal, appeal_id)
    if appeal is None:
        raise Refused(_("This appeal is no longer in the file."))
    spelt = _spellings(session, appeal_id)
    hidden = {
        *session.scalars(privacy.hidden_organisations()),
        *(-each for each in session.scalars(privacy.hidden_people())),
    }
    expected = tuple(
        _expected(row, body, spelt, hidden) for row, body in session.execute(_signed(appeal_id))
    )
    keys = {words.fold(each.text): each.sort_key for each in _names(session, appeal_id)}
    return Roll(expected, appeal.addressee or "", known, keys)


def _signed(appeal_id: int) -> Any:
    return (
        select(Signature, Organisation)
        .outerjoin(Organisation, Organisation.id == Signature.organisation_id)
        .where(Signature.appeal_id == appeal_id, Signature.status == "signed")
        .order_by(Signature.position, Signature.id)
    )


def _expected(
    row: Signature, body: Organisation | None, spelt: dict[int, list[str]], hidden: set[int]
) -> Expected:
    who = row.organisation_id or -(row.person_id or 0)
    aside = row.role not in PRINTED_ROLES
    silent = row.unnamed or who in hidden
    stood = places.place_of(row.published_heading) if row.published_heading else None
    country = row.published_country or (body.country if body else None)
    heading = body.heading if body else None
    place = stood or (Place(country, None if country else heading) if country or heading else None)
    return Expected(
        row.published_name, row.id, row.organisation_id or 0,
        place, tuple(spelt.get(row.organisation_id or 0, ())),
        row.person_id is not None, "aside" if aside else "unnamed" if silent else "printed",
    )  # fmt: skip


def _names(session: Session, appeal_id: int) -> list[Name]:
    of = select(Signature.organisation_id).where(Signature.appeal_id == appeal_id)
    return list(session.scalars(select(Name).where(Name.organisation_id.in_(of))))


def _spellings(session: Session, appeal_id: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for each in _names(session, appeal_id):
        found[each.organisation_id].append(each.text)
    return found


def _document(text: str) -> documents.Document:
    return documents.from_text(_("Text of the appeal"), text)


def _of_the_list(printed: Looked, roll: Roll) -> Iterator[Finding]:
    """The names as they would be printed now: each finding is about a name, not about a place."""
    by_name = {each.name: each.signature_id for each in roll.expected}
    for found in printed.findings:
        names = tuple(
            (signature, name)
            for remedy in found.remedies[:1]
            for signature, name in _renamed(printed.page, by_name, remedy)
        )
        right = (Remedy(found.remedies[0].label, names=names),) if names else ()
        yield replace(found, spans=(), remedies=right)


def _renamed(page: Page, by_name: dict[str, int], remedy: Remedy) -> Iterator[tuple[int, str]]:
    """The edits of a printed list as new names to print."""
    for one in page.signers:
        inside = [
            each
            for each in remedy.edits
            if one.span[0] <= each.span[0] and each.span[1] <= one.span[1]
        ]
        start = page.text.find(one.published, *one.span)
        signature = by_name.get(one.published)
        if inside and signature and start >= 0:
            shifted = tuple(Edit((e.span[0] - start, e.span[1] - start), e.text) for e in inside)
            if name := corrected(one.published, Remedy("", shifted)).strip():
                yield signature, name


def _against_directory(roll: Roll) -> Iterator[Finding]:
    """Names they signed under that the directory does not know them by."""
    for who in roll.expected:
        if who.standing != "printed" or not who.spellings or who.person:
            continue
        if any(same_print(who.name, each) for each in who.spellings):
            continue
        said = _("This appeal was signed as “{one}”; the directory writes “{other}”.")
        right = Remedy(
            _("Sign as “{name}”").format(name=who.spellings[0]),
            names=((who.signature_id, who.spellings[0]),),
        )
        yield Finding(
            "spelling", said.format(one=who.name, other=who.spellings[0]), (), (right,), sure=False
        )


def shown(text: str | None) -> str:
    """An appeal's text as it is read, where the spans of its findings lead."""
    return _document(text).text if text and text.strip() else ""


def correct(session: Session, appeal_id: int, remedy: Remedy) -> None:
    """Carry a remedy out: in the appeal's text, and in the names its list will print."""
    if remedy.edits:
        text = session.scalar(select(Appeal.text).where(Appeal.id == appeal_id)) or ""
        if shown(text) != text:
            raise Refused(
                _("This text is laid out with signs: it cannot be corrected from here."),
                hint=_("Correct it in the text itself."),
            )
        session.execute(
            update(Appeal).where(Appeal.id == appeal_id).values(text=corrected(text, remedy))
        )
    for signature_id, name in remedy.names:
        article = session.scalar(
            select(Signature.published_article).where(Signature.id == signature_id)
        )
        appeals.publish_as(session, signature_id, name, article=article or "")
