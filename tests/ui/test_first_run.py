"""The first ten minutes, and the mornings when the file does not open by itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from crm import cipher, computer, contacts, settings, vault
from crm import db as door
from crm.cipher import salt_of
from crm.db import Database
from tests.conftest import KEY
from tests.ui.conftest import Frame
from ui import trouble
from ui.context import Context
from ui.kit import Button
from ui.opening import Opening
from ui.screens import founding
from ui.screens.folio import Folio
from ui.screens.unlock import Unlock
from ui.screens.welcome import Welcome
from ui.tasks import Tasks
from ui.window import Window

PHRASE = "moulin cerise wagon avril lanterne"
SLOWLY = 30_000  # milliseconds: a key takes a second to make, on a machine that has nothing to do


class OpenFrame(Frame):
    """A frame that takes the workspace it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: Database | None = None  # type: ignore[assignment]


@pytest.fixture
def frame() -> OpenFrame:
    return OpenFrame()


@pytest.fixture
def context(frame: OpenFrame, qtbot: QtBot) -> Iterator[Context]:
    """A computer where no workspace is open."""
    tasks = Tasks()
    made = Context(tasks, frame)
    tasks.trouble.connect(trouble.show)
    yield made
    tasks.close()
    if frame.opened is not None:
        frame.opened.close()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[Folio], None]:
    def shown(page: Folio) -> None:
        qtbot.addWidget(page)
        page.resize(1280, 720)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)

    return shown


@pytest.fixture
def welcome(
    context: Context, show: Callable[[Folio], None], qtbot: QtBot, tmp_path: Path
) -> Iterator[Welcome]:
    page = Welcome(context)
    show(page)
    page.kept["place"] = str(tmp_path / "coalition.cosigne")
    page.visit()
    qtbot.waitUntil(lambda: not context.tasks.busy, timeout=SLOWLY)
    yield page
    if page.made is not None:
        page.made.close()


@pytest.fixture
def unlock(context: Context, show: Callable[[Folio], None]) -> Unlock:
    page = Unlock(context)
    show(page)
    return page


@pytest.fixture
def by_phrase(tmp_path: Path) -> Path:
    """A file that opens with PHRASE; nobody keeps its key."""
    path = tmp_path / "mine.cosigne"
    made = door.create(path, vault.new_key(PHRASE))
    with made.write("A new workspace", kind="final") as session:
        settings.found_workspace(session, association="Collectif Aube")
    made.close()
    return path


