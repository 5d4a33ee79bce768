"""What a printed letter adds to its text, where it stands on the page, and its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.language import marked
from crm.letters import Field

FIELDS = (
    Field("greeting", marked("Greeting"), marked("Madam Mayor")),
    Field("addressee", marked("Addressee"), marked("Ms Ana Silva")),
    Field("place", marked("Place of the letter"), marked("Port-Clair")),
    Field("date", marked("Date of the letter"), marked("2 July 2026")),
    Field("appeal", marked("Title of the appeal"), marked("Free the gardeners")),
    Field("appeal_date", marked("Date of the appeal"), marked("21 May 2026")),
    Field("signatories", marked("Signatories, one after the other"), marked("April and Aube")),
    Field("organisations", marked("How many organisations sign"), "43"),
    Field("countries", marked("From how many countries"), "13"),
    Field("sent_on", marked("Day it was sent"), marked("2 July 2026")),
    Field("answer_by", marked("Day an answer is expected by"), marked("30 July 2026")),
    Field("association", marked("Your association"), marked("Aube Collective")),
    Field("secretary", marked("Your first name"), marked("Ana")),
)
"""In the order the menu offers them; nothing else is filled in."""


@dataclass(frozen=True)
class Usage:
    """How letters are laid out where a language is spoken; sides are those of `documents`."""

    subject: str  # with its colon
    dated: str
    greeting: str  # for whoever has none of their own
    attention: str = ""  # above the addressee's name
    sender: str = "start"
    addressee: str = "start"
    date: str = "start"


# Two lands, two usages: the French write to the right, the British put themselves there.
_USAGES = {
    "fr": Usage("Objet :", "{place}, le {date}", "Madame, Monsieur", "À l'attention de",
                addressee="end", date="end"),
    "en": Usage("Subject:", "{place}, {date}", "Dear Sir or Madam", sender="end"),
    "de": Usage("Betreff:", "{place}, den {date}", "Sehr geehrte Damen und Herren", date="end"),
    "es": Usage("Asunto:", "{place}, {date}", "Señora, señor", date="end"),
    "it": Usage("Oggetto:", "{place}, {date}", "Gentile Signora, egregio Signore",
                addressee="end", date="end"),
    "ca": Usage("Assumpte:", "{place}, {date}", "Senyora, senyor", date="end"),
    "pt": Usage("Assunto:", "{place}, {date}", "Exma. Senhora, Exmo. Senhor", date="end"),
    "ru": Usage("Тема:", "{place}, {date}", "Уважаемые дамы и господа",
                addressee="end", date="end"),
}  # fmt: skip
LANGUAGES = tuple(_USAGES)


def usage(language: str) -> Usage:
    """The usage of this language; the English one where we know none."""
    return _USAGES.get(language, _USAGES["en"])


def long_date(day: date | None, language: str) -> str:
    """2 juillet 2026; the first of a French month is "1er"."""
    from babel.dates import format_date

    if day is None:
        return ""
    said = format_date(day, "long", locale="en_GB" if language == "en" else language)
    return f"1er{said[1:]}" if language == "fr" and day.day == 1 else said


def dated(place: str, day: date | None, language: str) -> str:
    """Saint-Denis, le 2 juillet 2026; what is known of it where one is missing."""
    if not place or day is None:
        return place or long_date(day, language)
    return usage(language).dated.format(place=place, date=long_date(day, language))
