"""Addresses that do not look like their owner's, and links that lead elsewhere than they say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from rapidfuzz.distance import OSA

from crm import words
from crm.language import _
from crm.proof.finding import Finding
from crm.proof.page import Page
from crm.reading import Written
from crm.reading.entries import EMAIL, URL, emails_in
from crm.reading.given_names import given_names

_AT = re.compile(
    r"[^\s<>()\[\]«»“”,;|]*@[^\s<>()\[\]«»“”,;|]*|[\w.+-]+ @ ?[\w.-]+\.\w+|[\w.+-]+@ [\w.-]+\.\w+"
)
_GENERAL = frozenset(
    "union ligue comite collectif reseau groupe mouvement syndicat federation association network"
    " campaign initiative solidarite solidarity international internationale freedom liberte paris"
    " berlin france deutschland italia group committee league foundation fondation centre center"
    " jeunes femmes droits peuple ouvriers travail maison amis culture".split()
)  # fmt: skip


def addresses(page: Page) -> Iterator[Finding]:
    """Every address of the document against the name it stands with."""
    yield from _malformed(page)
    owners = [each for each in page.writing.names if each.email]
    bearing = _bearing(owners)
    for each in owners:
        yield from _unlike(page, each, bearing)
    yield from _shared(page, owners)


def _malformed(page: Page) -> Iterator[Finding]:
    for found in _AT.finditer(page.text):
        said = found[0].strip(".:!?'\"*_")
        handle = said.startswith("@") or not said
        linked = EMAIL.search(said) or URL.search(page.text, *found.span())
        if (handle or linked) and not _doubled(said):
            continue
        message = _("“{address}” cannot be an address.").format(address=said)
        yield Finding("address", message, (found.span(),))


def _doubled(said: str) -> bool:
    whole = EMAIL.search(said)
    return whole is not None and ("@@" in said or ".." in said or said.count("@") > 1)


def _bearing(owners: list[Written]) -> dict[str, list[Written]]:
    """The owners of addresses by each word that only an address of theirs would bear."""
    found: dict[str, list[Written]] = defaultdict(list)
    for each in owners:
        for word in _telling(each.name):
            if len(word) > 5:
                found[word].append(each)
    return found


def _unlike(page: Page, each: Written, bearing: dict[str, list[Written]]) -> Iterator[Finding]:
    letters = _letters(each.email)
    mine = _telling(each.name)
    span = _where(page, each)
    if any(word in letters for word in mine):
        return
    if near := next((word for word in mine if _nearly_in(word, letters)), None):
        said = _("“{address}” is nearly spelt like “{name}”: “{word}” differs by a letter.")
        yield Finding(
            "address", said.format(address=each.email, name=each.published, word=near),
            (span, each.span), sure=False,
        )  # fmt: skip
        return
    if other := _looks_like(each, letters, bearing):
        said = _("“{address}” stands with “{name}”, and looks like “{other}”.").format(
            address=each.email, name=each.published, other=other.published
        )
        yield Finding("address", said, (span, each.span), sure=False)


def _looks_like(each: Written, letters: str, bearing: dict[str, list[Written]]) -> Written | None:
    """Another owner, a word of whose name the address bears; the first of the document."""
    pieces = {
        letters[start:end]
        for start in range(len(letters))
        for end in range(start + 6, len(letters) + 1)
    }
    mine = words.identity(each.name)
    others = [
        other
        for word in pieces & bearing.keys()
        for other in bearing[word]
        if words.identity(other.name) != mine and other.email != each.email
    ]
    return min(others, key=lambda other: other.span, default=None)


def _letters(address: str) -> str:
    local, _sign, domain = address.lower().partition("@")
    return (
        words.fold(local).replace(" ", "")
        + " "
        + words.fold(domain.rsplit(".", 1)[0]).replace(" ", "")
    )


def _telling(name: str) -> list[str]:
    """The words of a name that an address would bear."""
    if not re.search("[A-Za-z]", name):
        return []
    return [
        word for word in words.fold(name).split()
        if len(word) >= 5 and word not in _GENERAL and not word.isdigit()
    ]  # fmt: skip


def _nearly_in(word: str, letters: str) -> bool:
    """One letter added, lost or changed, not at the end, where words are inflected."""
    if len(word) < 6:
        return False
    for size in (len(word), len(word) - 1, len(word) + 1):
        for start in range(max(0, len(letters) - size + 1)):
            piece = letters[start : start + size]
            ends_alike = piece[:1] == word[0] and piece[-2:] == word[-2:]
            if " " not in piece and ends_alike and OSA.distance(piece, word) == 1:
                return True
    return False


def _where(page: Page, each: Written) -> tuple[int, int]:
    at = page.text.find(each.email, each.span[0])
    return (at, at + len(each.email)) if at >= 0 else each.span


def _shared(page: Page, owners: list[Written]) -> Iterator[Finding]:
    """One address given to two."""
    first: dict[str, Written] = {}
    for each in owners:
        other = first.setdefault(each.email.lower(), each)
        if other is not each and words.identity(other.name) != words.identity(each.name):
            said = _("“{address}” is given to “{name}” and to “{other}”.")
            message = said.format(address=each.email, name=other.published, other=each.published)
            yield Finding("address", message, (other.span, each.span), sure=False)


def personal(page: Page) -> Iterator[Finding]:
    """A person's own address, where an organisation's is expected."""
    for each in page.writing.names:
        local = each.email.partition("@")[0].lower()
        first, dot, last = local.partition(".")
        mine = words.fold(each.name)
        if each.person or not dot or not last.isalpha() or len(last) < 3 or first in mine:
            continue
        if first in given_names():
            said = _("“{address}” looks like a person's own address: may it be printed?")
            span = _where(page, each)
            yield Finding("address", said.format(address=each.email), (span,), sure=False)


def links(page: Page) -> Iterator[Finding]:
    """Links whose words say one thing and whose target is another."""
    for line in page.document.lines:
        for link in line.links:
            said = page.text[link.start : link.end]
            target = unquote(link.target).strip()
            if message := _astray(said, target):
                yield Finding("link", message, ((link.start, link.end),))


def _astray(said: str, target: str) -> str:
    if target in {"", "#"}:
        return _("The link “{words}” leads nowhere.").format(words=said)
    shown = emails_in(said)
    if target.lower().startswith("mailto:"):
        meant = target[7:].partition("?")[0]
        if not shown or shown[0].lower() == meant.lower():
            return ""
        writes = _("The link says “{words}” and writes to “{target}”.")
        return writes.format(words=shown[0], target=meant)
    if shown or (URL.fullmatch(said.strip()) and _host(said) != _host(target)):
        leads = _("The link says “{words}” and leads to “{target}”.")
        return leads.format(words=said, target=target)
    return ""


def _host(address: str) -> str:
    whole = address.strip() if "//" in address else f"//{address.strip()}"
    try:
        return (urlsplit(whole).hostname or "").removeprefix("www.")
    except ValueError:
        return address
