"""Web pages, word processors' files, pdf, mail and sheets: what of their layout is kept."""

from __future__ import annotations

import io
from email.message import EmailMessage

import pytest

from crm.documents import Document, from_bytes, from_html
from crm.reading import understand


def told(document: Document) -> list[str]:
    """Each line with its signs: # heading, * bold, > quoted, its bullet, | between cells."""
    said = []
    for line in document.lines:
        if not line.text:
            continue
        cells = " | ".join(document.text[slice(*cell)] for cell in line.cells)
        signs = "#" * line.level + "*" * (line.bold and not line.level) + ">" * line.quoted
        said.append(" ".join(part for part in (signs, line.bullet, cells or line.text) if part))
    return said


def page(body: str) -> Document:
    return from_html("page.html", f"<html><body>{body}</body></html>")


# -- web pages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h2>Signataires</h2><p>Un <b>gras</b></p>", ["## Signataires", "Un gras"]),
        ("<ul><li>Un<ul><li>Deux</li></ul></li></ul>", ["- Un", "- Deux"]),
        ("<ol start=3><li><p>Un</p></li><li>Deux</li></ol>", ["3. Un", "4. Deux"]),
        ("<p><strong>France :</strong></p><p>Un<br>Deux</p>", ["* France :", "Un", "Deux"]),
        ("<blockquote><p>Dit</p></blockquote>", ["> Dit"]),
        ("<nav>Menu</nav><script>x</script><p hidden>Rien</p><p>Un</p>", ["Un"]),
        ("<p style='display:none'>Rien</p><p>Un<sup><a href='#n1'>1</a></sup></p>", ["Un"]),
        ("<b style='font-weight:normal'><p>Google</p></b>", ["Google"]),
        ("<style>.c3{font-weight:700}</style><p class=c3>Gras</p>", ["* Gras"]),
        ("<table><tr><td>Un<br>Deux<br>Trois</td><td>Quatre</td></tr></table>",
         ["Un", "Deux", "Trois", "Quatre"]),
        ("<table><tr><th>Nom</th><th>Pays</th></tr><tr><td>A</td><td rowspan=2>France</td></tr>"
         "<tr><td>B</td></tr></table>", ["* Nom | Pays", "A | France", "B | France"]),
        ("<pre>Un\nDeux</pre>", ["Un", "Deux"]),
    ],
)  # fmt: skip
def test_a_page_is_read_as_it_is_seen(body: str, said: list[str]) -> None:
    assert told(page(body)) == said


def test_a_list_pasted_from_word_is_a_list() -> None:
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>{}<o:p></o:p></p>"
    )
    assert told(page(item.format("Un") + item.format("Deux"))) == ["- Un", "- Deux"]


def test_an_address_hidden_from_robots_comes_back() -> None:
    code = "42" + bytes(letter ^ 0x42 for letter in b"ana@rive.example").hex()
    found = page(f'<p>Écrire à <a class="__cf_email__" data-cfemail="{code}">[caché]</a></p>')
    assert found.text == "Écrire à ana@rive.example"
    assert found.lines[0].links[0].target == "mailto:ana@rive.example"


# -- word processors ------------------------------------------------------------------------


