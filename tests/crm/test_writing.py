"""What is printed, opened again by the libraries that other programs are built on."""

from __future__ import annotations

import io
import zipfile
from html import unescape
from typing import Any

import pypdfium2
import pytest
from docx import Document as Docx
from lxml import html as web
from odfdo import Document as Odt
from PIL import Image

from crm.documents import WRITERS, as_text, write
from crm.documents.printed import (
    Bullets,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Run,
    Text,
    Wall,
    address,
)
from crm.errors import Refused

NAMES = [
    "=1+1", "<b>gras</b> & Cie", "[x](https://evil.example)", "Қазақстан әділет", "Ligue (LDL)",
    "A, B et C", "« Vigie »", "# Titre", "100 % *", "Dossier 3.0", "- puce",
]  # fmt: skip
OFFICE = ["docx", "odt", "pdf"]


def listed(*names: str, title: str = "Appel", language: str = "fr") -> Text:
    """A list by country."""
    country = Heading((Run("État espagnol"),), 3)
    lines = Lines(tuple((Run(name),) for name in names))
    return Text((Heading((Run("Signataires"),), 2), country, lines), title, language)


def said(content: bytes, to: str) -> list[str]:
    """The lines another program reads."""
    if to == "docx":
        return [each.text for each in Docx(io.BytesIO(content)).paragraphs]
    if to == "odt":
        body: Any = Odt(io.BytesIO(content)).body
        return [each.inner_text for each in body.xpath("//text:h | //text:p")]
    if to == "pdf":
        pages = pypdfium2.PdfDocument(content)
        return [
            line for page in pages for line in page.get_textpage().get_text_range().splitlines()
        ]
    if to == "html":
        return [
            line for each in web.fromstring(content.decode()).body.itertext()
            if (line := each.strip())
        ]  # fmt: skip
    return [line.strip() for line in content.decode().splitlines() if line]


