"""What a file is called on any system: after a title, or after somebody."""

from __future__ import annotations

import re
import unicodedata

from crm import words

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def after_title(title: str, before: str = "") -> str:
    """ "signatories-stop-the-torture": small plain letters; what stands `before` is kept."""
    named = "-".join(words.fold(title).split())[:60].strip("-")
    return "-".join(filter(None, (before, named)))


def after_name(name: str) -> str:
    """A name as it is written, less what some system cannot keep; never empty."""
    plain = unicodedata.normalize("NFC", name)
    kept = "".join(
        "-" if sign in '<>:"/\\|?*' else " " if unicodedata.category(sign)[0] in "CZ" else sign
        for sign in plain
    )
    short = " ".join(kept.split())[:80].encode()[:180].decode(errors="ignore").strip(" .-")
    return f"_{short}" if not short or _RESERVED.fullmatch(short) else short
