"""A person or an organisation?  Given names, functions and the words no person is called by."""

from __future__ import annotations

import re

from crm import words
from crm.reading.geography import country_of
from crm.reading.given_names import given_names

_TITLES = re.compile(
    r"^(?:(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Prof|Pr|Me|Mr|Mrs|Ms|Mx|Herr|Frau|Sr|Sra|Srta|D|Dª|Dott|"
    r"Dott\.ssa|Sig|Sig\.ra|Avv|"
    r"Don|Doña|pasteur|Pastorin|Pfarrerin|Pfarrer|abbé|père|sœur|soeur|mère|frère|don|dr|prof|Doctor|Doctora|Professeure?|Professor(?:in|a)?|Maître|Monsieur|Madame|Père|Sœur|Г-н|Г-жа|"
    r"Sor|Suor|Hna|Padre|Madre|Rev|Fr|Pastor|Pastora|Rabbi|Рабби|Раввин|проф|Проф|о|д-р|Д-р|акад|"
    r"Отец|отец|протоієрей|протоиерей)\.?\s+)+"
)
_FUNCTION = re.compile(
    r"^(?:(?:ancienn?e?|ex|former|ehemalige?r?|antigu[oa]|vice|vize|co|sous|stellv\w*|deputy|"
    r"assistant|associate|honorary|national\w*|general\w*|premi[eè]re?|erste\w*|zweite\w*|"
    r"le|la|l|the|der|die|el|il|"
    r"un|une|a|et|byvshi\w) )*"
    r"(?:(?:co|vice|vize)?president\w*|presidenc\w*|presiden\w*|chair\w*|vorsitzend\w*|prasident\w*|predsedatel\w*|"
    r"secretair\w*|secretar\w*|segretari\w*|"
    r"sekretar\w*|geschaftsfuhrer\w*|tresori\w*|treasurer|tesorer\w*|director\w*|directeur\w*|"
    r"directrice\w*|direttor\w*|"
    r"direttric\w*|direktor\w*|leiter\w*|depute\w*|diputad\w*|deputat\w*|deputy|abgeordnet\w*|mp|"
    r"mep|mdb|mdl|parlamentari\w*|"
    r"senat\w*|maires?|mayor\w*|burgermeister\w*|alcalde\w*|alcaldessa|sindac\w*|adjoint\w*|"
    r"conseill\w*|councill?or\w*|"
    r"stadtrat\w*|concejal\w*|consiglier\w*|regidor\w*|profess\w*|prof|docente|lecturer|"
    r"enseignant\w*|teacher|lehrer\w*|"
    r"maitre de conferences|maitresse de conferences|chercheu\w*|researcher|forscher\w*|"
    r"investigador\w*|ricercator\w*|"
    r"istorik\w*|historien\w*|historian|historiker\w*|historiador\w*|storic[oa]|sociolog\w*|"
    r"soziolog\w*|philosoph\w*|"
    r"filosof\w*|mathematic\w*|mathematiker\w*|matematic\w*|econom\w*|avocat\w*|advocat\w*|lawyer|"
    r"rechtsanw\w*|abogad\w*|avvocat\w*|"
    r"advokat\w*|ecrivain\w*|autric\w*|auteur\w*|author|writer|autor\w*|schriftsteller\w*|"
    r"escrit\w*|scrittor\w*|scrittric\w*|pisatel\w*|"
    r"journalist\w*|period\w*|giornalist\w*|zhurnalist\w*|artist\w*|act(?:eur|rice|or|ress)\w*|"
    r"musicien\w*|musician|kunstler\w*|"
    r"cineast\w*|realisat\w*|filmmaker|regisseur\w*|poet\w*|porte parole|spokes\w*|sprecher\w*|"
    r"portavoz\w*|portavoce|"
    r"portaveu|militant\w*|activist\w*|aktivist\w*|attivist\w*|membres?|members?|mitglied\w*|"
    r"miembro\w*|membro|membre|chlen\w*|"
    r"delegu\w*|delegat\w*|delegad\w*|responsable\w*|referent\w*|coordinat\w*|coordinad\w*|"
    r"coordinator\w*|koordinator\w*|"
    r"representant\w*|representative|vertreter\w*|rappresentant\w*|predstavitel\w*|cofondat\w*|"
    r"fondat\w*|founder|grunder\w*|"
    r"fundador\w*|medecin\w*|doctor\w*|arzt\w*|arztin|medic\w*|infirmi\w*|ingenieu\w*|engineer|"
    r"etudiant\w*|student\w*|"
    r"syndicaliste|trade unionist|gewerkschafter\w*|sindicalista|sindacalista|eveque|pasteur\w*|"
    r"pfarrer\w*|pretre|prete|"
    r"bishop|emerit\w*|animat\w*|attache\w*|charge\w*|universitaires?|universitari\w+|traduct\w*|"
    r"translator|ubersetzer\w*|traductor\w*|"
    r"pravozashchitni\w*|uchen\w+|doktor|kandidat|physic\w*|physiker\w*|psycholog\w*|"
    r"aumonier\w*|chaplain\w*|kaplan\w*|psychanalyst\w*|editeu\w*|editor\w*|chanteu\w*|singer|sanger\w*|cantante|cantautor\w*|"
    r"comedien\w*|danseu\w*|dancer|photograph\w*|fotograf\w*|metteu\w*|dramaturge|libraire|"
    r"cheminot\w*|ouvri\w*|paysan\w*|agricult\w*|farmer|bauer|bauerin|retraite\w*|rentner\w*|"
    r"jubilad\w*|pensionat\w*|juriste|jurist\w*|magistrat\w*|judge|richter\w*|juez|giudice|"
    r"psychiat\w*|psiquiatra|psichiatra|sage femme|midwife|hebamme|imam|rabbi\w*|cure|theolog\w*|"
    r"teolog\w*|geograph\w*|geograf\w*|anthropolog\w*|antropolog\w*|politolog\w*|"
    r"politikwissenschaft\w*|\w+wissenschaftler\w*|linguist\w*|biolog\w*|climatolog\w*|"
    r"urbanist\w*|architect\w*|architekt\w*|arquitect\w*|architett\w*|elue?s?|vigneron\w*|"
    r"dokto\w+|likar\w*|vrach\w*|pevets|pevitsa|akt[eo]r\w*|rezhiss\w*|khudozhni\w*|"
    r"sotsiolog\w*|politik\w*|yurist\w*|iurist\w*|uchitel\w*|vchitel\w*|prepodavatel\w*)(?: |$)"
)
_BODY = re.compile(
    r"\b(?:associa\w*|asocia\w*|organi[sz]a\w*|organitza\w*|organisation\w*|syndic\w*|sindic\w*|"
    r"sindac\w*|union\w*|unio|unione|"
    r"gewerkschaft\w*|verein\w*|verband\w*|bund\w*|bundnis|initiativ\w*|iniciativ\w*|inicijativ\w*|"
    r"collecti\w*|collettiv\w*|"
    r"colectiv\w*|col lectiu|kollektiv\w*|comit\w*|commit\w*|komite\w*|komitee|committee\w*|"
    r"group\w*|groupe\w*|gruppe\w*|"
    r"gruppo|grup|grupo|reseau\w*|network\w*|netzwerk\w*|red|rete|xarxa|ligue\w*|league|liga|lega|"
    r"lliga|federa\w*|"
    r"foderation\w*|confedera\w*|konfoderation\w*|fondation\w*|foundation\w*|stiftung\w*|"
    r"fundaci\w*|fondazione|institut\w*|"
    r"parti|partis|partit|party|partei\w*|partido|partito|mouvement\w*|movement\w*|movimiento\w*|"
    r"movimento|moviment|bewegung\w*|"
    r"campa\w*|campaign\w*|kampagne\w*|coordination\w*|coordina\w*|koordination\w*|front\w*|"
    r"forum\w*|foro|forums|alliance\w*|"
    r"allianz\w*|alianza|alleanza|alianca|coalition\w*|koalition\w*|coalicio\w*|societe\w*|society|"
    r"gesellschaft\w*|sociedad|"
    r"societa|societat|maison\w*|house|haus|casa|centre\w*|center|zentrum|centro|solidari\w*|"
    r"solidarit\w*|amis|amies|friends|"
    r"freunde|amigos|amici|amics|assembl\w*|conseil|council|rat|consejo|consiglio|consell|club\w*|"
    r"cercle\w*|circle|circol\w*|coordinament\w*|agrup\w*|entitat|kreis|"
    r"ateneu\w*|ateneo|plat+form\w*|plataform\w*|piattaform\w*|action\w*|aktion\w*|accion|azione|"
    r"accio|rights|droits|rechte|derechos|"
    r"diritti|drets|liberte\w*|freedom|freiheit|libertad|liberta|llibertat|women|femmes|frauen|"
    r"mujeres|donne|dones|youth|"
    r"jeunes|jugend|juventud|joves|giovani|international\w*|internacional\w*|national\w*|people|"
    r"peoples|citizens|citoyen\w*|"
    r"against|contre|gegen|contra|contro|for|pour|fur|para|without|borders|sans|frontieres|watch|"
    r"radio|"
    r"journal|revue|magazine|zeitung|editions|verlag|librairie|theatre|ecole|school|schule|"
    r"universit\w*|eglise|church|kirche|"
    r"section\w*|branch|ortsgruppe|kreisverband|bureau|office|team|equipe|"
    r"tsentr\w*|so[iy]uz\w*|obshchestv\w*|fond\w*|parti[iy]a|dvizhenie|profso[iy]uz\w*|"
    r"assotsiats\w*|initsiativ\w*|set|gruppa|komanda|"
    r"inisiyatif\w*|dernek\w*|dernegi|sendika\w*|vakf\w*|birlig\w*|hareket\w*|kolektif\w*|"
    r"udruzen\w*|udruga|drustv\w*|mreza|fondacij\w*|zaklada|stowarzysz\w*|fundacj\w*|zwiazek|"
    r"spolek|sdruzen\w*|hnuti|nadace|egyesulet\w*|szovetseg|alapitvany|asociatia|fundatia|"
    r"stichting|vereniging|beweging|forening\w*|forbund\w*|forbundet|foreningen|"
    r"forum|klub|liga|proekt|ob ?edineni\w*|dom|pravozashchitn\w*)\b"
)
_PARTICLES = frozenset(
    "de du des d la le von van der den zu del della di da dos do bin ben al el y i e".split()
)
_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ichna)$")


