"""Choices that stay on this computer: the file opened last, the theme, the window's place.

Never a contact, never a secret.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def recall(key: str, default: Any = None) -> Any:
    """What was remembered under this key."""
    return _all().get(key, default)


def remember(key: str, value: Any) -> None:
    """Keep a choice; a full or read-only disk loses it, never the work."""
    known = _all() | {key: value}
    part = _path().with_suffix(".part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
        part.replace(_path())
    except OSError:
        part.unlink(missing_ok=True)


def last_workspace() -> str | None:
    """The path or address of the workspace opened last."""
    found = recall("workspace")
    return found if isinstance(found, str) else None


def my_name(known_as: str | None = None) -> str:
    """The name this computer's acts are signed with in a shared workspace.

    Until one is chosen: the name the server knows her by, or this computer's user.
    """
    found = recall("my_name")
    if isinstance(found, str) and found.strip():
        return found.strip()
    if known_as:
        return known_as
    from getpass import getuser

    return getuser()


def documents() -> Path:
    """Where a new file goes unless she says otherwise."""
    from platformdirs import user_documents_path

    return user_documents_path()


def in_cloud(path: Path) -> bool:
    """Whether a folder looks copied to somebody else's computer all day long."""
    watched = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud", "mega")
    return any(name in part.lower() for part in path.parts for name in watched)


def _path() -> Path:
    folder = os.environ.get("COSIGNE_CONFIG_DIR")
    if folder is None and sys.platform.startswith("linux"):
        # What platformdirs says here (XDG), without the 15 ms of its import at each start.
        home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
        folder = str(Path(home) / "cosigne")
    elif folder is None:
        from platformdirs import user_config_path

        folder = str(user_config_path("cosigne"))
    return Path(folder) / "choices.json"


def _all() -> dict[str, Any]:
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
