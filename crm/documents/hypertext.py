"""From the tree of a web page to lines: what a reader sees, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from crm.documents.drafting import FULL, Draft, Run
from crm.documents.looks import Looks, hides, is_tight, weight
from crm.documents.webtables import is_grid, rows_of

_UNSEEN = frozenset(
    "script style noscript template head title nav form button select option textarea input svg "
    "iframe object embed video audio canvas map img figure aside del menu dialog rp rt".split()
)
_APART = frozenset("p h1 h2 h3 h4 h5 h6 table blockquote pre hr dl dt figure fieldset".split())
_BLOCKS = _APART | frozenset(
    "div section article main header footer address ul ol li dd tr td th tbody thead tfoot caption "
    "body html center details summary hgroup figcaption legend".split()
)
_FURNITURE = frozenset(
    "navigation banner contentinfo search complementary menu menubar toolbar alert dialog".split()
)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:comments?(?:-?(?:area|list|form|section))?|respond|breadcrumbs?|cookies?|sharedaddy|"
    r"jp-relatedposts|related-posts?|share-buttons?|social-share|newsletter-form|skip-link|"
    r"screen-reader-text|visually-hidden|sr-only)(?:$|\s)"
)
_NOTE = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†↑])[\])]?\s*")
_GAPS = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class _Look:
    """How the words at this depth are set."""

    bold: bool = False
    target: str = ""
    quoted: bool = False
    kept: bool = False  # blanks and line ends as written
    level: int = 0
    tight: bool = False


@dataclass
class _List:
    """A list being walked through; `count` is its next number, None for bullets."""

    count: int | None


class Walk:
    """Goes through a page from top to bottom and draws what it meets."""

    def __init__(self, draft: Draft, looks: Looks) -> None:
        self.draft = draft
        self.looks = looks
        self._looks = [_Look()]
        self._runs: list[Run] = []
        self._lists: list[_List] = []
        self._bullet = ""
        self._was_tight = False
        self._skipped: Any = None

    def through(self, root: Any) -> None:
        """Draw everything in this element."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walk:
            if event == "start":
                if not self._enter(element, root):
                    walk.skip_subtree()
            elif event == "end":
                self._leave(element)
            if event != "start" and element is not root:
                self._say(element.tail)
        self._flush()

    def _enter(self, element: Any, root: Any) -> bool:
        """Begin an element; False when nothing in it is to be walked through."""
        style = self.looks.style(element)
        look = self._looks[-1]
        if element is not root and (self._is_unseen(element, style) or self._is_told(element)):
            self._skipped = element
            return False
        self._looks.append(self._look(element, style, look))
        if element.tag in _BLOCKS:
            self._begin_block(element)
        if element.tag == "table" and self._grid(element):
            return False
        if element.tag == "br":
            self._runs.append(Run("\n"))
        self._say(element.text)
        return True

    def _leave(self, element: Any) -> None:
        if element is self._skipped:
            self._skipped = None
            return
        if element.tag in _BLOCKS:
            self._flush()
            if element.tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            self._room(element, self._looks[-1].tight)
        if element.tag == "li":
            self._bullet = ""
        self._looks.pop()

    # -- what is seen, and how ----------------------------------------------------------------

    def _is_unseen(self, element: Any, style: Mapping[str, str]) -> bool:
        tag = element.tag
        if tag in _UNSEEN or (tag == "footer" and not _inside(element, "article", "main")):
            return not (tag == "figure" and element.find(".//table") is not None)
        if tag in ("html", "body"):
            return False
        named = f"{element.get('id') or ''} {element.get('class') or ''}".lower()
        return bool(
            hides(style)
            or element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or element.get("role") in _FURNITURE
            or (tag in ("div", "section", "ul", "ol", "a", "span") and _AROUND.search(named))
            or (
                tag == "sup"
                and element.find(".//a[@href]") is not None
                and _NOTE.fullmatch(_said(element))
            )
        )

    def _is_told(self, element: Any) -> bool:
        """Not words to read: an item's sign that Word pastes, an address hidden from robots."""
        if hidden := element.get("data-cfemail"):
            address = _uncovered(hidden)
            self._runs.append(Run(address, self._looks[-1].bold, f"mailto:{address}"))
            return True
        if "mso-list:ignore" not in re.sub(r"\s", "", (element.get("style") or "").lower()):
            return False
        sign = _said(element).strip(" \u00a0\t\n")
        self._bullet = sign if sign[:1].isdigit() else "-"
        return True

    def _look(self, element: Any, style: Mapping[str, str], look: _Look) -> _Look:
        tag = element.tag
        bold = weight(style)
        if bold is None and tag in ("b", "strong", "th"):
            bold = True
        if tag == "a" and (target := _target(element)):
            look = replace(look, target=target)
        if tag == "blockquote":
            look = replace(look, quoted=True)
        if tag == "pre" or style.get("white-space", "").startswith("pre"):
            look = replace(look, kept=True)
        if level := _level(element):
            look = replace(look, level=level)
            bold = None
        if tag in _BLOCKS:
            look = replace(look, tight=tag == "p" and is_tight(style))
        return look if bold is None else replace(look, bold=bold)

    # -- blocks -------------------------------------------------------------------------------

    def _begin_block(self, element: Any) -> None:
        self._flush()
        self._room(element, self._was_tight)
        if element.tag in ("ul", "ol"):
            self._lists.append(
                _List(_number(element.get("start"), 1) if element.tag == "ol" else None)
            )
        elif element.tag == "li":
            self._bullet = self._next_item(element)

    def _room(self, element: Any, tight: bool) -> None:
        """Room around a block that stands apart, unless the one above keeps close."""
        self._was_tight = tight
        outer_list = element.tag in ("ul", "ol") and not self._lists
        in_item = bool(self._lists) and element.tag == "p"
        layout = element.tag in ("tr", "td")
        if (element.tag in _APART and not in_item and not tight) or outer_list or layout:
            self.draft.gap()

    def _next_item(self, element: Any) -> str:
        if not self._lists or self._lists[-1].count is None:
            return "-"
        own = self._lists[-1]
        count = _number(element.get("value"), own.count or 1)
        own.count = count + 1
        return f"{count}."

    def _grid(self, table: Any) -> bool:
        """Draw a table whose rows are rows; False when it only places blocks on the page."""
        rows = rows_of(table)
        drawn = [[self._cell(cell) if cell is not None else [] for cell in row] for row in rows]
        if not is_grid(table, drawn):
            return False
        quoted = self._looks[-1].quoted
        for row in drawn:
            said = [lines for lines in row if lines]
            if len(said) == 1 and len(row) > 1 and row[0]:
                self.draft.line(row[0][0], quoted=quoted)  # a heading between rows
            else:
                self.draft.row([_one_line(lines) for lines in row], quoted=quoted)
        self.draft.gap()
        return True

    def _cell(self, cell: Any) -> list[list[Run]]:
        """The lines of a cell."""
        scratch = _Scratch()
        walk = Walk(scratch, self.looks)
        walk._looks = [replace(self._looks[-1], bold=cell.tag == "th")]
        walk.through(cell)
        return scratch.said

    # -- words --------------------------------------------------------------------------------

    def _say(self, words: str | None) -> None:
        if not words:
            return
        look = self._looks[-1]
        said = words.replace("\n", FULL) if look.kept else _GAPS.sub(" ", words)
        self._runs.append(Run(said, look.bold, look.target))

    def _flush(self) -> None:
        runs, self._runs = self._runs, []
        look = self._looks[-1]
        if not any(run.words.strip() for run in runs):
            if any(run.words.strip(" ") for run in runs):
                self.draft.gap()  # a paragraph of nothing is room its author left
            return
        self.draft.line(
            _collapsed(runs),
            level=look.level,
            bullet=self._bullet,
            indent=4 * max(0, len(self._lists) - 1),
            quoted=look.quoted,
        )
        self._bullet = ""


