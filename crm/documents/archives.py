"""What word processors write is a zip of XML: opened with measure, parsed without reaching out."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from crm.errors import Damaged, Refused
from crm.language import _

MOST_MEMBERS = 2_000
LARGEST_MEMBER = 60 * 1024 * 1024
"""Bytes of one part once unpacked: a thousand pages of text are five."""
_MOST_RATIO = 400
_SMALL = 4 * 1024 * 1024  # bytes that may be packed as tightly as they like


class Archive:
    """The parts of a document, each looked at before it is unpacked."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise damaged(name, content) from None
        self._members = {member.filename: member for member in self._zip.infolist()}
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise _too_large(name)

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def bytes(self, part: str) -> bytes:
        """A part, unpacked; Refused when it says, or turns out, to be far larger than it should."""
        member = self._members.get(part)
        if member is None:
            raise damaged(self.name)
        if member.flag_bits & 1:
            raise locked(self.name)
        most = min(LARGEST_MEMBER, max(_SMALL, member.compress_size * _MOST_RATIO))
        if member.file_size > most:
            raise _too_large(self.name)
        try:
            with self._zip.open(member) as file:
                content = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            raise damaged(self.name) from None
        if len(content) > most:  # it lied about its size
            raise _too_large(self.name)
        return content

    def xml(self, part: str) -> Any:
        """The tree of a part; entities are left as they are, nothing is fetched."""
        return xml(self.name, self.bytes(part))


def xml(name: str, content: bytes) -> Any:
    """The tree of these bytes; Damaged when they are no XML, or hide a bomb of entities."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise damaged(name) from None


def damaged(name: str, content: bytes = b"") -> Damaged | Refused:
    """The sentence for a file that is not what its name says."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # the old Word, or a new one behind a password
        return Refused(
            _("“{name}” is an old Word file or is protected by a password.").format(name=name),
            hint=_("Open it in your word processor and save it as .docx or .odt, without a password."),
        )
    return Damaged(
        _("“{name}” is damaged, or is not what its name says.").format(name=name),
        hint=_("Open it in the program it came from and save it again, or copy the text itself."),
    )


def locked(name: str) -> Refused:
    """The sentence for a file behind a password."""
    return Refused(
        _("“{name}” is protected by a password.").format(name=name),
        hint=_("Open it with its password and save a copy without one, or copy the text itself."),
    )


def _too_large(name: str) -> Refused:
    return Refused(
        _("“{name}” unpacks to far more than a document holds.").format(name=name),
        hint=_("Open it in the program it came from and save it again, or copy the text itself."),
    )
