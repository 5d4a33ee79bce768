"""Bytes of unknown origin become text: byte marks, then UTF-8, then the likeliest page."""

from __future__ import annotations

import codecs
import re
import unicodedata

from crm.errors import Refused
from crm.language import _

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGES = ("cp1252", "cp1251", "koi8-r", "mac_roman")
_EXPECTED = re.compile("[àâäçéèêëíìîïñóòôöúùûüáßœæãõ«»’“”„…–—·ÀÂÄÇÉÈÊËÍÎÏÑÓÔÖÚÛÜÁŒ€°\u00a0]")
_CYRILLIC = re.compile("[а-яё]")
_TORN = re.compile("[а-яё][А-ЯЁ]|[a-zA-Z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][a-zA-Z]|[─-╿]")
_UNSEEN = dict.fromkeys(
    code
    for first, last in (
        (0x00, 0x08), (0x0B, 0x0B), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD),
        (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF), (0xFFFE, 0xFFFE),
    )
    for code in range(first, last + 1)
)  # fmt: skip
"""Control, zero-width, direction and soft-hyphen characters: never part of a name."""


def decode(content: bytes) -> str:
    """The text these bytes hold, composed, with plain line ends and nothing invisible."""
    return cleaned(_decoded(content))


def cleaned(text: str) -> str:
    """The text composed, with plain line ends and nothing invisible."""
    text = re.sub("\r\n?|\u2028|\u2029|\x85|\x0c", "\n", text).translate(_UNSEEN)
    return unicodedata.normalize("NFC", text)


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content:
        return _unmarked_utf16(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return max((_page(content, page) for page in _PAGES), key=_likely)


def _unmarked_utf16(content: bytes) -> str:
    little = content[1::2].count(0) >= content[0::2].count(0)
    nulls = max(content[0::2].count(0), content[1::2].count(0))
    if len(content) % 2 or nulls < len(content) // 8:
        raise Refused(
            _("This file does not contain text."),
            hint=_("Open it in the program it comes from and save it as text."),
        )
    return content.decode("utf-16-le" if little else "utf-16-be", "replace")


def _page(content: bytes, page: str) -> str:
    return content.decode(page, "replace")


def _likely(text: str) -> float:
    """How much of what is not ASCII is what people write, less what they never do."""
    strange = [letter for letter in text if ord(letter) > 127]
    cyrillic = len(_CYRILLIC.findall(text))
    # A lone Cyrillic letter inside a Latin word is an accent misread.
    expected = cyrillic if cyrillic > len(strange) / 2 else 0
    expected += len(_EXPECTED.findall(text))
    return (expected - 3 * len(_TORN.findall(text)) - text.count("\ufffd")) / max(1, len(strange))
