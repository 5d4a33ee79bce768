"""Two people at the same record: whoever saves last is shown what the other wrote, and chooses.

Fields that only one of them touched are both kept.  A field that both changed, each to something
else, stops the saving until a person has said which of the two stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.errors import Refused
from crm.language import _
from crm.schema import Act, Change


@dataclass(frozen=True)
class Clash:
    """One field as it was when it was shown, as another wrote it since, and as it would be."""

    field: str
    before: Any
    theirs: Any
    mine: Any


class Clashing(Refused):
    """Nothing was saved: `clashes` wait for a choice, each between mine and theirs."""

    def __init__(self, clashes: tuple[Clash, ...], who: str | None) -> None:
        super().__init__(
            _("{who} changed this while you were writing. Nothing of yours was saved yet.").format(
                who=who or _("Somebody")
            ),
            hint=_("Choose which of the two stands."),
        )
        self.clashes, self.who = clashes, who


def refuse(
    session: Session,
    noun: str,
    row_id: int,
    *,
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    mine: Mapping[str, Any],
) -> None:
    """Raise Clashing where a field of `mine` is no longer as `before`, and not `mine` already.

    Called inside the act that would write, so that nothing can come between the two.  A field
    that `before` does not name was not shown, and cannot clash.
    """
    found = tuple(
        Clash(name, before[name], now[name], wanted)
        for name, wanted in mine.items()
        if name in before and not _same(now[name], before[name]) and not _same(now[name], wanted)
    )
    if found:
        raise Clashing(found, _last_hand(session, noun, row_id))


def _same(one: Any, other: Any) -> bool:
    nothing = (None, "")
    return one == other or (one in nothing and other in nothing)


def _last_hand(session: Session, noun: str, row_id: int) -> str | None:
    query = (
        select(Act.who)
        .join(Change, Change.act_id == Act.id)
        .where(Change.noun == noun, Change.row_id == row_id)
        .order_by(Act.id.desc())
        .limit(1)
    )
    return session.scalar(query)
