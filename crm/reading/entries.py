"""One line or one piece of a list becomes an organisation or a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from crm import words
from crm.reading import cues, people
from crm.reading.geography import country_of, place_of
from crm.reading.result import Span
from crm.reading.splitting import starts_name

EMAIL = re.compile(
    r"(?<![\w.@/%+-])[A-Za-z0-9](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_+])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w@])"
)
_VEILED = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})\s?[\[({]\s?(?:at|arobase|chez|bei|arroba|chiocciola|собака|"
    r"@)\s?[\])}]\s?([\w-]+(?:(?:\.|\s?[\[({]\s?(?:dot|point|punkt|punto|"
    r"точка)\s?[\])}]\s?)[\w-]+)+)",
    re.IGNORECASE,
)
_DOT = re.compile(r"\s?[\[({]\s?(?:dot|point|punkt|punto|точка)\s?[\])}]\s?", re.IGNORECASE)
URL = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@.-])[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|info|eu|coop|ngo|"
    r"social|blog|page|earth|int|example|fr|de|es|it|ru|cat|ch|be|at|nl|pt|pl|cz|ro|gr|se|dk|fi|"
    r"uk|ie|ua|by|kz|ge|am|us|ca|br|mx|ar|cl|gal|eus|bzh)(?:/[^\s)]*)?(?![\w@])|"
    r"(?<!\S)@\w[\w.]{2,}"
)
PHONE = re.compile(
    r"(?:(?:t[ée]l(?:[ée]phone)?|tlf|phone|mobil\w*|portable|тел)\s*\.?\s*:?\s*)?(?:\+|\b0|\(0)\d[\d\s().-]{7,}\d",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:\s*(?:[*†‡¹²³⁴⁵⁶⁷⁸⁹]+|\[\d+\]|\(\*+\)))+$")
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_DECORATION = re.compile("^[\\s*†‡¹²³■●▪◆➢✓✔️\U0001f300-\U0001faff☆★☑✅-]+(?=\\S)")
_ABBREVIATED = re.compile(
    r"(?:\b[^\W\d_]{1,4}\.\s?){2,}$|\b[A-ZÀ-ÞА-Я]{1,2}\.$|\bCoop\.$|"
    r"\b(?:Inc|Ltd|Corp|Asoc|Assoc|etc|gGmbH|Co)\.$"
)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_BEHIND = re.compile(r"(?:,|\s[–—-]|\s/|\s\|)\s*([^,–—|/]+)$")
_QUOTED = re.compile(r"^(?:«\s*([^«»]+?)\s*»|“([^“”]+)”|„([^„“”]+)[“”]|\"([^\"]+)\"|'([^']{3,})')$")
_FOR = re.compile(
    r"^(?:[Pp]our|[Ff]ür|[Ff]or|[Pp]or|[Pp]er|[Oo]n behalf of|[Aa]u nom de|[Ii]m Namen (?:von|des|"
    r"der)|[Ii]m Auftrag (?:von|des|der)|"
    r"[Ee]n nombre de|[Aa] nome di|[Ee]n nom de|[Оо]т имени|[Зз]а|[Вв]ід|p/o|i\.\s?A\.)\s*:?\s+"
)
_BY = re.compile(
    r"[,(–—-]?\s*\b(?:représentée?s? par|represented by|vertreten durch|representad[oa] por|"
    r"rappresentat[oa] da|representad[ao] per|в лице)\s+",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:et (?:de )?(?:nombreu\w+ )?autres?|and (?:many )?others?|und (?:viele )?(?:weitere|andere)|"
    r"entre otr[oa]s|y otr[oa]s|e altr[ie]|i altres|i drugie|(?:et |and |und |y |e |i )?\d+ "
    r"(?:autres?|others?|weitere|organi\w+|associa\w+))(?: \w+){0,4}|"
    r"etc|u a|i dr|autres|others|weitere|und viele mehr|and more|n a|idem|xxx+|test|nom|name|"
    r"organisations?|associations?|a completer|liste en cours|(?:liste )?a venir|to come|to follow|"
    r"folgt|folgen|proximamente|prossimamente|properament|en cours|in corso|tb[ac]|skoro"
)
_NOTE = re.compile(
    r"(?:a |en |in |zu |als )?(?:titre|title|titulo|titol|titolo) (?:individuel|personnel|individual|"
    r"personal|individuale|personale)\b|"
    r"(?:for (?:more|further|press|media)|more information|pour (?:plus|tout)|plus d info\w*|mas info\w*|"
    r"para mas|weitere info\w*|nahere info\w*|per (?:info|maggiori)\w*|maggiori info\w*|mes info\w*|"
    r"per a mes|dopolnitel\w* info\w*|podrobne\w+)\b|"
    r"(?:derniere |last )?(?:mise? a jour|updated?|actualis\w+|aktualisiert|actualizad\w+|aggiornat\w+|"
    r"actualitza\w+|obnovl\w+)\b|"
    r"(?:liste?n?|list|lista|llista|elenco|spisok|stand|as of|stato|estado|au|vom|am) (?:\w+ ){0,3}?\d|"
    r"(?:il y a|hace|vor|fa) \d+ \w+|\d+ (?:minutes?|hours?|days?) ago|"
    r"(?:vsego|total|en tout|au total|insgesamt|in totale|en total|in all) \d+|"
    r"(?:ne pas jeter|imprim\w+ par|ipns|printed by|promoted by|v i s d p|visdp|verantwortlich|"
    r"editeur responsable|editrice responsable|herausgeber\w*|impreso|stampato|imprenta)\b|"
    r"(?:\w+ ){0,2}(?:ouvert|open|offen|abiert|apert|otkryt|vidkryt)\w* (?:a|for|fur|zur|dl[iy]a|alla|al) "
    r"(?:la )?(?:signatur|sign|unterzeich|firm|podpis|pidpis)\w*|"
    r"(?:liste|list|lista|llista) (?:arret\w+|complet\w*|provisoire|provisional)\b"
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""A line that is nothing but brackets is a remark, or somebody still awaited."""
_REMARK = re.compile(
    r"\s*[(\[](?:(?:->|→|=>|\?)[^()\[\]]*|[^()\[\]]*\?|(?:à |a )?(?:confirmer|préciser|vérifier)|"
    r"sous réserve[^()]*|tb[ac]|to be confirmed|noch offen|por confirmar|da confermare|"
    r"nouveau|nouvelle|new|neu|nuev[ao]|nuov[ao]|à préciser[^()]*)[)\]]\s*$",
    re.IGNORECASE,
)
"""What a note-taker added behind a name."""
_LEFT = re.compile(
    r"[(\[–—,-]\s*(?:s['’]est retirée?|retirée?|withdrawn|has withdrawn|zurückgezogen|retirad[ao]|"
    r"se ha retirado|ritirat[ao]|отозвал\w*|отозвана)\b[^()]*[)\]]?\s*$",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"\b\d{4,5}\s+[A-ZÀ-Þ]|^\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\.|bd|boulevard|place|"
    r"impasse|chemin|allée|quai)\b|"
    r"\b(?:BP|CS|P\.?O\.? ?Box|Postfach)\s*\d|\b(?:straße|strasse|str\.|calle|c/|via|carrer|ул\.|"
    r"улица)\s*\S+\s*,?\s*\d",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Entry:
    """What one piece of a list says."""

    span: Span
    name: str
    published: str
    article: str = ""
    country: str | None = None
    email: str | None = None
    person: bool = False
    function: str | None = None
    organisation: str | None = None
    behind: Entry | None = field(default=None, compare=False)  # the person who signs for it
    sent: bool = False  # that person stands first: "Ana Silva, on behalf of the League"


def emails_in(text: str) -> list[str]:
    """The addresses of a text, once each, as written; what stands inside a link's path is none."""
    bare = re.sub(r"(?:https?://|www\.)\S+", " ", text)
    found = [m[0] for m in EMAIL.finditer(bare)]
    found += [f"{veiled[1]}@{_DOT.sub('.', veiled[2])}" for veiled in _VEILED.finditer(bare)]
    return list({address.lower(): address for address in reversed(found)}.values())[::-1]


def entry_of(
    text: str, span: Span, language: str | None, *, among_people: bool = False, codes: bool = False
) -> Entry | None:
    """The organisation or person named there; None when nothing that could sign is."""
    raw = _unbroken(text[span[0] : span[1]])
    email = next(iter(emails_in(raw)), None)
    raw = _without_means(raw)
    flag = _FLAGS.search(raw)
    raw = _clean(_FLAGS.sub("", raw))
    country = "".join(chr(ord(letter) - 0x1F1E6 + 65) for letter in flag[0]) if flag else None
    signs_for = _FOR.match(raw)
    if signs_for and starts_name(raw[signs_for.end() :]):
        raw = raw[signs_for.end() :]
    raw = _REMARK.sub("", raw)
    raw, place = _country_behind(raw, codes=codes)
    country = country or place
    if not _is_signatory(raw):
        return None
    if sent := _sent(raw, span, language):
        return replace(sent, country=country, email=email)
    entry = _person(raw, span, among_people=among_people) if not signs_for else None
    entry = entry or _organisation(raw, span, language, among_people=bool(signs_for))
    return replace(entry, country=country, email=email) if entry and entry.name else None


def _unbroken(text: str) -> str:
    """On one line, its words whole again: "psychomotri-⏎ciennes", "Saint-⏎Alpin"."""
    text = re.sub(r"(?<=[^\W\d_])-\n\s*(?=[a-zà-ÿ])", "", text)
    text = re.sub(r"(?<=[^\W\d_])-\n\s*(?=[A-ZÀ-Þ])", "-", text)
    return re.sub(r"\s+", " ", _JOINED_BY.sub("", text))


_JOINED_BY = re.compile(r"^\s*(?:et|und|and|e|y|i|и|та)\s+(?=[A-ZÀ-ÞА-ЯІЇЄ«“])")
"""The last of names set one a line: "e Tavolo regionale"."""


def _without_means(raw: str) -> str:
    """Without addresses, sites and telephones, nor the signs that introduced them."""
    raw = _VEILED.sub(" ", EMAIL.sub(" ", raw))
    raw = PHONE.sub(" ", URL.sub(" ", raw))
    raw = re.sub(
        r"(?:e-?mail|courriel|correo|mail|site|web|contact|t[ée]l)\s*\.?\s*:\s*(?=\s|$|[|,;–-])",
        " ",
        raw,
        flags=re.IGNORECASE,
    )
    raw = re.sub(r"<\s*>|\(\s*[,;/|–-]*\s*\)|\[\s*\]|\(\s*$", " ", raw)
    return re.sub(
        r"(?:\s*[,:;|/–—<>-]\s*)+$|^\s*[,:;|/<>]\s*", "", re.sub(r"\s+", " ", raw).strip()
    ).strip()


def _clean(raw: str) -> str:
    raw = _DECORATION.sub("", raw.strip())
    raw = _TAIL.sub("", raw).strip(" ,;:\t\u00a0")
    if raw.endswith(".") and not _ABBREVIATED.search(raw):
        raw = raw.rstrip(". ")
    return re.sub(r"\s*[–—-]$", "", raw).strip()


_BASED = re.compile(
    r",?\s+(?:based in|basée? (?:en|à|au)|mit Sitz in|con sede en|con sede in|amb seu a|com sede em|"
    r"базируется|находится|базується)\s.*$",
    re.IGNORECASE,
)


def _country_behind(raw: str, *, codes: bool) -> tuple[str, str | None]:
    """The name without the country its list puts behind it: "(France)", ", France", " – France"."""
    if bracket := _BRACKET.search(raw):
        inside = bracket[1].strip()
        if country := country_of(inside, codes=codes):
            return raw[: bracket.start()].strip(), country
        if _BASED.search(inside) and (country := country_of(_BASED.split(inside)[0])):
            return raw[: bracket.start()].strip(), country
        place = place_of(inside)
        if place and place.heading == "international":
            return raw[: bracket.start()].strip(), None
        noted = _BEHIND.search(raw[: bracket.start()])
        if inside[:1].islower() and noted and (country := country_of(noted[1])):
            return raw[: noted.start()].strip(), country  # "Школа, Україна (зі змінами)"
        town, comma, last = inside.rpartition(",")
        if comma and (country := country_of(last)):
            return f"{raw[: bracket.start()]} ({town.strip()})", country
        return raw, None
    behind = _BEHIND.search(raw)
    if behind and (country := country_of(behind[1])):
        return raw[: behind.start()].strip(), country
    if behind and (place := place_of(behind[1])) and place.heading and behind[1][:1].islower():
        return raw[: behind.start()].strip(), None
    return raw, None


def _is_signatory(raw: str) -> bool:
    folded = words.fold(raw)
    if not folded or not re.search(r"[^\W\d_]", raw) or len(raw) > 220 or len(folded.split()) > 30:
        return False
    if _OTHERS.fullmatch(folded) or _NOTE.match(folded) or _ASIDE.fullmatch(raw):
        return False
    if _LEFT.search(raw):
        return False
    if cues.announces(raw) == "signatory" and not people.names_body(raw):
        return False
    return not (_POSTAL.search(raw) and re.match(r"\d", raw))


def _person(raw: str, span: Span, *, among_people: bool) -> Entry | None:
    """ "Marie Dupont", "Marie Dupont, présidente de la Ligue", "Marie Dupont (Ligue)"."""
    head, rest = _head(raw)
    told = people.is_function(rest) or bool(_TRADE.match(rest))
    told = told and not _DASHED.match(raw[len(head) :])
    if not people.is_person(head, among_people=among_people or told):
        return None
    if rest and not people.is_function(rest) and people.names_body(head):
        return None
    function, organisation = people.function_and_body(rest)
    return Entry(
        span=span,
        name=head,
        published=raw,
        person=True,
        function=function,
        organisation=organisation,
    )


_SENT = re.compile(
    r"^(?P<who>[^,:]+?)(?:,\s*(?P<function>[^,:]+))?,?\s+(?:on behalf of|for|au nom de|pour|"
    r"en représentation de|représentante?|en representación de|en representació de|"
    r"in rappresentanza di|in Vertretung (?:von|des|der)|em representação de|representing|"
    r"im Namen (?:von|des|der)|für|en nombre de|por|a nome di|per|en nom de|em nome de|от имени|за)"
    r"\s+(?:the\s|la\s|le\s|l['’]|les\s|die\s|den\s|das\s|el\s|il\s)?(?P<body>[A-ZÀ-ÞА-ЯІЇЄ«“\"].+)$"
)


def _sent(raw: str, span: Span, language: str | None) -> Entry | None:
    """ "Ana Silva, on behalf of the League" is the League, and Ana Silva behind it."""
    found = _SENT.match(raw)
    if not found:
        return None
    comma = raw[found.end("who") :].lstrip().startswith(",")
    if not people.is_person(found["who"], among_people=comma):
        return None
    behind = Entry(
        span=span, name=found["who"], published=raw, person=True, function=found["function"]
    )
    body = _organisation(found["body"], span, language, among_people=True)
    return replace(body, behind=behind, sent=True) if body else None


_TRADE = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß]+(?:er|erin|ist|istin)(?:,|$)|"  # "Busfahrer, Göttingen"
    r"[a-zà-ÿ-]+(?: [a-zà-ÿ-]+){0,2}, [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?$"  # "nurse, Kisumu"
)
_DASHED = re.compile(r"\s[–—-]\s")


