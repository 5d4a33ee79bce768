"""The gate for documents: a file somebody wrote becomes plain lines that can be read and shown.

Document(name, source, text, lines)      source as decoded, text as a person reads it
Line(text, start, level, bold, bullet)   Document.text[line.start:line.end] == line.text
"""

from __future__ import annotations

from crm.documents.document import Document, Line, Link
from crm.documents.readers import READERS, from_bytes, from_text, read
from crm.documents.webpages import from_html, holds_structure

__all__ = [
    "READERS", "Document", "Line", "Link", "from_bytes", "from_html", "from_text",
    "holds_structure", "read",
]  # fmt: skip
