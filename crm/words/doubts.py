"""Names that are neither the same nor surely different: what makes one ask."""

from __future__ import annotations

from crm.language import _
from crm.words import lexicon
from crm.words.relation import Relation, doubt
from crm.words.sections import concepts, proper
from crm.words.towns import is_town

_Words = tuple[str, ...]


def doubtful(mine: _Words, theirs: _Words) -> Relation | None:
    """The question two names raise, if any; their numbers are the same."""
    if not mine or not theirs or _two_places(mine, theirs):
        return None
    if sorted(mine) == sorted(theirs):
        return doubt(_("the same words in another order"))
    if slips(mine, theirs):
        return doubt(_("a letter or two of difference"))
    meant = concepts(mine)
    if len(mine) >= 2 and meant == concepts(theirs):
        return doubt(_("the same words in another language"))
    for few, many in ((mine, theirs), (theirs, mine)):
        if _common_noun_more(few, many):
            return doubt(_("the same name with a common noun more"))
        if _nearly_inside(few, many):
            return doubt(_("nearly the same words, some more in one"))
    return None


def _two_places(mine: _Words, theirs: _Words) -> bool:
    """Whether each tells a place the other does not: Irlande and Islande are no slip."""
    here = [w for w in mine if w not in theirs]
    there = [w for w in theirs if w not in mine]
    return (
        any(map(_is_place, here))
        and any(map(_is_place, there))
        and concepts(tuple(here)) != concepts(tuple(there))
    )


def _is_place(word: str) -> bool:
    from crm.places import place_of

    return is_town((word,)) or (len(word) > 3 and place_of(word) is not None)


def slips(mine: _Words, theirs: _Words) -> bool:
    """Whether one slip of the hand in a word or two makes one name of the other."""
    if len(mine) != len(theirs):
        return False
    unlike = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if not unlike or len(unlike) > 2 or (len(mine) > 1 and len(unlike) == len(mine)):
        return False
    return sum(map(len, mine)) >= 6 and all(_slip(a, b) for a, b in unlike)


def _slip(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    if shorter < 4 or max(len(a), len(b)) < 5 or a.isdigit() or b.isdigit():
        return False
    from rapidfuzz.distance import OSA  # 45 ms that who only folds a name should not pay

    return bool(OSA.distance(a, b) <= (2 if shorter >= 9 else 1))


_COMMON = (
    lexicon.COMMON_IN_LOWER_CASE
    | {word for opening in lexicon.WHOLE for word in opening.split()}
    | {"fondation", "foundation", "stiftung", "fundacion", "fondazione", "fundacio"}
)


def _common_noun_more(few: _Words, many: _Words) -> bool:
    """“Union syndicale Entraide” and “Entraide”, “Association Rive” and “Rive”."""
    if not 0 < len(many) - len(few) <= 2 or not proper(few):
        return False
    rest = list(many)
    for word in few:
        if word not in rest:
            return False
        rest.remove(word)
    return all(w in _COMMON or lexicon.CONCEPT.get(w) in _COMMON for w in rest)


def _nearly_inside(few: _Words, many: _Words) -> bool:
    """Whether a name is in the other, give or take a slip, which has one or two words more."""
    more = len(many) - len(few)
    if len(few) < 2 or not 0 < more <= 2 or not proper(few):
        return False
    added = [w for w in many if w not in few]
    if any(lexicon.CONCEPT.get(w, w) in lexicon.OPPOSED for w in added):
        return False
    ends = all(map(_alike, few, many)) or all(map(_alike, few, many[more:]))
    return ends or (len(few) >= 3 and _all_in(few, many))


def _alike(a: str, b: str) -> bool:
    return a == b or _slip(a, b)


def _all_in(few: _Words, many: _Words) -> bool:
    rest = list(many)
    for word in few:
        near = next((w for w in rest if _alike(w, word)), None)
        if near is None:
            return False
        rest.remove(near)
    return True
