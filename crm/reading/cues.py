"""The words by which a document says who signs, calls, supports, or may be contacted.

All are written folded (see `words.fold`): small ASCII letters, Cyrillic transcribed.
"""

from __future__ import annotations

import re

from crm import words
from crm.reading.dates import dates_in

_SIGNATORY = (
    # fr
    r"(?:co ?)?signatair\w*|(?:co ?)?signature?s|(?:co ?)?signee?s?|(?:co)?signee?s? par|(?:ont|l ont|"
    r"ayant) (?:\w+ )?(?:co)?signe|"
    r"(?:co)?signent|soussigne\w*|adherent a cet appel|s associent a cet appel|"
    # en
    r"(?:co )?signator\w+|(?:co )?signers?|(?:co )?signed(?: by)?|undersigned|undersigners|"
    r"signing organi[sz]ations|"
    r"qui (?:signe|a signe|ont signe)|who (?:has )?signed|wer unterzeichnet|quien(?:es)? firman?|"
    r"chi (?:firma|aderisce)|kto podpisal|"
    r"ajout(?:e\w*|s)?|(?:late|later|further) additions?|additions?|added|nachtrag\w*|"
    r"neu hinzugekommen|hinzugekommen|incorporaciones|anadid\w*|aggiunt\w*|afegi\w*|"
    r"acrescent\w*|dobavil\w*|dobavlen\w*|dodan\w*|doluchyl\w*|pryyednal\w*|pr[iy]+[iy]ednal\w*|"
    # de
    r"(?:erst|mit)?unterzeichn\w*|(?:erst|mit)?unterschrift(?:en)?|mitzeichn\w*|es zeichnen|gezeichnet|gez|"
    # es
    r"(?:los |las )?(?:abajo |infra)?firmantes?|firmas?|firman|firmad[oa]s? por|adhesion(?:s|es)|"
    r"adhieren|se adhieren|han (?:\w+ )?(?:firmado|suscrito|adherido|signat)|"
    r"suscriben|suscrib\w+|signatari[oa]s|"
    # it
    r"(?:primi |prime )?firmatari\w*|firme|firmat[oa] da|hanno (?:\w+ )?(?:firmato|sottoscritto|"
    r"aderito)|firmano|adesioni|"
    r"prime adesioni|aderiscono|aderenti|sottoscriv\w+|sottoscritt\w*|sottoscrizioni|"
    # ca
    r"(?:sota)?signants?|signen|signad[ae]s? per|signat per|adhesions|adherides|s hi adhereixen|"
    r"s adhereixen|subscriuen|"
    # pt
    r"assinam|assinantes|assinaturas|subscrevem|subscritores|"
    # ru, uk
    r"(?:nizhe)?podpis(?:i|ali|al|alis|ant\w*|avshi\w*|chik\w*|ano)?|pod ?pisal\w*|prisoedinil\w*|pidpys\w*|pidpis\w*"
)
_CALLER = (
    r"a l appel(?: (?:de|d|des|du))?|appellent|appelants?|appelantes|organisations qui appellent|"
    r"appele\w* par|"
    r"qui appelle|who (?:calls|is calling)|wer ruft auf|quien(?:es)? convocan?|"
    r"chi (?:promuove|convoca)|qui convoca|kto prizyvaet|"
    r"called (?:for )?by|callers|calling organi[sz]ations|call of|"
    r"aufgerufen (?:von|durch)|aufrufende\w*|es rufen auf|dazu rufen auf|rufen auf|aufruf von|"
    r"aufrufer\w*|"
    r"convocan?|convocantes|convocad[oa]s? por|entidades convocantes|llaman|"
    r"indett[oa] da|promuovono|promoss[oa] da|promotori|convocano|invitano|lanciano|"
    r"apelam|convocam|chamam|"
    r"convoquen|convoca|convocants|convocat per|convocad[ae]s? per|criden|fan una crida|"
    r"prizyva\w+|k prizyvu"
)
_INITIATOR = (
    r"(?:a )?l initiative d(?:e|u|es)?|initiat(?:eurs?|rices?)|organisations initiatrices|"
    r"premieres organisations(?! signat| a )|"
    r"initiated by|initiators?|at the initiative of|initiator(?:en|innen)\w*|initiiert (?:von|"
    r"durch)|"
    r"promueven?|promou(?:en)?|promuove|impulsa|promotor\w*|impulsor\w*|impulsan|impulsad[oa]s? por|por iniciativa de|su iniziativa di|"
    r"per iniciativa de|"
    r"initsiator\w*|po initsiative"
)
_SUPPORTER = (
    r"soutiens?|soutenue?s? par|avec le soutien (?:de|d|des|du)|(?:nous |la |le )?soutiennent|"
    r"premiers soutiens|(?:in )?solidari(?:eta da|dad de|te de|ty)|qui soutient|who supports|wer unterstutzt|quien(?:es)? apoyan?|"
    r"chi sostiene|"
    r"support(?:s|ed by|ers|ing organi[sz]ations)?|with the support of|endors\w+(?: by)?|"
    r"unterstutz\w+|mit unterstutzung (?:von|durch|der)|"
    r"soutenant|supporting|apoyan|apoyos?|apoyad[oa]s? por|con el apoyo de|"
    r"sostengono|sostenitor\w*|sostegno|con il sostegno di|sostenut[oa] da|"
    r"donen suport|suports?|amb el suport de|recolzen|"
    r"apoiam|apoios?|com o apoio de|"
    r"podderzh\w+|pri podderzhke|pidtrym\w+"
)
_HOST = (
    r"organisee?s? par|organisateurs?|organisatrices?|organi[sz]ed by|organi[sz]ers|hosted by|"
    r"veranstalte\w*|organisiert von|organizad[oa]s? por|organizadores|organizan|organizzat[oa] da|"
    r"organizzatori|"
    r"organitzen|organitzat per|organizator\w*"
)
_RELAYED = (
    r"relaye\w* par|relaient|relais|relayed by|verbreitet (?:von|durch)|difundid[oa] por|"
    r"diffus[oa] da"
)

ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"(?:^|(?<= ))(?:{pattern})(?= |$)"))
    for role, pattern in (
        ("initiator", _INITIATOR),
        ("signatory", _SIGNATORY),
        ("supporter", _SUPPORTER),
        ("caller", _CALLER),
        ("relayed", _RELAYED),
        ("host", _HOST),
    )
)
"""The part a heading gives to those under it; the first that fits."""

