"""read, compare, search, appeals, sign, publish: what stands under which text."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from crm import airlock, appeals, contacts, documents, publishing, reading, search, settings, words
from crm.cli.asking import (
    Commands,
    answer,
    command,
    json_of,
    watched,
    with_workspace,
    workspace,
)
from crm.duplicates import KnownNames
from crm.errors import Refused
from crm.language import _, n_
from crm.reading import Reading, Review


def add(commands: Commands) -> None:
    """The commands of this group."""
    read = command(commands, "read", _read, _("the signatories of a document"))
    read.add_argument("document", metavar="DOC")
    read.add_argument("--into", metavar="APPEAL", help=_("record them: an id, a title, or “new”"))
    with_workspace(read)
    compare = command(commands, "compare", _compare, _("are two names the same?"))
    compare.add_argument("names", nargs="+", metavar="NAME", help=_("two names, or - for pairs"))
    find = command(commands, "search", _search, _("organisations, people, addresses, appeals"))
    find.add_argument("words", nargs="+")
    with_workspace(find)
    with_workspace(command(commands, "appeals", _appeals, _("every appeal, with its figures")))
    _add_sign(commands)
    _add_publish(commands)


def _add_sign(commands: Commands) -> None:
    sign = command(commands, "sign", _sign, _("note an organisation's answer to an appeal"))
    sign.add_argument("appeal", metavar="APPEAL")
    sign.add_argument("organisation", metavar="ORGANISATION")
    sign.add_argument("--status", choices=list(appeals.STATUSES), default="signed")
    sign.add_argument("--role", choices=list(appeals.ROLES), default="signatory")
    sign.add_argument("--name", help=_("the name to print, instead of the one displayed"))
    sign.add_argument("--on", type=date.fromisoformat, metavar="DATE")
    sign.add_argument("--channel", choices=list(appeals.CHANNELS))
    sign.add_argument("--note")
    with_workspace(sign)


def _add_publish(commands: Commands) -> None:
    publish = command(commands, "publish", _publish, _("the list of signatories, to be printed"))
    publish.add_argument("appeal", metavar="APPEAL")
    publish.add_argument("--form", choices=publishing.FORMS, default="list")
    publish.add_argument("--to", choices=publishing.FORMATS, default="md")
    publish.add_argument("--order", choices=publishing.ORDERS, default="document")
    publish.add_argument("--language", choices=publishing.LANGUAGES)
    publish.add_argument("--keep-articles", action="store_true")
    publish.add_argument("--out", type=Path, metavar="FILE")
    with_workspace(publish)


def _read(asked: argparse.Namespace) -> None:
    found = reading.understand(airlock.run(documents.read, asked.document))
    if not asked.into:
        _say_reading(asked, found, {})
        return
    with workspace(asked, writing=True) as db:
        with db.read() as session:
            appeal_id = _appeal_for(session, asked.into, found)
            own = settings.load(session).country_words
            review = Review(reading.in_her_words(found, own), KnownNames.load(session))
            if appeal_id is not None:
                review.into(*reading.standing(session, appeal_id))
        matches = review.matches()
        summary = " ".join(filter(None, (review.summary(), review.pending())))
        label = n_("{n} signature read", "{n} signatures read", len(review.to_record()))
        done = watched(db.carry_out(label, reading.record, review, appeal_id))
        _say_reading(asked, review.reading, matches, recorded=asdict(done), summary=summary)


def _appeal_for(session: Any, into: str, found: Reading) -> int | None:
    if into == "new":
        return None
    try:
        return appeals.find_exactly(session, into)
    except Refused:
        if found.title and words.fold(into) == words.fold(found.title):
            return None
        raise


def _say_reading(
    asked: argparse.Namespace,
    found: Reading,
    matches: dict[int, dict[str, Any]],
    *,
    recorded: dict[str, Any] | None = None,
    summary: str = "",
) -> None:
    said = found.to_json(matches) | ({"recorded": recorded} if recorded else {})
    lines = [found.title or "", summary] + [
        "\t".join(filter(None, (one.name, one.country or "", one.email or "")))
        for one in found.organisations
    ]
    if not found.organisations:
        lines.append(_("This text contains no list of signatories: nothing will be recorded."))
    answer(asked, said, "\n".join(line for line in lines if line))


def _compare(asked: argparse.Namespace) -> None:
    if asked.names == ["-"]:
        pairs = [_pair(line) for line in sys.stdin if line.strip()]
    elif len(asked.names) == 2:
        pairs = [asked.names]
    else:
        raise Refused(_("Give two names, or - and one pair a line as a JSON array."))
    for one, other in pairs:
        found = words.compare(one, other)
        said = {"relation": found.relation, "reason": found.reason}
        answer(asked, said, f"{found.relation}: {found.reason}")


def _pair(line: str) -> list[str]:
    found = json_of(line)
    if isinstance(found, list) and len(found) == 2 and all(isinstance(n, str) for n in found):
        return found
    raise Refused(_("This is not a pair of names: {line}").format(line=line.strip()[:60]))


def _search(asked: argparse.Namespace) -> None:
    typed = " ".join(asked.words)
    with workspace(asked) as db, db.read() as session:
        hits = search.find(session, typed)
        near = None if hits else search.nearest(session, typed)
    text = "\n".join(f"{hit.noun}\t{hit.id}\t{hit.title}\t{hit.subtitle}" for hit in hits)
    if not hits:
        text = _("Nothing for “{words}”.").format(words=typed)
        text += " " + _("Close: {name}.").format(name=near) if near else ""
    answer(
        asked,
        [{"noun": h.noun, "id": h.id, "title": h.title, "subtitle": h.subtitle} for h in hits],
        text,
    )


def _appeals(asked: argparse.Namespace) -> None:
    with workspace(asked) as db, db.read() as session:
        rows = appeals.rows_of(session, appeals.ids(session))
    said = [
        {
            "id": row.id,
            "title": row.title,
            "kind": row.kind,
            "date": row.issued_on.isoformat() if row.issued_on else None,
            "place": row.place,
            "questions": row.questions,
            **asdict(row.counts),
        }
        for row in rows
    ]
    text = "\n".join(
        f"{row.id}\t{row.issued_on or ''}\t{row.counts.signed}\t{row.title}" for row in rows
    )
    answer(asked, said, text)


def _sign(asked: argparse.Namespace) -> None:
    with workspace(asked, writing=True) as db:
        with db.read() as session:
            appeal_id = appeals.find_exactly(session, asked.appeal)
            organisation_id = contacts.find_exactly(session, asked.organisation)
            name = contacts.displayed_names(session, [organisation_id])[organisation_id]
        with db.write(_("Answer of {name}").format(name=name)) as session:
            made = appeals.sign(
                session,
                appeal_id,
                organisation_id=organisation_id,
                status=asked.status,
                role=asked.role,
                name=asked.name,
                on=asked.on,
                channel=asked.channel,
                note=asked.note,
            )
        with db.read() as session:
            counts = appeals.counts(session, appeal_id)
    answer(
        asked,
        {"signature": made, **asdict(counts)},
        n_("Noted. {n} signature in all.", "Noted. {n} signatures in all.", counts.signed),
    )


def _publish(asked: argparse.Namespace) -> None:
    binary = asked.to not in documents.AS_TEXT
    if binary and not asked.out and not asked.json and sys.stdout.isatty():
        raise Refused(
            _("A terminal cannot show this format."),
            hint=_("Say where it goes with --out FILE."),
        )
    with workspace(asked, writing=True) as db:
        with db.read() as session:
            appeal_id = appeals.find_exactly(session, asked.appeal)
        with db.write(_("Published"), kind="final") as session:
            printed = publishing.publish(
                session, appeal_id, asked.form, asked.to, language=asked.language,
                order=asked.order, keep_articles=asked.keep_articles,
            )  # fmt: skip
            if asked.out:
                # Before it is recorded as printed: what could not be written was not printed.
                documents.save(asked.out, printed.content)
    said = {
        "text": printed.text,
        "names": printed.names,
        "addresses": printed.addresses,
        "withheld": list(printed.withheld),
        "entries": list(printed.entries),
    }
    if not asked.json:
        print(printed.summary(), file=sys.stderr)
    if binary and not asked.out and not asked.json:
        sys.stdout.flush()
        sys.stdout.buffer.write(printed.content)
        return
    answer(asked, said, str(asked.out) if asked.out else printed.text.rstrip("\n"))
