"""Two names: the same, a section of the other, different, or a question for a person (rule 3).

Spelling distance alone never decides, and a name inside another means *section of?*.
"""

from __future__ import annotations

import re

from crm.language import _
from crm.words.acronyms import (
    BRACKET,
    acronym_of,
    hints_at,
    is_acronym,
    is_bracketed_acronym,
    letters_of,
    stands_for,
)
from crm.words.counting import counted
from crm.words.doubts import doubtful
from crm.words.keys import common_noun, identities, identity
from crm.words.relation import Relation, doubt
from crm.words.sections import is_place, opens_a_section, section
from crm.words.shape import fold, split_article, tidy, unquoted


def compare(one: str, other: str) -> Relation:
    """What two written names are to each other, by their spelling alone."""
    if found := _at_once(one, other):
        return found
    mine, theirs = identity(one), identity(other)
    for small, large in ((one, other), (other, one)):
        if found := section(small, large):
            return found
    if _numbers(mine) != _numbers(theirs):
        return _different()
    return doubtful(tuple(mine.split()), tuple(theirs.split())) or _different()


def _at_once(one: str, other: str) -> Relation | None:
    """What is said before sections, slips and translations are looked for: these are never same."""
    mine, theirs = identity(one), identity(other)
    if identities(one) & identities(other) or (mine and fold(one) == fold(other)):
        return _same(one, other)
    if not mine or not theirs:
        return _different()
    for short, long in ((one, other), (other, one)):
        if found := _acronym(short, long):
            return found
    return _cut_otherwise(mine, theirs) or _explained(one, other)


def _different() -> Relation:
    return Relation("different", _("two different names"))


def _same(one: str, other: str) -> Relation:
    if tidy(one) == tidy(other):
        return Relation("same", _("same name"))
    if tidy(one).casefold() == tidy(other).casefold():
        return Relation("same", _("same name but for the capitals"))
    if len(identity(one)) < 2:
        return doubt(_("too little of a name to tell")) if identity(one) else _different()
    if common_noun(one) != common_noun(other) and common_noun(one) and common_noun(other):
        return doubt(_("same name but for the common noun before it"))
    if fold(one) == fold(other):
        return Relation("same", _("same name but for accents or signs"))
    if counted(one) == counted(other):
        return Relation("same", _("same name but for an article or a small word"))
    return Relation("same", _("same name but for a common noun, a legal form or its acronym"))


def _numbers(folded: str) -> set[int]:
    return {int(found) for found in re.findall(r"\d+", folded)}


def _cut_otherwise(mine: str, theirs: str) -> Relation | None:
    """“FreeNour” and “Free Nour”; figures must be cut alike."""
    joined = mine.replace(" ", "")
    if joined != theirs.replace(" ", "") or _numbers(mine) != _numbers(theirs):
        return None
    reason = _("the same letters, cut otherwise")
    return Relation("same", reason) if len(joined) >= 8 else doubt(reason)


def _explained(one: str, other: str) -> Relation | None:
    """The same name, once with some words of explanation in brackets."""
    for longer, bare in ((one, other), (other, one)):
        inside = [found.strip() for found in BRACKET.findall(longer)]
        if (
            not inside
            or BRACKET.search(bare)
            or identity(BRACKET.sub(" ", longer)) != identity(bare)
        ):
            continue
        if is_bracketed_acronym(inside[0]):
            return doubt(_("same name but for the acronym in brackets"))
        if is_place(longer, counted(inside[0])):
            return None
        if len(inside[0].split()) >= 4 and inside[0][:1].islower() and not _numbers(inside[0]):
            return Relation("same", _("the same name, explained in brackets"))
        return doubt(_("the same name, with more in brackets"))
    return None


# --- acronyms -------------------------------------------------------------------------------


def _acronym(short: str, long: str) -> Relation | None:
    """“LAH” and “Ligue des arbres de l'Homme”, with or without a town behind."""
    given, behind = _given(short)
    if not given or len(counted(long)) < 2:
        return None
    own, bracketed = acronym_of(long), _bracketed(long)
    if own and letters_of(own) == letters_of(given):
        return _with_place(short, behind, _("the acronym the name itself gives"))
    if bracketed and letters_of(given) in bracketed and not behind:
        return doubt(_("the acronym in its brackets"))
    if not is_acronym(given):
        return None
    left = stands_for(given, " ".join(unquoted(long).split()))
    if left is None:
        hinted = not behind and not own and hints_at(given, long)
        return doubt(_("perhaps the acronym of the name")) if hinted else None
    return _of_initials(short, long, behind, left, letters_of(given))


def _given(short: str) -> tuple[str, tuple[str, ...]]:
    """The acronym a short name begins with, and the words that count behind it."""
    name = split_article(unquoted(tidy(short)))[1]
    first, _space, rest = name.partition(" ")
    first = first.rstrip(",:")
    dotted = first.replace(".", "")
    return (first if is_acronym(first) and dotted else "", counted(rest) if rest else ())


def _bracketed(long: str) -> set[str]:
    found = (inside.strip() for inside in BRACKET.findall(long))
    return {letters_of(inside) for inside in found if is_bracketed_acronym(inside)}


def _with_place(short: str, behind: tuple[str, ...], reason: str) -> Relation | None:
    if not behind:
        return Relation("same", reason)
    if opens_a_section(behind) or is_place(short, behind):
        return Relation("branch_of", _("acronym, and a place: a section"))
    return None


def _of_initials(
    short: str, long: str, behind: tuple[str, ...], left: tuple[str, ...], letters: str
) -> Relation | None:
    if left == behind:
        if len(letters) < 3:
            return doubt(_("perhaps the acronym of the name"))
        return Relation("same", _("acronym of the name"))
    if len(letters) < 3:
        return None
    if not behind and (opens_a_section(left) or is_place(long, left)):
        return Relation("branch_of", _("acronym, and a place: a section"))
    if not left:
        return _with_place(short, behind, "")
    return None