_BODIES = (
    r"organi[sz]a(?:tion|cion|coe)\w*|organizza\w*|organitzac\w*|organisatie|organizatsi\w*|associa\w*|"
    r"asocia\w*|assoziation\w*|"
    r"assotsiats\w*|so[iy]uz\w*|ob ?edin\w*|obshchestv\w*|"
    r"syndic\w+|sindica\w*|unions?|gewerkschaft\w*|profso[iy]uz\w*|confederat\w*|federat\w*|"
    r"part[iy]\w*|partei\w*|"
    r"colle[ck]ti\w*|collettiv\w*|colectiv\w*|col lectius|kollektiv\w*|groupes?|groups?|gruppen?|"
    r"gruppi|grup\w*|grupos?|"
    r"reseaux?|networks?|netzwerke?|redes|reti|xarxes|ongs?|ngos?|nro|nko|verein\w*|verbande|"
    r"initiativ\w*|initsiativ\w*|"
    r"entidades|entitats|entitat|realta|comites?|committees|comitati|comites|movements?|"
    r"mouvements?|movimientos?|movimenti|"
    r"moviments|dvizheni\w*|institutions?|fondations?|structures?|bundnis\w*|partenaires|partners?|"
    r"media|medias|"
    r"elus|kirchen|churches|gruppirovki|kolektivy"
)
_ALONE = (
    r"personnalites?|(?:a )?titre (?:individuel|personnel)|individu\w*|signataires individuels|"
    r"personnes(?: physiques)?|"
    r"personalities|persons?|people|in a personal capacity|private persons?|"
    r"personlichkeiten|einzelpersonen|privatpersonen|personen|"
    r"personalidades|personas|a titulo (?:individual|personal)|particulares|"
    r"personalita|persone|a titolo (?:individuale|personale)|singole persone|"
    r"personalitats|persones|a titol (?:individual|personal)|"
    r"chastnye litsa|lichno|fizicheskie litsa|persony|grazhdane|de[iy]ateli|"
    r"univer?sitaires|artistes|intellectuel\w*|chercheu\w*|scientifiques|writers|academics|"
    r"scholars|"
    r"kunstler\w*|wissenschaftler\w*|intelectuales|academicos|intellettuali|accademici|"
    r"intel lectuals|uchenye|"
    r"parlementaires|deputes?|elus?(?: et elues)?"
)
_CONTACT = (
    r"contacts?(?: presse| utiles)?|contact information|press contacts?|nous contacter|coordonnees|"
    r"adresses?(?: de contact)?|renseignements?|(?:media |press )?(?:enquiries|inquiries)|"
    r"(?:medien|presse)?(?:anfragen|ruckfragen)|per conoscenza|"
    r"kontakte?|kontaktadressen|pressekontakt\w*|ansprechpartner\w*|contactos?|contacto de prensa|"
    r"datos de contacto|"
    r"contatti?|contatto stampa|recapiti|contactes?|contacte de premsa|contatos?|kontakty?|"
    r"kontaktnye dannye|kontaktn\w*|"
    r"dl[iy]a (?:sv[iy]azi|kontakt\w*|pressy|presy|smi|zmi)|pressy|presy|kontaktna osoba|"
    r"adresa|adressen|addresses|e mails?|courriels|correos?|direcciones|"
    r"indirizzi|adreces|emails"
)
_INVITES = re.compile(
    r"\b(?:pour (?:co)?signer|signer (?:l|la|le|cet|cette|ici|en ligne)|signez|je signe|"
    r"sign (?:the|this|here|on|up|now)|to sign|"
    r"add your|unterschreib\w*|unterzeichnen sie|hier unterzeichnen|zum unterzeichnen|mitzeichnen|"
    r"firma (?:aqui|la|el|este|esta)|"
    r"para firmar|per firmare|firma qui|firma ora|per signar|signa aqui|chtoby podpisat|"
    r"viennent de signer|just signed|recent\w* signatures?|signatures? recent\w*|"
    r"podpisat\w*|podpishi\w*|doluch[iy]t\w*|shchob pidpys\w*|"
    r"para (?:assinar|aderir|sumarse|adherirse)|assine|per (?:adherir|aderire)|"
    r"envia\w*|invia\w*|scrivi|schreib\w*|escribe|escriu|napish\w*|prisoedinit\w*|"
    r"prisoedinya\w*|signer (?:au nom|en tant)|melden sich|melde dich|bitte melden|"
    r"recueil|collecte|envoyer|envoyez|adresser|send)\b"
)
_TEXT_OF = re.compile(
    r"(?:appel|lettre|communique|message|motion|tribune|texte|call|letter|statement|message|aufruf|brief|carta|comunicado|"
    r"mensaje|lettera|comunicato|messaggio|comunicat|missatge|pis ?m\w+|obrashchenie) (?:de|of|di|d|v|zur|in) (?!.*\b(?:par|by|por|da|per|von)$)"
)
"""A text of support, not a list of those who give it."""
_FILL = re.compile(
    r"(?:^|(?<= ))(?:liste?n?|lista|llista|llistat|listado|elenco|spisok|perelik|complete?|"
    r"actualisee?|provisoire|"
    r"premier\w*|prim\w*|first|erste?r?|pervye|de|des|du|d|l|le|la|les|the|of|der|die|das|den|del|"
    r"della|delle|dei|degli|"
    r"las|los|el|els|il|lo|gli|i|a|au|aux|to|on|en|cet|cette|ce|ces|this|these|diese[rsmn]?|este|"
    r"esta|questo|questa|"
    r"quest|aquest\w*|etot|etogo|eto|dannoe|appel|appello|appeal|aufrufs?|llamamiento|crida|"
    r"manifi?est\w*|prizyv\w*|lettre|"
    r"letter|carta|lettera|pis ?m\w+|brief|briefs|obrashcheni\w*|za[iy]avleni\w*|texte?|tribune|"
    r"declaration|statement|erklarung|"
    r"declaracion|dichiarazione|declaracio|comunicado|comunicato|communique|petition|suivant\w*|"
    r"following|folgende\w*|"
    r"siguientes|seguenti|seguents|sledu[iy]ushchi\w*|par|por|per|by|pays|country|countries|land|"
    r"landern?|pais\w*|paes\w*|"
    r"strana\w*|stranam|po|ordre|order|alphabeti\w*|alphabet|alfabet\w*|alfavit\w*|orden|ordine|"
    r"jour|date|ce|fecha|oggi|"
    r"et|and|und|y|e|i|ou|or|avec|with|mit|con|amb|contact\w*|as|an|in|so|far|deja|already|bereits|"
    r"ya|gia|ja|uzhe|are|have|"
    r"ont|haben|han|hanno|wird|wurde|von|est|is|es|se|nous|nos|our|unsere?|nuestr\w+|nostr\w+|"
    r"nashi|national\w*|"
    r"international\w*|nationaux|locales?|locaux|regional\w*|departemental\w*|mise|misa|mises|"
    r"updated|stand|number|nombre|"
    r"vom|zum|am|of|ouvert\w*|open|offen\w*|abiert\w*|apert\w*|obert\w*|otkryt\w*|initiale?s?|initial|co|k|sign|haben|innen|e|s|es|ne|nes|trices?|x|arretee?|cosignataires|collectives?|kollektive|politi\w*|syndical\w*|associati\w*|"
    r"social\w*|son|sono|sont|sind|al|alla|allo|que|qui|che|aussi|also|auch|tambien|anche|tambe|takzhe|takozh|egalement|continuacion|abajo|ci|dessous|apres|unten|below|above|seguito|nizhe|dali|pizni\w*|"
    r"pozzhe|pozdnee|later|tard|tarde|spater|despues|dopo|tardi|have|haben|pour|leurs?|their|behalf|fur|ihre[rn]?|sus|nombre|ils|elles|als|weitere\w*|sich|gemeldet|bisher\w*|nouveaux?|nouvelles?|new|neue?r?|"
    r"nuevos?|nuevas?|nuov[aei]|nous|rejoint|plus|more|than|mehr|mas|moment\w*|hasta|ahora|ad|far|"
    r"obshchestven\w*|pravozashchitny\w*|\d+)(?= |$)"
)
_BODY_WORD = re.compile(rf"(?:^|(?<= ))(?:{_BODIES})(?= |$)")
_ALONE_WORD = re.compile(rf"(?:^|(?<= ))(?:{_ALONE})(?= |$)")
_CONTACT_WORD = re.compile(rf"(?:^|(?<= ))(?:{_CONTACT})(?= |$)")