_FORM = re.compile(
    r"(?:A\.\s?C\.|S\.\s?(?:Coop|L|A)\.?(?: \w+\.)?|e\.?\s?V\.?|[Oo]nlus|ONLUS|ODV|APS|ETS|asbl|ASBL|"
    r"vzw|VZW|Inc\.?|Ltd\.?|LLC|gGmbH|gUG|ry|z\.\s?s\.)$"
)


def is_legal_form(text: str) -> bool:
    """What stands behind a comma in “Red Solidaria, A. C.”: no name, and nobody's initials."""
    return bool(_FORM.match(text.strip()))


def is_person(text: str, *, among_people: bool = False) -> bool:
    """Somebody's name and nothing else; among people, names we have never met count too."""
    if is_legal_form(text):
        return False
    bare = _TITLES.sub("", re.sub(r"(?<=[.\w])\s(?:\(em\.\)|[ai]\.\s?[RD]\.)", "", text.strip()))
    parts = bare.replace(".", ". ").split()
    folded = words.fold(bare)
    if not 2 <= len(parts) <= 5 or re.search(r"[\d#&@«»\"“”/|]", bare) or _BODY.search(folded):
        return False
    if not all(_is_name_part(part) for part in parts):
        return False
    if not among_people and country_of(parts[-1]) is not None:
        return False  # "Vesna France" is the Vesna of France
    titled = bare != text.strip()
    given = _is_given(parts[0]) or (parts[0].isupper() and _is_given(parts[-1]))
    return (
        titled
        or given
        or bool(_PATRONYMIC.search(folded))
        or (among_people and not _is_acronym(parts))
    )


