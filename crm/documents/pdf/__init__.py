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
    pages = pages_of(name, content)
    pieces = without_furniture([pieces_of(page.words) for page in pages])
    draft = Draft()
    setter = Setter(draft, pieces)
    for page, said in zip(pages, pieces, strict=True):
        setter.page(rows_of(said, setter.pitch), page.width)
    setter.end()
    return draft.document(name)
