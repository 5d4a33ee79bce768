"""Whom a letter is for, in words: a chip for each condition, and who is left without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crm import contacts, letters, mailings
from crm.contacts import NOBODY, Filter
from crm.language import _, n_
from crm.language import marked as _m
from ui.naming import language_name, place_name


def begin(session: Any, *, where: Filter, appeal_id: int | None, letter: str) -> int:
    """A new draft, about an appeal or from a ready letter."""
    from crm import settings

    language = settings.load(session).language
    ready = {each.key: each for each in letters.ready_letters(language)}.get(letter)
    return mailings.draft(
        session, where=where, appeal_id=appeal_id, title=ready.name if ready else "",
        subject=ready.subject if ready else "", body=ready.body if ready else "",
    )  # fmt: skip


def described(session: Any, where: Filter, known: dict[int, str]) -> list[tuple[str, Filter]]:
    """Each condition in words, and who would be chosen without it."""
    if where == NOBODY:
        return []
    said: list[tuple[str, dict[str, Any]]] = []
    if where.appeal_id is not None:
        words = {"signed": _("Signed: {appeal}"), "asked": _("No answer: {appeal}")}
        status = where.statuses[0] if where.statuses else ""
        template = words.get(status, _("Part in: {appeal}"))
        told = template.format(appeal=known.get(where.appeal_id, ""))
        said.append((told, {"appeal_id": None, "statuses": ()}))
    if where.not_in_appeal_id is not None:
        told = _("Not asked for: {appeal}").format(appeal=known.get(where.not_in_appeal_id, ""))
        said.append((told, {"not_in_appeal_id": None}))
    for field, spell in _SPELT.items():
        held = getattr(where, field)
        said += [(spell(each), {field: tuple(v for v in held if v != each)}) for each in held]
    if where.words:
        said.append((f"“{where.words}”", {"words": ""}))
    if where.organisations:
        names = contacts.displayed_names(session, where.organisations)
        shown = ", ".join(list(names.values())[:3])
        if len(names) > 3:
            shown += " " + n_("and {n} more", "and {n} more", len(names) - 3)
        said.append((shown, {"organisations": ()}))
    for field, told in _OTHERS.items():
        if getattr(where, field) is not None:
            said.append((_(told), {field: None}))
    return [(words_, _without(where, change)) for words_, change in said]


def _without(where: Filter, change: dict[str, Any]) -> Filter:
    """The question without one condition; without any, nobody rather than everybody."""
    left = replace(where, **change)
    return NOBODY if left == Filter() else left


_SPELT: dict[str, Callable[[str], str]] = {
    "countries": lambda code: place_name(code, None),
    "headings": lambda heading: place_name(None, heading),
    "languages": lambda code: language_name(code),
    "kinds": lambda kind: kind,
}
_OTHERS = {
    "with_address": _m("With or without an address"), "health": _m("By the health of an address"),
    "sensitive": _m("Sensitive or not"), "status": _m("By their status"),
}  # fmt: skip
