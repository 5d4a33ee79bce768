"""What lists are printed with: an organisation's logo, her own words for countries."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm import appeals, contacts, documents, publishing, reading, settings
from crm.db import Database
from crm.duplicates import KnownNames
from tests.ui.conftest import Frame
from ui.context import Context
from ui.kit import IconButton
from ui.screens.country_words import CountryWords
from ui.screens.logo import LogoBox, LogoMark
from ui.screens.publishing import ListView

Put = Callable[..., Any]


def test_a_logo_is_chosen_seen_and_taken_off_again(
    context: Context, put: Put, db: Database, tmp_path: Path, frame: Frame, qtbot: QtBot
) -> None:
    body = put(contacts.add_organisation, "Ligue Horizon")
    owner = QWidget()
    qtbot.addWidget(owner)
    box = LogoBox(context, owner, body, "Ligue Horizon")
    box.open()
    Image.new("RGB", (900, 300), "red").save(tmp_path / "logo.jpg")
    box.take(tmp_path / "logo.jpg")
    qtbot.waitUntil(lambda: bool(frame.said), timeout=20_000)
    assert box.mark.isVisible()
    with db.read() as session:
        assert contacts.logo(session, body)
    shown = LogoMark(context, body, "Ligue Horizon")
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: not shown.pixmap().isNull())
    (tmp_path / "none.png").write_bytes(b"no picture")
    box.take(tmp_path / "none.png")
    qtbot.waitUntil(lambda: "not a picture" in box.said(), timeout=20_000)
    frame.said.clear()
    box.remove.click()
    qtbot.waitUntil(lambda: bool(frame.said))
    assert not box.mark.isVisible()
    with db.read() as session:
        assert contacts.logo(session, body) is None


def test_the_preview_shows_the_logos_that_stand_in_the_page_and_fetches_nothing(
    qtbot: QtBot,
) -> None:
    made = io.BytesIO()
    Image.new("RGB", (60, 20), "red").save(made, "PNG")
    shown = ListView()
    qtbot.addWidget(shown)
    said = f"data:image/png;base64,{b64encode(made.getvalue()).decode()}"
    assert shown.loadResource(2, QUrl(said)).width() == 60
    for elsewhere in ("https://tracker.example/a.png", "file:///etc/hostname", "a.png"):
        assert shown.loadResource(2, QUrl(elsewhere)) is None


def test_her_own_words_for_a_country_are_kept_printed_and_read(
    context: Context, put: Put, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    card = CountryWords(context)
    qtbot.addWidget(card)
    card.form.put(country="ES", language="fr", words="Terres  d'Espagne")
    card.add()
    qtbot.waitUntil(lambda: bool(frame.said))
    with db.read() as session:
        own = settings.load(session).country_words
    assert own == {"fr": {"ES": "Terres d'Espagne"}}

    def signed(session: Any) -> int:
        made = appeals.add(session, "Appel", language="fr")
        for name, country in (("Vigie", "ES"), ("Moulin Libre", "FR"), ("Encre", "ES")):
            body = contacts.add_organisation(session, name, country=country)
            appeals.sign(session, made, organisation_id=body)
        return made

    made = put(signed)
    with db.read() as session:
        printed = publishing.prepare(session, made, "by-country", "docx")
        known = KnownNames.load(session)
    assert "Terres d'Espagne" in printed.text
    read = reading.understand(documents.from_bytes("list.docx", printed.content))
    lines = reading.Review(reading.in_her_words(read, own), known).lines
    assert [(line.name, line.country) for line in lines] == [
        ("Vigie", "ES"), ("Encre", "ES"), ("Moulin Libre", "FR"),
    ]  # fmt: skip
    card.findChildren(IconButton)[0].click()
    qtbot.waitUntil(lambda: not card.own)
