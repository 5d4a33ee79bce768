"""Is one name that of a section of the other?  Inclusion never means *same* (rule 3)."""

from __future__ import annotations

import re
from functools import lru_cache

from crm.language import _
from crm.words import lexicon
from crm.words.counting import counted
from crm.words.keys import identity
from crm.words.relation import Relation
from crm.words.shape import fold, split_article, tidy, unquoted
from crm.words.towns import is_town

_NEEDS_A_NATION = frozenset({"comite", "committee", "comitato", "groupe", "gruppe", "delegation"})
_Words = tuple[str, ...]


def section(small: str, large: str) -> Relation | None:
    """What the local name has to do with the larger one, if it holds the whole of it."""
    own, whole = _words(small), _words(large)
    outer = opening(large, lexicon.WHOLE)[1] or whole
    level, inner = opening(small, lexicon.LOCAL, nations=True)
    if level and (found := _local_of(level, inner, large) or _headed(small, inner, whole, outer)):
        return found
    if level and inner == whole and proper(whole) and level not in lexicon.COMMON_IN_LOWER_CASE:
        return Relation("branch_of", _("a local or national part of it, by its name"))
    for core in (whole, outer):
        if own != core and own[: len(core)] == core and proper(core):
            return _tailed(small, own[len(core) :])
    return None


def _words(name: str) -> _Words:
    return tuple(identity(name).split())


def _headed(small: str, inner: _Words, whole: _Words, outer: _Words) -> Relation | None:
    """“Union locale Rive de Brume”, “Groupe local de Brume de la Rive claire”."""
    for core in (whole, outer):
        if not core or inner == whole or not proper(core):
            continue
        if inner[: len(core)] == core:
            return Relation("branch_of", _("a local or national part of it, by its name"))
        before = inner[: -len(core)]
        if before and inner[-len(core) :] == core:
            if is_place(small, before, at_end=False):
                return Relation("branch_of", _("a local or national part of it, by its name"))
            return _asked()
        if len(inner) == len(core) and all(map(_declined, inner, core)):
            return _asked()
        if len(core) >= 3 and concepts(inner) == concepts(core):
            return Relation("branch_of", _("a part of it, whose name is in another language"))
    return None


def _declined(form: str, word: str) -> bool:
    """Whether one is the other in a Slavic case: Nabata, Nabat."""
    stem = word[:-1] if word[-1] in "aeioui" else word
    return len(stem) >= 4 and form.startswith(stem) and len(form) - len(stem) <= 3


def _tailed(small: str, rest: _Words) -> Relation | None:
    """What follows the larger name in the smaller one tells a place, a section, or nothing sure."""
    if any(lexicon.CONCEPT.get(w, w) in lexicon.OPPOSED for w in rest):
        return None
    if opens_a_section(rest) or is_place(small, rest):
        return Relation("branch_of", _("same name with a place: a section"))
    return _asked()


def _asked() -> Relation:
    return Relation("ask", _("the one name holds the other: a section?"), sure=False)


def opens_a_section(rest: _Words) -> bool:
    """Whether a tail says it is one: “… groupe de Rouen”, “… Landesverband Sachsen”."""
    if len(rest) > 1 and rest[-1] in ("section", "sektion", "chapter", "branch"):
        return True
    return any(
        len(rest) > len(parts) and list(rest[: len(parts)]) == parts
        for parts in (opening.split() for opening in lexicon.LOCAL + lexicon.LOCAL_BEHIND)
    )


def _local_of(level: str, inner: _Words, large: str) -> Relation | None:
    """A town's union and the union of the region around it."""
    above, outer = opening(large, lexicon.LOCAL)
    if level not in lexicon.SMALLER_LOCAL or above not in lexicon.LARGER_LOCAL:
        return None
    if not inner or not outer or inner[0] != outer[0]:
        return None
    town, region = inner[1:], outer[1:]
    if town and all(word in region for word in town):
        return Relation("branch_of", _("a local part of the regional one, by its name"))
    return None


@lru_cache(maxsize=20_000)
def opening(name: str, openings: tuple[str, ...], *, nations: bool = False) -> tuple[str, _Words]:
    """The words a name opens with, if they say what level it is, and the others that count."""
    words = fold(split_article(unquoted(tidy(name)))[1]).split()
    if nations and len(words) > 2 and words[1] == "otdelenie":  # “Moskovskoe otdelenie …”
        return words[1], tuple(words[2:])
    for found, parts in _by_first_word(openings).get(words[0], ()) if words else ():
        if words[: len(parts)] != parts or len(words) == len(parts):
            continue
        rest = words[len(parts) :]
        if nations and rest[0] in lexicon.OF_A_NATION and len(rest) > 1:
            rest = rest[1:]
        elif nations and found in _NEEDS_A_NATION:
            continue
        return found, tuple(w for w in rest if w not in lexicon.SMALL)
    return "", ()


@lru_cache(maxsize=8)
def _by_first_word(openings: tuple[str, ...]) -> dict[str, list[tuple[str, list[str]]]]:
    """The openings that begin with a word, the longest first."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for each in sorted(openings, key=len, reverse=True):
        found.setdefault(each.split()[0], []).append((each, each.split()))
    return found


def proper(words: _Words) -> bool:
    """Whether something is left that is not a noun anybody may use."""
    common = lexicon.COMMON_IN_LOWER_CASE | lexicon.ADJECTIVES | {"federation", "confederation",
              "ligue", "front", "comite", "section", "departementale", "soutien"}  # fmt: skip
    return any(w not in common and not w.isdigit() for w in words)


def concepts(words: _Words) -> list[str]:
    """What the words mean, in any language and order."""
    return sorted(_concept(word) for word in words)


@lru_cache(maxsize=20_000)
def _concept(word: str) -> str:
    from crm.places import place_of

    if word in lexicon.CONCEPT:
        return lexicon.CONCEPT[word]
    place = place_of(word) if len(word) > 3 else None
    return place.country or word if place else word


def is_place(name: str, rest: _Words, *, at_end: bool = True) -> bool:
    """Whether these words of a name tell where: a number, a country, “de Saint-Denis”."""
    if not rest or len(rest) > 5:
        return False
    if all(re.fullmatch(r"\d{1,5}|2[ab]", w) for w in rest) or is_town(rest):
        return True
    from crm.places import place_of

    if place_of(" ".join(rest)) is not None:
        return True
    return at_end and len(rest) <= 4 and _linked(name, rest)


def _linked(name: str, rest: _Words) -> bool:
    """Whether a place's small word or dash stands before the tail, and a capital begins it."""
    written = re.split(r"(\s+[-–—]\s+|\s*[–—]\s*|\s+|['’(),])", tidy(name))
    for at in range(len(written) - 1, -1, -1):
        if counted("".join(written[at:])) == rest:
            break
    else:
        return False
    first = next((w for w in written[at:] if w.strip(" -–—'’(),")), "")
    before = [w for w in written[:at] if w.strip()]
    if not before or not first[:1].isupper() or first.isupper():
        return False
    sign = before[-1].strip()
    if sign in ("(", ","):
        return len([w for w in written[at:] if w.strip(" )")]) == 1
    return sign in ("-", "–", "—") or fold(before[-1]) in lexicon.BEFORE_A_PLACE
