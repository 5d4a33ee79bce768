"""One addressee's letter laid out: who writes, to whom, where and when, the text, who signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import privacy, settings
from crm.addressees.flowing import fields_in, flow, words_of
from crm.addressees.keeping import AddresseeRow
from crm.addressees.signatories import Signed, signed
from crm.addressees.wording import FIELDS, dated, long_date, usage
from crm.addressees.writing import Written
from crm.documents.printed import Block, Lines, Paragraph, Run, Text
from crm.errors import Refused
from crm.language import _
from crm.publishing import PRINTED_ROLES
from crm.schema import Appeal, Organisation, Signature

FORMS = ("", "list", "sentence", "by-country")
"""How the signatories may stand under a letter; "" is not at all."""


@dataclass(frozen=True)
class Shared:
    """What the letters of all addressees have in common."""

    appeal_id: int
    title: str
    fields: Mapping[str, str]
    sender: tuple[str, ...]  # the association, and the lines under its name
    signed: Signed


def shared(session: Session, written: Written) -> Shared:
    """Everything a letter needs besides its addressee, looked up once for a hundred."""
    appeal = session.execute(
        select(Appeal.title, Appeal.issued_on).where(Appeal.id == written.appeal_id)
    ).one()
    chosen = settings.load(session)
    under = signed(session, written.appeal_id, written.form, written.language, annex=written.annex)
    organisations, countries = _figures(session, written.appeal_id)
    fields = {
        "place": written.place,
        "date": long_date(written.dated_on, written.language),
        "appeal": appeal.title,
        "appeal_date": long_date(appeal.issued_on, written.language),
        "signatories": under.sentence,
        "organisations": str(organisations) if organisations else "",
        "countries": str(countries) if countries else "",
        "association": chosen.association,
        "secretary": chosen.secretary or chosen.association,
    }
    lines = (chosen.association, *letterhead(session).splitlines())
    return Shared(written.appeal_id, appeal.title, fields, tuple(filter(None, lines)), under)


def letterhead(session: Session) -> str:
    """The lines printed under the association's name: its address, where to answer."""
    return settings.load(session).letterhead


def set_letterhead(session: Session, lines: str) -> None:
    """Print these lines under the association's name, on every letter from now on."""
    kept = (" ".join(line.split()) for line in lines.splitlines())
    settings.change(session, letterhead="\n".join(filter(None, kept)))


def _figures(session: Session, appeal_id: int) -> tuple[int, int]:
    """How many organisations sign, named or only counted, and from how many countries."""
    country = func.coalesce(Signature.published_country, Organisation.country)
    query = (
        select(func.count(Signature.id), func.count(country.distinct()))
        .join(Organisation, Organisation.id == Signature.organisation_id)
        .where(
            Signature.appeal_id == appeal_id, Signature.status == "signed",
            Signature.role.in_(PRINTED_ROLES),
            Organisation.id.not_in(privacy.hidden_organisations()),
        )
    )  # fmt: skip
    organisations, countries = session.execute(query).one()
    return organisations, countries


def fields_of(written: Written, addressee: AddresseeRow, about: Shared) -> dict[str, str]:
    """What every field holds for this addressee; "" where nothing is known."""
    return {
        **about.fields,
        "addressee": addressee.name,
        "greeting": greeting_of(addressee, written.language),
        "sent_on": long_date(addressee.sent_on, written.language),
        "answer_by": long_date(addressee.answer_by, written.language),
    }


def greeting_of(addressee: AddresseeRow, language: str) -> str:
    """How the letter opens, without its comma: a sentence may go on behind it."""
    return (addressee.greeting or "").rstrip(" ,:!") or usage(language).greeting


def lay(written: Written, addressee: AddresseeRow, about: Shared, *, draft: bool = False) -> Text:
    """This addressee's letter, ready to be printed.

    Refused when a field of its text has nothing to say; a `draft` shows the field's own name
    there instead.
    """
    known = fields_of(written, addressee, about)
    values = _shown(known) if draft else _whole(written, addressee, known)
    subject = words_of(written.subject, values)
    head = _head(written, addressee, about, subject)
    blocks = (*head, *flow(written.body, values), *about.signed.blocks)
    return Text(blocks, title=subject, language=written.language)


def empty_fields(written: Written, values: Mapping[str, str]) -> list[str]:
    """The fields of the letter that have nothing to say, each once."""
    held = dict.fromkeys((*fields_in(written.subject), *fields_in(written.body)))
    return [name for name in held if not values[name]]


def _head(written: Written, addressee: AddresseeRow, about: Shared, subject: str) -> list[Block]:
    how = usage(written.language)
    blocks: list[Block] = []
    if about.sender:
        blocks.append(_lines(about.sender, 0, how.sender))
    said = (how.attention, addressee.name, *addressee.block.splitlines())
    lines = tuple(filter(None, said))
    blocks.append(_lines(lines, lines.index(addressee.name), how.addressee))
    if when := dated(written.place, written.dated_on, written.language):
        blocks.append(Paragraph((Run(when),), side=how.date))
    if subject:
        blocks.append(Paragraph((Run(f"{how.subject} {subject}", strong=True),)))
    return blocks


def _lines(lines: tuple[str, ...], strong: int, side: str) -> Lines:
    return Lines(tuple((Run(line, at == strong),) for at, line in enumerate(lines)), side=side)


def _shown(values: Mapping[str, str]) -> dict[str, str]:
    labels = {each.name: _(each.label) for each in FIELDS}
    return {name: value or f"[{labels[name]}]" for name, value in values.items()}


def _whole(
    written: Written, addressee: AddresseeRow, values: Mapping[str, str]
) -> Mapping[str, str]:
    if empty := empty_fields(written, values):
        labels = {each.name: _(each.label) for each in FIELDS}
        raise Refused(
            _("The letter to {name} has nothing to say where it reads “{field}”.").format(
                name=addressee.name, field=labels[empty[0]]
            ),
            hint=_("Fill it in, or take the field out of the letter."),
        )
    return values
