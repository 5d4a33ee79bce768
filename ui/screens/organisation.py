"""The small windows in which an organisation is written down and changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from crm.language import _
from ui import naming
from ui.context import Context
from ui.form import Form, Line
from ui.kit import Banner, Dialog, LinkButton, scaled
from ui.screens.editor import Edited, Editor, Write

if TYPE_CHECKING:
    from crm.contacts import AddressLine, OrganisationSheet


def edit_organisation(
    context: Context,
    owner: QWidget,
    *,
    sheet: OrganisationSheet | None = None,
    name: str = "",
    then: Callable[[int], object] | None = None,
) -> None:
    """Write down a new organisation, or change the one given."""
    new = sheet is None
    form = Form(
        Line("name", _("Name"), needed=True),
        Line("kind", _("Kind"), "choice", choices=_kinds(), free=True),
        Line("place", _("Country"), "choice", choices=[("", ""), *naming.places()]),
        Line("language", _("Letters in"), "choice", choices=[("", ""), *naming.languages()]),
        *([Line("email", _("E-mail"), example="contact@example.org")] if new else []),
        Line("notes", _("Notes"), "long"),
        Line("sensitive", _("Sensitive contact"), "tick",
             hint=_("In danger if it were known: appears in no export, list or copy.")),
        *([] if new else [Line("status", _("Status"), "choice", choices=_statuses())]),
    )  # fmt: skip
    if sheet is None:
        form.fill({"name": name})
        write: Write = _add
    else:
        form.fill(_record(sheet))
        write = partial(_change, sheet.id)
    box = Editor(
        context, owner, _("A new organisation") if new else _("Change the record"), form, write,
        label=_("Add {name}") if new else _("Change {name}"), then=then,
        of=Edited("organisation", sheet.id, _now) if sheet is not None else None,
    )  # fmt: skip
    if new:
        _warn_of_the_same(box, form)
    box.open()
    form.field("name").setFocus()


def _warn_of_the_same(box: Editor, form: Form) -> None:
    """Say while she types that it may already be in the directory."""
    field = form.field("name")
    if not isinstance(field, QLineEdit):
        return

    def tell(hits: list[Any]) -> None:
        same = next((hit for hit in hits if hit.noun == "organisation"), None)
        if same is None or len(field.text().strip()) < 3:
            box.say(None)
            return
        go = LinkButton(_("Look at it"), partial(_look, box, same.id))
        said = _("Already in the directory: {name}").format(name=same.title)
        box.say(Banner("info", said, go))

    def ask(typed: str) -> None:
        box.context.tasks.read(box, _same, typed, then=tell)

    field.textEdited.connect(ask)
    if field.text():
        ask(field.text())


def _look(box: Editor, organisation_id: int) -> None:
    box.reject()
    box.context.go("directory", organisation_id=organisation_id)


def add_address(context: Context, owner: QWidget, sheet: OrganisationSheet) -> None:
    """A means of contact of an organisation, or of one of its people."""
    people: list[tuple[Any, str]] = [(None, sheet.name)]
    people += [(each.id, each.name) for each in sheet.people]
    form = Form(
        Line("kind", _("Kind"), "choice", choices=list(naming.kinds_of_address().items())),
        Line("value", _("Address or number"), needed=True, example="contact@example.org"),
        Line("person_id", _("Whose"), "choice", choices=people),
        Line("purpose", _("What it is for"), "choice", free=True,
             choices=[(each, each) for each in ("", _("contact"), _("press"), _("signs"))]),
        Line("private", _("Private"), "tick", hint=_("In no export, unless you say so.")),
    )  # fmt: skip
    Editor(
        context, owner, _("A means of contact"), form, partial(_add_address, sheet.id),
        label=_("Add an address of {name}").format(name=sheet.name),
    ).open()  # fmt: skip


def add_person(context: Context, owner: QWidget, sheet: OrganisationSheet) -> None:
    """Somebody in an organisation."""
    form = Form(
        Line("name", _("Name"), needed=True),
        Line("role", _("Role")),
        Line("email", _("E-mail")),
        Line("sensitive", _("Sensitive contact"), "tick"),
    )
    Editor(
        context, owner, _("A person"), form, partial(_add_person, sheet.id), label=_("Add {name}")
    ).open()


def add_name(context: Context, owner: QWidget, sheet: OrganisationSheet) -> None:
    """Another name an organisation answers to."""
    kinds = [
        ("alias", _("other name")), ("acronym", _("acronym")), ("translation", _("translation")),
        ("former", _("former name")),
    ]  # fmt: skip
    form = Form(
        Line("name", _("Name"), needed=True),
        Line("kind", _("Kind"), "choice", choices=kinds),
        Line("language", _("Language"), "choice", choices=[("", ""), *naming.languages()]),
    )
    Editor(
        context, owner, _("Another name"), form, partial(_add_name, sheet.id), label=_("Add {name}")
    ).open()


def note_leave(context: Context, owner: QWidget, address: AddressLine) -> None:
    """The leave somebody gave to publish an address: how, and on which day."""
    ways = [(each, each) for each in (_("in writing"), _("by telephone"), _("at a meeting"))]
    form = Form(
        Line("leave", _("How"), "choice", choices=ways, free=True),
        Line("leave_on", _("When"), "date", needed=True),
    )
    Editor(
        context, owner, _("Leave to publish {address}").format(address=address.value), form,
        partial(_leave, address.id), label=_("Leave to publish an address"),
    ).open()  # fmt: skip


def note_wish(context: Context, owner: QWidget, address: str, then: Callable[[], object]) -> None:
    """Somebody who asked not to be written to wrote that they want our letters again."""
    form = Form(
        Line("wish", _("What they wrote, and when"), "long", needed=True,
             hint=_("Only their own written wish takes that back; it is kept.")),
    )  # fmt: skip
    Editor(
        context, owner, _("They want our letters again"), form, partial(_lift, address),
        label=_("Write to an address again, at their written wish"),
        then=lambda _made: then(), undo=False,
    ).open()  # fmt: skip


class Picker(Dialog):
    """Choose one or several of a list; type to narrow it."""

    def __init__(
        self,
        owner: QWidget,
        title: str,
        choices: Sequence[tuple[Any, str]],
        take: Callable[[list[Any]], object],
        *,
        chosen: Sequence[Any] = (),
        many: bool = True,
    ) -> None:
        super().__init__(owner, title, save=(_("Choose"), self._take), leave=_("Cancel"))
        self._many = many
        self._taken = take
        words = QLineEdit(placeholderText=_("Type to narrow"))
        words.setAccessibleName(_("Type to narrow"))
        words.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setMinimumHeight(scaled(300))
        for value, text in choices:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, value)
            if many:
                on = Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked
                item.setCheckState(on)
            self.list.addItem(item)
        self.list.itemActivated.connect(self._activate)
        self.list.setCurrentRow(0)
        self.put(words, self.list)

    def chosen(self) -> list[Any]:
        """What is ticked, or the current line."""
        items = [self.list.item(at) for at in range(self.list.count())]
        if self._many:
            ticked = [each for each in items if each.checkState() == Qt.CheckState.Checked]
        else:
            now = self.list.currentItem()
            ticked = [now] if now is not None and not now.isHidden() else []
        return [each.data(Qt.ItemDataRole.UserRole) for each in ticked]

    def _narrow(self, typed: str) -> None:
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(typed.casefold() not in item.text().casefold())

    def _activate(self, item: QListWidgetItem) -> None:
        if not self._many:
            self._take()
            return
        ticked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _take(self) -> None:
        found = self.chosen()
        self.accept()
        if found:
            self._taken(found)


def _kinds() -> list[tuple[str, str]]:
    words = (
        "", _("association"), _("union"), _("party"), _("collective"), _("network"),
        _("federation"), _("section"),
    )  # fmt: skip
    return [(each, each) for each in words]


def _statuses() -> list[tuple[str, str]]:
    return [
        ("active", _("active")), ("dissolved", _("dissolved")),
        ("do_not_contact", _("do not write")),
    ]  # fmt: skip


# --- the acts


def _record(sheet: OrganisationSheet) -> dict[str, Any]:
    """What its form shows of an organisation."""
    return {
        "name": sheet.name, "kind": sheet.kind, "place": sheet.country or sheet.heading or "",
        "language": sheet.language or "", "notes": sheet.notes, "sensitive": sheet.sensitive,
        "status": sheet.status,
    }  # fmt: skip


def _now(session: Any, organisation_id: int) -> dict[str, Any]:
    from crm import contacts

    return _record(contacts.sheet(session, organisation_id))


def _place(code: str | None) -> dict[str, Any]:
    country = code if code and code.isupper() else None
    return {"country": country, "heading": code or None if not country else None}


def _add(session: Any, values: dict[str, Any]) -> int:
    from crm import contacts

    made = contacts.add_organisation(
        session, values["name"], kind=values["kind"] or None,
        language=values["language"] or None, notes=values["notes"],
        sensitive=values["sensitive"], **_place(values["place"]),
    )  # fmt: skip
    if values["email"]:
        contacts.add_address(session, values["email"], organisation_id=made, source=_("by hand"))
    return made


def _change(organisation_id: int, session: Any, changed: dict[str, Any]) -> int:
    from crm import contacts

    if "name" in changed:
        contacts.rename(session, organisation_id, changed.pop("name"))
    if "place" in changed:
        changed |= _place(changed.pop("place"))
    if "language" in changed:
        changed["language"] = changed["language"] or None
    if changed:
        contacts.change(session, "organisation", organisation_id, **changed)
    return organisation_id


def _add_address(organisation_id: int, session: Any, values: dict[str, Any]) -> None:
    from crm import contacts

    whose = values["person_id"]
    contacts.add_address(
        session, values["value"], kind=values["kind"], purpose=values["purpose"] or None,
        organisation_id=None if whose else organisation_id, person_id=whose,
        private=values["private"], source=_("by hand"),
    )  # fmt: skip


def _lift(address: str, session: Any, values: dict[str, Any]) -> None:
    from crm import privacy

    privacy.lift(session, address, values["wish"])


def _add_person(organisation_id: int, session: Any, values: dict[str, Any]) -> None:
    from crm import contacts

    person_id = contacts.add_person(
        session, values["name"], organisation_id=organisation_id, role=values["role"],
        sensitive=values["sensitive"],
    )  # fmt: skip
    if values["email"]:
        contacts.add_address(session, values["email"], person_id=person_id, source=_("by hand"))


def _add_name(organisation_id: int, session: Any, values: dict[str, Any]) -> None:
    from crm import contacts

    contacts.add_name(
        session, organisation_id, values["name"], kind=values["kind"],
        language=values["language"] or None,
    )  # fmt: skip


def _leave(address_id: int, session: Any, values: dict[str, Any]) -> None:
    from crm import contacts

    contacts.change(session, "address", address_id, publishable=True, **values)


def _same(session: Any, typed: str) -> list[Any]:
    from crm import search

    return list(search.find(session, typed, 3)) if len(typed.strip()) > 2 else []
