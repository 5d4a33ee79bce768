"""Word's documents (.docx): the body from top to bottom, its corrections accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm.documents.archives import Archive
from crm.documents.document import Document
from crm.documents.drafting import Draft, Run
from crm.documents.wordstyles import REL, Styles, W, on, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = {
    f"{W}{name}"
    for name in "del moveFrom rPr pPr instrText delText footnoteReference endnoteReference "
    "commentReference sdtPr proofErr tblPr tblGrid trPr tcPr rt".split()
} | {f"{_MC}Fallback"}
_WITHIN = {
    f"{W}{name}"
    for name in "sdt sdtContent smartTag customXml ins moveTo ruby rubyBase dir bdo".split()
} | {f"{_MC}AlternateContent", f"{_MC}Choice"}
_MOST_COLUMNS = 60


def from_docx(name: str, content: bytes) -> Document:
    """The document in a .docx file."""
    archive = Archive(name, content)
    body = archive.xml("word/document.xml").find(f"{W}body")
    draft = Draft()
    if body is not None:
        _Body(draft, Styles(archive)).through(body)
    return draft.document(name)


class _Body:
    """Walks through blocks: paragraphs, tables, and what wraps them."""

    def __init__(self, draft: Draft, styles: Styles) -> None:
        self.draft = draft
        self.styles = styles
        self._below = 0.0  # points the paragraph above leaves under it
        self._style = ""

    def through(self, parent: Any) -> None:
        for block in parent:
            if block.tag == f"{W}p":
                self._paragraph(block)
            elif block.tag == f"{W}tbl":
                self._table(block)
            elif block.tag in _WITHIN:
                self.through(block)

    def _paragraph(self, paragraph: Any) -> None:
        styles = self.styles
        words = _Words(styles, paragraph)
        properties = paragraph.find(f"{W}pPr")
        above, below = styles.room(properties)
        style = styles.name(properties)
        # Word leaves no room between paragraphs of one style that ask for none.
        apart = max(above, self._below) if style != self._style else styles.between(properties)
        if not any(run.words.strip() for run in words.runs):
            self.draft.gap()
        else:
            if apart > 2.5:
                self.draft.gap()
            level = styles.level(properties)
            bullet, depth = styles.item(properties) if not level else ("", 0)
            self.draft.line(words.runs, level=level, bullet=bullet, indent=4 * depth)
        self._below, self._style = below, style
        for box in words.boxes:
            self.draft.gap()
            self.through(box)
            self.draft.gap()

    def _table(self, table: Any) -> None:
        self.draft.gap()
        rows = [self._cells(row) for row in _children(table, f"{W}tr")]
        if _is_grid(rows):
            self._grid(rows)
        else:
            for cell in (cell for row in rows for cell in row if cell is not None):
                self.draft.gap()
                self.through(cell)
        self.draft.gap()
        self._below = 0.0

    def _cells(self, row: Any) -> list[Any]:
        """The cells of a row, None where a wide one reaches; a continued one is itself."""
        cells: list[Any] = []
        for cell in _children(row, f"{W}tc"):
            span = value(cell, "tcPr", "gridSpan")
            wide = min(int(span), _MOST_COLUMNS) if span.isdigit() else 1
            cells += [cell, *[None] * (wide - 1)]
        return cells[:_MOST_COLUMNS]

    def _grid(self, rows: list[list[Any]]) -> None:
        above: dict[int, list[Run]] = {}
        for row in rows:
            drawn = [self._cell(cell) if cell is not None else [] for cell in row]
            for at, cell in enumerate(row):
                merge = cell.find(f"{W}tcPr/{W}vMerge") if cell is not None else None
                if merge is not None and merge.get(f"{W}val") != "restart":
                    drawn[at] = above.get(at, [])
                above[at] = drawn[at]
            said = [runs for runs in drawn if any(run.words.strip() for run in runs)]
            if len(said) == 1 and len(drawn) > 1 and said[0] is drawn[0]:
                self.draft.line(said[0])  # a heading between rows
            else:
                self.draft.row(drawn)

    def _cell(self, cell: Any) -> list[Run]:
        runs: list[Run] = []
        for paragraph in cell.iter(f"{W}p"):
            said = _Words(self.styles, paragraph).runs
            runs += [Run(" "), *said] if runs and said else said
        return runs


class _Words:
    """The words of a paragraph as they are seen, and the text boxes anchored in it."""

    def __init__(self, styles: Styles, paragraph: Any) -> None:
        self.runs: list[Run] = []
        self.boxes: list[Any] = []
        self._styles = styles
        self._plain = styles.bold(paragraph.find(f"{W}pPr"), paragraph=True)
        self._field: list[str] = []  # instructions of the fields we are in
        self._take(paragraph, "")

    def _take(self, parent: Any, target: str) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child, target)
            elif child.tag == f"{W}hyperlink":
                self._take(child, self._styles.targets.get(child.get(f"{REL}id", ""), target))
            elif child.tag == f"{W}fldSimple":
                self._take(child, _led(child.get(f"{W}instr") or "") or target)
            elif child.tag in _WITHIN:
                self._take(child, target)

    def _run(self, run: Any, target: str) -> None:
        properties = run.find(f"{W}rPr")
        hidden = on(properties, "vanish")
        said = self._styles.bold(properties)
        bold = self._plain if said is None else said
        for child in run:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._turn(child.get(f"{W}fldCharType") or "")
            elif tag == f"{W}instrText" and self._field:
                self._field[-1] += child.text or ""
            elif tag not in _DROPPED and not hidden:
                words = _said(child)
                if words and not self._is_instruction():
                    self.runs.append(Run(words, bool(bold), self._leads() or target))
                self.boxes += _boxes(child)

    def _turn(self, kind: str) -> None:
        if kind == "begin":
            self._field.append("")
        elif kind == "separate" and self._field:
            self._field[-1] += "\0"
        elif kind == "end" and self._field:
            self._field.pop()

    def _is_instruction(self) -> bool:
        return any("\0" not in field for field in self._field)

    def _leads(self) -> str:
        return next((to for field in self._field if (to := _led(field))), "")


def _said(child: Any) -> str:
    tag = child.tag.removeprefix(W)
    if tag == "t":
        return (child.text or "").replace("\n", " ").replace("\t", " ")
    # A page or a column may end within a paragraph: the words go on.
    return {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(tag, "")


def _boxes(child: Any) -> list[Any]:
    """The outermost text boxes drawn here; what older programs are given instead is passed over."""
    found = []
    for box in child.iter(f"{W}txbxContent"):
        around = {each.tag for each in box.iterancestors()}
        inner = sum(each.tag == f"{W}txbxContent" for each in _up_to(box, child))
        if f"{_MC}Fallback" not in around and not inner:
            found.append(box)
    return found


def _up_to(element: Any, top: Any) -> Iterator[Any]:
    for each in element.iterancestors():
        if each is top:
            return
        yield each


def _led(instruction: str) -> str:
    """Where a field leads: HYPERLINK "mailto:…"."""
    said = instruction.replace("\0", " ").strip()
    if not said.upper().startswith("HYPERLINK"):
        return ""
    target = said[9:].strip().partition(" ")[0].strip('"')
    return target if target.lower().startswith(("mailto:", "http://", "https://")) else ""


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WITHIN:
            yield from _children(child, tag)


def _is_grid(rows: list[list[Any]]) -> bool:
    """Rows of cells a line or two long; else the table only places paragraphs on the page."""
    wide = [row for row in rows if sum(cell is not None and _length(cell) > 0 for cell in row) > 1]
    if len(wide) < 2 or len(wide) < len(rows) / 2:
        return False
    cells = [cell for row in rows for cell in row if cell is not None]
    return all(_length(cell) <= 2 and cell.find(f".//{W}tbl") is None for cell in cells)


def _length(cell: Any) -> int:
    """The lines of a cell, empty ones not counted."""
    return sum(
        1 + len(paragraph.findall(f".//{W}br"))
        for paragraph in cell.iter(f"{W}p")
        if any((text.text or "").strip() for text in paragraph.iter(f"{W}t"))
    )
