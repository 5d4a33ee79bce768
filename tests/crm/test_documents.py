from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.documents import READERS, Document, from_bytes, from_text, read
from crm.errors import Refused, Unreachable

FRENCH = "L’été dernier, déjà là : « œuvre » – l’Équipe où l’on naît"
RUSSIAN = "Союз за свободу, Мемориал и Комитет солдатских матерей"


def lines(text: str) -> list[str]:
    return [line.text for line in from_text("text.md", text).lines]


def only(text: str) -> str:
    return from_text("text.md", text).text


# -- letters --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "utf-16"),
        ("Größe, Straße, Bündnis für Frieden", "cp1252"),
        ("Año, señor, acción, ¿cuándo?", "cp1252"),
        ("Perché no? Libertà, più", "mac_roman"),
    ],
)
def test_letters_come_back_whatever_wrote_them(text: str, encoding: str) -> None:
    assert from_bytes("text.txt", text.encode(encoding)).text == text


def test_line_ends_of_all_systems_are_one() -> None:
    assert from_bytes("text.txt", b"one\r\ntwo\rthree\nfour").text == "one\ntwo\nthree\nfour"


def test_letters_in_two_pieces_become_one_and_invisible_ones_go() -> None:
    assert only("Cafe\u0301 \u200bdes\u00ad amis\u202e") == "Café des amis"


# -- refusals -------------------------------------------------------------------------------


def test_an_unknown_ending_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"Cosigne cannot read “list\.xyz”") as refusal:
        read(str(tmp_path / "list.xyz"))
    assert all(ending in refusal.value.hint for ending in READERS)


@pytest.mark.parametrize("content", [b"", b" \n\n\t ", b"\xef\xbb\xbf", b"---\n***\n"])
def test_an_empty_document_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "empty.md").write_bytes(content)
    with pytest.raises(Refused, match=r"“empty\.md” contains no text"):
        read(str(tmp_path / "empty.md"))


def test_a_picture_called_text_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="does not contain text"):
        from_bytes("photo.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x01" + bytes(range(256)) * 4)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"“gone\.md” could not be opened"):
        read(str(tmp_path / "gone.md"))


def test_a_file_far_too_large_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(30 * 1024 * 1024)
    with pytest.raises(Refused, match="too large"):
        read(str(huge))


# -- what Markdown says ---------------------------------------------------------------------


def test_headings_bold_lines_and_items_are_told_apart() -> None:
    found = from_text(
        "list.md", "# Appeal\n\n### **France**\n\n**Signed:**\n\n- One\n2. Two\n3. Three\n"
    )
    told = [(line.text, line.level, line.bold, line.bullet) for line in found.lines if line.text]
    assert told == [
        ("Appeal", 1, False, ""), ("France", 3, True, ""), ("Signed:", 0, True, ""),
        ("One", 0, False, "-"), ("Two", 0, False, "2."), ("Three", 0, False, "3."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("**Ligue** des *droits* __et__ libertés ~~non~~", "Ligue des droits et libertés"),
        ("3\\*4 \\[a\\] \\#b", "3*4 [a] #b"),
        ("Peuples &amp; Droits &laquo;&nbsp;a&nbsp;&raquo;", "Peuples & Droits «\u00a0a\u00a0»"),
        ("<b>Un</b> <!-- caché -->deux", "Un deux"),
        ("![logo](x.png)Collectif[^1]", "Collectif"),
        ("`code` et snake_case_ici", "code et snake_case_ici"),
        ("Lehrer*innen und Schüler*innen", "Lehrer*innen und Schüler*innen"),
        ("https://a.example/b_c_d*e*f", "https://a.example/b_c_d*e*f"),
        ("**ouvert et jamais fermé", "ouvert et jamais fermé"),
    ],
)
def test_markup_gives_way_to_the_words(marked: str, said: str) -> None:
    assert only(marked) == said


def test_a_link_keeps_its_target_beside_its_words() -> None:
    found = from_text("list.md", "- voir [**Ligue**](https://ligue.example/a_b) et <a@b.example>")
    line = found.lines[0]
    assert line.text == "voir Ligue et <a@b.example>"
    shown = [(found.text[link.start : link.end], link.target) for link in line.links]
    assert shown == [("Ligue", "https://ligue.example/a_b"), ("a@b.example", "mailto:a@b.example")]


def test_a_line_broken_on_purpose_is_told_from_one_that_was_full() -> None:
    found = from_text("list.md", "One  \nTwo\\\nThree<br>Four\nFive")
    assert [(line.text, line.hard) for line in found.lines] == [
        ("One", True), ("Two", True), ("Three", True), ("Four", False), ("Five", False),
    ]  # fmt: skip


def test_a_number_alone_is_a_date_not_an_item() -> None:
    assert lines("3. Mai 2026") == ["3. Mai 2026"]
    assert lines("1. Un\n2. Deux") == ["Un", "Deux"]


def test_a_line_above_a_rule_is_a_heading_only_when_it_stands_alone() -> None:
    alone = from_text("list.md", "Signataires\n===========\n")
    assert alone.lines[0].level == 1
    after = from_text("list.md", "Venez !\nCollectif\n===========\n")
    assert [line.level for line in after.lines] == [0] * len(after.lines)


def test_cells_of_a_table_are_known() -> None:
    found = from_text("list.md", "| Nom | Pays |\n|---|:--:|\n| *Ligue* | France |\n")
    rows = [[found.text[a:b] for a, b in line.cells] for line in found.lines if line.text]
    assert rows == [["Nom", "Pays"], ["Ligue", "France"]]


def test_what_is_quoted_is_known() -> None:
    assert [line.quoted for line in from_text("list.md", "> a\nb").lines] == [True, False]


def test_blocks_are_what_stands_together() -> None:
    blocks = from_text("list.md", "a\nb\n\n\nc").blocks()
    assert [[line.text for line in block] for block in blocks] == [["a", "b"], ["c"]]


@given(st.text(max_size=400))
def test_every_line_is_where_it_says_it_is(text: str) -> None:
    try:
        found = from_text("list.md", text)
    except Refused:
        return
    assert all(found.text[line.start : line.end] == line.text for line in found.lines)
    for line in found.lines:
        assert all(line.start <= link.start <= link.end <= line.end for link in line.links)


@given(st.binary(max_size=300))
def test_no_bytes_whatever_are_a_bug(content: bytes) -> None:
    try:
        assert isinstance(from_bytes("text.txt", content), Document)
    except Refused as refusal:
        assert refusal.message.endswith(".")


@pytest.mark.parametrize(
    "text", ["*" * 40_000, "[" * 40_000, "_a" * 30_000, "| " * 30_000, "<a" * 30_000]
)
def test_hostile_markup_takes_no_time(text: str, within: Callable[[float], None]) -> None:
    from_text("list.md", text + "\nx")
    within(3.0)


@pytest.fixture
def within() -> Callable[[float], None]:
    """Fail when more seconds than this have passed since the test began."""
    from time import perf_counter

    began = perf_counter()

    def check(seconds: float) -> None:
        assert perf_counter() - began < seconds

    return check
