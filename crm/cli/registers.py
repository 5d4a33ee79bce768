"""import and export: sheets in, sheets out."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from crm import airlock, documents, exports, formats, imports
from crm.cli.asking import (
    Commands,
    answer,
    command,
    json_of,
    watched,
    with_workspace,
    workspace,
)
from crm.contacts import Filter
from crm.errors import Refused
from crm.imports import Plan, SheetGuess
from crm.language import _, n_


def add(commands: Commands) -> None:
    """The commands of this group."""
    bring = command(commands, "import", _import, _("contacts from a spreadsheet"))
    bring.add_argument("file", metavar="FILE")
    bring.add_argument("--sheet", type=int, metavar="N", help=_("only this sheet, from 1"))
    bring.add_argument("--map", metavar="FIELDS", help=_("organisation,country,,email … in order"))
    bring.add_argument("--dry-run", action="store_true", help=_("say what would change, only"))
    bring.add_argument("--rejected", type=Path, metavar="FILE", help=_("where rejected rows go"))
    with_workspace(bring)
    out = command(commands, "export", _export, _("a spreadsheet of what the file holds"))
    out.add_argument("what", choices=list(exports.COLUMNS))
    out.add_argument("out", type=Path, metavar="OUT.xlsx|csv|json")
    out.add_argument("--columns", metavar="A,B,C")
    out.add_argument("--filter", metavar="JSON", help=_('such as {"countries": ["FR"]}'))
    with_workspace(out)


def _import(asked: argparse.Namespace) -> int:
    sheets = _sheets(asked)
    with workspace(asked, writing=not asked.dry_run) as db:
        with db.read() as session:
            plan = imports.plan(session, sheets, Path(asked.file).name)
        said: dict[str, Any] = plan.to_json()
        text = " ".join(plan.sentences())
        if not asked.dry_run:
            label = n_(
                "Import of {n} organisation", "Import of {n} organisations", len(plan.organisations)
            )
            done = watched(db.carry_out(label, imports.record, plan))
            said["recorded"] = asdict(done)
            text = _("Done. {n} new, {m} completed.").format(n=done.created, m=done.completed)
        if asked.rejected and (plan.rejected or plan.doubtful):
            formats.write(asked.rejected, imports.rejected_table(plan))
    answer(asked, said, "\n".join([text, *_remarks(plan)]))
    return 3 if plan.rejected or plan.doubtful else 0


def _remarks(plan: Plan) -> list[str]:
    return [
        *(_("row {n}: {why}").format(n=each.row, why=each.why) for each in plan.rejected),
        *(
            _("row {n}: {address}: {why}").format(n=each.row, address=each.address, why=each.why)
            for each in plan.doubtful
        ),
        *(
            _("“{name}”: is it “{candidate}”? {reason}").format(
                name=each.planned.name, candidate=each.candidate, reason=each.reason
            )
            for each in plan.questions
        ),
    ]


def _sheets(asked: argparse.Namespace) -> list[SheetGuess]:
    found = imports.look(airlock.run(formats.read, asked.file))
    if asked.sheet is not None:
        if not 0 < asked.sheet <= len(found):
            raise Refused(_("This file has {n} sheets.").format(n=len(found)))
        found = [found[asked.sheet - 1]]
    elif not asked.map and not any(sheet.wanted for sheet in found):
        raise Refused(
            _("No column of this file names organisations."),
            hint=_("Say what each column is with --map organisation,country,,email."),
        )
    if asked.map:
        columns = [each.strip() for each in asked.map.split(",")]
        if unknown := [each for each in columns if each not in imports.FIELDS]:
            raise Refused(_("There is no field “{name}”.").format(name=unknown[0]))
        found = [_mapped(sheet, columns) for sheet in found]
    return found


def _mapped(sheet: SheetGuess, columns: list[str]) -> SheetGuess:
    return replace(sheet.with_columns(columns), wanted=True)


def _export(asked: argparse.Namespace) -> None:
    where = Filter.from_dict(json_of(asked.filter)) if asked.filter else None
    columns = asked.columns.split(",") if asked.columns else ()
    with workspace(asked) as db, db.read() as session:
        table = exports.export(session, asked.what, columns=columns, where=where)
    if asked.out.suffix.lower() == ".json":
        rows = [dict(zip(table.headings, row, strict=True)) for row in table.rows]
        said = json.dumps(rows, ensure_ascii=False, default=str, indent=1)
        documents.save(asked.out, said.encode())
    else:
        formats.write(asked.out, table)
    said = n_("{n} row written: {path}", "{n} rows written: {path}", len(table.rows))
    answer(
        asked,
        {"path": str(asked.out), "rows": len(table.rows)},
        said.replace("{path}", str(asked.out)),
    )
