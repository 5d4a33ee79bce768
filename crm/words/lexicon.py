"""Small words, common nouns and translations met in the names of organisations, folded."""

from __future__ import annotations

ARTICLES = {
    "fr": ("le", "la", "les", "l'"),
    "en": ("the",),
    "de": ("der", "die", "das"),
    "es": ("el", "la", "los", "las"),
    "it": ("il", "lo", "la", "i", "gli", "le", "l'"),
    "ca": ("el", "la", "els", "les", "l'"),
    "pt": ("o", "a", "os", "as"),
}
SAFE_ARTICLES = ("le", "la", "les", "l'", "the", "der", "die", "das", "el", "los", "las",
                 "il", "lo", "gli", "els")  # fmt: skip
"""Those that are hardly ever anything else, for text whose language is not known."""

SMALL = frozenset(
    """
    le la les l un une de du des d au aux en et a the of for and in to an der die das des dem
    den und fur im zur zum von vom el los las del y e por para con il lo gli i dei delle degli
    della dello dell di da per con ed els les i pel per amb dels o os as do da dos das no na com
    i dlia za v na po ta with avec mit pour
    """.split()
)
"""Words that carry no identity: *Ligue de Saint-Denis* is *Ligue – Saint-Denis*."""

BEFORE_A_PLACE = frozenset(
    """
    de du des d en a au aux of in von in im del di da do dels
    """.split()
)

LEGAL = (
    "e v", "ev", "a s b l", "asbl", "vzw", "v z w", "loi 1901", "association loi 1901", "ong",
    "ngo", "o n g", "onlus", "aps", "odv", "gmbh", "ggmbh", "ev gemeinnutzig", "inc", "ltd",
    "sccl", "z s", "o s", "r v", "ry", "i g", "gug", "stichting",
)  # fmt: skip
"""Legal forms at either end of a name, folded."""

COMMON_IN_FRONT = frozenset(
    """
    association asso organisation organization ong ngo verein asociacion associazione associacio
    associacao assotsiatsiia obshchestvo organizatsiia organizacion organizzazione organitzacio
    """.split()
)
"""Written before a proper name as one writes *Mrs*: *l'association Rive* is *Rive*."""

COMMON_IN_LOWER_CASE = COMMON_IN_FRONT | frozenset(
    """
    groupe collectif comite mouvement reseau syndicat parti union group collective committee
    movement network gruppe kollektiv komitee bewegung grupo colectivo comite movimiento gruppo
    collettivo comitato movimento grup collectiu gruppa kollektiv dvizhenie
    """.split()
)
"""Common nouns too when, alone, they stand in lower case before capitals."""

LOCAL = (
    "union departementale", "union locale", "union regionale", "union interdepartementale",
    "union territoriale", "ud", "ul", "ur", "section", "section locale", "section departementale",
    "groupe local", "groupe", "comite local", "comite departemental", "comite regional",
    "federation departementale", "federation regionale", "antenne", "delegation", "cercle local",
    "local group", "local branch", "branch", "chapter", "committee", "ortsverband", "ortsgruppe",
    "landesverband", "kreisverband", "bezirksverband", "regionalgruppe", "seccion", "seccion local",
    "agrupacion", "federacion local", "sezione", "circolo", "comitato", "gruppo locale",
    "seccio", "seccio local", "federacio local", "nucleo", "otdelenie", "regionalnoe otdelenie",
    "mestnoe otdelenie", "comite",
)  # fmt: skip
"""How a section of something larger begins its name."""

LARGER_LOCAL = frozenset({"union departementale", "ud", "federation departementale", "union regionale",
                          "ur", "landesverband"})  # fmt: skip
SHORT = {"ud": "union departementale", "ul": "union locale", "ur": "union regionale",
         "assoc": "association", "fed": "federation", "synd": "syndicat"}  # fmt: skip
"""Abbreviations secretaries use at the head of a name."""
SMALLER_LOCAL = frozenset({"union locale", "ul", "section", "section locale", "groupe local",
                           "ortsverband", "ortsgruppe"})  # fmt: skip

WHOLE = (
    "union syndicale", "union nationale", "union", "confederation", "confederation nationale",
    "federation", "federation nationale", "syndicat national", "syndicat", "federacion",
    "confederacion", "federazione", "confederazione", "federacio", "confederacio", "verband",
    "bundesverband", "national union", "trade union",
)  # fmt: skip
"""How the larger thing itself begins its name."""

OF_A_NATION = frozenset(
    """
    francais francaise belge suisse allemand allemande italien italienne espagnol espagnole
    anglais anglaise britannique polonais polonaise russe ukrainien ukrainienne europeen french
    belgian swiss german italian spanish british polish russian ukrainian deutsche deutsches
    deutscher franzosische schweizer osterreichische frances francesa espanol espanola aleman
    alemana italiano italiana francese tedesco tedesca spagnolo spagnola nacional national
    nazionale
    """.split()
)

_CONCEPTS = """
network reseau red rete netzwerk xarxa rede set
european europeen europeenne europeo europea europaisches europaische europaischer europeu evropeiskaia
international internationale internacional internazionale internationales internationaler mezhdunarodnaia
solidarity solidarite solidaridad solidaritat solidarieta solidariedade solidarnost
league ligue liga lega
rights droits derechos rechte diritti drets direitos prav menschenrechte
human homme humains humanos mensch menschen uomo umani humans cheloveka humano
committee comite komitee comitato comitet komitet
war guerre guerra krieg voina voiny
against contre contra gegen contro protiv
women femmes mujeres frauen donne dones mulheres zhenshchin zhenshchiny
peace paix paz frieden pace pau mir mira
workers travailleurs trabajadores arbeiter lavoratori treballadors trabalhadores rabochikh trudiashchikhsia
campaign campagne campana kampagne campagna campanya campanha kampaniia
movement mouvement movimiento bewegung movimento moviment dvizhenie
freedom liberte libertad freiheit liberta llibertat liberdade svoboda svobody
free libre libres libero liberi frei freie lliure livre svobodnaia
prisoners prisonniers presos presas gefangene prigionieri zakliuchennykh
political politiques politicos politische politici polits politicheskikh
support soutien apoyo unterstutzung sostegno suport apoio podderzhki
citizens citoyens ciudadanos burger cittadini ciutadans grazhdan
ukraine ucrania ucraina ukrainy
russia russie rusia russland rossii
youth jeunes jeunesse joves juventud jugend giovani molodezh
alliance alianza allianz alleanza alianca soiuz
platform plateforme plataforma plattform piattaforma
initiative iniciativa iniziativa initiativen initsiativa
federation federacion federazione federacio federacao federatsiia
"""
CONCEPT = {
    word: line.split()[0] for line in _CONCEPTS.strip().splitlines() for word in line.split()
}
"""Each word of these names to the one that stands for it in every language."""
