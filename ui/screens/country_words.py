"""The workspace's own words for countries: "État espagnol" where others print "Espagne"."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import places, publishing, settings
from crm.language import _, current
from ui.context import Context
from ui.form import Form, Line
from ui.kit import Button, Card, IconButton, Words, clear, column, hair, line, row
from ui.naming import language_name

Own = dict[str, dict[str, str]]


class CountryWords(Card):
    """A line for each country named otherwise, and one to add another."""

    def __init__(self, context: Context) -> None:
        super().__init__(title=_("Your own words for countries"))
        self.context = context
        self.own: Own = {}
        self.listed = column(gap=6)
        tongues = sorted(
            ((code, language_name(code)) for code in publishing.LANGUAGES), key=lambda one: one[1]
        )
        self.form = Form(
            Line("country", _("Country"), "choice", choices=places.countries(current())),
            Line("language", _("Language"), "choice", choices=tongues),
            Line("words", _("Your words"), needed=True,
                 hint=_("Printed and sorted by in lists by country, and understood when read.")),
        )  # fmt: skip
        self.form.fill({"country": "ES", "language": current()})
        self.body.addLayout(self.listed)
        self.body.addWidget(self.form)
        self.body.addLayout(row(Button(_("Add"), self.add, icon="plus", look="small"), None))
        context.tasks.read(self, settings.load, then=self._show)

    def _show(self, chosen: settings.Settings) -> None:
        self.own = chosen.country_words
        clear(self.listed)
        for language, words in sorted(self.own.items()):
            for code, said in sorted(words.items()):
                self.listed.addWidget(self._line(language, code, said))
        if not self.own:
            nothing = _("Countries are named as usual in each language.")
            self.listed.addWidget(Words(nothing, "soft"))

    def _line(self, language: str, code: str, said: str) -> QWidget:
        usual = places.country_name(code, current())
        drop = IconButton(
            "trash", _("Remove {name}").format(name=said), partial(self._put, language, code, "")
        )
        where = line(f"{usual} · {language_name(language)}", "small")
        made = QWidget()
        made.setLayout(column(row(Words(said, "strong"), where, None, drop), hair(), gap=4))
        return made

    def add(self) -> None:
        """Name a country so from now on."""
        if self.form.complete():
            values = self.form.values()
            self._put(values["language"], values["country"], " ".join(values["words"].split()))

    def _put(self, language: str, code: str, said: str) -> None:
        self.context.tasks.write(
            self, _("Words for a country"), _put, language, code, said, then=self._kept
        )

    def _kept(self, chosen: settings.Settings) -> None:
        self.form.put(words="")
        self._show(chosen)
        self.context.toast(_("Saved."), undo=True)


def _put(session: Any, language: str, code: str, said: str) -> settings.Settings:
    """Those that others gave meanwhile stay."""
    own: Own = {each: dict(words) for each, words in settings.load(session).country_words.items()}
    own.setdefault(language, {})[code] = said
    kept = {
        each: known for each, words in own.items()
        if (known := {country: name for country, name in words.items() if name})
    }  # fmt: skip
    return settings.change(session, country_words=kept)
