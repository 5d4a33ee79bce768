"""The small windows in which an addressee is written down, and followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import addressees
from crm.addressees import AddresseeRow
from crm.language import _, n_
from ui.context import Context
from ui.form import Form, Line
from ui.screens.editor import Edited, Editor, Write

WEEKS = 4  # what an office is commonly given to answer


def edit_addressee(
    context: Context,
    owner: QWidget,
    appeal_id: int,
    row: AddresseeRow | None = None,
    *,
    hinted: str = "",
) -> None:
    """Write down a new addressee, or change the one given."""
    form = Form(
        Line("name", _("Name"), needed=True, example=_("Ms Ana Silva")),
        Line("block", _("Lines below"), "long",
             hint=_("As on the envelope: what they are, the office, the street, the town."),
             example=_("Mayor of Port-Clair\nTown hall\n2 Market Square\nPort-Clair 99200")),
        Line("greeting", _("Greeting"), example=_("Madam Mayor,"),
             hint=_("How the letter opens; the closing takes it up.")),
    )  # fmt: skip
    if row is not None:
        form.fill(vars(row))
    elif hinted:
        name, _comma, office = hinted.partition(", ")  # "Odile Ferrand, maire de Port-Clair"
        form.fill({"name": name, "block": office})
    write: Write = partial(_add, appeal_id) if row is None else partial(_change, row.id)
    Editor(
        context, owner, _("A new addressee") if row is None else _("Change the addressee"), form,
        write, label=_("Add {name}") if row is None else _("Change {name}"),
        of=None if row is None else Edited("addressee", row.id, _now),
    ).open()  # fmt: skip
    form.field("name").setFocus()


def note_sent(
    context: Context,
    owner: QWidget,
    chosen: Sequence[AddresseeRow],
    everybody: Sequence[AddresseeRow],
    *,
    meant: bool = True,
) -> None:
    """The letter left for the chosen ones, or for all that wait for theirs.

    Where it was not `meant`, the one the cursor stands on is offered last.
    """
    unsent = [each for each in everybody if each.sent_on is None]
    whom: list[tuple[Any, str]] = []
    if unsent and len(unsent) != len(everybody):
        whom.append(("unsent", n_("the {n} not sent yet", "the {n} not sent yet", len(unsent))))
    whom.append(("all", n_("the one addressee", "all {n} addressees", len(everybody))))
    if chosen:
        several = n_("{n} chosen addressee", "{n} chosen addressees", len(chosen))
        said = chosen[0].name if len(chosen) == 1 else several
        whom.insert(0 if meant else len(whom), ("chosen", said))
    form = Form(
        Line("whom", _("To whom"), "choice", choices=whom),
        Line("on", _("Sent on"), "date",
             hint=_("Empty: not sent after all.")),
        Line("answer_by", _("Answer expected by"), "date",
             hint=_("From that day on, Cosigne says who is late.")),
    )  # fmt: skip
    now = chosen[0] if meant and len(chosen) == 1 else None
    on = now.sent_on if now and now.sent_on else date.today()
    by = now.answer_by if now and now.sent_on else on + timedelta(weeks=WEEKS)
    form.fill({"whom": whom[0][0], "on": on, "answer_by": by})
    ids = {
        "chosen": [each.id for each in chosen],
        "unsent": [each.id for each in unsent],
        "all": [each.id for each in everybody],
    }
    Editor(
        context, owner, _("The letter was sent"), form, partial(_sent, ids),
        label=_("Letters noted as sent"),
    ).open()  # fmt: skip


def note_answer(context: Context, owner: QWidget, row: AddresseeRow) -> None:
    """What an addressee answered, and when."""
    form = Form(
        Line("on", _("Answered on"), "date", hint=_("Empty: no answer after all.")),
        Line("answer", _("Their answer"), "long",
             example=_("Will put it to the council in September.")),
    )  # fmt: skip
    form.fill({"on": row.answered_on or date.today(), "answer": row.answer})
    Editor(
        context, owner, _("The answer of {name}").format(name=row.name), form,
        partial(_answered, row.id), label=_("Answer of an addressee"),
    ).open()  # fmt: skip
    form.field("answer").setFocus()


def _add(appeal_id: int, session: Any, values: dict[str, Any]) -> int:
    return addressees.add(
        session, appeal_id, values["name"], block=values["block"] or "",
        greeting=values["greeting"],
    )  # fmt: skip


def _change(addressee_id: int, session: Any, values: dict[str, Any]) -> None:
    addressees.change(session, addressee_id, **values)


def _now(session: Any, addressee_id: int) -> dict[str, Any]:
    return vars(addressees.look(session, addressee_id))


def _sent(ids: dict[str, list[int]], session: Any, values: dict[str, Any]) -> None:
    by = values["answer_by"] if values["on"] else None
    addressees.note_sent(session, ids[values["whom"]], on=values["on"], answer_by=by)


def _answered(addressee_id: int, session: Any, values: dict[str, Any]) -> None:
    addressees.note_answer(session, addressee_id, on=values["on"], answer=values["answer"] or "")
