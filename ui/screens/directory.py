"""The register: every organisation in a list, the chosen one beside it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from crm.language import _, n_, number
from crm.language import marked as _m
from ui import actions
from ui.actions import action, button
from ui.context import Context
from ui.kit import (
    Button,
    Card,
    Chip,
    EmptyState,
    FlowLayout,
    LinkButton,
    MainButton,
    MenuButton,
    Page,
    Split,
    line,
    row,
    scaled,
    states,
)
from ui.naming import place_name
from ui.screens.sheet import Sheet
from ui.table import Column, Records, Table

WAIT = 120  # milliseconds after the last letter typed

Where = dict[str, Any]
"""The conditions of a crm.contacts.Filter, without its import."""


@dataclass(frozen=True)
class Found:
    """What a question to the register found."""

    ids: Sequence[int]
    total: int


class Directory(Page):
    """Organisations, narrowed by words and conditions."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Organisations"))
        self.where: Where = {}
        self._labels: dict[str, str] = {}
        self._order = "name"
        self._wanted = 0
        self._build()
        self.act(
            Button(_("Import…"), lambda: context.go("import"), icon="import"),
            Button(_("Export…"), self._export, icon="export"),
            button(self.new, main=True),
        )
        actions.bind(self)
        self.follow(
            "organisation", "name", "address", "role", "person", "signature", "opt_out",
            refresh=self._refresh,
        )  # fmt: skip

    def _build(self) -> None:
        self.words = QLineEdit(placeholderText=_("Filter: name, address, person…"))
        self.words.setAccessibleName(self.words.placeholderText())
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(scaled(250))
        self.words.setMaximumWidth(scaled(330))
        self._typing = QTimer(self, singleShot=True, interval=WAIT)
        self._typing.timeout.connect(self._ask)
        self.words.textEdited.connect(self._typing.start)
        self.words.textChanged.connect(self._cleared)
        self.add_filter = MenuButton(_("Filter"), self._filters())
        self._tools = FlowLayout(self.words, self.add_filter)
        self._chips: list[Chip] = []
        self.figure = line("", "soft")
        self.show_all = LinkButton(_("Show all"), self.clear_filter)
        self.show_all.hide()
        tools = row(self._tools, self.figure, self.show_all)
        tools.setStretch(0, 1)
        self.records = Records(self.context.tasks, _rows, columns())
        self._empty = EmptyState("")
        self.table = Table(
            self.records, name="directory", empty=self._empty, label=_("Organisations")
        )
        self.sheet = Sheet(self.context)
        self.table.chosen.connect(self.sheet.show_organisation)
        self.table.opened.connect(lambda _id: self.sheet.edit())
        self.table.sorted.connect(self._sort)
        self.table.typed.connect(self._type)
        self.records.order = ("name", False)
        split = Split(Card(self.table, flush=True), self.sheet, name="directory")
        self.setFocusProxy(self.table)
        self.put(tools, split)
        self.body.setStretch(1, 1)

    def visit(
        self,
        organisation_id: int = 0,
        words: str | None = None,
        create: str | None = None,
        health: str = "",
    ) -> None:
        """Show the list, or one organisation; `create` opens a new one under that name."""
        self._wanted = organisation_id
        if organisation_id or words is not None or health:
            self.where, self._labels = {}, {}
            self._say_words(words or "")
            self._show_chips()
        if health:
            self._only_doubtful()
        else:
            self._ask()
        if create is not None:
            self._write_down(create)

    def glimpse(self, rows: Sequence[Any]) -> None:
        """The first page, read before everything else is loaded."""
        if not self.records.loaded and not self.where:
            self.records.show_rows(rows)
            self.table.select(rows[0].id if rows and not self._wanted else self._wanted)

    def edit(self) -> None:
        """Change the organisation beside the list."""
        self.sheet.edit()

    @action(_m("Organisation"), "Ctrl+N", icon="plus")
    def new(self) -> None:
        """Add one by hand."""
        self._write_down("")

    @action(_m("Filter these names"), "Ctrl+F")
    def narrow(self) -> None:
        """The cursor goes to the filter."""
        self.words.setFocus()
        self.words.selectAll()

    # --- asking the register

    def _ask(self) -> None:
        typed = self.words.text().strip()
        where = {**self.where, "words": typed} if typed else self.where
        self.context.tasks.read(self, _find, where, self._order, then=self._show)

    def _refresh(self) -> None:
        self.records.forget()
        self._ask()
        self.sheet.renew()

    def _show(self, found: Found) -> None:
        narrowed = bool(self.where or self.words.text().strip())
        self._say_empty(narrowed)
        self.records.show(found.ids)
        if narrowed:
            self.figure.setText(
                _("{shown} of {total} ·").format(
                    shown=number(len(found.ids)), total=number(found.total)
                )
            )
        else:
            self.figure.setText(n_("{n} organisation", "{n} organisations", found.total))
        self.show_all.setVisible(narrowed)
        self._choose(found.ids)

    def _choose(self, ids: Sequence[int]) -> None:
        if self._wanted:
            self.table.select(self._wanted)
            self._wanted = 0
        elif not self.table.current_id() and len(ids):
            self.table.select(ids[0])
        if not len(ids):
            self.sheet.show_organisation(0)

    def _say_empty(self, narrowed: bool) -> None:
        typed = self.words.text().strip()
        if not narrowed:
            self._empty.say(_("Your directory is empty."))
            self._empty.offer(
                MainButton(_("Import my spreadsheet"), lambda: self.context.go("import")),
                Button(_("Read an appeal"), lambda: self.context.go("reading")),
                Button(_("Add an organisation"), self.new),
            )
            return
        self._empty.say(
            _("Nothing for “{words}”.").format(words=typed) if typed
            else _("No organisation meets these conditions.")
        )  # fmt: skip
        create = Button(
            _("Create “{words}”").format(words=typed),
            lambda: self._write_down(typed),
        )
        self._empty.offer(Button(_("Show all"), self.clear_filter), *([create] if typed else []))

    def _write_down(self, name: str) -> None:
        from ui.screens.organisation import edit_organisation

        edit_organisation(self.context, self, name=name, then=self._go_to)

    def _pick(self, title: str, choices: Sequence[Any], take: Callable[[list[Any]], object],
              **more: Any) -> None:  # fmt: skip
        from ui.screens.organisation import Picker

        Picker(self, title, choices, take, **more).open()

    def _go_to(self, organisation_id: int) -> None:
        self._wanted = organisation_id
        self.clear_filter()

    def _sort(self, key: str, descending: bool) -> None:
        self._order = f"-{key}" if descending else key
        self._ask()

    def _type(self, letters: str) -> None:
        self.words.setFocus()
        self.words.setText(letters)
        self._typing.start()

    def _export(self) -> None:
        ids = list(self.records.ids) if self.where or self.words.text() else None
        self.context.go("export", what="organisations", ids=ids)

    # --- conditions, shown as chips

    def clear_filter(self) -> None:
        """Show every organisation."""
        self.where, self._labels = {}, {}
        self._say_words("")
        self._show_chips()
        self._ask()

    def narrow_to(self, key: str, label: str, **conditions: Any) -> None:
        """Add a condition, or replace the one of the same key."""
        self._forget_condition(key)
        self.where |= conditions
        self._labels[key] = label
        self._show_chips()
        self._ask()

    def _say_words(self, words: str) -> None:
        self._typing.stop()
        self.words.setText(words)

    def _cleared(self, words: str) -> None:
        if not words:
            self._typing.start()

    def _filters(self) -> list[tuple[str, Callable[[], object]]]:
        read = self.context.tasks.read
        return [
            (_("Country…"), lambda: read(self, _countries, then=self._pick_countries)),
            (_("Signed an appeal…"), lambda: read(self, _appeals, then=self._pick_signed)),
            (_("Never asked for…"), lambda: read(self, _appeals, then=self._pick_unasked)),
            (_("Without e-mail address"), lambda: self.narrow_to(
                "address", _("without e-mail address"), with_address=False)),
            (_("Addresses to check"), self._only_doubtful),
            (_("Do not write"), lambda: self.narrow_to(
                "status", _("do not write"), status="do_not_contact")),
        ]  # fmt: skip

    def _pick_countries(self, found: list[tuple[str, str, int]]) -> None:
        choices = [(code, f"{name} ({number(count)})") for code, name, count in found]
        names = {code: name for code, name, _count in found}
        before = [*self.where.get("countries", ()), *self.where.get("headings", ())]

        def take(codes: list[str]) -> None:
            label = _("Country: {names}").format(names=", ".join(names[code] for code in codes))
            self.narrow_to(
                "place", label,
                countries=tuple(code for code in codes if code.isupper()),
                headings=tuple(code for code in codes if not code.isupper()),
            )  # fmt: skip

        self._pick(_("Which countries?"), choices, take, chosen=before)

    def _pick_signed(self, found: list[tuple[int, str]]) -> None:
        def take(chosen: list[int]) -> None:
            label = _("signed: {title}").format(title=dict(found)[chosen[0]])
            self.narrow_to("signed", label, appeal_id=chosen[0], statuses=("signed",))

        self._pick(_("Who signed which appeal?"), found, take, many=False)

    def _pick_unasked(self, found: list[tuple[int, str]]) -> None:
        def take(chosen: list[int]) -> None:
            label = _("never asked: {title}").format(title=dict(found)[chosen[0]])
            self.narrow_to("unasked", label, not_in_appeal_id=chosen[0])

        self._pick(_("Never asked for which appeal?"), found, take, many=False)

    def _only_doubtful(self) -> None:
        def take(ids: list[int]) -> None:
            self.narrow_to("health", _("addresses to check"), organisations=tuple(ids) or (0,))

        self.context.tasks.read(self, _doubtful, then=take)

    def _forget_condition(self, key: str) -> None:
        for condition in _CONDITIONS[key]:
            self.where.pop(condition, None)
        self._labels.pop(key, None)

    def _remove(self, key: str) -> None:
        self._forget_condition(key)
        self._show_chips()
        self._ask()

    def _show_chips(self) -> None:
        kept: list[QWidget] = [self.words, self.add_filter]
        while self._tools.count():
            self._tools.takeAt(0)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for key, label in self._labels.items():
            chip = Chip(label)
            chip.removed.connect(lambda key=key: self._remove(key))
            self._chips.append(chip)
        for each in (kept[0], *self._chips, kept[1]):
            self._tools.addWidget(each)