class _Scratch(Draft):
    """Keeps the runs of each line instead of drawing them."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[list[Run]] = []

    def line(self, runs: Any, **_look: Any) -> None:
        """Keep a line."""
        at = len(self.said)
        self.said.append([])
        for run in runs:
            for number, piece in enumerate(re.split("[\n\v]", run.words)):
                if number:
                    self.said.append([])
                if piece:
                    self.said[-1].append(replace(run, words=piece))
        self.said[at:] = [line for line in self.said[at:] if any(r.words.strip() for r in line)]

    def row(self, cells: Any, **_look: Any) -> None:
        """A table in a table: its cells are lines."""
        for cell in cells:
            self.line(cell)


def _one_line(lines: list[list[Run]]) -> list[Run]:
    found: list[Run] = []
    for line in lines:
        found += [Run(" "), *line] if found else line
    return found


def _collapsed(runs: list[Run]) -> list[Run]:
    """Without blanks at the edges of lines, nor two together."""
    found: list[Run] = []
    last = "\n"
    for run in runs:
        words = run.words
        if last in (" ", "\n", FULL):
            words = words.lstrip(" ") if words != " " else ""
        if words:
            found.append(replace(run, words=words))
            last = words[-1]
    if found and found[-1].words == "\n":
        found.pop()  # a break at the very end only closes the line
        return found
    return found


def _said(element: Any) -> str:
    return "".join(element.itertext())


def _inside(element: Any, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _level(element: Any) -> int:
    tag = element.tag
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if element.get("role") == "heading":
        return _number(element.get("aria-level"), 2)
    return 1 if (element.get("class") or "") in ("MsoTitle", "title") and tag == "p" else 0


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 6 else otherwise


def _target(element: Any) -> str:
    """Where a link leads, when that is somewhere; addresses hidden from robots come back."""
    href = (element.get("href") or "").strip()
    hidden = element.get("data-cfemail") or (
        href.partition("#")[2] if "/cdn-cgi/l/email-protection#" in href else ""
    )
    if hidden:
        return f"mailto:{_uncovered(hidden)}"
    known = ("mailto:", "http://", "https://", "tel:")
    return href if href.lower().startswith(known) else ""


def _uncovered(code: str) -> str:
    try:
        key, *letters = bytes.fromhex(code)
    except ValueError:
        return ""
    return bytes(letter ^ key for letter in letters).decode("utf-8", "replace")
