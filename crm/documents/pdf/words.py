"""The words of a pdf and where they stand, as pdfium finds them; the y axis goes down."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crm.documents.archives import damaged, locked
from crm.documents.drafting import too_long
from crm.errors import Refused
from crm.language import _

MOST_WORDS = 250_000
"""As many as 500 pages of a book hold."""
MOST_PAGES = 2_000
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_BOLD = re.compile(r"bold|black|heavy|semibd|demi|cmbx|gras|fett", re.IGNORECASE)
_SIGNS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0fc": "✓", "\uf0d8": "➢", "\uf02d": "-",
                        "\uf076": "❖", "\x02": "-", "\ufffe": "-", "\u00ad": "-"})  # fmt: skip
# pdfium reads on over a hyphen at the end of a line, and marks where it was.
_WORD = re.compile("[^\\s\ufffe\x02]+(?:\u00a0[^\\s\ufffe\x02]+)*[\ufffe\x02]?")


@dataclass
class Word:
    """A word of a page: its baseline, its edges, its size and weight, in points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    target: str = ""


@dataclass
class Page:
    """The words of a page in the order they were set, and how wide it is."""

    words: list[Word]
    width: float = 0.0


@dataclass(frozen=True)
class _Area:
    """Where a link may be clicked."""

    left: float
    right: float
    top: float
    bottom: float
    target: str

    def holds(self, x: float, y: float) -> bool:
        return self.left - 1 <= x <= self.right + 1 and self.top - 1 <= y <= self.bottom + 1


def pages_of(name: str, content: bytes) -> list[Page]:
    """The words of every page, in the order they were set."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise locked(name) from None
        raise damaged(name) from None
    with document:
        if len(document) > MOST_PAGES:
            raise too_long(name)
        pages: list[Page] = []
        left = MOST_WORDS
        pictured = False
        for number in range(len(document)):
            page, has_objects = _page(document, number)
            pages.append(page)
            pictured = pictured or has_objects
            left -= len(page.words)
            if left < 0:
                raise too_long(name)
    if not any(page.words for page in pages):
        raise _pictures(name) if pictured else damaged(name)
    return pages


def _page(document: Any, number: int) -> tuple[Page, bool]:
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(document.raw, number)
    if not page:
        return Page([]), False  # one broken page hides no other
    try:
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            return Page([]), False
        try:
            turn = pdfium.FPDFPage_GetRotation(page)
            words = list(_Reader(pdfium, text, turn).words())
        finally:
            pdfium.FPDFText_ClosePage(text)
        if words:
            _link(words, list(_areas(pdfium, document.raw, page, turn)))
        width = pdfium.FPDF_GetPageWidthF(page)
        return Page(words, width if turn == 0 else 0.0), pdfium.FPDFPage_CountObjects(page) > 0
    finally:
        pdfium.FPDF_ClosePage(page)


class _Reader:
    """Asks pdfium for the words of one page, few questions a word: a book has many."""

    def __init__(self, pdfium: Any, page: Any, turn: int) -> None:
        self._pdfium = pdfium
        self._page = page
        self._turn = turn
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._refs = [ctypes.byref(number) for number in self._numbers]
        self._font = ctypes.create_string_buffer(128)
        self._matrix = pdfium.FS_MATRIX()

    def words(self) -> Iterator[Word]:
        """The words, in the order they were set."""
        pdfium, page = self._pdfium, self._page
        count = pdfium.FPDFText_CountChars(page)
        if count <= 0:
            return
        letters = (ctypes.c_ushort * (count + 1))()
        given = pdfium.FPDFText_GetText(page, 0, count, letters)
        text = bytes(letters)[: 2 * max(0, given - 1)].decode("utf-16-le", "surrogatepass")
        wide = any(ord(letter) > 0xFFFF for letter in text)
        for found in _WORD.finditer(text):
            first, last = found.start(), found.end() - 1
            if wide:  # pdfium counts the halves of such letters
                first = len(text[:first].encode("utf-16-le", "surrogatepass")) // 2
                last = first + len(found[0].encode("utf-16-le", "surrogatepass")) // 2 - 1
            first = pdfium.FPDFText_GetCharIndexFromTextIndex(page, first)
            last = pdfium.FPDFText_GetCharIndexFromTextIndex(page, last)
            if first >= 0 and last >= 0 and (word := self._word(found[0], first, last)):
                yield word

    def _word(self, said: str, first: int, last: int) -> Word | None:
        said = (said[:-1].replace("\u00ad", "") + said[-1]).translate(_SIGNS)
        said = said.encode("utf-8", "replace").decode()
        pdfium, page = self._pdfium, self._page
        x, y = self._origin(first)
        end = self._right(last)
        size = pdfium.FPDFText_GetFontSize(page, first)
        if pdfium.FPDFText_GetMatrix(page, first, ctypes.byref(self._matrix)):
            scale = (self._matrix.c**2 + self._matrix.d**2) ** 0.5
            size = size * scale if scale > 0 else size
        if end <= x or size <= 0.5:
            return None  # turned aside, or not meant to be read
        return Word(said, x, end, y, size, self._is_bold(first))

    def _origin(self, at: int) -> tuple[float, float]:
        x, y, *_rest = self._numbers
        self._pdfium.FPDFText_GetCharOrigin(self._page, at, *self._refs[:2])
        return turned(x.value, y.value, self._turn)

    def _right(self, at: int) -> float:
        self._pdfium.FPDFText_GetCharBox(self._page, at, *self._refs)
        left, right, bottom, top = (number.value for number in self._numbers)
        return max(turned(left, bottom, self._turn)[0], turned(right, top, self._turn)[0])

    def _is_bold(self, at: int) -> bool:
        if self._pdfium.FPDFText_GetFontWeight(self._page, at) >= 600:
            return True
        flags = ctypes.c_int()
        given = self._pdfium.FPDFText_GetFontInfo(
            self._page, at, self._font, len(self._font), ctypes.byref(flags)
        )
        return bool(given and _BOLD.search(self._font.value.decode("latin-1")))


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of a page that is shown turned, the y axis going down."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turn % 4]


def _areas(pdfium: Any, document: Any, page: Any, turn: int) -> Iterator[_Area]:
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        rect = pdfium.FS_RECTF()
        action = pdfium.FPDFLink_GetAction(link)
        if not action or not pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(rect)):
            continue
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        said = ctypes.create_string_buffer(max(1, min(length, 4_000)))
        pdfium.FPDFAction_GetURIPath(document, action, said, len(said))
        target = said.value.decode("utf-8", "replace")
        if target.lower().startswith(("mailto:", "http://", "https://")):
            one = turned(rect.left, rect.top, turn)
            other = turned(rect.right, rect.bottom, turn)
            xs, ys = sorted((one[0], other[0])), sorted((one[1], other[1]))
            yield _Area(xs[0], xs[1], ys[0], ys[1], target)


def _link(words: list[Word], areas: list[_Area]) -> None:
    for area in areas[:2_000]:
        for word in words:
            middle, above = (word.x0 + word.x1) / 2, word.y - 0.3 * word.size
            if area.top - 1 <= above <= area.bottom + 1 and area.holds(middle, above):
                word.target = area.target


def _pictures(name: str) -> Refused:
    return Refused(
        _("The pages of “{name}” are pictures: they hold no words to read.").format(name=name),
        hint=_("Run it through a program that recognises text, or type the list of signatories."),
    )
