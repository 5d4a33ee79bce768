"""The long act of an import: it fills what is empty, overwrites nothing, and is undone whole."""

from __future__ import annotations

from collections.abc import Generator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import appeals, contacts, duplicates
from crm.db import Step
from crm.errors import Refused
from crm.formats import Table
from crm.imports.planning import Plan, Planned
from crm.language import _
from crm.schema import Organisation


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    created: int
    completed: int
    addresses: int
    signatures: int
    rejected: int
    questions: int  # left unanswered, not recorded


def record(session: Session, plan: Plan) -> Generator[Step, None, Imported]:
    """Write the plan; questions that were not answered stay out of the register."""
    # The ids of an act that is taken back must not stay in a plan that may be tried again.
    plan = deepcopy(plan)
    _answer_questions(session, plan)
    titles = _appeals(session, plan)
    created = completed = addresses = signatures = 0
    total = len(plan.organisations)
    for done, each in enumerate(plan.organisations):
        if done % 20 == 0:
            yield Step(done, total, each.name)
        if each.organisation_id is None:
            each.organisation_id = _create(session, each)
            created += 1
        else:
            completed += _complete(session, each)
        addresses += _contacts(session, each, plan.source)
        for title in each.signed:
            appeals.sign(
                session, titles[title], organisation_id=each.organisation_id,
                on=date.today(), channel="document", note=plan.source or None,
            )  # fmt: skip
            signatures += 1
    _parents(session, plan)
    yield Step(total, total)
    waiting = sum(not question.answer for question in plan.questions)
    return Imported(created, completed, addresses, signatures, len(plan.rejected), waiting)


def _answer_questions(session: Session, plan: Plan) -> None:
    for question in plan.questions:
        if question.answer in ("", "skip"):
            continue
        each = question.planned
        if question.answer == "same" and question.twin is not None:
            one = _twin(plan, question.twin)
            one.take(each)
            each = one
        elif question.answer == "same":
            each.organisation_id = question.candidate_id
            duplicates.learn(session, each.name, question.candidate_id)
        elif question.answer == "section":
            each.parent = question.twin
            each.parent_id = question.candidate_id if question.twin is None else None
        if question.answer != "same" and question.twin is None:
            duplicates.tell_apart(session, each.name, question.candidate_id)
        if not any(each is known for known in plan.organisations):
            plan.organisations.append(each)


def _twin(plan: Plan, one: Planned) -> Planned:
    """The planned organisation that `one` was said to be itself, through every answer."""
    for question in plan.questions:
        if question.planned is one and question.answer == "same" and question.twin is not None:
            return _twin(plan, question.twin)
    return one


def _parents(session: Session, plan: Plan) -> None:
    """Sections of an organisation of the same sheet, now that both are in the register."""
    for each in plan.organisations:
        parent = _twin(plan, each.parent).organisation_id if each.parent else None
        if parent is not None and each.organisation_id is not None:
            contacts.change(session, "organisation", each.organisation_id, parent_id=parent)


def _appeals(session: Session, plan: Plan) -> dict[str, int]:
    """The appeals the ticked columns speak of, made when they are new."""
    found: dict[str, int] = {}
    for title in dict.fromkeys(title for each in plan.organisations for title in each.signed):
        try:
            found[title] = appeals.find_exactly(session, title)
        except Refused:
            found[title] = appeals.add(session, title)
    return found


def _create(session: Session, each: Planned) -> int:
    made = contacts.add_organisation(
        session, each.name, country=each.country, heading=each.heading, language=each.language,
        notes="\n".join(each.notes) or None,
        parent_id=each.parent_id,
    )  # fmt: skip
    _names(session, made, each)
    return made


def _complete(session: Session, each: Planned) -> bool:
    """Fill what is empty; whether anything was."""
    row = session.execute(
        select(
            Organisation.country, Organisation.heading, Organisation.language, Organisation.notes
        ).where(Organisation.id == each.organisation_id)
    ).one()
    fresh: dict[str, Any] = {}
    if row.country is None and row.heading is None:
        fresh |= {"country": each.country, "heading": each.heading}
    if row.language is None:
        fresh["language"] = each.language
    if row.notes is None:
        fresh["notes"] = "\n".join(each.notes) or None
    fresh = {name: value for name, value in fresh.items() if value is not None}
    if fresh:
        session.execute(
            update(Organisation).where(Organisation.id == each.organisation_id).values(**fresh)
        )
    _names(session, each.organisation_id or 0, each)
    return bool(fresh or each.emails or each.people)


def _names(session: Session, organisation_id: int, each: Planned) -> None:
    if each.acronym and each.acronym != each.name:
        contacts.add_name(session, organisation_id, each.acronym, kind="acronym")
    for name in each.other_names:
        contacts.add_name(session, organisation_id, name)


def _contacts(session: Session, each: Planned, source: str) -> int:
    owner = each.organisation_id or 0
    for address in each.emails:
        contacts.add_address(session, address, organisation_id=owner, source=source or None)
    for number in each.telephones:
        contacts.add_address(
            session, number, organisation_id=owner, kind="telephone", source=source or None
        )
    known = {person.name for person in contacts.sheet(session, owner).people}
    for name, role in each.people:
        if name not in known:
            contacts.add_person(session, name, organisation_id=owner, role=role or None)
    return len(each.emails)


def rejected_table(plan: Plan) -> Table:
    """The rows left aside or with an address that could not be used, as they were, and why."""
    back = [(each.row, each.why, each.cells) for each in plan.rejected]
    back += [(each.row, f"{each.address}: {each.why}", each.cells) for each in plan.doubtful]
    width = max((len(cells) for _row, _why, cells in back), default=0)
    headings = [*plan.headings, *[""] * (width - len(plan.headings))]
    rows = [
        [row, why, *cells, *[None] * (len(headings) - len(cells))]
        for row, why, cells in sorted(back, key=lambda each: each[0])
    ]
    return Table(_("Left aside"), [_("Row"), _("Why"), *headings], rows)
