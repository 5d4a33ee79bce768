"""What a style says of words, for what we ask: bold, hidden, tight against the next paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?:([a-z][a-z0-9]*)?\.([\w-]+)|([a-z][a-z0-9]*))\Z", re.IGNORECASE)
_NOTHING = re.compile(r"[-+]?0*(?:\.0+)?[a-z%]*(?:\s|$)", re.IGNORECASE)
_MOST = 400_000  # letters of style sheets looked at


@dataclass
class Looks:
    """The style sheets inside a page, as far as they go by class or by element."""

    rules: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> Looks:
        """Those a page carries; nothing is fetched."""
        looks = cls()
        for sheet in root.iter("style"):
            text = re.sub(r"/\*.*?\*/|<!--|-->|@media[^{]*\{", "", (sheet.text or "")[:_MOST])
            for names, body in _RULE.findall(text):
                for name in names.split(","):
                    if found := _SIMPLE.match(name.strip()):
                        key = f".{found[2]}" if found[2] else found[3].lower()
                        looks.rules.setdefault(key, {}).update(declared(body))
        return looks

    def style(self, element: Any) -> Mapping[str, str]:
        """Everything said of this element itself, the nearest last."""
        found: dict[str, str] = dict(self.rules.get(element.tag, {}))
        for name in (element.get("class") or "").split():
            found.update(self.rules.get(f".{name}", {}))
        found.update(declared(element.get("style") or ""))
        return found


def declared(body: str) -> dict[str, str]:
    """The declarations of a style, their values in small letters."""
    pairs = (each.partition(":") for each in body.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, colon, value in pairs if colon}


def weight(style: Mapping[str, str]) -> bool | None:
    """Bold, not bold, or nothing said."""
    said = style.get("font-weight", "")
    if not said or said == "inherit":
        return None
    return said.startswith("bold") or (said[:3].isdigit() and int(said[:3]) >= 600)


def hides(style: Mapping[str, str]) -> bool:
    """Words set so are not seen."""
    return (
        style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or style.get("mso-hide") == "all"
    )


def is_tight(style: Mapping[str, str]) -> bool:
    """A paragraph that leaves no room under it."""
    if bottom := style.get("margin-bottom"):
        return bool(_NOTHING.match(bottom))
    sides = style.get("margin", "").split()
    return bool(sides) and bool(_NOTHING.match(sides[2 if len(sides) > 2 else 0]))
