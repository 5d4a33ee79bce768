"""One name at a time: its tidy, folded and sorted forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from crm.words import lexicon

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_EDGES = " \t,;:·•*_|–—-"
_QUOTES = '«»“”„"‹›‘’'
_ARTICLE = re.compile(
    r"^(?P<article>(?:l['’])|(?:{words})(?=\s))\s*(?P<rest>\S.*)$".format(
        words="|".join(word for word in lexicon.SAFE_ARTICLES if not word.endswith("'"))
    ),
    re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=20_000)
def tidy(text: str) -> str:
    """The name as a careful person types it: composed letters, single spaces, clean edges."""
    shown = unicodedata.normalize("NFC", text)
    if not shown.isprintable():
        shown = _CONTROL.sub(" ", UNSEEN.sub("", shown))
    shown = " ".join(shown.split()).strip(_EDGES)
    return shown[:-1] if shown.endswith(".") and not _is_abbreviated(shown) else shown


def _is_abbreviated(text: str) -> bool:
    last = text.rsplit(" ", 1)[-1]
    return last.count(".") > 1 or (len(last) <= 4 and last[:1].isupper())


def legible(text: str) -> str:
    """The text a machine gave, with a “?” for what cannot be kept: a file's name may hold it."""
    return text.replace("\0", "?").encode(errors="replace").decode()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower-case ASCII words one space apart: “Équipe – d'Été” is “equipe d ete”."""
    seen = text if text.isprintable() else UNSEEN.sub("", text)
    plain = anyascii(unicodedata.normalize("NFKC", seen)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def sought(typed: str) -> list[str]:
    """What somebody looks for, word by word: folded, or as typed where signs alone are left."""
    return fold(typed).split() or typed.casefold().split()


def split_article(text: str, language: str | None = None) -> tuple[str, str]:
    """The article as written, with its space, and the rest: ("l'", "Entraide"), ("", "Libre …")."""
    words = lexicon.ARTICLES.get(language or "", ())
    if language in lexicon.ARTICLES:
        for word in sorted(words, key=len, reverse=True):
            if found := re.match(rf"({_spelt(word)})(\S.*)", text, re.IGNORECASE | re.DOTALL):
                return found[1], found[2]
        return "", text
    if found := _ARTICLE.match(text):
        rest = found["rest"]
        return text[: len(text) - len(rest)], rest
    return "", text


def _spelt(article: str) -> str:
    return "l['’]\\s?" if article == "l'" else re.escape(article) + r"\s+"


def unquoted(text: str) -> str:
    """The name without the quotation marks around all of it."""
    bare = text.strip()
    while len(bare) > 2 and bare[0] in _QUOTES and bare[-1] in _QUOTES:
        bare = bare[1:-1].strip()
    return bare


def sort_key(text: str, *, article: str = "", keep_article: bool = False) -> str:
    """Where a name stands in a list: accents and signs aside, the article skipped unless kept."""
    bare = unquoted(tidy(text))
    name = f"{article}{bare}" if keep_article else bare
    if not keep_article and not article:
        name = split_article(name)[1]
    return fold(name) or name.casefold()
