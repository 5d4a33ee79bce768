"""The main job through the real window: real file, real keyring, real server, real keys pressed."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select, text

from crm import formats, history, mailings, vault
from crm.db import finish
from crm.errors import Refused
from crm.schema import Publication
from tests.post_office import PASSWORD, Office, office
from ui import look
from ui.screens.exports import Export
from ui.tasks import Tasks
from ui.window import Window

APPEAL = Path(__file__).parent.parent / "documents" / "countries_fr.md"
REGISTER = ("organisation", "name", "person", "role", "address")
T = TypeVar("T")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, keyring: None) -> Iterator[Window]:
    """The window of a computer where Cosigne was never opened."""
    look.dress(qapp, theme="light")
    tasks = Tasks()
    made = Window(tasks)
    made.resize(1360, 850)
    qtbot.addWidget(made)
    made.show()
    made.go("welcome")
    yield made
    tasks.close()
    if tasks.is_open:
        tasks.db.close()


class Secretary:
    """Somebody who clicks, types and waits for what she sees."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot

    def wait(self, fact: Callable[[], object], most: int = 30_000) -> None:
        """Until it is so."""
        self._qtbot.waitUntil(lambda: bool(fact()), timeout=most)

    def calm(self) -> None:
        """Until nothing is asked any more."""
        self.wait(lambda: not self.window.tasks.busy)

    def page(self, key: str) -> Any:
        """The page she is on."""
        return self.window.page(key)

    def press(self, inside: QWidget, words: str) -> None:
        """A button, by what it says."""
        self.wait(lambda: self._button(inside, words) is not None)
        button = self._button(inside, words)
        assert button is not None
        self.wait(button.isEnabled)
        button.click()

    def _button(self, inside: QWidget, words: str) -> QPushButton | None:
        for each in inside.findChildren(QPushButton):
            if each.isVisibleTo(inside) and words in each.text():
                return each
        return None

    def key(self, where: QWidget, key: Qt.Key) -> None:
        """A key, where the cursor is."""
        self._qtbot.keyClick(where, key)  # type: ignore[no-untyped-call]

    def aside(self, work: Callable[[], T]) -> T:
        """Something done to the file from another thread than the window's."""
        found: list[T] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                found.append(work())
            except BaseException as error:  # noqa: BLE001  it is told on the asking thread
                failed.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        if failed:
            raise failed[0]
        return found[0]


@pytest.fixture
def she(window: Window, qtbot: QtBot) -> Secretary:
    """The secretary at the window."""
    return Secretary(window, qtbot)


@pytest.fixture
def provider() -> Iterator[Office]:
    """Her provider: STARTTLS before any password, and a password that must be right."""
    with office("starttls") as there:
        yield there


def test_from_the_first_start_to_forty_three_personal_letters(
    she: Secretary, provider: Office, tmp_path: Path
) -> None:
    path = tmp_path / "coalition.cosigne"
    first_start(she, path)
    read_the_appeal(she)
    before = register_of(she)
    import_addresses(she, tmp_path)
    publish_and_export(she, tmp_path)
    set_up_the_mailbox(she, provider)
    send_to_everybody(she, provider)
    take_back_what_can_be(she, before)


def first_start(she: Secretary, path: Path) -> None:
    welcome = she.page("welcome")
    she.press(welcome, "Begin")
    welcome.association.setText("Collectif Aube")
    welcome.first_name.setText("Samia")
    welcome.place.setText(str(path))
    she.press(welcome, "Go on")
    assert len(welcome.phrase.text().split()) == 5
    she.press(welcome, "Keep this phrase")
    she.wait(lambda: welcome.made is not None)
    groups = vault.sheet(welcome.made.key)
    for at, field in zip(welcome.sheet.asked, welcome.sheet.typed, strict=True):
        field.setText(groups[at].lower())
    she.press(welcome, "Check")
    she.press(welcome, "An appeal already signed")
    assert she.aside(lambda: vault.kept_key(path)) == welcome.made.key


def read_the_appeal(she: Secretary) -> None:
    reading = she.page("reading")
    reading.read(APPEAL)
    she.wait(lambda: reading.review is not None)
    review = reading.review
    assert review.counts().read == 43
    while review.question() is not None:
        asked = review.counts().questions
        she.key(reading.table, Qt.Key.Key_2)
        assert review.counts().questions == asked - 1
    she.press(reading, "Record 43 signatures")
    she.wait(lambda: she.page("appeal") is not None)
    she.calm()
    assert she.page("appeal").sheet.counts.signed == 43