def is_function(text: str) -> bool:
    """What somebody is: "présidente de …", "Historikerin"."""
    return bool(_FUNCTION.match(words.fold(text)))


_LEADER = re.compile(
    r"(?:co|vice|vize|stellv\w*)? ?(?:president\w*|presidenc\w*|chair\w*|vorsitzend\w*|prasident\w*|"
    r"predsedatel\w*|golova|holova|secretair\w* general\w*|secretair\w* national\w*|secretar\w*|segretari\w*|"
    r"generalsekretar\w*|geschaftsfuhr\w*|director\w*|executive director|directeur\w*|directrice\w*|"
    r"direttor\w*|direttric\w*|direktor\w*|porte parole|spokes\w*|sprecher\w*|pressesprecher\w*|portavoz\w*|"
    r"portavoce|portaveu|coordinat\w*|coordinad\w*|koordinator\w*|delegue\w* (?:general\w*|national\w*)|"
    r"cofondat\w*|fondat\w*|founder|co founder|grunder\w*|fundador\w*|presidente\w*|responsable\w*)(?: |$)"
)


def is_leader(text: str) -> bool:
    """Speaks for a body by what she is: "présidente", "Geschäftsführer"; not "ancien président"."""
    return bool(_LEADER.match(words.fold(text)))