def _head(raw: str) -> tuple[str, str]:
    """What stands before the first comma, dash or bracket, and what stands behind."""
    found = re.search(r"\s*(?:,|\s[–—-]\s|\(|:|\s/\s|\t)\s*", raw)
    if not found:
        return raw, ""
    rest = raw[found.end() :].strip()
    whole = rest.count("(") == rest.count(")")
    return raw[: found.start()].strip(), rest if whole else rest.strip(" )")


def _organisation(
    raw: str, span: Span, language: str | None, *, among_people: bool
) -> Entry | None:
    name, behind = _without_person(raw, span, among_people=among_people)
    article = ""
    found, rest = words.split_article(name, language)
    if found and found[0].islower() and rest:
        article, name = found, rest
    published = name
    if quoted := _QUOTED.match(name):
        name = next(group for group in quoted.groups() if group).strip()
    if not words.fold(name) or (place_of(name) is not None and not quoted):
        return None
    return Entry(
        span=span, name=words.tidy(name), published=published, article=article, behind=behind
    )


def _without_person(raw: str, span: Span, *, among_people: bool) -> tuple[str, Entry | None]:
    """ "Ligue X, Marie Dupont, présidente" is the Ligue, and Marie Dupont behind it."""
    if by := _BY.search(raw):
        return raw[: by.start()].strip(" ,(–—-"), _person(
            raw[by.end() :].strip(" )"), span, among_people=True
        )
    for cut in re.finditer(r"\s*(?:,|\s[–—-]|:|\()\s*", raw):
        rest = raw[cut.end() :].strip(" )")
        if cut.start() and (behind := _person(rest, span, among_people=among_people)):
            return raw[: cut.start()].strip(), behind
    if among_people and (colon := re.search(r"\s*:\s", raw)):
        return raw[: colon.start()], None  # two who sign for it, or somebody we cannot tell
    return raw, None
