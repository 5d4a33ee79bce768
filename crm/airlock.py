"""The only door for files that strangers wrote: a child process with limits.

The child may use so much memory and time, write no file, and answer only with plain values and
the gates' own dataclasses.  Whatever happens in it, the window stays alive.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from crm import errors
from crm.errors import Refused, Trouble
from crm.language import _, current, use

P = ParamSpec("P")
T = TypeVar("T")
SECONDS = 20.0
MEMORY = 1 << 30  # bytes
LARGEST_FILE = 50 * 1024 * 1024  # bytes
_LARGEST_ANSWER = 256 * 1024 * 1024  # bytes
_MAY_COME = {
    "crm.documents.document": ("Document", "Line", "Link"),
    "crm.formats.table": ("Sheet", "Workbook"),
    "datetime": ("date", "datetime", "time", "timedelta"),
}
_TROUBLES = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, Trouble)
}
_NONSENSE = (  # what reading bytes that are no answer of ours may raise
    pickle.UnpicklingError, EOFError, AttributeError, ValueError, TypeError, LookupError,
    ImportError, ArithmeticError, MemoryError, RecursionError,
)  # fmt: skip
_TOLD = ("SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE")
"""All the child sees of the environment: no phrase, no password."""
_START = (
    "import json,sys; sys.path[:]=json.loads(sys.argv[1]); from crm.airlock import child; child()"
)


def run(
    function: Callable[..., T], *args: Any, seconds: float = SECONDS, memory: int = MEMORY
) -> T:
    """What the gate's function makes of these arguments, computed in a child process.

    Its Trouble comes back as it is; too much time or memory, or a crash, is Refused in words.
    """
    for each in args:
        if isinstance(each, (str, Path)):
            _refuse_too_large(Path(each))
    order = pickle.dumps(
        (function.__module__, function.__qualname__, args, seconds, memory, current())
    )
    child_ = subprocess.Popen(
        # Isolated: neither the folder one stands in nor PYTHON* may name a module.
        [sys.executable, "-I", "-c", _START, json.dumps(_ways())],
        env={name: os.environ[name] for name in _TOLD if name in os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        said, _nothing = child_.communicate(order, timeout=seconds + 5)
    except subprocess.TimeoutExpired:
        child_.kill()
        child_.communicate()
        raise _too_much() from None
    if child_.returncode != 0 or not said or len(said) > _LARGEST_ANSWER:
        raise _too_much()
    return _answer(said)  # type: ignore[no-any-return]


def _ways() -> list[str]:
    """Where modules come from: as in here, but never relative to a folder of documents."""
    house = str(Path(__file__).absolute().parent.parent)
    ways = [way for way in sys.path if Path(way).is_absolute()]
    return ways if house in ways else [house, *ways]


def _refuse_too_large(path: Path) -> None:
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return  # not a file: the gate itself says so
    if size > LARGEST_FILE:
        raise Refused(
            _("This file is too large to be read safely."),
            hint=_("Files up to {n} MB can be read.").format(n=LARGEST_FILE // 2**20),
        )


def _too_much() -> Refused:
    return Refused(
        _("This file is too large or too intricate to be read safely, or it is damaged."),
        hint=_("Open it in the program it came from and save it again, or copy the text itself."),
    )


def _answer(said: bytes) -> Any:
    try:
        kind, value = _Careful(io.BytesIO(said)).load()
        if kind == "value":
            return value
        name, message, hint = value
        trouble = _TROUBLES[name]
    except _NONSENSE:
        raise _too_much() from None
    raise trouble(message, hint)


class _Careful(pickle.Unpickler):
    """Takes plain values and the gates' own dataclasses; a hijacked child can send nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse every name but those a reader returns."""
        # The whole name is compared: "table.os.system" would be looked up step by step.
        if name in _MAY_COME.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} may not come through")


# --- in the child ---------------------------------------------------------------------------


def child() -> None:
    """Carry out one order from standard input; the answer goes to standard output."""
    import importlib

    module, name, args, seconds, memory, language = pickle.load(sys.stdin.buffer)  # noqa: S301
    use(language)
    function: Any = importlib.import_module(module)
    for part in name.split("."):
        function = getattr(function, part)
    _limit(seconds, memory)
    try:
        answer = ("value", function(*args))
    except Trouble as trouble:
        answer = ("trouble", (type(trouble).__name__, trouble.message, trouble.hint))
    sys.stdout.buffer.write(pickle.dumps(answer))
    sys.stdout.buffer.flush()
    os._exit(0)


def _limit(seconds: float, memory: int) -> None:
    """As far as the system can: on Windows only the clock of the parent holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
