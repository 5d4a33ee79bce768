"""Starting and resuming a mailing from any screen; the walk goes on when the screen is left."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm import mailings, post
from crm.db import Database, Step
from crm.language import _
from crm.mailings import AccountLine, Sender
from ui.context import Context
from ui.tasks import Work

if TYPE_CHECKING:
    from crm.post import Carrier


def start(
    context: Context, owner: QObject, mailing_id: int, password: str, *, few: int = 0
) -> Work:
    """Send what waits; after `few` copies, pause and let her look."""

    def carrier(box: AccountLine) -> Carrier:
        return post.SmtpCarrier(box.server, password)

    return context.tasks.run(
        context.tasks, _("Sending"), _walk, mailing_id, Sender(carrier), few,
        place=("progress", {"mailing_id": mailing_id}),
    )  # fmt: skip


def _walk(db: Database, mailing_id: int, sender: Sender, few: int) -> Generator[Step, None, None]:
    walk = mailings.send(db, mailing_id, sender)
    for step in walk:
        yield step
        if few and step.done >= few:
            walk.close()
            return