def logo(width: int = 300, height: int = 120) -> Picture:
    """A red rectangle."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(made, "PNG")
    return Picture(made.getvalue(), "image/png", "Vigie", width, height)


@pytest.mark.parametrize("to", ["txt", "html", *OFFICE])
def test_every_name_arrives_as_it_is(to: str) -> None:
    assert said(write(listed(*NAMES), to), to) == ["Signataires", "État espagnol", *NAMES]


@pytest.mark.parametrize("to", WRITERS)
def test_the_same_text_gives_the_same_bytes(to: str) -> None:
    text = Text((*listed(*NAMES).blocks, Wall((logo(),))), "Appel", "fr")
    assert write(text, to) == write(text, to)


@pytest.mark.parametrize("to", WRITERS)
def test_what_breaks_files_or_turns_words_around_is_left_out(to: str) -> None:
    found = said(
        write(listed("Vi\x00gie\x1b", "\u202eEncre\u2066", "Deux\nlignes\u2028ici"), to), to
    )
    assert found[-3:] == ["Vigie", "Encre", "Deux lignes ici"]


@pytest.mark.parametrize("to", WRITERS)
def test_an_empty_text_is_a_file_all_the_same(to: str) -> None:
    assert said(write(Text(()), to), to) == []


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as refusal:
        write(listed("Vigie"), "rtf")
    assert "docx" in refusal.value.hint


# -- what an office sees --------------------------------------------------------------------


def test_word_finds_headings_lists_and_links() -> None:
    text = Text((
        Heading((Run("Appel"),), 1), Bullets(((Run("un"),), (Run("deux"),))),
        Bullets(((Run("premier"),),), numbered=True),
        Bullets(((Run("encore premier"),),), numbered=True),
        Paragraph((Run("Écrire à "), address("vigie@n.example"))),
    ), "Appel", "fr")  # fmt: skip
    document = Docx(io.BytesIO(write(text, "docx")))
    styles = [each.style.name for each in document.paragraphs if each.style]
    assert styles == [
        "Heading 1", "List Bullet", "List Bullet", "List Number", "List Number", "Normal",
    ]  # fmt: skip
    link = document.paragraphs[-1].hyperlinks[0]
    assert (link.text, link.address) == ("vigie@n.example", "mailto:vigie@n.example")
    numbers = document.element.body.xpath("//w:numPr/w:numId/@w:val")
    assert len(set(numbers)) == 2, "each numbered list begins with 1"


def test_an_odt_holds_headings_lists_and_links() -> None:
    text = Text((
        Heading((Run("Appel"),), 1), Bullets(((Run("un"),), (Run("deux"),))),
        Paragraph((Run("Gras", strong=True), Run(" "), address("vigie@n.example"))),
    ), "Appel", "fr")  # fmt: skip
    body: Any = Odt(io.BytesIO(write(text, "odt"))).body
    assert str(body.headers[0].level) == "1"
    assert len(body.xpath("//text:list/text:list-item")) == 2
    assert body.xpath("//text:a")[0].get_attribute("xlink:href") == "mailto:vigie@n.example"
    assert body.xpath("//text:p")[-1].inner_text.startswith("Gras [vigie@n.example]")


def test_no_script_and_no_file_is_ever_linked() -> None:
    for target in ("javascript:alert(1)", "file:///etc/passwd", "https://a b", "data:text/html,x"):
        assert "href" not in as_text(Text((Paragraph((Run("x", target=target),)),)), "html")


@pytest.mark.parametrize("to", ["docx", "odt"])
def test_a_file_says_its_title_and_language_and_nothing_of_its_maker(to: str) -> None:
    with zipfile.ZipFile(io.BytesIO(write(listed("Vigie"), to))) as archive:
        parts = {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = parts["docProps/core.xml" if to == "docx" else "meta.xml"]
    assert ">Appel<" in about
    assert ">fr<" in about
    assert "python" not in "".join(parts.values()).lower()
    styles = parts["word/styles.xml" if to == "docx" else "styles.xml"]
    assert ("fr-FR" if to == "docx" else 'fo:language="fr" fo:country="FR"') in styles


def test_a_pdf_says_its_title_and_no_date_of_today() -> None:
    about = pypdfium2.PdfDocument(write(listed("Vigie"), "pdf")).get_metadata_dict()
    assert about["Title"] == "Appel"
    assert about["CreationDate"].startswith("D:20000101")
    assert not about["Author"]


def test_a_web_page_says_its_language_and_its_letters() -> None:
    page = write(listed("Ångström & Cie", title="<Appel>"), "html").decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert '<meta charset="utf-8">' in page
    assert "<title>&lt;Appel&gt;</title>" in page
    assert unescape(as_text(listed("Å & C"), "html")).endswith("<p>Å & C</p>")


# -- paper ----------------------------------------------------------------------------------


def test_a_pdf_holds_georgian_and_armenian_beside_kazakh() -> None:
    names = ["საქართველო", "Հայաստան", "Әділет", "Łódź"]
    assert said(write(listed(*names), "pdf"), "pdf")[-4:] == names


@pytest.mark.parametrize(
    ("name", "what"), [("平和", "cjk"), ("שלום", "right to left"), ("Ligue 🚲", "bicycle")]
)
def test_what_a_pdf_cannot_hold_is_refused_in_words(name: str, what: str) -> None:
    with pytest.raises(Refused) as refusal:
        write(listed(name), "pdf")
    assert what in refusal.value.message
    assert "Word" in refusal.value.hint
    assert said(write(listed(name), "docx"), "docx")[-1] == name


def test_a_long_list_has_numbered_pages_and_a_short_one_none() -> None:
    short = said(write(listed("Vigie"), "pdf"), "pdf")
    assert short[-1] == "Vigie"
    long = said(write(listed(*(f"Organisation {n}" for n in range(120))), "pdf"), "pdf")
    assert long[-1] == "3"
    assert "Organisation 119" in long


@pytest.mark.parametrize("to", OFFICE)
def test_logos_stand_in_the_file_and_tell_their_names(to: str) -> None:
    content = write(Text((Wall((logo(), logo(90, 500))),), "Appel", "fr"), to)
    if to == "pdf":
        page = pypdfium2.PdfDocument(content)[0]
        assert sum(1 for each in page.get_objects() if each.type == 3) == 2
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len([n for n in archive.namelist() if n.endswith(".png")]) == 2
        body = archive.read("word/document.xml" if to == "docx" else "content.xml").decode()
    assert body.count("Vigie") == 2


def test_logos_are_names_where_there_are_only_words() -> None:
    wall = Text((Wall((logo(),)),))
    assert as_text(wall, "md") == as_text(wall, "txt") == "Vigie"
    assert 'src="data:image/png;base64,' in as_text(wall, "html")
