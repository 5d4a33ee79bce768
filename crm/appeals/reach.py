"""How far an appeal reaches: who signs, from how many countries, on which continents."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import continents, places
from crm.schema import Organisation, Signature

ASIDE = ("host", "relayed")
"""Parts that are no signature: they are in no list, and in no figure of one."""


@dataclass(frozen=True)
class Reach:
    """The figures of the sentence: "43 signatures, 13 countries, 4 continents"."""

    signatures: int
    organisations: int
    countries: tuple[str, ...]  # ISO 3166-1 alpha-2
    continents: tuple[str, ...]  # keys of `continents.CONTINENTS`


def reach(session: Session, appeal_id: int) -> Reach:
    """All who signed and have not withdrawn, those who count without being named too."""
    query = (
        select(
            Signature.organisation_id, Signature.published_country, Signature.published_heading,
            Organisation.country,
        )
        .outerjoin(Organisation, Organisation.id == Signature.organisation_id)
        .where(
            Signature.appeal_id == appeal_id,
            Signature.status == "signed",
            Signature.role.not_in(ASIDE),
        )
        .order_by(Signature.position, Signature.id)
    )  # fmt: skip
    rows = session.execute(query).all()
    found = [_country(heading, published or own) for _id, published, heading, own in rows]
    held = [each for each in found if each]
    return Reach(
        len(rows), sum(row.organisation_id is not None for row in rows),
        tuple(dict.fromkeys(held)), tuple(continents.continents(held)),
    )  # fmt: skip


def _country(heading: str | None, country: str | None) -> str | None:
    """As the list has it: the heading it stands under, else its country."""
    stood = places.place_of(heading) if heading else None
    return stood.country if stood else country
