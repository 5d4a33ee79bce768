"""The names of one document, found again where it spells them otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from crm import words
from crm.duplicates import KnownNames


class Namesakes:
    """Which of some names a written name surely is, by its place among them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_key: dict[str, int] = {}
        self._known = KnownNames()
        for at, name in enumerate(names):
            self._by_key.setdefault(words.identity(name), at)
            self._known.add(at, name)

    def find(self, name: str) -> int | None:
        """The first that is it; none where it could be several, or none is surely."""
        key = words.identity(name)
        if key in self._by_key:
            return self._by_key[key]
        match = self._known.match(name)
        return match.organisation_id if match.relation == "same" and match.sure else None
