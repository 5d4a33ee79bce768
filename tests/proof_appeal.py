"""A clean appeal of 43 invented organisations, and the slips a tired hand makes in it."""

from __future__ import annotations

from dataclasses import dataclass

BODY = """# Appel : rendez la parole aux jardiniers de Valmire

Port-Clair, le jeudi 21 mai 2026

À l'attention de la Mairie de Valmire

Depuis trois ans, les jardiniers de Valmire sont empêchés de parler (leurs réunions sont \
interdites, leurs outils saisis). On nous répond que « tout est en ordre » ; rien ne l'est.

Les organisations Collectif Aube claire, Ligue des vergers, Réseau Bastide, la Société des \
moulins libres et l'Union départementale des pépinières appellent à la solidarité avec eux.

43 organisations de treize pays soutiennent cet appel : sur quatre continents, en Europe, en \
Afrique, en Amérique et en Asie, des voix s'élèvent. Nous demandons trois choses : la \
libération des détenus, la restitution des outils, la fin des interdictions.

Écrivez-nous à [appel@valmire.example](mailto:appel@valmire.example), ou lisez notre dossier \
sur le site.

## Liste des signataires
"""

COUNTRIES = {
    "Allemagne": [
        ("Bündnis Freie Beete", "kontakt@freiebeete.example"),
        ("Gartenkreis Nordheide", "post@nordheide.example"),
        ("Verein der Gärtnerinnen Elbtal", "buero@elbtal.example"),
    ],
    "Belgique": [
        ("Coopérative du Hainaut vert", "info@hainautvert.example"),
        ("Jardins partagés de Meuse", "jardins@meuse.example"),
    ],
    "Bénin": [("Syndicat des maraîchers du Mono", "national@maraichers.example")],
    "Brésil": [("Central das Hortas Populares", "central@hortas.example")],
    "Canada": [
        ("Potagers de la rive nord", "rive@potagers.example"),
        ("Seeds for Tomorrow", "team@seedsfortomorrow.example"),
    ],
    "Espagne": [
        ("Coordinadora Huertas del Ebro", "hola@huertas.example"),
        ("Plataforma Semilla Libre", "red@semilla.example"),
    ],
    "États-Unis": [("Prairie Growers Alliance", "office@prairiegrowers.example")],
    "France": [
        ("Arpents solidaires", "bureau@arpents.example"),
        ("Atelier Brindille", "atelier@brindille.example"),
        ("Collectif Aube claire", "contact@aubeclaire.example"),
        ("Comité Sauvons les haies", "comite@leshaies.example"),
        ("Confédération des terreaux", "conf@terreaux.example"),
        ("Éditions du Sarment", "lire@sarment.example"),
        ("Fédération Racines et Rameaux", "federation@racines.example"),
        ("Gazette des serres", "redaction@gazette-serres.example"),
        ("Institut Chènevière", "institut@cheneviere.example"),
        ("Ligue des vergers", "ligue@vergers.example"),
        ("Ligue des vergers de Sainte-Orme", "sainteorme@vergers.example"),
        ("Maison du compost", "bonjour@compost.example"),
        ("Observatoire des friches", "obs@friches.example"),
        ("Réseau Bastide", "reseau@bastide.example"),
        ("Société des moulins libres", "societe@moulins.example"),
        ("Syndicat Sève", "seve@syndicat-seve.example"),
        ("Terre et Mémoire", "contact@terre-memoire.example"),
        ("Union départementale des pépinières", "ud@pepinieres.example"),
        ("Vergers sans murs", "ecrire@sansmurs.example"),
    ],
    "Italie": [
        ("Associazione Orti Liberi", "posta@ortiliberi.example"),
        ("Rete delle Cascine", "rete@cascine.example"),
    ],
    "Kazakhstan": [("Zhasyl Baqsha", "info@zhasyl.example")],
    "Moldavie": [("Grădina Comună", "salut@gradina.example")],
    "Russie": [
        ("Вольный сад", "sad@volny.example"),
        ("Инициатива «Чистая река»", "reka@chistaya.example"),
        ("Садовый союз Приморья", "soyuz@primorye.example"),
    ],
    "Sénégal": [("Arbres du Sine", "arbres@sine.example")],
    "Europe": [
        ("European Allotments Forum", "forum@allotments.example"),
        ("Réseau européen des semences", "semences@reseau-semences.example"),
    ],
    "Organisation internationale": [
        ("Gardeners Without Fences", "gwf@withoutfences.example"),
        ("International Compost Union", "icu@icu.example"),
    ],
}


