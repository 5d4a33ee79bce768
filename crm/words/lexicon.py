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
    le la les l de du des d au aux en et a the of for and in to der die das dem den und fur im
    zur zum von vom el los las del y e por para con il lo gli i dei delle degli della dello dell
    di da per ed els pel amb dels o os as do dos das com dlia v po ta with avec mit pour
    """.split()
)
"""Words that carry no identity: *Ligue de Saint-Denis* is *Ligue – Saint-Denis*."""

BEFORE_A_PLACE = frozenset(
    """
    de du des d en a au aux of in von in im del di da do dels
    """.split()
)

LEGAL_BEHIND = tuple(
    tuple(form.split(","))
    for form in """
    ev asbl vzw loi,1901 association,loi,1901 onlus ets aps odv gmbh ggmbh ev,gemeinnutzig inc
    ltd sccl z,s ry gug ngo ong
    """.split()
)
LEGAL_IN_FRONT = tuple((form,) for form in "ong ngo asbl vzw stichting".split())
"""Legal forms, folded, by where they stand."""

ADJECTIVES = frozenset(
    """
    nationale national nationaler nationales nacional nazionale international internationale
    internationaler internacional internazionale europeenne europeen european europaische
    europaischer europea europeo regionale regional departementale locale local locales
    francaise francais belge suisse italienne espagnole catalane culturelle democratique mondiale
    autonome libre populaire generale general populare laique citoyenne citoyen independante
    mezhdunarodnaia mezhdunarodnyi vserossiiskaia vserossiiskii regionalnaia natsionalnaia
    obshchestvennaia nezavisimaia nezavisimyi
    """.split()
)
"""After these a common noun is part of the name: *Association internationale des …*."""

COMMON_IN_FRONT = frozenset(
    """
    association asso assoc organisation organization ong ngo verein asociacion associazione associacio
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

LOCAL = tuple(
    """
    union departementale,union locale,union regionale,union interdepartementale,union territoriale,
    ud,ul,ur,section,section locale,section departementale,groupe local,groupe,comite local,
    comite departemental,comite regional,comite,federation departementale,federation regionale,
    antenne,antenne locale,delegation,cercle local,local group,local branch,branch,chapter,
    local chapter,committee,ortsverband,ortsgruppe,landesverband,kreisverband,bezirksverband,
    bezirk,kreis,region,regionalgruppe,landesgruppe,gruppe,sektion,seccion,seccion local,agrupacion,
    agrupacion local,asamblea local,nodo,federacion local,sezione,circolo,comitato,comitato locale,
    gruppo locale,nodo locale,seccio,seccio local,assemblea local,federacio local,nucleo,
    nucleo local,otdelenie,regionalnoe otdelenie,mestnoe otdelenie,groupes locaux,coordination locale
    """.replace("\n", "")
    .replace("    ", "")
    .split(",")
)
"""How a section of something larger begins its name, or its tail."""

LOCAL_BEHIND = tuple(
    """
    federation,kreisvereinigung,federacion,federazione,coordination,coordinamento,landesvereinigung
    """.strip().split(",")
)
"""How a section begins only behind the larger name: *Rive – fédération de Brume*."""

LARGER_LOCAL = frozenset({"union departementale", "ud", "federation departementale", "union regionale",
                          "ur", "landesverband"})  # fmt: skip
SHORT = {"ud": "union departementale", "ul": "union locale", "ur": "union regionale",
         "fed": "federation", "synd": "syndicat"}  # fmt: skip
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
    anglais anglaise britannique polonais polonaise russe ukrainien ukrainienne europeen
    europeenne grec grecque portugais portugaise tunisien tunisienne marocain marocaine algerien
    algerienne quebecois quebecoise french belgian swiss german italian spanish british polish
    russian ukrainian greek portuguese european deutsche deutsches deutscher franzosische
    franzosisches schweizer osterreichische osterreichisches italienische frances francesa espanol
    espanola aleman alemana italiano italiana francese tedesco tedesca spagnolo spagnola catala
    catalana catalan catalane nacional national nationale nazionale rossiiskoe rossiiskii
    """.split()
)

OPPOSED = frozenset("against sans without ohne senza sin bez non no".split())
"""A name with one of these more says the contrary, it is no section."""

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