def import_addresses(she: Secretary, folder: Path) -> None:
    appeal = she.page("appeal")
    with she.window.tasks.db.read() as session:
        rows = session.execute(text("SELECT published_name FROM signature ORDER BY id")).all()
    sheet = folder / "adresses.csv"
    with sheet.open("w", encoding="cp1252", errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Association", "Courriel"])
        for number, (name,) in enumerate(rows):
            writer.writerow([name, f"contact{number:02}@partenaire.example"])
    she.window.go("import", path=sheet)
    page = she.page("import")
    she.wait(lambda: page.sheets)
    she.press(page, "See what would change")
    she.wait(lambda: page.plan is not None)
    while page._question() is not None:
        she.key(page, Qt.Key.Key_1)
    assert not page.plan.new, [each.name for each in page.plan.new]
    she.press(page, "Record")
    she.wait(lambda: page.plan is None)
    assert appeal is not None


def publish_and_export(she: Secretary, folder: Path) -> None:
    appeal = she.page("appeal")
    she.window.go("appeal", appeal_id=appeal.appeal_id)
    she.calm()
    assert "43 names" in appeal.publishing.said.text()
    she.press(appeal, "Copy")
    she.wait(lambda: "<strong>" in _pasted())
    she.calm()
    with she.window.tasks.db.read() as session:
        assert session.scalar(select(func.count(Publication.id))) == 1
    she.window.go("export", what="signatures")
    (dialog,) = she.window.findChildren(Export)
    dialog.write(folder / "signatures.xlsx", "signatures", ["published_name", "since"])
    she.wait(lambda: (folder / "signatures.xlsx").exists())
    she.calm()
    assert len(formats.read(str(folder / "signatures.xlsx")).sheets[0].rows) == 44


def _pasted() -> str:
    """What a word processor would be given."""
    held = QGuiApplication.clipboard().mimeData()
    return held.html() if held is not None else ""


def set_up_the_mailbox(she: Secretary, provider: Office) -> None:
    db = she.window.tasks.db

    def trust() -> None:
        with db.write("My mailbox", kind="final") as session:
            mailings.keep_account(
                session, provider.server.username, sender="Collectif Aube",
                host=provider.server.host, port=provider.server.port, security="starttls",
                trusted_ca=provider.server.trusted_ca, per_hour=1000,
            )  # fmt: skip

    she.aside(trust)
    she.window.go("settings", part="mailbox")
    settings = she.page("settings")
    she.calm()
    settings.box_form.put(password="wrong")
    she.press(settings, "Check and save")
    she.calm()
    settings.box_form.put(password=PASSWORD)
    she.press(settings, "Check and save")
    she.wait(lambda: she.aside(lambda: vault.mail_password(settings.chosen.workspace, 1)))
    assert she.aside(lambda: vault.mail_password(settings.chosen.workspace, 1)) == PASSWORD


def send_to_everybody(she: Secretary, provider: Office) -> None:
    appeal_id = she.page("appeal").appeal_id
    she.window.go("compose", appeal_id=appeal_id, statuses=("signed",), letter="thanks")
    compose = she.page("compose")
    she.wait(lambda: compose.mailing_id and compose.reader.checklist)
    she.calm()
    she.press(compose, "Check and send")
    she.wait(lambda: she.page("check") is not None and she.page("check")._found is not None)
    check = she.page("check")
    she.calm()
    assert check._found.to_fix == ()
    assert len(check._found.choice.recipients) == 43
    she.wait(lambda: she.window.focusWidget() is check.cancel_button)
    she.press(check, "Send 43 messages")
    assert provider.received == []
    check.leave_now()
    she.wait(lambda: len(provider.received) == 43)
    she.wait(lambda: "43 messages delivered" in she.page("progress").said())
    recipients = [address for address, _message in provider.received]
    assert len(set(recipients)) == 43
    read = [message_from_bytes(each, policy=policy.default) for _to, each in provider.received]
    bodies = {_text(message) for message in read}
    assert len(bodies) == 43
    assert all(len(message["To"].addresses) == 1 for message in read)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def take_back_what_can_be(she: Secretary, before: dict[str, list[Any]]) -> None:
    db = she.window.tasks.db
    with db.read() as session:
        acts = {entry.label: entry.id for entry in history.journal(session)}
    imported = next(act for label, act in acts.items() if label.startswith("Import of"))
    read = next(act for label, act in acts.items() if label.endswith("signatures read"))
    with pytest.raises(Refused, match=r"cannot be called back|printed on"):
        she.aside(lambda: finish(db.undo(read)))
    she.aside(lambda: finish(db.undo(imported)))
    assert register_of(she) == before


def register_of(she: Secretary) -> dict[str, list[Any]]:
    with she.window.tasks.db.read() as session:
        return {
            table: [
                tuple(row) for row in session.execute(text(f"SELECT * FROM {table} ORDER BY id"))
            ]
            for table in REGISTER
        }
