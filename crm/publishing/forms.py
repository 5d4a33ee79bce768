"""The four forms a list of signatories is printed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crm import language as spoken
from crm import places
from crm.errors import Refused
from crm.language import _, n_
from crm.places import Place
from crm.publishing.signatories import Chosen, Signatory, chosen, in_order
from crm.publishing.targets import TARGETS, Target
from crm.publishing.wording import Wording, wording
from crm.schema import Appeal, Publication

ORDERS = ("document", "sorted")


@dataclass(frozen=True)
class Printed:
    """A list ready to be printed, and what was kept out of it, in sentences."""

    text: str
    names: int
    addresses: int
    withheld: tuple[str, ...] = ()

    def summary(self) -> str:
        """What leaves and what does not: "This version contains 43 names and 5 addresses. …"."""
        names = n_("{n} name", "{n} names", self.names)
        addresses = n_("{n} address", "{n} addresses", self.addresses)
        sentence = _("This version contains {names} and {addresses}.").format(
            names=names, addresses=addresses
        )
        return " ".join([sentence, *self.withheld])


@dataclass(frozen=True)
class _Page:
    """What a form is given: the names, the words of the language, the format."""

    chosen: Chosen
    words: Wording
    target: Target
    language: str
    as_published: bool  # in the appeal's own language: its headings as they stood
    sort: bool


def prepare(
    session: Session,
    appeal_id: int,
    form: str,
    to: str = "md",
    *,
    language: str | None = None,
    order: str = "document",
    keep_articles: bool = False,
) -> Printed:
    """What this version would print; nothing is recorded.

    Only those who signed and may be named, under the name they were published with; addresses
    in the annex only, and only where somebody allowed it or the document printed them itself.
    """
    if form not in FORMS or to not in TARGETS or order not in ORDERS:
        raise Refused(
            _("Cosigne cannot print this form."),
            hint=_("The forms are {forms}; the formats are {formats}.").format(
                forms=", ".join(FORMS), formats=", ".join(TARGETS)
            ),
        )
    appeal = session.execute(select(Appeal.language).where(Appeal.id == appeal_id)).one_or_none()
    if appeal is None:
        raise Refused(_("This appeal is no longer in the file."))
    printed_in = language or appeal.language or spoken.current()
    names = chosen(session, appeal_id, addresses=form == "annex", keep_articles=keep_articles)
    if not names.signatories:
        raise Refused(
            _("Nobody who may be named has signed this appeal yet."),
            hint=_("Record a signature first."),
        )
    if order == "sorted" and form != "by-country":
        names = _sorted(names, printed_in)
    page = _Page(
        names, wording(printed_in), TARGETS[to], printed_in,
        as_published=appeal.language in {None, printed_in}, sort=order == "sorted",
    )  # fmt: skip
    text, count = FORMS[form](page)
    return Printed(text, count, len(names.addresses), tuple(names.withheld))


def publish(
    session: Session,
    appeal_id: int,
    form: str,
    to: str = "md",
    *,
    language: str | None = None,
    order: str = "document",
    keep_articles: bool = False,
) -> Printed:
    """Print, and keep what was printed; to be done inside `db.write(…, kind="final")`."""
    printed = prepare(
        session, appeal_id, form, to, language=language, order=order, keep_articles=keep_articles
    )
    own = session.scalar(select(Appeal.language).where(Appeal.id == appeal_id))
    session.execute(
        insert(Publication).values(
            appeal_id=appeal_id, at=datetime.now(UTC), form=form, format=to,
            language=language or own or spoken.current(), names=printed.names,
            addresses=printed.addresses, content=printed.text, entries=[], choices={},
        )
    )  # fmt: skip
    return printed


def _sorted(names: Chosen, language: str) -> Chosen:
    was = {id(one): at for at, one in enumerate(names.signatories)}
    ordered = in_order(names.signatories, language)
    moved = {at: was[id(one)] for at, one in enumerate(ordered)}
    addresses = {at: names.addresses[old] for at, old in moved.items() if old in names.addresses}
    return Chosen(ordered, addresses, names.withheld)


# -- the forms ------------------------------------------------------------------------------


def _sentence(page: _Page) -> tuple[str, int]:
    """ "Les organisations A, la B et C"."""
    bodies = [f"{one.article}{one.name}" for one in page.chosen.signatories if not one.person]
    people = [one.name for one in page.chosen.signatories if one.person]
    opening = (page.words.one if len(bodies) == 1 else page.words.many) if bodies else ""
    said = " ".join(filter(None, (opening, _joined(bodies, page.words))))
    if people:
        joined = _joined(people, page.words)
        said = f"{said}, {page.words.besides} {joined}" if said else joined
    return page.target.paragraph(page.target.words(said)), len(page.chosen.signatories)


def _joined(names: list[str], said: Wording) -> str:
    if len(names) < 2:
        return "".join(names)
    between = _between(names, said)
    last = f"{between.rstrip()} {said.last} " if between != ", " else f" {said.last} "
    return between.join(names[:-1]) + last + names[-1]


def _between(names: list[str], said: Wording) -> str:
    """A comma; a semicolon where a name has a comma of its own."""
    return f"{said.space}; " if any("," in name for name in names) else ", "


def _list(page: _Page) -> tuple[str, int]:
    """ "**Les organisations signataires** : A, B, C"."""
    names = [one.name for one in page.chosen.signatories]
    target = page.target
    said = _between(names, page.words).join(names)
    return target.paragraph(
        f"{target.strong(page.words.signatories)}{page.words.space}: {target.words(said)}"
    ), len(names)


def _by_country(page: _Page) -> tuple[str, int]:
    """A heading for each country, the names under it, Europe and the world last when sorted."""
    groups: dict[tuple[str, str], list[Signatory]] = {}
    for one in page.chosen.signatories:
        groups.setdefault(_group(one, page.sort), []).append(one)
    keys = list(groups)
    if page.sort:
        keys.sort(key=lambda key: _rank(groups[key][0], page.language))
    blocks = [page.target.heading(page.words.listing, 2)]
    for key in keys:
        names = in_order(groups[key], page.language) if page.sort else groups[key]
        if heading := _heading(names, page, alone=len(groups) == 1):
            blocks.append(page.target.heading(heading, 3))
        blocks.append(page.target.lines([one.name for one in names]))
    return page.target.blocks(blocks), len(page.chosen.signatories)


def _group(one: Signatory, sort: bool) -> tuple[str, str]:
    """What stands under one heading: a place, or a kind the document itself sorts by."""
    if one.place is not None and (sort or one.heading is None or places.place_of(one.heading)):
        return (
            ("country", one.place.country)
            if one.place.country
            else ("heading", one.place.heading or "")
        )
    return ("words", one.heading or "")


def _rank(one: Signatory, language: str) -> tuple[int, str]:
    return places.place_sort_key(one.place or Place(), language)


def _heading(names: list[Signatory], page: _Page, *, alone: bool) -> str:
    """As the document writes it, in its language; else the place's own name."""
    place = names[0].place
    words = next((one.heading for one in names if one.heading), None)
    if words and page.as_published:
        return words
    if place is not None and place.country:
        return places.country_name(place.country, page.language)
    if place is not None and place.heading:
        return places.heading_name(place.heading, page.language)
    return words or ("" if alone else page.words.others)


def _annex(page: _Page) -> tuple[str, int]:
    """Each name, and under it the address it may be printed with."""
    target = page.target
    blocks = [target.heading(page.words.contacts, 2)]
    for at, one in enumerate(page.chosen.signatories):
        if address := page.chosen.addresses.get(at):
            blocks.append(target.paragraph(target.words(one.name)))
            blocks.append(target.paragraph(target.address(address)))
    return target.blocks(blocks), len(page.chosen.addresses)


FORMS: Mapping[str, Callable[[_Page], tuple[str, int]]] = {
    "sentence": _sentence,
    "list": _list,
    "by-country": _by_country,
    "annex": _annex,
}
"""Name of a form to what lays it out."""
