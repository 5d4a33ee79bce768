"""The whole of an appeal as it will be printed: its text, and who signs it under."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import documents, filenames, privacy, words
from crm.documents.printed import Block, Heading, Paragraph, Run, Text
from crm.errors import Refused
from crm.language import _
from crm.language import current as spoken
from crm.publishing.printing import laid_out
from crm.schema import Address, Appeal


def final_text(session: Session, appeal_id: int, to: str = "pdf") -> tuple[str, bytes]:
    """A file's name and its bytes, for the signatories to check; nothing counts as printed by it.

    Refused where the text itself names somebody who may be named nowhere.  What a pdf cannot
    hold, letters written from right to left, is written for Word.
    """
    appeal = session.get(Appeal, appeal_id)
    if appeal is None:
        raise Refused(_("This appeal is no longer in the file."))
    text = appeal.text or ""
    laid, names = laid_out(session, appeal_id, "by-country")
    _refuse_to_expose(session, text, names.nowhere)
    said = words.fold(text)
    has_its_list = all(words.fold(name) in said for name in laid.entries)
    title = (Heading((Run(appeal.title),), 1),)
    blocks: tuple[Block, ...] = (*title, *_paragraphs(text), *(() if has_its_list else laid.blocks))
    name = filenames.after_title(appeal.title) or _("appeal")
    written, content = _written(Text(blocks, appeal.title, appeal.language or spoken()), to)
    return f"{name}.{written}", content


def _refuse_to_expose(session: Session, text: str, nowhere: list[str]) -> None:
    said = f" {words.fold(text)} "
    printed = {each.strip(".").casefold() for each in _MAIL.findall(text)}
    shut = select(Address.folded).where(
        Address.folded.in_(printed), Address.id.not_in(privacy.exportable_addresses())
    )
    if any(f" {words.fold(name)} " in said for name in nowhere) or session.scalar(shut):
        raise Refused(
            _("The text of this appeal names a signatory, or an address, to be printed nowhere."),
            hint=_("Take it out of the text; “Proof-read…” shows the names."),
        )


_MAIL = re.compile(r"[^\s<>()\[\],;:\"«»]+@[^\s<>()\[\],;:\"«»]+")


def _written(whole: Text, to: str) -> tuple[str, bytes]:
    try:
        return to, documents.write(whole, to)
    except Refused:
        if to != "pdf":
            raise
        return "docx", documents.write(whole, "docx")


def _paragraphs(text: str) -> list[Block]:
    """The text's own lines: headings where it marks them, paragraphs elsewhere."""
    if not text.strip():
        return []
    found: list[Block] = []
    for block in documents.from_text("", text).blocks():
        for line in block:
            runs = (Run(line.text, strong=line.bold),)
            found.append(Heading(runs, line.level) if line.level else Paragraph(runs))
    return found
