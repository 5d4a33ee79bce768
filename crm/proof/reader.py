"""The proof-reader: every check in turn, over one document."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import TypeVar

from crm.db import Step
from crm.documents import Document
from crm.proof import addresses, counts, days, letters, marks, names, places, twice
from crm.proof.finding import Finding, in_order
from crm.proof.page import Page
from crm.proof.roll import Roll
from crm.reading import written

T = TypeVar("T")
Check = Callable[[Page], Iterator[Finding | None]]
"""Yields what it finds; None, where it is long, to say that it is still at it."""

CHECKS: tuple[Check, ...] = (
    names.again, names.captions, names.expected, names.register, twice.twice, twice.strangers,
    places.headings, places.wrong_country, places.order, counts.counts, marks.marks,
    letters.letters, addresses.addresses, addresses.personal, addresses.links, days.weekdays,
    days.people,
)  # fmt: skip
"""What is looked at: adding a check is one function and one word."""

OF_A_LIST: tuple[Check, ...] = (twice.twice, marks.marks, letters.letters)
"""What is looked at in a list that nobody wrote: the program lays it out from names."""


@dataclass(frozen=True)
class Task:
    """A document, and what is looked at in it."""

    document: Document
    checks: tuple[Check, ...] = CHECKS


@dataclass(frozen=True)
class Looked:
    """A document laid out, and what was found in it."""

    page: Page
    findings: list[Finding]


def of_document(document: Document, roll: Roll | None = None) -> list[Finding]:
    """What a proof-reader would say of a document, and of it against who is expected."""
    (looked,) = ended(looking(roll or Roll(), Task(document)))
    return looked.findings


def looking(roll: Roll, *tasks: Task) -> Generator[Step, None, list[Looked]]:
    """One document after the other; the Steps count the checks, and come often in a long one."""
    done, total = 0, sum(len(task.checks) for task in tasks)
    looked = []
    for task in tasks:
        yield Step(done, total)
        page = Page(task.document, written(task.document), roll)
        found: list[Finding] = []
        for check in task.checks:
            for each in check(page):
                found += [each] if each else []
                yield Step(done, total)
            done += 1
            yield Step(done, total)
        looked.append(Looked(page, in_order(found)))
    return looked


def ended(walk: Generator[Step, None, T]) -> T:
    """What comes of a walk, for who has no window to show it in."""
    while True:
        try:
            next(walk)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
