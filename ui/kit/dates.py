"""Dates and moments as people say them here."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from crm.language import _, current, n_


def day(when: date | None, *, year: bool = True) -> str:
    """2 Jul 2026; nothing for no date."""
    if when is None:
        return ""
    shape = "d MMM yyyy" if year else "d MMM"
    return _locale().toString(QDate(when.year, when.month, when.day), shape)


def in_full(when: date) -> str:
    """20 September 2025."""
    return _locale().toString(QDate(when.year, when.month, when.day), "d MMMM yyyy")


def hour(said: str) -> str:
    """An hour as one writes it here: "14:00" is 14 h in French."""
    if current() != "fr":
        return said
    hours, _colon, minutes = said.partition(":")
    return f"{int(hours)}\u00a0h" + (f"\u00a0{minutes}" if minutes.strip("0") else "")


def weekday(when: date) -> str:
    """Tuesday 30 June."""
    return _locale().toString(QDate(when.year, when.month, when.day), "dddd d MMMM")


def clock(when: datetime) -> str:
    """14:02, in the time of this computer."""
    here = when.astimezone()
    return _locale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)


def moment(when: datetime | None) -> str:
    """The hour if it was today, yesterday, else the date."""
    if when is None:
        return ""
    here = when.astimezone()
    today = datetime.now().date()
    if here.date() == today:
        return clock(here)
    if here.date() == today - timedelta(days=1):
        return _("yesterday")
    return day(here.date(), year=here.year != today.year)


def ago(when: datetime) -> str:
    """How long it has been: a moment, minutes, hours or days."""
    minutes = int((datetime.now(UTC) - when).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return n_("{n} min ago", "{n} min ago", minutes)
    if minutes < 60 * 24:
        return n_("{n} hour ago", "{n} hours ago", minutes // 60)
    return n_("{n} day ago", "{n} days ago", minutes // (60 * 24))


def understood(text: str) -> date | None:
    """The date somebody typed: as it is written here, or 2026-07-02; None when it is not one."""
    shapes = ("d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "yyyy-M-d", "d MMM yyyy", "d MMMM yyyy")
    for shape in shapes:
        found = _locale().toDate(text.strip(), shape)
        if found.isValid():
            return date(found.year(), found.month(), found.day())
    return None


def _locale() -> QLocale:
    return QLocale("fr_FR" if current() == "fr" else "en_GB")
