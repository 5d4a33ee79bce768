"""Lists of any length: read as they are seen, sorted, copied, never wider than their page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm.schema import Appeal
from ui import look
from ui.kit import EmptyState, TwoLines, Words
from ui.kit.states import State
from ui.table import PAGE, Column, Records, Table
from ui.tasks import Tasks

COLUMNS = (
    Column("Title", "title", "strong", grow=3, sort="title"),
    Column("Place", "place", "dim", spare=1),
    Column("Answer", "place", "pill", state=lambda row: State("good", "signed")),
)


@dataclass(frozen=True)
class Row:
    id: int
    title: str
    place: str = ""
    sensitive: bool = False


def many(session: Session, count: int) -> None:
    now = datetime.now(UTC)
    rows = [
        {"title": f"Appeal {n:05}", "folded": "", "created_at": now} for n in range(1, count + 1)
    ]
    session.execute(insert(Appeal), rows)


def rows_of(session: Session, ids: list[int]) -> Iterable[Any]:
    return session.execute(select(Appeal.id, Appeal.title, Appeal.place).where(Appeal.id.in_(ids)))


@pytest.fixture
def shown(qtbot: QtBot, tasks: Tasks) -> Callable[..., Table]:
    def make(records: Records, **more: Any) -> Table:
        table = Table(records, **more)
        qtbot.addWidget(table)
        table.resize(700, 400)
        table.show()
        return table

    return make


@pytest.fixture
def few(tasks: Tasks) -> Records:
    records = Records(tasks, None, COLUMNS)
    records.show_rows([Row(3, "Gamma", "Paris"), Row(1, "Alpha"), Row(2, "Beta", "Lyon", True)])
    return records


def text(table: Table, row: int, column: int = 0) -> str:
    return str(table.records.index(row, column).data())


def test_a_list_of_a_hundred_thousand_reads_only_what_is_seen(
    tasks: Tasks, put: Callable[..., Any], shown: Callable[..., Table], qtbot: QtBot
) -> None:
    put(many, 2000)
    asked: list[int] = []

    def counting(session: Session, ids: list[int]) -> Iterable[Any]:
        asked.extend(ids)
        return rows_of(session, ids)

    records = Records(tasks, counting, COLUMNS)
    table = shown(records)
    records.show(range(1, 2001))
    qtbot.waitUntil(lambda: text(table, 0) == "Appeal 00001")
    both = set(range(1, 2 * PAGE + 1))  # the page seen, and the next one
    qtbot.waitUntil(lambda: set(asked) == both)
    table.scrollToBottom()
    qtbot.waitUntil(lambda: text(table, 1999) == "Appeal 02000")
    assert len(asked) <= 5 * PAGE


def test_the_model_keeps_qts_rules(
    tasks: Tasks, put: Callable[..., Any], few: Records, qtbot: QtBot
) -> None:
    QAbstractItemModelTester(few, QAbstractItemModelTester.FailureReportingMode.Fatal)
    few.sort_rows("title", descending=True)


def test_what_changed_is_read_again_and_the_cursor_stays(
    tasks: Tasks, put: Callable[..., Any], shown: Callable[..., Table], qtbot: QtBot
) -> None:
    put(many, 300)
    records = Records(tasks, rows_of, COLUMNS)
    table = shown(records)
    records.show(range(1, 301))
    table.select(42)

    def rename(session: Session) -> None:
        appeal = session.get(Appeal, 42)
        assert appeal is not None
        appeal.title = "Renamed"

    put(rename)
    records.forget()
    qtbot.waitUntil(lambda: text(table, 41) == "Renamed")
    assert table.current_id() == 42
    records.show(range(40, 301))
    assert table.current_id() == 42


def test_a_record_that_went_away_says_that_nothing_is_chosen(
    tasks: Tasks, few: Records, shown: Callable[..., Table]
) -> None:
    table = shown(few)
    chosen: list[int] = []
    table.select(2)
    table.chosen.connect(chosen.append)
    few.show_rows([Row(1, "Alpha")])
    assert chosen[-1] == 0


def test_rows_at_hand_are_sorted_by_pressing_their_header(
    few: Records, shown: Callable[..., Table]
) -> None:
    table = shown(few)
    asked: list[tuple[str, bool]] = []
    table.sorted.connect(lambda key, down: asked.append((key, down)))
    table.horizontalHeader().sectionClicked.emit(0)
    assert [text(table, n) for n in range(3)] == ["Alpha", "Beta", "Gamma"]
    table.horizontalHeader().sectionClicked.emit(0)
    assert [text(table, n) for n in range(3)] == ["Gamma", "Beta", "Alpha"]
    table.horizontalHeader().sectionClicked.emit(1)
    assert asked == [("title", False), ("title", True)]


def test_rows_are_copied_as_a_sheet_takes_them_and_the_sensitive_ones_stay(
    few: Records, shown: Callable[..., Table], qtbot: QtBot
) -> None:
    table = shown(few)
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Gamma\tParis\t✓ signed\nAlpha\t\t✓ signed"


def test_enter_opens_the_record(few: Records, shown: Callable[..., Table], qtbot: QtBot) -> None:
    table = shown(few)
    table.select(1)
    with qtbot.waitSignal(table.opened) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [1]


@pytest.mark.parametrize("width", [200, 500, 1300])
def test_columns_fit_their_page(few: Records, shown: Callable[..., Table], width: int) -> None:
    table = shown(few)
    table.resize(width, 300)
    widths = [table.columnWidth(n) for n in range(3) if not table.isColumnHidden(n)]
    assert sum(widths) == table.viewport().width()
    assert not table.isColumnHidden(0)
    assert table.isColumnHidden(1) == (width == 200)


def test_a_column_made_wider_takes_from_the_next_ones_and_is_remembered(
    tasks: Tasks, few: Records, shown: Callable[..., Table], qtbot: QtBot
) -> None:
    table = shown(few, name="appeals")
    table.horizontalHeader().resizeSection(0, 400)
    assert sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()
    assert table.columnWidth(0) == 400
    table.keep_widths()
    again = shown(few, name="appeals")
    assert abs(again.columnWidth(0) - 400) <= 2


def test_an_empty_list_says_what_can_be_done(
    tasks: Tasks, few: Records, shown: Callable[..., Table]
) -> None:
    empty = EmptyState("Your directory is empty.")
    table = shown(few, empty=empty)
    assert not empty.isVisible()
    few.show_rows([])
    assert empty.isVisible()
    assert isinstance(empty.sentence, Words) and table.records.loaded


def test_letters_typed_on_a_list_go_to_its_search(
    few: Records, shown: Callable[..., Table], qtbot: QtBot
) -> None:
    table = shown(few)
    with qtbot.waitSignal(table.typed) as told:
        QTest.keyClick(table, Qt.Key.Key_S)
    assert told.args == ["s"]


def test_names_are_never_cut_inside_an_acronym() -> None:
    from PySide6.QtGui import QTextLayout

    from ui.kit.words import two_lines

    name = "Syndicat régional des jardinières et jardiniers des écoles publiques SYREJEP"
    for width in range(80, 500, 7):
        lines = two_lines(name, QTextLayout(), width)
        assert len(lines) <= 2
        assert ("SYREJEP" in "".join(lines)) or "SYN" not in "".join(lines)


def test_rows_grow_with_the_letters(few: Records, shown: Callable[..., Table]) -> None:
    from PySide6.QtWidgets import QApplication

    table = shown(few)
    before = table.rowHeight(0)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.dress(app, theme="light", zoom=1.5)
    try:
        assert table.rowHeight(0) >= before * 1.35
    finally:
        look.dress(app, theme="light", zoom=1.0)


def test_a_column_where_nothing_is_said_leaves_its_room_to_the_others(
    tasks: Tasks, shown: Callable[..., Table]
) -> None:
    columns = (COLUMNS[0], Column("Why", "place", vanishes=True))
    records = Records(tasks, None, columns)
    table = shown(records)
    records.show_rows([Row(1, "Ligue Horizon"), Row(2, "Foyer Lumière")])
    assert table.isColumnHidden(1)
    assert table.columnWidth(0) == table.viewport().width()
    records.show_rows([Row(1, "Ligue Horizon"), Row(2, "Foyer Lumière", "another country")])
    assert not table.isColumnHidden(1)


def test_a_column_filled_in_the_workspace_stays(
    tasks: Tasks, shown: Callable[..., Table], put: Callable[..., Any], qtbot: QtBot
) -> None:
    put(many, 3)
    records = Records(tasks, rows_of, (COLUMNS[0], Column("Place", "place", vanishes=True)))
    table = shown(records)
    records.show([1, 2, 3])
    qtbot.waitUntil(lambda: table.isColumnHidden(1))
    put(lambda session: session.execute(update(Appeal).values(place="Paris")))
    records.forget()
    table.viewport().update()
    qtbot.waitUntil(lambda: not table.isColumnHidden(1))


def test_a_name_that_looks_like_markup_is_said_as_it_is(qtbot: QtBot) -> None:
    name = 'Ligue <img src="//server.example/a.png"> Horizon'
    shown = TwoLines(name)
    qtbot.addWidget(shown)
    told = QTextDocument()
    told.setHtml(shown.toolTip())
    assert told.toPlainText() == name
