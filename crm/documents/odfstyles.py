"""What the styles of an OpenDocument text say: bold, hidden, titles, items of lists, room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DEEPEST = 20  # styles built on styles
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}


class Styles:
    """The styles of one document, those of its template and its own."""

    def __init__(self) -> None:
        self._styles: dict[str, Any] = {}
        self._default: Any = None
        self._levels: dict[tuple[str, int], Any] = {}

    def learn(self, tree: Any) -> None:
        """Add the styles of this part; the later one counts."""
        for style in tree.iter(f"{_STYLE}style"):
            if style.get(f"{_STYLE}family") in ("paragraph", "text", "section"):
                self._styles[style.get(f"{_STYLE}name") or ""] = style
        for style in tree.iter(f"{_STYLE}default-style"):
            if style.get(f"{_STYLE}family") == "paragraph":
                self._default = style
        for style in tree.iter(f"{_TEXT}list-style"):
            for level in style:
                depth = level.get(f"{_TEXT}level") or ""
                if depth.isdigit():
                    self._levels[style.get(f"{_STYLE}name") or "", int(depth)] = level

    def bold(self, style: str) -> bool | None:
        """What a style says of boldness; None when nothing."""
        said = self._said(style, "text-properties", f"{_FO}font-weight")
        return said in ("bold", "600", "700", "800", "900") if said else None

    def hides(self, style: str) -> bool:
        """Words set so are not seen."""
        return self._said(style, "text-properties", f"{_TEXT}display") == "none"

    def is_hidden(self, section: Any) -> bool:
        """A section that is not shown."""
        return bool(section.get(f"{_TEXT}display") == "none")

    def room(self, style: str) -> tuple[float, float]:
        """The points above and below a paragraph."""
        return self._side(style, "top"), self._side(style, "bottom")

    def title_level(self, style: str) -> int:
        """1 for the document's title, 2 for what stands under it."""
        for name in (style, *(s.get(f"{_STYLE}name") or "" for s in self._chain(style))):
            if name in ("Title", "Subtitle"):
                return 1 if name == "Title" else 2
        return 0

    def first(self, style: str, depth: int) -> int:
        """The number a list begins with."""
        level = self._levels.get((style, depth))
        said = (level.get(f"{_TEXT}start-value") or "") if level is not None else ""
        return int(said) if said.isdigit() and len(said) < 6 else 1

    def sign(self, style: str, depth: int, count: int) -> str:
        """The sign before an item."""
        level = self._levels.get((style, depth))
        if level is not None and level.tag == f"{_TEXT}list-level-style-number":
            return f"{count}." if level.get(f"{_STYLE}num-format") else ""
        return "-"

    def _side(self, style: str, side: str) -> float:
        said = self._said(style, "paragraph-properties", f"{_FO}margin-{side}")
        said = said or self._said(style, "paragraph-properties", f"{_FO}margin")
        found = re.fullmatch(r"(\d+(?:\.\d+)?)(cm|mm|in|pt|pc|px)", said)
        return float(found[1]) * _POINTS[found[2]] if found else 0.0

    def _said(self, style: str, kind: str, attribute: str) -> str:
        for each in self._chain(style):
            own = each.find(f"{_STYLE}{kind}")
            if own is not None and own.get(attribute):
                return own.get(attribute) or ""
        return ""

    def _chain(self, style: str) -> Iterator[Any]:
        for _step in range(_DEEPEST):
            found = self._styles.get(style)
            if found is None:
                break
            yield found
            style = found.get(f"{_STYLE}parent-style-name") or ""
        if self._default is not None:
            yield self._default
