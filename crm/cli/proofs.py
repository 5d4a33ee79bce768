"""proof, rendezvous: a text looked at before it is printed, and its dates for a calendar."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from crm import airlock, appeals, documents, proof
from crm.cli.asking import Commands, answer, command, with_workspace, workspace
from crm.documents import Document
from crm.errors import Refused
from crm.language import _
from crm.proof import KINDS, Finding


def add(commands: Commands) -> None:
    """The commands of this group."""
    read = command(
        commands, "proof", _proof, _("what a proof-reader would say of a document or an appeal")
    )
    read.add_argument("document", metavar="DOC", nargs="?")
    read.add_argument("--appeal", metavar="APPEAL", help=_("whose signatories it is held against"))
    with_workspace(read)
    dates = command(
        commands, "rendezvous", _rendezvous, _("an appeal's rendezvous as an .ics file")
    )
    dates.add_argument("appeal", metavar="APPEAL")
    dates.add_argument("out", metavar="OUT.ics", type=Path)
    with_workspace(dates)


def _proof(asked: argparse.Namespace) -> None:
    document = airlock.run(documents.read, asked.document) if asked.document else None
    if document is None and not asked.appeal:
        raise Refused(_("Name a document, or an appeal with --appeal."))
    if document is not None and not asked.appeal and not asked.workspace:
        _say(asked, document.text, proof.of_document(document))
        return
    with workspace(asked) as db, db.read() as session:
        appeal_id = appeals.find_exactly(session, asked.appeal) if asked.appeal else None
        text, found = _against(session, document, appeal_id)
    _say(asked, text, found)


def _against(
    session: Any, document: Document | None, appeal_id: int | None
) -> tuple[str, list[Finding]]:
    if document is not None:
        return document.text, proof.of_document(document, proof.roll_of(session, appeal_id))
    assert appeal_id is not None
    text = proof.shown(appeals.sheet(session, appeal_id).text)
    return text, proof.of_appeal(session, appeal_id)


def _say(asked: argparse.Namespace, text: str, found: list[Finding]) -> None:
    said = [
        {
            "kind": each.kind,
            "message": each.message,
            "sure": each.sure,
            "where": [
                {"start": start, "end": end, "line": text.count("\n", 0, start) + 1}
                for start, end in each.spans
            ],
            "remedies": [remedy.label for remedy in each.remedies],
        }
        for each in found
    ]
    lines = [f"{_line(text, each)}\t{_(KINDS[each.kind])}\t{each.message}" for each in found]
    answer(asked, said, "\n".join(lines) or _("Nothing to correct."))


def _line(text: str, each: Finding) -> str:
    return str(text.count("\n", 0, each.spans[0][0]) + 1) if each.spans else "-"


def _rendezvous(asked: argparse.Namespace) -> None:
    with workspace(asked) as db, db.read() as session:
        appeal_id = appeals.find_exactly(session, asked.appeal)
        content = appeals.rendezvous(session, appeal_id)
    documents.save(asked.out, content)
    answer(asked, {"out": str(asked.out)}, str(asked.out))
