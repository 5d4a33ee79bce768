"""What a list is printed to; names are data, and escaped for each format (rule 10)."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Protocol
from urllib.parse import quote


class Target(Protocol):
    """One format; each function takes words as they are and gives marked-up text back."""

    def words(self, text: str) -> str: ...
    def strong(self, text: str) -> str: ...
    def heading(self, text: str, level: int) -> str: ...
    def paragraph(self, marked: str) -> str: ...
    def lines(self, texts: Sequence[str]) -> str: ...
    def address(self, value: str) -> str: ...
    def blocks(self, marked: Sequence[str]) -> str: ...


def _flat(text: str) -> str:
    return re.sub(r"[\s\u2028\u2029]+", " ", text).strip()


def _mailto(value: str) -> str:
    return "mailto:" + quote(value, safe="@+-_.~!$&'*=")


class Markdown:
    """CommonMark, with nothing escaped that a reader would not take for markup."""

    _INSIDE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~|&(?=#?\w+;)")
    _START = re.compile(r"^(?:(#{1,6})(?=\s|$)|([-+>=])|(\d{1,9})([.)])(?=\s|$))")

    def words(self, text: str) -> str:
        """Safe in the middle of a line."""
        return self._INSIDE.sub(lambda sign: "\\" + sign[0], _flat(text))

    def strong(self, text: str) -> str:
        """Bold."""
        return f"**{self.words(text)}**"

    def heading(self, text: str, level: int) -> str:
        """A heading; the deeper ones bold too, as word processors give them."""
        return f"{'#' * level} {self.strong(text) if level > 2 else self.words(text)}"

    def paragraph(self, marked: str) -> str:
        """One paragraph."""
        return self._START.sub(self._escaped_start, marked)

    def lines(self, texts: Sequence[str]) -> str:
        """One line each; two spaces end a line where the next is not a new paragraph."""
        return "  \n".join(self.paragraph(self.words(text)) for text in texts)

    def address(self, value: str) -> str:
        """A live link."""
        return f"[{self.words(value)}]({_mailto(value)})"

    def blocks(self, marked: Sequence[str]) -> str:
        """Blank lines between them."""
        return "\n\n".join(marked)

    @staticmethod
    def _escaped_start(found: re.Match[str]) -> str:
        return f"{found[3]}\\{found[4]}" if found[3] else "\\" + found[0]


class Html:
    """A fragment: headings, paragraphs, live links; pastes well into a word processor."""

    def words(self, text: str) -> str:
        """Escaped."""
        return html.escape(_flat(text))

    def strong(self, text: str) -> str:
        """Bold."""
        return f"<strong>{self.words(text)}</strong>"

    def heading(self, text: str, level: int) -> str:
        """A heading."""
        inside = self.strong(text) if level > 2 else self.words(text)
        return f"<h{level}>{inside}</h{level}>"

    def paragraph(self, marked: str) -> str:
        """One paragraph."""
        return f"<p>{marked}</p>"

    def lines(self, texts: Sequence[str]) -> str:
        """One line each."""
        return self.paragraph("<br>\n".join(self.words(text) for text in texts))

    def address(self, value: str) -> str:
        """A live link."""
        return f'<a href="{html.escape(_mailto(value))}">{self.words(value)}</a>'

    def blocks(self, marked: Sequence[str]) -> str:
        """One after the other."""
        return "\n".join(marked)


class Plain:
    """Plain text."""

    def words(self, text: str) -> str:
        """On one line."""
        return _flat(text)

    def strong(self, text: str) -> str:
        """As it is."""
        return self.words(text)

    def heading(self, text: str, level: int) -> str:
        """On a line of its own; the greater ones end in a colon's stead by their blank line."""
        return self.words(text)

    def paragraph(self, marked: str) -> str:
        """One paragraph."""
        return marked

    def lines(self, texts: Sequence[str]) -> str:
        """One line each."""
        return "\n".join(self.words(text) for text in texts)

    def address(self, value: str) -> str:
        """As it is."""
        return self.words(value)

    def blocks(self, marked: Sequence[str]) -> str:
        """Blank lines between them."""
        return "\n\n".join(marked)


TARGETS: Mapping[str, Target] = {"md": Markdown(), "html": Html(), "txt": Plain()}
"""Format to what prints it: adding one is one class and one line."""
