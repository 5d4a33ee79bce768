"""mail account|prepare|check|test|send|status|settle, from scripts and servers alike."""

from __future__ import annotations

import argparse
import getpass
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from crm import appeals, mailings, post, settings, vault
from crm.cli.asking import (
    Commands,
    answer,
    bytes_of,
    command,
    has_person,
    json_of,
    watched,
    with_workspace,
    workspace,
)
from crm.contacts import Filter
from crm.db import Database
from crm.errors import Locked, Refused
from crm.language import _, n_
from crm.letters import ready_letters
from crm.mailings import AccountLine, Sender

_SIGNS = {True: "✓", False: "✗", None: "–"}


def add(commands: Commands) -> None:
    """The commands of this group."""
    top = commands.add_parser("mail", help=_("letters to partners"))
    inner = top.add_subparsers(metavar=_("COMMAND"), required=True)
    _add_account(inner)
    prepare = with_workspace(command(inner, "prepare", _prepare, _("a new mailing, as a draft")))
    prepare.add_argument("--title", default="")
    prepare.add_argument("--letter", metavar="KEY|FILE", help=_("ask, remind, thanks … or a file"))
    prepare.add_argument("--subject", default="")
    prepare.add_argument("--language", default="")
    prepare.add_argument("--appeal", metavar="APPEAL")
    prepare.add_argument("--filter", metavar="JSON", default="{}")
    prepare.add_argument("--attach", type=Path, action="append", default=[], metavar="FILE")
    for name, run, about in (
        ("check", _check, _("what is wrong or worth knowing before sending")),
        ("test", _test, _("one copy to your own mailbox")),
        ("send", _send, _("send, or go on sending, until all is settled")),
        ("status", _status, _("where every copy stands")),
    ):
        made = with_workspace(command(inner, name, run, about))
        made.add_argument("mailing", type=int, nargs="?")
    settle = with_workspace(command(inner, "settle", _settle, _("settle what is uncertain")))
    settle.add_argument("mailing", type=int)
    settle.add_argument("how", choices=["received", "resend"])
    settle.add_argument("--delivery", type=int, action="append", default=[])


def _add_account(inner: Any) -> None:
    account = with_workspace(command(inner, "account", _account, _("the mailbox to send from")))
    account.add_argument("address", nargs="?")
    account.add_argument("--sender", default="")
    account.add_argument("--host")
    account.add_argument("--port", type=int)
    account.add_argument("--security", choices=["tls", "starttls", "none"])
    account.add_argument("--username", default="")
    account.add_argument("--per-hour", type=int)
    account.add_argument("--trust", type=Path, metavar="PEM", help=_("your own authority"))
    account.add_argument("--password-file", type=Path, metavar="FILE")


def _account(asked: argparse.Namespace) -> None:
    with workspace(asked, writing=bool(asked.address)) as db:
        if asked.address:
            _keep(db, asked)
        with db.read() as session:
            found = mailings.accounts(session)
            workspace_id = settings.load(session).workspace
    ticks = []
    for box in found:
        password = _password(workspace_id, box, asked.secrets_dir)
        ticks = post.check(box.server, password)
    said = [
        {"id": box.id, "address": box.address, "host": box.host, "port": box.port,
         "security": box.security}
        for box in found
    ]  # fmt: skip
    lines = [f"{box.id}\t{box.address}\t{box.host}:{box.port}\t{box.security}" for box in found]
    lines += [f"{_SIGNS[tick.ok]} {tick.name} {tick.sentence}".strip() for tick in ticks]
    answer(asked, {"accounts": said, "check": [asdict(tick) for tick in ticks]}, "\n".join(lines))


def _keep(db: Database, asked: argparse.Namespace) -> None:
    guess = post.provider_of(asked.address)
    with db.read() as session:
        chosen = settings.load(session)
    with db.write(_("My mailbox"), kind="final") as session:
        account_id = mailings.keep_account(
            session,
            asked.address,
            sender=asked.sender or chosen.association,
            host=asked.host or guess.host,
            port=asked.port or guess.port,
            security=asked.security or guess.security,
            username=asked.username,
            per_hour=asked.per_hour or guess.per_hour,
            per_day=guess.per_day,
            trusted_ca=bytes_of(asked.trust).decode("ascii", "replace") if asked.trust else None,
        )
    if asked.password_file:
        password = bytes_of(asked.password_file).decode("utf-8", "replace").rstrip("\r\n")
        if not vault.keep_mail_password(chosen.workspace, account_id, password):
            raise Refused(
                _("This computer has no keyring to keep the password in."),
                hint=_("Give it at each sending, or use --secrets-dir."),
            )


def _password(workspace_id: str, box: AccountLine, secrets_dir: Path | None) -> str:
    found = vault.mail_password(workspace_id, box.id, secrets_dir=secrets_dir)
    if found is not None or box.security == "none":
        return found or ""
    if not has_person():
        raise Locked(
            _("Nobody is there to give the mailbox's password."),
            hint=_("Keep it in the keyring, or in a file with mode 0600 and --secrets-dir."),
        )
    return getpass.getpass(_("Password of {address}: ").format(address=box.address))