def role_of(label: str) -> str | None:
    """The part given by a heading such as "Liste des signataires"; None when it gives none.

    The heading may hold nothing but the words such headings are made of.
    """
    folded = words.fold(_undated(label))
    role = next((role for role, pattern in ROLES if pattern.search(folded)), None)
    if role is None or _INVITES.search(folded) or (role == "supporter" and _TEXT_OF.match(folded)):
        return None
    for _role, pattern in ROLES:
        folded = pattern.sub(" ", folded)
    return role if not _left(folded) else None


def _undated(label: str) -> str:
    for dated in reversed(dates_in(label)):
        label = f"{label[: dated.start]} {label[dated.end :]}"
    return label


_MEMBERS = re.compile(
    r"membres (?:du collectif|de la coordination|de l intersyndicale|de la plateforme|du reseau|"
    r"du comite|de la coalition)|members of the (?:coalition|collective|platform|alliance)|"
    r"mitglieder des bundnisses|miembros de la (?:plataforma|coordinadora|coalicion)"
)
"""Who speaks, when a coalition says of whom it is made at the end of its text."""


def announces(label: str) -> str | None:
    """The part given by words before a colon, freer than a heading.

    "Signataires de la lettre au maire", "Cet appel est soutenu par": what gives the part
    opens the words or ends them, so that a title that merely speaks of support gives none.
    """
    folded = words.fold(_undated(label))
    if not folded or _INVITES.search(folded) or len(folded.split()) > 16:
        return None
    if _MEMBERS.fullmatch(folded):
        return "signatory"
    for role, pattern in ROLES:
        for found in pattern.finditer(folded):
            opens = role == "signatory" and not _left(folded[: found.start()])
            if opens or not _left(folded[found.end() :]):
                return role
    return None


