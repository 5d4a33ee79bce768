"""Printed as pdf: A4, our own fonts, live links, numbered pages; no author, no machine, no date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, singledispatchmethod
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import bidirectional, category, name, normalize

from crm.documents.printed import END, Block, Bullets, Heading, Lines, Paragraph, Run, Text, Wall
from crm.documents.writing.escaping import flat, words_of
from crm.documents.writing.packing import LOCALES
from crm.errors import Refused
from crm.language import _

_FONTS = Path(__file__).resolve().parents[3] / "resources" / "fonts"
_FACES = {"": "Inter-Regular.otf", "B": "Inter-SemiBold.otf", "I": "Inter-Medium.otf"}
_SHAPING = frozenset({"GSUB", "GPOS", "GDEF"})  # ligatures and kerning: we set letter by letter
_OTHERS = "DejaVuSans.ttf"  # letters Inter has not: Georgian, Armenian
_SIZES = {1: 18, 2: 14, 3: 11.5, 4: 10.5, 5: 10.5, 6: 10.5}  # points, of the headings
_SIZE, _LEADING = 10.5, 1.4
_MARGIN = 20.0  # millimetres
_SIDES = {"start": 0.0, "end": 0.0, "middle": 0.5}  # of the room that is left; "end" begins at END
_WALL = (40.0, 20.0)
_LINK = (11, 87, 208)
_INK = (26, 26, 26)


def file(text: Text) -> bytes:
    """A file to print or to send; Refused when a character is in none of our fonts."""
    signs = set(_plain("".join(_words(text))))
    _refuse_unprintable(signs)
    sheet = _Sheet(text, faces={"", "B"} | ({"I"} if _slanted(text) else set()))
    if any(ord(sign) not in _known(_FACES[""]) for sign in signs):
        sheet.fall_back()
    for part in text.blocks:
        sheet.add(part)
    return sheet.printed()


class _Sheet:
    """The pages while they grow."""

    def __init__(self, text: Text, faces: set[str]) -> None:
        from fpdf import FPDF

        class Numbered(FPDF):
            """A number at the foot of each page, as soon as there are two."""

            alone = False

            def footer(self) -> None:
                if self.alone:
                    return
                self.set_y(-14)
                self.set_font("Inter", "", 8.5)
                self.set_text_color(110)
                self.cell(w=0, align="C", text=f"{self.page_no()}")

        self.pdf: Any = Numbered(format="A4")
        self.pdf.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
        self.pdf.set_producer("Cosigne")
        self.pdf.set_title(" ".join(text.title.split()))
        if text.language:
            self.pdf.set_lang(LOCALES.get(text.language, text.language))
        for style in sorted(faces):
            self.pdf.add_font("Inter", style, _FONTS / _FACES[style])
        fonts: Any = self.pdf.fonts
        for font in fonts.values():
            for table in _SHAPING.intersection(font.ttfont.keys()):
                del font.ttfont[table]  # half the time of a page went into cutting them down
        self.pdf.set_margins(_MARGIN, _MARGIN)
        self.pdf.set_auto_page_break(True, margin=_MARGIN)
        self.pdf.c_margin = 0  # nothing around the words of a cell
        self.pdf.add_page()
        self._widths: dict[tuple[Any, ...], float] = {}

    def fall_back(self) -> None:
        """Have the other letters too: a font so large that it is loaded only then."""
        self.pdf.add_font("Others", "", _FONTS / _OTHERS)

    def printed(self) -> bytes:
        """The file's bytes, the same for the same text."""
        self.pdf.alone = self.pdf.pages_count == 1  # the last foot is drawn by output()
        return bytes(self.pdf.output())

    @singledispatchmethod
    def add(self, part: Block) -> None:
        """One more block."""
        raise TypeError(part)

    @add.register
    def _heading(self, part: Heading) -> None:
        size = _SIZES[part.level]
        if self.pdf.get_y() > _MARGIN:
            self._space(size * 0.32)
        if self.pdf.will_page_break(size):  # never the last line of a page
            self.pdf.add_page()
        if said := words_of(part.runs):
            self.pdf.start_section(_plain(said), strict=False)
        strong = [Run(run.words, strong=True, target=run.target) for run in part.runs]
        self._set([strong], "start", size)
        self._space(1)

    @add.register
    def _paragraph(self, part: Paragraph) -> None:
        self._set([part.runs], part.side)
        self._space(2)

    @add.register
    def _lines(self, part: Lines) -> None:
        self._set(part.lines, part.side)
        self._space(2)

    @add.register
    def _bullets(self, part: Bullets) -> None:
        for at, item in enumerate(part.items, 1):
            sign = f"{at}." if part.numbered else "•"
            self._dress(_Piece(sign, "Inter", Run(sign)), _SIZE)
            self.pdf.cell(w=7, h=_height(_SIZE), text=sign, align="R")
            self._set([item], "start", left=_MARGIN + 10)
        self._space(2)

    @add.register
    def _wall(self, part: Wall) -> None:
        if not part.pictures:
            return
        x, y, right = _MARGIN, self.pdf.get_y() + 2, self.pdf.w - _MARGIN
        for picture in part.pictures:
            width, height = picture.fitting(*_WALL)
            if x + width > right:
                x, y = _MARGIN, y + _WALL[1] + 5
            if y + _WALL[1] > self.pdf.h - _MARGIN:
                self.pdf.add_page()
                x, y = _MARGIN, self.pdf.get_y()
            self.pdf.image(
                BytesIO(picture.content), x=x, y=y + (_WALL[1] - height) / 2,
                w=width, h=height, alt_text=picture.instead,
            )  # fmt: skip
            x += width + 8
        self.pdf.set_y(y + _WALL[1] + 4)

    def _set(
        self, lines: Iterable[Sequence[Run]], side: str, size: float = _SIZE, left: float = _MARGIN
    ) -> None:
        """These lines, one under the other, each broken where the page ends."""
        if side == "end":
            left += self.pdf.epw * END
        self.pdf.set_left_margin(left)
        self.pdf.set_x(left)
        for line in lines:
            self._line(flat(line), side, size)
        self.pdf.set_left_margin(_MARGIN)
        self.pdf.set_x(_MARGIN)

    def _line(self, runs: Sequence[Run], side: str, size: float) -> None:
        height = _height(size)
        for row in self._rows([piece for run in runs for piece in _by_font(run)], size):
            wide = sum(self._width(piece, size) for piece in row)
            room = max(self.pdf.epw - wide, 0.0)
            self.pdf.set_x(self.pdf.l_margin + room * _SIDES[side])
            for piece in row:
                self._dress(piece, size)
                wide = self._width(piece, size)
                self.pdf.cell(w=wide, h=height, text=piece.words, link=piece.run.target)
            self.pdf.ln(height)

    def _rows(self, pieces: Iterable[_Piece], size: float) -> list[list[_Piece]]:
        """Broken at spaces where the page ends.

        fpdf2 breaks lines too, but measures each from its beginning for every letter: a sentence
        of 2,000 names took it ten seconds.
        """
        rows: list[list[_Piece]] = [[]]
        room = self.pdf.epw
        for piece in pieces:
            for word in _in_words(piece):
                wide = self._width(replace(word, words=word.words.rstrip(" ")), size)
                if wide > room and rows[-1]:
                    rows.append([])
                    room = self.pdf.epw
                _append(rows[-1], word)
                room -= self._width(word, size)
        for row in rows:
            if row:
                row[-1] = replace(row[-1], words=row[-1].words.rstrip(" "))
        return rows

    def _width(self, piece: _Piece, size: float) -> float:
        key = (piece.font, piece.run.strong, piece.run.slanted, size, piece.words)
        if key not in self._widths:
            self._dress(piece, size)
            self._widths[key] = float(self.pdf.get_string_width(piece.words))
        return self._widths[key]

    def _dress(self, piece: _Piece, size: float) -> None:
        style = "B" if piece.run.strong else "I" if piece.run.slanted else ""
        self.pdf.set_font(piece.font, style if piece.font == "Inter" else "", size)
        self.pdf.set_text_color(*(_LINK if piece.run.target else _INK))

    def _space(self, millimetres: float) -> None:
        self.pdf.ln(millimetres)


