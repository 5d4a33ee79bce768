"""Pages (.pdf): words with their places become lines, columns, rows and paragraphs again."""

from __future__ import annotations

from crm.documents.document import Document
from crm.documents.drafting import Draft
from crm.documents.pdf.furniture import without_furniture
from crm.documents.pdf.paragraphs import Setter
from crm.documents.pdf.pieces import pieces_of
from crm.documents.pdf.rows import rows_of
from crm.documents.pdf.words import pages_of

__all__ = ["from_pdf"]


def from_pdf(name: str, content: bytes) -> Document:
    """The document these pages hold; Refused in words when they are locked, broken or pictures."""
    pages = without_furniture([pieces_of(page) for page in pages_of(name, content)])
    draft = Draft()
    setter = Setter(draft, pages)
    for page in pages:
        setter.page(rows_of(page, setter.pitch))
    setter.end()
    return draft.document(name)
