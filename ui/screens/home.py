"""Monday morning: what awaits, what this week brings, what changed since last time."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from crm.language import _, n_, number
from ui.context import Context
from ui.kit import (
    Button,
    Card,
    FlowLayout,
    LinkButton,
    MainButton,
    Page,
    Rich,
    Tiles,
    Words,
    clear,
    column,
    dates,
    dotted,
    hair,
    heading,
    line,
    row,
    scaled,
    wear,
)

if TYPE_CHECKING:
    from crm.figures import Awaiting, Date, LeftReading, Unfinished


class Home(Page):
    """Where the day begins."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Good morning"), scrolls=True)
        self._list = column(gap=14)
        self.put(self._list)
        self.act(
            Button(_("Read a document…"), lambda: context.go("reading"), icon="document"),
            MainButton(_("New appeal"), lambda: context.go("new-appeal"), icon="plus"),
        )
        kept = str(context.recall("seen", ""))
        now = datetime.now(UTC)
        self._since = datetime.fromisoformat(kept) if kept else now - timedelta(days=7)
        context.remember("seen", now.isoformat())
        self.follow(
            "organisation", "appeal", "signature", "question", "mailing", "delivery", "address",
            "event", "addressee", "setting", refresh=self._refresh,
        )  # fmt: skip

    def visit(self) -> None:
        """Look at everything again."""
        self._refresh()

    def _refresh(self) -> None:
        self.context.tasks.read(self, _awaiting, self._since, then=self.show_awaiting)

    def show_awaiting(self, now: Awaiting) -> None:
        """Show what waits."""
        clear(self._list)
        if not (now.organisations or now.appeals or now.readings):
            self._welcome(now)
            return
        tiles = self._tiles(now)
        self.head(_greeting(len(tiles)))
        if tiles:
            self._list.addWidget(Tiles(*tiles, least=260))
        below = Tiles(self._week(now), self._news(now), least=380)
        self._list.addWidget(below)
        if not now.steps_hidden and not all(done for _name, done in now.steps):
            self._list.addWidget(self._first_steps(now))
        self._list.addStretch(1)

    def _welcome(self, now: Awaiting) -> None:
        self.head(_("Welcome"), _("Nothing leaves this computer unless you ask for it."))
        go = self.context.go
        ways = Tiles(
            _way("table", _("My spreadsheet"), _("Names, addresses, who signed what: Cosigne shows "
                 "what it understands before anything is written."),
                 Button(_("Import my spreadsheet"), lambda: go("import"))),
            _way("document", _("An appeal already signed"), _("A letter or a press release with "
                 "its signatories: they become your directory."),
                 MainButton(_("Read an appeal"), lambda: go("reading"))),
            _way("building", _("One organisation"), _("Begin with one name; the rest comes as you "
                 "work."),
                 Button(_("Add an organisation"), lambda: go("directory", create=""))),
            least=260,
        )  # fmt: skip
        self._list.addWidget(
            Words(_("Your directory is empty. How would you like to begin?"), "lead")
        )
        self._list.addWidget(ways)
        self._list.addWidget(self._first_steps(now))
        self._list.addStretch(1)

    # --- what awaits

    def _tiles(self, now: Awaiting) -> list[QWidget]:
        go = self.context.go
        tiles: list[QWidget] = []
        for doubt in now.doubts[:2]:
            tiles.append(_tile(
                _("Questions to answer"), doubt.count,
                _("Appeal “{title}”").format(title=doubt.title),
                Button(_("Answer them"), _to(go, "appeal", appeal_id=doubt.appeal_id)),
            ))  # fmt: skip
        for silent in now.silent[:2]:
            tiles.append(_tile(
                _("No answer for 10 days"), silent.count,
                _("Appeal “{title}”").format(title=silent.title),
                Button(
                    _("Prepare a reminder ({count})").format(count=number(silent.count)),
                    _to(
                        go,
                        "compose",
                        appeal_id=silent.appeal_id,
                        statuses=("asked",),
                        letter="remind",
                    ),
                ),
            ))  # fmt: skip
        for late in now.unanswered[:2]:
            tiles.append(_tile(
                _("Addressees late to answer"), late.count,
                _("Appeal “{title}”").format(title=late.title),
                Button(
                    _("Write a reminder…"),
                    _to(go, "letter", appeal_id=late.appeal_id, starter="reminder"),
                ),
                LinkButton(
                    _("See them"),
                    _to(go, "appeal", appeal_id=late.appeal_id, tab="addressees"),
                ),
            ))  # fmt: skip
        if now.uncertain:
            tiles.append(_tile(
                _("Uncertain messages"), now.uncertain,
                _("We do not know whether they arrived; nothing is sent again by itself."),
                Button(_("Settle them"), _to(go, "mailings")),
            ))  # fmt: skip
        if now.doubtful_addresses:
            tiles.append(_tile(
                _("Addresses to check"), now.doubtful_addresses,
                _("Messages came back from them."),
                Button(_("Look at them"), _to(go, "directory", health="doubtful")),
            ))  # fmt: skip
        return tiles

    def _week(self, now: Awaiting) -> Card:
        card = Card(title=_("This week"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(14))
        grid.setVerticalSpacing(scaled(9))
        grid.setColumnStretch(1, 1)
        for each in now.dates:
            tab = "addressees" if each.kind == "answer" else ""
            there = _to(self.context.go, "appeal", appeal_id=each.appeal_id, tab=tab)
            self._line(grid, dates.weekday(each.on), _said(each), _("Look"), there)
        for mailing in now.mailings:
            when, said, do, on = self._mailing(mailing)
            self._line(grid, when, said, do, on)
        for reading in now.readings:
            way = _to(self.context.go, "reading", unfinished_id=reading.unfinished_id)
            self._line(grid, _("to finish"), _stopped(reading), _("Resume"), way)
        card.body.addLayout(grid)
        if not grid.count():
            card.body.addWidget(Words(_("No deadline and no rendezvous before next week."), "soft"))
        card.body.addStretch(1)
        return card

    def _mailing(self, mailing: Unfinished) -> tuple[str, str, str, Callable[[], object]]:
        go = self.context.go
        title = html.escape(mailing.title)
        if mailing.state == "draft":
            said = _strong(_("Draft")) + f" – {title}"
            return (
                _("to finish"),
                said,
                _("Go on"),
                _to(go, "compose", mailing_id=mailing.mailing_id),
            )
        waiting = n_("{n} message waits", "{n} messages wait", mailing.total - mailing.done)
        way = _to(go, "progress", mailing_id=mailing.mailing_id)
        if mailing.state == "paused":
            return (
                _("to resume"),
                _strong(_("Mailing paused")) + f" – {title}: {waiting}",
                _("Look"),
                way,
            )
        return _("now"), _strong(_("Mailing under way")) + f" – {title}: {waiting}", _("Look"), way

    def _line(
        self, grid: QGridLayout, when: str, said: str, do: str, on: Callable[[], object]
    ) -> None:
        at = grid.rowCount()
        if grid.count():
            grid.addWidget(hair(), at, 0, 1, 3)
        words = Words(when, "soft")
        words.setMinimumWidth(scaled(96))
        grid.addWidget(words, at + 1, 0)
        grid.addWidget(Rich(said), at + 1, 1)
        grid.addWidget(Button(do, on, look="small"), at + 1, 2)

    def _news(self, now: Awaiting) -> Card:
        everything = LinkButton(_("Journal"), lambda: self.context.go("journal"))
        card = Card(title=_("What changed since last time"), actions=(everything,))
        for entry in now.news:
            said = f"{entry.label} · {dates.moment(entry.at)}"
            card.body.addWidget(dotted("info" if entry.kind == "do" else "good", said))
        if not now.news:
            card.body.addWidget(Words(_("Nothing since {when}.").format(
                when=dates.moment(self._since)), "soft"))  # fmt: skip
        card.body.addStretch(1)
        return card

    # --- the first steps

    def _first_steps(self, now: Awaiting) -> Card:
        done = sum(1 for _name, is_done in now.steps if is_done)
        title = _("First steps {done}/{total}").format(done=done, total=len(now.steps))
        hide = LinkButton(_("Hide"), self._hide_steps)
        card = Card(title=title, actions=(hide,))
        said = {
            "workspace": (_("Your file is protected"), "settings", {"part": "file"}),
            "sheet": (_("Check the recovery sheet"), "settings", {"part": "file"}),
            "directory": (_("Fill the directory"), "import", {}),
            "appeal": (_("Read a first appeal"), "reading", {}),
            "mailbox": (_("Set up your mailbox"), "settings", {"part": "mailbox"}),
            "letter": (_("Write a first letter"), "compose", {}),
        }
        steps = [self._step(*said[name], is_done) for name, is_done in now.steps if name in said]
        card.body.addWidget(Tiles(*steps, least=190, gap=6))
        return card

    def _step(self, said: str, place: str, what: dict[str, Any], done: bool) -> QWidget:
        made = QWidget()
        sign = line("")
        wear(sign, "check" if done else "right", "good" if done else "faint", 16)
        sign.setAccessibleName(_("done") if done else _("to do"))
        words = (
            line(said, "soft") if done else LinkButton(said, _to(self.context.go, place, **what))
        )
        made.setLayout(row(sign, words, None, gap=8))
        return made

    def _hide_steps(self) -> None:
        self.context.tasks.write(self, _("Hide the first steps"), _hide, then=lambda _x: None)


def _to(go: Callable[..., None], key: str, **what: Any) -> Callable[[], None]:
    return lambda: go(key, **what)


def _tile(title: str, count: int, said: str, *buttons: Button) -> Card:
    return Card(
        heading(title),
        line(number(count), "figure"),
        Words(said),
        None,
        FlowLayout(*buttons),
    )


def _way(icon: str, title: str, said: str, button: Button) -> Card:
    drawing = line("")
    wear(drawing, icon, "link", 24)
    return Card(drawing, line(title, "lead"), Words(said, "soft"), None, row(button, None))


def _greeting(things: int) -> str:
    hello = _("Good evening") if datetime.now().hour >= 18 else _("Good morning")
    if not things:
        return _("{hello} – nothing is waiting for you").format(hello=hello)
    waiting = n_("one thing awaits you", "{n} things await you", things)
    return f"{hello} – {waiting}"


def _said(each: Date) -> str:
    title = html.escape(each.title)
    if each.kind == "event":
        where = ", ".join(html.escape(part) for part in (each.place, each.at) if part)
        return _strong(_("Rendezvous")) + f" – {title}" + (f": {where}" if where else "")
    if each.kind == "answer":
        awaited = n_("{n} addressee", "{n} addressees", each.awaited)
        return _strong(_("Answer expected")) + f" – {title}: {awaited}"
    stands = _("{signed} signed, {promised} promised, {silent} without answer").format(
        signed=number(each.signed), promised=number(each.promised), silent=number(each.silent)
    )
    return _strong(_("Deadline")) + f" – {title}: {stands}"


def _stopped(reading: LeftReading) -> str:
    left = n_("{n} line", "{n} lines", reading.lines)
    if reading.questions:
        left += ", " + n_("{n} question", "{n} questions", reading.questions)
    said = _("{name}: {left}").format(name=html.escape(reading.name), left=left)
    return _strong(_("Reading")) + f" – {said}"


def _awaiting(session: Any, since: datetime) -> Awaiting:
    from crm import figures

    return figures.awaiting(session, date.today(), since)


def _hide(session: Any) -> None:
    from crm import settings

    settings.change(session, hidden_first_steps=True)


def _strong(words: str) -> str:
    return f"<b>{words}</b>"
