"""The mailboxes this workspace may send from; their passwords live in the keyring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm import clashes
from crm.contacts import normal_address
from crm.errors import Refused
from crm.language import _
from crm.post import Server
from crm.schema import Account


@dataclass(frozen=True)
class AccountLine:
    """One mailbox, without its password."""

    id: int
    address: str
    sender: str
    host: str
    port: int
    security: str
    username: str
    per_hour: int
    per_day: int | None
    trusted_ca: str | None

    @property
    def server(self) -> Server:
        """Where it hands in its mail."""
        return Server(self.host, self.port, self.security, self.username, self.trusted_ca)


_COLUMNS = (
    Account.id, Account.address, Account.sender, Account.host, Account.port, Account.security,
    Account.username, Account.per_hour, Account.per_day, Account.trusted_ca,
)  # fmt: skip


def accounts(session: Session) -> list[AccountLine]:
    """Every mailbox, first made first."""
    query = select(*_COLUMNS).order_by(Account.id)
    return [AccountLine(**row._mapping) for row in session.execute(query)]


def keep_account(
    session: Session,
    address: str,
    *,
    sender: str,
    host: str,
    port: int = 465,
    security: str = "tls",
    username: str = "",
    per_hour: int = 60,
    per_day: int | None = None,
    trusted_ca: str | None = None,
) -> int:
    """Keep a mailbox's settings; the one with this address is changed.

    An authority of its own, once trusted, stays so until another is given.
    """
    address = normal_address(address)
    values: dict[str, Any] = {
        "address": address, "sender": sender.strip(), "host": host.strip(), "port": port,
        "security": security, "username": username or address, "per_hour": per_hour,
        "per_day": per_day, "trusted_ca": trusted_ca,
    }  # fmt: skip
    _refuse_nonsense(values)
    known = session.scalar(select(Account.id).where(Account.address == values["address"]))
    if known is not None:
        if trusted_ca is None:
            del values["trusted_ca"]
        change_account(session, known, **values)
        return known
    return session.execute(insert(Account).values(**values).returning(Account.id)).scalar_one()


def change_account(
    session: Session, account_id: int, *, before: Mapping[str, Any] | None = None, **fields: Any
) -> None:
    """Overwrite some settings of a mailbox.

    With `before`, the values they were shown with, Clashing is raised for those that somebody
    else has changed since.
    """
    if "address" in fields:
        fields["address"] = normal_address(fields["address"])
    _refuse_nonsense(fields)
    if before is not None:
        now = asdict(server_of(session, account_id))
        clashes.refuse(session, "account", account_id, before=before, now=now, mine=fields)
    if fields:
        session.execute(update(Account).where(Account.id == account_id).values(**fields))


def _refuse_nonsense(fields: dict[str, Any]) -> None:
    if not 1 <= fields.get("port", 1) <= 65535:
        raise Refused(_("A port is a number from 1 to 65535."), hint=_("Usually 465 or 587."))
    if fields.get("per_hour", 1) < 1:
        raise Refused(_("At least one message an hour must be allowed."))


def server_of(session: Session, account_id: int | None) -> AccountLine:
    """The mailbox with this id; Refused when there is none."""
    query = select(*_COLUMNS).where(Account.id == account_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise Refused(
            _("No mailbox is set up to send from."), hint=_("Open Settings, then My mailbox.")
        )
    return AccountLine(**row._mapping)
