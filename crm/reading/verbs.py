"""The verbs that end an enumeration of signatories, and the part they give its names."""

from __future__ import annotations

import re

CALL = "caller"
SIGN = "signatory"
SUPPORT = "supporter"

_CALLS = (
    # each may need what follows it to be a call: "appellent à", never "appellent cela"
    r"appel(?:lent|ons)(?= (?:à|au|aux|les|tou|la|l['’]|le|ensemble|vos|nos|d|chacun))|"
    r"(?:vous |les |y |nous )?invit(?:ent|ons)|convi(?:ent|ons)(?= (?:à|au|les|tou))|convoqu(?:ent|"
    r"ons)|lanc(?:ent|eons)(?= (?:un appel|cet appel|l['’]appel))|"
    r"organis(?:ent|ons)|co-?organisent|(?:vous |nous )?donn(?:ent|ons)(?= rendez)|"
    r"(?:vous |nous )attend(?:ent|ons)|"
    r"call(?= (?:on|for|upon|all|to))|are calling(?= (?:on|for|upon|all))|invite(?= )|urge(?= )|"
    r"appeal(?= (?:to|for))|organi[sz]e(?= )|"
    r"rufen(?= )|laden(?= .*\bein\b)|laden(?= .*\bzu)|organisieren|veranstalten|mobilisieren|"
    r"convocan|convocamos|llaman(?= (?:a))|llamamos(?= (?:a))|invitan|invitamos|animan(?= (?:a))|"
    r"hacen(?= (?:un llamamiento))|hacemos(?= (?:un llamamiento))|organizan|"
    r"invitano|invitiamo|indicono|promuovono|convocano|lanciano|chiamano(?= (?:a |alla |tutt))|"
    r"fanno(?= (?:appello))|organizzano|"
    r"(?:us )?(?:convoquen|convoquem|criden|cridem|conviden|convidem)|conviden|convidem|fan(?= (?:una crida))|"
    r"fem(?= (?:una crida))|organitzen|"
    r"convocam|convidam|apelam|fazem(?= (?:um apelo))|organizam|"
    r"призывают|призываем|приглашают|приглашаем|зовут|организуют|проводят|объявляют|"
    r"закликають|закликаємо|запрошують|організовують"
)
_SIGNS = (
    r"exig(?:ent|eons)|demand(?:ent|ons)|réclam(?:ent|ons)|interpell(?:ent|ons)|s['’]adress(?:ent|"
    r"ons)|nous adressons|adress(?:ent|ons)|exhort(?:ent|ons)|"
    r"dénon(?:cent|çons)|condamn(?:ent|ons)|déclar(?:ent|ons)|affirm(?:ent|ons)|réaffirm(?:ent|"
    r"ons)|exprim(?:ent|ons)|protest(?:ent|ons)|"
    r"salu(?:ent|ons)|rappel(?:lent|ons)|alert(?:ent|ons)|(?:co)?sign(?:ent|ons)|"
    r"(?:vous )?pri(?:ent|ons)|souhait(?:ent|ons)|refus(?:ent|ons)|"
    r"s['’]oppos(?:ent|ons)|propos(?:ent|ons)|lanc(?:ent|eons)|tienn?(?:ent|ons)|ont l['’]honneur|"
    r"ont signé|"
    r"demand(?= )|ask(?= )|request(?= )|express(?= )|condemn(?= )|denounce|declare|"
    r"protest(?= (?:against|the))|sign(?= )|write(?= to)|address(?= )|"
    r"reject(?= )|oppose|welcome(?= )|state(?= that)|affirm|reaffirm|publish|have the honou?r|"
    r"fordern|verlangen|erklären|verurteilen|appellieren|bitten|protestieren|wenden(?= sich)|"
    r"richten|unterzeichnen|kritisieren|begrüßen|"
    r"solidarisieren|warnen|"
    r"exigen|exigimos|piden|pedimos|denuncian|denunciamos|condenan|condenamos|declaran|manifiestan|"
    r"manifestamos|expresan|expresamos|reclaman|"
    r"solicitan|solicitamos|(?:se )?dirigen|nos dirigimos|firman|firmamos|suscriben|suscribimos|"
    r"rechazan|rechazamos|"
    r"chiedono|chiediamo|esigono|denunciano|denunciamo|condannano|condanniamo|dichiarano|esprimono|"
    r"esprimiamo|(?:si )?rivolgono|firmano|"
    r"sottoscrivono|rifiutano|protestano|ribadiscono|"
    r"exigeixen|exigim|demanen|demanem|denuncien|denunciem|condemnen|condemnem|declaren|manifesten|"
    r"expressen|reclamen|(?:s['’])?adrecen|signen|signem|"
    r"subscriuen|subscrivim|rebutgen|"
    r"exigem|exigimos|pedem|denunciam|condenam|declaram|manifestam|expressam|reivindicam|assinam|"
    r"требуют|требуем|просят|просим|выражают|выражаем|осуждают|осуждаем|обращаются|обращаемся|"
    r"заявляют|заявляем|протестуют|подписали|"
    r"вимагають|просять|висловлюють|засуджують|звертаються|заявляють"
)
_SUPPORTS = (
    r"soutien(?:nent|ons)|soutenons|s['’]associ(?:ent|ons)|se joignent|apportent|appuient|"
    r"rejoignent|"
    r"support(?= (?:the|this|our|his|her|a|all|these))|endorse(?= )|join(?= (?:the|this|our|in))|"
    r"stand(?= (?:with|in|together))|"
    r"unterstützen|schließen(?= sich)|"
    r"apoyan|apoyamos|respaldan|se suman|se adhieren|se solidarizan|"
    r"sostengono|sosteniamo|aderiscono|aderiamo|si uniscono|si associano|appoggiano|"
    r"donen suport|donem suport|s['’]adhereixen|se sumen|recolzen|"
    r"apoiam|aderem|subscrevem|"
    r"поддерживают|поддерживаем|присоединяются|присоединяемся|"
    r"підтримують|приєднуються"
)
_OTHERS = (
    # whatever else can only be a verb: the enumeration ends, and gives no part
    r"ont|avons|sont|sommes|seront|auront|vont|font|peuvent|doivent|veulent|considèrent|estiment|"
    r"pensent|disent|constatent|"
    r"regrettent|publient|mènent|défendent|luttent|dénoncèrent|[a-zàâéèêîïôû]+(?:aient|èrent|eront|"
    r"iront)|qui|dont|lesquel\w+|"
    r"have|has|are|were|will|had|is|was|believe|consider|note|want|wish|which|who|"
    r"haben|hat|sind|waren|werden|wird|wollen|stehen|treten|setzen|die sich|welche|"
    r"han|son|están|fueron|quieren|consideran|luchan|que|"
    r"hanno|sono|erano|vogliono|ritengono|che|"
    r"volen|consideren|lluiten|estan|"
    r"têm|são|foram|querem|"
    r"считают|выступают|напоминают|являются|были|провели|мають|є|вважають"
)
_EDGE = r"(?<![\w'’«“\"-])"
END = re.compile(
    rf"{_EDGE}(?:(?:ne |n['’]|hiermit |hereby |jointly |ensemble |également |aussi |juntas |"
    rf"juntos |insieme |совместно )?"
    rf"(?P<call>{_CALLS})|(?P<sign>{_SIGNS})|(?P<support>{_SUPPORTS})|"
    rf"(?P<other>{_OTHERS}))(?![\w-])"
)
"""The verb that follows an enumeration."""


def part_of(verb: re.Match[str]) -> str | None:
    """The part this verb gives to its subject; None when it gives none."""
    behind = verb.string[verb.end() : verb.end() + 200]
    if verb[0] == "fordern" and " auf" in behind:
        return CALL
    return {"call": CALL, "sign": SIGN, "support": SUPPORT}.get(verb.lastgroup or "")
