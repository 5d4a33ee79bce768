"""Every noun Cosigne knows, on one page: tables, labels, and the headings a field answers to.

Tables marked `FINAL` hold what no undo may take back (a mail that left, a wish to be left
alone, a printed list): they are not recorded by `history`, and what they rest on is kept.  Long
because a stranger finds every noun here, and nowhere else.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from crm.language import marked as _m

FINAL = {"info": {"final": True}}
"""Table arguments of what is outside undo and outside the record of changes."""


class Moment(TypeDecorator[datetime]):
    """A point in time, always aware, kept and given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Common ancestor; its metadata is what Alembic compares with the file."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  the library's own way
        datetime: Moment,
        str: Text,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }
    id: Mapped[int] = mapped_column(primary_key=True)


def field(label: str, *, headings: tuple[str, ...] = (), **column: Any) -> Any:
    """Declare a column that forms, tables, imports and exports find by themselves.

    `headings` are the folded column titles, in any language, under which sheets bring it.
    """
    return mapped_column(info={"label": label, "headings": headings}, **column)


def labels(noun: type[Base]) -> dict[str, str]:
    """The fields of a noun a user may see, with their labels, in the order of the page."""
    return {c.name: c.info["label"] for c in noun.__table__.columns if "label" in c.info}


def recorded() -> list[str]:
    """The tables whose changes are kept and can be undone."""
    return [t.name for t in Base.metadata.sorted_tables if not t.info.get("final")]


