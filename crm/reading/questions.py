"""Doubts of a reading that wait in their appeal until a person settles them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm.errors import Refused
from crm.language import _
from crm.reading.lines import ReviewLine
from crm.reading.signing import Act, record_line
from crm.schema import Organisation, Question


@dataclass(frozen=True)
class OpenQuestion:
    """A doubt that waits in an appeal."""

    id: int
    name: str
    country: str | None
    candidate_id: int | None
    candidate: str
    reason: str
    candidate_country: str | None = None


def leave_open(session: Session, act: Act, line: ReviewLine) -> None:
    """Keep a doubt with its line, once; what a person dropped is not asked again."""
    asked = session.scalars(
        select(Question.line).where(
            Question.appeal_id == act.appeal_id, Question.candidate_id == line.candidate_id
        )
    )
    if any(known["name"] == line.name for known in asked):
        return
    kept = asdict(replace(line, position=act.base + line.position, spans=())) | {
        "evidence_id": act.evidence_id, "on": act.on.isoformat(), "source": act.source,
        "confirmed": act.confirmed,
    }  # fmt: skip
    session.execute(
        insert(Question).values(
            appeal_id=act.appeal_id, candidate_id=line.candidate_id, reason=line.reason, line=kept
        )
    )
    act.done["questions"] += 1


def open_questions(session: Session, appeal_id: int) -> list[OpenQuestion]:
    """The doubts that wait in an appeal, in the document's order."""
    query = (
        select(
            Question.id,
            Question.line,
            Question.candidate_id,
            Question.reason,
            Organisation.country,
        )
        .outerjoin(Organisation, Organisation.id == Question.candidate_id)
        .where(Question.appeal_id == appeal_id, Question.settled.is_(None))
        .order_by(Question.id)
    )
    return [
        OpenQuestion(
            row.id, row.line["name"], row.line["country"], row.candidate_id,
            row.line["candidate"] or "", row.reason, row.country,
        )
        for row in session.execute(query)
    ]  # fmt: skip


def settle(
    session: Session, question_id: int, answer: str, organisation_id: int | None = None
) -> None:
    """Answer a doubt that waited: same, new, section or drop; its line is recorded as read.

    `organisation_id` when the person chose another organisation than the one asked about.
    """
    found = session.execute(
        select(Question.appeal_id, Question.line).where(
            Question.id == question_id, Question.settled.is_(None)
        )
    ).one_or_none()
    if found is None:
        raise Refused(_("This question has been answered already."))
    settled = "dropped" if answer == "drop" else answer
    session.execute(update(Question).where(Question.id == question_id).values(settled=settled))
    if answer != "drop":
        kept = found.line
        record_line(session, _act(found.appeal_id, kept), _line(kept, answer, organisation_id))


def _line(kept: Mapping[str, Any], answer: str, organisation_id: int | None) -> ReviewLine:
    line = ReviewLine(
        **{each.name: kept[each.name] for each in fields(ReviewLine) if each.name in kept}
    )
    return replace(
        line,
        state="recognised" if answer == "same" else "new",
        answer=answer,
        also=tuple(line.also),
        spans=(),
        candidate_id=organisation_id if organisation_id is not None else line.candidate_id,
        refused=line.candidate_id if organisation_id not in {None, line.candidate_id} else None,
    )


def _act(appeal_id: int, kept: Mapping[str, Any]) -> Act:
    return Act(
        appeal_id=appeal_id,
        evidence_id=kept["evidence_id"],
        on=date.fromisoformat(kept["on"]),
        source=kept["source"],
        confirmed=kept["confirmed"],
        base=0,
        done=Counter(),
    )
