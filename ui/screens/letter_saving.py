"""Letters to files: for whom, in which format, what is to be known before; then progress."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from crm import addressees, filenames
from crm.addressees import AddresseeRow, Missing, Saved
from crm.errors import Trouble
from crm.language import _, n_
from ui import trouble
from ui.context import Context
from ui.form import choose, field_row
from ui.kit import Banner, Button, Dialog, Words, clear, column, row
from ui.screens.addressee_forms import note_sent
from ui.tasks import Work

TOGETHER = "together"  # all letters in one pdf


def save_letters(
    context: Context,
    owner: QWidget,
    letter_id: int,
    everybody: Sequence[AddresseeRow],
    chosen: Sequence[int] = (),
) -> SaveLetters:
    """Open the window in which letters are saved."""
    box = SaveLetters(context, owner, letter_id, everybody, chosen)
    box.open()
    return box


class SaveLetters(Dialog):
    """One file for one addressee, a folder of files for more, or one pdf to print."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        letter_id: int,
        everybody: Sequence[AddresseeRow],
        chosen: Sequence[int],
    ) -> None:
        super().__init__(
            owner, _("Save the letters"), save=(_("Choose where…"), self._where),
            leave=_("Close"), width=560,
        )  # fmt: skip
        self.context, self.letter_id, self._owner = context, letter_id, owner
        self._everybody = list(everybody)
        self._work: Work | None = None
        self._target = Path()
        self.whom = choose(_whom(self._everybody, list(chosen)))
        self.format = choose([])
        for box in (self.whom, self.format):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setMinimumContentsLength(40)
        self._notes = column(gap=6)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Letters saved"))
        self.now = Words("", "soft")
        self.stop = Button(_("Stop"), self._stop)
        self._running = QWidget()
        self._running.setLayout(column(self.progress, row(self.now, None, self.stop)))
        self._running.hide()
        self.put(field_row(_("For whom"), self.whom), field_row(_("Format"), self.format),
                 self._notes, self._running)  # fmt: skip
        self.whom.currentIndexChanged.connect(self._look)
        self.format.currentIndexChanged.connect(self._keep)
        context.tasks.progress.connect(self._show_progress)
        self._look()

    # --- what is asked ----------------------------------------------------------------------

    def ids(self) -> list[int]:
        """For whom letters would be saved."""
        return list(self.whom.currentData() or ())

    def _look(self, *_ignored: object) -> None:
        self._offer_formats(len(self.ids()))
        self.context.tasks.read(
            self, _missing, self.letter_id, self.ids(), then=self._tell, otherwise=self._cannot
        )

    def _offer_formats(self, count: int) -> None:
        kept = self.format.currentData() or self.context.recall("letters.format", "docx")
        self.format.blockSignals(True)
        self.format.clear()
        several = count > 1
        for key, one, many in (
            ("docx", _("Word"), _("Word, one file for each")),
            ("odt", _("LibreOffice (ODT)"), _("LibreOffice (ODT), one file for each")),
            ("pdf", _("PDF"), _("PDF, one file for each")),
            (TOGETHER, "", _("PDF, all in one file to print")),
        ):
            if said := many if several else one:
                self.format.addItem(said, key)
        self.format.setCurrentIndex(max(0, self.format.findData(kept)))
        self.format.blockSignals(False)

    def _keep(self) -> None:
        self.context.remember("letters.format", self.format.currentData())

    def _tell(self, found: Missing) -> None:
        clear(self._notes)
        for said in found.needed:
            self._notes.addWidget(Banner("bad", html.escape(said)))
        if found.told:
            lines = "<br>".join(map(html.escape, found.told))
            self._notes.addWidget(Banner("warn", lines))
        assert self.main is not None
        self.main.setEnabled(not found.needed and bool(self.ids()))

    def _cannot(self, why: Trouble) -> None:
        self.say(trouble.bar(why))
        assert self.main is not None
        self.main.setEnabled(False)

    # --- where, and doing it ----------------------------------------------------------------

    def _where(self) -> None:
        to, count = self.format.currentData(), len(self.ids())
        if count == 1 or to == TOGETHER:
            ending = "pdf" if to == TOGETHER else to
            name = _("Letters") if count > 1 else self._name()
            self.context.save_file(
                self, _("Save the letters"), f"{name}.{ending}", f"*.{ending}", self.save_to
            )
        else:
            self.context.choose_folder(self, _("A folder for the letters"), self.save_to)

    def _name(self) -> str:
        one = next(each for each in self._everybody if each.id == self.ids()[0])
        return filenames.after_name(one.name)

    def save_to(self, where: Path) -> None:
        """Save them into this file, or this folder."""
        to, ids = self.format.currentData(), self.ids()
        self._target = where
        self._running.show()
        self.progress.setRange(0, len(ids))
        assert self.main is not None
        for each in (self.main, self.whom, self.format):
            each.setEnabled(False)
        self.leave.setEnabled(False)
        self._work = self.context.tasks.run(
            self, _("Letters"),
            partial(addressees.save, together=to == TOGETHER),
            self.letter_id, ids, "pdf" if to == TOGETHER else to, where,
            then=self._done, otherwise=self._failed,
        )  # fmt: skip

    def _show_progress(self, work: Work) -> None:
        if work is self._work and work.step is not None:
            self.progress.setValue(work.step.done)
            self.now.setText(work.step.note)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def reject(self) -> None:
        """Closing while letters are written stops first."""
        if self._work is not None:
            self._stop()
            return
        super().reject()

    def _done(self, saved: Saved | None) -> None:
        self._work = None
        if saved is None:
            self._again(Banner("info", _("Stopped. The letters written so far are kept, and "
                                         "noted as printed.")))  # fmt: skip
            return
        self.accept()
        folder = self._target if self._target.is_dir() else self._target.parent
        said = n_("{n} letter saved.", "{n} letters saved.", len(self.ids()))
        self.context.toast(
            said, action=(_("Note as sent…"), self._sent) if self._unsent() else
            (_("Open the folder"), partial(_open, folder)),
        )  # fmt: skip

    def _failed(self, why: Trouble) -> None:
        self._work = None
        self._again(trouble.bar(why))

    def _again(self, banner: Banner) -> None:
        self._running.hide()
        for each in (self.whom, self.format, self.leave):
            each.setEnabled(True)
        self.say(banner)
        self._look()

    def _unsent(self) -> list[AddresseeRow]:
        wanted = set(self.ids())
        return [each for each in self._everybody if each.id in wanted and each.sent_on is None]

    def _sent(self) -> None:
        note_sent(self.context, self._owner, self._unsent(), self._everybody)