def _prepare(asked: argparse.Namespace) -> None:
    where = Filter.from_dict(json_of(asked.filter))
    with workspace(asked, writing=True) as db, db.write(_("New mailing")) as session:
        appeal_id = appeals.find_exactly(session, asked.appeal) if asked.appeal else None
        language = asked.language or settings.load(session).language
        subject, body = _letter(asked, language)
        made = mailings.draft(
            session, title=asked.title or subject, subject=subject, body=body, language=language,
            where=where, appeal_id=appeal_id,
        )  # fmt: skip
        for path in asked.attach:
            mailings.attach(session, made, path.name, bytes_of(path))
        choice = mailings.check(session, made).choice
    answer(
        asked,
        {"mailing": made, "recipients": len(choice.recipients), "aside": choice.reasons},
        n_("Mailing {id}: {n} message", "Mailing {id}: {n} messages", len(choice.recipients))
        .replace("{id}", str(made)),
    )  # fmt: skip


def _letter(asked: argparse.Namespace, language: str) -> tuple[str, str]:
    ready = {letter.key: letter for letter in ready_letters(language)}
    if asked.letter in ready:
        return asked.subject or ready[asked.letter].subject, ready[asked.letter].body
    if asked.letter and Path(asked.letter).is_file():
        return asked.subject, Path(asked.letter).read_text(encoding="utf-8")
    raise Refused(
        _("There is no letter “{name}”.").format(name=asked.letter or ""),
        hint=_("There are: {names}; or give a file.").format(names=", ".join(ready)),
    )


def _mailing(session: Session, asked: argparse.Namespace) -> int:
    if asked.mailing:
        return int(asked.mailing)
    known = mailings.ids(session)
    if not known:
        raise Refused(_("There is no mailing yet."), hint=_("Make one: cosigne mail prepare."))
    return known[0]


def _check(asked: argparse.Namespace) -> int:
    with workspace(asked) as db, db.read() as session:
        found = mailings.check(session, _mailing(session, asked))
    lines = [
        n_("{n} organisation chosen", "{n} organisations chosen", found.choice.chosen),
        *(f"− {count} {_(post.REASONS[reason])}" for reason, count in found.choice.reasons.items()),
        n_("= {n} message", "= {n} messages", len(found.choice.recipients)),
        *(f"! {each.sentence} {each.hint}".strip() for each in found.to_fix),
        *(f"· {each.sentence}" for each in found.to_know),
    ]
    answer(
        asked,
        {
            "chosen": found.choice.chosen,
            "aside": found.choice.reasons,
            "messages": len(found.choice.recipients),
            "to_fix": [each.sentence for each in found.to_fix],
            "to_know": [each.sentence for each in found.to_know],
        },
        "\n".join(lines),
    )
    return 1 if found.to_fix else 0


def _test(asked: argparse.Namespace) -> None:
    with workspace(asked) as db, db.read() as session:
        mailing_id = _mailing(session, asked)
        choice = mailings.check(session, mailing_id).choice
        if not choice.recipients:
            raise Refused(_("Nobody would receive this mailing."))
        message = mailings.test_copy(session, mailing_id, choice.recipients[0].organisation_id)
        draft = mailings.look(session, mailing_id)
        box = mailings.server_of(session, draft.account_id)
        password = _password(settings.load(session).workspace, box, asked.secrets_dir)
    mailings.send_test(post.SmtpCarrier(box.server, password), message)
    answer(asked, {"to": box.address}, _("Sent to your own mailbox."))


def _send(asked: argparse.Namespace) -> int:
    with workspace(asked, writing=True) as db:
        with db.read() as session:
            mailing_id = _mailing(session, asked)
            draft = mailings.look(session, mailing_id)
            box = mailings.server_of(session, draft.account_id)
            password = _password(settings.load(session).workspace, box, asked.secrets_dir)
            to_fix = mailings.check(session, mailing_id).to_fix if draft.state == "draft" else ()
        if to_fix:
            raise Refused(to_fix[0].sentence, hint=to_fix[0].hint)
        if draft.state == "draft":
            with db.write(_("Mailing prepared"), kind="final") as session:
                mailings.prepare(session, mailing_id)
        sender = Sender(lambda line: post.SmtpCarrier(line.server, password))
        watched(mailings.send(db, mailing_id, sender))
        with db.read() as session:
            status = mailings.status(session, mailing_id)
    _say_status(asked, status)
    return 0


def _status(asked: argparse.Namespace) -> None:
    with workspace(asked) as db, db.read() as session:
        status = mailings.status(session, _mailing(session, asked))
    _say_status(asked, status)


def _say_status(asked: argparse.Namespace, status: mailings.Status) -> None:
    said = asdict(status)
    lines = [f"{name}: {count}" for name, count in said.items() if count]
    answer(asked, said, "\n".join(lines))


def _settle(asked: argparse.Namespace) -> None:
    with workspace(asked, writing=True) as db:
        with db.write(_("Settled by hand"), kind="final") as session:
            mailings.look(session, asked.mailing)
            doubts = mailings.delivery_ids(session, asked.mailing, states=["uncertain"])
            for each in asked.delivery:
                if each not in doubts:
                    raise Refused(_("No copy in doubt has the number {n}.").format(n=each))
            chosen = asked.delivery or doubts
            done = mailings.settle(session, chosen, asked.how)
        with db.read() as session:
            status = mailings.status(session, asked.mailing)
    answer(
        asked,
        {"settled": done, **asdict(status)},
        n_("{n} copy settled.", "{n} copies settled.", done),
    )
