"""What leaves in a sheet: exactly what was said, and nobody in danger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from crm import contacts, formats
from crm.contacts import Filter
from tests import coalition
from tests.ui.conftest import Frame
from ui import trouble
from ui.context import Context
from ui.kit import Dialog, Page
from ui.screens import exports
from ui.screens.exports import Export

Put = Callable[..., Any]


@pytest.fixture
def owner(context: Context, qtbot: QtBot, put: Put) -> Page:
    put(coalition.found)
    page = Page(context, title="Organisations")
    qtbot.addWidget(page)
    page.resize(1150, 700)
    page.show()
    return page


@pytest.fixture
def choosing(
    owner: Page, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Export]:
    """The small window, as `context.go("export", …)` opens it; files go where `place` says."""

    def save(_owner: Any, _title: str, name: str, _kinds: str, then: Callable[..., Any]) -> None:
        then(tmp_path / name)

    monkeypatch.setattr(context, "save_file", save)

    def opened(**what: Any) -> Export:
        exports.export(context, **what)
        found = [each for each in owner.window().findChildren(Export) if each.isVisible()]
        qtbot.waitUntil(lambda: "Counting" not in found[-1].count.text())
        return found[-1]

    return opened


def export_to(box: Export, qtbot: QtBot, path: Path) -> Sequence[Sequence[Any]]:
    """Press the main button; the rows of the file that appears."""
    assert box.main is not None
    box.main.click()
    qtbot.waitUntil(path.exists)
    return formats.read(str(path)).sheets[0].rows


def test_the_number_of_rows_is_said_before_and_is_true(
    choosing: Callable[..., Export], qtbot: QtBot, tmp_path: Path, frame: Frame
) -> None:
    box = choosing(what="organisations")
    assert box.count.text().startswith("29 organisations will be written.")
    rows = export_to(box, qtbot, tmp_path / "Organisations.xlsx")
    assert len(rows) == 1 + 29
    qtbot.waitUntil(lambda: frame.said == ["29 rows in Organisations.xlsx."])


def test_a_sensitive_contact_is_said_to_be_left_out_and_is(
    choosing: Callable[..., Export], qtbot: QtBot, tmp_path: Path, context: Context
) -> None:
    with context.tasks.db.read() as session:
        (hidden,) = contacts.ids(session, Filter(sensitive=True))
        (name,) = [row.name for row in contacts.rows(session, [hidden])]
    box = choosing(what="organisations")
    assert "1 sensitive contact is left out." in box.count.text()
    rows = export_to(box, qtbot, tmp_path / "Organisations.xlsx")
    assert not [row for row in rows if name in row]


def test_only_the_ticked_columns_leave_and_the_choice_is_kept(
    choosing: Callable[..., Export], qtbot: QtBot, tmp_path: Path
) -> None:
    box = choosing(what="organisations")
    box._tick(False)
    box.ticks["name"].setChecked(True)
    box.ticks["country"].setChecked(True)
    rows = export_to(box, qtbot, tmp_path / "Organisations.xlsx")
    assert list(rows[0]) == ["Name", "Country"]
    assert choosing(what="organisations").columns() == ["name", "country"]


def test_without_any_column_there_is_nothing_to_export(choosing: Callable[..., Export]) -> None:
    box = choosing(what="organisations")
    assert box.main is not None
    assert box.main.isEnabled()
    box._tick(False)
    assert not box.main.isEnabled()


def test_only_what_the_filter_shows_leaves(
    choosing: Callable[..., Export], qtbot: QtBot, tmp_path: Path
) -> None:
    box = choosing(what="organisations", ids=[1, 2, 3])
    assert box.count.text() == "3 organisations will be written."
    assert box.narrowed.text() == "Only what your filter shows now."
    assert len(export_to(box, qtbot, tmp_path / "Organisations.xlsx")) == 1 + 3


def test_a_filter_that_shows_nothing_exports_nothing(choosing: Callable[..., Export]) -> None:
    box = choosing(what="organisations", ids=[])
    assert box.count.text() == "There is nothing to write."
    assert box.main is not None
    assert not box.main.isEnabled()


def test_who_signed_what_has_a_column_for_each_appeal(
    choosing: Callable[..., Export], qtbot: QtBot, tmp_path: Path
) -> None:
    box = choosing(what="grid", ids=[1, 2])
    assert not box.ticks
    rows = export_to(box, qtbot, tmp_path / "Who signed what.xlsx")
    assert list(rows[0][:2]) == ["Organisation", "Country"]
    assert len(rows[0]) > 2


def test_the_file_is_named_after_its_format(
    choosing: Callable[..., Export], qtbot: QtBot, tmp_path: Path
) -> None:
    box = choosing(what="organisations", ids=[1, 2])
    box.format.setCurrentIndex(box.format.findData(".csv"))
    box._settle(tmp_path / "Partners Dec. 12", ".csv")
    qtbot.waitUntil((tmp_path / "Partners Dec. 12.csv").exists)


def test_another_file_of_that_name_is_not_lost_without_a_word(
    choosing: Callable[..., Export], tmp_path: Path
) -> None:
    kept = tmp_path / "Partners.xlsx"
    kept.write_bytes(b"hers")
    box = choosing(what="organisations", ids=[1])
    box._settle(tmp_path / "Partners", ".xlsx")
    asked = [each for each in box.window().findChildren(Dialog) if each.isVisible()]
    assert "“Partners.xlsx” is already there. Replace it?" in [
        each.title.text() for each in asked if each is not box
    ]
    assert kept.read_bytes() == b"hers"


def test_a_place_that_cannot_be_written_to_is_said_in_the_small_window(
    choosing: Callable[..., Export], context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    context.tasks.trouble.connect(trouble.show)
    box = choosing(what="organisations", ids=[1])
    box.write(tmp_path / "nowhere" / "Partners.xlsx", "organisations", ["name"])
    qtbot.waitUntil(lambda: "“Partners.xlsx” could not be written." in box.said())
    assert box.isVisible()
