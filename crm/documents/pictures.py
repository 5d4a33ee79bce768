"""A picture somebody sent becomes a small PNG of ours: its pixels, and nothing else it held."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from crm.errors import Refused, Unreachable
from crm.language import _

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff")
"""Endings of the files `logo` can read."""
LARGEST = 600
"""Pixels, of a logo's longer side."""
_KINDS = ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"]
_MOST = 60_000_000  # pixels that are decoded at all


def logo(path: str) -> bytes:
    """The picture in this file as a PNG of 600 pixels at most; Refused when it is none.

    Meant for `airlock.run`: takes and gives only what can cross into another process.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise Unreachable(
            _("“{name}” could not be opened.").format(name=Path(path).name),
            hint=_("Check that the file is still there and that you may read it."),
        ) from error
    return small_png(content)


def small_png(content: bytes) -> bytes:
    """These bytes, decoded and written anew: no comment, no place, no profile is left."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST
    try:
        with Image.open(BytesIO(content), formats=_KINDS) as opened:
            if opened.width * opened.height > _MOST:
                raise ValueError
            picture: Any = ImageOps.exif_transpose(opened)
            picture = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Refused(
            _("This file is not a picture Cosigne can read, or it is damaged."),
            hint=_("Save the logo as PNG or JPEG and choose it again."),
        ) from error
    picture.thumbnail((LARGEST, LARGEST))
    if picture.getextrema()[3][0] == 255:
        picture = picture.convert("RGB")  # nothing shines through
    made = BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()
