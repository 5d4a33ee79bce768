"""What is printed, in the formats people send on: one file and one line each.

write(text, "docx")      the bytes of a whole file
as_text(text, "md")      the block alone, to be shown or pasted: md, html or txt
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from crm.documents.printed import Text
from crm.documents.writing import markdown, opendocument, paper, plain, web, word
from crm.errors import Refused, Unreachable
from crm.language import _

WRITERS: Mapping[str, Callable[[Text], bytes]] = {
    "md": markdown.file,
    "html": web.file,
    "txt": plain.file,
    "docx": word.file,
    "odt": opendocument.file,
    "pdf": paper.file,
}
"""Format to writer: the same text always gives the same bytes."""

AS_TEXT: Mapping[str, Callable[[Text], str]] = {
    "md": markdown.block,
    "html": web.block,
    "txt": plain.block,
}
"""Formats that are words themselves, and can be shown and pasted."""

MEDIA: Mapping[str, str] = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": opendocument.MEDIA,
    "pdf": "application/pdf",
}
"""Formats whose files are more than their words, with their media types."""


def write(text: Text, to: str) -> bytes:
    """A whole file in this format; nothing touches the disk, no character is lost in silence."""
    if to not in WRITERS:
        raise Refused(
            _("Cosigne cannot write this format."),
            hint=_("The formats are {formats}.").format(formats=", ".join(WRITERS)),
        )
    return WRITERS[to](text)


def save(path: Path, content: bytes) -> None:
    """Write a file; it appears whole or not at all, and then Unreachable says why."""
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a terminal, a pipe
            return
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise Unreachable(
            _("“{path}” cannot be written.").format(path=path), hint=error.strerror or ""
        ) from None
    finally:
        if part.exists():
            part.unlink()


def as_text(text: Text, to: str) -> str:
    """The block alone, as words: for a format that is none, what it says as plain text."""
    return AS_TEXT.get(to, plain.block)(text)