class Setting(Base):
    """A choice that travels with the workspace."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[Any] = mapped_column(JSON)


class Organisation(Base):
    """A body that can sign: union, association, party, collective, network."""

    __tablename__ = "organisation"
    kind: Mapped[str | None] = field(_m("Kind"), headings=("type", "kind", "nature", "art"))
    country: Mapped[str | None] = field(
        _m("Country"),
        headings=("pays", "country", "land", "pais", "paese", "strana", "stat", "etat"),
    )  # ISO 3166-1 alpha-2
    heading: Mapped[str | None] = field(_m("Heading"))  # "europe", "international": not a country
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    language: Mapped[str | None] = field(
        _m("Language"), headings=("langue", "language", "sprache", "idioma", "lingua", "iazyk")
    )  # ISO 639-1, the one she is written to in
    status: Mapped[str] = field(_m("Status"), default="active")  # active, dissolved, do_not_contact
    sensitive: Mapped[bool] = field(_m("Sensitive"), default=False)
    notes: Mapped[str | None] = field(
        _m("Notes"), headings=("notes", "remarques", "remarks", "commentaire", "bemerkung")
    )
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)


class Name(Base):
    """A name an organisation answers to; many for each, all searched, one displayed."""

    __tablename__ = "name"
    __table_args__ = (
        Index(
            "ix_name_displayed_once",
            "organisation_id",
            unique=True,
            sqlite_where=text("displayed"),
            postgresql_where=text("displayed"),
        ),
        Index(
            "ix_name_page",
            "sort_key",
            "organisation_id",
            sqlite_where=text("displayed"),
            postgresql_where=text("displayed"),
        ),
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    text: Mapped[str] = field(
        _m("Name"),
        headings=(
            "organisation", "organization", "association", "nom", "name", "structure", "syndicat",
            "organizacion", "organizzazione", "organizatsiia", "signataire", "signatory",
        ),
    )  # fmt: skip
    kind: Mapped[str] = field(_m("Kind of name"), default="official")
    # official, acronym, translation, former, alias
    language: Mapped[str | None] = field(_m("Language"))
    article: Mapped[str] = field(_m("Article"), default="")  # as printed before it: "la ", "l'"
    sort_key: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(index=True)  # words.identity: what equal names share
    initials: Mapped[str] = mapped_column(default="", index=True)
    displayed: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date | None] = field(_m("From"))
    until: Mapped[date | None] = field(_m("To"))


class NotSame(Base):
    """Two organisations, or a written name and one, that a person has told apart for good."""

    __tablename__ = "not_same"
    key: Mapped[str] = mapped_column(index=True)  # words.identity of the written name
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)


class Person(Base):
    """Somebody: a contact, a role in an organisation, or one who signs alone."""

    __tablename__ = "person"
    name: Mapped[str] = field(
        _m("Person"),
        headings=("personne", "contact", "person", "contact person", "nom du contact",
                  "ansprechpartner", "persona", "referent", "referente"),
    )  # fmt: skip
    folded: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str] = mapped_column(index=True)
    greeting: Mapped[str | None] = field(_m("Greeting"))  # instead of the mailing's own
    language: Mapped[str | None] = field(_m("Language"))
    sensitive: Mapped[bool] = field(_m("Sensitive"), default=False)
    notes: Mapped[str | None] = field(_m("Notes"))


class Role(Base):
    """What a person is in an organisation."""

    __tablename__ = "role"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str | None] = field(
        _m("Role"),
        headings=("fonction", "role", "function", "funktion", "cargo", "titre", "carica"),
    )
    since: Mapped[date | None] = field(_m("From"))
    until: Mapped[date | None] = field(_m("To"))


class Address(Base):
    """A means of contact of an organisation or of a person; e-mail first."""

    __tablename__ = "address"
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = field(_m("Kind"), default="email")
    # email, telephone, signal, whatsapp, telegram, post, site
    value: Mapped[str] = field(
        _m("E-mail"),
        headings=("email", "e-mail", "mail", "courriel", "adresse", "adresse mail", "address",
                  "adresse e-mail", "adresse electronique", "correo", "posta", "pochta", "mel"),
    )  # fmt: skip
    folded: Mapped[str] = mapped_column(index=True)
    purpose: Mapped[str | None] = field(_m("Purpose"))  # contact, press, signs, named person
    main: Mapped[bool] = field(_m("Main address"), default=False)
    source: Mapped[str | None] = field(_m("Source"))
    legal_basis: Mapped[str | None] = field(_m("Legal basis"))
    private: Mapped[bool] = field(_m("Private"), default=False)  # in no export by default
    publishable: Mapped[bool] = field(_m("May be published"), default=False)
    leave: Mapped[str | None] = field(_m("Leave to publish"))  # how it was given: "in writing"
    leave_on: Mapped[date | None] = field(_m("Leave given on"))
    health: Mapped[str] = field(_m("Health"), default="good")  # good, doubtful, set_aside


class Clearance(Base):
    """An address that one document already published: printable for that appeal only."""

    __tablename__ = "clearance"
    __table_args__ = (UniqueConstraint("address_id", "appeal_id"),)
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"))
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))


class Appeal(Base):
    """A text others are asked to support."""

    __tablename__ = "appeal"
    title: Mapped[str] = field(_m("Title"), headings=("appel", "titre", "appeal", "title"))
    folded: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = field(_m("Kind"), default="appeal")
    # appeal, open letter, press release, statement, rally, petition
    language: Mapped[str | None] = field(_m("Language"))
    issued_on: Mapped[date | None] = field(_m("Date"))
    place: Mapped[str | None] = field(_m("Place"))
    addressee: Mapped[str | None] = field(_m("Addressee"))
    deadline: Mapped[date | None] = field(_m("Deadline"))
    text: Mapped[str | None] = field(_m("Text"))
    notes: Mapped[str | None] = field(_m("Notes"))
    created_at: Mapped[datetime]


class Event(Base):
    """A rendezvous an appeal gives."""

    __tablename__ = "event"
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    on: Mapped[date] = field(_m("Date"))
    at: Mapped[str | None] = field(_m("Time"))  # "14:00"
    place: Mapped[str | None] = field(_m("Place"))


class Addressee(Base):
    """Somebody an appeal is addressed to: how a letter greets them, and what became of it."""

    __tablename__ = "addressee"
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    name: Mapped[str] = field(_m("Addressee"))  # as the address block begins
    block: Mapped[str] = field(_m("Postal address"), default="")  # the lines under the name
    greeting: Mapped[str | None] = field(_m("Greeting"))  # "Madame la Maire,"
    sent_on: Mapped[date | None] = field(_m("Sent on"))
    answer_by: Mapped[date | None] = field(_m("Answer expected by"))
    answered_on: Mapped[date | None] = field(_m("Answered on"))
    answer: Mapped[str | None] = field(_m("Their answer"))


class Letter(Base):
    """The letter that brings an appeal to its addressees, one text for all of them."""

    __tablename__ = "letter"
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    language: Mapped[str] = field(_m("Language"))
    place: Mapped[str] = field(_m("Place"), default="")
    dated_on: Mapped[date | None] = field(_m("Date"))
    subject: Mapped[str] = field(_m("Subject"))
    body: Mapped[str] = field(_m("Text"))  # Markdown with fields
    form: Mapped[str] = field(_m("Signatories"), default="list")  # of publishing.FORMS, or ""
    annex: Mapped[bool] = field(_m("With the contacts annex"), default=False)


class UnfinishedReading(Base):
    """A document whose review is to go on another day, where it stopped."""

    __tablename__ = "unfinished_reading"
    __table_args__ = FINAL
    name: Mapped[str]  # of the document
    at: Mapped[datetime]
    content: Mapped[dict[str, Any]]  # the reading and what was answered so far


class Evidence(Base):
    """How we know that somebody signed: a document, a message, a telephone call."""

    __tablename__ = "evidence"
    __table_args__ = FINAL
    kind: Mapped[str]  # document, message, telephone, meeting, messenger
    label: Mapped[str]
    content: Mapped[str | None]
    at: Mapped[datetime]


class Signature(Base):
    """One organisation's or person's part in one appeal, under the name as published."""

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("appeal_id", "organisation_id"),
        UniqueConstraint("appeal_id", "person_id"),
        Index("ix_signature_appeal_position", "appeal_id", "position"),
    )
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[str] = field(_m("Answer"))  # asked, promised, signed, declined, withdrawn
    since: Mapped[date] = field(_m("Date"))  # of the status
    role: Mapped[str] = field(_m("Part"), default="signatory")
    # initiator, signatory, caller, supporter, host, relayed
    published_name: Mapped[str] = field(_m("Name as published"))  # frozen
    published_article: Mapped[str] = mapped_column(default="")  # frozen, with its space: "la "
    published_country: Mapped[str | None] = field(_m("Country as published"))  # alpha-2, frozen
    published_heading: Mapped[str | None]  # the words of the heading it stood under, frozen
    position: Mapped[int] = mapped_column(default=0)  # order of the document, or of arrival
    unnamed: Mapped[bool] = field(_m("Count without naming"), default=False)
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))


class Answer(Base):
    """One dated step of a signature on its ladder, and how we learnt of it."""

    __tablename__ = "answer"
    signature_id: Mapped[int] = mapped_column(ForeignKey("signature.id"), index=True)
    status: Mapped[str] = field(_m("Answer"))
    on: Mapped[date] = field(_m("Date"))
    channel: Mapped[str | None] = field(_m("How"))
    # document, email, telephone, signal, whatsapp, telegram, meeting, post
    with_whom: Mapped[str | None] = field(_m("With whom"))
    note: Mapped[str | None] = field(_m("Note"))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))


class Question(Base):
    """A doubt of a reading that waits for a person: is this written name that organisation?"""

    __tablename__ = "question"
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[str]
    line: Mapped[dict[str, Any]]  # the signatory as read: name, article, country, heading, role…
    settled: Mapped[str | None]  # same, new, section, dropped


class Template(Base):
    """A letter with fields, kept to be sent again."""

    __tablename__ = "template"
    name: Mapped[str] = field(_m("Name"))
    subject: Mapped[str] = field(_m("Subject"))
    body: Mapped[str] = field(_m("Text"))  # Markdown with fields
    language: Mapped[str] = field(_m("Language"))


class Account(Base):
    """A mailbox this workspace may send from; its password lives in the keyring."""

    __tablename__ = "account"
    __table_args__ = FINAL
    address: Mapped[str] = field(_m("Address"))
    sender: Mapped[str] = field(_m("Sender's name"))
    host: Mapped[str] = field(_m("Server"))
    port: Mapped[int] = field(_m("Port"))
    security: Mapped[str] = field(_m("Security"))  # tls, starttls, none (loopback only)
    username: Mapped[str] = field(_m("User name"))
    per_hour: Mapped[int] = field(_m("Messages an hour"), default=60)
    per_day: Mapped[int | None] = field(_m("Messages a day"))
    trusted_ca: Mapped[str | None]  # PEM of a collective's own authority, recorded on request


class Mailing(Base):
    """One sending of a letter to a frozen set of recipients."""

    __tablename__ = "mailing"
    title: Mapped[str] = field(_m("Title"))
    subject: Mapped[str] = field(_m("Subject"))
    body: Mapped[str] = field(_m("Text"))
    language: Mapped[str] = field(_m("Language"))
    greeting: Mapped[str] = field(_m("Greeting"))
    why: Mapped[str] = field(_m("Why they get it"))  # the footer's own sentence
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recipients: Mapped[dict[str, Any]]  # the filter they are chosen by
    struck: Mapped[list[str]]  # organisation ids struck out of this mailing by hand
    state: Mapped[str] = field(_m("State"), default="draft")
    # draft, sending, paused, stopped, finished
    created_at: Mapped[datetime]


class Attachment(Base):
    """A file that leaves with every copy of a mailing."""

    __tablename__ = "attachment"
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    name: Mapped[str] = field(_m("Attachment"))


class File(Base):
    """The bytes of an attachment, written once."""

    __tablename__ = "file"
    __table_args__ = FINAL
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Delivery(Base):
    """One recipient's line in the ledger of a mailing: rule 6 of the design."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("mailing_id", "address_key"),
        Index("ix_delivery_mailing_state", "mailing_id", "state"),
        Index("ix_delivery_account_left", "account_id", "left_at"),
        FINAL,
    )
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = field(_m("Recipient"))  # as shown when the set was frozen
    address: Mapped[str] = field(_m("Address"))
    address_key: Mapped[str]  # who gets one copy at most
    fields: Mapped[dict[str, Any]]  # the letter's fields, frozen
    state: Mapped[str] = field(_m("State"), default="queued")
    # queued, leaving, sent, refused, deferred, uncertain, skipped, cancelled
    reason: Mapped[str | None] = field(_m("Server's answer"))  # a key of mailings.REASONS
    reply: Mapped[str | None]  # the server's own words, for "technical details"
    message_id: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str | None]  # of the bytes that left
    attempts: Mapped[int] = field(_m("Attempts"), default=0)
    next_try_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None] = field(_m("Left at"))
    sender: Mapped[int | None]  # the round of sending that claimed it
    first_tried_at: Mapped[datetime | None]  # when it was first offered to a server
    settled_at: Mapped[datetime | None]