def _whom(
    everybody: Sequence[AddresseeRow], chosen: Sequence[int]
) -> list[tuple[tuple[int, ...], str]]:
    """The choices, each with the ids it means; never the same set twice."""
    today = date.today()
    names = {each.id: each.name for each in everybody}
    kinds: dict[str, list[int]] = {}
    for each in everybody:
        kinds.setdefault(addressees.standing(each, today).kind, []).append(each.id)
    several = n_("the {n} chosen", "the {n} chosen", len(chosen))
    offers: list[tuple[list[int], str]] = [
        (list(names), n_("the one addressee", "all {n} addressees", len(names))),
        (list(chosen), names.get(chosen[0], "") if len(chosen) == 1 else several)
        if chosen else ([], ""),
        *((kinds.get(kind, []), say(len(kinds.get(kind, ())))) for kind, say in _KINDS),
    ]  # fmt: skip
    if len(chosen) > 1:
        offers.insert(0, offers.pop(1))
    seen: dict[tuple[int, ...], str] = {}
    for ids, said in offers:
        if ids:
            seen.setdefault(tuple(ids), said)
    return list(seen.items())


_KINDS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("unsent", lambda n: n_("the {n} not sent yet", "the {n} not sent yet", n)),
    ("overdue", lambda n: n_("the {n} late to answer", "the {n} late to answer", n)),
)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _missing(session: Any, letter_id: int, ids: list[int]) -> Missing:
    written = addressees.read(session, letter_id)
    about = addressees.shared(session, written)
    return addressees.missing(written, addressees.rows(session, ids), about)
