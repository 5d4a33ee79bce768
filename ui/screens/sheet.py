"""One organisation beside the list: its names, how to reach it, what it signed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm.language import _
from ui.context import Context
from ui.kit import (
    Banner,
    Button,
    Card,
    DotsButton,
    EmptyState,
    FlowLayout,
    LinkButton,
    MenuButton,
    Pill,
    Tag,
    Words,
    clear,
    column,
    dates,
    hair,
    heading,
    line,
    pill,
    scaled,
    states,
)
from ui.kit.words import tip
from ui.naming import kinds_of_address, language_name, place_name
from ui.screens.logo import LogoBox, LogoMark

if TYPE_CHECKING:
    from crm.contacts import AddressLine, OrganisationSheet, PersonLine, SignatureLine


class Sheet(Card):
    """The card at the right; empty until something is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__(scrolls=True)
        self.context = context
        self.organisation_id = 0
        self.shown: OrganisationSheet | None = None
        self._opted_out: set[str] = set()
        self._none()

    def show_organisation(self, organisation_id: int) -> None:
        """Show another one; 0 shows none."""
        self.organisation_id = organisation_id
        if organisation_id:
            self.renew()
        else:
            self.shown = None
            self._none()

    def renew(self) -> None:
        """Read it again."""
        if self.organisation_id:
            self.context.tasks.read(
                self, _sheet, self.organisation_id, then=lambda found: self.show_sheet(*found)
            )

    def edit(self) -> None:
        """Change what is written about it."""
        if self.shown is not None:
            _editing().edit_organisation(self.context, self, sheet=self.shown)

    def _edit(self, what: str, about: Any) -> None:
        getattr(_editing(), what)(self.context, self, about)

    def show_sheet(self, sheet: OrganisationSheet, opted_out: set[str]) -> None:
        """Everything about one organisation."""
        self.shown, self._opted_out = sheet, opted_out
        clear(self.body)
        name = Words(sheet.name, "title", copied=True)
        self.body.addWidget(name)
        self.body.addWidget(Words(_about(sheet), "soft"))
        self.body.addWidget(LogoMark(self.context, sheet.id, sheet.name))
        self._flow(self._marks(sheet))
        self._flow([
            Button(_("Write"), self._write, look="small", icon="mail"),
            Button(_("Note an answer"), self._answer, look="small", icon="check"),
            Button(_("Edit"), self.edit, look="small", icon="appeal"),
            MenuButton(_("More"), self._more(sheet), look="small"),
        ])  # fmt: skip
        self._relatives(sheet)
        self._contacts(sheet)
        self._signatures(sheet.signatures)
        if sheet.notes:
            self._part(_("Notes"), Words(sheet.notes, copied=True))
        self.body.addStretch(1)

    # --- its parts

    def _none(self) -> None:
        clear(self.body)
        self.body.addWidget(
            EmptyState(_("Choose an organisation to see its record."), icon="building")
        )

    def _part(self, title: str, *inside: QWidget) -> None:
        self.body.addSpacing(scaled(5))
        self.body.addWidget(heading(title))
        for each in inside:
            self.body.addWidget(each)

    def _flow(self, widgets: list[Any]) -> None:
        if widgets:
            self.body.addLayout(FlowLayout(*widgets, gap=6))

    def _marks(self, sheet: OrganisationSheet) -> list[QWidget]:
        marks: list[QWidget] = []
        if sheet.sensitive:
            marks.append(pill("doubt", _("sensitive: in no export, list or copy"), "!"))
        if sheet.status == "do_not_contact":
            marks.append(pill("bad", _("do not write")))
        if sheet.status == "dissolved":
            marks.append(pill("quiet", _("dissolved"), "−"))
        others = [each for each in sheet.names if not each.displayed]
        marks += [Tag(_("also: {name}").format(name=each.text)) for each in others[:1]]
        return marks + [Tag(each.text) for each in others[1:]]

    def _relatives(self, sheet: OrganisationSheet) -> None:
        go = self.context.go
        links = []
        if sheet.parent is not None:
            said = _("Section of {name}").format(name=sheet.parent[1])
            links.append(
                LinkButton(said, partial(go, "directory", organisation_id=sheet.parent[0]))
            )
        for section_id, name in sheet.sections[:6]:
            said = _("Section: {name}").format(name=name)
            links.append(LinkButton(said, partial(go, "directory", organisation_id=section_id)))
        self._flow(links)

    def _contacts(self, sheet: OrganisationSheet) -> None:
        lines: list[QWidget] = [self._address(each) for each in sheet.addresses]
        lines += [self._person(each) for each in sheet.people]
        if not lines:
            add = partial(self._edit, "add_address", sheet)
            nothing = Banner(
                "quiet", _("No means of contact yet."),
                Button(_("Add an address"), add, look="small", icon="plus"),
            )  # fmt: skip
            self._part(_("Contacts"), nothing)
            return
        inside: list[QWidget] = []
        for each in lines:
            inside += [each, hair()]
        self._part(_("Contacts"), *inside[:-1])

    def _address(self, each: AddressLine) -> QWidget:
        value = Words(each.value, copied=True)
        about = [line(kinds_of_address()[each.kind], "small")] if each.kind != "email" else []
        if each.purpose:
            about.append(line(each.purpose, "small"))
        if each.kind == "email":
            shut = each.value in self._opted_out
            about.append(Pill(states.address("opted_out" if shut else each.health)))
        if each.publishable:
            about.append(pill("info", _leave(each), "✓"))
        if each.private:
            about.append(pill("quiet", _("private")))
        more = DotsButton(
            _("More about {address}").format(address=each.value), self._address_menu(each)
        )
        return _entry(value, about, more)

    def _person(self, each: PersonLine) -> QWidget:
        said = [line(each.title, "small")] if each.title else []
        if each.sensitive:
            said.append(pill("doubt", _("sensitive"), "!"))
        made = QWidget()
        inside = column(_entry(Words(each.name, "strong"), said, None), gap=2)
        for address in each.addresses:
            inside.addWidget(self._address(address))
        made.setLayout(inside)
        return made

    def _signatures(self, signatures: tuple[SignatureLine, ...]) -> None:
        if not signatures:
            return
        inside: list[QWidget] = []
        for each in signatures[:40]:
            title = Words(each.appeal)
            if each.published_name != (self.shown.name if self.shown else ""):
                title.setToolTip(tip(_("Signed as “{name}”").format(name=each.published_name)))
            state = Pill(states.answer(each.status, each.role))
            inside += [_entry(title, [line(dates.day(each.on), "small")], state), hair()]
        self._part(_("Signing history"), *inside[:-1])

    # --- what can be done

    def _write(self) -> None:
        self.context.go("compose", organisation_ids=(self.organisation_id,))

    def _answer(self) -> None:
        self.context.go("answer", organisation_id=self.organisation_id)

    def _more(self, sheet: OrganisationSheet) -> list[tuple[str, Callable[[], object]]]:
        shut = sheet.status == "do_not_contact"
        return [
            (_("Add an address…"), partial(self._edit, "add_address", sheet)),
            (_("Add a person…"), partial(self._edit, "add_person", sheet)),
            (_("Add a name…"), partial(self._edit, "add_name", sheet)),
            (_("Logo…"), lambda: LogoBox(self.context, self, sheet.id, sheet.name).open()),
            (_("Write to it again") if shut else _("Do not write to it any more…"),
             partial(self._set_status, "active" if shut else "do_not_contact")),
            (_("No longer sensitive") if sheet.sensitive else _("Mark as sensitive…"),
             self.ask_sensitive),
        ]  # fmt: skip

    def _address_menu(self, each: AddressLine) -> list[tuple[str, Callable[[], object]]]:
        change = partial(self._change_address, each)
        choices: list[tuple[str, Callable[[], object]]] = [
            (_("Copy"), lambda: self.context.copy_for_a_minute(each.value))
        ]
        if each.kind == "email":
            if not each.main:
                choices.append((_("Make it the main address"), partial(change, main=True)))
            good = each.health == "good"
            choices.append((
                _("Set it aside") if good else _("It works again"),
                partial(change, health="set_aside" if good else "good"),
            ))  # fmt: skip
            if each.value in self._opted_out:
                choices.append((
                    _("They want our letters again…"), partial(self.ask_wish, each.value),
                ))  # fmt: skip
            else:
                choices.append(
                    (_("Never write to it again…"), partial(self.ask_opt_out, each.value))
                )
        choices.append((
            _("Keep it out of exports") if not each.private else _("No longer private"),
            partial(change, private=not each.private),
        ))  # fmt: skip
        if not each.publishable:
            choices.append((
                _("Leave to publish was given…"),
                partial(self._edit, "note_leave", each),
            ))  # fmt: skip
        choices.append((_("Remove"), partial(self._remove_address, each)))
        return choices

    def _set_status(self, status: str) -> None:
        if status == "active":
            self._change(_("Write to {name} again"), status="active")
            return
        name = self.shown.name if self.shown is not None else ""
        self.context.ask(
            self,
            _("Do not write to {name} any more?").format(name=name),
            _("It stays in the directory and in the lists it signed; no mailing goes there."),
            yes=_("Do not write any more"),
            then=lambda: self._change(_("Do not write to {name}"), status="do_not_contact"),
        )

    def ask_sensitive(self) -> None:
        """Mark it as sensitive after asking, or take the mark away."""
        if self.shown is None:
            return
        if self.shown.sensitive:
            self._change(_("{name} is no longer sensitive"), sensitive=False)
            return
        self.context.ask(
            self,
            _("Mark {name} as sensitive?").format(name=self.shown.name),
            _("It will appear in no export, no published list and no copy. Only the backup keeps "
              "it."),
            yes=_("Mark as sensitive"),
            then=lambda: self._change(_("{name} is sensitive"), sensitive=True),
        )  # fmt: skip

    def _change(self, label: str, **fields: Any) -> None:
        name = self.shown.name if self.shown is not None else ""
        self.context.tasks.write(
            self, label.format(name=name),
            partial(_change, "organisation", self.organisation_id, fields),
            then=lambda _x: self.context.toast(_("Done."), undo=True),
        )  # fmt: skip

    def _change_address(self, each: AddressLine, **fields: Any) -> None:
        self.context.tasks.write(
            self, _("Change an address"), partial(_change, "address", each.id, fields)
        )

    def _remove_address(self, each: AddressLine) -> None:
        self.context.tasks.write(
            self, _("Remove an address"), partial(_remove, "address", each.id),
            then=lambda _x: self.context.toast(_("Address removed."), undo=True),
        )  # fmt: skip

    def ask_wish(self, address: str) -> None:
        """Write to an address again, with the words of whoever asked for it."""
        _editing().note_wish(self.context, self, address, self.renew)

    def ask_opt_out(self, address: str) -> None:
        """Never write to an address again, after asking: only its own wish takes that back."""
        self.context.ask(
            self,
            _("Never write to {address} again?").format(address=address),
            _("No import will bring it back. To write there again, their own written wish will "
              "be asked for."),
            yes=_("Never write again"), danger=True,
            then=lambda: self.context.tasks.write(
                self, _("Never write to an address again"), partial(_opt_out, address),
                kind="final", then=lambda _x: self.renew(),
            ),
        )  # fmt: skip