class OptOut(Base):
    """A keyed hash of an address that must not be written to; outlives the contact."""

    __tablename__ = "opt_out"
    __table_args__ = FINAL
    key: Mapped[str] = mapped_column(unique=True)  # HMAC-SHA256, hexadecimal
    at: Mapped[datetime]
    how: Mapped[str]  # by hand, reply, mailto, complaint
    lifted_at: Mapped[datetime | None]
    wish: Mapped[str | None]  # the person's written wish to be written to again


class Publication(Base):
    """A list as it was printed or copied out."""

    __tablename__ = "publication"
    __table_args__ = FINAL
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    at: Mapped[datetime]
    form: Mapped[str]  # sentence, list, by-country, annex
    format: Mapped[str]  # md, html, txt, docx, odt, pdf, or rich: copied for a word processor
    language: Mapped[str]
    names: Mapped[int]
    addresses: Mapped[int]
    content: Mapped[str]  # what it said, as text
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))  # the bytes that left
    entries: Mapped[list[str]]  # the names as printed, in their order
    choices: Mapped[dict[str, Any]]  # how it was asked for, so that it can be brought up to date


class Act(Base):
    """One thing the user did, by its label."""

    __tablename__ = "act"
    __table_args__ = FINAL
    at: Mapped[datetime]
    label: Mapped[str]
    kind: Mapped[str]  # do, undo, redo, final
    of_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))  # the act it takes back
    undone: Mapped[bool] = mapped_column(default=False)
    who: Mapped[str | None]


class Change(Base):
    """One row that an act touched, before and after, as JSON."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_noun_row", "noun", "row_id"), FINAL)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), index=True)
    noun: Mapped[str]
    row_id: Mapped[int]
    before: Mapped[str | None]
    after: Mapped[str | None]


for _table in Base.metadata.sorted_tables:
    # An id is never used twice, on either engine: the journal speaks of rows by their ids.
    _table.dialect_options["sqlite"]["autoincrement"] = True
