"""Scenes of the main job for the pictures: reading, appeals, letters, sheets, the first pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests import long_list

DEMO = Path(__file__).parent.parent / "resources" / "demo"


def _settle(window: Any, most: int = 4000) -> None:
    from tests.pictures import settle

    settle(window, most)


def _reading(window: Any) -> None:
    window.go("reading", path=DEMO / "appel-2026.md")
    _settle(window)


def _questions(window: Any) -> None:
    """A document that writes two names of the directory otherwise."""
    lines = (
        "# Appel pour les rivières", "**Paris, le 3 mai 2026**", "## Signataires",
        "### Kazakhstan", "Erkin Dala Qogamy", "### France", "Ligue Horizon", "Foyer Lumieres",
        "Atelier des Deux Rives",
    )  # fmt: skip
    _say(window, "\n\n".join(lines))


def _understood(text: str, name: str = "appel.md") -> Any:
    from crm import documents, reading

    return replace(reading.understand(documents.from_text("appel.md", text)), name=name)


def _say(window: Any, said: str, name: str = "appel.md") -> None:
    """A text, read and beside the directory."""
    window.go("reading")
    page = window.page("reading")
    page._forget()
    page.context.tasks.think(page, _understood, said, name, then=page._understood)
    _settle(window)


def _no_list(window: Any) -> None:
    _say(
        window,
        "Un billet.\n\nRendez-vous le 20 septembre 2025 à 14 h, place du Port, à Vaucreux."
        "\n\nLa rivière est à tout le monde : venez avec vos enfants et vos chansons.",
        "billet.txt",
    )


def _mixed(window: Any) -> None:
    """A list whose lines are not all one name each."""
    lines = (
        "# Appel pour les rivières", "**Paris, le 3 mai 2026**", "## Signataires",
        "### France", "- Ligue Horizon et Foyer Lumières", "- Atelier des Deux\n- Rives",
        "- Encre Libre (revue) / Radio Estuaire", "### Kazakhstan", "- Erkin Dala Qogamy",
        "### Belgique", "- Comité des Phares, Union des Moulins", "- Nadia Exemple, historienne",
    )  # fmt: skip
    _say(window, "\n\n".join(lines))


def _selection(window: Any) -> None:
    _mixed(window)
    view = window.page("reading").desk.document
    start = view.toPlainText().index("Foyer Lumières")
    view.select(start, start + len("Foyer Lumières"))
    _settle(window)


def _split(window: Any) -> None:
    _mixed(window)
    desk = window.page("reading").desk
    line = next(each for each in desk.review.lines if "Phares" in each.name)
    desk.table.select(line.index + 1)
    desk.table.setFocus()
    desk.hand.split()


def _by_hand(window: Any) -> None:
    _no_list(window)
    window.page("reading").desk.hand.add()


def _unfinished(window: Any) -> None:
    """Two readings stopped on other days."""
    from datetime import UTC, datetime, timedelta

    from crm import reading
    from crm.schema import UnfinishedReading

    def left(session: Any) -> None:
        from sqlalchemy import update

        read = long_list.reading(1240)
        for name, days in (("appel-des-rivieres.docx", 1), ("communiqué du 3 mai.pdf", 9)):
            review = reading.Review(replace(read, name=name))
            lines = [
                replace(each, state="question") if each.index % 4 == days % 4 else each
                for each in review.lines[: 1240 if days == 1 else 57]
            ]
            now = reading.Moment(tuple(lines), read.places)
            number = reading.keep(session, reading.Kept(review.reading, now))
            at = datetime.now(UTC) - timedelta(days=days)
            here = UnfinishedReading.id == number
            session.execute(update(UnfinishedReading).where(here).values(at=at))

    _door(window)
    window.tasks.write(window, "left", left, kind="ledger")
    _settle(window)
    window.go("reading")


def _many(window: Any) -> None:
    """Two thousand signatories, half of them in the directory."""
    from crm import contacts

    def known(session: Any) -> None:
        for name in long_list.known(2000):
            contacts.add_organisation(session, name)

    if window.page("reading") is None or window.page("reading").review is None:
        window.tasks.write(window, "known", known)
    _settle(window, 40_000)
    _say(window, long_list.text(2000), "appel-des-rivieres.docx")
    _settle(window, 40_000)


def _forty_three(window: Any) -> None:
    """The appeal of 43 signatories, beside the directory."""
    _say(window, _clean(), "appel-du-21-mai.docx")


def _clean() -> str:
    from tests.proof_appeal import clean

    return clean()


def _published(text: Callable[[], str]) -> Callable[[Any], None]:
    """The list of an appeal that this text was read into, about to be printed."""

    def scene(window: Any) -> None:
        made: list[int] = []
        window.tasks.write(
            window, "Read", lambda session: _recorded(session, text()), then=made.append
        )
        _settle(window, 40_000)
        window.go("appeal", appeal_id=made[0], tab="publish")
        _settle(window, 20_000)

    return scene


def _recorded(session: Any, text: str) -> int:
    from crm import documents, reading
    from crm.duplicates import KnownNames

    read = reading.understand(documents.from_text("appel.md", text))
    act = reading.record(session, reading.Review(read, KnownNames.load(session)))
    while True:
        try:
            next(act)
        except StopIteration as end:
            return int(end.value.appeal_id)


def _many_answered(window: Any) -> None:
    """Some way into the questions, the recognised unfolded."""
    page = window.page("reading")
    for answer in ("same", "new", "same", "drop", "same"):
        page.desk.answer(answer)
    page.desk._unfold()
    _settle(window)


def _door(window: Any) -> None:
    window.go("reading")
    window.page("reading")._forget()


def _compose(window: Any) -> None:
    window.go("compose", appeal_id=1, statuses=("signed",), letter="remind")
    _settle(window)


def _check(window: Any) -> None:
    window.go("check", mailing_id=window.page("compose").mailing_id)


def _import(window: Any) -> None:
    window.go("import", path=DEMO / "partenaires.csv")
    _settle(window)


def _plan(window: Any) -> None:
    window.page("import")._plan()


def _settings(part: str) -> Any:
    return lambda window: window.go("settings", part=part)


def _welcome(step: str) -> Any:
    def scene(window: Any) -> None:
        window.go("welcome")
        page = window.page("welcome")
        page.kept["association"] = "Solidarité Exemple"
        if step == "_sheet":
            page._sheet(window.tasks.db)
        elif step:
            getattr(page, step)()

    return scene


def _shared(aim: str) -> Any:
    return lambda window: window.go("shared", aim=aim)


def _clash(window: Any) -> None:
    """What Paul wrote of an organisation while Ana was changing it too."""
    from crm.clashes import Clash, Clashing
    from ui.screens.editor import Editor

    window.go("directory", organisation_id=12)
    _settle(window)
    window.page("directory").edit()
    _settle(window)
    (box,) = (each for each in window.findChildren(Editor) if each.isVisible())
    theirs = "Réunion le 12 mai à Port-Clair. Le bureau signe au nom de toutes les sections."
    mine = "Réunion le 14 mai, à confirmer par téléphone.\n" * 12
    box._no(Clashing(
        (Clash("notes", "Réunion en mai.", theirs, mine),
         Clash("language", "fr", "en", "es")), "Paul",
    ))  # fmt: skip


def _proof(window: Any) -> None:
    """A text of 43 signatories with a dozen slips, one of them pressed."""
    made: list[int] = []
    window.tasks.write(window, "A text", _text_with_slips, then=made.append)
    _settle(window)
    window.go("proof", appeal_id=made[0])
    _settle(window)
    window.page("proof").show_finding(3)


def _text_with_slips(session: Any) -> int:
    from crm import appeals, contacts, documents
    from tests.proof_appeal import SLIPS, clean

    appeal_id = _recorded(session, clean())
    text = clean()
    for slip in SLIPS[3::4]:
        text = slip.made_in(text)
    plain = documents.from_text("", text).text
    contacts.change(
        session, "appeal", appeal_id, text=plain, title=appeals.sheet(session, appeal_id).title
    )
    return appeal_id


def _late(window: Any) -> None:
    """A list that was printed, and two who signed since."""
    window.tasks.write(window, "Printed", _print_list, kind="final")
    window.tasks.write(window, "Signed", _sign_late)
    window.go("appeal", appeal_id=2, tab="publish")


def _print_list(session: Any) -> None:
    from crm import publishing

    publishing.publish(session, 2, "by-country", "docx")


def _sign_late(session: Any) -> None:
    from crm import appeals

    for row in appeals.rows(session, appeals.signature_ids(session, 2, statuses=("asked",)))[:2]:
        appeals.sign(session, 2, organisation_id=row.organisation_id, status="signed")


def _changes(window: Any) -> None:
    _late(window)
    _settle(window)
    window.page("appeal").late.see()


def _addressed(window: Any, count: int, appeal_id: int) -> None:
    """So many addressees under an appeal, the first ones in every state."""
    from tests.ui.acting import did

    did(window, lambda session: _write_to(session, appeal_id, count), "Addressees")
    _settle(window)


def _write_to(session: Any, appeal_id: int, count: int) -> bool:
    from datetime import timedelta

    from crm import addressees
    from tests.coalition import TODAY

    if addressees.ids(session, appeal_id):
        return False
    people = (
        ("Madame Odile Ferrand", "Maire d'Exempleville\nHôtel de ville\n2, place du Marché\n"
         "99200 Exempleville", "Madame la Maire,"),
        ("Monsieur Paul Modèle", "Président du département\n1, rue Haute\n99000 Port-Clair",
         "Monsieur le Président,"),
        ("Madame Inès Lumière", "Députée\n12, quai des Rêves\n99100 Aube", "Madame la Députée,"),
        ("Mairie de Bois-Joli", "Place de la République\n99300 Bois-Joli", None),
    )  # fmt: skip
    made = []
    for at in range(count):
        name, block, greeting = people[at % 4]
        name = name if at < 4 else f"Mairie du bourg {at + 1}"
        made.append(addressees.add(session, appeal_id, name, block=block, greeting=greeting))
    if count < 3:
        return True
    on = TODAY - timedelta(days=30)
    addressees.note_sent(session, made[:2], on=on, answer_by=TODAY - timedelta(days=2))
    later = TODAY + timedelta(days=4)
    addressees.note_sent(session, made[2:3], on=TODAY - timedelta(days=9), answer_by=later)
    addressees.note_answer(session, made[1], on=TODAY - timedelta(days=5),
                           answer="Reçoit une délégation le 12 au matin.")  # fmt: skip
    return True


def _addressees(window: Any) -> None:
    _addressed(window, 4, 1)
    window.go("appeal", appeal_id=1, tab="addressees")
    _settle(window)
    table = window.page("appeal").addressees.table
    table.select(table.records.ids[1])
    table.setFocus()


def _hundred_addressees(window: Any) -> None:
    _addressed(window, 100, 3)
    window.go("appeal", appeal_id=3, tab="addressees")


def _nobody_addressed(window: Any) -> None:
    window.go("appeal", appeal_id=2, tab="addressees")


def _letter(window: Any) -> None:
    _addressed(window, 4, 1)
    window.go("letter", appeal_id=1)
    _settle(window)


def _letter_to_nobody(window: Any) -> None:
    window.go("letter", appeal_id=2)
    _settle(window)


def _save_letters(window: Any) -> None:
    _letter(window)
    window.page("letter")._save_letters()


def _paste(window: Any) -> None:
    window.go("appeal", appeal_id=2, tab="addressees")
    _settle(window)
    from ui.screens.pasting import paste

    page = window.page("appeal").addressees
    box = paste(page.context, page, 2)
    box.text.setPlainText(
        "Civilité\tPrénom\tNom\tFonction\tAdresse\tCP\tVille\tFormule d'appel\n"
        + "".join(
            f"Madame\tInès\tLumière {n}\tMaire\t{n}, rue Haute\t99{n}00\tBourg {n}\t"
            "Madame la Maire,\n"
            for n in range(1, 8)
        )
        + "\t\t\tMaire\t\t99000\tAube\t\n"
    )
    box._read()
    _settle(window)


def _sent(window: Any) -> None:
    _addressees(window)
    window.page("appeal").addressees.note_sent()


def _late_home(window: Any) -> None:
    _addressed(window, 4, 1)
    window.go("home")


SCENES: list[tuple[str, Any]] = [
    ("appeals", lambda window: window.go("appeals")),
    ("appeal", lambda window: window.go("appeal", appeal_id=1)),
    ("appeal-text", lambda window: window.go("appeal", appeal_id=1, tab="text")),
    ("appeal-publish", _late),
    ("appeal-changes", _changes),
    ("proof", _proof),
    ("appeal-new", lambda window: (window.go("appeals"), window.go("new-appeal"))),
    ("addressees", _addressees),
    ("addressees-hundred", _hundred_addressees),
    ("addressees-nobody", _nobody_addressed),
    ("addressees-paste", _paste),
    ("addressees-sent", _sent),
    ("letter", _letter),
    ("letter-nobody", _letter_to_nobody),
    ("letter-save", _save_letters),
    ("home-late", _late_home),
    ("reading", _reading),
    ("reading-questions", _questions),
    ("reading-no-list", _no_list),
    ("reading-by-hand", _by_hand),
    ("reading-selection", _selection),
    ("reading-split", _split),
    ("reading-door", _door),
    ("answer", lambda window: window.go("answer", appeal_id=1)),
    ("mailings", lambda window: window.go("mailings")),
    ("compose", _compose),
    ("check", _check),
    ("progress", lambda window: window.go("progress", mailing_id=1)),
    ("import", _import),
    ("import-plan", _plan),
    ("export", lambda window: (window.go("directory"), window.go("export"))),
    ("settings-mailbox", _settings("mailbox")),
    ("settings-association", _settings("association")),
    ("settings-file", _settings("file")),
    ("settings-peace", _settings("peace")),
    ("settings-look", _settings("look")),
    ("settings-advanced", _settings("advanced")),
    ("shared-move", _shared("move")),
    ("shared-open", _shared("open")),
    ("clash", _clash),
]
LAST: list[tuple[str, Any]] = [
    ("reading-unfinished", _unfinished),
    ("reading-home", lambda window: window.go("home")),
    ("reading-many", _many),
    ("reading-many-answered", _many_answered),
    ("reading-forty-three", _forty_three),
    ("publish-forty-three", _published(_clean)),
    ("publish-many", _published(lambda: long_list.text(2000))),
]
"""After all others: they leave more behind them."""
SHARED: list[tuple[str, Any]] = [
    ("shared-advanced", _settings("advanced")),
    ("shared-file", _settings("file")),
    ("shared-home", _shared("home")),
    ("shared-journal", lambda window: window.go("journal")),
]
EMPTY: list[tuple[str, Any]] = [
    ("empty-appeals", lambda window: window.go("appeals")),
    ("empty-mailings", lambda window: window.go("mailings")),
    ("empty-import", lambda window: window.go("import")),
    ("empty-mailbox", _settings("mailbox")),
    ("welcome", _welcome("")),
    ("welcome-who", _welcome("_who")),
    ("welcome-phrase", _welcome("_phrase")),
    ("welcome-sheet", _welcome("_sheet")),
    ("welcome-begin", _welcome("_begin")),
]
