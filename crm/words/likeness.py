"""Two names: the same, a section of the other, different, or a question for a person (rule 3).

Spelling distance alone never decides, and a name inside another means *section of?*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from crm.language import _
from crm.words import lexicon, shape

Kind = Literal["same", "branch_of", "different", "ask"]


@dataclass(frozen=True)
class Relation:
    """What two names are to each other, and why, in a short sentence; `sure` needs no person.

    `branch_of`: the first is a section of the second, or the second of the first.
    """

    relation: Kind
    reason: str
    sure: bool = True


def compare(one: str, other: str) -> Relation:
    """What two written names are to each other, by their spelling alone."""
    if shape.identity(one) == shape.identity(other) and _same_numbers(one, other):
        return Relation("same", _why_same(one, other))
    for first, second in ((one, other), (other, one)):
        if found := _acronym(first, second) or _section(first, second):
            return found
    return _doubt(one, other) or Relation("different", _("two different names"))


def _why_same(one: str, other: str) -> str:
    if shape.tidy(one) == shape.tidy(other):
        return _("same name")
    if shape.tidy(one).casefold() == shape.tidy(other).casefold():
        return _("same name but for the capitals")
    if shape.fold(one) == shape.fold(other):
        return _("same name but for accents or signs")
    if _all_of(one) == _all_of(other):
        return _("same name but for an article or a small word")
    return _("same name but for a common noun, a legal form or its acronym")


def _all_of(name: str) -> list[str]:
    return [w for w in shape.fold(name).split() if w not in lexicon.SMALL]


def _same_numbers(one: str, other: str) -> bool:
    return _numbers(shape.identity(one)) == _numbers(shape.identity(other))


def _numbers(folded: str) -> set[int]:
    return {int(found) for found in re.findall(r"\d+", folded)}


# --- acronyms -------------------------------------------------------------------------------


def _acronym(short: str, long: str) -> Relation | None:
    """“LDH” and “Ligue des droits de l'Homme”, with or without a town behind."""
    given, *behind = shape.split_article(shape.unquoted(shape.tidy(short)))[1].split()
    if not shape.is_acronym(given) or len(shape.fold(long).split()) < 2:
        return None
    wanted = shape.fold(given).replace(" ", "")
    words = shape.identity(long).split()
    town = [w for w in shape.fold(" ".join(behind)).split() if w not in lexicon.SMALL]
    own = shape.acronym_of(long)
    if own and shape.fold(own) == shape.fold(given) and not town:
        return Relation("same", _("the acronym the name itself gives"))
    if len(wanted) < 3 or len(words) < len(wanted):
        return None
    if "".join(w[0] for w in words[: len(wanted)]) != wanted:
        return None
    rest = words[len(wanted) :]
    if rest == town:
        return Relation("same", _("acronym of the name"))
    if not town and _is_place(long, rest):
        return Relation("branch_of", _("acronym, and a place: a section"))
    if not rest and town and _is_place(short, town):
        return Relation("branch_of", _("acronym, and a place: a section"))
    return None


# --- sections -------------------------------------------------------------------------------


def _section(small: str, large: str) -> Relation | None:
    """A local name that holds the whole of a larger one."""
    level, inner = _opening(small, lexicon.LOCAL, nations=True)
    whole = shape.identity(large).split()
    outer = _opening(large, lexicon.WHOLE)[1]
    own = shape.identity(small).split()
    if level and (found := _local_of(level, inner, large)):
        return found
    for core in (whole, outer):
        if level and core and inner[: len(core)] == core and inner != whole and _proper(core):
            return Relation("branch_of", _("a local or national part of it, by its name"))
        if level and _concepts(inner) == _concepts(core) and len(core) >= 3:
            return Relation("branch_of", _("a part of it, whose name is in another language"))
    if own != whole and own[: len(whole)] == whole and _proper(whole):
        rest = own[len(whole) :]
        if _is_place(small, rest):
            return Relation("branch_of", _("same name with a place: a section"))
        return Relation("ask", _("the one name begins with the other: a section?"), sure=False)
    return None


def _local_of(level: str, inner: list[str], large: str) -> Relation | None:
    """A town's union and the union of the region around it."""
    above, outer = _opening(large, lexicon.LOCAL)
    if level not in lexicon.SMALLER_LOCAL or above not in lexicon.LARGER_LOCAL:
        return None
    if not inner or not outer or inner[0] != outer[0]:
        return None
    town, region = inner[1:], outer[1:]
    if town and all(word in region for word in town):
        return Relation("branch_of", _("a local part of the regional one, by its name"))
    return None