@dataclass(frozen=True)
class _Piece:
    """Words of a run that one font can set."""

    words: str
    font: str
    run: Run


def _by_font(run: Run) -> list[_Piece]:
    """Inter as far as it goes; a space goes with what stands before it.

    fpdf2 has fallback fonts of its own: a line that begins with one leaves the next line in a
    wrong font (seen in 2.8.9), its letters turned into others.
    """
    said = _plain(run.words)
    if all(ord(sign) in _known(_FACES[""]) for sign in set(said)):
        return [_Piece(said, "Inter", run)]
    pieces: list[_Piece] = []
    for sign in said:
        font = "Inter" if ord(sign) in _known(_FACES[""]) else "Others"
        if pieces and sign == " ":
            font = pieces[-1].font
        _append(pieces, _Piece(sign, font, run))
    return pieces


def _append(row: list[_Piece], piece: _Piece) -> None:
    """One piece more; what is set alike is one piece."""
    if row and (row[-1].font, row[-1].run) == (piece.font, piece.run):
        row[-1] = replace(row[-1], words=row[-1].words + piece.words)
    else:
        row.append(piece)


def _in_words(piece: _Piece) -> Iterable[_Piece]:
    """Its words, each with the space or hyphen behind it; a very long one cut.

    An address is never cut at its hyphens: who types it from paper would not know.
    """
    parts = r"[^ ]{1,60} ?| " if piece.run.target else r"[^ -]{1,60}[ -]?|[ -]"
    for word in re.findall(parts, piece.words):
        yield replace(piece, words=word)


