"""The frame: rooms at the left, search and undo on top, the page, and what is safe below."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from crm import computer
from crm.language import _
from crm.language import marked as _m
from ui import actions, trouble
from ui.actions import action
from ui.context import Action, Context
from ui.foot import Foot
from ui.kit import Page
from ui.look import scaled
from ui.sidebar import Sidebar
from ui.tasks import Tasks
from ui.toast import Toast
from ui.topbar import TopBar

if TYPE_CHECKING:
    from crm.db import Database
    from crm.history import Changes


@dataclass(frozen=True)
class Place:
    """Somewhere to go: its module is imported the first time somebody does.

    One with a `title` is a room of the sidebar; one `under` a room keeps that room marked;
    a `whole` one fills the window; a `dialog` is a function called with the context.
    """

    key: str
    target: str
    title: str = ""
    icon: str = ""
    under: str = ""
    whole: bool = False
    dialog: bool = False


PLACES = (
    Place("home", "ui.screens.home:Home", _m("Home"), "home"),
    Place("directory", "ui.screens.directory:Directory", _m("Directory"), "directory"),
    Place("appeals", "ui.screens.appeals:Appeals", _m("Appeals"), "appeal"),
    Place("mailings", "ui.screens.mailings:Mailings", _m("Mailings"), "mail"),
    Place("settings", "ui.screens.settings:Settings", _m("Settings"), "settings"),
    Place("appeal", "ui.screens.appeal:Appeal", under="appeals"),
    Place("proof", "ui.screens.proofreading:Proofreading", under="appeals"),
    Place("letter", "ui.screens.letter_page:LetterPage", under="appeals"),
    Place("reading", "ui.screens.reading:Reading", under="appeals"),
    Place("compose", "ui.screens.compose:Compose", under="mailings"),
    Place("check", "ui.screens.check:Check", under="mailings"),
    Place("progress", "ui.screens.progress:Progress", under="mailings"),
    Place("import", "ui.screens.imports:Imports", under="directory"),
    Place("journal", "ui.screens.journal:Journal", under="home"),
    Place("welcome", "ui.screens.welcome:Welcome", whole=True),
    Place("unlock", "ui.screens.unlock:Unlock", whole=True),
    Place("shared", "ui.screens.shared:Shared", whole=True),
    Place("answer", "ui.screens.answer:note_answer", dialog=True),
    Place("new-appeal", "ui.screens.appeals:new_appeal", dialog=True),
    Place("export", "ui.screens.exports:export", dialog=True),
)
AT_THE_BOTTOM = {"settings"}


class Window(QMainWindow):
    """The one window; screens know it only through their Context."""

    arrived = Signal(str)  # the key of the place shown now

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.tasks = tasks
        self.context = Context(tasks, self)
        self._places = {place.key: place for place in PLACES}
        self._pages: dict[str, QWidget] = {}
        self._sure = False  # she said that what is not recorded may be lost
        self._way: list[tuple[str, dict[str, Any]]] = []
        self.setWindowTitle("Cosigne")
        self._build()
        self._restore()
        actions.bind(self)
        tasks.trouble.connect(self._tell)
        tasks.when_open(self._named)
        tasks.changed.connect(self._heard)

    def _build(self) -> None:
        self.sidebar = Sidebar(self.go)
        self.top = TopBar(self.tasks, self.go, self.toast)
        self.stage = QStackedWidget()
        self.foot = Foot(self.tasks, self.go)
        right = QWidget()
        right.setProperty("look", "paper")
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        for each, stretch in ((self.top, 0), (self.stage, 1), (self.foot, 0)):
            below.addWidget(each, stretch)
        whole = QWidget()
        beside = QHBoxLayout(whole)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.sidebar)
        beside.addWidget(right, 1)
        self.setCentralWidget(whole)
        for place in PLACES:
            if place.title:
                bottom = place.key in AT_THE_BOTTOM
                self.sidebar.add(place.key, _(place.title), place.icon, bottom=bottom)
        self._toast = Toast(self)

    # --- going somewhere

    def go(self, key: str, **what: Any) -> None:
        """Show a place, about something; a screen not yet seen is made now."""
        place = self._places[key]
        if place.dialog:
            self._load(place)(self.context, **what)
            return
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._load(place)(self.context)
            self.stage.addWidget(page)
            if isinstance(page, Page):
                page.stepped.connect(self._lend)
        self._way = [*self._way[-20:], (key, what)]
        self.top.finder.shut()
        for each in (self.sidebar, self.top, self.foot):
            each.setVisible(not place.whole)
        self.stage.setCurrentWidget(page)
        page.setFocus()
        self.sidebar.show_current(place.under or key)
        if isinstance(page, Page):
            page.visit(**what)
        self._lend()
        self.arrived.emit(key)

    def _lend(self) -> None:
        page = self.stage.currentWidget()
        self.top.history.lend(page.steps if isinstance(page, Page) else None)

    def back(self) -> None:
        """Show the place before; Home when there was none."""
        del self._way[-1:]
        key, what = self._way.pop() if self._way else ("home", {})
        self.go(key, **what)

    def toast(self, sentence: str, *, undo: bool = False, action: Action | None = None) -> None:
        """Say something for a few seconds; `undo` offers to take it back."""
        self._toast.say(sentence, (_("Undo"), self.top.history.undo_act) if undo else action)

    def open(self, db: Database) -> None:
        """The workspace can be asked from now on; pages about another one are let go."""
        computer.remember("workspace", db.place)
        another = self.tasks.is_open
        if another:
            self._forget_pages()
        self.tasks.open(db)
        if another or self.sidebar.isHidden():
            self.start()

    def _forget_pages(self) -> None:
        self._way = []
        while self._pages:
            _key, page = self._pages.popitem()
            page.hide()
            self.stage.removeWidget(page)
            page.deleteLater()

    def page(self, key: str) -> Any:
        """A screen, if somebody was there already."""
        return self._pages.get(key)

    def start(self) -> None:
        """Where she was last; a room that can be shown without asking anything more."""
        last = str(computer.recall("place", "home"))
        self.go(last if last in self.sidebar.rooms else "home")

    def _load(self, place: Place) -> Callable[..., Any]:
        module, _colon, name = place.target.partition(":")
        made: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return made

    # --- commands

    @action(_m("Search everything"), "Ctrl+K")
    def search(self) -> None:
        """The cursor goes to the search field."""
        self.top.finder.start()

    @action(_m("Undo"), "Ctrl+Z")
    def undo(self) -> None:
        """Take the last act back."""
        self.top.history.undo()

    @action(_m("Redo"), "Ctrl+Shift+Z, Ctrl+Y")
    def redo(self) -> None:
        """Do again what was taken back."""
        self.top.history.redo()

    @action(_m("Note an answer"), "Ctrl+R")
    def note_answer(self) -> None:
        """Somebody answered by telephone, by Signal or at a meeting."""
        if self.tasks.is_open:
            self.go("answer")

    @action(_m("Home"), "Ctrl+1")
    def _first(self) -> None:
        self._to(0)

    @action(_m("Directory"), "Ctrl+2")
    def _second(self) -> None:
        self._to(1)

    @action(_m("Appeals"), "Ctrl+3")
    def _third(self) -> None:
        self._to(2)

    @action(_m("Mailings"), "Ctrl+4")
    def _fourth(self) -> None:
        self._to(3)

    @action(_m("Guide"), "F1")
    def open_guide(self) -> None:
        """The guide, at the page she is on."""
        from ui import guide

        guide.show(self, self._way[-1][0] if self._way else "home")

    def _to(self, place: int) -> None:
        if not self.sidebar.isHidden():
            self.go(list(self.sidebar.rooms)[place])

    # --- its own life

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is under way alive, or stop it between two steps, as she says."""
        if self.tasks.under_way:
            event.ignore()
            trouble.ask(
                self,
                _("{work} is still under way.").format(work=self.tasks.under_way[-1].label),
                _("It stops between two messages and goes on from there next time."),
                yes=_("Pause and quit"),
                then=self._quit,
            )
            return
        if not self._sure and any(each.keeps(self.close) for each in self._shown_pages()):
            event.ignore()
            return
        if not self._sure and (unsaved := self._unsaved()):
            event.ignore()
            trouble.ask(
                self, unsaved, _("Closing Cosigne now would lose it."), yes=_("Close Cosigne"),
                then=self._close_anyway,
            )  # fmt: skip
            return
        self._keep()
        event.accept()

    def _unsaved(self) -> str:
        return " ".join(filter(None, (each.unsaved() for each in self._shown_pages())))

    def _shown_pages(self) -> list[Page]:
        return [each for each in self._pages.values() if isinstance(each, Page)]

    def _close_anyway(self) -> None:
        self._sure = True
        self._sure = not self.close()

    def _quit(self) -> None:
        for work in self.tasks.under_way:
            work.stop()
        self.tasks.ended.connect(lambda _work: self.tasks.under_way or self.close())
        if not self.tasks.under_way:
            self.close()

    def _keep(self) -> None:
        computer.remember("window", bytes(self.saveGeometry().toBase64().data()).decode())
        if self._way:
            computer.remember("place", self._way[-1][0])

    def _restore(self) -> None:
        self.setMinimumSize(scaled(640), scaled(420))
        kept = str(computer.recall("window", ""))
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            self.resize(1360, 850)

    def _tell(self, owner: QObject, error: Exception) -> None:
        trouble.show(owner, error, self.stage.currentWidget())

    def _heard(self, changes: Changes) -> None:
        if "setting" in changes:
            self._named()

    def _named(self) -> None:
        self.tasks.read(self, _association, then=self._name)

    def _name(self, association: str) -> None:
        self.sidebar.name_workspace(association)
        self.setWindowTitle(f"{association} – Cosigne" if association else "Cosigne")


def _association(session: Any) -> str:
    from crm import settings

    return settings.load(session).association