def word() -> Document:
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    document.add_heading("Appel", 0)
    document.add_heading("Signataires", 2)
    for name in ("Un", "Deux"):
        document.add_paragraph(name, style="List Bullet")
    document.add_paragraph("Trois", style="List Number")
    lines = document.add_paragraph("Quatre")
    lines.add_run().add_break()
    lines.add_run("Cinq")
    document.add_paragraph().add_run("Gras :").bold = True
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("Nom", "Pays", "Six", "France")):
        table.cell(at // 2, at % 2).text = text
    body = document.element.body
    for xml in (
        "<w:p {}><w:ins w:id='1' w:author='a'><w:r><w:t>Ajouté</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>Retiré</w:delText></w:r></w:del></w:p>",
        "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>Rempli</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p {}><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK "
        "\"mailto:ana@rive.example\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/>"
        "</w:r><w:r><w:t>Nous écrire</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
    ):
        body.insert(len(body) - 1, parse_xml(xml.format(nsdecls("w"))))
    kept = io.BytesIO()
    document.save(kept)
    return from_bytes("appel.docx", kept.getvalue())


def test_a_word_file_keeps_its_layout() -> None:
    found = word()
    assert told(found) == [
        "# Appel", "## Signataires", "- Un", "- Deux", "1. Trois", "Quatre", "Cinq", "* Gras :",
        "Nom | Pays", "Six | France", "Ajouté", "Rempli", "Nous écrire",
    ]  # fmt: skip
    assert found.lines[-1].links[0].target == "mailto:ana@rive.example"


def test_an_open_text_keeps_its_layout() -> None:
    from odfdo import Document as Odt
    from odfdo import Element, Header, Paragraph

    document = Odt("text")
    body = document.body
    body.append(Header(1, "Signataires"))
    body.append(Element.from_tag(
        "<text:list><text:list-item><text:p>Un</text:p></text:list-item>"
        "<text:list-item><text:p>Deux</text:p></text:list-item></text:list>"
    ))  # fmt: skip
    lines = Paragraph("Trois")
    lines.append(Element.from_tag("<text:line-break/>"))
    lines.append(Element.from_tag("<text:span>Quatre</text:span>"))
    body.append(lines)
    body.append(Element.from_tag(
        "<table:table><table:table-row><table:table-cell><text:p>Nom</text:p></table:table-cell>"
        "<table:table-cell><text:p>Pays</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>Cinq</text:p></table:table-cell>"
        "<table:table-cell><text:p>France</text:p></table:table-cell></table:table-row></table:table>"
    ))  # fmt: skip
    kept = io.BytesIO()
    document.save(kept)
    said = told(from_bytes("appel.odt", kept.getvalue()))
    assert said == [
        "# Signataires",
        "- Un",
        "- Deux",
        "Trois",
        "Quatre",
        "Nom | Pays",
        "Cinq | France",
    ]


# -- pages ----------------------------------------------------------------------------------


def test_a_pdf_keeps_headings_paragraphs_tables_and_links() -> None:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_font("Helvetica")
    for number, name in enumerate(("Horizon", "Carillon", "Rives"), 1):
        pdf.add_page()
        pdf.set_font_size(9)
        pdf.cell(0, 6, "Bulletin des rives", new_x="LMARGIN", new_y="NEXT")
        pdf.set_y(30)
        pdf.set_font_size(20)
        pdf.cell(0, 10, f"Titre {name}", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font_size(11)
        pdf.multi_cell(0, 5, f"Le texte de {name} se suit et remplit plusieurs lignes. " * 6)
        with pdf.table(borders_layout="NONE") as table:
            for row in (
                ("Nom", "Pays"),
                (f"Collectif {name}", "France"),
                (f"Bund {name}", "Italie"),
            ):
                table.row(row)
        pdf.cell(text=f"Écrire à {name}", link="mailto:ana@rive.example")
        pdf.set_y(-20)
        pdf.cell(0, 5, str(number))
    found = from_bytes("bulletin.pdf", bytes(pdf.output()))
    said = told(found)
    assert [line for line in said if line.startswith("#")] == [
        "# Titre Horizon",
        "# Titre Carillon",
        "# Titre Rives",
    ]
    assert len([line for line in said if line.endswith("| France")]) == 3
    assert len([line for line in said if line.startswith("Le texte de")]) == 3
    assert not [line for line in said if "Bulletin" in line or line in "123"]
    assert {link.target for line in found.lines for link in line.links} == {
        "mailto:ana@rive.example"
    }


# -- mail -----------------------------------------------------------------------------------


def letter(text: str = "", html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "ana@rive.example", "Un appel"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


LIST = (
    "<p><b>Signataires :</b></p><ul>" + "".join(f"<li>Collectif {x}</li>" for x in "ABCD") + "</ul>"
)


def test_a_mail_is_read_in_the_rendering_that_keeps_its_layout() -> None:
    found = from_bytes("mail.eml", letter("Signataires : A, B", LIST).as_bytes())
    assert told(found)[:2] == ["* Signataires :", "- Collectif A"]


def test_a_forwarded_mail_is_what_it_forwards() -> None:
    outer = letter("Pour information.")
    outer.add_attachment(letter("Signataires", LIST))
    found = from_bytes("mail.eml", outer.as_bytes())
    assert "information" not in found.text
    assert "information" in found.source
    assert len(understand(found).organisations) == 4


def test_the_head_of_a_forwarded_message_is_no_part_of_it() -> None:
    text = (
        "---------- Forwarded message ---------\nDe : Zoé <zoe@carillon.example>\n"
        "Date: lun. 4 mai 2026\nSubject: Appel\nÀ : ana@rive.example\n\n> Appel pour la paix\n"
    )
    assert told(from_bytes("mail.eml", letter(text).as_bytes())) == ["Appel pour la paix"]


def test_a_document_in_a_mail_that_lists_nobody_is_read() -> None:
    message = letter("Bonjour, voici la liste.")
    page = f"<html><body>{LIST}</body></html>".encode()
    message.add_attachment(page, maintype="text", subtype="html", filename="liste.html")
    assert len(understand(from_bytes("mail.eml", message.as_bytes())).organisations) == 4


# -- sheets ---------------------------------------------------------------------------------


def test_a_sheet_gives_its_rows_and_hides_what_is_hidden() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    shown = book.active
    for row in (["Appel"], [], ["N°", "Organisation", "Pays"], [1, "Collectif", "France"]):
        shown.append(row)
    secret = book.create_sheet("Notes")
    secret.sheet_state = "hidden"
    secret.append(["Ne pas lire"])
    kept = io.BytesIO()
    book.save(kept)
    found = from_bytes("liste.xlsx", kept.getvalue())
    assert told(found) == ["* Appel", "N° | Organisation | Pays", "1 | Collectif | France"]
    assert [one.country for one in understand(found).organisations] == ["FR"]
