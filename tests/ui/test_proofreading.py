"""An appeal proof-read in its window, and what goes on once its list is printed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from crm import appeals, contacts, documents, mailings, proof, publishing
from crm.db import Database, Step
from crm.errors import Refused
from crm.proof import Proof
from tests.ui.conftest import Frame
from tests.ui.test_appeals import labels, press
from ui.context import Context
from ui.screens.after_publication import Around, LateSignatures, rendezvous_link
from ui.screens.proofreading import Proofreading

Put = Callable[..., Any]
TEXT = (
    "Rendez la parole aux jardiniers\n\n2 organisations de deux pays signent cet appel.\n\n"
    "Les organisations signataires :\n\nCollectif Aube claire\nVerein Elbtall"
)


@pytest.fixture
def appeal_id(put: Put) -> int:
    """Two organisations signed; the text spells one of them with a letter too many."""

    def step(session: Session) -> int:
        made = appeals.add(session, "Rendez la parole", language="fr", text=TEXT)
        for name, country in (("Collectif Aube claire", "FR"), ("Verein Elbtal", "DE")):
            body = contacts.add_organisation(session, name, country=country)
            contacts.add_address(session, f"{country}@elb.example", organisation_id=body)
            appeals.sign(session, made, organisation_id=body)
        return made

    return int(put(step))


@pytest.fixture
def page(context: Context, appeal_id: int, qtbot: QtBot) -> Proofreading:
    made = Proofreading(context)
    qtbot.addWidget(made)
    made.resize(1150, 760)
    made.show()
    made.visit(appeal_id)
    qtbot.waitUntil(lambda: bool(made.document.toPlainText()))
    return made


def test_a_slip_is_said_and_shown_in_its_place(page: Proofreading, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    assert page.figure.text() == "1 thing to correct"
    page.rows[0].pressed.emit()
    assert page.document.textCursor().block().text() == "Verein Elbtall"


def test_a_mark_in_the_text_leads_to_its_sentence(page: Proofreading, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    page.document.pressed.emit(1)
    assert page.rows[0].property("look") == "info"


def test_a_remedy_corrects_the_text_and_nothing_is_left_to_say(
    page: Proofreading, db: Database, appeal_id: int, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: len(page.rows) == 1 and page.area.isEnabled())
    press(page, "Keep “Verein Elbtal” everywhere")
    qtbot.waitUntil(lambda: page.clean.isVisible())
    assert page.clean.sentence.text() == "Nothing to correct."
    with db.read() as session:
        assert (appeals.sheet(session, appeal_id).text or "").endswith("Verein Elbtal")


def test_a_document_is_held_against_who_signed(
    page: Proofreading, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "final.md"
    file.write_text(f"{TEXT}\nChorale Zinzolin\n".replace("Elbtall", "Elbtal"), encoding="utf-8")
    page.compare(file)
    qtbot.waitUntil(lambda: page.whose.text() == "final.md")
    said = [each.accessibleName() for each in page.rows]
    assert said == ["“Chorale Zinzolin” is in the list, and has not signed this appeal."]


def test_without_a_text_only_the_list_is_read(page: Proofreading, put: Put, qtbot: QtBot) -> None:
    page.visit(put(appeals.add, "Sans texte"))
    qtbot.waitUntil(lambda: page.no_text.isVisible())
    assert page.clean.isVisible()


def test_a_long_proof_says_how_far_it_is_and_stops(
    page: Proofreading, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One as long as thousands of names, given that it may not end before it was stopped."""
    let_go = threading.Event()

    def looking(*_of: Any) -> Iterator[Step]:
        while not let_go.wait(0.02):
            yield Step(5, 20)

    monkeypatch.setattr(proof, "proofread", looking)
    page.visit(page.appeal_id)
    try:
        qtbot.waitUntil(lambda: page.waiting.detail.text() == "5 of 20 checks done")
        assert not page.desk.isVisible()
        press(page.waiting, "Stop")
        assert page.waiting.sentence.text() == "Stopped."
        qtbot.waitUntil(lambda: not page.context.tasks.under_way)
    finally:
        let_go.set()
    monkeypatch.undo()
    press(page.waiting, "Proof-read from the beginning")
    qtbot.waitUntil(lambda: page.desk.isVisible() and len(page.rows) == 1)


