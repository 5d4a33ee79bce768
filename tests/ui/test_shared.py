"""Several secretaries in their windows: what one writes the other sees, and nobody's is lost."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from crm import contacts, history, mailings, settings
from crm.db import server
from tests.postgres import Postgres
from tests.ui.acting import Open, add, calm, did
from ui.screens.clashing import Clashes
from ui.screens.editor import Editor
from ui.screens.organisation import edit_organisation
from ui.tasks import Tasks
from ui.window import Window


def at(window: Window, organisation_id: int, qtbot: QtBot) -> None:
    """Her directory, at this organisation."""
    window.go("directory", organisation_id=organisation_id)
    calm(qtbot, window)


def shows(window: Window, name: str) -> bool:
    records = window.page("directory").records
    texts = [records.index(row, 0).data() for row in range(records.rowCount())]
    return any(name in str(text) for text in texts)


def test_what_one_writes_the_other_sees_by_itself(opened: Open, qtbot: QtBot) -> None:
    ana, paul = opened("Ana"), opened("Paul")
    first = add(ana, "Ligue Horizon")
    for window in (ana, paul):
        at(window, first, qtbot)
    add(ana, "Foyer Lumière")
    qtbot.waitUntil(lambda: shows(paul, "Foyer Lumière"), timeout=10_000)


def test_undo_in_my_window_is_about_my_own_acts(opened: Open, qtbot: QtBot) -> None:
    ana, paul = opened("Ana"), opened("Paul")
    add(ana, "Ligue Horizon")
    add(paul, "Foyer Lumière")
    qtbot.waitUntil(lambda: "Foyer Lumière" in paul.top.undo.text())
    qtbot.waitUntil(lambda: "Ligue Horizon" in ana.top.undo.text())
    ana.undo()
    calm(qtbot, ana, paul)
    with ana.tasks.db.read() as session:
        left = [row.name for row in contacts.rows(session, contacts.ids(session))]
    assert left == ["Foyer Lumière"]


# --- two at the same record -----------------------------------------------------------------


def editing(window: Window, organisation_id: int, qtbot: QtBot) -> Editor:
    """The record, open to be changed."""
    with window.tasks.db.read() as session:
        sheet = contacts.sheet(session, organisation_id)
    edit_organisation(window.context, window, sheet=sheet)
    (box,) = (each for each in window.findChildren(Editor) if each.isVisible())
    return box


def write(box: Editor, notes: str) -> None:
    field = box.form.field("notes")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText(notes)


def save(box: Editor) -> None:
    assert box.main is not None
    box.main.click()


def notes(window: Window, organisation_id: int) -> str | None:
    with window.tasks.db.read() as session:
        return contacts.sheet(session, organisation_id).notes


def both_write(opened: Open, qtbot: QtBot) -> tuple[Window, int, Editor, Clashes]:
    """Ana saved while Paul was writing about the same thing; now he saves."""
    ana, paul = opened("Ana"), opened("Paul")
    made = add(ana, "Ligue Horizon")
    hers, his = editing(ana, made, qtbot), editing(paul, made, qtbot)
    write(hers, "Met in May.")
    write(his, "Met in June.")
    save(hers)
    qtbot.waitUntil(lambda: notes(ana, made) == "Met in May.")
    save(his)
    qtbot.waitUntil(lambda: bool(his.findChildren(Clashes)))
    (asked,) = his.findChildren(Clashes)
    return paul, made, his, asked


def test_two_who_write_at_once_are_asked_whose_words_stand(opened: Open, qtbot: QtBot) -> None:
    paul, made, _his, asked = both_write(opened, qtbot)
    assert "Ana changed this" in asked.said()
    assert asked.main is not None and not asked.main.isEnabled()  # nothing chosen for him
    assert notes(paul, made) == "Met in May."
    asked.choices["notes"].buttons()[0].click()
    asked.main.click()
    qtbot.waitUntil(lambda: notes(paul, made) == "Met in June.")


def test_the_words_of_the_other_may_stand_too(opened: Open, qtbot: QtBot) -> None:
    paul, made, his, asked = both_write(opened, qtbot)
    asked.choices["notes"].buttons()[1].click()
    his.form.put(kind="union")
    assert asked.main is not None
    asked.main.click()

    def stands() -> tuple[str | None, str | None]:
        with paul.tasks.db.read() as session:
            sheet = contacts.sheet(session, made)
        return sheet.notes, sheet.kind

    qtbot.waitUntil(lambda: stands() == ("Met in May.", "union"))


def test_a_form_saved_unchanged_is_no_act(opened: Open, qtbot: QtBot) -> None:
    ana = opened("Ana")
    made = add(ana, "Ligue Horizon")
    qtbot.waitUntil(lambda: "Ligue Horizon" in ana.top.undo.text())
    box = editing(ana, made, qtbot)
    save(box)
    calm(qtbot, ana)
    with ana.tasks.db.read() as session:
        assert history.journal(session, 1)[0].label == "Add Ligue Horizon"
    assert not ana._toast.isVisible()


def test_leaving_the_question_loses_nothing_of_either(opened: Open, qtbot: QtBot) -> None:
    paul, made, his, asked = both_write(opened, qtbot)
    asked.leave.click()
    field = his.form.field("notes")
    assert isinstance(field, QPlainTextEdit)
    assert his.isVisible() and field.toPlainText() == "Met in June."
    assert notes(paul, made) == "Met in May."


def test_a_letter_two_write_at_once_is_asked_about(opened: Open, qtbot: QtBot) -> None:
    ana, paul = opened("Ana"), opened("Paul")
    mailing = did(
        ana, lambda session: mailings.draft(session, title="May", body="Bonjour."), "New mailing"
    )
    for window in (ana, paul):
        window.go("compose", mailing_id=mailing)
        calm(qtbot, window)
    his = paul.page("compose")
    his._soon.setInterval(60_000)  # typed, and not yet kept
    his.editor.show_source("Bonsoir.", {})
    his.editor.edited.emit()
    did(ana, lambda session: mailings.change(session, mailing, body="Bonjour à vous."), "Letter")
    his.save()
    qtbot.waitUntil(lambda: bool(paul.findChildren(Clashes)))
    (asked,) = paul.findChildren(Clashes)
    asked.choices["body"].buttons()[0].click()
    assert asked.main is not None
    asked.main.click()
    calm(qtbot, paul)

    def body() -> str:
        with paul.tasks.db.read() as session:
            return mailings.look(session, mailing).body

    qtbot.waitUntil(lambda: body().strip() == "Bonsoir.")


def test_words_a_silent_server_did_not_keep_stay_in_the_letter(
    falling: Postgres, qtbot: QtBot
) -> None:
    db = server.call(server.address(falling.url("alone")), None, "Ana")
    with db.write("New mailing") as session:
        mailing = mailings.draft(session, title="May", body="Bonjour.")
    window = Window(Tasks(db))
    qtbot.addWidget(window)
    window.show()
    window.go("compose", mailing_id=mailing)
    calm(qtbot, window)
    page = window.page("compose")
    falling.stop()
    page.editor.show_source("Bonsoir.", {})
    page.editor.edited.emit()
    qtbot.waitUntil(lambda: bool(page.unsaved()), timeout=20_000)
    assert page.unsaved() == "Your letter is not saved yet."
    assert "does not answer" in page.said()
    falling.start()
    page.editor.edited.emit()
    qtbot.waitUntil(lambda: not page.unsaved(), timeout=20_000)
    with db.read() as session:
        assert mailings.look(session, mailing).body.strip() == "Bonsoir."
    calm(qtbot, window)
    window.tasks.close()
    db.close()


def test_settings_that_arrive_never_cover_what_is_being_typed(opened: Open, qtbot: QtBot) -> None:
    ana, paul = opened("Ana"), opened("Paul")
    paul.go("settings", part="association")
    calm(qtbot, paul)
    page = paul.page("settings")
    page.association_form.put(association="Rive")
    did(ana, lambda session: settings.change(session, association="Aube"), "Settings")
    qtbot.waitUntil(lambda: page.chosen.association == "Aube")
    assert page.association_form.values()["association"] == "Rive"
    page._save_association()
    qtbot.waitUntil(lambda: bool(paul.findChildren(Clashes)))


def test_a_mailbox_two_change_at_once_is_asked_about(opened: Open, qtbot: QtBot) -> None:
    ana, paul = opened("Ana"), opened("Paul")
    box: dict[str, Any] = {"sender": "Aube", "host": "127.0.0.1", "port": 1, "per_day": 400}
    made = did(
        ana, lambda session: mailings.keep_account(session, "aube@aube.example", **box), "Mailbox"
    )
    paul.go("settings", part="mailbox")
    calm(qtbot, paul)
    page = paul.page("settings")
    page.box_form.put(per_hour="30", password="typed")
    did(ana, lambda session: mailings.change_account(session, made, per_hour=90), "Mailbox")
    page.check_mailbox()
    qtbot.waitUntil(lambda: bool(paul.findChildren(Clashes)), timeout=20_000)
    (asked,) = paul.findChildren(Clashes)
    asked.choices["per_hour"].buttons()[0].click()
    assert asked.main is not None
    asked.main.click()

    def stands() -> tuple[int, int | None]:
        with paul.tasks.db.read() as session:
            kept = mailings.server_of(session, made)
        return kept.per_hour, kept.per_day

    qtbot.waitUntil(lambda: stands() == (30, 400))
