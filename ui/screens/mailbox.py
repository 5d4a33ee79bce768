"""The mailbox's password: from the keyring, else asked for and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import mailings, settings, vault
from crm.language import _
from ui.form import Form, Line
from ui.kit import Dialog, Page, Words


def with_password(
    page: Page, mailing_id: int, then: Callable[[mailings.AccountLine, str], object]
) -> None:
    """Call `then(box, password)` for the mailing's mailbox, asking only where nobody keeps it."""

    def found(answer: tuple[str, mailings.AccountLine]) -> None:
        workspace, box = answer
        if box.security == "none":
            then(box, "")
            return
        page.context.tasks.think(
            page, vault.mail_password, workspace, box.id,
            then=lambda kept: then(box, kept) if kept else _ask(page, box, then),
            otherwise=lambda _locked: _ask(page, box, then),
        )  # fmt: skip

    page.context.tasks.read(page, _box, mailing_id, then=found)


def _box(session: Any, mailing_id: int) -> tuple[str, mailings.AccountLine]:
    mailing = mailings.look(session, mailing_id)
    box = mailings.server_of(session, mailing.account_id)
    return settings.load(session).workspace, box


def _ask(
    owner: QWidget,
    box: mailings.AccountLine,
    then: Callable[[mailings.AccountLine, str], object],
) -> None:
    form = Form(Line("password", _("Password"), "password", needed=True))

    def take() -> None:
        if form.complete():
            dialog.accept()
            then(box, str(form.values()["password"]))

    dialog = Dialog(
        owner, _("Password of your mailbox"), save=(_("Go on"), take), leave=_("Cancel")
    )
    dialog.put(
        Words(
            _("{address}: this computer does not keep its password.").format(address=box.address)
        ),
        form,
    )
    dialog.open()
