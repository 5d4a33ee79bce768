"""Every room from the command line.

Text for people, or `--json` on standard output; errors as one sentence on standard error.
Exit 0 done, 1 trouble, 2 usage, 3 done with rejected rows.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from crm import vault
from crm.cli import letters, mail, proofs, registers, texts, workspaces
from crm.errors import Trouble
from crm.language import _

if TYPE_CHECKING:
    from crm.demo import Account

GROUPS = (workspaces, texts, proofs, letters, registers, mail)
"""Each module adds its commands to the parser: `add(commands)`."""


def main(arguments: Sequence[str], *, show: Callable[[Account], object] | None = None) -> int:
    """Run one command; its exit code.  `show` is given what a demonstration made."""
    vault.take_phrase()
    asked = parser().parse_args(arguments, argparse.Namespace(show=show))
    try:
        code = int(asked.run(asked) or 0)
        sys.stdout.flush()
        return code
    except Trouble as trouble:
        said = f"{trouble.message} {trouble.hint}".strip()
        print(f"cosigne: {said}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return _unheard()
    except OSError as error:
        where = error.filename if error.filename is not None else ""
        print(f"cosigne: {error.strerror or error} {where}".rstrip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(_("cosigne: stopped. Nothing half done was kept."), file=sys.stderr)
        return 130
    finally:
        vault.take_phrase()  # one that this command had no use for is forgotten


def _unheard() -> int:
    """Whoever read our words has left: no more of them, and no complaint at the end."""
    # Not the signal: it would also end us when a mail server hangs up.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141  # what a shell expects of it


def parser() -> argparse.ArgumentParser:
    """Every command and its options."""
    top = argparse.ArgumentParser(
        prog="cosigne", description=_("Who signs what, under which name.")
    )
    commands = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    for group in GROUPS:
        group.add(commands)
    return top