_WANTS = re.compile(
    r"\b(?:demand\w*|exig\w*|reclam\w*|ford\w*|chied\w*|pedim\w*|pid[eo]n\w*|treb\w*|vymag\w*|"
    r"denon\w*|denun\w*|condemn\w*|condamn\w*|verurteil\w*|urge\w*|ask\w*|call (?:on|for|upon)|"
    r"rappel\w*|appel(?:lent|ons)|souhait\w*|propos\w*|engag\w*|estim\w*|consider\w*|refus\w*|"
    r"right|rights to|want\w*|who|qui (?!sign|sout|appel)|papers|recap\w* des debats)\b"
)


def mentions(label: str) -> str | None:
    """The part anywhere in a line's words: only where names stand below it does it open a list.

    "Diesen Appell tragen folgende Organisationen mit", "Récap des signataires, à relire".
    """
    folded = words.fold(_undated(label))
    if len(folded.split()) > 16 or _INVITES.search(folded) or _WANTS.search(folded):
        return None
    found = [role for role, pattern in ROLES if role != "caller" and pattern.search(folded)]
    if not found and _CARRIED.search(folded):
        return "signatory"
    return found[0] if found else None


_CARRIED = re.compile(
    r"tragen .*\bmit\b|mitgetragen|getragen von|porte par|portee par|rejoint\b.*\bpar|"
    r"hi han adherit|s han adherit|han adherit|adherides|adherits|"
    r"organisations membres|member organi[sz]ations|mitgliedsorganisationen|"
    r"organizaciones miembro|organizzazioni (?:aderenti|membri)|organitzacions membres|"
    r"se han (?:sumado|adherido)|adheridas?|si sono aggiunt\w+|hanno aderito"
)


