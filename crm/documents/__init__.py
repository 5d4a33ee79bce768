"""The gate for documents: a file somebody wrote becomes plain lines that can be read and shown;
what is to be printed becomes a file.

Document(name, source, text, lines)      source as decoded, text as a person reads it
Line(text, start, level, bold, bullet)   Document.text[line.start:line.end] == line.text
write(Text(…), "docx")                   what `printed` lays out, as the bytes of a file
logo("drawing.jpg")                      a picture as a small PNG of ours
"""

from __future__ import annotations

from crm.documents.document import Document, Line, Link
from crm.documents.pictures import PICTURES, logo
from crm.documents.printed import Text
from crm.documents.readers import READERS, from_bytes, from_text, read
from crm.documents.webpages import from_html, holds_structure
from crm.documents.writing import AS_TEXT, MEDIA, WRITERS, as_text, save, write

__all__ = [
    "AS_TEXT", "MEDIA", "PICTURES", "READERS", "WRITERS", "Document", "Line", "Link", "Text",
    "as_text", "from_bytes", "from_html", "from_text", "holds_structure", "logo", "read", "save",
    "write",
]  # fmt: skip
