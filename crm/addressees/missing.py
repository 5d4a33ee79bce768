"""What is said before letters are printed: what must be filled in, and what is good to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm import letters
from crm.addressees.flowing import fields_in
from crm.addressees.keeping import AddresseeRow
from crm.addressees.laying import Shared, empty_fields, fields_of
from crm.addressees.wording import FIELDS, usage
from crm.addressees.writing import Written
from crm.language import _, n_


@dataclass(frozen=True)
class Missing:
    """Sentences: `needed` before anything can be printed, and `told` all the same."""

    needed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def missing(written: Written, addressees: Sequence[AddresseeRow], about: Shared) -> Missing:
    """What these letters lack, each thing once, with how many letters lack it."""
    needed = _empty(written, addressees, about)
    told = _unwritten(written)
    told += [_("The letter has no place.")] if not written.place.strip() else []
    if written.dated_on is None:
        told.append(_("The letter has no date."))
    if not written.subject.strip():
        told.append(_("The letter has no subject."))
    told += _greetings(written, addressees)
    bare = sum(not each.block for each in addressees)
    if bare:
        told.append(n_("{n} addressee has no postal address.",
                       "{n} addressees have no postal address.", bare))  # fmt: skip
    if (written.form or written.annex) and not about.signed.names:
        told.append(_("Nobody who may be named has signed yet: the letter bears no list."))
    if written.annex and about.signed.names and not about.signed.addresses:
        told.append(_("No address may be published: the letter bears no contacts annex."))
    return Missing(tuple(needed), (*told, *about.signed.withheld))


def _empty(written: Written, addressees: Sequence[AddresseeRow], about: Shared) -> list[str]:
    lacking: dict[str, int] = {}
    for each in addressees:
        for name in empty_fields(written, fields_of(written, each, about)):
            lacking[name] = lacking.get(name, 0) + 1
    labels = {each.name: _(each.label) for each in FIELDS}
    return [
        n_("{n} letter has nothing to say where it reads “{field}”.",
           "{n} letters have nothing to say where they read “{field}”.", count)
        .replace("{field}", labels[name])
        for name, count in lacking.items()
    ]  # fmt: skip


def _unwritten(written: Written) -> list[str]:
    """What a starter asks for and nobody wrote: an addressee must not read it."""
    return [
        _("The letter still reads “{words}”: that is yours to write.").format(words=words)
        for each in letters.ready_letters(written.language, "printed")
        for words in each.to_write
        if words in written.body
    ]


def _greetings(written: Written, addressees: Sequence[AddresseeRow]) -> list[str]:
    if "greeting" not in fields_in(written.body):
        return [_("The letter greets nobody: its text has no “Greeting”.")]
    without = sum(not each.greeting for each in addressees)
    if not without:
        return []
    return [
        n_("{n} addressee has no greeting of their own: they will read “{greeting}”.",
           "{n} addressees have no greeting of their own: they will read “{greeting}”.", without)
        .replace("{greeting}", usage(written.language).greeting)
    ]  # fmt: skip
