"""Stray punctuation: commas too many, spaces on the wrong side, quotes and brackets left open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm.language import _
from crm.proof.finding import Edit, Finding, Remedy
from crm.proof.page import Page, place_of_words
from crm.reading import Span, Written
from crm.reading.entries import EMAIL, URL

_TWICE = re.compile(r"[,;](?:[^\S\n]*[,;])+|(?<![.…])\.\.(?!\.)|(?<=[^\W\d_]{5})\.[,;](?=\s|$)")
_SPACE_BEFORE = re.compile(r"(?<=[\w»”)’'])[ \t\u00a0\u202f]+(?P<sign>[,.])(?=\s|$)")
_SPACE_BEFORE_HIGH = re.compile(r"(?<=[\w»”)])[ \t\u00a0\u202f]+(?P<sign>[:;!?])(?=\s|$)")
_NONE_BEFORE_HIGH = re.compile(r"(?<=[\w»”)])(?P<sign>[:;!?])(?=\s|$)")
_NONE_BEHIND = re.compile(r"(?<=[^\W\d_])(?P<sign>[,;])(?=[^\W\d_])")
_DOUBLED = re.compile(r"(?<=\S)  (?=\S)")
_IN_BRACKETS = re.compile(r"[(\[]\s+(?=\S)|(?<=\S)[^\S\n]+[)\]]")
_DASH = re.compile(r"(?<=[^\W\d_]) -(?=[^\W\d_])|(?<=[^\W\d_])- (?=[^\W\d_])")
_REPEATED = re.compile(
    r"\b(de|du|des|et|la|le|les|au|aux|the|of|and|und|der|del|los|las|il|gli|per|con)"
    r"[ \u00a0]+\1\b(?!')", re.IGNORECASE,
)  # fmt: skip
_PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”"}
_ITEM = re.compile(r"(?:^|(?<=\s))(?:\d{1,3}|[a-zA-Z])\)")
_FRENCH = {"fr"}


def marks(page: Page) -> Iterator[Finding]:
    """Every stray sign, line by line."""
    masked = _without_addresses(page)
    columns = "   " in page.text
    spaced = _puts_spaces(page, masked)
    for line in page.document.lines:
        said = masked[line.start : line.end]
        yield from _signs(page, line.start, said)
        yield from _high_signs(page, line.start, said, spaced=spaced)
        if not columns and not line.cells:
            for found in _DOUBLED.finditer(said):
                yield _one(
                    page, line.start, found.span(), _("Two spaces follow each other here."), " "
                )
    yield from _unclosed(page, masked)
    yield from _trailing(page, masked)


def _without_addresses(page: Page) -> str:
    """The text with every address and link hidden: their signs are no punctuation."""
    hidden = EMAIL.sub(lambda found: "x" * len(found[0]), page.text)
    hidden = URL.sub(_hidden, hidden)
    return re.sub(r"\d[\d.,:;/ ]*\d", lambda found: re.sub(r"[.,:;/]", "0", found[0]), hidden)


def _hidden(found: re.Match[str]) -> str:
    """A link hidden but for the signs behind it, and for the bracket it stands in."""
    bare = found[0].rstrip(".,;:!?»”")
    if bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1]
    return "x" * len(bare) + found[0][len(bare) :]


def _signs(page: Page, start: int, said: str) -> Iterator[Finding]:
    for found in _TWICE.finditer(said):
        word = _("Two signs stand where one is enough: “{signs}”.")
        kept = ";" if ";" in found[0] and "," not in found[0] else found[0].strip()[0]
        yield _one(page, start, found.span(), word.format(signs=found[0]), kept)
    doubled = [found.span() for found in _TWICE.finditer(said)]
    for found in _SPACE_BEFORE.finditer(said):
        if not any(a <= found.start("sign") < b for a, b in doubled):
            word = _("A space stands before “{sign}”.").format(sign=found["sign"])
            yield _one(page, start, found.span(), word, found["sign"])
    for found in _NONE_BEHIND.finditer(said):
        word = _("A space is missing behind “{sign}”.").format(sign=found["sign"])
        yield _one(page, start, found.span(), word, found["sign"] + " ")
    for found in _IN_BRACKETS.finditer(said):
        yield _one(
            page, start, found.span(), _("A space stands inside a bracket."), found[0].strip()
        )
    for found in _DASH.finditer(said):
        word = _("A dash has a space on one side only.")
        yield _one(page, start, found.span(), word, " – ", sure=False)
    for found in _REPEATED.finditer(said):
        if found[1].islower() or found[0].islower():
            word = _("“{word}” is written twice.").format(word=found[1])
            yield _one(page, start, found.span(), word, found[1])


def _puts_spaces(page: Page, masked: str) -> bool | None:
    """Whether this text puts a space before “:”, as French does; None when it has no habit."""
    with_, without = len(_SPACE_BEFORE_HIGH.findall(masked)), len(_NONE_BEFORE_HIGH.findall(masked))
    if page.language in _FRENCH:
        return True if with_ and with_ >= without else None
    return False if without and without >= with_ else None


def _high_signs(page: Page, start: int, said: str, *, spaced: bool | None) -> Iterator[Finding]:
    """Colons and the like on the wrong side of a space, by the text's own habit."""
    if spaced is None:
        return
    doubled = [found.span() for found in _TWICE.finditer(said)]
    for found in (_NONE_BEFORE_HIGH if spaced else _SPACE_BEFORE_HIGH).finditer(said):
        if any(a <= found.start("sign") < b for a, b in doubled):
            continue
        word = (
            _("A space is missing before “{sign}”.")
            if spaced
            else _("A space stands before “{sign}”.")
        )
        instead = ("\u00a0" if spaced else "") + found["sign"]
        yield _one(page, start, found.span(), word.format(sign=found["sign"]), instead)


