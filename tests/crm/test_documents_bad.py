"""Documents that are broken, locked, disguised or hostile: a sentence or a reading, in time."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from crm import airlock, documents
from crm.documents import Document
from crm.errors import Trouble

SECONDS = 20
NAMES = ["Collectif Horizon", "Ligue des Libertés", "Réseau Carillon", "Union locale Ensemble"]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Signataires", 1)
    for name in NAMES:
        document.add_paragraph(name)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def pages(count: int = 1, words: int = 60, *, locked: bool = False) -> bytes:
    from fpdf import FPDF

    pdf = FPDF()
    if locked:
        pdf.set_encryption(owner_password="rives", user_password="carillon")
    pdf.set_font("Helvetica", size=8)
    for _page in range(count):
        pdf.add_page()
        pdf.multi_cell(0, 3.4, " ".join(said(words)))
    return bytes(pdf.output())


def said(count: int) -> list[str]:
    words = "la ligue des rives exige une justice pour tous les peuples du monde entier".split()
    return [words[at % len(words)] for at in range(count)]


def book(count: int, lines: int) -> bytes:
    """Pages that show one text, written by hand: a library takes a minute for so many."""
    text = "".join(f"({' '.join(said(16))}) Tj T*\n" for _line in range(lines))
    stream = f"BT /F1 8 Tf 40 800 Td 9 TL\n{text}ET".encode()
    kids = " ".join(f"{at} 0 R" for at in range(5, 5 + count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} "
        f"/Resources << /Font << /F1 3 0 R >> >> >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        *[page] * count,
    ]
    content, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
        + (
            b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
            % (len(objects) + 1, len(content))
        )
    )


def picture_pages() -> bytes:
    from fpdf import FPDF
    from PIL import Image

    pdf = FPDF()
    pdf.add_page()
    pdf.image(Image.new("RGB", (300, 400), "ivory"), w=150)
    return bytes(pdf.output())


def with_part(content: bytes, part: str, said: bytes | None) -> bytes:
    """The archive with another part; without it for None."""
    kept = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(content))
    with old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != part:
                new.writestr(each, old.read(each))
        if said is not None:
            new.writestr(part, said)
    return kept.getvalue()


def open_text() -> bytes:
    from odfdo import Document as Odt
    from odfdo import Paragraph

    document = Odt("text")
    document.body.append(Paragraph("Signataires"))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def lying(content: bytes, part: str) -> bytes:
    """The archive whose directory says that a part is a few bytes long."""
    at = content.rindex(part.encode()) - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    return content[: at + 24] + struct.pack("<I", 900) + content[at + 28 :]


def bomb() -> bytes:
    return f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + b" " * (200 * 1024 * 1024)


def entities(root: str) -> bytes:
    lines = [f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12)]
    return f'<!DOCTYPE x [<!ENTITY e0 "lol">{"".join(lines)}]>{root}'.encode()


def many_parts() -> bytes:
    """A message inside a message inside a message."""
    heads = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at)
        for at in range(10_000)
    )
    return b"From: ana@rive.example\n" + heads + b"\nSignataires\n"


BODY = (
    f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p>'
    "</w:body></w:document>"
)
ODT_BODY = (
    '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text>'
    "<t:p>&e11;</t:p></o:text></o:body></o:document-content>"
)

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "locked.pdf": (lambda: pages(locked=True), "protected by a password"),
    "cut.pdf": (lambda: pages()[:400], "damaged"),
    "garbage.pdf": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 200, "damaged"),
    "nothing.pdf": (lambda: b"", "damaged"),
    "pictures.pdf": (picture_pages, "are pictures"),
    "dense.pdf": (lambda: book(500, 80), "too long"),
    "bomb.docx": (lambda: with_part(word_file(), "word/document.xml", bomb()), "unpacks"),
    "liar.docx": (
        lambda: lying(with_part(word_file(), "word/document.xml", bomb()), "word/document.xml"),
        "unpacks|damaged",
    ),
    "bomb.odt": (lambda: with_part(open_text(), "content.xml", bomb()), "unpacks"),
    "members.docx": (
        lambda: archive({f"word/{at}.xml": b"" for at in range(5_000)}), "unpacks"
    ),
    "entities.docx": (
        lambda: with_part(word_file(), "word/document.xml", entities(BODY)), "damaged|no text"
    ),
    "entities.odt": (
        lambda: with_part(open_text(), "content.xml", entities(ODT_BODY)), "damaged|no text"
    ),
    "picture.docx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(5_000), "damaged"),
    "empty.docx": (lambda: b"", "damaged"),
    "without.docx": (lambda: with_part(word_file(), "word/document.xml", None), "damaged"),
    "without.odt": (lambda: with_part(open_text(), "content.xml", None), "damaged"),
    "broken.docx": (lambda: with_part(word_file(), "word/document.xml", b"<w:doc"), "damaged"),
    "old.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9_000), "old Word file"),
    "old.xlsx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9_000), "damaged|old"),
    "garbage.xls": (lambda: bytes(range(256)) * 30, "damaged"),
    "garbage.ods": (lambda: b"PK\x03\x04" + bytes(range(256)) * 30, "damaged"),
    "parts.eml": (many_parts, "inside one another"),
    "empty.eml": (lambda: b"From: ana@rive.example\nSubject: Appel\n\n", "no text"),
    "empty.html": (lambda: b"<html><body><script>1</script></body></html>", "no text"),
    "blank.html": (lambda: b"", "no text"),
    "lines.txt": (lambda: b"la Ligue\n" * 200_000, "too long"),
    "long.txt": (lambda: b"Signataires : la Ligue\n" * (50 * 1024 * 1024 // 23), "too large"),
}  # fmt: skip


def archive(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as new:
        for name, said in parts.items():
            new.writestr(name, said)
    return kept.getvalue()


def read(folder: Path, name: str, content: bytes) -> Document:
    path = folder / name
    path.write_bytes(content)
    began = perf_counter()
    try:
        return airlock.run(documents.read, str(path))
    finally:
        assert perf_counter() - began < SECONDS


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    build, sentence = REFUSED[name]
    with pytest.raises(Trouble, match=sentence) as told:
        read(tmp_path, name, build())
    assert told.value.message.endswith(".")
    assert told.value.hint.endswith(".")


def test_five_hundred_pages_of_a_book_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, "book.pdf", book(500, 25))
    assert found.text.count("justice") > 9_000


def test_a_pdf_with_one_torn_page_gives_the_others(tmp_path: Path) -> None:
    content = pages(3)
    torn = content.replace(b"/Type /Page\n", b"/Type /Pxge\n", 1)
    try:
        assert "ligue" in read(tmp_path, "torn.pdf", torn).text
    except Trouble as told:
        assert told.message.endswith(".")


def test_a_text_in_the_wrong_letters_is_read_as_it_looks(tmp_path: Path) -> None:
    page = '<meta charset="utf-8"><p>Ligue des libertés, Réseau « Étoile »</p>'
    found = read(tmp_path, "page.html", page.encode("cp1252"))
    assert found.text == "Ligue des libertés, Réseau « Étoile »"


def test_a_page_of_boxes_in_boxes_ends(tmp_path: Path) -> None:
    deep = b"<p>Signataires</p>" + b"<div>" * 200_000 + b"fond" + b"</div>" * 200_000
    assert "Signataires" in read(tmp_path, "deep.html", deep).text


def test_a_word_file_of_boxes_in_boxes_ends(tmp_path: Path) -> None:
    deep = f'<w:document xmlns:w="{WORD}"><w:body>' + "<w:sdt><w:sdtContent>" * 50_000
    with pytest.raises(Trouble):
        read(tmp_path, "deep.docx", with_part(word_file(), "word/document.xml", deep.encode()))


def test_a_file_that_points_outside_is_read_without_going_there(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("mot de passe", encoding="utf-8")
    head = f'<!DOCTYPE x [<!ENTITY out SYSTEM "file://{tmp_path}/secret.txt">]>'
    body = BODY.replace("&e11;", "Signataires &out;")
    content = with_part(word_file(), "word/document.xml", (head + body).encode())
    assert "passe" not in read(tmp_path, "outside.docx", content).text


@pytest.mark.parametrize("ending", [each for each in documents.READERS if each[-1] != "m"])
def test_no_ending_makes_a_bug_of_garbage(tmp_path: Path, ending: str) -> None:
    for number, content in enumerate((b"\x00\xff" * 50, b"PK\x03\x04", b"<" * 500, b"From: x\n\n")):
        try:
            read(tmp_path, f"garbage{number}{ending}", content)
        except Trouble as told:
            assert "intricate" not in told.message
