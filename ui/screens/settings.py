"""Settings: the mailbox, the file, who may not be written to, how it looks."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import computer, language, mailings, post, privacy, settings, vault
from crm.clashes import Clashing
from crm.errors import Trouble
from crm.language import _
from crm.mailings import AccountLine
from crm.post import Server, Tick
from crm.settings import Settings as Chosen
from ui import trouble
from ui.context import Context
from ui.form import Form, Line
from ui.kit import (
    Card,
    MainButton,
    Page,
    Tabs,
    Words,
    clear,
    column,
    pill,
    row,
    scrolling,
)
from ui.screens.advanced import advanced
from ui.screens.clashing import Clashes
from ui.screens.country_words import CountryWords
from ui.screens.my_file import my_file

LANGUAGES = [("fr", "Français"), ("en", "English")]


class Settings(Page):
    """One part at a time; every change is saved when its button is pressed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Settings"))
        self.chosen = Chosen()
        self.boxes: list[AccountLine] = []
        self.tabs = Tabs()
        for key, words, make in (
            ("mailbox", _("My mailbox"), self._mailbox),
            ("association", _("My association"), self._association),
            ("file", _("My file"), partial(my_file, self)),
            ("printing", _("Printing"), self._printing),
            ("peace", _("Do not write"), self._peace),
            ("look", _("Display"), self._look),
            ("advanced", _("Advanced"), partial(advanced, context)),
        ):
            self.tabs.add(key, words, make)
        self.put(self.tabs)
        self.follow("setting", refresh=self._renew)

    def visit(self, part: str = "") -> None:
        """Show a part, the mailbox first."""
        self._renew()
        self.tabs.open(part or self.tabs.current())

    def _renew(self) -> None:
        self.context.tasks.read(self, _everything, then=self._show)

    def _show(self, found: tuple[Chosen, list[AccountLine]]) -> None:
        self.chosen, self.boxes = found
        if hasattr(self, "box_form") and not self.box_form.changed():
            self._fill_mailbox()  # never over what is being typed
        if hasattr(self, "association_form") and not self.association_form.changed():
            self.association_form.fill(self.chosen)  # never over what is being typed

    # --- the mailbox ------------------------------------------------------------------------

    def _mailbox(self) -> QWidget:
        securities = [("tls", "TLS"), ("starttls", "STARTTLS")]
        self.box_form = Form(
            Line("address", _("My address"), needed=True),
            Line("sender", _("Name shown"), hint=_("What partners see beside your address.")),
            Line("password", _("Password"), "password"),
            Line("host", _("Server"), needed=True),
            Line("port", _("Port"), needed=True),
            Line("security", _("Protection"), "choice", choices=securities),
            Line("username", _("User name"), hint=_("Usually the address itself.")),
            Line("per_hour", _("Messages an hour"), needed=True),
        )
        address: Any = self.box_form.field("address")
        address.editingFinished.connect(self._guess)
        self.advice = Words("", "soft")
        self.ticks = column(gap=6)
        kept = _("The password stays in this computer's keyring; never in the file.")
        if not vault.has_keyring():
            kept = _("This computer has no keyring: the password is asked for at each sending.")
        self._fill_mailbox()
        return self._part(
            Words(_("Everything works without it, but sending."), "soft"),
            self.box_form,
            self.advice,
            Words(kept, "small"),
            row(MainButton(_("Check and save"), self.check_mailbox), None),
            self.ticks,
        )

    def _part(self, *items: Any) -> QWidget:
        card = Card(*items)
        card.setMaximumWidth(760)
        whole = QWidget()
        whole.setLayout(column(card, None))
        return scrolling(whole)

    def _fill_mailbox(self) -> None:
        if self.boxes:
            box = self.boxes[0]
            self.box_form.fill(
                {**asdict(box), "port": str(box.port), "per_hour": str(box.per_hour)}
            )
        else:
            self.box_form.fill({
                "security": "tls", "port": "465", "per_hour": "60",
                "sender": self.chosen.association,
            })  # fmt: skip

    def _guess(self) -> None:
        """Settings found from the address, where a provider is known."""
        values = self.box_form.values()
        if not values["address"] or values["host"]:
            return
        found = post.provider_of(str(values["address"]))
        self.box_form.put(
            host=found.host, port=str(found.port), security=found.security,
            per_hour=str(found.per_hour), username=values["address"],
        )  # fmt: skip
        steps = post.advice(found)
        self.advice.setText("\n".join(f"{n}. {step}" for n, step in enumerate(steps, start=1)))

    def check_mailbox(self) -> None:
        """Try it: server found, line protected, password accepted; then keep it."""
        if not self.box_form.complete():
            return
        values = self.box_form.values()
        for name in ("port", "per_hour"):
            if not str(values[name]).isdigit():
                self.box_form.fault(name, _("This is a number."))
                return
        clear(self.ticks)
        self.ticks.addWidget(Words(_("Checking…"), "soft"))
        trusted = self.boxes[0].trusted_ca if self.boxes else None
        server = Server(
            str(values["host"]), int(values["port"]), str(values["security"]),
            str(values["username"] or values["address"]), trusted,
        )  # fmt: skip
        # Spaces in an app password are only there to read it by.
        password = str(values["password"] or "").strip()
        if server.host.endswith("gmail.com"):
            password = password.replace(" ", "")
        self.context.tasks.think(
            self, _checked, server, password, self.chosen.workspace,
            self.boxes[0].id if self.boxes else 0,
            then=lambda found: self._checked(values, password, found),
        )  # fmt: skip

    def _checked(self, values: dict[str, Any], password: str, ticks: list[Tick]) -> None:
        clear(self.ticks)
        for tick in ticks:
            tone = {True: "good", False: "bad", None: "quiet"}[tick.ok]
            said = Words(f"{tick.sentence} {tick.hint}".strip(), "soft")
            line = row(pill(tone, tick.name), said)
            line.setStretch(1, 1)
            self.ticks.addLayout(line)
        form = self.box_form
        box_id = self.boxes[0].id if self.boxes else 0
        step = partial(_keep_box, box_id, _typed(values), _typed(form.shown()),
                       _typed(form.changed()))  # fmt: skip
        self.context.tasks.write(
            self, _("My mailbox"), step, kind="final",
            then=lambda account_id: self._kept(account_id, password, ticks),
            otherwise=lambda why: self._box_not_kept(why, password, ticks),
        )  # fmt: skip

    def _box_not_kept(self, why: Trouble, password: str, ticks: list[Tick]) -> None:
        if not isinstance(why, Clashing):
            self.say(trouble.bar(why))
            return
        form = self.box_form
        theirs = {each.field: str(each.theirs) for each in why.clashes}

        def take(kept: dict[str, Any]) -> None:
            form.settle({name: str(value) for name, value in kept.items()}, theirs)
            self._checked(form.values(), password, ticks)

        Clashes(self, why, form.labels(), form.words, take).open()

    def _kept(self, account_id: int, password: str, ticks: list[Tick]) -> None:
        if password and all(tick.ok is not False for tick in ticks):
            self.context.tasks.think(
                self, vault.keep_mail_password, self.chosen.workspace, account_id, password,
                then=lambda _kept: self.context.toast(_("Your mailbox is ready.")),
            )  # fmt: skip
        self.context.tasks.read(self, _everything, then=self._show_kept)

    def _show_kept(self, found: tuple[Chosen, list[AccountLine]]) -> None:
        self.chosen, self.boxes = found
        self._fill_mailbox()

    # --- the association --------------------------------------------------------------------

    def _association(self) -> QWidget:
        self.association_form = Form(
            Line("association", _("Name"), needed=True),
            Line("secretary", _("Your first name")),
            Line("language", _("Language of the letters"), "choice", choices=LANGUAGES),
            Line(
                "greeting", _("Greeting"), hint=_("Instead of “Hello”, before the person's name.")
            ),
        )
        self.association_form.fill(self.chosen)
        return self._part(
            self.association_form, row(MainButton(_("Save"), self._save_association), None)
        )

    def _save_association(self) -> None:
        form = self.association_form
        if form.complete():
            self.context.tasks.write(
                self, _("Settings"),
                partial(settings.change, before=form.shown(), **form.changed()),
                then=lambda _done: self._saved(), otherwise=self._not_saved,
            )  # fmt: skip

    def _saved(self) -> None:
        self.context.toast(_("Saved."), undo=True)
        self.context.tasks.read(self, settings.load, then=self.association_form.fill)

    def _not_saved(self, why: Trouble) -> None:
        if not isinstance(why, Clashing):
            self.say(trouble.bar(why))
            return
        form = self.association_form
        theirs = {each.field: each.theirs for each in why.clashes}

        def take(kept: dict[str, Any]) -> None:
            form.settle(kept, theirs)
            self._save_association()

        Clashes(self, why, form.labels(), form.words, take).open()

    # --- printing ---------------------------------------------------------------------------

    def _printing(self) -> QWidget:
        card = CountryWords(self.context)
        card.setMaximumWidth(760)
        whole = QWidget()
        whole.setLayout(column(card, None))
        return scrolling(whole)

    # --- peace ------------------------------------------------------------------------------

    def _peace(self) -> QWidget:
        self.peace_form = Form(Line("address", _("Address"), needed=True))
        return self._part(
            Words(
                _("An address noted here is never written to again, whatever is imported later. "
                  "Only a hash of it is kept."),
                "soft",
            ),
            self.peace_form,
            row(MainButton(_("Never write to it"), self._opt_out), None),
        )  # fmt: skip

    def _opt_out(self) -> None:
        if self.peace_form.complete():
            address = str(self.peace_form.values()["address"])
            self.context.tasks.write(
                self, _("Do not write"), privacy.opt_out, address, "by hand", kind="final",
                then=lambda _done: self._noted(),
            )  # fmt: skip

    def _noted(self) -> None:
        self.peace_form.put(address="")
        self.context.toast(_("Noted. This address is never written to again."))

    # --- the look ---------------------------------------------------------------------------

    def _look(self) -> QWidget:
        themes = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        sizes = [(1.0, "100 %"), (1.15, "115 %"), (1.3, "130 %"), (1.5, "150 %")]
        self.look_form = Form(
            Line("language", _("Language"), "choice", choices=LANGUAGES),
            Line("theme", _("Colours"), "choice", choices=themes),
            Line("zoom", _("Size of the letters"), "choice", choices=sizes),
        )
        self.look_form.fill(
            {
                "language": language.current(),
                "theme": computer.recall("theme", "system"),
                "zoom": computer.recall("zoom", 1.0),
            }
        )
        return self._part(
            self.look_form,
            row(MainButton(_("Save"), self._save_look), None),
            Words(_("Another language is spoken from the next start on."), "small"),
        )

    def _save_look(self) -> None:
        from PySide6.QtWidgets import QApplication

        from ui import look

        values = self.look_form.values()
        for name, value in values.items():
            self.context.remember(name, value)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.dress(app, theme=str(values["theme"]), zoom=float(values["zoom"]))
        self.context.toast(_("Saved."))


def _everything(session: Any) -> tuple[Chosen, list[AccountLine]]:
    return settings.load(session), mailings.accounts(session)


def _checked(server: Server, password: str, workspace: str, account_id: int) -> list[Tick]:
    kept = password or (vault.mail_password(workspace, account_id) if account_id else None)
    return post.check(server, kept or "")


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """What the form says of a mailbox, as its record holds it; never the password."""
    numbers = ("port", "per_hour")
    return {
        name: int(value) if name in numbers and value is not None else value
        for name, value in values.items()
        if name != "password"
    }


def _keep_box(
    box_id: int,
    values: dict[str, Any],
    shown: dict[str, Any],
    changed: dict[str, Any],
    session: Any,
) -> int:
    if not box_id:
        texts: dict[str, Any] = {name: value or "" for name, value in values.items()}
        return mailings.keep_account(session, texts.pop("address"), **texts)
    now = {name: value or "" for name, value in changed.items()}
    if now.get("username") == "":
        now["username"] = values["address"]
    mailings.change_account(session, box_id, before=shown, **now)
    return box_id
