"""Sentences whose subject is who signs: "Les organisations A, la B et C appellent à …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from crm import words
from crm.reading import people
from crm.reading.dates import dates_in, hour_in
from crm.reading.geography import place_of
from crm.reading.result import Span
from crm.reading.splitting import leading_names, split_names, starts_name
from crm.reading.verbs import CALL, END, part_of


@dataclass(frozen=True)
class Call:
    """The names a sentence lists and the part it gives them."""

    role: str
    names: tuple[Span, ...]
    sure: bool  # "nos organisations": no other list of the document can contradict it
    opens: bool = False  # its first name opens the sentence, with a capital article
    aside: bool = False  # told in passing: "à l'initiative de …"


_BODY = (
    r"organi[sz]ations?|associations?|syndicats?|collectifs|partis|mouvements|structures|"
    r"f[ée]d[ée]rations|unions|ong|groupes|"
    r"r[ée]seaux|comit[ée]s|signataires|trade unions|groups|parties|networks|ngos|movements|"
    r"collectives|"
    r"organisationen|verb[äa]nde|vereine|gruppen|gewerkschaften|initiativen|parteien|b[üu]ndnisse|"
    r"organizaciones|asociaciones|colectivos|sindicatos|entidades|partidos|movimientos|redes|"
    r"plataformas|"
    r"organizzazioni|associazioni|sindacati|collettivi|realt[àa]|reti|partiti|movimenti|comitati|"
    r"sigle|"
    r"organitzacions|associacions|sindicats|col·lectius|entitats|partits|moviments|xarxes|"
    r"organiza[çc][õo]es|coletivos|movimentos|entidades|associa[çc][õo]es|organiza[cç]ões|"
    r"организации|ассоциации|объединения|профсоюзы|движения|партии|инициативы|группы|коллективы|"
    r"організації|об['’]єднання|профспілки|рухи"
)
_OURS = (
    r"nos|nous,?(?: les)?|our|we,?(?: the)?|unsere|wir,?(?: die)?|nuestr[oa]s|nosotr[oa]s,?(?: las|"
    r" los)?|le nostre|i nostri|"
    r"noi,?(?: le| i)?|les nostres|els nostres|nosaltres,?(?: les| els)?|as nossas|nossas|"
    r"nós,?(?: as)?|наши|мы,?|наші|ми,?"
)
_THE = (
    r"les|ces|the|these|die|diese|las|los|estas|estos|le|i|gli|queste|questi|els|aquestes|"
    r"aquests|as|os|"
)
_INTRO = re.compile(
    rf"(?<![\w'’])(?i:(?:(?P<ours>{_OURS})\s{{1,3}}|(?P<the>{_THE})\s{{0,3}})(?P<body>{_BODY}))\b"
    r"(?P<more>(?:\s{1,3}[^\W\d_A-ZÀ-ÞА-ЯІЇЄ][\w'’·-]*){0,9}?)\s{0,3}[:,(–—-]?\s{0,3}(?=\S)",
)
_BARE_WE = re.compile(r"(?<![\w'’])(?:Nous|We|Wir|Nosotr[oa]s|Noi|Nosaltres|Nós|Мы|Ми),\s{1,3}")
_UNDERSIGNED = re.compile(
    r"(?<![\w'’])(?i:(?:nous,? )?les (?:organisations )?soussignées?|(?:nous,? )?les soussignés|"
    r"(?:we,? )?the undersigned|(?:wir,? )?die (?:unten )?unterzeichne\w+|"
    r"(?:nosotr[oa]s,? )?l[ao]s (?:abajo|infra) ?firmantes|(?:noi )?(?:le|i) sottoscritt[ei]|"
    r"(?:nosaltres,? )?(?:les|els) sotasignants|(?:мы,? )?нижеподписавшиеся)"
    rf"(?i:\s{{1,3}}(?:{_BODY}))?\s{{0,3}}[:,(]?\s{{1,3}}(?=\S)"
)
_PASSIVE = re.compile(
    r"(?:(?P<caller>à l['’]appel|at the call|auf (?:den )?aufruf|por convocatoria|su appello|"
    r"per convocatòria|по призыву|на заклик)"
    r"|(?P<initiator>à l['’]initiative|at the initiative|on the initiative|auf initiative|"
    r"por iniciativa|a iniciativa|su iniziativa|"
    r"per iniciativa|a iniciativa|по инициативе|з ініціативи)"
    r"|(?P<organised>(?:(?:organi[sz]ed|called|convened) by|(?:organis|appel|convoqu)ée? par|"
    r"(?:organisiert|veranstaltet|getragen) von|(?:organizad|convocad)[oa] por|"
    r"(?:organizzat|promoss|indett)[oa] da|(?:organitzad|convocad)[ao] per)\s*:?)"
    r"|(?P<supporter>(?P<bare>supported|endorsed|soutenue?s?|unterstützt|apoyad[oa]|sostenut[oa])\s"
    r"(?:by|par|von|por|da)|avec le soutien|with the support|mit unterstützung|con el apoyo|"
    r"con el respaldo|con il sostegno|amb el suport|"
    r"com o apoio|при поддержке|за підтримки))"
    rf"\s{{0,3}}(?:(?:de |des |of |von |)(?:plusieurs |several |mehrere[rn]? |varias |diverse |"
    rf"diverses )?(?:{_BODY})\s{{0,3}}:?\s{{1,3}})?",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^[\W_]*(?:(?:appel|lettre|texte|tribune|communiqué|appeal|letter|statement|aufruf|brief|"
    r"carta|comunicado|appello|lettera|comunicat)\w*\s{1,3})?"
    r"(?:(?:co)?sign[ée]e?s? par|signed by|unterzeichnet von|firmad[oa] por|firmat[oa] da|"
    r"signa[td]a? per|sottoscritt[oa] da|assinad[oa] por|"
    r"подписали|підписали)\s{1,3}(?=\S)",
    re.IGNORECASE,
)
_ADHERED = re.compile(
    r"^[\W_]*(?:hanno|ont|han|haben|have)\s(?:\w+\s){0,2}(?:aderito|(?:co)?signé|firmado|adherido|"
    r"suscrito|firmato|sottoscritto|unterzeichnet|signed)\s{1,3}(?=\S)",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"^[\W_]*(?:this|ce|cet|cette|diese[rs]?|este|esta|quest[oa]|aquesta?|est[ea]|это|настоящ\w+|данн\w+|ця|це)"
    r"\s(?:\w+\s){0,2}?(?:statement|letter|appeal|call|text|declaration|release|texte|appel|lettre|"
    r"déclaration|communiqué|tribune|aufruf|erklärung|brief|appell|comunicado|carta|declaración|"
    r"manifiesto|texto|appello|lettera|comunicato|documento|manifest|comunicat|declaració|"
    r"заявление|обращение|письмо|заява|звернення)\s(?:\w+\s){0,5}?"
    r"(?:by|par|von|por|da|dal|dalla|per)\s{1,3}(?=\S)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"^[\W_]*(?i:(?:communiqué|déclaration|lettre|appel|texte|tribune)(?: de presse)? (?:commune?|unitaire|conjointe?|"
    r"intersyndicale?|collective?)|(?:communiqué(?: de presse)?|déclaration|lettre ouverte)(?= d)|"
    r"joint (?:press release|statement|letter|appeal|declaration)|gemeinsame[rs]? \w+|"
    r"comunicado (?:de prensa )?conjunto|declaración conjunta|comunicato (?:stampa )?(?:congiunto|unitario)|"
    r"comunicat (?:de premsa )?conjunt|совместное \w+)"
    r"(?:\s{0,3}[:–—-]| by| of| von| от)?\s{1,3}"
    r"(?=(?:de la |de l['’]|des |du |de |d['’]|di |da |del |dels |della |dei )?[^\W\d_a-z])"
)
_SENTENCE = re.compile(
    r"(?:(?<=\w{3}[.!?…])|(?<=\s[!?])|(?<=[»”)][.!?])|"
    r"(?<=[.!?][»”]))\s+(?=[«“\"(]?[A-ZÀ-ÞА-ЯІЇЄ0-9])"
)
_INSTITUTION = re.compile(
    r"^(?:l )?(?:union europeenne|ue|eu|european union|europaische union|union europea|"
    r"unione europea|unio europea|"
    r"(?:organisation des )?nations unies|onu|un|united nations|vereinte nationen|naciones unidas|"
    r"nazioni unite|nacions unides|"
    r"conseil de l europe|council of europe|europarat|consejo de europa|consiglio d europa|"
    r"consell d europa|sovet evropy|oon|es|"
    r"parlement europeen|european parliament|commission europeenne|european commission|osce|otan|"
    r"nato|g7|g20|"
    r"(?:le |the |die )?(?:region|departement|ville|mairie|municipalite|commune|ministere|ministre|prefecture|prefet|city|town|"
    r"ministry|stadt|bundesland|land|gemeinde|ministerium|ayuntamiento|ministerio|comunidad|comune|regione|provincia|ministero|"
    r"ajuntament|generalitat|camara|ministerstvo|gorod|pravitel stvo|gouvernement|government|regierung|gobierno|governo|govern|etat|"
    r"parlement|senat|assemblee nationale)\b.*)$"
)
_TRIES = 8  # openings looked at in one sentence: people write one, a hostile file thousands
_TO_JOIN = re.compile(
    r"\b(?:rassembl|manif|particip|mobilis|rejoin|sign|venir|soutenir|journee|greve|march|rally|"
    r"demonstr|protest|join|gather|strike|vigil|kundgebung|demo|"
    r"beteilig|teilnahme|teilzunehmen|mahnwache|streik|concentracion|huelga|movili|suma|presidi|"
    r"corte|sciopero|concentracio|vaga|miting|piket|aktsi|"
    r"vyiti|vyyti|uchast|sortir|sit in|veillee|soiree|rendez vous|conference|meeting|campagne|"
    r"campaign|campana|kampagne|ser hi|ser con|acompan|accompagn|marche|caminata|passejada)"
)
_HABIT = re.compile(
    r"(?:depuis|régulièrement|souvent|toujours|chaque année|since|for years|regularly|often|every year|"
    r"seit|immer wieder|regelmäßig|oft|desde|siempre|a menudo|da anni|da tempo|dal|spesso|des de|"
    r"sovint|há anos|с \d{4}|уже|давно|годами|часто)\b",
    re.IGNORECASE,
)
"""What somebody has been saying for long is told of them, not said by them here."""
_PREDICATE = re.compile(
    r"\s(?:un|une|aura|auront|a lieu|se tien\w+|est organis\w+|an|is|will|findet|se celebra\w*|"
    r"tendrá|si terrà|tindrà|состоится|пройд[её]т)\s"
)


def sentences(text: str, span: Span) -> Iterator[Span]:
    """Where each sentence of a block begins and ends."""
    start = span[0]
    for cut in _SENTENCE.finditer(text, *span):
        yield start, cut.start()
        start = cut.end()
    yield start, span[1]


def calls_in(text: str, block: Span, language: str | None) -> Iterator[Call]:
    """The sentences of a block that list who signs or calls."""
    for start, end in sentences(text, block):
        found = (
            _signed(text, (start, end), language)
            or _introduced(text, (start, end), block, language)
            or _subject(text, (start, end), language)
            or _passive(text, (start, end), block, language)
        )
        if found:
            yield found


def _introduced(text: str, span: Span, block: Span, language: str | None) -> Call | None:
    """ "Nos organisations A, B, C, ont …", "les associations A et B appellent à …"."""
    intros = (intro.finditer(text, *span) for intro in (_INTRO, _UNDERSIGNED, _BARE_WE))
    for intro in chain.from_iterable(islice(found, _TRIES) for found in intros):
        groups = intro.groupdict()
        ours = bool(groups.get("ours")) or "body" not in groups
        if not ours and not groups.get("the") and intro.start() != span[0]:
            continue
        start = intro.end()
        if not starts_name(text[start : span[1]]) or _speaks(groups.get("more") or ""):
            continue
        verb = END.search(text, start, span[1])
        end = verb.start() if verb else span[1]
        # The sentence speaks its own language, whatever the names in it are written in.
        names = _names(text, (start, end), language_of_opening(intro[0]) or language)
        role = part_of(verb) if verb else None
        if verb and not ours and _HABIT.search(text[verb.end() : verb.end() + 60]):
            continue
        if not verb and (span != block or intro.start() != span[0]):
            continue
        if (len(names) >= 2 and (ours or role or not verb)) or (
            names and ours and "body" in groups
        ):
            return Call(role or "signatory", names, sure=ours or role == CALL)
    return None


_SIGNING = re.compile(
    r"\s*(?:que|qui|che|die|that|who)\s+(?:abajo )?(?:suscrib|firm|sign|sottoscriv|unterzeichn)\w+"
)


def _speaks(more: str) -> bool:
    """Whether a verb stands before the names; "que suscribimos esta declaración" is none."""
    return bool(END.search(more)) and not _SIGNING.match(more)


_OPENINGS = (
    ("fr", r"(?:les|nos|nous|ces) |.*soussign"), ("en", r"(?:the|our|we|these) |.*undersigned"),
    ("de", r"(?:die|unsere|wir|diese) "), ("es", r"(?:las|los|nuestr\w+|nosotr\w+|est[ao]s) "),
    ("it", r"(?:gli|noi|queste|questi) |.*(?:organizzaz|associazioni|sindacati|sottoscritt)"),
    ("ca", r"(?:els|nosaltres|aquest\w+) |.*(?:organitzac|entitats|associacions|sotasignant)"),
    ("pt", r"(?:as|os|nossas|nós) "), ("ru", r".*[а-я].*"),
)  # fmt: skip


def language_of_opening(opening: str) -> str | None:
    """The language of "Las organizaciones"; None when several open a sentence so."""
    said = opening.strip().lower() + " "
    found = [language for language, pattern in _OPENINGS if re.match(pattern, said)]
    return found[-1] if found else None


_LED_BY = re.compile(
    r"(?:À l['’]initiative|À l['’]occasion|Dans le cadre|Avec|Face|Devant|Après|Pour|Ce|Cette|Le|Ti|"
    r"In|Am|On|This|El|Este|Il|Questo|В|У)\s[^,;:]{3,90},\s+(?=(?:l['’]|le |la |les |the |die |der |el |"
    r"los |las |il |i |gli |els? )?[^\W\d_])"
)
"""What leads a sentence in, before its subject: "À l'initiative des habitantes, l'association …"."""


def _subject(text: str, span: Span, language: str | None) -> Call | None:
    """ "A, la B et C appellent à …": only a call, and only several."""
    verb = END.search(text, *span)
    if not verb or verb.start() - span[0] > 1500:
        return None
    role = part_of(verb)
    joins = _TO_JOIN.search(words.fold(text[verb.start() : min(span[1], verb.end() + 160)]))
    if role != CALL or not joins or not starts_name(text[span[0] : verb.start()]):
        return None
    start = span[0]
    if led := _LED_BY.match(text[span[0] : verb.start()]):
        start += led.end()
    names = _names(text, (start, verb.start()), language)
    # "… us cridem a ser-hi", "… vous donnent rendez-vous": said to the reader, and no hearsay.
    sure = bool(re.match(r"(?:us|vous|nous|os|euch|vi)\s", verb[0]))
    return Call(CALL, names, sure=sure, opens=True) if len(names) >= 2 else None


def _passive(text: str, span: Span, block: Span, language: str | None) -> Call | None:
    """ "À l'appel de A, B et C": two names at least, or it is told in passing."""
    for found in islice(_PASSIVE.finditer(text, *span), _TRIES):
        if found["bare"] and found.start() != span[0]:
            continue
        names = _leading_names(text, (found.end(), span[1]), language)
        if len(names) >= 2:
            role = next(role for role, said in found.groupdict().items() if said)
            if role == "organised":
                before, whole = text[span[0] : found.start()], text[slice(*span)]
                if not _TO_JOIN.search(words.fold(before)) or not _is_to_come(whole, text, block):
                    continue  # a conference is, and calls nobody; news tells of the past
                role = CALL
            # A paragraph that begins so is a list in a sentence, whatever else the page lists.
            alone = found.start() == block[0]
            return Call(role, names, sure=alone, aside=role == "initiator")
    return None


def _is_to_come(sentence: str, text: str, block: Span) -> bool:
    """A rendezvous with its hour: in the sentence, right above it, or at the head of the page."""
    above = text[max(0, block[0] - 400) : block[0]]
    return any(hour_in(said) is not None for said in (sentence, above, text[:600]))


def _signed(text: str, span: Span, language: str | None) -> Call | None:
    """ "Signé par A, B et C", "Communiqué commun de A, B et C" at the start of a line."""
    for pattern, least in ((_SIGNED, 1), (_ADHERED, 2), (_ISSUED, 2), (_JOINT, 2)):
        if found := pattern.match(text[span[0] : span[1]]):
            names = _leading_names(text, (span[0] + found.end(), span[1]), language)
            # "Communiqué de …" names its authors and nothing more.
            ends = bool(names) and not text[names[-1][1] : span[1]].strip(" .:")
            if len(names) >= least and (ends or pattern is not _JOINT):
                return Call("signatory", names, sure=False)
    return None


def _names(text: str, span: Span, language: str | None) -> tuple[Span, ...]:
    """The names of an enumeration; none when most of it is something else."""
    pieces = split_names(text, span, language, closed_by_and=True)
    good = [piece for piece in pieces if _may_sign(text[piece[0] : piece[1]])]
    if any(len(text[a:b].split()) > 22 for a, b in good) or len(good) < 0.75 * len(pieces):
        return ()
    return tuple(good)


def _leading_names(text: str, span: Span, language: str | None) -> tuple[Span, ...]:
    """The names up to the first piece that is none."""
    verb = END.search(text, *span)
    good: list[Span] = []
    for (start, end), closes in leading_names(
        text, (span[0], verb.start() if verb else span[1]), language
    ):
        cut = _PREDICATE.search(text, start, end)
        end = cut.start() if cut else end
        if not _may_sign(text[start:end]):
            break
        good.append((start, end))
        if cut or closes:
            break
    return tuple(good)


def _may_sign(piece: str) -> bool:
    piece = piece.strip(" .")
    if not piece or not starts_name(piece) or place_of(piece) or people.is_person(piece):
        return False
    if dates_in(piece) or hour_in(piece) or _WHEN.match(piece):
        return False
    bare = words.split_article(piece)[1]
    return not (_INSTITUTION.match(words.fold(bare)) or place_of(bare) or dates_only(piece))


_WHEN = re.compile(
    r"(?:В|Во|На|У)\s|(?:(?:ce|le|this|next|am|el|este|il|aquest) )?(?:lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|"
    r"mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|"
    r"domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|dilluns|dimarts|dimecres|"
    r"dijous|divendres|dissabte|diumenge|aujourd['’]hui|demain|hier|today|tomorrow|heute|morgen|hoy|"
    r"mañana|oggi|domani|avui|demà)$",
    re.IGNORECASE,
)


def dates_only(piece: str) -> bool:
    """Only figures and months: no name."""
    return not re.search(r"[A-ZÀ-ÞА-ЯІЇЄ«“\"#]", piece) and bool(re.match(r"\d", piece))