_AWAY = re.compile(
    r"(?:related|read (?:also|more|next)|see also|share|shar\w+ (?:on|this)|follow us|subscribe|"
    r"newsletter|comments?|leave a (?:comment|reply)|tags?|tagged|categor\w+|download\w*|"
    r"about (?:us|the author\w*)|previous|next|menu|navigation|latest news|recent posts|"
    r"a lire (?:aussi|egalement)|lire aussi|voir aussi|partager|partagez|suivez nous|abonne\w*|"
    r"(?:\d+ )?commentaires?|laisser un commentaire|etiquettes?|mots cles|telecharger|"
    r"recommand\w+|recommend\w*|j aime|imprimer|print|repondre|reply|signaler|gefallt mir|"
    r"me gusta|mi piace|nravitsya|"
    r"article (?:precedent|suivant)|dans la meme rubrique|sur le meme sujet|navigation|"
    r"mehr zum thema|weitere artikel|verwandte|teilen|kommentare?|schlagworte?|lesen sie auch|"
    r"herunterladen|zum weiterlesen|"
    r"relacionad\w+|leer tambien|lee tambien|compart(?:ir|e|elo)|comentarios?|etiquetas|descargar|"
    r"suscribete\w*|suscripcion\w*|leggi anche|condivid\w+|articoli correlati|commenti|scarica|iscriviti|"
    r"llegeix tambe|comparteix|comentaris|descarrega|leia tambem|partilha\w*|compartilh\w+|"
    r"chitaite takzhe|podelit\w*|pokhozhie|kommentarii|tegi|skachat|metki|chytaite takozh|"
    r"podilyt\w*|komentari|partenaires? (?:medias?|presse)|media partners?|medienpartner\w*|"
    r"informats\w+ partn\w+|sponsors?|mecen\w+)(?: .*)?"
)


