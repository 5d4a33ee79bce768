"""The record of every change: the database itself notes each row, so that nobody can forget to.

On a file the triggers are TEMP and live on the writing connection, so migrations never see
them; on a server they are real ones.  One mechanism, three fruits: undo and redo, the journal,
and what the windows must repaint.
"""

from crm.history.journal import (
    LEDGER,
    Changes,
    Entry,
    changes_of,
    entry,
    journal,
    tally,
    to_redo,
    to_undo,
)
from crm.history.recording import begin, install, install_for_all, make_final, rest, watch
from crm.history.undoing import take_back

__all__ = [
    "LEDGER",
    "Changes",
    "Entry",
    "begin",
    "changes_of",
    "entry",
    "install",
    "install_for_all",
    "journal",
    "make_final",
    "rest",
    "take_back",
    "tally",
    "to_redo",
    "to_undo",
    "watch",
]