def test_what_stands_there_corrects_nothing_while_the_text_is_read_again(
    page: Proofreading, put: Put, appeal_id: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    let_go = threading.Event()
    really = proof.proofread

    def looking(*of: Any) -> Generator[Step, None, Proof]:
        while not let_go.wait(0.02):
            yield Step(5, 20)
        return (yield from really(*of))

    monkeypatch.setattr(proof, "proofread", looking)
    change = partial(contacts.change, text=f"Chers amis,\n\n{TEXT}")
    put(change, "appeal", appeal_id)
    try:
        qtbot.waitUntil(lambda: page.figure.text() == "5 of 20 checks done")
        assert not page.rows[0].remedies[0].isEnabled()
        assert page.stop_again.isVisible()
    finally:
        let_go.set()
    qtbot.waitUntil(lambda: page.rows[0].remedies[0].isEnabled())
    assert page.document.toPlainText().startswith("Chers amis")


def test_an_appeal_that_is_gone_is_said_and_nothing_waits(page: Proofreading, qtbot: QtBot) -> None:
    page.visit(9_999)
    qtbot.waitUntil(lambda: page.waiting.sentence.text() == "Nothing was proof-read.")


# --- once the list is printed ---------------------------------------------------------------


@pytest.fixture
def bar(context: Context, appeal_id: int, put: Put, qtbot: QtBot) -> LateSignatures:
    """A list was printed, and one more signed since."""

    def late(session: Session) -> None:
        publishing.publish(session, appeal_id, "list", "md")

    def sign(session: Session) -> None:
        body = contacts.add_organisation(session, "Orti Liberi", country="IT")
        appeals.sign(session, appeal_id, organisation_id=body)

    put(late)
    put(sign)
    made = LateSignatures(context)
    qtbot.addWidget(made)
    made.show_appeal(appeal_id, "Rendez la parole")
    qtbot.waitUntil(lambda: made.since is not None)
    return made


def test_who_signed_since_is_told_and_seen(bar: LateSignatures, qtbot: QtBot) -> None:
    assert "1 signature since the list was printed" in bar.since.summary()  # type: ignore[union-attr]
    bar.see()
    (box,) = bar.window().findChildren(QDialog)
    said = labels(box)
    assert "New on the list (1)" in said
    assert "Orti Liberi" in said
    box.reject()


def test_the_list_is_brought_up_to_date_as_it_was_printed(
    bar: LateSignatures, tmp_path: Path, qtbot: QtBot
) -> None:
    bar.save_to(tmp_path / "liste.md")
    qtbot.waitUntil(lambda: (tmp_path / "liste.md").exists() and bar.since is None)
    assert "Orti Liberi" in (tmp_path / "liste.md").read_text(encoding="utf-8")
    assert not bar.isVisible()


def test_a_list_that_could_not_be_written_is_not_up_to_date(
    bar: LateSignatures, db: Database, appeal_id: int, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bar.context.tasks.trouble):
        bar.save_to(tmp_path / "nowhere" / "liste.md")
    qtbot.waitUntil(lambda: not bar.context.tasks.busy)
    with db.read() as session:
        assert len(publishing.publications(session, appeal_id)) == 1
        assert publishing.since(session, appeal_id)


def test_a_list_that_was_copied_is_copied_again_in_words_and_in_bold(
    bar: LateSignatures, appeal_id: int, put: Put, frame: Frame, qtbot: QtBot
) -> None:
    put(lambda session: publishing.publish(session, appeal_id, "list", "html", copied=True))
    put(lambda session: appeals.sign(
        session, appeal_id, organisation_id=contacts.add_organisation(session, "Foyer & Cie")
    ))  # fmt: skip
    bar.renew()
    qtbot.waitUntil(lambda: bar.since is not None and bar.since.added == ("Foyer & Cie",))
    bar.bring_up_to_date()
    qtbot.waitUntil(lambda: bool(frame.said))
    held = QGuiApplication.clipboard().mimeData()
    assert held is not None
    assert held.text().endswith("Orti Liberi ; Foyer & Cie")
    assert "<strong>" in held.html()
    assert '<meta charset="utf-8">' in held.html()


def test_the_proof_goes_to_all_who_signed_with_the_final_text(
    context: Context, appeal_id: int, frame: Frame, db: Database, qtbot: QtBot
) -> None:
    steps = Around(context)
    qtbot.addWidget(steps)
    steps.show_appeal(appeal_id, signed=2)
    steps.check.click()
    qtbot.waitUntil(lambda: bool(frame.went))
    key, what = frame.went[-1]
    assert key == "compose"
    with db.read() as session:
        draft = mailings.look(session, what["mailing_id"])
        body = appeals.rows(session, appeals.signature_ids(session, appeal_id))[0]
        read = mailings.preview(session, draft.id, body.organisation_id or 0)
    assert (draft.where.appeal_id, draft.where.statuses) == (appeal_id, ("signed",))
    assert [name for _id, name, _size in draft.attachments] == ["rendez-la-parole.pdf"]
    assert "Collectif Aube claire" in read.text


def test_the_final_text_holds_the_appeal_and_its_signatories(
    put: Put, db: Database, appeal_id: int
) -> None:
    def step(session: Session) -> None:
        contacts.change(session, "appeal", appeal_id, text="Rendez-leur la parole.")

    put(step)
    with db.read() as session:
        name, content = publishing.final_text(session, appeal_id, "md")
    text = content.decode()
    assert name == "rendez-la-parole.md"
    assert text.index("Rendez-leur la parole.") < text.index("Verein Elbtal")
    assert documents.from_text(name, text).lines[0].text == "Rendez la parole"


def test_a_final_text_that_a_pdf_cannot_hold_is_written_for_word(
    put: Put, db: Database, appeal_id: int
) -> None:
    put(lambda session: appeals.sign(
        session, appeal_id, organisation_id=contacts.add_organisation(session, "لجنة الحدائق")
    ))  # fmt: skip
    with db.read() as session:
        name, content = publishing.final_text(session, appeal_id)
    assert name == "rendez-la-parole.docx"
    assert content.startswith(b"PK")


@pytest.mark.parametrize("protected", ["sensitive", "unnamed", "address", "private"])
def test_a_final_text_that_names_whom_nothing_may_name_goes_to_nobody(
    protected: str, put: Put, db: Database, appeal_id: int
) -> None:
    def step(session: Session) -> None:
        body = contacts.add_organisation(session, "Cercle des Lampes", country="BY")
        mine = "lampes@cercle.example"
        contacts.add_address(session, mine, organisation_id=body, private=protected == "private")
        silent = protected == "unnamed"
        appeals.sign(session, appeal_id, organisation_id=body, unnamed=silent)
        if protected in {"sensitive", "address"}:
            contacts.change(session, "organisation", body, sensitive=True)
        said = "Cercle des lampes" if protected in {"sensitive", "unnamed"} else f"<{mine}>."
        contacts.change(session, "appeal", appeal_id, text=f"{TEXT}\n{said}\n")

    put(step)
    with db.read() as session, pytest.raises(Refused, match="nowhere"):
        publishing.final_text(session, appeal_id)


def test_those_who_signed_are_asked_to_relay_what_is_out(
    context: Context, appeal_id: int, frame: Frame, qtbot: QtBot
) -> None:
    steps = Around(context)
    qtbot.addWidget(steps)
    steps.show_appeal(appeal_id, signed=2)
    steps.relay.click()
    what = {"appeal_id": appeal_id, "statuses": ("signed",), "letter": "published"}
    assert frame.went[-1] == ("compose", what)


def test_an_appeal_nobody_signed_has_nobody_to_write_to(context: Context, qtbot: QtBot) -> None:
    steps = Around(context)
    qtbot.addWidget(steps)
    steps.show_appeal(1, signed=0)
    assert not steps.check.isEnabled()
    assert not steps.relay.isEnabled()


def test_the_rendezvous_is_saved_for_a_calendar(
    page: Proofreading, context: Context, appeal_id: int, put: Put, tmp_path: Path,
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    put(appeals.add_event, appeal_id, date(2026, 9, 20), "14:00", "Port-Clair")
    file = tmp_path / "rendezvous.ics"

    def choose(*args: Any) -> None:
        args[-1](file)

    monkeypatch.setattr(context, "save_file", choose)
    rendezvous_link(context, page, appeal_id, "Rendez la parole").click()
    qtbot.waitUntil(lambda: file.exists() and not context.tasks.busy)
    assert Calendar.from_ical(file.read_bytes()).walk("VEVENT")


def test_a_list_that_cannot_be_written_again_was_not_printed(
    bar: LateSignatures, tmp_path: Path, db: Database, qtbot: QtBot
) -> None:
    with db.read() as session:
        before = publishing.publications(session, bar.appeal_id)
    bar.save_to(tmp_path / "nowhere" / "liste.md")
    qtbot.waitUntil(lambda: not bar.context.tasks.busy)
    with db.read() as session:
        assert publishing.publications(session, bar.appeal_id) == before
