"""Several pdf files of our own, one after the other in one: a hundred letters printed at once."""

from __future__ import annotations

import io
from collections.abc import Sequence


def bound(files: Sequence[bytes]) -> bytes:
    """One pdf with the pages of all, in their order."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    try:
        for content in files:
            part = pypdfium2.PdfDocument(content)
            try:
                whole.import_pages(part)
            finally:
                part.close()
        out = io.BytesIO()
        whole.save(out)
        return out.getvalue()
    finally:
        whole.close()
