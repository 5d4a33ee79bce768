"""Mail that was saved (.eml): its text, what it forwards, and the documents it carries."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

from crm.documents.decoding import decode
from crm.documents.document import Document, Line
from crm.documents.drafting import Draft, joined
from crm.documents.webpages import from_html
from crm.errors import Refused, Trouble
from crm.language import _

Reader = Callable[[str, bytes], Document]
MOST_PARTS = 300
_DEEPEST = 12
_MARKER = re.compile(
    r"\W*(?:forwarded message|original message|begin forwarded message|message transféré|"
    r"message d['’]origine|message original|début du message (?:réexpédié|transféré)|"
    r"weitergeleitete nachricht|ursprüngliche nachricht|original-nachricht|"
    r"anfang der weitergeleiteten nachricht|mensaje reenviado|mensaje original|"
    r"messaggio inoltrato|messaggio originale|inizio messaggio inoltrato|missatge reenviat|"
    r"mensagem encaminhada|mensagem original|пересылаемое сообщение|пересланное сообщение|"
    r"исходное сообщение|переслане повідомлення)\W*",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:from|de|von|da|od|от|від|кому|to|à|a|an|para|per|cc|cci|bcc|copie|kopie|копия|date|"
    r"datum|data|fecha|дата|sent|envoyé(?: le)?|gesendet|enviado|inviato|отправлено|subject|objet|"
    r"betreff|asunto|oggetto|assumpte|assunto|тема|reply-to|répondre à|importance|"
    r"attachments|pièces? jointes?)\s?:\s*(?:\S.*)?",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"--\s?$")


@dataclass
class _Parts:
    """What a message is made of."""

    texts: list[Document] = field(default_factory=list)
    forwarded: list[EmailMessage] = field(default_factory=list)
    carried: list[tuple[str, bytes]] = field(default_factory=list)


def from_eml(name: str, content: bytes, reader_of: Callable[[str], Reader | None]) -> Document:
    """The document a saved message is; what it carries when it does not list anybody itself."""
    found = _Mail(name, reader_of).document(_message(name, content), 0)
    if found is None:
        raise Refused(
            _("“{name}” contains no text.").format(name=name),
            hint=_("If it is a picture of a text, type or paste the list of signatories."),
        )
    return found


def _message(name: str, content: bytes) -> EmailMessage:
    refused = Refused(
        _("“{name}” is made of too many messages inside one another.").format(name=name),
        hint=_("Open it in your mail program and copy the text itself."),
    )
    if len(re.findall(rb"(?im)^content-type:", content)) > MOST_PARTS:
        raise refused
    try:
        return email.message_from_bytes(content, policy=email.policy.default)
    except RecursionError:
        raise refused from None


class _Mail:
    """One message and those inside it."""

    def __init__(self, name: str, reader_of: Callable[[str], Reader | None]) -> None:
        self.name = name
        self.reader_of = reader_of

    def document(self, message: EmailMessage, depth: int) -> Document | None:
        """What a message says, or the documents it only passes on."""
        parts = _Parts()
        _gather(parts, message)
        said = [_without_headers(each) for each in parts.texts]
        text = joined(self.name, said) if said else None
        if text is not None and _lists(text):
            return text
        carried = [*self._forwarded(parts, depth), *self._attached(parts)]
        if not carried:
            return text
        sources = [each.source for each in ([text] if text else []) + carried]
        return joined(self.name, carried, "\n\n".join(sources))

    def _forwarded(self, parts: _Parts, depth: int) -> Iterator[Document]:
        for message in parts.forwarded if depth < _DEEPEST else []:
            if (found := self.document(message, depth + 1)) is not None:
                yield found

    def _attached(self, parts: _Parts) -> Iterator[Document]:
        for name, content in parts.carried:
            reader = self.reader_of(name)
            if reader is None or name.lower().endswith(".eml"):
                continue
            try:
                yield reader(name, content)
            except Trouble:
                continue  # one attachment that cannot be read hides no other


def _gather(parts: _Parts, message: EmailMessage) -> None:
    """The texts of a message, the messages it forwards, and what is attached."""
    if message.get_content_type() == "message/rfc822":
        parts.forwarded += _inner(message)
    elif message.get_content_type() == "multipart/alternative":
        if (text := _best(message, parts)) is not None:
            parts.texts.append(text)
    elif message.is_multipart():
        for part in _inner(message):
            _gather(parts, part)
    elif _is_attached(message):
        parts.carried.append((_filename(message), _bytes(message)))
    elif message.get_content_maintype() == "text" and (text := _text(message)) is not None:
        parts.texts.append(text)


def _inner(message: EmailMessage) -> list[EmailMessage]:
    parts = message.get_payload()
    return [part for part in parts if isinstance(part, EmailMessage)] if isinstance(parts, list) else []


def _best(message: EmailMessage, parts: _Parts) -> Document | None:
    """Of several renderings of one text, the one that keeps its layout and leaves nothing out."""
    found = _Parts()
    for part in _inner(message):
        _gather(found, part)
    parts.carried += found.carried
    parts.forwarded += found.forwarded
    if not found.texts:
        return None
    longest = max(len(text.text) for text in found.texts)
    return next(text for text in reversed(found.texts) if len(text.text) > 0.6 * longest)


def _text(part: EmailMessage) -> Document | None:
    from crm.documents.readers import from_text

    said = _decoded(part)
    try:
        if part.get_content_subtype() == "html":
            return from_html("", said)
        if part.get_param("format") == "flowed":
            said = _unflowed(said, joined=part.get_param("delsp") == "yes")
        return from_text("", said)
    except Refused:
        return None  # an empty part beside the one that speaks


def _decoded(part: EmailMessage) -> str:
    content, charset = _bytes(part), part.get_content_charset()
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(content)


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _unflowed(text: str, *, joined: bool) -> str:
    """Lines that were only cut for the journey are whole again (RFC 3676)."""
    lines: list[str] = []
    open_ = False
    for line in re.split("\r?\n", text):
        quotes = len(line) - len(line.lstrip(">"))
        flows = line.endswith(" ") and line != "-- "
        bare = line[quotes:].removeprefix(" ") if quotes or line.startswith(" ") else line
        bare = bare[:-1] if flows and joined else bare
        if open_ and lines and not quotes:
            lines[-1] += bare
        else:
            lines.append(line[:quotes] + " " + bare if quotes else bare)
        open_ = flows and not quotes
    return "\n".join(line.rstrip() for line in lines)


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or (
        part.get_content_maintype() != "text" and bool(part.get_filename())
    )


def _filename(part: EmailMessage) -> str:
    return (part.get_filename() or "").replace("/", "_").encode(errors="replace").decode()


def _lists(document: Document) -> bool:
    """Names one under the other, or one behind the other: the message itself is the document."""
    lines = [line for line in document.lines if line.text and not line.quoted]
    short = [line for line in lines if len(line.text) < 90]
    set_apart = sum(bool(line.bullet or line.cells) for line in lines)
    behind = any(len(re.findall("[,;]", line.text)) >= 4 for line in lines)
    return set_apart >= 4 or behind or len(short) >= 14


def _without_headers(document: Document) -> Document:
    """Without the heads of forwarded messages; what they forward was said, not quoted."""
    draft = Draft()
    lines = list(document.lines)
    forwarded = False
    at = 0
    while at < len(lines):
        line = lines[at]
        if _MARKER.fullmatch(line.text) or _opens_headers(lines, at):
            forwarded = True
            at = _behind_headers(lines, at)
            draft.gap()
            continue
        if _SIGNED.match(line.text) and len(lines) - at <= 15:
            break  # the sender's signature, at the end of every mail
        draft.take([line], quoted=False if forwarded else None)
        at += 1
    return draft.document(document.name, document.source)


def _opens_headers(lines: list[Line], at: int) -> bool:
    """Outlook writes the head of the message without a word before it."""
    block = [line.text for line in lines[at : at + 5]]
    return (
        bool(re.match(r"\*?(?:from|de|von|da|от|від)\s?:", block[0], re.IGNORECASE))
        and sum(bool(_HEADER.fullmatch(text)) for text in block) >= 3
    )


def _behind_headers(lines: list[Line], at: int) -> int:
    if _MARKER.fullmatch(lines[at].text):
        at += 1
        while at < len(lines) and not lines[at].text:
            at += 1
    while at < len(lines) and _HEADER.fullmatch(lines[at].text):
        at += 1
        # A long list of receivers goes on, line after line.
        while at < len(lines) and re.match(r"[^:]*<[^<>\s]+@[^<>\s]+>,?;?$", lines[at].text):
            at += 1
    return at
