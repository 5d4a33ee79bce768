"""French is complete: every sentence, with its fields and its spaces."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from crm import language

HOUSE = Path(__file__).parent.parent
CATALOGUE = language.CATALOGUES / "fr" / "LC_MESSAGES" / "cosigne.po"
KEYWORDS: dict[str, Any] = {"_": None, "_m": None, "marked": None, "n_": (1, 2), "speak": (2,)}


def extracted() -> Iterator[tuple[str, Any]]:
    """Every sentence of the source: (file, msgid)."""
    for folder in ("crm", "ui"):
        found = extract_from_dir(HOUSE / folder, [("**.py", "python")], keywords=KEYWORDS)
        for name, _line, sentence, _comments, _context in found:
            yield name, sentence
    for _line, sentence, _comments, _context in extract_from_file(
        "python", HOUSE / "main.py", keywords=KEYWORDS
    ):
        yield "main.py", sentence


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The French as it is written."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr")


def said(message: Message) -> list[str]:
    """The forms of one translation."""
    whole: Any = message.string
    return list(whole) if isinstance(whole, tuple | list) else [whole]


def asked(message: Message) -> list[str]:
    """The forms of what it translates."""
    whole: Any = message.id
    return list(whole) if isinstance(whole, tuple | list) else [whole]


def french(catalogue: Catalog) -> Iterator[str]:
    """Every sentence as it is read in French."""
    for message in catalogue:
        if message.id:
            yield from said(message)


def test_every_sentence_is_in_french(catalogue: Catalog) -> None:
    missing = []
    for name, sentence in extracted():
        key = sentence[0] if isinstance(sentence, tuple) else sentence
        found = catalogue.get(key)
        whole = found is not None and all(said(found))
        if whole and isinstance(sentence, tuple):
            whole = found is not None and len(said(found)) == 2
        if not whole:
            missing.append((name, sentence))
    assert missing == []


def test_no_sentence_hides_inside_another_where_it_cannot_be_found() -> None:
    hidden = [
        (path.name, node.lineno)
        for folder in ("crm", "ui")
        for path in sorted((HOUSE / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr) and any(map(is_sentence, ast.walk(node)))
    ]
    assert hidden == []


def is_sentence(node: ast.AST) -> bool:
    """Whether this is a call that marks a sentence written in place."""
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
    return called in KEYWORDS and isinstance(getattr(node, "args", [None])[0], ast.Constant)


def test_what_the_program_loads_is_what_is_written(catalogue: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        loaded = gettext.GNUTranslations(file)
    for message in catalogue:
        if len(asked(message)) == 2:
            one, many = asked(message)
            assert loaded.ngettext(one, many, 1) == said(message)[0]
            assert loaded.ngettext(one, many, 2) == said(message)[1]
        elif message.id:
            assert loaded.gettext(asked(message)[0]) == said(message)[0]


def test_no_field_is_lost_or_invented(catalogue: Catalog) -> None:
    for message in catalogue:
        for form in said(message) if message.id else []:
            wanted, found = fields(asked(message)[-1]), fields(form)
            # "See the one" may do without its figure; no form may have a field of its own.
            assert found <= wanted, form
            assert found == wanted or len(asked(message)) == 2, form


def fields(sentence: str) -> set[str]:
    """What stands between braces."""
    return set(re.findall(r"\{[^}]*\}", sentence))


def test_french_signs_stand_apart_by_a_space_that_does_not_break(catalogue: Catalog) -> None:
    for form in french(catalogue):
        plain = re.sub(r"https?://|--\w+|\d+:\d+|\w+://|\{[^}]*:[^}]*\}", "", form)
        assert not re.search(r"(?<![\u00a0\u202f;:?!])[;:?!»](?!\w)", plain), form
        assert not re.search(r"\w[;?!»]|«(?![\u00a0\u202f])", plain), form


def test_french_quotes_and_apostrophes_are_french(catalogue: Catalog) -> None:
    for form in french(catalogue):
        assert not re.search(r"[“”’]", form), form
        assert "..." not in form, form
        # What is typed in a terminal keeps its straight quotes: {"countries": ["FR"]}.
        assert '"' not in re.sub(r"\{\".*\}", "", form), form


def test_the_window_counts_as_french_does() -> None:
    language.use("fr")
    assert language.n_("{n} signature", "{n} signatures", 0) == "0 signature"
    assert language.n_("{n} signature", "{n} signatures", 1284) == "1\u202f284 signatures"
