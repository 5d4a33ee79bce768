"""“Note an answer”: half of them come by telephone, by Signal, or at a meeting."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QWidget

from crm import appeals, contacts, search
from crm.language import _, n_
from ui.context import Context
from ui.form import Form, Line
from ui.kit import Button, Dialog, column, line, scaled


def note_answer(
    context: Context, appeal_id: int = 0, organisation_id: int = 0, channel: str = "telephone"
) -> None:
    """Open the small window, with the appeal and the organisation filled in when known."""
    owner = QApplication.activeWindow() or QApplication.topLevelWidgets()[0]
    context.tasks.read(
        owner, _known, organisation_id,
        then=lambda found: NoteAnswer(context, owner, appeal_id, channel, *found).open(),
    )  # fmt: skip


def _known(session: Any, organisation_id: int) -> tuple[list[tuple[int, str]], str]:
    titles = [(each.id, each.title) for each in appeals.rows_of(session, appeals.ids(session))]
    names = contacts.displayed_names(session, [organisation_id] if organisation_id else [])
    return titles, names.get(organisation_id, "")


class NoteAnswer(Dialog):
    """Who, what they answer, under which name, how and when."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        appeal_id: int,
        channel: str,
        titles: list[tuple[int, str]],
        name: str,
    ) -> None:
        super().__init__(owner, _("Note an answer"), save=(_("Save"), self.save), width=540)
        self.context = context
        self.who = QLineEdit(name)
        self.who.setPlaceholderText(_("Organisation: search, or write a new one"))
        self.who.setAccessibleName(_("Organisation"))
        self.who.textEdited.connect(self._search)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.who.setCompleter(completer)
        answers = (
            ("signed", _("signs")), ("promised", _("promises to sign")),
            ("declined", _("does not sign")), ("asked", _("has a question")),
            ("withdrawn", _("withdraws")),
        )  # fmt: skip
        channels = [(key, _(words)) for key, words in appeals.CHANNELS.items()]
        self.form = Form(
            Line("appeal_id", _("Appeal"), "choice", choices=titles, needed=True),
            Line("status", _("Answer"), "choice", choices=list(answers)),
            Line("name", _("Under which name"), hint=_("Left empty: the name of the directory.")),
            Line("channel", _("How"), "choice", choices=channels),
            Line("with_whom", _("With whom")),
            Line("on", _("Date"), "date"),
            Line("unnamed", _("Count without naming"), "tick"),
        )
        self.form.fill(
            {
                "appeal_id": appeal_id or (titles[0][0] if titles else None),
                "status": "signed",
                "channel": channel,
                "on": date.today(),
            }
        )
        self.put(column(line(_("Who"), "soft"), self.who, gap=scaled(4)), self.form)
        self.foot.insertWidget(
            1, Button(_("Save and note the next"), partial(self.save, again=True))
        )
        self.who.setFocus()

    def _search(self, typed: str) -> None:
        self.context.tasks.read(self, search.find, typed, 12, then=self._offer)

    def _offer(self, hits: list[search.Hit]) -> None:
        self._names.setStringList([hit.title for hit in hits if hit.noun == "organisation"])
        self.who.completer().complete()

    def save(self, again: bool = False) -> None:
        """Note it; with `again`, keep the appeal and the channel for the next one."""
        if not self.form.complete() or not self.who.text().strip():
            self.who.setFocus()
            return
        values = self.form.values()
        name = self.who.text().strip()
        self.context.tasks.write(
            self, _("Answer of {name}").format(name=name), _note, name, values,
            then=lambda count: self._noted(values, count, again=again),
        )  # fmt: skip

    def _noted(self, values: dict[str, Any], count: int, *, again: bool) -> None:
        said = n_("Noted. {n} signature in all.", "Noted. {n} signatures in all.", count)
        self.context.toast(said, undo=True)
        self.accept()
        if again:
            note_answer(self.context, values["appeal_id"], 0, values["channel"])


def _note(session: Any, name: str, values: dict[str, Any]) -> int:
    """The organisation of that name, made when it is new, takes its part; signatures in all."""
    hits = [hit for hit in search.find(session, name, 5) if hit.noun == "organisation"]
    exact = [hit.id for hit in hits if hit.title == name]
    organisation_id = exact[0] if exact else contacts.add_organisation(session, name)
    appeals.sign(
        session, values["appeal_id"], organisation_id=organisation_id, status=values["status"],
        on=values["on"], name=values["name"] or None, channel=values["channel"],
        with_whom=values["with_whom"] or None, unnamed=bool(values["unnamed"]),
    )  # fmt: skip
    return appeals.counts(session, values["appeal_id"]).signed
