"""The look-alikes as people send them: web pages, mail, and what LibreOffice makes of them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from crm.reading import Reading

SOFFICE = shutil.which("soffice")


def page(text: str) -> str:
    """A text as a web page; its lines stay lines, as the Markdown reader takes them."""
    marked = MarkdownIt("commonmark", {"breaks": True, "html": False}).enable("table")
    return f'<html><head><meta charset="utf-8"></head><body>{marked.render(text)}</body></html>'


def mail(text: str, html: str, *, forwarded: bool = False) -> bytes:
    """A text as a message in two renderings, or one that forwards it as an attachment."""
    message = EmailMessage()
    message["From"], message["To"] = "Zoé <zoe@carillon.example>", "ana@rive.example"
    message["Subject"] = "Un appel"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    if not forwarded:
        return message.as_bytes()
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "ana@rive.example", "Fwd: Un appel"
    outer.set_content("Pour information.\n")
    outer.add_attachment(message)
    return outer.as_bytes()


def facts(reading: Reading) -> dict[str, Any]:
    """What is understood of a document, whatever its order and its format."""
    return {
        "organisations": sorted(
            (one.name, one.country or "", one.role, one.email or "")
            for one in reading.organisations
        ),
        "people": sorted((one.name, one.role or "", one.signs) for one in reading.people),
        "emails": sorted(reading.emails),
        "date": reading.date,
    }


def render(folder: Path, texts: Mapping[str, Path]) -> dict[str, list[Path]]:
    """The files of each text, by its name: html, eml, and by LibreOffice docx, odt and pdf.

    One start of LibreOffice makes all files of one format.
    """
    pages, mails = folder / "pages", folder / "mails"
    for each in (pages, mails):
        each.mkdir(parents=True)
    for name, path in texts.items():
        text = path.read_text(encoding="utf-8")
        html = page(text)
        (pages / f"{name}.html").write_text(html, encoding="utf-8")
        (mails / f"{name}.eml").write_bytes(mail(text, html))
        (mails / f"{name}-forwarded.eml").write_bytes(mail(text, html, forwarded=True))
    written = sorted(pages.iterdir())
    word = converted(folder, "docx", written, "docx:MS Word 2007 XML")
    odt = converted(folder, "odt", written, "odt:writer8")
    columns = [
        in_two_columns(path, folder / "columns" / f"{path.stem}-columns.docx") for path in word
    ]
    pdf = converted(folder, "pdf", [*word, *columns], "pdf:writer_pdf_Export")
    made = [*written, *sorted(mails.iterdir()), *word, *odt, *pdf]
    return {
        name: [path for path in made if path.stem in (name, f"{name}-forwarded", f"{name}-columns")]
        for name in texts
    }


def converted(folder: Path, ending: str, files: list[Path], form: str) -> list[Path]:
    """What LibreOffice makes of these files; its own settings stay in the folder."""
    assert SOFFICE, "LibreOffice is missing: sh .ci/prepare tests"
    out = folder / ending
    subprocess.run(
        [
            SOFFICE, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
            *(["--infilter=HTML (StarWriter)"] if files[0].suffix == ".html" else []),
            "--convert-to", form, "--outdir", str(out), *map(str, files),
        ],
        check=True, capture_output=True, timeout=100,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    return [out / f"{path.stem}.{ending}" for path in files]


def in_two_columns(word: Path, to: Path) -> Path:
    """The same document, set in two columns of one length."""
    import docx
    from docx.enum.section import WD_SECTION
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document(str(word))
    # Columns are as long as one another only where something follows them on the page.
    document.add_section(WD_SECTION.CONTINUOUS)
    for number, section in enumerate(document.sections):
        for known in section._sectPr.findall(qn("w:cols")):
            section._sectPr.remove(known)
        columns = OxmlElement("w:cols")
        columns.set(qn("w:num"), "1" if number else "2")
        columns.set(qn("w:space"), "720")
        section._sectPr.append(columns)
    to.parent.mkdir(exist_ok=True)
    document.save(str(to))
    return to