def _opening(
    name: str, openings: tuple[str, ...], *, nations: bool = False
) -> tuple[str, list[str]]:
    """The words a name opens with, if they say what level it is, and the others that count."""
    words = shape.fold(shape.split_article(shape.unquoted(shape.tidy(name)))[1]).split()
    for opening in sorted(openings, key=len, reverse=True):
        parts = opening.split()
        if words[: len(parts)] != parts or len(words) == len(parts):
            continue
        rest = words[len(parts) :]
        if nations and opening in _NEEDS_A_NATION:
            if rest[0] not in lexicon.OF_A_NATION:
                continue
            rest = rest[1:]
        return opening, [w for w in rest if w not in lexicon.SMALL]
    return "", []


_NEEDS_A_NATION = frozenset({"comite", "committee", "comitato", "groupe", "delegation"})


def _proper(words: list[str]) -> bool:
    """Whether something is left that is not a noun anybody may use."""
    common = lexicon.COMMON_IN_LOWER_CASE | {"federation", "confederation", "ligue", "front"}
    return any(w not in common and not w.isdigit() for w in words)


def _is_place(name: str, rest: list[str]) -> bool:
    """Whether the last words of a name tell where: a number, a country, “de Saint-Denis”."""
    if not rest or len(rest) > 5:
        return False
    if all(w.isdigit() for w in rest):
        return True
    from crm.places import place_of

    if place_of(" ".join(rest)) is not None:
        return True
    tail = _tail(name, rest)
    return tail is not None and tail[0] and tail[1]


def _tail(name: str, rest: list[str]) -> tuple[bool, bool] | None:
    """Whether a place's small word or dash stands before the tail, and whether it is capitalised."""
    written = re.split(r"(\s+|[-–—'’(),])", shape.tidy(name))
    tail: list[str] = []
    for at in range(len(written) - 1, -1, -1):
        tail = written[at:]
        folded = [w for w in shape.fold("".join(tail)).split() if w not in lexicon.SMALL]
        if folded == rest:
            break
    else:
        return None
    before = [w for w in written[:at] if w.strip()]
    dash = bool(before) and before[-1] in "–—-(," and not written[at - 1].isalnum()
    linked = bool(before) and (shape.fold(before[-1]) in lexicon.BEFORE_A_PLACE or dash)
    first = next((w for w in tail if w.strip(" -–—'’(),")), "")
    return linked, first[:1].isupper() and shape.fold(first) not in {"l", "le", "la", "les"}


# --- doubts ---------------------------------------------------------------------------------


def _doubt(one: str, other: str) -> Relation | None:
    mine, theirs = shape.identity(one).split(), shape.identity(other).split()
    if _numbers(" ".join(mine)) != _numbers(" ".join(theirs)):
        return None
    if sorted(mine) == sorted(theirs):
        return Relation("ask", _("the same words in another order"), sure=False)
    if "".join(mine) == "".join(theirs):
        return Relation("ask", _("the same letters, cut otherwise"), sure=False)
    if slips(mine, theirs):
        return Relation("ask", _("a letter or two of difference"), sure=False)
    shared = _concepts(mine)
    if shared == _concepts(theirs) and len(shared) >= 2:
        return Relation("ask", _("the same words in another language"), sure=False)
    if _nearly_inside(mine, theirs) or _nearly_inside(theirs, mine):
        return Relation("ask", _("nearly the same words, some more in one"), sure=False)
    return None


def slips(mine: list[str], theirs: list[str]) -> bool:
    """Whether one slip of the hand in a word or two makes one name of the other."""
    if len(mine) != len(theirs):
        return False
    unlike = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    longer = sum(len(w) for w in mine)
    if not unlike or len(unlike) > 2 or (len(mine) > 1 and len(unlike) == len(mine)):
        return False
    return longer >= 6 and all(_slip(a, b) for a, b in unlike)


def _slip(a: str, b: str) -> bool:
    if min(len(a), len(b)) < 4 or a.isdigit() or b.isdigit():
        return False
    return bool(OSA.distance(a, b) <= (2 if min(len(a), len(b)) >= 9 else 1))


def _concepts(words: list[str]) -> list[str]:
    return sorted(lexicon.CONCEPT.get(w, w) for w in words)


def _nearly_inside(few: list[str], many: list[str]) -> bool:
    """Whether nearly all words of a longer name are in the other, which has a few more."""
    if len(few) < 2 or not 0 < len(many) - len(few) <= 2:
        return False
    left = list(_unmatched(few, many))
    return not left and _proper(few)


def _unmatched(few: list[str], many: list[str]) -> Iterator[str]:
    rest = list(many)
    for word in few:
        near = next((w for w in rest if w == word or _slip(w, word)), None)
        if near is None:
            yield word
        else:
            rest.remove(near)
