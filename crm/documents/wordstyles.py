"""What Word's styles and numberings say of a paragraph: bold, heading, item, room around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crm.documents.archives import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = {"title": 1, "titre": 1, "subtitle": 2}
_DEEPEST = 20  # styles built on styles


def value(element: Any, *path: str) -> str:
    """The value of a property under this element, or nothing."""
    found = element.find("/".join(f"{W}{step}" for step in path)) if element is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


def on(properties: Any, name: str) -> bool:
    """A yes-or-no property says yes."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off", "none")


class Styles:
    """The styles, numberings and link targets of one document."""

    def __init__(self, archive: Archive) -> None:
        self._styles: dict[str, Any] = {}
        self._default = ""
        self._room = (0.0, 0.0)
        self.targets = _targets(archive)
        self._numbers = _Numbers(archive)
        if "word/styles.xml" in archive:
            self._read(archive.xml("word/styles.xml"))

    def _read(self, tree: Any) -> None:
        for style in tree.iter(f"{W}style"):
            self._styles[style.get(f"{W}styleId") or ""] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self._default = style.get(f"{W}styleId") or ""
        spacing = tree.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}spacing")
        self._room = (_points(spacing, "before", 0.0), _points(spacing, "after", 0.0))

    def name(self, properties: Any) -> str:
        """The style of a paragraph."""
        return value(properties, "pStyle") or self._default

    def bold(self, properties: Any, *, paragraph: bool = False) -> bool | None:
        """What is said of boldness here or in the styles; None when nothing is."""
        if paragraph:
            style = self.name(properties)
        else:
            if properties is not None and properties.find(f"{W}b") is not None:
                return on(properties, "b")
            style = value(properties, "rStyle")
        for each in self._chain(style):
            own = each.find(f"{W}rPr")
            if own is not None and own.find(f"{W}b") is not None:
                return on(own, "b")
        return None

    def level(self, properties: Any) -> int:
        """1 to 6 for a heading."""
        said = value(properties, "outlineLvl")
        for each in self._chain(self.name(properties)):
            name = value(each, "name").lower()
            if found := re.fullmatch(r"(?:heading|titre|überschrift|título|titolo) ?([1-9])", name):
                return int(found[1])
            if name in _TITLES:
                return _TITLES[name]
            said = said or value(each, "pPr", "outlineLvl")
        return int(said) + 1 if said.isdigit() and int(said) < 9 else 0

    def room(self, properties: Any) -> tuple[float, float]:
        """The points above and below a paragraph."""
        above: float | None = None
        below: float | None = None
        for own in self._properties(properties):
            spacing = own.find(f"{W}spacing")
            if spacing is None:
                continue
            above = _points(spacing, "before", None) if above is None else above
            below = _points(spacing, "after", None) if below is None else below
        default_above, default_below = self._room
        return (
            default_above if above is None else above,
            default_below if below is None else below,
        )

    def between(self, properties: Any) -> float:
        """The points between two paragraphs set like this one."""
        if any(on(own, "contextualSpacing") for own in self._properties(properties)):
            return 0.0
        return max(self.room(properties))

    def item(self, properties: Any) -> tuple[str, int]:
        """The sign before an item of a list and how deep it stands; "" when it is none."""
        number, depth = "", ""
        for own in self._properties(properties):
            number = number or value(own, "numPr", "numId")
            depth = depth or value(own, "numPr", "ilvl")
        if number in ("", "0"):
            return "", 0
        return self._numbers.next(number, int(depth) if depth.isdigit() else 0)

    def _properties(self, properties: Any) -> Iterator[Any]:
        if properties is not None:
            yield properties
        for style in self._chain(self.name(properties)):
            own = style.find(f"{W}pPr")
            if own is not None:
                yield own

    def _chain(self, style: str) -> Iterator[Any]:
        for _step in range(_DEEPEST):
            found = self._styles.get(style)
            if found is None:
                return
            yield found
            style = value(found, "basedOn")


class _Numbers:
    """The numberings: which sign comes next."""

    def __init__(self, archive: Archive) -> None:
        self._formats: dict[tuple[str, int], tuple[str, int]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if "word/numbering.xml" not in archive:
            return
        tree = archive.xml("word/numbering.xml")
        for abstract in tree.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId") or ""
            for level in abstract.iter(f"{W}lvl"):
                depth, start = level.get(f"{W}ilvl") or "0", value(level, "start")
                if depth.isdigit():
                    first = int(start) if start.isdigit() and len(start) < 6 else 1
                    self._formats[key, int(depth)] = (value(level, "numFmt"), first)
        for number in tree.iter(f"{W}num"):
            self._lists[number.get(f"{W}numId") or ""] = value(number, "abstractNumId")

    def next(self, number: str, depth: int) -> tuple[str, int]:
        key = self._lists.get(number, "")
        form, first = self._formats.get((key, depth), ("bullet", 1))
        if form == "none":
            return "", depth
        if form == "bullet":
            return "-", depth
        count = self._counts.get((number, depth), first - 1) + 1
        self._counts[number, depth] = count
        for deeper in range(depth + 1, 10):
            self._counts.pop((number, deeper), None)
        return f"{count}.", depth


def _points(spacing: Any, side: str, otherwise: Any) -> Any:
    if spacing is None:
        return otherwise
    if spacing.get(f"{W}{side}Autospacing") in ("1", "true"):
        return 14.0
    said = spacing.get(f"{W}{side}") or ""
    return int(said) / 20 if said.isdigit() else otherwise


def _targets(archive: Archive) -> dict[str, str]:
    part = "word/_rels/document.xml.rels"
    if part not in archive:
        return {}
    known = ("mailto:", "http://", "https://")
    return {
        each.get("Id") or "": target
        for each in archive.xml(part)
        if (target := each.get("Target") or "").lower().startswith(known)
    }
