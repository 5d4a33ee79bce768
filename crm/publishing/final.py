"""The whole of an appeal as it will be printed: its text, and who signs it under."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import documents, filenames, words
from crm.documents.printed import Block, Heading, Paragraph, Run, Text
from crm.errors import Refused
from crm.language import _
from crm.language import current as spoken
from crm.publishing.printing import laid_out
from crm.schema import Appeal


def final_text(session: Session, appeal_id: int, to: str = "pdf") -> tuple[str, bytes]:
    """A file's name and its bytes, for the signatories to check; nothing counts as printed by it."""
    appeal = session.get(Appeal, appeal_id)
    if appeal is None:
        raise Refused(_("This appeal is no longer in the file."))
    laid = laid_out(session, appeal_id, "by-country")
    body = _paragraphs(appeal.text or "")
    said = words.fold(appeal.text or "")
    has_its_list = all(words.fold(name) in said for name in laid.entries)
    title = (Heading((Run(appeal.title),), 1),)
    blocks: tuple[Block, ...] = (*title, *body, *(() if has_its_list else laid.blocks))
    name = filenames.after_title(appeal.title) or _("appeal")
    whole = Text(blocks, appeal.title, appeal.language or spoken())
    return f"{name}.{to}", documents.write(whole, to)


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
