"""Who signs a letter, as the blocks that stand under its text."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crm import publishing
from crm.documents.printed import Block
from crm.errors import Refused


@dataclass(frozen=True)
class Signed:
    """The signatories and, where wanted, their contacts, ready to be printed under a letter."""

    blocks: tuple[Block, ...] = ()
    sentence: str = ""  # "A, B et C"
    names: tuple[str, ...] = ()
    addresses: int = 0
    withheld: tuple[str, ...] = ()


def signed(session: Session, appeal_id: int, form: str, language: str, *, annex: bool) -> Signed:
    """Those who may be named, in this form; nobody at all is no trouble: the letter comes first."""

    def printed(form: str) -> publishing.Printed:
        return publishing.prepare(session, appeal_id, form, "txt", language=language)

    try:
        sentence = printed("sentence")
    except Refused:
        return Signed()
    under = printed(form) if form else None
    contacts = printed("annex") if annex else None
    addresses = contacts.addresses if contacts else 0
    return Signed(
        (*(under.blocks if under else ()), *(contacts.blocks if contacts and addresses else ())),
        _names_alone(sentence.text, language), under.entries if under else sentence.entries,
        addresses, (contacts or sentence).withheld,
    )  # fmt: skip


def _names_alone(sentence: str, language: str) -> str:
    """The names behind "Les organisations": the letter says that in its own words."""
    said = publishing.wording(language)
    for opening in (said.many, said.one):
        if sentence.startswith(f"{opening} "):
            return sentence.removeprefix(f"{opening} ")
    return sentence
