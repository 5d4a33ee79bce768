"""Texts of LibreOffice and its like (.odt): the body from top to bottom, corrections accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crm.documents.archives import Archive, damaged, locked
from crm.documents.document import Document
from crm.documents.drafting import Draft, Run
from crm.documents.odfstyles import Styles

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_UNSEEN = {
    f"{TEXT}tracked-changes", f"{TEXT}note", f"{TEXT}sequence-decls", f"{TEXT}hidden-text",
    f"{TEXT}ruby-text", f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{OFFICE}annotation",
    f"{OFFICE}forms", f"{TEXT}table-of-content",
}  # fmt: skip
_ITEMS = (f"{TEXT}list-item", f"{TEXT}list-header")
_MOST_COLUMNS = 60
_MOST_DEPTH = 200


def from_odt(name: str, content: bytes) -> Document:
    """The document in an .odt file."""
    archive = Archive(name, content)
    if "content.xml" not in archive:
        raise damaged(name)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.bytes(
        "META-INF/manifest.xml"
    ):
        raise locked(name)
    tree = archive.xml("content.xml")
    styles = Styles()
    if "styles.xml" in archive:
        styles.learn(archive.xml("styles.xml"))
    styles.learn(tree)
    draft = Draft()
    body = tree.find(f"{OFFICE}body/{OFFICE}text")
    if body is not None:
        _Body(draft, styles).through(body)
    return draft.document(name)


class _Body:
    """Walks through blocks: paragraphs, headings, lists, tables, sections and frames."""

    def __init__(self, draft: Draft, styles: Styles) -> None:
        self.draft = draft
        self.styles = styles
        self._lists: list[tuple[str, int]] = []  # style, count
        self._bullet = ""
        self._below = 0.0

    def through(self, parent: Any) -> None:
        for block in parent:
            if block.tag in (f"{TEXT}p", f"{TEXT}h"):
                self._paragraph(block)
            elif block.tag == f"{TEXT}list":
                self._list(block)
            elif block.tag == f"{TABLE}table":
                self._table(block)
            elif block.tag == f"{DRAW}frame":
                self._boxes([block])
            elif block.tag not in _UNSEEN and not self.styles.is_hidden(block):
                self.through(block)

    def _paragraph(self, paragraph: Any) -> None:
        style = paragraph.get(f"{TEXT}style-name") or ""
        words = _Words(self.styles, paragraph, self.styles.bold(style))
        above, below = self.styles.room(style)
        level = self._level(paragraph, style)
        if not any(run.words.strip() for run in words.runs):
            self.draft.gap()
        else:
            if max(above, self._below) > 2.5:
                self.draft.gap()
            indent = 4 * max(0, len(self._lists) - 1)
            bullet = "" if level else self._bullet
            self.draft.line(words.runs, level=level, bullet=bullet, indent=indent)
            self._bullet = ""
        self._below = below
        self._boxes(words.frames)

    def _level(self, paragraph: Any, style: str) -> int:
        if paragraph.tag == f"{TEXT}h":
            said = paragraph.get(f"{TEXT}outline-level") or "1"
            return int(said) if said.isdigit() else 1
        return self.styles.title_level(style)

    def _boxes(self, frames: list[Any]) -> None:
        for frame in frames:
            for box in frame.findall(f"{DRAW}text-box"):
                self.draft.gap()
                self.through(box)
                self.draft.gap()

    def _list(self, block: Any) -> None:
        outer = self._lists[-1][0] if self._lists else ""
        style = block.get(f"{TEXT}style-name") or outer
        depth = len(self._lists) + 1
        self._lists.append((style, self.styles.first(style, depth)))
        if depth == 1:
            self.draft.gap()
        for item in block:
            if item.tag not in _ITEMS:
                continue
            own, count = self._lists[-1]
            if item.tag == _ITEMS[0] and not self._only_nests(item):
                self._bullet = self.styles.sign(own, depth, count)
                self._lists[-1] = own, count + 1
            self._below = 0.0
            self.through(item)
            self._bullet = ""
        self._lists.pop()
        if depth == 1:
            self.draft.gap()

    def _only_nests(self, item: Any) -> bool:
        return all(each.tag == f"{TEXT}list" for each in item)

    def _table(self, table: Any) -> None:
        self.draft.gap()
        rows = [_cells(row) for row in _rows(table)]
        if _is_grid(rows):
            for row in _filled(rows):
                drawn = [self._cell(cell) if cell is not None else [] for cell in row]
                said = [runs for runs in drawn if any(run.words.strip() for run in runs)]
                if len(said) == 1 and len(drawn) > 1 and said[0] is drawn[0]:
                    self.draft.line(said[0])  # a heading between rows
                else:
                    self.draft.row(drawn)
        else:
            for cell in (cell for row in rows for cell in row if cell is not None):
                self.draft.gap()
                self.through(cell)
        self.draft.gap()
        self._below = 0.0

    def _cell(self, cell: Any) -> list[Run]:
        runs: list[Run] = []
        for paragraph in cell.iter(f"{TEXT}p", f"{TEXT}h"):
            bold = self.styles.bold(paragraph.get(f"{TEXT}style-name") or "")
            said = _Words(self.styles, paragraph, bold).runs
            runs += [Run(" "), *said] if runs and said else said
        return runs


class _Words:
    """The words of a paragraph as they are seen, and the frames anchored in it."""

    def __init__(self, styles: Styles, paragraph: Any, bold: bool | None) -> None:
        self.runs: list[Run] = []
        self.frames: list[Any] = []
        self._styles = styles
        self._take(paragraph, bool(bold), "", 0)

    def _take(self, element: Any, bold: bool, target: str, depth: int) -> None:
        if depth > _MOST_DEPTH:
            return
        self._say(element.text, bold, target)
        for child in element:
            self._child(child, bold, target, depth)
            self._say(child.tail, bold, target)

    def _child(self, child: Any, bold: bool, target: str, depth: int) -> None:
        tag = child.tag
        if tag == f"{DRAW}frame":
            self.frames.append(child)
        elif tag == f"{DRAW}a":
            self.frames += child.findall(f"{DRAW}frame")
        elif tag == f"{TEXT}s":
            said = child.get(f"{TEXT}c") or "1"
            many = min(int(said), 200) if said.isdigit() and len(said) < 6 else 1
            self._add(" " * many, bold, target)
        elif tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            self._add("\t" if tag.endswith("tab") else "\n", bold, target)
        elif tag == f"{TEXT}a":
            self._take(child, bold, _outward(child.get(_HREF) or "") or target, depth + 1)
        elif isinstance(tag, str) and tag not in _UNSEEN:
            style = child.get(f"{TEXT}style-name") or ""
            if self._styles.hides(style):
                return
            said_bold = self._styles.bold(style)
            self._take(child, bold if said_bold is None else said_bold, target, depth + 1)

    def _say(self, words: str | None, bold: bool, target: str) -> None:
        if words:  # blanks and line ends of the file itself are one blank
            self._add(re.sub(r"[ \t\r\n]+", " ", words), bold, target)

    def _add(self, words: str, bold: bool, target: str) -> None:
        self.runs.append(Run(words, bold, target))


def _outward(href: str) -> str:
    return href if href.lower().startswith(("mailto:", "http://", "https://")) else ""


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-rows", f"{TABLE}table-header-rows", f"{TABLE}table-row-group"):
            yield from _rows(child)


def _cells(row: Any) -> list[Any]:
    """The cells of a row, None where a wide or a tall one reaches."""
    cells: list[Any] = []
    for cell in row:
        covered = cell.tag == f"{TABLE}covered-table-cell"
        if covered or cell.tag == f"{TABLE}table-cell":
            said = cell.get(f"{TABLE}number-columns-repeated") or "1"
            many = min(int(said), _MOST_COLUMNS) if said.isdigit() and len(said) < 6 else 1
            cells += [None if covered else cell] * many
    return cells[:_MOST_COLUMNS]


def _filled(rows: list[list[Any]]) -> list[list[Any]]:
    """A cell that reaches down speaks for every row it covers."""
    rows = [list(row) for row in rows]
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            said = cell.get(f"{TABLE}number-rows-spanned") if cell is not None else None
            down = int(said) if said and said.isdigit() and len(said) < 6 else 1
            for below in rows[at + 1 : at + down]:
                if column < len(below) and below[column] is None:
                    below[column] = cell
    return rows


def _is_grid(rows: list[list[Any]]) -> bool:
    """Rows of cells a line or two long; else the table only places paragraphs on the page."""
    wide = [row for row in rows if sum(cell is not None and _length(cell) > 0 for cell in row) > 1]
    if len(wide) < 2 or len(wide) < len(rows) / 2:
        return False
    cells = [cell for row in rows for cell in row if cell is not None]
    return all(_length(cell) <= 2 and cell.find(f".//{TABLE}table") is None for cell in cells)


def _length(cell: Any) -> int:
    return sum(
        1 + len(paragraph.findall(f".//{TEXT}line-break"))
        for paragraph in cell.iter(f"{TEXT}p", f"{TEXT}h")
        if "".join(paragraph.itertext()).strip()
    )
