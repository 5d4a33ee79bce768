"""Who signs a letter, as the blocks that stand under its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from sqlalchemy.orm import Session

from crm import publishing
from crm.documents.printed import Block, Heading, Lines, Paragraph, Run
from crm.errors import Refused


@dataclass(frozen=True)
class Signed:
    """The signatories and, where wanted, their contacts, ready to be printed under a letter."""

    blocks: tuple[Block, ...] = ()
    sentence: str = ""  # "A, B et C"
    names: tuple[str, ...] = ()
    addresses: int = 0
    withheld: tuple[str, ...] = ()


def signed(session: Session, appeal_id: int, form: str, language: str, *, annex: bool) -> Signed:
    """Those who may be named, in this form; nobody at all is no trouble: the letter comes first."""

    def printed(form: str, to: str) -> publishing.Printed:
        return publishing.prepare(session, appeal_id, form, to, language=language)

    try:
        sentence = printed("sentence", "txt")
    except Refused:
        return Signed()
    blocks: list[Block] = []
    if form:
        blocks += _blocks(printed(form, "html").text)
    contacts = printed("annex", "html") if annex else None
    if contacts is not None and contacts.addresses:
        blocks += _blocks(contacts.text)
    return Signed(
        tuple(blocks), _names_alone(sentence.text, language), _names(session, appeal_id),
        contacts.addresses if contacts else 0, (contacts or sentence).withheld,
    )  # fmt: skip


def _names(session: Session, appeal_id: int) -> tuple[str, ...]:
    chosen = publishing.chosen(session, appeal_id, addresses=False)
    return tuple(one.name for one in chosen.signatories)


def _names_alone(sentence: str, language: str) -> str:
    """The names behind "Les organisations": the letter says that in its own words."""
    said = publishing.wording(language)
    for opening in (said.many, said.one):
        if sentence.startswith(f"{opening} "):
            return sentence.removeprefix(f"{opening} ")
    return sentence


def _blocks(page: str) -> list[Block]:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    """The blocks of what `publishing` prints: headings, paragraphs, lines, links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._lines: list[list[Run]] = []
        self._strong, self._target = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._lines.append([])
        elif tag == "strong":
            self._strong = True
        elif tag == "a":
            self._target = dict(attrs).get("href") or ""
        else:
            self._lines = [[]]

    def handle_data(self, data: str) -> None:
        words = data.lstrip("\n") if self._lines and not self._lines[-1] else data
        if self._lines and words:
            self._lines[-1].append(Run(words, self._strong, target=self._target))

    def handle_endtag(self, tag: str) -> None:
        if tag == "strong":
            self._strong = False
        elif tag == "a":
            self._target = ""
        elif found := re.fullmatch(r"h(\d)", tag):
            runs = tuple(Run(run.words) for line in self._lines for run in line)
            self.blocks.append(Heading(runs, level=int(found[1])))
            self._lines = []
        elif tag == "p" and self._lines:
            lines = tuple(tuple(line) for line in self._lines)
            self.blocks.append(Paragraph(lines[0]) if len(lines) == 1 else Lines(lines))
            self._lines = []
