"""The first ten minutes: the association, the phrase, the recovery sheet, where to begin."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QWidget

from crm import computer, vault
from crm.db import Database
from crm.errors import Trouble
from crm.language import _, current
from ui import trouble
from ui.context import Context
from ui.form import field_row
from ui.kit import (
    Banner,
    Button,
    LinkButton,
    MainButton,
    MenuButton,
    Well,
    Words,
    column,
    line,
    row,
    scaled,
    title,
    wear,
)
from ui.screens import founding
from ui.screens.folio import Folio
from ui.screens.recovery import RecoverySheet

STEPS = 4  # association, phrase, sheet, where to begin


class Welcome(Folio):
    """One question at a time; nothing is written before the phrase."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.kept = {
            "association": "",
            "first_name": "",
            "place": str(computer.documents() / f"coalition{founding.ENDING}"),
            "phrase": "",
        }
        self.ask_phrase = False
        self.keyring = True
        self.made: Database | None = None

    def visit(self, sheet: Path | None = None) -> None:
        """Begin; or open a file with its recovery sheet."""
        if sheet is not None:
            self._with_sheet(sheet)
        elif self.made is None:
            self._hello()
            self.context.tasks.think(self, vault.has_keyring, then=self._know_keyring)

    def _know_keyring(self, here: bool) -> None:
        self.keyring = here

    def _head(self, words: str, step: int) -> Any:
        where = _("{step} of {steps}").format(step=step, steps=STEPS)
        head = row(line(where, "soft"))
        head.insertWidget(0, title(words), 1)
        return head

    # --- minute 0 ---------------------------------------------------------------------------

    def _hello(self) -> None:
        begin = MainButton(_("Begin"), self._who)
        self.turn(
            title(_("Welcome")),
            Words(
                _("Cosigne keeps your organisations and what they signed, and writes to them from "
                  "your own mailbox. Nothing leaves this computer unless you ask."),
            ),
            row(begin, Button(_("Try with an invented coalition"), self._try), None),
            Words(
                _("To try, no phrase is needed, and nothing can be sent outside this computer."),
                "small",
            ),
            row(
                LinkButton(_("I already have a Cosigne file"), self._another), None,
                MenuButton(
                    _("Advanced"),
                    [(_("Open a shared workspace…"), partial(self.context.go, "shared"))],
                    look="small",
                ),
            ),
        )  # fmt: skip
        begin.setFocus()
        last = computer.last_workspace()
        if last is not None and not Path(last).exists():
            self.say(self._missing(Path(last)))

    def _missing(self, path: Path) -> Banner:
        """The file opened last is not there: on a key not plugged in, perhaps."""
        return Banner(
            "warn",
            _("The file opened last is not at its place. It may have been moved, or be on a key "
              "that is not plugged in."),
            Button(_("Look again"), partial(self._look_again, path)),
            hint=str(path),
        )  # fmt: skip

    def _look_again(self, path: Path) -> None:
        if path.exists():
            self.context.go("unlock", path=path)
        else:
            self._hello()

    def _another(self) -> None:
        patterns = _("Cosigne files") + f" (*{founding.ENDING})"
        self.context.open_file(
            self, _("Open a Cosigne file"), patterns,
            lambda path: self.context.go("unlock", path=path),
        )  # fmt: skip

    def _wait(self, sentence: str) -> None:
        """Something that takes a few seconds, and cannot go wrong by closing the window."""
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(sentence)
        self.turn(Words(sentence, "lead"), bar)

    # --- an invented coalition --------------------------------------------------------------

    def _try(self) -> None:
        self._wait(_("The invented coalition is being prepared…"))
        self.context.tasks.think(
            self, founding.invented, then=self._invented, otherwise=self._not_invented
        )

    def _invented(self, found: founding.Invented) -> None:
        self.context.tasks.think(
            self, founding.keep, found.db,
            then=lambda kept: self.context.opened(found.db) if kept else self._say_phrase(found),
            otherwise=lambda _locked: self._say_phrase(found),
        )  # fmt: skip

    def _not_invented(self, why: Trouble) -> None:
        self._hello()
        self.say(trouble.bar(why))

    def _say_phrase(self, found: founding.Invented) -> None:
        """No keyring keeps its key: what opens it another time."""
        self.made = found.db
        enter = MainButton(_("Open it"), partial(self.context.opened, found.db))
        self.turn(
            title(_("The invented coalition is ready")),
            Words(_("Your system cannot keep its phrase. To come back to it another day:")),
            Well(Words(found.phrase, "lead", copied=True)),
            row(None, enter),
        )
        enter.setFocus()

    # --- minute 1 ---------------------------------------------------------------------------

    def _who(self) -> None:
        self.association, self.first_name = self._line("association"), self._line("first_name")
        self.place = self._line("place")
        self._cloud = Words(
            _("This folder is copied to another computer all day long. Choose another if you can."),
            "small",
        )
        self._cloud.setProperty("tone", "warn")
        self._go_on = MainButton(_("Go on"), self._where)
        place = row(gap=8)
        place.addWidget(self.place, 1)
        place.addWidget(Button(_("Choose…"), self._choose_place))
        where = column(line(_("Where the file goes"), "soft"), place, self._cloud, gap=4)
        self.place.setAccessibleName(_("Where the file goes"))
        self.turn(
            self._head(_("Your association"), 1),
            field_row(_("Its name"), self.association, _("As your letters are signed.")),
            field_row(_("Your first name"), self.first_name),
            where,
            row(Button(_("Back"), self._hello), None, self._go_on),
        )
        for field in (self.association, self.place):
            field.textChanged.connect(self._weigh)
        self._weigh()
        self.association.setFocus()

    def _line(self, name: str) -> QLineEdit:
        """A field that keeps what is typed in it when its page is turned."""
        made = QLineEdit(self.kept[name])
        made.textChanged.connect(partial(self.kept.__setitem__, name))
        return made

    def _weigh(self) -> None:
        self._cloud.setVisible(computer.in_cloud(Path(self.kept["place"])))
        self._go_on.setEnabled(all(self.kept[name].strip() for name in ("association", "place")))

    def _choose_place(self) -> None:
        self.context.save_file(
            self, _("Where the file goes"), Path(self.kept["place"]).name,
            _("Cosigne files") + f" (*{founding.ENDING})",
            lambda path: self.place.setText(str(path)),
        )  # fmt: skip

    def _founding(self) -> founding.Founding:
        return founding.Founding(
            Path(self.kept["place"]), self.kept["phrase"], self.kept["association"].strip(),
            self.kept["first_name"].strip(), ask_phrase=self.ask_phrase,
        )  # fmt: skip

    def _where(self) -> None:
        """A file that stands there already is not written over, and may be the one she wants."""
        path = self._founding().place
        if not path.exists():
            self._phrase()
            return
        self.say(
            Banner(
                "warn",
                _("There is already a file of this name. Choose another name, or open it."),
                Button(_("Open it"), lambda: self.context.go("unlock", path=path)),
            )
        )

    # --- minute 1:30 ------------------------------------------------------------------------

    def _phrase(self) -> None:
        self.kept["phrase"] = self.kept["phrase"] or vault.propose_phrase(current())
        self.phrase = self._line("phrase")
        self.phrase.setAccessibleName(_("Your phrase"))
        ask = QCheckBox(_("Ask me at each opening (travel, shared computer)"))
        ask.setChecked(self.ask_phrase or not self.keyring)
        ask.setEnabled(self.keyring)
        ask.toggled.connect(self._ask_each_time)
        go_on = MainButton(_("Keep this phrase"), self._make)
        self.phrase.textChanged.connect(lambda text: go_on.setEnabled(bool(text.strip())))
        self._serves = Words(self._what_it_serves(), "soft")
        self.turn(
            self._head(_("Your phrase"), 2),
            Words(_("Five words, easy to keep in mind and hard to guess. Write them down.")),
            self.phrase,
            row(
                Button(_("Another one"), self._propose, look="small", icon="refresh"),
                Button(_("My own"), self._own, look="small"),
                None,
            ),
            self._serves,
            row(ask, None),
            row(Button(_("Back"), self._who), None, go_on),
        )
        go_on.setFocus()

    def _ask_each_time(self, on: bool) -> None:
        self.ask_phrase = on
        self._serves.setText(self._what_it_serves())

    def _what_it_serves(self) -> str:
        if not self.keyring:
            return _("Your system cannot keep it; Cosigne will ask for it each time.")
        if self.ask_phrase:
            return _("This computer will not keep it; Cosigne will ask for it each time.")
        return _("Here, Cosigne will open by itself. The phrase serves on another computer, or "
                 "after a breakdown.")  # fmt: skip

    def _propose(self) -> None:
        self.phrase.setText(vault.propose_phrase(current()))

    def _own(self) -> None:
        self.phrase.clear()
        self.phrase.setFocus()

    def _make(self) -> None:
        self._wait(_("Your file is being made…"))
        self.context.tasks.think(
            self, founding.found, self._founding(), then=self._made, otherwise=self._no
        )

    def _no(self, why: Trouble) -> None:
        self._phrase()
        self.say(trouble.bar(why))

    def _made(self, made: Database) -> None:
        """The key goes to the keyring; one that refuses is said, and loses nothing."""
        wanted = self.keyring and not self.ask_phrase
        self.context.tasks.think(
            self, founding.keep, made,
            then=lambda kept: self._sheet(made, _not_kept() if wanted and not kept else None),
            otherwise=lambda _locked: self._sheet(made, _not_kept()),
        )  # fmt: skip

    # --- minute 2:30 ------------------------------------------------------------------------

    def _sheet(self, made: Database, told: Banner | None = None) -> None:
        self.made = made
        self.kept["phrase"] = ""
        self.sheet = RecoverySheet(vault.sheet(made.key), self.kept["association"])
        later = Words(_("Later: you are reminded of it, and asked before your first mailing."),
                      "small")  # fmt: skip
        self.turn(
            self._head(_("Recovery sheet"), 3),
            self.sheet,
            row(Button(_("Later"), self._begin), None, MainButton(_("Check"), self._verify)),
            later,
        )
        self.say(told)
        self.sheet.typed[0].setFocus()

    def _verify(self) -> None:
        assert self.made is not None
        if self.sheet.matches():
            self.context.tasks.think(
                self, founding.verified, self.made, then=lambda _done: self._begin()
            )
            return
        told = _("That is not what the sheet says. Check your copy.")
        self.say(Banner("warn", told, closable=True))

    # --- minute 3:30 ------------------------------------------------------------------------

    def _begin(self) -> None:
        sheet = MainButton(_("My spreadsheet"), partial(self._enter, "import"))
        appeal = Button(_("An appeal already signed"), partial(self._enter, "reading"))
        home = Button(_("See the home page"), partial(self._enter, "home"))
        self.turn(
            self._head(_("What shall we begin with?"), 4),
            _way("table", sheet, _("Names, addresses, who signed what: you see what is understood "
                                   "before anything is written.")),
            _way("document", appeal, _("A letter or a press release with its signatories: they "
                                       "become your directory.")),
            _way("home", home, _("Look around first; both wait for you there.")),
        )  # fmt: skip
        sheet.setFocus()

    def _enter(self, place: str) -> None:
        if self.made is not None:
            self.context.opened(self.made)
            self.context.go(place)

    # --- after a breakdown ------------------------------------------------------------------

    def _with_sheet(self, path: Path) -> None:
        typed = QLineEdit(placeholderText="ABCD EFGH IJKL …")
        go_on = MainButton(_("Open"), lambda: self._open_with(path, typed.text()))
        self.turn(
            title(_("Open with the recovery sheet")),
            Words(str(path), "soft", copied=True),
            field_row(
                _("The thirteen groups"), typed,
                _("Four letters each, in order; spaces and capitals make no difference."),
            ),
            row(Button(_("Back"), lambda: self.context.go("unlock", path=path)), None, go_on),
        )  # fmt: skip
        typed.setFocus()

    def _open_with(self, path: Path, written: str) -> None:
        self.context.tasks.think(
            self, founding.by_sheet, path, written, then=self._opened_with_sheet
        )

    def _opened_with_sheet(self, opened: Database) -> None:
        """This computer keeps the key from then on, unless the file forbids it."""
        self.context.tasks.think(
            self, founding.keep, opened,
            then=lambda _kept: self.context.opened(opened),
            otherwise=lambda _locked: self.context.opened(opened),
        )  # fmt: skip


def _not_kept() -> Banner:
    return Banner(
        "warn", _("This computer's keyring did not keep the key."),
        hint=_("Nothing is lost: Cosigne will ask for your phrase each time."),
    )  # fmt: skip


def _way(icon: str, button: Button, said: str) -> QWidget:
    drawing = line("")
    wear(drawing, icon, "link", 24)
    drawing.setFixedWidth(scaled(32))
    words = column(row(button, None), Words(said, "soft"), gap=6)
    inside = row(drawing, gap=12)
    inside.addLayout(words, 1)
    made = Well()
    made.body.addLayout(inside)
    return made
