"""What only a few need: several secretaries on one workspace, and who may do what there."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from crm import computer
from crm.language import _
from ui.context import Context
from ui.form import Form, Line
from ui.kit import Banner, Button, Card, MainButton, Words, column, row, scrolling
from ui.screens import founding, sharing

WIDTH = 760


def advanced(context: Context) -> QWidget:
    """The cards of this part of the settings."""
    db = context.tasks.db
    cards = [_several(context)]
    if db.shared:
        cards = [_mine(context), _parts(context), _elsewhere(context)]
    for each in cards:
        each.setMaximumWidth(WIDTH)
    whole = QWidget()
    whole.setLayout(column(*cards, None, gap=14))
    return scrolling(whole)


def _several(context: Context) -> Card:
    return Card(
        Words(
            _("Your workspace is a file of this computer. When several secretaries work at once, "
              "it can live on a PostgreSQL server instead, which your host or one of you runs."),
        ),
        Banner("warn", sharing.warning()),
        row(_way(context, "open", _("Open a shared workspace…")),
            _way(context, "move", _("Move this workspace to a server…")), None),
        title=_("Several secretaries"),
    )  # fmt: skip


def _mine(context: Context) -> Card:
    db = context.tasks.db
    form = Form(
        Line("my_name", _("Your name"), needed=True,
             hint=_("The others read in the journal who did what. Undo takes back what was done "
                    "under this name.")),
    )  # fmt: skip
    form.fill({"my_name": db.who or computer.my_name()})

    def save() -> None:
        if form.complete():
            db.who = str(form.values()["my_name"])
            context.remember("my_name", db.who)
            context.toast(_("Saved."))

    where = _("This workspace is on {server}, and shared.").format(server=db.name)
    return Card(
        Words(where), Banner("warn", sharing.warning()), form,
        row(MainButton(_("Save"), save), None), title=_("Several secretaries"),
    )  # fmt: skip


def _parts(context: Context) -> Card:
    choices = [
        ("editor", _("reads and writes")), ("reader", _("looks only")),
        ("owner", _("owns it: gives parts, installs upgrades")), ("nobody", _("is not let in")),
    ]  # fmt: skip
    form = Form(
        Line("user", _("User name"), needed=True, hint=_("As the server knows them.")),
        Line("part", _("Part"), "choice", choices=choices),
    )
    form.fill({"part": "editor"})
    button = Button(_("Give this part"))

    def give() -> None:
        if not form.complete():
            return
        values = form.values()
        user, part = str(values["user"]), str(values["part"])
        context.tasks.think(
            button, sharing.allow, context.tasks.db, user, part,
            then=lambda _done: context.toast(
                _("{user}: {part}").format(user=user, part=form.words("part", part))
            ),
        )  # fmt: skip

    button.clicked.connect(give)
    return Card(
        Words(_("The server itself enforces it, whatever program somebody uses."), "soft"),
        form, row(button, None), title=_("Who may do what"),
    )  # fmt: skip


def _elsewhere(context: Context) -> Card:
    def file() -> None:
        if context.is_held():
            return
        patterns = _("Cosigne files") + f" (*{founding.ENDING})"
        context.open_file(
            card, _("Open a Cosigne file"), patterns, lambda path: context.go("unlock", path=path)
        )

    card = Card(
        row(
            _way(context, "open", _("Open another shared workspace…")),
            Button(_("Open a file…"), file),
            None,
        ),
        title=_("Another workspace"),
    )
    return card


def _way(context: Context, aim: str, words: str) -> Button:
    return Button(words, partial(context.go, "shared", aim=aim))
