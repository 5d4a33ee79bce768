"""What two names can be to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "branch_of", "different", "ask"]


@dataclass(frozen=True)
class Relation:
    """What two names are to each other, and why, in a short sentence; `sure` needs no person.

    `branch_of`: the first is a section of the second, or the second of the first.
    """

    relation: Kind
    reason: str
    sure: bool = True


def doubt(reason: str) -> Relation:
    """A question for a person."""
    return Relation("ask", reason, sure=False)
