"""Letters with fields: written once in Markdown, personal for each recipient.

Values are data: they are inserted after the Markdown is rendered and escaped for where they
land (rule 10), so a name is never a link, a heading or a field.
"""

from crm.letters.catalogue import FIELDS, Field
from crm.letters.message import Envelope, Paper, build
from crm.letters.ready import ReadyLetter, ready_letters
from crm.letters.template import Letter, Rendered, compile_letter

__all__ = [
    "FIELDS", "Envelope", "Field", "Letter", "Paper", "ReadyLetter", "Rendered", "build",
    "compile_letter", "ready_letters",
]  # fmt: skip
