"""From a letter's Markdown to the subject, HTML and text of one recipient after another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import html2text
import nh3
from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from rapidfuzz import process

from crm.errors import Refused
from crm.language import _
from crm.letters.catalogue import NAMES

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPEN, _SHUT = "\ue000", "\ue001"  # private use: no keyboard writes them
_MARK = re.compile(f"{_OPEN}(\\d+){_SHUT}")
_MARK_IN_DIGITS = re.compile(r"&#(?:x0*e00[01]|0*5734[45]);", re.IGNORECASE)
_FILTERS = ("default", "upper", "lower", "title", "trim")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Compare,
    nodes.Operand, nodes.Const, nodes.Filter, nodes.Not, nodes.And, nodes.Or, nodes.Keyword,
    nodes.CondExpr,
)  # fmt: skip


@dataclass(frozen=True)
class Rendered:
    """One recipient's letter."""

    subject: str
    html: str
    text: str


class Letter:
    """A letter compiled once; `render` fills it for one recipient."""

    def __init__(self, subject: Template, html: Template, text: Template) -> None:
        self._subject, self._html, self._text = subject, html, text

    def render(self, fields: Mapping[str, Any]) -> Rendered:
        """The letter of one recipient; Refused when a field it needs is empty or missing."""
        filled = {name: value for name, value in fields.items() if value not in (None, "")}
        filled["signed"] = fields.get("signed", [])
        for optional in ("person", "deadline", "country"):
            filled.setdefault(optional, "")
        try:
            subject = " ".join(self._subject.render(filled).split())
            return Rendered(subject, self._html.render(filled), _evened(self._text.render(filled)))
        except TemplateError as error:
            name = _quoted(str(error))
            raise Refused(
                _("The field “{name}” is empty for this recipient.").format(name=name),
                hint=_("Fill it in, or take the field out of the letter."),
            ) from None


def compile_letter(subject: str, body: str) -> Letter:
    """Check and compile a letter; Refused, naming it, for a field that does not exist."""
    title = _compiled(" ".join(subject.split()), escaping=False)
    body = _without_marks(body)
    _check(body)
    page = _page(body)
    return Letter(
        title,
        _compiled(_unmark(page, body), escaping=True),
        _compiled(_unmark(_as_text(page), body), escaping=False),
    )


def _compiled(source: str, *, escaping: bool) -> Template:
    # What runs is what was checked: Markdown may have changed the words between two fields.
    _check(source)
    return _environment(escaping=escaping).from_string(source)


def _environment(*, escaping: bool) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(autoescape=escaping, undefined=StrictUndefined)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in _FILTERS}
    return made


def _check(source: str) -> None:
    environment = _environment(escaping=False)
    try:
        tree = environment.parse(source)
    except TemplateError as error:
        line = getattr(error, "lineno", 1)
        raise Refused(
            _("Line {n} of the letter holds a field or a condition that is not complete.").format(
                n=line
            ),
            hint=_("A field reads {{ organisation }}; a condition ends with {% endif %}."),
        ) from None
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Name) and node.name not in NAMES:
            _refuse_field(node.name)
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            _refuse_field(node.name)
        if not isinstance(node, _ALLOWED) and not isinstance(node, nodes.EvalContextModifier):
            raise Refused(
                _("A letter may hold fields and conditions, nothing else."),
                hint=_("Take out line {n}.").format(n=node.lineno),
            )


def _refuse_field(name: str) -> None:
    near = process.extractOne(name, sorted(NAMES), score_cutoff=50)
    hint = _("Did you mean “{name}”?").format(name=near[0]) if near else ""
    raise Refused(_("The letter holds an unknown field: “{name}”.").format(name=name), hint=hint)


# --- from Markdown to a page ----------------------------------------------------------------


def _page(body: str) -> str:
    """The letter as clean HTML, with a mark where each field or condition stands."""
    # A condition on a line of its own stands around paragraphs, not in one.
    apart = re.sub(r"(?m)^[ \t]*(\{%[^\n]*?%\})[ \t]*$", r"\n\1\n", body)
    count = iter(range(len(body)))
    marked = _TAG.sub(lambda _found: f"{_OPEN}{next(count)}{_SHUT}", apart)
    html = MarkdownIt("commonmark", {"html": False, "breaks": True}).render(marked)
    if "%EE%80%80" in html:
        raise Refused(
            _("A field cannot be the address of a link."), hint=_("Write the address itself.")
        )
    clean = nh3.clean(
        html,
        tags={
            "p",
            "br",
            "strong",
            "em",
            "a",
            "ul",
            "ol",
            "li",
            "blockquote",
            "h1",
            "h2",
            "h3",
            "hr",
        },
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return re.sub(
        f"<p>({_OPEN}\\d+{_SHUT})</p>", lambda found: _bare(found[1], found[0], body), clean
    )


def _bare(mark: str, paragraph: str, body: str) -> str:
    return mark if _unmark(mark, body).startswith("{%") else paragraph


def _as_text(page: str) -> str:
    reader = html2text.HTML2Text(bodywidth=0)
    reader.ignore_emphasis = True
    reader.protect_links = True
    reader.unicode_snob = True
    reader.ul_item_mark = "-"
    return reader.handle(page).strip() + "\n"


def _unmark(page: str, body: str) -> str:
    tags = _TAG.findall(body)
    # Every brace still on the page is a word: "\\{" and "&#123;" are Markdown for one.
    still = page.replace("{", "{{ '{' }}")
    return _MARK.sub(lambda found: tags[int(found[1])], still)


def _without_marks(body: str) -> str:
    return _MARK_IN_DIGITS.sub(" ", body.replace(_OPEN, "").replace(_SHUT, ""))


def _evened(text: str) -> str:
    """The text without the holes that conditions leave."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def _quoted(said: str) -> str:
    found = re.search(r"'([^']+)'", said)
    return found[1] if found else said