def leads_away(label: str) -> bool:
    """What a page puts under its text: “Related”, “Partager”, “Étiquettes”, “← Article précédent”."""
    folded = words.fold(label)
    return len(folded.split()) <= 8 and bool(_AWAY.fullmatch(folded))


_JOINT = re.compile(
    r"^(?:communique|declaration|lettre|appel|texte|tribune|motion|petition)(?: de presse|"
    r" ouverte?)?(?: \w+)? (?:commune?|unitaire|conjointe?|intersyndicale?|"
    r"collective?|interassociati\w+)|^(?:joint|common) \w+|^gemeinsame[rs]? \w+|^(?:comunicado|"
    r"declaracion|carta)(?: de prensa| abierta)? conjunt[oa]|"
    r"^(?:comunicato|dichiarazione|lettera|appello)(?: stampa| aperta)? (?:congiunt[oa]|"
    r"unitari[oa]|comune)|^comunicat(?: de premsa)? (?:conjunt|unitari)|"
    r"^sovmestn\w+ \w+"
)


def is_joint(label: str) -> bool:
    """A document of several: "Communiqué unitaire", "Joint statement"; their names may follow."""
    folded = words.fold(label)
    return bool(_JOINT.match(folded)) and len(folded.split()) <= 8


def invites(text: str) -> bool:
    """Asks the reader to sign: "Pour signer", "Add your name"."""
    return bool(_INVITES.match(words.fold(text)))


def is_contact(label: str) -> bool:
    """A heading above addresses: "Contacts", "Contacts des signataires"."""
    folded = words.fold(label)
    found = _CONTACT_WORD.search(folded)
    if not found or any(p.search(folded[: found.start()]) for _role, p in ROLES):
        return False
    for _role, pattern in ROLES:
        folded = pattern.sub(" ", folded)
    return not _left(folded)


def is_for_people(label: str) -> bool:
    """A heading above people who sign for themselves."""
    return bool(_ALONE_WORD.search(words.fold(label)))


def is_category(label: str) -> bool:
    """A heading that sorts signatories by what they are: "Syndicats", "Partis politiques"."""
    folded = words.fold(label)
    rest = _ALONE_WORD.sub(" ", _BODY_WORD.sub(" ", folded))
    return rest != folded and not _FILL.sub(" ", rest).split()


def is_plain_category(label: str) -> bool:
    """A category in so many words, so that even an unmarked line of them is a heading."""
    folded = words.fold(label)
    said = [
        word for word in folded.split() if _BODY_WORD.fullmatch(word) or _ALONE_WORD.search(word)
    ]
    several = all(word.endswith(("s", "en", "i", "e", "y", "x", "t")) for word in said)
    return bool(said) and several and is_category(label)


def opens_with_bodies(label: str) -> bool:
    """Begins with what several bodies are called: “Colectivos de la Región”."""
    first = words.fold(label).partition(" ")[0]
    return bool(_BODY_WORD.fullmatch(first)) and first.endswith(("s", "en", "i", "e", "y"))


def is_category_of_bodies(label: str) -> bool:
    """A heading that speaks of organisations, be it of people too."""
    return bool(_BODY_WORD.search(words.fold(label)))


def _left(folded: str) -> list[str]:
    """The words that no heading of a list is made of."""
    return _FILL.sub(
        " ", _CONTACT_WORD.sub(" ", _ALONE_WORD.sub(" ", _BODY_WORD.sub(" ", folded)))
    ).split()