def _one(
    page: Page, start: int, span: Span, message: str, instead: str, *, sure: bool = True
) -> Finding:
    where = (start + span[0], start + span[1])
    right = Remedy(_("Correct it"), (Edit(where, instead),))
    around = " ".join(page.text[max(0, where[0] - 18) : where[1] + 12].split())
    said = _("{message} ({around})").format(message=message.rstrip("."), around=f"…{around}…")
    return Finding("punctuation", f"{said}.", (where,), (right,), sure=sure)


def _unclosed(page: Page, masked: str) -> Iterator[Finding]:
    """Brackets within their paragraph, quotes within the whole text."""
    for block in page.document.blocks():
        start, end = block[0].start, block[-1].end
        yield from _open_in(page, masked, (start, end), "([")
    yield from _open_in(page, masked, (0, len(masked)), "«")
    if "„" not in masked:
        yield from _open_in(page, masked, (0, len(masked)), "“")
    for line in page.document.lines:
        said = masked[line.start : line.end]
        if said.count('"') % 2:
            at = line.start + said.rindex('"')
            yield _left_open(page, at, '"')


def _open_in(page: Page, masked: str, span: Span, openers: str) -> Iterator[Finding]:
    closers = {_PAIRS[each]: each for each in openers}
    waiting: list[int] = []
    items = {span[0] + found.end() - 1 for found in _ITEM.finditer(masked[slice(*span)])}
    for at in range(*span):
        sign = masked[at]
        if sign in openers:
            if sign in "«“" and waiting:
                yield _left_open(page, waiting.pop(), sign)
            waiting.append(at)
        elif sign in closers and at not in items and not _smiles(masked, at):
            if not waiting:
                said = _("“{sign}” closes nothing.").format(sign=sign)
                yield _one(page, at, (0, 1), said, "")
            else:
                waiting.pop()
    yield from (_left_open(page, at, masked[at]) for at in waiting)


def _smiles(masked: str, at: int) -> bool:
    return masked[max(0, at - 2) : at].strip() in {":", ";", ":-", ";-"}


def _left_open(page: Page, at: int, sign: str) -> Finding:
    around = " ".join(page.text[at : at + 30].split())
    said = _("“{sign}” is opened and never closed: {around}…")
    return Finding("punctuation", said.format(sign=sign, around=around), ((at, at + 1),))


def _trailing(page: Page, masked: str) -> Iterator[Finding]:
    """A comma behind the last name; one behind a few lines of a list where most have none."""
    for zone in (*page.lists, *page.copies):
        if zone.part != "list":
            continue
        ends = [
            (each, found)
            for each in zone.names
            if (found := _sign_behind(masked, _end(page, each)))
        ]
        at_line_ends = [(each, found) for each, found in ends if found[1]]
        last = max(zone.names, key=lambda each: each.span[1])
        lines = sum(_ends_line(masked, _end(page, each)) for each in zone.names)
        one_a_line = 2 * lines > len(zone.names)
        usual = 2 * len(at_line_ends) > lines > 1
        for each, (span, _line) in at_line_ends:
            if each is last or (one_a_line and not usual):
                said = _("A sign too many stands behind “{name}”.").format(name=each.published)
                right = Remedy(_("Take it out"), (Edit(span, ""),))
                yield Finding("punctuation", said, (span,), (right,))


def _end(page: Page, each: Written) -> int:
    return place_of_words(page.text, each)[1]


def _sign_behind(masked: str, at: int) -> tuple[Span, bool] | None:
    """The comma or semicolon behind a name, and whether its line ends there."""
    found = re.match(r"[^\S\n]*([,;])[^\S\n]*(\n|$)?", masked[at : at + 12])
    if not found:
        return None
    return (at + found.start(1), at + found.end(1)), found[2] is not None


def _ends_line(masked: str, at: int) -> bool:
    return re.match(r"[^\S\n]*[,;]?[^\S\n]*(?:\n|$)", masked[at : at + 12]) is not None