def _height(size: float) -> float:
    return size * _LEADING * 0.3528  # millimetres of a point


def _plain(words: str) -> str:
    """Composed letters, and no marks that nobody sees."""
    return "".join(
        sign for sign in normalize("NFC", words) if category(sign) != "Cf" or sign == "\u00ad"
    )


# -- no character lost ------------------------------------------------------------------------


def _refuse_unprintable(signs: set[str]) -> None:
    for sign in sorted(signs):
        if ord(sign) not in _known(_FACES[""]) and ord(sign) not in _known(_OTHERS):
            raise _refused(_("the character {sign} ({name})").format(
                sign=sign, name=name(sign, f"U+{ord(sign):04X}").lower()
            ))  # fmt: skip
        if bidirectional(sign) in {"R", "AL"}:
            # They would be set from left to right, each letter alone.
            raise _refused(_("letters written from right to left"))


def _refused(what: str) -> Refused:
    return Refused(
        _("A pdf cannot hold {what} of this text.").format(what=what),
        hint=_("Save it as Word, ODT or HTML: they keep every letter."),
    )


def _runs(text: Text) -> Iterable[Run]:
    for part in text.blocks:
        if isinstance(part, Lines):
            lines = part.lines
        elif isinstance(part, Bullets):
            lines = part.items
        else:
            lines = () if isinstance(part, Wall) else (part.runs,)
        for line in lines:
            yield from flat(line)


def _words(text: Text) -> Iterable[str]:
    return (run.words for run in _runs(text))


def _slanted(text: Text) -> bool:
    return any(run.slanted for run in _runs(text))


@cache
def _known(face: str) -> frozenset[int]:
    """The characters a face can set; the three of Inter have the same ones."""
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(_FONTS / face, lazy=True).getBestCmap())
