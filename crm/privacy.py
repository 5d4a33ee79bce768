"""The one gate before every export, publication and mail: who may be shown, who written to."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, permutations
from typing import Any

from sqlalchemy import Select, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from crm import settings, words
from crm.errors import Refused
from crm.language import _
from crm.schema import Address, Clearance, OptOut, Organisation, Person, UnfinishedReading

_MANY_WORDS = 4  # of a name; of more, only the two usual orders are looked for


def hidden_organisations() -> Select[int]:
    """Those in danger: in no export, publication, Cc or log (rule 8)."""
    return select(Organisation.id).where(Organisation.sensitive)


def hidden_people() -> Select[int]:
    """Those in danger: in no export, publication, Cc or log (rule 8)."""
    return select(Person.id).where(Person.sensitive)


def exportable_addresses() -> Select[int]:
    """Addresses that may leave in a sheet: neither private nor of somebody in danger."""
    return select(Address.id).where(
        Address.private.is_(False),
        or_(
            Address.organisation_id.is_(None),
            Address.organisation_id.not_in(hidden_organisations()),
        ),
        or_(Address.person_id.is_(None), Address.person_id.not_in(hidden_people())),
    )


def printable_addresses(appeal_id: int) -> Select[int]:
    """Addresses that may be printed with this appeal: leave was given, or it published them."""
    cleared = select(Clearance.address_id).where(Clearance.appeal_id == appeal_id)
    return exportable_addresses().where(or_(Address.publishable, Address.id.in_(cleared)))


def opt_out(session: Session, address: str, how: str) -> None:
    """Never write to this address again; once is enough.

    Only a keyed hash is kept, so the wish outlives the contact (CNIL, MED-2023-040).
    """
    key = _key(session, address)
    found = session.scalar(select(OptOut.id).where(OptOut.key == key))
    if found is None:
        session.execute(insert(OptOut).values(key=key, at=datetime.now(UTC), how=how))
    else:
        session.execute(
            update(OptOut)
            .where(OptOut.id == found, OptOut.lifted_at.is_not(None))
            .values(at=datetime.now(UTC), how=how, lifted_at=None, wish=None)
        )


def why_not(
    session: Session, address: str, *, organisation_id: int | None, person_id: int | None
) -> str:
    """Why nothing may be sent to this address now (a key of `post.REASONS`), or "" (rule 8)."""
    if opted_out(session, [address]):
        return "opted_out"
    body = session.execute(
        select(Organisation.status, Organisation.sensitive).where(
            Organisation.id == organisation_id
        )
    ).one_or_none()
    if body is None or body.status != "active":
        return "gone"
    person = session.scalar(select(Person.sensitive).where(Person.id == person_id))
    if body.sensitive or person:
        return "sensitive"
    owned = or_(Address.organisation_id == organisation_id, Address.person_id == person_id)
    known = select(Address.health).where(Address.folded == address.casefold(), owned)
    return "set_aside" if "set_aside" in session.scalars(known).all() else ""


def private_addresses() -> Select[str]:
    """The folded addresses that are in no sheet."""
    return select(Address.folded).where(Address.private)


def lift(session: Session, address: str, wish: str) -> None:
    """Write to this address again, because the person wrote so; her words are kept."""
    if not wish.strip():
        raise Refused(
            _("Only the person can take back the wish not to be written to."),
            hint=_("Copy here what they wrote, and when."),
        )
    session.execute(
        update(OptOut)
        .where(OptOut.key == _key(session, address))
        .values(lifted_at=datetime.now(UTC), wish=wish.strip())
    )


def opted_out(session: Session, addresses: Iterable[str]) -> set[str]:
    """Those of these addresses that must not be written to, spelt as they were given."""
    keys = {address: _key(session, address) for address in addresses}
    wanted = list(set(keys.values()))
    shut: set[str] = set()
    for start in range(0, len(wanted), 500):
        shut.update(
            session.scalars(
                select(OptOut.key).where(
                    OptOut.key.in_(wanted[start : start + 500]), OptOut.lifted_at.is_(None)
                )
            )
        )
    return {address for address, key in keys.items() if key in shut}


def forget_readings(
    session: Session, *, names: Iterable[str], addresses: Iterable[str]
) -> list[str]:
    """Forget the readings that wait and hold somebody who is erased; the documents they were of.

    A name counts as whole words, in whatever order; accents and capitals make no difference.
    """
    sought = [_anywhere(name, address=False) for name in names if words.fold(name)]
    sought += [_anywhere(address, address=True) for address in addresses if address.strip()]
    query = select(UnfinishedReading.id, UnfinishedReading.name, UnfinishedReading.content)
    held = {
        number: document
        for number, document, content in session.execute(query.order_by(UnfinishedReading.id))
        if any(holds(text) for text in (document, *_strings(content)) for holds in sought)
    }
    session.execute(delete(UnfinishedReading).where(UnfinishedReading.id.in_(held)))
    return list(held.values())


def _anywhere(said: str, *, address: bool) -> Callable[[str], bool]:
    """Whether a text holds this address, or the words of this name beside each other."""
    if address:
        bare = re.escape(said.strip().casefold())
        spelt = re.compile(rf"(?<![\w.+-]){bare}(?![\w-]|\.\w)")
        return lambda text: spelt.search(text.casefold()) is not None
    parts = words.fold(said).split()
    orders = permutations(parts) if len(parts) <= _MANY_WORDS else [parts, parts[::-1]]
    forms = {f" {' '.join(each)} " for each in orders}
    # Not `words.fold`, which would remember whole documents.
    return lambda text: any(form in f" {words.fold.__wrapped__(text)} " for form in forms)


def _strings(content: Any) -> Iterator[str]:
    """Every text in what was kept as JSON."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        yield from chain.from_iterable(map(_strings, content.values()))
    elif isinstance(content, list):
        yield from chain.from_iterable(map(_strings, content))


def _key(session: Session, address: str) -> str:
    """One hash for every spelling of an address that reaches the same mailbox."""
    plain = unicodedata.normalize("NFKC", address).strip().casefold()
    local, _at, domain = plain.rpartition("@")
    local = local.split("+", 1)[0] or local
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        pass  # not a domain any server knows: kept as it is written
    said = f"{local}@{domain}".encode()
    return hmac.new(settings.secret(session, "opt_out"), said, hashlib.sha256).hexdigest()
