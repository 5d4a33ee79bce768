"""The archive a word processor's file is: the same parts always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

LOCALES = {
    "fr": "fr-FR", "en": "en-GB", "de": "de-DE", "es": "es-ES", "it": "it-IT", "ca": "ca-ES",
    "pt": "pt-PT", "ru": "ru-RU", "uk": "uk-UA",
}  # fmt: skip
"""The language of a text, as spell checkers and screen readers are told."""


def packed(parts: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """One archive of these parts, in their order; no date, no machine, no user in it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o600 << 16
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return whole.getvalue()


def unpacked(content: bytes) -> list[tuple[str, bytes]]:
    """The parts of an archive of our own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]
