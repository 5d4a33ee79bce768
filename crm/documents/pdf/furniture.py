"""What stands on a page only because it is a page: numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter

from crm.documents.pdf.pieces import Piece

_NUMBER = re.compile(
    r"\W*(?:(?:page|pag\.?|pág\.?|p\.|s\.|seite|pagina|página|pàgina|стр\.?|страница)\s*)?"
    r"(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:/|sur|of|von|de|di|из|-)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_EDGE = 2  # rows from the top or the bottom


def without_furniture(pages: list[list[Piece]]) -> list[list[Piece]]:
    """The pages without what is printed on every one of them."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for edge in edges for key in {_key(piece) for piece in edge})
    often = max(2, 0.5 * len([page for page in pages if page]))
    found = []
    for page, edge in zip(pages, edges, strict=True):
        outer = _outermost(page)
        dropped = {
            id(piece)
            for piece in edge
            if (len(pages) > 1 and seen[_key(piece)] >= often and len(piece.text) < 160)
            or (id(piece) in outer and _NUMBER.fullmatch(piece.text))
        }
        found.append([piece for piece in page if id(piece) not in dropped])
    return found


def _edges(page: list[Piece]) -> list[Piece]:
    """The first and the last rows."""
    if not page:
        return []
    heights = sorted({round(piece.y) for piece in page})
    if len(heights) <= 2 * _EDGE:
        top, bottom = heights[0], heights[-1]
    else:
        top, bottom = heights[_EDGE - 1], heights[-_EDGE]
    return [piece for piece in page if piece.y <= top + 1 or piece.y >= bottom - 1]


def _outermost(page: list[Piece]) -> set[int]:
    if not page:
        return set()
    top, bottom = min(piece.y for piece in page), max(piece.y for piece in page)
    rows = ([p for p in page if abs(p.y - edge) < 2] for edge in (top, bottom))
    return {id(row[0]) for row in rows if len(row) == 1 and len(page) > 3}


def _key(piece: Piece) -> tuple[str, int]:
    """Alike on every page: the same words, whatever the number, at the same height."""
    return re.sub(r"\d+", "0", piece.text), round(piece.y / 4)