_CONDITIONS = {
    "place": ("countries", "headings"),
    "signed": ("appeal_id", "statuses"),
    "unasked": ("not_in_appeal_id",),
    "address": ("with_address",),
    "health": ("organisations",),
    "status": ("status",),
}


def columns() -> tuple[Column, ...]:
    """What the list shows of an organisation."""
    return (
        Column(_("Name"), "name", "strong", grow=3, least=20, sort="name"),
        Column(_("Acronym"), "acronym", "dim", grow=0.7, least=9, spare=2),
        Column(_("Country"), "country", grow=0.8, least=10, spare=1, sort="country", say=_place),
        Column(_("Main address"), "email", "dot", grow=1.6, least=16, spare=3, state=_reachable),
    )  # fmt: skip


def _place(row: Any) -> str:
    return place_name(row.country, row.heading)


def _reachable(row: Any) -> states.State:
    if row.status == "do_not_contact":
        return states.address("opted_out")
    return states.address(row.health if row.email else "none")


def _rows(session: Any, ids: Sequence[int]) -> Iterable[Any]:
    from crm import contacts

    return contacts.rows(session, ids)


def _find(session: Any, where: Where, order: str) -> Found:
    from crm import contacts, figures

    ids = array("q", contacts.ids(session, contacts.Filter(**where), order))
    return Found(ids, figures.holding(session).organisations if where else len(ids))


def _countries(session: Any) -> list[tuple[str, str, int]]:
    from crm import figures

    found = [
        (country or heading or "", place_name(country, heading), count)
        for country, heading, count in figures.by_country(session)
    ]
    return sorted((each for each in found if each[0]), key=lambda each: (-each[2], each[1]))


def _appeals(session: Any) -> list[tuple[int, str]]:
    from crm import figures

    return figures.appeal_titles(session)


def _doubtful(session: Any) -> list[int]:
    from crm import figures

    return figures.doubtful_organisations(session)
