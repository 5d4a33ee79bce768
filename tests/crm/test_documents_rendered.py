"""The look-alikes as LibreOffice, a browser and a mail program render them: the same reading."""

from __future__ import annotations

from pathlib import Path

from crm import documents
from crm.reading import understand
from tests.documents import path_of, reading_of
from tests.rendering import facts, render

LOOK_ALIKES = (
    "countries_fr", "letter_fr", "press_release_fr", "no_list_relay_fr", "no_list_post_fr",
    "press_release_de", "statement_by_country_ru", "table_with_addresses",
    "list_links_to_addresses",
)  # fmt: skip


def test_a_document_says_the_same_in_every_format(tmp_path: Path) -> None:
    rendered = render(tmp_path, {name: path_of(name) for name in LOOK_ALIKES})
    for name, files in rendered.items():
        known = facts(reading_of(name))
        assert len(files) == 7
        for file in files:
            found = facts(understand(documents.read(str(file))))
            assert found == known, file.name
