"""One name at a time: its tidy, folded, sorted and identifying forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from crm.words import lexicon

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_EDGES = " \t,;:·•*_|–—-"
_QUOTES = '«»“”„"‹›‘’'
_ARTICLE = re.compile(
    r"^(?P<article>(?:l['’])|(?:{words})(?=\s))\s*(?P<rest>\S.*)$".format(
        words="|".join(word for word in lexicon.SAFE_ARTICLES if not word.endswith("'"))
    ),
    re.IGNORECASE | re.DOTALL,
)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")


def tidy(text: str) -> str:
    """The name as a careful person types it: composed letters, single spaces, clean edges."""
    shown = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    shown = "".join(c if c >= " " and c != "\x7f" else " " for c in shown)
    shown = " ".join(shown.split()).strip(_EDGES)
    return shown[:-1] if shown.endswith(".") and not _is_abbreviated(shown) else shown


def _is_abbreviated(text: str) -> bool:
    last = text.rsplit(" ", 1)[-1]
    return last.count(".") > 1 or (len(last) <= 4 and last[:1].isupper())


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower-case ASCII words one space apart: “Équipe – d'Été” is “equipe d ete”."""
    plain = anyascii(unicodedata.normalize("NFKC", _UNSEEN.sub("", text))).lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


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


def acronym_of(text: str) -> str | None:
    """The acronym a name gives of itself: in brackets, before a dash, or glued at its end."""
    name = tidy(text)
    for inside in _BRACKET.findall(name):
        if is_acronym(inside.strip()):
            return str(inside.strip())
    words = name.split()
    if len(words) >= 3 and not _all_capitals(" ".join(words[:-1])):
        last = words[-1]
        if is_acronym(last) and len(last) >= 3:
            return last
    head = re.match(r"^(\S+)\s+[–—-]\s+(.+)$", name)
    if head and is_acronym(head[1]) and spells(head[1], head[2]):
        return head[1]
    return None


def is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: capitals, 2 to 12 of them, dots and dashes aside."""
    letters = [c for c in word if c.isalpha()]
    bare = word.replace(".", "").replace("-", "").replace("’", "").replace("'", "")
    return 2 <= len(letters) <= 12 and bare.isalnum() and word == word.upper() and " " not in word


def _all_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters)


def initials(text: str) -> str:
    """The first letters of the words that count: “ldh” for Ligue des droits de l'Homme."""
    words = [w for w in fold(_without_brackets(text)).split() if w not in lexicon.SMALL]
    return "".join(w[0] for w in words) if len(words) > 1 else ""


def spells(acronym: str, name: str) -> bool:
    """Whether an acronym is made of a name's beginnings: SYPELI, SYndicat PEpinières LIttoral."""
    wanted = fold(acronym).replace(" ", "")
    words = [w for w in fold(name).split() if w not in lexicon.SMALL]
    return len(wanted) > 1 and bool(words) and _made_of(wanted, words)


def _made_of(wanted: str, words: list[str]) -> bool:
    if not wanted:
        return True
    for at, word in enumerate(words):
        taken = 0
        while taken < min(len(word), len(wanted)) and word[taken] == wanted[taken]:
            taken += 1
            if _made_of(wanted[taken:], words[at + 1 :]):
                return True
        if at == 0 and not taken:
            return False  # an acronym begins where the name begins
    return False


def _without_brackets(text: str) -> str:
    """The name without brackets that explain it; a bracketed place stays, it tells who it is."""

    def keep(found: re.Match[str]) -> str:
        inside = found[1].strip()
        explains = is_acronym(inside) or len(inside.split()) >= 4 or not inside
        return " " if explains else f" {inside} "

    return _BRACKET.sub(keep, text)


@lru_cache(maxsize=20_000)
def identity(text: str) -> str:
    """The key that the spellings of one name share; equal keys are one name (rule 3).

    Gone are accents, capitals, signs, quotes, articles and small words, legal forms, a common
    noun before a proper name, and an acronym that only repeats the name.
    """
    name = _without_brackets(tidy(text))
    name = _without_glued_acronym(unquoted(name))
    name = without_common_noun(split_article(unquoted(tidy(name)))[1])
    words = _without_legal_forms(fold(unquoted(name)).split())
    if len(words) > 1 and words[0] in lexicon.SHORT:
        words = [*lexicon.SHORT[words[0]].split(), *words[1:]]
    kept = [w for w in words if w not in lexicon.SMALL]
    return " ".join(kept or words)


def _without_glued_acronym(name: str) -> str:
    given = acronym_of(name)
    if given and name.endswith(given):
        rest = name[: -len(given)].rstrip(" –—-")
        if len(rest.split()) >= 2 and spells(given, rest):
            return rest
    head = re.match(r"^(\S+)\s+[–—-]\s+(.+)$", name)
    return head[2] if given and head and head[1] == given else name


def without_common_noun(name: str) -> str:
    """“groupe Rive Claire” and “L'ASSOCIATION RIVE CLAIRE” without their common noun."""
    first, _space, rest = name.partition(" ")
    proper = split_article(rest.strip())[1]
    if len(fold(proper).split()) < 2 or fold(proper).split()[0] in lexicon.SMALL:
        return name
    if fold(first) in lexicon.COMMON_IN_FRONT:
        return proper
    lower = first[:1].islower() and unquoted(proper)[:1].isupper()
    return proper if lower and fold(first) in lexicon.COMMON_IN_LOWER_CASE else name


def _without_legal_forms(words: list[str]) -> list[str]:
    for form in lexicon.LEGAL:
        parts = form.split()
        if len(words) > len(parts) and words[-len(parts) :] == parts:
            return words[: -len(parts)]
        if len(words) > len(parts) + 1 and words[: len(parts)] == parts:
            return words[len(parts) :]
    return words


def sort_key(text: str, *, article: str = "", keep_article: bool = False) -> str:
    """Where a name stands in a list: accents and signs aside, the article skipped unless kept."""
    bare = unquoted(tidy(text))
    name = f"{article}{bare}" if keep_article else bare
    if not keep_article and not article:
        name = split_article(name)[1]
    return fold(name) or name.casefold()
