"""What is known of the usual providers: where to hand in mail, and how much they let through.

Limits are below those published in November 2026; an unknown provider gets the smallest.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm.language import _, marked


@dataclass(frozen=True)
class Provider:
    """One provider's settings."""

    name: str
    host: str
    port: int = 465
    security: str = "tls"
    per_hour: int = 60
    per_day: int | None = None
    advice: tuple[str, ...] = ()


_APP_PASSWORD = (
    marked("In your Google account, open Security, then 2-Step Verification, and turn it on."),
    marked("Search for “App passwords”, and make one called Cosigne."),
    marked("Copy its sixteen letters here; the spaces do not matter."),
)
_OWN_PASSWORD = (marked("Not the account's password: the one of the address."),)
_MICROSOFT = (
    marked("Microsoft is closing this way in at the end of December 2026: ask your administrator."),
)

_KNOWN = {
    ("gmail.com", "googlemail.com"): Provider(
        "Gmail", "smtp.gmail.com", per_hour=100, per_day=400, advice=_APP_PASSWORD
    ),
    ("outlook.com", "hotmail.com", "hotmail.fr", "live.fr", "live.com"): Provider(
        "Outlook", "smtp-mail.outlook.com", 587, "starttls", 60, 250, _MICROSOFT
    ),
    ("ikmail.com", "infomaniak.com", "etik.com"): Provider(
        "Infomaniak", "mail.infomaniak.com", per_hour=100, per_day=1300, advice=_OWN_PASSWORD
    ),
    ("gandi.net",): Provider("Gandi", "mail.gandi.net", advice=_OWN_PASSWORD),
    ("ovh.net", "ovh.fr"): Provider("OVH", "ssl0.ovh.net", per_hour=150, advice=_OWN_PASSWORD),
    ("riseup.net",): Provider("Riseup", "mail.riseup.net"),
    ("free.fr",): Provider("Free", "smtp.free.fr"),
    ("orange.fr", "wanadoo.fr"): Provider("Orange", "smtp.orange.fr", per_day=400),
    ("laposte.net",): Provider("La Poste", "smtp.laposte.net"),
    ("sfr.fr", "neuf.fr"): Provider("SFR", "smtp.sfr.fr"),
    ("posteo.net", "posteo.de"): Provider("Posteo", "posteo.de"),
    ("mailbox.org",): Provider("mailbox.org", "smtp.mailbox.org"),
    ("yahoo.fr", "yahoo.com"): Provider("Yahoo", "smtp.mail.yahoo.com", per_day=400),
    ("disroot.org",): Provider("Disroot", "disroot.org", 587, "starttls"),
    ("systemli.org",): Provider("Systemli", "mail.systemli.org"),
    ("autistici.org", "inventati.org"): Provider("Autistici", "smtp.autistici.org"),
}
_BY_DOMAIN = {domain: provider for domains, provider in _KNOWN.items() for domain in domains}


def provider_of(address: str) -> Provider:
    """The settings an address suggests; a guess from its domain when it is not known."""
    domain = address.rsplit("@", 1)[-1].strip().casefold()
    return _BY_DOMAIN.get(domain) or Provider(domain, f"mail.{domain}" if domain else "")


def advice(provider: Provider) -> list[str]:
    """The numbered steps to a password this provider accepts."""
    return [_(step) for step in provider.advice]
