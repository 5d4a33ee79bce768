"""The formats that can be read, by the ending of the file's name: one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from crm.documents.decoding import cleaned, decode
from crm.documents.document import Document
from crm.documents.drafting import MOST_LINES, too_long
from crm.documents.mail import from_eml
from crm.documents.markdown import lines_of
from crm.documents.opendocument import from_odt
from crm.documents.pdf import from_pdf
from crm.documents.sheets import from_sheets
from crm.documents.webpages import from_page
from crm.documents.word import from_docx
from crm.errors import Refused, Unreachable
from crm.language import _

LARGEST = 20 * 1024 * 1024
"""Bytes; a book is two of them, a list of signatories a thousandth."""


def _text(name: str, content: bytes) -> Document:
    return from_text(name, decode(content))


def _mail(name: str, content: bytes) -> Document:
    return from_eml(name, content, lambda carried: READERS.get(Path(carried).suffix.lower()))


# Plain text often carries Markdown, and Markdown is plain text: one reader for both.
READERS: Mapping[str, Callable[[str, bytes], Document]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _text,
    ".markdown": _text,
    ".html": from_page,
    ".htm": from_page,
    ".xhtml": from_page,
    ".docx": from_docx,
    ".docm": from_docx,
    ".odt": from_odt,
    ".pdf": from_pdf,
    ".eml": _mail,
    ".xlsx": from_sheets,
    ".xlsm": from_sheets,
    ".xls": from_sheets,
    ".ods": from_sheets,
}
"""Ending of the name to reader(name, content)."""


def read(path: str) -> Document:
    """The document in this file; Refused with a sentence when it cannot be read.

    Meant for `airlock.run`: takes and gives only what can cross into another process.
    """
    file = Path(path)
    _reader(file.name)
    try:
        if file.stat().st_size > LARGEST:
            raise Refused(
                _("“{name}” is too large to be a list of signatories.").format(name=file.name),
                hint=_("Keep only the pages with the signatories and read those."),
            )
        content = file.read_bytes()
    except OSError as error:
        raise Unreachable(
            _("“{name}” could not be opened.").format(name=file.name),
            hint=_("Check that the file is still there and that you may read it."),
        ) from error
    # A name of another system may hold letters that nothing can keep.
    return from_bytes(file.name.encode(errors="replace").decode(), content)


def from_bytes(name: str, content: bytes) -> Document:
    """The document these bytes are, by the ending of `name`."""
    return _reader(name)(name, content)


def from_text(name: str, text: str) -> Document:
    """The document a pasted text is."""
    text = cleaned(text)
    if text.count("\n") > MOST_LINES:
        raise too_long(name)
    readable, lines = lines_of(text)
    if not readable.strip():
        raise Refused(
            _("“{name}” contains no text.").format(name=name),
            hint=_("If it is a picture of a text, type or paste the list of signatories."),
        )
    return Document(name=name, source=text, text=readable, lines=tuple(lines))


def _reader(name: str) -> Callable[[str, bytes], Document]:
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise Refused(
            _("Cosigne cannot read “{name}”.").format(name=name),
            hint=_("It reads these documents: {endings}.").format(endings=", ".join(READERS)),
        )
    return reader