def clean() -> str:
    """The appeal as it should be printed."""
    blocks = [BODY]
    for country, bodies in COUNTRIES.items():
        blocks.append(f"### {country} ({len(bodies)})\n")
        blocks.append("\n".join(f"- {name}" for name, _address in bodies) + "\n")
    blocks.append("## Contacts\n")
    for bodies in COUNTRIES.values():
        blocks += [f"{name}\n\n[{at}](mailto:{at})\n" for name, at in bodies]
    return "\n".join(blocks)


@dataclass(frozen=True)
class Slip:
    """One error put into the clean text: what is found, where (words of the sentence or place)."""

    name: str
    kind: str
    old: str
    new: str
    where: str
    annex: bool = False  # made behind "## Contacts", not before

    def made_in(self, text: str) -> str:
        """The text with this slip in it, once."""
        body, head, annex = text.partition("## Contacts\n")
        part = annex if self.annex else body
        assert self.old in part, f"{self.name}: no place for it"
        slipped = part.replace(self.old, self.new, 1)
        return body + head + slipped if self.annex else slipped + head + annex


SLIPS = (
    Slip("a name left out of the list", "missing", "- Maison du compost\n", "",
         "Maison du compost"),
    Slip("a name left out of the annex", "missing",
         "Rete delle Cascine\n\n[rete@cascine.example](mailto:rete@cascine.example)\n", "",
         "Rete delle Cascine", annex=True),
    Slip("a stranger in the list", "extra", "- Potagers de la rive nord\n",
         "- Potagers de la rive nord\n- Quatuor Baleine\n", "Quatuor Baleine"),
    Slip("a stranger in the annex", "extra", "Seeds for Tomorrow\n",
         "Cercle Noctambule\n\n[cercle@noctambule.example](mailto:cercle@noctambule.example)\n\n"
         "Seeds for Tomorrow\n", "Cercle Noctambule", annex=True),
    Slip("a caller who is not in the list", "extra", "Les organisations Collectif",
         "Les organisations Chorale Zinzolin, Collectif", "Chorale Zinzolin"),
    Slip("a letter too many", "spelling", "- Plataforma Semilla", "- Platafforma Semilla",
         "Platafforma Semilla Libre"),
    Slip("a letter too few", "spelling", "- Gartenkreis Nordheide", "- Gartenkreis Nordheid",
         "Gartenkreis Nordheid"),
    Slip("an accent lost", "spelling", "- Institut Chènevière", "- Institut Cheneviere",
         "Institut Cheneviere"),
    Slip("another joining word in the annex", "spelling", "Ligue des vergers de Sainte-Orme",
         "Ligue des vergers – Sainte-Orme", "Ligue des vergers – Sainte-Orme", annex=True),
    Slip("a slip in the body", "spelling", "la Société des moulins libres",
         "la Société des moulin libres", "Société des moulin libres"),
    Slip("capitals in the middle", "spelling", "- Prairie Growers Alliance",
         "- Prairie growers Alliance", "Prairie growers Alliance"),
    Slip("two letters changed places", "spelling", "- Associazione Orti", "- Associazoine Orti",
         "Associazoine Orti"),
    Slip("a slip in the annex", "spelling", "Observatoire des friches\n",
         "Observatoire des frches\n", "Observatoire des frches", annex=True),
    Slip("a name twice", "twice", "- Terre et Mémoire\n",
         "- Terre et Mémoire\n- Terre et Mémoire\n",
         "Terre et Mémoire"),
    Slip("an acronym and its full name", "twice", "- Comité Sauvons les haies\n",
         "- Comité Sauvons les haies\n- CSH\n", "CSH"),
    Slip("a name twice with a slip", "twice", "- Vergers sans murs\n",
         "- Vergers sans murs\n- Verger sans murs\n", "Verger sans murs"),
    Slip("a name under two countries", "twice", "- Grădina Comună\n",
         "- Grădina Comună\n- Seeds for Tomorrow\n", "Seeds for Tomorrow"),
    Slip("a comma behind a line", "punctuation", "- Réseau Bastide\n", "- Réseau Bastide,\n",
         "Réseau Bastide"),
    Slip("two commas", "punctuation", "Ligue des vergers, Réseau", "Ligue des vergers,, Réseau",
         ",,"),
    Slip("two semicolons", "punctuation", "ordre » ; rien", "ordre » ; ; rien", "; ;"),
    Slip("a space before a comma", "punctuation", "en Afrique, en", "en Afrique , en", "Afrique ,"),
    Slip("no space before a colon", "punctuation", "trois choses :", "trois choses:", "choses:"),
    Slip("a quote left open", "punctuation", "« tout est en ordre »", "« tout est en ordre", "«"),
    Slip("a bracket left open", "punctuation", "outils saisis).", "outils saisis.", "("),
    Slip("two spaces in a name", "punctuation", "- Fédération Racines", "- Fédération  Racines",
         "Racines"),
    Slip("two full stops", "punctuation", "solidarité avec eux.", "solidarité avec eux..", "eux.."),
    Slip("a wrong number of organisations", "count", "43 organisations", "45 organisations",
         "45 organisations"),
    Slip("a wrong number of countries", "count", "treize pays", "douze pays", "douze pays"),
    Slip("a wrong number of continents", "count", "quatre continents", "cinq continents",
         "cinq continents"),
    Slip("a continent nobody is from", "count", "en Amérique et en Asie",
         "en Amérique, en Asie et en Océanie", "Océani"),
    Slip("a wrong number in a heading", "count", "### Belgique (2)", "### Belgique (3)",
         "Belgique"),
    Slip("a name under the wrong country", "place", "- Central das Hortas Populares\n",
         "- Central das Hortas Populares\n- Coordinadora Huertas del Ebro\n",
         "Coordinadora Huertas del Ebro"),
    Slip("a heading misspelt", "place", "### Allemagne", "### Allemange", "Allemange"),
    Slip("a heading without a name", "place", "### Kazakhstan (1)",
         "### Japon\n\n### Kazakhstan (1)",
         "Japon"),
    Slip("a name out of order", "order", "- Atelier Brindille\n- Collectif Aube claire\n",
         "- Collectif Aube claire\n- Atelier Brindille\n", "Atelier Brindille"),
    Slip("a Latin letter in a Russian name", "script", "Вольный сад", "Вольный cад", "cад"),
    Slip("an address with a slip", "address",
         "[reseau@bastide.example](mailto:reseau@bastide.example)",
         "[reseau@batside.example](mailto:reseau@batside.example)", "batside", annex=True),
    Slip("an address of somebody else", "address",
         "[lire@sarment.example](mailto:lire@sarment.example)",
         "[lire@brindille.example](mailto:lire@brindille.example)", "lire@brindille", annex=True),
    Slip("a link that writes elsewhere", "link", "(mailto:appel@valmire.example)",
         "(mailto:appel@valmier.example)", "appel@valmire.example"),
    Slip("a wrong day of the week", "date", "jeudi 21 mai", "vendredi 21 mai", "vendredi 21 mai"),
)  # fmt: skip
"""Forty of them, each in its own place of the text."""
