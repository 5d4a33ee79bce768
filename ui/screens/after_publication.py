"""What goes on once an appeal is written: its proof, who signed since, the word that it is out."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm import appeals, documents, filenames, mailings, publishing
from crm.contacts import Filter
from crm.language import _
from crm.publishing import Printed, Since
from ui.context import Context
from ui.kit import (
    Banner,
    Button,
    Card,
    Dialog,
    FlowLayout,
    LinkButton,
    Words,
    clear,
    heading,
    scaled,
)
from ui.kit.boxes import scrolling
from ui.screens.publishing import copy_list, file_name
from ui.screens.recipients import begin


class LateSignatures(QWidget):
    """A bar: what the list printed last no longer says; hidden when it says it all."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.appeal_id, self.title = 0, ""
        self.since: Since | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_appeal(self, appeal_id: int, title: str) -> None:
        """Look at this appeal's last list."""
        self.appeal_id, self.title = appeal_id, title
        self.context.tasks.read(self, publishing.since, appeal_id, then=self._show)

    def renew(self) -> None:
        """Look again: a list has just left."""
        if self.appeal_id:
            self.show_appeal(self.appeal_id, self.title)

    def _show(self, since: Since | None) -> None:
        clear(self._inside)
        self.since = since
        self.setVisible(since is not None)
        if since is None:
            return
        self._inside.addWidget(
            Banner(
                "info",
                f"<b>{html.escape(since.summary())}</b>",
                Button(_("Bring the list up to date"), self.bring_up_to_date, look="small"),
                Button(_("See what changes"), self.see, look="small"),
            )
        )

    def see(self) -> None:
        """Each name that comes, goes or is written otherwise."""
        if self.since is not None:
            Changes(self, self.since, self.bring_up_to_date).open()

    def bring_up_to_date(self) -> None:
        """Print the last list again, as it was asked for."""
        since = self.since
        if since is None:
            return
        if since.copied:
            self._print(publishing.again, then=self._copied)
            return
        name = file_name(self.title, since.to)
        self.context.save_file(self, _("Save the list"), name, f"*.{since.to}", self.save_to)

    def save_to(self, path: Path) -> None:
        """Print it into this file."""
        self._print(_print_into, path, then=lambda _done: self._saved(path))

    def _print(self, step: Callable[..., Any], *args: Any, then: Callable[[Any], object]) -> None:
        self.context.tasks.write(
            self, _("List brought up to date"), step, self.appeal_id, *args,
            kind="final", then=then,
        )  # fmt: skip

    def _copied(self, printed: Printed) -> None:
        self.renew()
        copy_list(self.context, printed)

    def _saved(self, path: Path) -> None:
        self.renew()
        self.context.toast(_("Saved: {name}").format(name=path.name))


class Changes(Dialog):
    """What the list would say that it did not, and the other way round."""

    def __init__(self, parent: QWidget, since: Since, update: Any) -> None:
        super().__init__(
            parent, _("Since the list was printed"),
            save=(_("Bring the list up to date"), self._update),
            leave=_("Close"), width=520,
        )  # fmt: skip
        self._do = update
        arrow = " → "
        inside = QVBoxLayout()
        for title, names in (
            (_("New on the list"), since.added),
            (_("No longer on it"), since.gone),
            (_("Written otherwise"), tuple(arrow.join(pair) for pair in since.renamed)),
        ):
            if names:
                inside.addWidget(heading(f"{title} ({len(names)})"))
                inside.addWidget(Words("\n".join(names), copied=True))
                inside.addSpacing(scaled(8))
        inside.addStretch(1)
        whole = QWidget()
        whole.setLayout(inside)
        area = scrolling(whole)
        area.setMinimumHeight(scaled(min(360, 60 + 24 * (len(since.added) + len(since.gone) + 3))))
        self.body.addWidget(area)

    def _update(self) -> None:
        self.accept()
        self._do()


class Around(Card):
    """Before and after printing: proof-read, send the proof, say that it is out."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.appeal_id = 0
        self.proof = Button(_("Proof-read…"), self._read, icon="eye")
        self.check = Button(_("Send the proof to the signatories…"), self._send, look="small")
        self.relay = Button(_("It is published: ask them to relay it…"), self._tell, look="small")
        self.body.addLayout(FlowLayout(self.proof, self.check, self.relay, gap=10))

    def show_appeal(self, appeal_id: int, *, signed: int) -> None:
        """Work for this appeal; a letter to nobody is not offered."""
        self.appeal_id = appeal_id
        self.check.setEnabled(signed > 0)
        self.relay.setEnabled(signed > 0)

    def _read(self) -> None:
        self.context.go("proof", appeal_id=self.appeal_id)

    def _send(self) -> None:
        self.context.tasks.write(
            self, _("Proof to the signatories"), proof_letter, self.appeal_id,
            then=lambda made: self.context.go("compose", mailing_id=made),
        )  # fmt: skip

    def _tell(self) -> None:
        self.context.go(
            "compose", appeal_id=self.appeal_id, statuses=("signed",), letter="published"
        )


def _print_into(session: Any, appeal_id: int, path: Path) -> None:
    """Before it is recorded as printed: what could not be written was not printed."""
    documents.save(path, publishing.again(session, appeal_id).content)


def proof_letter(session: Any, appeal_id: int) -> int:
    """A draft to all who signed, with the final text attached."""
    made = begin(
        session, where=Filter(appeal_id=appeal_id, statuses=("signed",)), appeal_id=appeal_id,
        letter="proof",
    )  # fmt: skip
    mailings.attach(session, made, *publishing.final_text(session, appeal_id))
    return made


def rendezvous_link(context: Context, owner: QWidget, appeal_id: int, title: str) -> LinkButton:
    """The way of an appeal's rendezvous into a calendar."""
    named = filenames.after_title(title) or _("rendezvous")

    def write(path: Path) -> None:
        context.tasks.read(
            owner, appeals.rendezvous, appeal_id,
            then=lambda content: context.tasks.think(
                owner, documents.save, path, content,
                then=lambda _done: context.toast(_("Saved: {name}").format(name=path.name)),
            ),
        )  # fmt: skip

    def ask() -> None:
        context.save_file(owner, _("Save the rendezvous"), f"{named}.ics", "*.ics", write)

    return LinkButton(_("Save the rendezvous (.ics)"), ask)
