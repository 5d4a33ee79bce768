"""Countries and languages by name, without making the start of the window wait for them."""

from __future__ import annotations

import sys

from crm import computer
from crm.language import _, current

_known: dict[str, dict[str, str]] = {}


def place_name(country: str | None, heading: str | None) -> str:
    """A country or a heading that is not one, in the language spoken here."""
    if country:
        return _countries().get(country, country)
    if heading:
        from crm import places

        return places.heading_name(heading)
    return ""


def places() -> list[tuple[str, str]]:
    """Every country by its code and every heading by its key, with their names, to choose from."""
    from crm import places as world

    headings = [(key, world.heading_name(key)) for key in world.HEADINGS]
    return [*world.countries(current()), *sorted(headings, key=lambda each: each[1])]


def language_name(code: str) -> str:
    """A language in the language spoken here."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale(current()).languages.get(code, code))
    except UnknownLocaleError:
        return code


def languages() -> list[tuple[str, str]]:
    """The languages letters are usually written in, with their names."""
    usual = ("fr", "en", "de", "es", "it", "pt", "ca", "nl", "ru", "uk", "kk", "ka", "el", "pl")
    return sorted(((code, language_name(code)) for code in usual), key=lambda each: each[1])


def kinds_of_address() -> dict[str, str]:
    """The means of contact, by their key."""
    return {
        "email": _("e-mail"), "telephone": _("telephone"), "signal": "Signal",
        "whatsapp": "WhatsApp", "telegram": "Telegram", "post": _("postal address"),
        "site": _("web site"),
    }  # fmt: skip


def _countries() -> dict[str, str]:
    spoken = current()
    if spoken in _known:
        return _known[spoken]
    key = f"countries.{spoken}"
    kept = computer.recall(key)
    if isinstance(kept, dict) and "babel" not in sys.modules:
        # Names of countries, all of them, say nothing of the directory; and the first page is
        # painted 50 ms earlier.
        _known[spoken] = kept
        return kept
    from crm import places as world

    _known[spoken] = dict(world.countries(spoken))
    if kept != _known[spoken]:
        computer.remember(key, _known[spoken])
    return _known[spoken]
