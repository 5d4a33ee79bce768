"""What can go wrong that a user can put right.  Anything else is a bug."""

from __future__ import annotations


class Trouble(Exception):
    """A whole sentence for the user; `hint` says what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Refused(Trouble):
    """The request makes no sense now: the data forbids it."""


class Unreachable(Trouble):
    """A server, a keyring or a file did not answer; trying again later may work."""


class Silent(Unreachable):
    """The server of a shared workspace does not answer; what was open was rolled back."""


class TooNew(Trouble):
    """The file was written by a later version of Cosigne; nothing was touched."""


class Damaged(Trouble):
    """The file is not whole any more; nothing was touched."""


class Locked(Trouble):
    """The file is shut: wrong phrase, no key, or another window holds the pen."""