def names_body(text: str) -> bool:
    """Holds a word that organisations are called by."""
    return bool(_BODY.search(words.fold(text)))


def is_personal(address: str) -> bool:
    """An e-mail address that carries somebody's name: "marie.dupont@…"."""
    parts = re.split("[._-]", address.partition("@")[0].lower())
    return len(parts) >= 2 and not given_names().isdisjoint(parts[:2])


def function_and_body(text: str) -> tuple[str | None, str | None]:
    """What stands behind a person's name, cut into what she is and where: "présidente", "Ligue…"."""
    text = text.strip(" ,;–—-")
    if text.count("(") != text.count(")"):
        text = text.strip(" ()")
    if not text:
        return None, None
    if not is_function(text):
        return None, text
    head, comma, rest = text.partition(",")
    if comma and rest.strip() and not is_function(rest):
        return head.strip(), rest.strip()
    found = _OF.search(text)
    if found and names_or_acronym(text[found.end() :]):
        return text[: found.start()].strip(), text[found.end() :].strip()
    return text, None


_OF = re.compile(
    r"\s(?:de la|de l['’]|de los|de las|dell['’]|della|delle|del|dei|de|du|des|d['’]|"
    r"der|des|of the|of|von|bei|beim|am|at|at the|pour)(?:\s|(?<=['’]))"
)


def names_or_acronym(text: str) -> bool:
    """An organisation rather than a subject: "Ligue…", "CGT", not "mathématiques"."""
    first = text.strip(' «“"')[:1]
    return bool(first) and (first.isupper() or first.isdigit())


def _is_given(part: str) -> bool:
    folded = words.fold(re.sub("[ьЬ]", "", part))  # Ольга, Татьяна: the sign is no letter here
    first = re.sub(
        "iy$",
        "ii",
        re.sub("(?<=[lnrst])iya$", "ia", folded.split("-")[0].split()[0] if folded else ""),
    )
    return first in given_names() or bool(re.fullmatch(r"[^\W\d_]\.", part))


def _is_name_part(part: str) -> bool:
    bare = part.strip(".,'’")
    if part.lower().rstrip("'’") in _PARTICLES or bare.lower().startswith(
        ("d'", "d’", "l'", "o'", "o’")
    ):
        return True
    return (
        bool(bare)
        and bare[0].isupper()
        and bool(re.fullmatch(r"[^\W\d_]+(?:[-'’·][^\W\d_]+)*\.?", part.strip(",")))
    )


def _is_acronym(parts: list[str]) -> bool:
    first = parts[0]
    shouted = all(part.isupper() for part in parts)
    return len(first) <= 5 and first.isupper() and not first.endswith(".") and not shouted