def _editing() -> ModuleType:
    from ui.screens import organisation

    return organisation


def _entry(words: QWidget, about: list[Any], more: QWidget | None) -> QWidget:
    made = QWidget()
    side = QVBoxLayout()
    side.setSpacing(scaled(3))
    side.addWidget(words)
    if about:
        side.addLayout(FlowLayout(*about, gap=6))
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.addLayout(side, 0, 0)
    grid.setColumnStretch(0, 1)
    if more is not None:
        grid.addWidget(more, 0, 1, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
    return made


def _about(sheet: OrganisationSheet) -> str:
    parts = [sheet.kind or "", place_name(sheet.country, sheet.heading)]
    if sheet.language:
        parts.append(_("letters in {language}").format(language=language_name(sheet.language)))
    return " · ".join(part for part in parts if part) or _("Nothing more is known yet.")


def _leave(each: AddressLine) -> str:
    how = ", ".join(part for part in (each.leave or "", dates.day(each.leave_on)) if part)
    return _("may be published ({how})").format(how=how) if how else _("may be published")


def _sheet(session: Any, organisation_id: int) -> tuple[OrganisationSheet, set[str]]:
    from crm import contacts, privacy

    found = contacts.sheet(session, organisation_id)
    mails = [each for each in found.addresses if each.kind == "email"]
    mails += [each for person in found.people for each in person.addresses]
    return found, privacy.opted_out(session, [each.value for each in mails])


def _change(noun: str, row_id: int, fields: dict[str, Any], session: Any) -> None:
    from crm import contacts

    contacts.change(session, noun, row_id, **fields)


def _remove(noun: str, row_id: int, session: Any) -> None:
    from crm import contacts

    contacts.remove(session, noun, row_id)


def _opt_out(address: str, session: Any) -> None:
    from crm import privacy

    privacy.opt_out(session, address, "by hand")
