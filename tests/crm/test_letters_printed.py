"""A hundred letters as files, read back: to each the own name and greeting, nobody else's."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
import pytest
from odfdo import Document
from sqlalchemy import func, select

from crm import addressees, publishing
from crm.db import Database
from crm.errors import Refused, Unreachable
from crm.schema import Act, Publication
from tests.crm.test_addressees import JULY, ODD, appeal, letter, mayor

__all__ = ["appeal"]

PEOPLE = [(f"Madame Odile Nº{n:03}", f"Madame la Maire {n:03},") for n in range(100 - len(ODD))]
PEOPLE += [(name, f"{name},") for name in ODD]


def in_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    return "\n".join(part.text for part in document.paragraphs)


def in_odt(content: bytes) -> str:
    return str(Document(io.BytesIO(content)).body.inner_text)


def in_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    pages = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    document.close()
    return "\n".join(pages)


READ: dict[str, Callable[[bytes], str]] = {"docx": in_docx, "odt": in_odt, "pdf": in_pdf}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def save(db: Database, letter_id: int, ids: list[int], to: str, where: Path) -> tuple[Path, ...]:
    walk = addressees.save(db, letter_id, ids, to, where)
    while True:
        try:
            next(walk)
        except StopIteration as end:
            return tuple(end.value.paths)


@pytest.fixture
def people(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    """A hundred in a file; on a server, which prints nothing itself, the last of them."""
    on_server = "server" in request.node.callspec.params.values()
    return PEOPLE[-12:] if on_server else PEOPLE


@pytest.fixture
def hundred(db: Database, appeal: int, people: list[tuple[str, str]]) -> list[int]:
    with db.write("100 addressees") as session:
        return [
            addressees.add(session, appeal, name, block=f"{at}, rue Haute", greeting=greeting)
            for at, (name, greeting) in enumerate(people)
        ]


@pytest.mark.parametrize("to", READ)
def test_each_of_a_hundred_letters_holds_one_name_and_its_own_greeting(
    db: Database,
    appeal: int,
    people: list[tuple[str, str]],
    hundred: list[int],
    to: str,
    tmp_path: Path,
) -> None:
    written = letter(db, appeal)
    paths = save(db, written.id, hundred, to, tmp_path / "lettres")
    assert len({path.name.casefold() for path in paths}) == len(paths) == len(people)
    said = [plain(READ[to](path.read_bytes())) for path in paths]
    for at, (name, greeting) in enumerate(people):
        assert name in said[at]
        assert greeting in said[at]
        assert "Les organisations signataires : Ligue Horizon" in said[at]
        if name not in ODD:
            others = [n for n, _greeting in people if n != name and n not in ODD]
            assert not [other for other in others if other in said[at]]


@pytest.mark.parametrize("to", READ)
def test_one_letter_is_one_file_of_the_name_she_chose(
    db: Database, appeal: int, to: str, tmp_path: Path
) -> None:
    path = tmp_path / f"au maire.{to}"
    assert save(db, letter(db, appeal).id, [mayor(db, appeal)], to, path) == (path,)
    said = plain(READ[to](path.read_bytes()))
    assert "Objet : Libérez les jardiniers" in said
    assert "Port-Clair, le 2 juillet 2026" in said


def test_a_hundred_letters_in_one_pdf_begin_each_on_a_page(
    db: Database, appeal: int, people: list[tuple[str, str]], hundred: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "toutes.pdf"
    walk = addressees.save(db, letter(db, appeal).id, hundred, "pdf", path, together=True)
    assert len(list(walk)) == len(people)
    document = pypdfium2.PdfDocument(path.read_bytes())
    assert len(document) == len(people)
    pages = [plain(document[at].get_textpage().get_text_bounded()) for at in range(len(people))]
    document.close()
    assert all(name in page for (name, _greeting), page in zip(people, pages, strict=True))


def test_what_was_printed_is_kept_as_it_was(db: Database, appeal: int, tmp_path: Path) -> None:
    to, path = mayor(db, appeal), tmp_path / "lettre.docx"
    save(db, letter(db, appeal).id, [to], "docx", path)
    with db.write("She moves") as session:
        addressees.change(session, to, name="Autre")
    with db.read() as session:
        (kept,) = addressees.printed(session, appeal)
        assert (kept.addressee, kept.addressee_id, kept.format) == (
            "Madame Odile Ferrand", to, "docx",
        )  # fmt: skip
        assert publishing.as_left(session, kept.id)[1] == path.read_bytes()
        content, names = session.execute(
            select(Publication.content, Publication.entries).where(Publication.id == kept.id)
        ).one()
        act = session.scalars(select(Act).order_by(Act.id.desc())).all()[1]
    assert "Madame Odile Ferrand" in content
    assert names == ["Ligue Horizon", "Platforma Zori", "Foyer Lumière"]
    assert (act.label, act.kind) == ("1 letter printed", "final")


def test_stopped_in_the_middle_what_was_written_is_recorded(
    db: Database, appeal: int, hundred: list[int], tmp_path: Path
) -> None:
    walk = addressees.save(db, letter(db, appeal).id, hundred, "docx", tmp_path / "lettres")
    for _letter in range(8):
        next(walk)
    walk.close()
    with db.read() as session:
        kept = session.scalar(select(func.count(Publication.id)))
    assert kept == len(list((tmp_path / "lettres").iterdir())) == 7


def test_nothing_that_is_there_is_overwritten(db: Database, appeal: int, tmp_path: Path) -> None:
    written = letter(db, appeal)
    ids = [mayor(db, appeal), mayor(db, appeal, "madame odile ferrand"), mayor(db, appeal, "CON")]
    first, again = (save(db, written.id, ids, "docx", tmp_path) for _round in range(2))
    assert [path.name for path in (*first, *again)] == [
        "Madame Odile Ferrand.docx", "madame odile ferrand (2).docx", "_CON.docx",
        "Madame Odile Ferrand (3).docx", "madame odile ferrand (4).docx", "_CON (2).docx",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../etc/passwd", "etc-passwd.docx"),
        ("Mairie : « Aube » ?", "Mairie - « Aube ».docx"),
        ("...", "_.docx"),
        ("É" * 300, "É" * 80 + ".docx"),
        ("Ж" * 300, "Ж" * 80 + ".docx"),
        ("a\tb", "a b.docx"),
    ],
)
def test_a_file_is_named_so_that_every_system_keeps_it(
    db: Database, appeal: int, name: str, file: str, tmp_path: Path
) -> None:
    ids = [mayor(db, appeal, name), mayor(db, appeal, "Autre")]
    assert save(db, letter(db, appeal).id, ids, "docx", tmp_path)[0] == tmp_path / file


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_recorded(
    db: Database, appeal: int, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    ids = [mayor(db, appeal), mayor(db, appeal, "Autre")]
    with pytest.raises(Unreachable):
        save(db, letter(db, appeal).id, ids, "docx", tmp_path / "file")
    with db.read() as session:
        assert addressees.printed(session, appeal) == []


def test_a_letter_that_lacks_something_writes_no_file_at_all(
    db: Database, appeal: int, tmp_path: Path
) -> None:
    sent, unsent = mayor(db, appeal), mayor(db, appeal, "Autre")
    with db.write("Sent") as session:
        addressees.note_sent(session, [sent], on=JULY, answer_by=None)
    with pytest.raises(Refused, match="Autre"):
        save(db, letter(db, appeal, "reminder").id, [sent, unsent], "docx", tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_an_appeal_without_addressees_prints_nothing(
    db: Database, appeal: int, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="no addressee"):
        save(db, letter(db, appeal).id, [], "docx", tmp_path)


@pytest.mark.parametrize("to", READ)
def test_no_line_of_an_address_is_broken(
    db: Database, appeal: int, to: str, tmp_path: Path
) -> None:
    path = tmp_path / f"lettre.{to}"
    save(db, letter(db, appeal).id, [mayor(db, appeal)], to, path)
    said = READ[to](path.read_bytes()).replace("\r\n", "\n")
    for line in ("Madame Odile Ferrand", "Hôtel de ville", "2, place du Marché"):
        assert line in said
