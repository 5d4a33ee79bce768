"""Writing a letter: not a word is lost, and nobody is chosen by accident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from crm import letters, mailings
from crm.contacts import NOBODY, Filter
from crm.db import Database
from tests.crm.test_mailings import drafted, partners
from tests.ui.test_check import without_guard
from ui.kit import Chip, Dialog
from ui.screens.compose import Compose
from ui.window import Window


@pytest.fixture
def drafts(window: Window, db: Database, qtbot: QtBot) -> list[int]:
    """Two drafts, the first to two organisations by hand."""
    qtbot.waitUntil(lambda: not window.tasks.busy)

    def write() -> list[int]:
        partners(db, 4)
        return [drafted(db, Filter(organisations=(1, 2), countries=("FR",))), drafted(db)]

    return list(without_guard(write))


@pytest.fixture
def page(window: Window, drafts: list[int], qtbot: QtBot) -> Compose:
    return shown(window, drafts[0], qtbot)


def shown(window: Window, mailing_id: int, qtbot: QtBot) -> Compose:
    window.go("compose", mailing_id=mailing_id)
    made: Compose = window.page("compose")
    qtbot.waitUntil(lambda: made._draft is not None and made._draft.id == mailing_id)
    qtbot.waitUntil(lambda: not window.tasks.busy)
    return made


def body(db: Database, mailing_id: int) -> str:
    with db.read() as session:
        return mailings.look(session, mailing_id).body


def kept(db: Database, mailing_id: int, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: words in body(db, mailing_id))


def type_words(page: Compose, words: str) -> None:
    page.editor.setFocus()
    QTest.keyClicks(page.editor.text, words)
    assert page._soon.isActive()


LEAVINGS: list[Callable[[Window, Compose, list[int]], object]] = [
    lambda window, page, drafts: page._choose(Filter(countries=("FR",))),
    lambda window, page, drafts: window.go("compose", mailing_id=drafts[1]),
    lambda window, page, drafts: window.go("home"),
    lambda window, page, drafts: window.close(),
]


@pytest.mark.parametrize("leave", LEAVINGS, ids=["recipients", "another draft", "home", "close"])
def test_what_was_just_typed_is_kept_wherever_she_goes(
    window: Window, page: Compose, db: Database, drafts: list[int], qtbot: QtBot,
    leave: Callable[[Window, Compose, list[int]], Any],
) -> None:  # fmt: skip
    other = body(db, drafts[1])
    type_words(page, "Rivers")
    leave(window, page, drafts)
    kept(db, drafts[0], "Rivers", qtbot)
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert body(db, drafts[1]) == other


def test_taking_one_condition_off_keeps_the_others(
    page: Compose, db: Database, drafts: list[int], qtbot: QtBot
) -> None:
    chips = page.findChildren(Chip)
    assert [each.text for each in chips][:2] == ["France", "Comité 1, Comité 2"]
    chips[0].removed.emit()
    qtbot.waitUntil(lambda: where(db, drafts[0]) == Filter(organisations=(1, 2)))
    qtbot.waitUntil(lambda: len(live_chips(page)) == 1)
    live_chips(page)[0].removed.emit()
    qtbot.waitUntil(lambda: where(db, drafts[0]) == NOBODY)
    qtbot.waitUntil(lambda: [each.text for each in live_chips(page)] == ["Nobody chosen yet"])
    with db.read() as session:
        found = mailings.check(session, drafts[0])
    assert not found.ready
    assert found.choice.chosen == 0


def live_chips(page: Compose) -> list[Chip]:
    items = [page._to.itemAt(place) for place in range(page._to.count())]
    return [w for each in items if each and isinstance(w := each.widget(), Chip)]


def where(db: Database, mailing_id: int) -> Filter:
    with db.read() as session:
        return mailings.look(session, mailing_id).where


def test_a_letter_of_ones_own_is_not_replaced_without_asking_and_undo_brings_it_back(
    window: Window, page: Compose, db: Database, drafts: list[int], qtbot: QtBot
) -> None:
    before = body(db, drafts[0])
    ready = letters.ready_letters("en")[0]
    page._use(ready)
    box = next(each for each in window.findChildren(Dialog) if each.isVisible())
    next(b for b in box.findChildren(QPushButton) if b.text() == "Replace it").click()
    kept(db, drafts[0], ready.body.strip()[:30], qtbot)
    qtbot.waitUntil(lambda: page.editor.source().split() == ready.body.split())
    window.undo()
    qtbot.waitUntil(lambda: body(db, drafts[0]) == before)
    qtbot.waitUntil(lambda: page.editor.source().split() == before.split())
