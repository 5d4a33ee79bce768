"""The language a text is written in, by its smallest words."""

from __future__ import annotations

import re
from collections import Counter

# What a language repeats on every line; shared words count for each that has them.
_SMALL = {
    "fr": "été cette leurs leur mais sans entre le la les l un une des du de d et est sont dans pour par que qui ce cette ces nous "
          "nos vous au aux sur avec pas plus contre à ont il elle en se leur",
    "en": "it's has had will would they them but the of and to in is are for that this with on by from we our as at it be have has "
          "not their who was against",
    "de": "aber ohne unser unsere noch nach vor am der die das und ist sind in den von zu mit für auf ein eine einer dem des im wir "
          "nicht gegen sich werden aus bei auch als",
    "es": "desde hasta ante sobre entre este esta estos estas han ha hay pero sin a el la los las de del y en que por con para una un es son se al contra como su "
          "nuestra nosotros más lo",
    "it": "ha hanno questo questa anche come a ed il lo la i gli le di del della dei delle e in che per con una un è sono si al contro "
          "nel alla dal noi nostra più",
    "ca": "fins entre han ha hi però sense seu seus a el la els les de del dels i en que per amb una un és són es al als contra com seva "
          "nostra més aquest aquesta per a hem",
    "pt": "desde até sem mas seu sua o a os as de do da dos das e em que por com para uma um é são se ao contra no na não "
          "mais nós nossa",
    "ru": "и в на не что с по за из от для мы его их как это к о об против или был которые всех",
    "uk": "і в на не що з по за із від для ми його їх як це та про проти або був які всіх й у є",
}  # fmt: skip
_SETS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_SHARED = Counter(word for words in _SETS.values() for word in words)
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """The ISO code of the language of a text; None when it says too little."""
    said = Counter(_WORD.findall(text.lower()))
    score = {
        language: sum(said[word] / _SHARED[word] for word in words)
        for language, words in _SETS.items()
    }
    # Letters that only one of two neighbours writes.
    score["uk"] += 2 * len(re.findall("[іїєґ]", text.lower()))
    score["ru"] += 2 * len(re.findall("[ыэъё]", text.lower()))
    score["ca"] += 3 * len(
        re.findall(r"l·l|\b(?:amb|aquest\w*|dels|els|és|i els|d'aquest)\b", text.lower())
    )
    score["pt"] += 2 * len(re.findall("[ãõ]", text.lower()))
    score["es"] += 2 * len(re.findall("[ñ¿¡]", text.lower()))
    score["de"] += len(re.findall("[ß]", text.lower()))
    best, second = sorted(score, key=lambda language: -score[language])[:2]
    return best if score[best] > score[second] else None
