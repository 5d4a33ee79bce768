"""A workspace on a server, opened, moved and copied home from the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from crm import computer, contacts, history, settings, vault
from crm import db as door
from crm.cipher import salt_of
from crm.db.addresses import warning
from tests.conftest import KEY
from tests.crm.conftest import sql
from tests.postgres import Postgres
from tests.ui.acting import Open, add, calm
from ui.form import Form
from ui.kit import Banner, Button
from ui.opening import Opening
from ui.screens.shared import Shared
from ui.tasks import Tasks, Work
from ui.window import Window


@pytest.fixture
def alone(workspace: Path, qtbot: QtBot) -> Iterator[Window]:
    """A window on a file, with one organisation in it."""
    db = door.open_(workspace, KEY)
    with db.write("Add Ligue Horizon") as session:
        contacts.add_organisation(session, "Ligue Horizon")
    window = Window(Tasks(db))
    qtbot.addWidget(window)
    window.resize(1360, 850)
    window.show()
    yield window
    window.tasks.close()
    window.tasks.db.close()


def fill(page: Shared, url: str, name: str = "Ana") -> None:
    """Paste the whole address, as whoever runs the server sent it."""
    host = page.form.field("host")
    assert isinstance(host, QLineEdit)
    host.setText(url)
    page.form.put(my_name=name)


def names(window: Window) -> list[str]:
    with window.tasks.db.read() as session:
        return [row.name for row in contacts.rows(session, contacts.ids(session))]


def test_a_shared_workspace_is_opened_in_place_of_the_file(
    alone: Window, shared: str, qtbot: QtBot
) -> None:
    alone.go("directory")
    calm(qtbot, alone)
    alone.go("settings", part="advanced")
    alone.go("shared", aim="open")
    page = alone.page("shared")
    fill(page, shared)
    assert page.form.values()["database"] == shared.partition("@/")[2].partition("?")[0]
    page.go_on.click()
    qtbot.waitUntil(lambda: alone.tasks.db.shared, timeout=20_000)
    assert names(alone) == []
    qtbot.waitUntil(lambda: alone.foot._safe.text().startswith("Shared workspace on"))
    assert computer.last_workspace() == alone.tasks.db.place
    assert computer.my_name() == "Ana"
    assert alone.page("shared") is None  # pages about the file are gone


def test_what_else_a_pasted_address_says_is_kept(alone: Window) -> None:
    alone.go("shared", aim="open")
    page = alone.page("shared")
    pasted = "postgresql://ana@base.example:5433/coalition?sslrootcert=/etc/coalition.pem"
    fill(page, pasted)
    assert page.form.values()["host"] == "base.example:5433"
    assert page._call().place == pasted
    page.form.put(database="another")
    assert page._call().place == "postgresql://ana@base.example:5433/another"


def test_the_window_says_who_can_read_it_before_anything_is_opened_or_moved(
    alone: Window, qtbot: QtBot
) -> None:
    for aim in ("open", "move"):
        alone.go("shared", aim=aim)
        page = alone.page("shared")
        qtbot.waitUntil(partial(_warns, page))


def _warns(page: QWidget) -> bool:
    bars = [each.words.text() for each in page.findChildren(Banner) if each.isVisible()]
    return warning() in bars


def test_a_wrong_address_is_said_and_nothing_typed_is_lost(alone: Window, qtbot: QtBot) -> None:
    alone.go("shared", aim="open")
    page = alone.page("shared")
    page.form.put(host="/nowhere", database="base", user="ana", my_name="Ana", password="kept")
    page.go_on.click()
    qtbot.waitUntil(lambda: "does not answer" in page.said(), timeout=20_000)
    assert page.form.values()["password"] == "kept"
    assert page.go_on.isEnabled() and not alone.tasks.db.shared


def test_a_file_moves_to_a_server_and_its_journal_with_it(
    alone: Window, running: Postgres, qtbot: QtBot
) -> None:
    sql(running, "CREATE DATABASE moved_to")
    alone.go("shared", aim="move")
    page = alone.page("shared")
    fill(page, running.url("moved_to"))
    page.go_on.click()
    qtbot.waitUntil(lambda: alone.tasks.db.shared, timeout=30_000)
    assert names(alone) == ["Ligue Horizon"]
    with alone.tasks.db.read() as session:
        assert "Add Ligue Horizon" in [each.label for each in history.journal(session)]


def test_a_move_to_a_place_in_use_is_refused(alone: Window, shared: str, qtbot: QtBot) -> None:
    alone.go("shared", aim="move")
    page = alone.page("shared")
    fill(page, shared)
    page.go_on.click()
    qtbot.waitUntil(lambda: "already something at that place" in page.said(), timeout=30_000)
    assert not alone.tasks.db.shared
    assert page.form.values()["my_name"] == "Ana"


def test_a_shared_workspace_is_copied_to_a_file_of_mine(
    opened: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    ana = opened("Ana")
    add(ana, "Ligue Horizon")
    ana.go("shared", aim="home")
    page = ana.page("shared")
    page.place.setText(str(tmp_path / "home"))
    page.phrase.setText("moulin cerise wagon avril lanterne")
    page.go_on.click()
    path = tmp_path / "home.cosigne"
    qtbot.waitUntil(lambda: path.exists() and not ana.tasks.under_way, timeout=30_000)
    calm(qtbot, ana)
    key = vault.key_from_phrase("moulin cerise wagon avril lanterne", salt_of(path))
    copy = door.open_(path, key)
    with copy.read() as session:
        assert [row.name for row in contacts.rows(session, contacts.ids(session))] == [
            "Ligue Horizon"
        ]
        assert not settings.load(session).sheet_verified  # it has a sheet of its own
    copy.close()
    assert ana.tasks.db.shared  # she goes on where she was


def test_the_workspace_opened_last_opens_by_itself_on_its_server(shared: str, qtbot: QtBot) -> None:
    computer.remember("workspace", shared)
    computer.remember("my_name", "Ana")
    window = Window(Tasks())
    qtbot.addWidget(window)
    opening = Opening(window)
    opening.begin()
    window.show()
    qtbot.waitUntil(lambda: window.tasks.is_open, timeout=20_000)
    assert window.tasks.db.shared and window.tasks.db.who == "Ana"
    calm(qtbot, window)
    window.tasks.close()
    opening.close()


def test_a_server_that_does_not_answer_at_the_start_can_be_tried_again(
    running: Postgres, shared: str, qtbot: QtBot
) -> None:
    gone = shared.replace(str(running.folder), "/nowhere")
    computer.remember("workspace", gone)
    window = Window(Tasks())
    qtbot.addWidget(window)
    opening = Opening(window)
    opening.begin()
    window.show()
    qtbot.waitUntil(
        lambda: (
            window.page("shared") is not None and "does not answer" in window.page("shared").said()
        ),
        timeout=20_000,
    )
    page = window.page("shared")
    page.form.put(host=str(running.folder), my_name="Ana")
    page.go_on.click()
    qtbot.waitUntil(lambda: window.tasks.is_open, timeout=20_000)
    assert window.sidebar.isVisible()
    calm(qtbot, window)
    window.tasks.close()
    opening.close()


def test_only_who_shares_a_workspace_meets_what_sharing_needs(
    alone: Window, opened: Open, qtbot: QtBot
) -> None:
    ana = opened("Ana")
    for window, wanted in ((alone, False), (ana, True)):
        window.go("settings", part="advanced")
        calm(qtbot, window)
        words = [each.text() for each in window.page("settings").findChildren(Button)]
        assert ("Give this part" in words) is wanted
        window.go("settings", part="file")
        calm(qtbot, window)
        words = [each.text() for each in window.page("settings").findChildren(Button)]
        assert ("Back up now" in words) is not wanted


def test_my_name_is_chosen_in_the_settings(opened: Open, qtbot: QtBot) -> None:
    ana = opened("Ana")
    ana.go("settings", part="advanced")
    calm(qtbot, ana)
    page = ana.page("settings")
    form = next(each for each in page.findChildren(Form) if "my_name" in each.labels())
    form.put(my_name="Ana S.")
    next(
        each for each in page.findChildren(Button) if each.text() == "Save" and each.isVisible()
    ).click()
    add(ana, "Ligue Horizon")
    with ana.tasks.db.read() as session:
        assert history.journal(session, 1)[0].who == "Ana S."


def test_a_file_may_be_opened_again_and_there_is_a_way_back(
    opened: Open, alone: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    ana = opened("Ana")
    ana.go("unlock", path=tmp_path / "coalition.cosigne")
    calm(qtbot, ana)
    page = ana.page("unlock")
    (back,) = (each for each in page.findChildren(Button) if each.text() == "Back")
    back.click()
    assert ana.stage.currentWidget() is ana.page("settings")
    assert ana.sidebar.isVisible()


def test_another_workspace_waits_for_what_is_under_way(opened: Open, qtbot: QtBot) -> None:
    ana = opened("Ana")
    work = Work("Sending")
    ana.tasks.under_way.append(work)
    ana.go("shared", aim="open")
    page = ana.page("shared")
    fill(page, ana.tasks.db.place)
    page.go_on.click()
    assert "Sending is still under way" in ana._toast.accessibleName()
    assert page.go_on.isEnabled()
    ana.tasks.under_way.clear()
