"""A list printed: looked at first, then kept as it left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crm import documents, kept, settings
from crm import language as spoken
from crm.documents.printed import Block, Heading, Run, Text
from crm.errors import Refused
from crm.language import _, n_
from crm.publishing.forms import FORMS, Laid, Page
from crm.publishing.signatories import Chosen, chosen, in_order
from crm.publishing.wording import wording
from crm.schema import Appeal, Publication

ORDERS = ("document", "sorted")
FORMATS = tuple(documents.WRITERS)


@dataclass(frozen=True)
class Printed:
    """A list ready to be printed, and what was kept out of it, in sentences."""

    text: str  # the block alone, to be shown and pasted
    content: bytes  # a whole file
    names: int
    addresses: int
    withheld: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()  # the names, as printed and in their order
    language: str = ""
    blocks: tuple[Block, ...] = ()  # the list itself, to stand in another text

    def plain(self) -> str:
        """The list alone in bare words, to be pasted where nothing is bold."""
        return documents.as_text(Text(self.blocks, language=self.language), "txt")

    def summary(self) -> str:
        """What leaves and what does not: "This version contains 43 names and 5 addresses. …"."""
        names = n_("{n} name", "{n} names", self.names)
        addresses = n_("{n} address", "{n} addresses", self.addresses)
        sentence = _("This version contains {names} and {addresses}.").format(
            names=names, addresses=addresses
        )
        return " ".join([sentence, *self.withheld])


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
    _refuse_unknown(form, to, order)
    laid, names, title, printed_in = _laid(
        session, appeal_id, form, language=language, order=order, keep_articles=keep_articles
    )
    return _printed(laid, names, to, title, printed_in)


def laid_out(session: Session, appeal_id: int, form: str) -> tuple[Laid, Chosen]:
    """The blocks of a list, for a larger text to hold, and who stands in it."""
    laid, names, _title, _language = _laid(
        session, appeal_id, form, language=None, order="document", keep_articles=False
    )
    return laid, names


def _laid(
    session: Session, appeal_id: int, form: str, *,
    language: str | None, order: str, keep_articles: bool,
) -> tuple[Laid, Chosen, str, str]:  # fmt: skip
    appeal = session.execute(
        select(Appeal.language, Appeal.title).where(Appeal.id == appeal_id)
    ).one_or_none()
    if appeal is None:
        raise Refused(_("This appeal is no longer in the file."))
    printed_in = language or appeal.language or spoken.current()
    names = chosen(
        session, appeal_id, addresses=form == "annex", logos=form == "logos",
        keep_articles=keep_articles,
    )  # fmt: skip
    if not names.signatories:
        raise Refused(
            _("Nobody who may be named has signed this appeal yet."),
            hint=_("Record a signature first."),
        )
    if order == "sorted" and form != "by-country":
        names = _sorted(names, printed_in)
    page = Page(
        names, wording(printed_in), printed_in,
        as_published=appeal.language in {None, printed_in}, sort=order == "sorted",
        own=settings.load(session).country_words.get(printed_in, {}),
    )  # fmt: skip
    return FORMS[form](page), names, appeal.title, printed_in


def publish(
    session: Session,
    appeal_id: int,
    form: str,
    to: str = "md",
    *,
    language: str | None = None,
    order: str = "document",
    keep_articles: bool = False,
    copied: bool = False,
) -> Printed:
    """Print, and keep what was printed; to be done inside `db.write(…, kind="final")`.

    `copied`: it leaves by the clipboard, as rich text.
    """
    printed = prepare(
        session, appeal_id, form, to, language=language, order=order, keep_articles=keep_articles
    )
    if not printed.entries:
        raise Refused(
            _("No address may be printed with this appeal: the annex would be empty."),
            hint=" ".join(printed.withheld),
        )
    choices: dict[str, Any] = {
        "form": form, "to": to, "language": language, "order": order,
        "keep_articles": keep_articles,
    }  # fmt: skip
    file_id = None
    if to in documents.MEDIA and not copied:
        file_id = kept.keep(session, printed.content, documents.MEDIA[to])
    session.execute(
        insert(Publication).values(
            appeal_id=appeal_id, at=datetime.now(UTC), form=form,
            format="rich" if copied else to, language=printed.language, names=printed.names,
            addresses=printed.addresses, content=printed.text, file_id=file_id,
            entries=list(printed.entries), choices=choices,
        )
    )  # fmt: skip
    return printed


def _refuse_unknown(form: str, to: str, order: str) -> None:
    if form not in FORMS or to not in FORMATS or order not in ORDERS:
        raise Refused(
            _("Cosigne cannot print this form."),
            hint=_("The forms are {forms}; the formats are {formats}.").format(
                forms=", ".join(FORMS), formats=", ".join(FORMATS)
            ),
        )


def _printed(laid: Laid, names: Chosen, to: str, title: str, language: str) -> Printed:
    block = Text(laid.blocks, title, language)
    return Printed(
        text=documents.as_text(block, to),
        content=documents.write(_whole(block) if to in documents.MEDIA else block, to),
        names=len(laid.entries),
        addresses=len(names.addresses),
        withheld=tuple(names.withheld),
        entries=laid.entries,
        language=language,
        blocks=laid.blocks,
    )


def _whole(block: Text) -> Text:
    """A file that is sent on says what was signed: the appeal's title stands above the list."""
    return replace(block, blocks=(Heading((Run(block.title),), 1), *block.blocks))


def _sorted(names: Chosen, language: str) -> Chosen:
    was = {id(one): at for at, one in enumerate(names.signatories)}
    ordered: Sequence[Any] = in_order(names.signatories, language)
    moved = {at: was[id(one)] for at, one in enumerate(ordered)}
    addresses = {at: names.addresses[old] for at, old in moved.items() if old in names.addresses}
    return Chosen(list(ordered), addresses, names.withheld)
