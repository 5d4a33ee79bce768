"""Printed as docx: real headings, real lists, live links; no author, no machine, no date."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from functools import singledispatchmethod
from typing import Any

from crm.documents.printed import (
    END,
    Block,
    Bullets,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Run,
    Text,
    Wall,
)
from crm.documents.writing.escaping import flat
from crm.documents.writing.packing import LOCALES, packed, unpacked

_SIZES = {1: 20, 2: 15, 3: 12, 4: 11, 5: 11, 6: 11}  # points, of the headings
_WALL = (45.0, 22.0)  # millimetres, the most a logo takes
_WIDE = 210 - 2 * 22  # millimetres between the margins
_FONT = "Calibri"  # every word processor has it, or one of the same widths


def file(text: Text) -> bytes:
    """A file Word and LibreOffice open as their own."""
    sheet = _Sheet(text)
    for part in text.blocks:
        sheet.add(part)
    return sheet.packed()


class _Sheet:
    """The document while it grows."""

    def __init__(self, text: Text) -> None:
        from docx import Document

        self.document: Any = Document()
        self._name(text)
        self._page()
        self._styles(LOCALES.get(text.language, text.language))

    def packed(self) -> bytes:
        """The file's bytes, the same for the same text."""
        whole = io.BytesIO()
        self.document.save(whole)
        return packed(unpacked(whole.getvalue()))

    # -- the sheet itself ----------------------------------------------------------------

    def _name(self, text: Text) -> None:
        """What the file says of itself: its title and its language, nothing of who made it."""
        said = self.document.core_properties
        said.title, said.language = " ".join(text.title.split())[:255], text.language
        said.author = said.last_modified_by = said.comments = said.keywords = ""
        said.created = said.modified = datetime(2000, 1, 1)
        said.revision = 1
        package = self.document.part.package
        for key in [key for key, rel in package.rels.items() if "thumbnail" in rel.reltype]:
            del package.rels[key]
        own = self.document.part.rels
        for key in [key for key, rel in own.items() if "WithEffects" in rel.reltype]:
            del own[key]  # twice the styles, for a Word of 2010

    def _page(self) -> None:
        from docx.shared import Mm

        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(22)
        page.top_margin = page.bottom_margin = Mm(20)

    def _styles(self, locale: str) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        styles = self.document.styles
        spoken = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
        spoken.set(qn("w:val"), locale or "en-GB")
        normal = styles["Normal"]
        _dress(normal, 11, bold=None, after=6)
        normal.paragraph_format.line_spacing = 1.15
        for level, size in _SIZES.items():
            _dress(styles[f"Heading {level}"], size, bold=True, before=size, after=4)
        lines = styles.add_style("Lines", WD_STYLE_TYPE.PARAGRAPH)
        lines.base_style = normal
        lines.paragraph_format.space_after = Pt(0)
        link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        link.font.color.rgb, link.font.underline = RGBColor(0x0B, 0x57, 0xD0), True

    # -- what is printed -----------------------------------------------------------------

    @singledispatchmethod
    def add(self, part: Block) -> None:
        """One more block."""
        raise TypeError(part)

    @add.register
    def _heading(self, part: Heading) -> None:
        self._runs(self._standing("start", f"Heading{part.level}"), part.runs)

    @add.register
    def _paragraph(self, part: Paragraph) -> None:
        self._runs(self._standing(part.side), part.runs)

    @add.register
    def _lines(self, part: Lines) -> None:
        from docx.shared import Pt

        for line in part.lines:
            paragraph = self._standing(part.side, "Lines")
            self._runs(paragraph, line)
        if part.lines:
            paragraph.paragraph_format.space_after = Pt(6)

    @add.register
    def _bullets(self, part: Bullets) -> None:
        counted = self._counted_anew("List Number") if part.numbered else None
        for item in part.items:
            paragraph = self._standing("start", "ListNumber" if part.numbered else "ListBullet")
            self._runs(paragraph, item)
            if counted is not None:
                listed = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                listed.get_or_add_ilvl().val = 0
                listed.get_or_add_numId().val = counted

    @add.register
    def _wall(self, part: Wall) -> None:
        paragraph = self._standing("middle")
        for at, picture in enumerate(part.pictures):
            if at:
                paragraph.add_run("   ")
            self._picture(paragraph, picture)

    def _standing(self, side: str, style: str = "") -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        paragraph = self.document.add_paragraph()
        if style:
            paragraph._p.style = style  # by its id: looked up by name, 2,000 lines take seconds
        if side == "end":
            paragraph.paragraph_format.left_indent = Mm(_WIDE * END)
        elif side == "middle":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def _runs(self, paragraph: Any, runs: Sequence[Run]) -> None:
        for run in flat(runs):
            made = paragraph.add_run(run.words)
            made.bold, made.italic = run.strong or None, run.slanted or None
            if run.target:
                made._r.style = "Hyperlink"
                self._link(paragraph, made, run.target)

    def _link(self, paragraph: Any, made: Any, target: str) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        link: Any = OxmlElement("w:hyperlink")
        where = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), where)
        paragraph._p.remove(made._r)
        link.append(made._r)
        paragraph._p.append(link)

    def _counted_anew(self, style: str) -> int:
        """A numbering that begins with 1, whatever was counted before."""
        numberings = self.document.part.numbering_part.numbering_definitions._numbering
        own = self.document.styles[style].element.pPr.numPr.numId.val
        made = numberings.add_num(numberings.num_having_numId(own).abstractNumId.val)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)

    def _picture(self, paragraph: Any, picture: Picture) -> None:
        from docx.shared import Mm

        width, height = picture.fitting(*_WALL)
        shown = paragraph.add_run().add_picture(
            io.BytesIO(picture.content), width=Mm(width), height=Mm(height)
        )
        shown._inline.docPr.set("descr", picture.instead)


def _dress(style: Any, size: float, *, bold: bool | None, before: float = 0, after: float) -> None:
    """One font, black: colours and small capitals of the template are left to the reader."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name, font.size, font.bold, font.italic = _FONT, Pt(size), bold, None
    own = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        own.attrib.pop(qn(f"w:{theme}"), None)
    own.set(qn("w:cs"), _FONT)
    if bold:
        font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
