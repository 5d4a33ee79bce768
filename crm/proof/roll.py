"""Who is expected under a text: what the list, the annex and the figures are held against."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm.duplicates import KnownNames
from crm.places import Place


@dataclass(frozen=True)
class Expected:
    """One who signs, as they are to be printed."""

    name: str
    signature_id: int = 0
    organisation_id: int = 0
    place: Place | None = None
    spellings: tuple[str, ...] = ()  # the other names they are right to be called by
    person: bool = False
    standing: str = "printed"  # unnamed: counted, never printed; aside: hosts or relays


@dataclass(frozen=True)
class Roll:
    """All who sign, whom the text is addressed to, and the register's way to find a name."""

    expected: tuple[Expected, ...] = ()
    addressee: str = ""
    known: KnownNames | None = field(default=None, compare=False)
    sort_keys: dict[str, str] = field(default_factory=dict)  # of a name as printed

    @property
    def counted(self) -> list[Expected]:
        """Those a figure counts: who signs, named or not."""
        return [each for each in self.expected if each.standing != "aside"]