def said(page: Folio) -> str:
    labels = [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
    return "\n".join([page.said(), *labels])


def press(page: Folio, words: str, qtbot: QtBot) -> None:
    def found() -> list[Button]:
        every = page.findChildren(Button)
        return [each for each in every if each.isVisibleTo(page) and words in each.text()]

    qtbot.waitUntil(lambda: bool(found()) and found()[0].isEnabled(), timeout=SLOWLY)
    found()[0].click()


def until(page: Folio, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: words in said(page), timeout=SLOWLY)


def to_the_phrase(page: Welcome, qtbot: QtBot) -> None:
    press(page, "Begin", qtbot)
    page.association.setText("Collectif Aube")
    page.first_name.setText("Samia")
    press(page, "Go on", qtbot)
    until(page, "Your phrase", qtbot)


def to_the_sheet(page: Welcome, qtbot: QtBot) -> Database:
    to_the_phrase(page, qtbot)
    press(page, "Keep this phrase", qtbot)
    qtbot.waitUntil(lambda: page.made is not None, timeout=SLOWLY)
    assert page.made is not None
    return page.made


# --- the first start ------------------------------------------------------------------------


def test_the_first_words_promise_that_nothing_leaves_unasked(
    welcome: Welcome, qtbot: QtBot
) -> None:
    until(welcome, "Nothing leaves this computer unless you ask.", qtbot)
    words = [each.text() for each in welcome.findChildren(Button) if each.isVisible()]
    assert words == [
        "Begin", "Try with an invented coalition", "I already have a Cosigne file",
        "Advanced",
    ]  # fmt: skip


def test_the_first_pages_can_be_walked_with_return_alone(welcome: Welcome, qtbot: QtBot) -> None:
    def key(what: Qt.Key) -> None:
        where = QApplication.focusWidget()
        assert where is not None
        QTest.keyClick(where, what)

    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    key(Qt.Key.Key_Return)
    until(welcome, "Your association", qtbot)
    QTest.keyClicks(welcome.association, "Collectif Aube")
    QTest.keyClick(welcome.association, Qt.Key.Key_Return)
    until(welcome, "Five words", qtbot)
    QTest.keyClick(welcome.phrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: welcome.made is not None, timeout=SLOWLY)


def test_without_a_name_one_cannot_go_on(welcome: Welcome, qtbot: QtBot) -> None:
    press(welcome, "Begin", qtbot)
    assert not welcome._go_on.isEnabled()
    welcome.association.setText("Collectif Aube")
    assert welcome._go_on.isEnabled()


def test_a_folder_that_is_copied_elsewhere_is_warned_of(welcome: Welcome, qtbot: QtBot) -> None:
    press(welcome, "Begin", qtbot)
    assert not welcome._cloud.isVisibleTo(welcome)
    welcome.place.setText("/home/ana/Nextcloud/coalition.cosigne")
    assert welcome._cloud.isVisibleTo(welcome)
    assert "copied to another computer all day long" in welcome._cloud.text()


def test_a_file_that_stands_there_already_is_never_written_over(
    welcome: Welcome, qtbot: QtBot, tmp_path: Path, frame: OpenFrame
) -> None:
    (tmp_path / "coalition.cosigne").write_bytes(b"hers")
    press(welcome, "Begin", qtbot)
    welcome.association.setText("Collectif Aube")
    press(welcome, "Go on", qtbot)
    until(welcome, "There is already a file of this name.", qtbot)
    press(welcome, "Open it", qtbot)
    assert frame.went == [("unlock", {"path": tmp_path / "coalition.cosigne"})]


def test_a_folder_where_nothing_can_be_written_is_said_and_another_can_be_chosen(
    welcome: Welcome, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_bytes(b"")
    welcome.kept["place"] = str(tmp_path / "a file" / "coalition.cosigne")
    to_the_phrase(welcome, qtbot)
    press(welcome, "Keep this phrase", qtbot)
    qtbot.waitUntil(lambda: "Nothing can be written in" in welcome.said(), timeout=SLOWLY)
    press(welcome, "Back", qtbot)
    assert welcome.association.text() == "Collectif Aube"


def test_a_name_with_a_full_stop_stays_whole() -> None:
    asked = founding.Founding(Path("/x/Collectif St. Denis"), "", "", "")
    assert asked.place == Path("/x/Collectif St. Denis.cosigne")


def test_five_words_are_proposed_and_others_can_be_asked_for(
    welcome: Welcome, qtbot: QtBot
) -> None:
    to_the_phrase(welcome, qtbot)
    first = welcome.phrase.text()
    assert len(first.split()) == 5
    assert welcome.phrase.echoMode() == QLineEdit.EchoMode.Normal
    press(welcome, "Another one", qtbot)
    assert welcome.phrase.text() != first
    press(welcome, "My own", qtbot)
    assert welcome.phrase.text() == ""


def test_a_phrase_too_short_is_refused_without_losing_what_was_typed(
    welcome: Welcome, qtbot: QtBot
) -> None:
    to_the_phrase(welcome, qtbot)
    welcome.phrase.setText("moulin")
    press(welcome, "Keep this phrase", qtbot)
    qtbot.waitUntil(lambda: "too short to protect anybody" in welcome.said(), timeout=SLOWLY)
    assert welcome.phrase.text() == "moulin"
    assert welcome.made is None


def test_without_a_keyring_it_is_said_that_the_phrase_is_asked_for_each_time(
    welcome: Welcome, qtbot: QtBot
) -> None:
    to_the_phrase(welcome, qtbot)
    until(welcome, "Your system cannot keep it; Cosigne will ask for it each time.", qtbot)


def test_with_a_keyring_the_file_opens_by_itself_next_time(
    keyring: None, welcome: Welcome, qtbot: QtBot
) -> None:
    to_the_phrase(welcome, qtbot)
    until(welcome, "Here, Cosigne will open by itself.", qtbot)
    press(welcome, "Keep this phrase", qtbot)
    qtbot.waitUntil(lambda: welcome.made is not None, timeout=SLOWLY)
    assert welcome.made is not None
    assert vault.kept_key(welcome.made.path) == welcome.made.key


def test_whoever_wants_to_be_asked_each_time_leaves_no_key_behind(
    keyring: None, welcome: Welcome, qtbot: QtBot
) -> None:
    to_the_phrase(welcome, qtbot)
    welcome._ask_each_time(True)
    until(welcome, "This computer will not keep it", qtbot)
    press(welcome, "Keep this phrase", qtbot)
    qtbot.waitUntil(lambda: welcome.made is not None, timeout=SLOWLY)
    assert welcome.made is not None
    assert vault.kept_key(welcome.made.path) is None
    with welcome.made.read() as session:
        assert settings.load(session).ask_phrase


def test_the_phrase_is_forgotten_by_the_window_once_the_file_is_made(
    welcome: Welcome, qtbot: QtBot
) -> None:
    to_the_sheet(welcome, qtbot)
    assert welcome.kept["phrase"] == ""


def test_a_start_cut_short_after_the_phrase_finds_the_file_again(
    welcome: Welcome, qtbot: QtBot
) -> None:
    made = to_the_sheet(welcome, qtbot)
    assert computer.last_workspace() == str(made.path)


def test_the_sheet_is_verified_by_two_of_its_groups(welcome: Welcome, qtbot: QtBot) -> None:
    made = to_the_sheet(welcome, qtbot)
    groups = vault.sheet(made.key)
    until(welcome, "Without the phrase or this sheet nobody can open this file again", qtbot)
    welcome.sheet.typed[0].setText("AAAA")
    press(welcome, "Check", qtbot)
    until(welcome, "That is not what the sheet says.", qtbot)
    for at, field in zip(welcome.sheet.asked, welcome.sheet.typed, strict=True):
        field.setText(f" {groups[at].lower()} ")
    press(welcome, "Check", qtbot)
    until(welcome, "What shall we begin with?", qtbot)
    with made.read() as session:
        assert settings.load(session).sheet_verified


def test_the_sheet_may_wait_and_is_then_not_taken_for_verified(
    welcome: Welcome, qtbot: QtBot
) -> None:
    made = to_the_sheet(welcome, qtbot)
    press(welcome, "Later", qtbot)
    until(welcome, "What shall we begin with?", qtbot)
    with made.read() as session:
        assert not settings.load(session).sheet_verified


def test_no_word_of_the_sheet_nor_of_the_phrase_is_left_on_the_disk(
    welcome: Welcome, qtbot: QtBot, tmp_path: Path
) -> None:
    to_the_phrase(welcome, qtbot)
    phrase = welcome.phrase.text()
    press(welcome, "Keep this phrase", qtbot)
    qtbot.waitUntil(lambda: welcome.made is not None, timeout=SLOWLY)
    assert welcome.made is not None
    secrets = [phrase.encode(), *(each.encode() for each in vault.sheet(welcome.made.key)[:2])]
    config = Path(computer._path()).parent
    for path in [*tmp_path.rglob("*"), *config.rglob("*")]:
        if path.is_file() and path.suffix != ".cosigne":
            assert not [each for each in secrets if each in path.read_bytes()], path


@pytest.mark.parametrize(
    ("words", "place"),
    [("My spreadsheet", "import"), ("An appeal already signed", "reading"),
     ("See the home page", "home")],
)  # fmt: skip
def test_she_chooses_what_to_begin_with(
    welcome: Welcome, qtbot: QtBot, frame: OpenFrame, words: str, place: str
) -> None:
    made = to_the_sheet(welcome, qtbot)
    press(welcome, "Later", qtbot)
    press(welcome, words, qtbot)
    assert frame.opened is made
    assert frame.went == [(place, {})]


def test_an_invented_coalition_needs_no_phrase_and_says_that_it_is_invented(
    keyring: None, welcome: Welcome, qtbot: QtBot, frame: OpenFrame
) -> None:
    press(welcome, "Try with an invented coalition", qtbot)
    qtbot.waitUntil(lambda: frame.opened is not None, timeout=60_000)
    assert frame.opened is not None
    with frame.opened.read() as session:
        assert settings.load(session).invented
        assert contacts.counts(session).organisations > 10
    assert vault.kept_key(frame.opened.path) == frame.opened.key


def test_without_a_keyring_the_phrase_of_the_invented_coalition_is_shown(
    welcome: Welcome, qtbot: QtBot, frame: OpenFrame
) -> None:
    press(welcome, "Try with an invented coalition", qtbot)
    qtbot.waitUntil(lambda: "is ready" in said(welcome), timeout=60_000)
    (phrase,) = [each.text() for each in welcome.findChildren(QLabel)
                 if each.isVisible() and len(each.text().split()) == 5
                 and each.property("look") == "lead"]  # fmt: skip
    press(welcome, "Open it", qtbot)
    assert frame.opened is not None
    path = frame.opened.path
    assert vault.key_from_phrase(phrase, salt_of(path)) == frame.opened.key


def test_a_file_that_is_not_at_its_place_is_looked_for_again(
    context: Context, show: Callable[[Folio], None], qtbot: QtBot, frame: OpenFrame,
    tmp_path: Path, workspace: Path,
) -> None:  # fmt: skip
    away = tmp_path / "key" / "coalition.cosigne"
    computer.remember("workspace", str(away))
    page = Welcome(context)
    show(page)
    page.visit()
    until(page, "The file opened last is not at its place.", qtbot)
    press(page, "Look again", qtbot)
    assert frame.went == []
    away.parent.mkdir()
    shutil.copy(workspace, away)
    press(page, "Look again", qtbot)
    assert frame.went == [("unlock", {"path": away})]


# --- a file that does not open by itself ----------------------------------------------------


def test_a_wrong_phrase_is_said_and_the_right_one_opens(
    unlock: Unlock, by_phrase: Path, qtbot: QtBot, frame: OpenFrame
) -> None:
    unlock.visit(path=by_phrase)
    qtbot.waitUntil(unlock.button.isVisible)
    unlock.phrase.setText("another phrase altogether")
    QTest.keyClick(unlock.phrase, Qt.Key.Key_Return)
    until(unlock, "This is not that phrase. Your data are untouched.", qtbot)
    unlock.phrase.setText(PHRASE.upper() + " ")
    QTest.keyClick(unlock.phrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: frame.opened is not None, timeout=SLOWLY)
    assert unlock.phrase.text() == ""


def test_another_computer_keeps_the_key_only_when_it_is_told_to(
    keyring: None, unlock: Unlock, by_phrase: Path, qtbot: QtBot, frame: OpenFrame
) -> None:
    unlock.visit(path=by_phrase)
    qtbot.waitUntil(unlock.keep.isVisible, timeout=SLOWLY)
    assert not unlock.keep.isChecked()
    unlock.keep.setChecked(True)
    unlock.phrase.setText(PHRASE)
    unlock.button.click()
    qtbot.waitUntil(lambda: frame.opened is not None, timeout=SLOWLY)
    assert vault.kept_key(by_phrase) is not None


def test_a_file_whose_key_this_computer_keeps_is_opened_without_asking(
    keyring: None, unlock: Unlock, workspace: Path, qtbot: QtBot, frame: OpenFrame
) -> None:
    assert vault.keep_key(KEY)
    unlock.visit(path=workspace)
    qtbot.waitUntil(lambda: frame.opened is not None, timeout=SLOWLY)


def test_the_recovery_sheet_opens_the_file_where_the_phrase_is_lost(
    context: Context, show: Callable[[Folio], None], by_phrase: Path, qtbot: QtBot,
    frame: OpenFrame,
) -> None:  # fmt: skip
    groups = vault.sheet(vault.key_from_phrase(PHRASE, salt_of(by_phrase)))
    page = Welcome(context)
    show(page)
    page.visit(sheet=by_phrase)
    (typed,) = page.findChildren(QLineEdit)
    typed.setText(" ".join(groups[:-1]))
    press(page, "Open", qtbot)
    until(page, "This is not what a recovery sheet says", qtbot)
    typed.setText(" ".join(groups).lower())
    press(page, "Open", qtbot)
    qtbot.waitUntil(lambda: frame.opened is not None, timeout=SLOWLY)


def test_a_second_start_says_where_the_file_is_open_and_can_try_again(
    keyring: None, by_phrase: Path, qtbot: QtBot
) -> None:
    key = vault.key_from_phrase(PHRASE, salt_of(by_phrase))
    assert vault.keep_key(key)
    computer.remember("workspace", str(by_phrase))
    first = door.open_(by_phrase, key)
    window = Window(Tasks())
    qtbot.addWidget(window)
    window.show()
    Opening(window).begin()
    qtbot.waitUntil(lambda: window.page("unlock") is not None, timeout=SLOWLY)
    page: Unlock = window.page("unlock")
    until(page, "already open in another Cosigne window", qtbot)
    assert not page.findChildren(QLineEdit) or not page.phrase.isVisible()
    first.close()
    press(page, "Try again", qtbot)
    qtbot.waitUntil(lambda: window.tasks.is_open, timeout=SLOWLY)
    window.tasks.close()
    window.tasks.db.close()


@pytest.fixture
def damaged(by_phrase: Path) -> Path:
    """A file with one backup, then cut in the middle of a page."""
    opened = door.open_(by_phrase, vault.key_from_phrase(PHRASE, salt_of(by_phrase)))
    with opened.write("Add") as session:
        contacts.add_organisation(session, "Ligue Horizon")
    opened.back_up()
    opened.close()
    with by_phrase.open("rb+") as file:
        file.truncate(by_phrase.stat().st_size - 1000)
    return by_phrase


def holds(opened: Database | None) -> list[Any]:
    assert opened is not None
    with opened.read() as session:
        return [row.name for row in contacts.rows(session, contacts.ids(session))]


def test_a_damaged_file_is_taken_from_its_newest_backup(
    unlock: Unlock, damaged: Path, qtbot: QtBot, frame: OpenFrame
) -> None:
    unlock.visit(path=damaged)
    until(unlock, "The newest backup is of", qtbot)
    press(unlock, "Go back to that backup", qtbot)
    until(unlock, "Your phrase, please", qtbot)
    unlock.phrase.setText("another phrase altogether")
    press(unlock, "Go back to that backup", qtbot)
    until(unlock, "This is not that phrase", qtbot)
    unlock.phrase.setText(PHRASE)
    press(unlock, "Go back to that backup", qtbot)
    qtbot.waitUntil(lambda: frame.opened is not None, timeout=SLOWLY)
    assert holds(frame.opened) == ["Ligue Horizon"]
    kept = [each for each in door.backups(damaged) if "before restore" in each.stem]
    assert len(kept) == 1
    assert founding.newest_backup(damaged) not in kept


def test_with_the_key_kept_here_going_back_to_the_backup_asks_for_no_phrase(
    keyring: None, unlock: Unlock, damaged: Path, qtbot: QtBot, frame: OpenFrame
) -> None:
    backup = founding.newest_backup(damaged)
    assert backup is not None
    assert vault.keep_key(vault.key_from_phrase(PHRASE, salt_of(backup)))
    unlock.visit(path=damaged)
    press(unlock, "Go back to that backup", qtbot)
    qtbot.waitUntil(lambda: frame.opened is not None, timeout=SLOWLY)
    assert holds(frame.opened) == ["Ligue Horizon"]


def test_the_right_phrase_on_a_file_whose_first_page_is_broken_is_not_called_wrong_for_long(
    unlock: Unlock, by_phrase: Path, qtbot: QtBot
) -> None:
    opened = door.open_(by_phrase, vault.key_from_phrase(PHRASE, salt_of(by_phrase)))
    opened.back_up()
    opened.close()
    with by_phrase.open("rb+") as file:
        file.seek(64)
        file.write(bytes(512))
    unlock.visit(path=by_phrase)
    unlock.phrase.setText(PHRASE)
    unlock.button.click()
    until(unlock, "Your phrase is the right one: it opens the backup.", qtbot)


def test_a_damaged_file_without_backup_says_so(
    unlock: Unlock, workspace: Path, qtbot: QtBot
) -> None:
    with workspace.open("rb+") as file:
        file.truncate(cipher.PAGE + 10)
    unlock.visit(path=workspace)
    until(unlock, "There is no backup beside it.", qtbot)


def test_a_file_from_a_later_version_is_not_touched_and_says_so(
    keyring: None, unlock: Unlock, workspace: Path, qtbot: QtBot
) -> None:
    connection = cipher.connect(workspace, KEY)
    connection.execute("UPDATE alembic_version SET version_num = 'later'")
    connection.close()
    assert vault.keep_key(KEY)
    unlock.visit(path=workspace)
    until(unlock, "made by a later version of Cosigne. It was not touched.", qtbot)
