"""What changed since a list was printed last: who signed since, who is gone, who is renamed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import words
from crm.errors import Refused
from crm.language import _, n_
from crm.publishing.printing import Printed, prepare, publish
from crm.schema import Name, Publication, Signature

_WHOLE = ("sentence", "list", "by-country")  # an annex or a wall of logos names some only
_ASKED_FOR = ("language", "order", "keep_articles")


@dataclass(frozen=True)
class Since:
    """The list that left last, held against the one that would leave now."""

    at: datetime
    form: str
    to: str  # its format
    copied: bool  # it left by the clipboard
    added: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]  # as printed, as it would be now

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.renamed)

    def summary(self) -> str:
        """ "3 signatures since it was printed · 1 name gone"."""
        parts = [
            n_("{n} signature since the list was printed", "{n} signatures since the list was printed",
               len(self.added)) if self.added else "",
            n_("{n} name is no longer in it", "{n} names are no longer in it",
               len(self.gone)) if self.gone else "",
            n_("{n} name is written otherwise", "{n} names are written otherwise",
               len(self.renamed)) if self.renamed else "",
        ]  # fmt: skip
        return " · ".join(part for part in parts if part)


def since(session: Session, appeal_id: int) -> Since | None:
    """What the last printed list no longer says; None when none was printed, or all is the same."""
    last = _last(session, appeal_id)
    if last is None:
        return None
    before = dict.fromkeys(last.entries)
    now = dict.fromkeys(_now(session, appeal_id, last))
    added = [name for name in now if name not in before]
    gone = [name for name in before if name not in now]
    renamed = _renamed(session, appeal_id, gone, added)
    old, new = {each for each, _now in renamed}, {each for _was, each in renamed}
    changed = Since(
        last.at, last.form, _format(last), last.format == "rich",
        tuple(name for name in added if name not in new),
        tuple(name for name in gone if name not in old),
        tuple(renamed),
    )  # fmt: skip
    return changed if changed else None


def again(session: Session, appeal_id: int) -> Printed:
    """Print the last list again, as it was asked for; a step of `db.write(…, kind="final")`."""
    last = _last(session, appeal_id)
    if last is None:
        raise Refused(_("No list of this appeal was printed yet."))
    return publish(
        session, appeal_id, last.form, _format(last), copied=last.format == "rich", **_asked(last)
    )


def _last(session: Session, appeal_id: int) -> Publication | None:
    """The last list with names of its own; those printed before names were kept say nothing."""
    query = select(Publication).where(
        Publication.appeal_id == appeal_id, Publication.form.in_(_WHOLE)
    )
    found = session.scalars(query.order_by(Publication.at.desc(), Publication.id.desc()))
    return next((each for each in found if each.entries), None)


def _now(session: Session, appeal_id: int, last: Publication) -> tuple[str, ...]:
    try:
        return prepare(session, appeal_id, last.form, "txt", **_asked(last)).entries
    except Refused:
        return ()  # nobody who may be named is left


def _format(last: Publication) -> str:
    return str(last.choices.get("to") or ("html" if last.format == "rich" else last.format))


def _asked(last: Publication) -> dict[str, Any]:
    return {"language": last.language} | {
        key: last.choices[key] for key in _ASKED_FOR if last.choices.get(key) is not None
    }


def _renamed(
    session: Session, appeal_id: int, gone: list[str], added: list[str]
) -> list[tuple[str, str]]:
    """The new names of those whose old one was printed: one organisation has both."""
    owners = _owners(session, appeal_id)
    found: list[tuple[str, str]] = []
    left = list(added)
    for old in gone:
        same = [new for new in left if _is_one(owners, old, new)]
        if same:
            found.append((old, same[0]))
            left.remove(same[0])
    return found


def _owners(session: Session, appeal_id: int) -> dict[str, set[int]]:
    of = select(Signature.organisation_id).where(Signature.appeal_id == appeal_id)
    known = select(Name.organisation_id, Name.text).where(Name.organisation_id.in_(of))
    signed = select(Signature.organisation_id, Signature.published_name).where(
        Signature.appeal_id == appeal_id, Signature.organisation_id.is_not(None)
    )
    owners: dict[str, set[int]] = {}
    for owner, name in [*session.execute(known), *session.execute(signed)]:
        owners.setdefault(words.fold(name), set()).add(owner)
    return owners


def _is_one(owners: dict[str, set[int]], old: str, new: str) -> bool:
    if owners.get(words.fold(old), set()) & owners.get(words.fold(new), set()):
        return True
    found = words.compare(old, new)
    return found.relation == "same" or (found.relation == "ask" and words.fold(old) not in owners)
