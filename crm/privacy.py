"""The one gate before every export, publication and mail: who may be shown, who written to."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Select, insert, or_, select, update
from sqlalchemy.orm import Session

from crm import settings
from crm.errors import Refused
from crm.language import _
from crm.schema import Address, Clearance, OptOut, Organisation, Person


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
