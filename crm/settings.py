"""Choices that travel with the workspace, one typed line each."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm import clashes
from crm.schema import Setting


@dataclass(frozen=True)
class Settings:
    """Everything the secretary may choose about this workspace."""

    workspace: str = ""  # an id drawn at its making
    association: str = ""
    secretary: str = ""  # her first name
    language: str = "fr"  # of her letters, unless she says otherwise
    letterhead: str = ""  # lines under the association's name on a printed letter
    greeting: str = ""  # instead of the letters' own: "Chères et chers camarades"
    sheet_verified: bool = False  # the recovery sheet was retyped once
    invented: bool = False  # the coalition to try things with: cannot send outside this computer
    ask_phrase: bool = False  # never keep the key in the keyring
    hidden_first_steps: bool = False
    cautious_providers: bool = True  # say when a hostile state can read a recipient's mail
    country_words: dict[str, dict[str, str]] = field(default_factory=dict)
    # her own words for countries, by language and code: {"fr": {"ES": "État espagnol"}}


def load(session: Session) -> Settings:
    """The choices made so far; the defaults for the others.

    A shared workspace has no key, hence no recovery sheet left to verify.
    """
    names = {each.name for each in dataclasses.fields(Settings)}
    made = Settings(**{key: value for key, value in _stored(session).items() if key in names})
    on_server = session.get_bind().dialect.name == "postgresql"
    return dataclasses.replace(made, sheet_verified=True) if on_server else made


def change(
    session: Session, *, before: Mapping[str, Any] | None = None, **choices: Any
) -> Settings:
    """Make some choices; the others stay.

    With `before`, the values they were shown with, Clashing is raised for those that somebody
    else has changed since.
    """
    now = load(session)
    if before is not None and choices:
        last = select(Setting.id).where(Setting.key.in_(choices)).limit(1)
        clashes.refuse(
            session, "setting", session.scalar(last) or 0, before=before,
            now=dataclasses.asdict(now), mine=choices,
        )  # fmt: skip
    changed = dataclasses.replace(now, **choices)
    for key in choices:
        put(session, key, getattr(changed, key))
    return changed


def put(session: Session, key: str, value: Any) -> None:
    """Store one value under its key."""
    if session.scalar(select(Setting.id).where(Setting.key == key)) is None:
        session.execute(insert(Setting).values(key=key, value=value))
    else:
        session.execute(update(Setting).where(Setting.key == key).values(value=value))


def found_workspace(session: Session, **choices: Any) -> Settings:
    """The first choices of a new workspace, and the secrets drawn for it."""
    put(session, "secret.opt_out", secrets.token_hex(32))
    return change(session, workspace=secrets.token_hex(8), **choices)


def secret(session: Session, name: str) -> bytes:
    """A secret of this workspace, drawn at its making."""
    return bytes.fromhex(session.execute(
        select(Setting.value).where(Setting.key == f"secret.{name}")
    ).scalar_one())  # fmt: skip


def _stored(session: Session) -> dict[str, Any]:
    return {key: value for key, value in session.execute(select(Setting.key, Setting.value))}
