"""Printed as odt: real headings, real lists, live links; no author, no machine, no date.

The four small files of an OpenDocument text are written here, not taken from a template: nothing
is in them that a reader would have to be warned of, and the same text gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from lxml.builder import ElementMaker

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
from crm.documents.writing.packing import LOCALES, packed

MEDIA = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_OASIS}office:1.0",
    "style": f"{_OASIS}style:1.0",
    "text": f"{_OASIS}text:1.0",
    "draw": f"{_OASIS}drawing:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "meta": f"{_OASIS}meta:1.0",
    "manifest": f"{_OASIS}manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_MAKE = {prefix: ElementMaker(namespace=uri, nsmap=_SPACES) for prefix, uri in _SPACES.items()}
_WALL = (4.5, 2.2)  # centimetres, the most a logo takes
_WIDE = 21 - 2 * 2.2  # centimetres between the margins
_LINK = 'fo:color="#0b57d0" style:text-underline-style="solid"'
_SIDES = {"start": "", "end": "_End", "middle": "_Middle"}
_SIZES = {1: 20, 2: 15, 3: 12, 4: 11, 5: 11, 6: 11}  # points, of the headings


def file(text: Text) -> bytes:
    """A file LibreOffice and Word open as their own."""
    sheet = _Sheet()
    for part in text.blocks:
        sheet.add(part)
    parts = {
        "mimetype": MEDIA.encode(),
        "content.xml": sheet.content(),
        "styles.xml": _styles(LOCALES.get(text.language, "en-GB")),
        "meta.xml": _meta(text),
        **sheet.pictures,
    }
    parts["META-INF/manifest.xml"] = _manifest(parts)
    return packed(parts.items(), stored=frozenset({"mimetype"}))


def _q(name: str) -> str:
    prefix, _colon, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _element(name: str, said: str = "", **attributes: str) -> Any:
    """`_element("text:p", "Words", text__style_name="Lines")`."""
    prefix, _colon, local = name.partition(":")
    named = {
        _q(key.replace("__", ":").replace("_", "-")): value for key, value in attributes.items()
    }
    made = _MAKE[prefix](local, named)
    made.text = said or None
    return made


class _Sheet:
    """The document while it grows."""

    def __init__(self) -> None:
        self.text = _element("office:text")
        self.pictures: dict[str, bytes] = {}

    def content(self) -> bytes:
        """content.xml"""
        root = _element("office:document-content", office__version="1.3")
        body = _element("office:body")
        body.append(self.text)
        root.append(body)
        return _xml(root)

    @singledispatchmethod
    def add(self, part: Block) -> None:
        """One more block."""
        raise TypeError(part)

    @add.register
    def _heading(self, part: Heading) -> None:
        level = str(part.level)
        made = _element("text:h", text__style_name=f"Heading_20_{level}", text__outline_level=level)
        self.text.append(_filled(made, part.runs))

    @add.register
    def _paragraph(self, part: Paragraph) -> None:
        self.text.append(_filled(_standing("Text_20_body", part.side), part.runs))

    @add.register
    def _lines(self, part: Lines) -> None:
        for at, line in enumerate(part.lines, 1):
            style = "Lines" if at < len(part.lines) else "Text_20_body"
            self.text.append(_filled(_standing(style, part.side), line))

    @add.register
    def _bullets(self, part: Bullets) -> None:
        style = "Numbers" if part.numbered else "Bullets"
        listed = _element("text:list", text__style_name=style)
        for item in part.items:
            held = _element("text:list-item")
            held.append(_filled(_standing("Lines", "start"), item))
            listed.append(held)
        self.text.append(listed)

    @add.register
    def _wall(self, part: Wall) -> None:
        row = _standing("Text_20_body", "middle")
        for picture in part.pictures:
            row.append(self._frame(picture))
            row[-1].tail = "   "
        self.text.append(row)

    def _frame(self, picture: Picture) -> Any:
        width, height = picture.fitting(*_WALL)
        ending = picture.media_type.partition("/")[2]
        name = f"Pictures/{len(self.pictures) + 1}.{ending}"
        self.pictures[name] = picture.content
        frame = _element(
            "draw:frame", text__anchor_type="as-char",
            svg__width=f"{width:.2f}cm", svg__height=f"{height:.2f}cm",
        )  # fmt: skip
        frame.append(
            _element("draw:image", xlink__href=name, xlink__type="simple", xlink__show="embed")
        )
        frame.append(_element("svg:title", picture.instead))
        return frame


def _standing(style: str, side: str) -> Any:
    return _element("text:p", text__style_name=style + _SIDES[side])


def _filled(paragraph: Any, runs: Sequence[Run]) -> Any:
    for run in flat(runs):
        if look := ("Strong" if run.strong else "") + ("Slanted" if run.slanted else ""):
            made = _element("text:span", run.words, text__style_name=look)
        else:
            made = _element("text:span", run.words)
        if run.target:
            link = _element("text:a", xlink__type="simple", xlink__href=run.target)
            link.append(made)
            made = link
        paragraph.append(made)
    return paragraph


# -- the other files --------------------------------------------------------------------------


def _meta(text: Text) -> bytes:
    """The title and the language; nothing of who made it, where and when."""
    root, said = _element("office:document-meta", office__version="1.3"), _element("office:meta")
    said.append(_element("dc:title", " ".join(text.title.split())))
    said.append(_element("dc:language", text.language))
    root.append(said)
    return _xml(root)


def _manifest(parts: dict[str, bytes]) -> bytes:
    root = _element("manifest:manifest", manifest__version="1.3")
    files = {"/": MEDIA} | {name: _media(name) for name in parts if name != "mimetype"}
    for name, media in files.items():
        root.append(
            _element("manifest:file-entry", manifest__full_path=name, manifest__media_type=media)
        )
    return _xml(root)


def _media(name: str) -> str:
    return "text/xml" if name.endswith(".xml") else f"image/{name.rpartition('.')[2]}"


def _styles(locale: str) -> bytes:
    """What an office calls its styles by: Text body, Heading 1, lists, links."""
    language, _dash, country = locale.partition("-")
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    body = "".join(
        [
            _default(language, country),
            _style("Standard", "", "", ""),
            *_sides("Text_20_body", "Standard", 'fo:margin-top="0cm" fo:margin-bottom="0.21cm"'),
            *_sides("Lines", "Standard", 'fo:margin-top="0cm" fo:margin-bottom="0cm"'),
            *(_heading_style(level, size) for level, size in _SIZES.items()),
            _words_style("Strong", 'fo:font-weight="bold"'),
            _words_style("Slanted", 'fo:font-style="italic"'),
            _words_style("StrongSlanted", 'fo:font-weight="bold" fo:font-style="italic"'),
            _words_style("Internet_20_link", _LINK),
            _list_style("Bullets", "bullet", 'text:bullet-char="•"'),
            _list_style("Numbers", "number", 'style:num-format="1" style:num-suffix="."'),
        ]
    )  # fmt: skip
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-styles {spaces} '
        f'office:version="1.3"><office:styles>{body}</office:styles>{_PAGE}'
        "</office:document-styles>"
    ).encode()


_PAGE = (
    '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
    'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" '
    'fo:margin-left="2.2cm" fo:margin-right="2.2cm"/></style:page-layout>'
    "</office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>'
)


def _default(language: str, country: str) -> str:
    return (
        '<style:default-style style:family="paragraph"><style:paragraph-properties '
        'fo:line-height="115%"/><style:text-properties fo:font-family="Calibri, Carlito" '
        f'fo:font-size="11pt" fo:language="{escape(language)}" fo:country="{escape(country)}"/>'
        "</style:default-style>"
    )


def _style(name: str, parent: str, paragraph: str, words: str) -> str:
    shown = name.replace("_20_", " ").replace("_", " ")
    under = f' style:parent-style-name="{parent}"' if parent else ""
    outline = f' style:default-outline-level="{name[-1]}"' if name.startswith("Heading") else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph"'
        f'{under}{outline} style:class="text"><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {words}/></style:style>"
    )


def _sides(name: str, parent: str, paragraph: str) -> list[str]:
    return [
        _style(name, parent, paragraph, ""),
        _style(f"{name}_End", name, f'fo:margin-left="{_WIDE * END:.1f}cm"', ""),
        _style(f"{name}_Middle", name, 'fo:text-align="center"', ""),
    ]


def _heading_style(level: int, size: int) -> str:
    before = f'fo:margin-top="{size}pt" fo:margin-bottom="4pt" fo:keep-with-next="always"'
    words = f'fo:font-size="{size}pt" fo:font-weight="bold"'
    return _style(f"Heading_20_{level}", "Standard", before, words)


def _words_style(name: str, words: str) -> str:
    shown = name.replace("_20_", " ")
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="text">'
        f"<style:text-properties {words}/></style:style>"
    )


def _list_style(name: str, kind: str, sign: str) -> str:
    where = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        'fo:text-indent="-0.6cm" fo:margin-left="1cm"/></style:list-level-properties>'
    )
    return (
        f'<text:list-style style:name="{name}"><text:list-level-style-{kind} text:level="1" {sign}>'
        f"{where}"
        f"</text:list-level-style-{kind}></text:list-style>"
    )


def _xml(root: Any) -> bytes:
    etree.cleanup_namespaces(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made
