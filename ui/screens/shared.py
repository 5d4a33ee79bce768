"""A workspace on a server: opened, filled from here, or copied home to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QProgressBar

from crm import computer
from crm.errors import Trouble
from crm.language import _, current, number
from ui import trouble
from ui.context import Context
from ui.form import Form, Line, field_row
from ui.kit import Banner, Button, LinkButton, MainButton, Words, line, row, title
from ui.screens import founding, sharing
from ui.screens.folio import Folio
from ui.tasks import Work

if TYPE_CHECKING:
    from crm.db import Database

AIMS = ("open", "move", "home")


class Shared(Folio):
    """Asks where the server is; says first who can read what is put there.

    Its aim is to `open` a shared workspace, to `move` this one to a server, or to take a copy of
    it `home`, in a file.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._aim = "open"
        self._work: Work | None = None
        self._pasted = ""
        self.form = Form()
        self.context.tasks.progress.connect(self._tell_progress)

    def visit(self, aim: str = "", place: str = "", why: Trouble | None = None) -> None:
        """Begin; `why` says what went wrong with the workspace at `place`, opened last."""
        if self._work is not None:
            return
        self._aim = aim or "open"
        if self._aim == "home":
            self._ask_file()
        else:
            self._ask(place)
        if why is not None:
            self.say(trouble.bar(why))

    # --- a server ---------------------------------------------------------------------------

    def _ask(self, place: str) -> None:
        moving = self._aim == "move"
        self.form = Form(
            Line("host", _("Server"), needed=True, example="base.example.org",
                 hint=_("As whoever runs it gave it to you; a whole postgresql:// address too.")),
            Line("database", _("Database"), needed=True),
            Line("user", _("User name"), needed=True),
            Line("password", _("Password"), "password",
                 hint=_("Kept in the keyring of this computer, and nowhere else.")),
            Line("my_name", _("Your name"), needed=True,
                 hint=_("The others read in the journal who did what.")),
        )  # fmt: skip
        self.form.fill({"my_name": computer.recall("my_name") or ""})
        self._split(place)
        host: Any = self.form.field("host")
        host.textChanged.connect(self._split)
        copied = _("Everything is copied, the journal too. The file stays where it is.")
        self.go_on = MainButton(_("Move") if moving else _("Open"), self._try)
        self.turn(
            title(_("Move this workspace to a server") if moving else _("A shared workspace")),
            Banner("warn", sharing.warning()),
            *([Words(copied, "soft")] if moving else []),
            self.form,
            row(*self._ways_out(), None, self.go_on),
        )
        (host if not host.text() else self.form.field("password")).setFocus()

    def _split(self, typed: str) -> None:
        """An address pasted whole fills the three fields it is made of."""
        if not sharing.is_shared(typed.strip()):
            return
        try:
            found = sharing.parts(typed.strip())
        except Trouble as why:
            self.say(trouble.bar(why))
            return
        self._pasted = typed.strip()  # it may say more: which authority vouches for the server
        self.form.put(host=found.host, database=found.database, user=found.user)

    def _ways_out(self) -> list[Any]:
        if self.context.tasks.is_open:
            return [Button(_("Back"), self._leave)]
        back = Button(_("Back"), partial(self.context.go, "welcome"))
        return [back, LinkButton(_("Open a file instead…"), self._another)]

    def _leave(self) -> None:
        self.context.go("settings", part="advanced")

    def _another(self) -> None:
        patterns = _("Cosigne files") + f" (*{founding.ENDING})"
        self.context.open_file(
            self, _("Open a Cosigne file"), patterns,
            lambda path: self.context.go("unlock", path=path),
        )  # fmt: skip

    def _call(self) -> sharing.Call:
        words = {name: str(value or "") for name, value in self.form.values().items()}
        place = sharing.place(words["host"], words["database"], words["user"])
        if self._pasted and sharing.parts(self._pasted) == sharing.parts(place):
            place = self._pasted
        return sharing.Call(place, words["password"] or None, words["my_name"])

    def _try(self) -> None:
        if not self.form.complete() or self.context.is_held():
            return
        call = self._call()
        self.go_on.setEnabled(False)
        if self._aim == "move":
            self._start(_("Moving the workspace"), sharing.move, call, then=partial(self._in, call))
            return
        self.go_on.setText(_("Opening…"))
        self.context.tasks.think(
            self, sharing.opened, call, then=partial(self._in, call), otherwise=self._no
        )

    def _no(self, why: Trouble) -> None:
        self.go_on.setEnabled(True)
        self.go_on.setText(_("Move") if self._aim == "move" else _("Open"))
        self.say(trouble.bar(why))

    def _in(self, call: sharing.Call, db: Database | None) -> None:
        if db is None:  # stopped: nothing stands on the server
            self._stopped(partial(self._ask, call.place))
            return
        self.context.tasks.think(
            self, sharing.keep, call, db,
            then=lambda kept: self._opened(db, kept=kept),
            otherwise=lambda _locked: self._opened(db, kept=False),
        )  # fmt: skip

    def _opened(self, db: Database, *, kept: bool) -> None:
        moved = self._aim == "move"
        self._work = None
        self.context.opened(db)
        if not kept:
            self.context.toast(_("The password will be asked for at each opening."))
        elif moved:
            self.context.toast(_("Moved. From now on you work on the server."))

    # --- home, in a file --------------------------------------------------------------------

    def _ask_file(self) -> None:
        from crm import vault

        self.place = QLineEdit(str(computer.documents() / f"coalition{founding.ENDING}"))
        self.phrase = QLineEdit(vault.propose_phrase(current()))
        choose = Button(_("Choose…"), self._choose_place)
        where = row(gap=8)
        where.addWidget(self.place, 1)
        where.addWidget(choose)
        self.place.setAccessibleName(_("Where the file goes"))
        self.go_on = MainButton(_("Copy"), self._copy_home)
        self.turn(
            title(_("Copy this workspace to a file")),
            Words(_("Everything is copied, the journal too. The server keeps what it has: from "
                    "then on the two go their own ways."), "soft"),
            line(_("Where the file goes"), "soft"),
            where,
            field_row(_("Its phrase"), self.phrase, _("Write it down: it opens the file.")),
            row(Button(_("Back"), self._leave), None, self.go_on),
        )  # fmt: skip
        self.go_on.setFocus()

    def _choose_place(self) -> None:
        self.context.save_file(
            self, _("Where the file goes"), Path(self.place.text()).name,
            _("Cosigne files") + f" (*{founding.ENDING})",
            lambda path: self.place.setText(str(path)),
        )  # fmt: skip

    def _copy_home(self) -> None:
        if self.context.is_held():
            return
        asked = founding.Founding(Path(self.place.text()), self.phrase.text(), "", "")
        self.go_on.setEnabled(False)
        self._start(
            _("Copying to a file"), sharing.take_home, asked.place, asked.phrase,
            then=partial(self._at_home, asked.place),
        )  # fmt: skip

    def _at_home(self, path: Path, db: Database | None) -> None:
        if db is None:
            self._stopped(self._ask_file)
            return
        self._work = None
        db.close()
        self.context.go("settings", part="file")
        self.context.toast(_("Copied: {name}").format(name=path.name))

    # --- a long copy ------------------------------------------------------------------------

    def _start(self, label: str, walk: Any, *args: Any, then: Any) -> None:
        again = self._aim
        fields = self.form.values()

        def failed(why: Trouble) -> None:
            self._work = None
            if again == "home":
                self._ask_file()
            else:
                self._ask("")
                self.form.put(**fields)
            self.say(trouble.bar(why))

        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(label)
        self._done = Words(_("One moment…"), "soft")
        work = self.context.tasks.run(self, label, walk, *args, then=then, otherwise=failed)
        self._work = work
        stop = Button(_("Stop"), work.stop)
        self.turn(
            title(label), self._bar, self._done,
            Words(_("Stopped before its end, nothing is left of the copy."), "small"),
            row(None, stop),
        )  # fmt: skip

    def _tell_progress(self, work: Work) -> None:
        if work is not self._work or work.step is None:
            return
        self._bar.setRange(0, max(1, work.step.total))
        self._bar.setValue(work.step.done)
        self._done.setText(
            _("{done} of {total} records").format(
                done=number(work.step.done), total=number(work.step.total)
            )
        )

    def _stopped(self, ask_again: Any) -> None:
        self._work = None
        ask_again()
        self.say(Banner("info", _("Stopped. Nothing was copied.")))
