"""Web pages, saved or pasted from a browser or a word processor: what a reader sees of them."""

from __future__ import annotations

import re
from typing import Any

from crm.documents.decoding import cleaned, decode
from crm.documents.document import Document
from crm.documents.drafting import Draft
from crm.documents.hypertext import Walk
from crm.documents.looks import Looks
from crm.errors import Refused
from crm.language import _

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_CONDITIONAL = re.compile(r"<!\[(?:if|endif)[^\]]*\]>|<o:p>|</o:p>", re.IGNORECASE)


def from_page(name: str, content: bytes) -> Document:
    """The document a saved web page shows."""
    return from_html(name, _decoded(content))


def from_html(name: str, html: str) -> Document:
    """The document this markup shows; `source` is what is read of it."""
    draft = Draft()
    root = _tree(name, html)
    walk = Walk(draft, Looks.of(root))
    walk.through(_main(root))
    return draft.document(name)


def holds_structure(html: str) -> bool:
    """The markup says more than the words alone would: lists, tables, headings, links, bold."""
    return bool(re.search(r"<(?:h[1-6]|li|td|a|b|strong|blockquote)\b|font-weight|<p\b", html, re.I))


def _decoded(content: bytes) -> str:
    """As UTF-8 where it is; else as the page says; else as it looks."""
    try:
        return cleaned(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    said = _CHARSET.search(content[:4096])
    if said and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return cleaned(content.decode(said[1].decode("ascii")))
        except (LookupError, UnicodeDecodeError):
            pass  # the page does not know itself
    return decode(content)


def _tree(name: str, html: str) -> Any:
    from lxml import etree

    # A page that lies about its letters would have them read a second time.
    text = _CONDITIONAL.sub("", _DECLARATION.sub("", html))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    if root is None:
        raise Refused(
            _("“{name}” contains no text.").format(name=name),
            hint=_("If it is a picture of a text, type or paste the list of signatories."),
        )
    return root


def _main(root: Any) -> Any:
    """The part of a page that is its text, when one part plainly is."""
    whole = _length(root)
    for path in ("//main", "//*[@role='main']", "//article"):
        found = root.xpath(path)
        if len(found) == 1 and _length(found[0]) > max(200, 0.5 * whole):
            return found[0]
    return root


def _length(element: Any) -> int:
    said = element.xpath(
        "string-length(normalize-space(string(.)))"
        " - string-length(normalize-space(string(.//script)))"
        " - string-length(normalize-space(string(.//style)))"
    )
    return int(said)

