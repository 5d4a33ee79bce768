"""The order of a language's letters, where it is not that of their Latin likenesses."""

from __future__ import annotations

import unicodedata

from crm.words.shape import fold

_ALPHABETS = {
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "es": "abcdefghijklmnñopqrstuvwxyz",
}
_SAME = {"ё": "е"}
_FIRST = "\u0400"  # stands for the first letter: behind figures and foreign letters
_PLACES = {
    language: {letter: chr(ord(_FIRST) + at) for at, letter in enumerate(letters)}
    for language, letters in _ALPHABETS.items()
}


def collated(text: str, language: str) -> str:
    """A key that sorts as the dictionaries of this language do; names in other letters go last."""
    places = _PLACES.get(language)
    if places is None:
        return fold(text) or text.casefold()
    said = unicodedata.normalize("NFC", text.casefold())
    key = " ".join("".join(_letter(sign, places) for sign in said).split())
    return key if key[:1] >= _FIRST or key[:1].isdigit() else f"\uffff{key}"


def _letter(sign: str, places: dict[str, str]) -> str:
    """Its place in the alphabet; a letter of elsewhere as its Latin likeness, a sign as a space."""
    sign = _SAME.get(sign, sign)
    bare = unicodedata.normalize("NFD", sign)[0]
    if sign in places or bare in places:
        return places.get(sign) or places[bare]
    return fold(bare) if bare.isalnum() else " "
