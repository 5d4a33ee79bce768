"""addressees, letter: whom an appeal is written to, and their letters as files."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from crm import addressees, appeals
from crm.addressees import AddresseeRow
from crm.cli.asking import Commands, answer, bytes_of, command, watched, with_workspace, workspace
from crm.db import Database
from crm.errors import Refused
from crm.language import _, n_

STARTERS = ("mayor", "elected", "meeting", "reminder")


def add(commands: Commands) -> None:
    """The commands of this group."""
    people = command(commands, "addressees", _people, _("whom an appeal is addressed to"))
    people.add_argument("appeal", metavar="APPEAL")
    people.add_argument(
        "--add", type=Path, metavar="FILE",
        help=_("add those of a text with tabs or semicolons between its columns, in UTF-8"),
    )  # fmt: skip
    with_workspace(people)
    letter = command(commands, "letter", _letter, _("a letter for each addressee, as files"))
    letter.add_argument("appeal", metavar="APPEAL")
    letter.add_argument("folder", metavar="OUTDIR", type=Path)
    letter.add_argument("--to", choices=addressees.FORMATS, default="docx")
    letter.add_argument("--together", action="store_true", help=_("one pdf for all, to print"))
    letter.add_argument("--starter", choices=STARTERS, help=_("begin a letter where there is none"))
    letter.add_argument("--only", metavar="ADDRESSEE", help=_("the one of this name or id"))
    with_workspace(letter)


def _people(asked: argparse.Namespace) -> None:
    with workspace(asked, writing=bool(asked.add)) as db:
        with db.read() as session:
            appeal_id = appeals.find_exactly(session, asked.appeal)
        if asked.add:
            _add(db, appeal_id, asked.add)
        with db.read() as session:
            rows = addressees.rows(session, addressees.ids(session, appeal_id))
    said = [_as_json(each) for each in rows]
    text = "\n".join(f"{each['id']}\t{each['state']}\t{each['name']}" for each in said)
    answer(asked, said, text or _("This appeal has no addressee yet."))


def _add(db: Database, appeal_id: int, path: Path) -> None:
    try:
        pasted = bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            _("“{path}” is not a text in UTF-8.").format(path=path),
            hint=_("Save it again as CSV in UTF-8."),
        ) from None
    with db.read() as session:
        plan = addressees.plan(session, appeal_id, pasted)
    if plan.new:
        label = n_("{n} addressee pasted", "{n} addressees pasted", len(plan.new))
        with db.write(label) as session:
            addressees.record(session, appeal_id, plan.new)


def _as_json(row: AddresseeRow) -> dict[str, Any]:
    standing = addressees.standing(row, date.today())
    days = {
        name: day.isoformat() if day else None
        for name, day in (
            ("sent_on", row.sent_on), ("answer_by", row.answer_by),
            ("answered_on", row.answered_on),
        )
    }  # fmt: skip
    return {
        "id": row.id, "name": row.name, "block": row.block, "greeting": row.greeting,
        "state": standing.kind, "days": standing.days, **days, "answer": row.answer,
    }  # fmt: skip


def _letter(asked: argparse.Namespace) -> None:
    with workspace(asked, writing=True) as db:
        with db.read() as session:
            appeal_id = appeals.find_exactly(session, asked.appeal)
            ids = _whom(session, appeal_id, asked.only)
        letter_id = _which(db, appeal_id, asked.starter)
        where = asked.folder
        if asked.together or len(ids) == 1:
            with db.read() as session:
                name = addressees.look(session, ids[0]).name if len(ids) == 1 else _("Letters")
            where = addressees.file_in(where, name, asked.to)
        saved = watched(
            addressees.save(db, letter_id, ids, asked.to, where, together=asked.together)
        )
    answer(asked, {"files": [str(path) for path in saved.paths]}, "\n".join(map(str, saved.paths)))


def _whom(session: Session, appeal_id: int, only: str | None) -> list[int]:
    every = addressees.ids(session, appeal_id)
    if not only:
        if not every:
            raise Refused(
                _("This appeal has no addressee yet."),
                hint=_("Add one, or paste a list of them."),
            )
        return every
    rows = addressees.rows(session, every)
    found = [each.id for each in rows if only in (each.name, str(each.id))]
    if len(found) != 1:
        raise Refused(
            _("No addressee of this appeal is called “{name}”.").format(name=only)
            if not found
            else _("Several addressees are called “{name}”.").format(name=only)
        )
    return found


def _which(db: Database, appeal_id: int, starter: str | None) -> int:
    """The appeal's last letter; a new one from a starter where there is none."""
    with db.read() as session:
        known = addressees.of_appeal(session, appeal_id)
    if known:
        return known[-1].id
    if starter is None:
        raise Refused(
            _("This appeal has no letter yet."),
            hint=_("Write it in the window, or begin one with --starter."),
        )
    with db.write(_("A letter begun")) as session:
        return addressees.begin(session, appeal_id, starter=starter)
