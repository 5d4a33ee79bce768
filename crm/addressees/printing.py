"""Letters to files: one for each addressee, or all in one pdf; what was printed is kept."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crm import documents, filenames, kept
from crm.addressees.keeping import AddresseeRow, rows
from crm.addressees.laying import Shared, lay, shared
from crm.addressees.writing import Written, read
from crm.db import Step
from crm.documents.binding import bound
from crm.errors import Refused
from crm.language import _, n_
from crm.schema import Publication

if TYPE_CHECKING:
    from crm.db import Database

FORMATS = ("docx", "odt", "pdf")
"""What a letter is printed to."""
FORM = "letter"  # of its publication
_RECORDED_AT_ONCE = 100


@dataclass(frozen=True)
class Saved:
    """The files that were written."""

    paths: tuple[Path, ...]


@dataclass(frozen=True)
class PrintedLetter:
    """A letter that was printed, and is kept as it was."""

    id: int
    at: datetime
    addressee: str
    addressee_id: int
    format: str


@dataclass
class _Round:
    """What is written and not recorded yet, of one printing."""

    written: Written
    to: str
    about: Shared
    waiting: list[tuple[AddresseeRow, str, bytes]] = field(default_factory=list)


def save(
    db: Database,
    letter_id: int,
    addressee_ids: Sequence[int],
    to: str,
    where: Path,
    *,
    together: bool = False,
) -> Generator[Step, None, Saved]:
    """Write a file for each of these into the folder `where`, overwriting nothing.

    For one addressee, or `together` (pdf only), `where` is the file itself.  What was written is
    recorded as printed, also when somebody stops in the middle.
    """
    round_, people = _prepared(db, letter_id, addressee_ids, to)
    if together and to != "pdf":
        raise Refused(_("Only pdf letters can stand in one file."))
    if together:
        return (yield from _all_in_one(db, round_, people, where))
    paths: list[Path] = []
    taken = _there(where)
    try:
        for at, each in enumerate(people):
            path = where if len(people) == 1 else _free(where, each.name, to, taken)
            yield Step(at, len(people), each.name)
            text, content = _print(round_, each)
            _write(path, content)
            paths.append(path)
            round_.waiting.append((each, text, content))
            if len(round_.waiting) >= _RECORDED_AT_ONCE:
                _record(db, round_)
    finally:
        # Stopped or not: what stands in the folder was printed.
        _record(db, round_)
    return Saved(tuple(paths))


def _all_in_one(
    db: Database, round_: _Round, people: Sequence[AddresseeRow], path: Path
) -> Generator[Step, None, Saved]:
    printed: list[tuple[AddresseeRow, str, bytes]] = []
    for at, each in enumerate(people):
        yield Step(at, len(people), each.name)
        printed.append((each, *_print(round_, each)))
    whole = bound([content for _who, _text, content in printed])
    _write(path, whole)
    round_.waiting = [(who, text, whole) for who, text, _content in printed]
    _record(db, round_)
    return Saved((path,))


def _prepared(
    db: Database, letter_id: int, addressee_ids: Sequence[int], to: str
) -> tuple[_Round, list[AddresseeRow]]:
    if to not in FORMATS:
        raise Refused(
            _("Cosigne cannot print a letter as “{format}”.").format(format=to),
            hint=_("The formats are {formats}.").format(formats=", ".join(FORMATS)),
        )
    with db.read() as session:
        written = read(session, letter_id)
        people = rows(session, addressee_ids)
        about = shared(session, written)
    if not people:
        raise Refused(
            _("This appeal has no addressee yet."), hint=_("Add one, or paste a list of them.")
        )
    for each in people:
        lay(written, each, about)  # what cannot be printed is said before anything is written
    return _Round(written, to, about), people


def _print(round_: _Round, addressee: AddresseeRow) -> tuple[str, bytes]:
    text = lay(round_.written, addressee, round_.about)
    return documents.as_text(text, "txt"), documents.write(text, round_.to)


def file_in(folder: Path, name: str, ending: str) -> Path:
    """A file of that name, or nearly, that is not in the folder yet."""
    return _free(folder, name, ending, _there(folder))


def _there(folder: Path) -> set[str]:
    """The names of the files in a folder, as systems compare them that tell no A from a."""
    try:
        return {path.name.casefold() for path in folder.iterdir()}
    except OSError:
        return set()  # not made yet; if it is no folder, writing says so


def _free(folder: Path, name: str, ending: str, taken: set[str]) -> Path:
    """A file of that name, or nearly, that is not there yet and that every system can keep."""
    stem = said = filenames.after_name(name)
    number = 1
    while f"{said}.{ending}".casefold() in taken:
        number += 1
        said = f"{stem} ({number})"
    taken.add(f"{said}.{ending}".casefold())
    return folder / f"{said}.{ending}"


def _write(path: Path, content: bytes) -> None:
    with suppress(OSError):  # a folder that cannot be made: writing says so
        path.parent.mkdir(parents=True, exist_ok=True)
    documents.save(path, content)


# --- kept as it was printed -----------------------------------------------------------------


def _record(db: Database, round_: _Round) -> None:
    if not round_.waiting:
        return
    label = n_("{n} letter printed", "{n} letters printed", len(round_.waiting))
    with db.write(label, kind="final") as session:
        for who, text, content in round_.waiting:
            _keep(session, round_, who, text, content)
    round_.waiting = []


def _keep(session: Session, round_: _Round, who: AddresseeRow, text: str, content: bytes) -> None:
    written, under = round_.written, round_.about.signed
    names = list(under.names) if written.form else []
    session.execute(
        insert(Publication).values(
            appeal_id=written.appeal_id, at=datetime.now(UTC), form=FORM, format=round_.to,
            language=written.language, names=len(names),
            addresses=under.addresses, content=text,
            file_id=kept.keep(session, content, documents.MEDIA[round_.to]), entries=names,
            choices={"letter": written.id, "addressee": who.name, "addressee_id": who.id},
        )
    )  # fmt: skip


def printed(session: Session, appeal_id: int) -> list[PrintedLetter]:
    """The letters of this appeal that were printed, newest first."""
    query = (
        select(Publication.id, Publication.at, Publication.choices, Publication.format)
        .where(Publication.appeal_id == appeal_id, Publication.form == FORM)
        .order_by(Publication.id.desc())
    )
    return [_printed(*row) for row in session.execute(query)]


def _printed(id_: int, at: datetime, choices: dict[str, Any], format_: str) -> PrintedLetter:
    return PrintedLetter(
        id_, at, str(choices.get("addressee", "")), int(choices.get("addressee_id", 0)), format_
    )
