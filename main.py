"""Arguments, then the window or the command line."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm.demo import Account


def main() -> int:
    """The command line; with no argument, the window."""
    if len(sys.argv) > 1:
        from crm import cli

        return cli.main(sys.argv[1:], show=show)
    return window()


def window() -> int:
    """The window."""
    os.environ.pop("COSIGNE_PASSPHRASE", None)  # it asks for itself, and starts other programs
    gc.disable()  # nothing loaded for the start is garbage; later see `ui.sweeping`
    from ui import app

    return app.main()


def show(account: Account) -> None:
    """What a demonstration made: pictures of its screens, then the window where there is one."""
    folder = account.path.parent / "pictures"
    folder.mkdir(exist_ok=True)
    around = {**os.environ, "COSIGNE_PASSPHRASE": account.phrase, "QT_QPA_PLATFORM": "offscreen"}
    order = [sys.executable, "-m", "ui.portrait", str(account.path), str(folder)]
    subprocess.run(order, env=around, check=False, stderr=subprocess.DEVNULL)
    if sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        window()


if __name__ == "__main__":
    sys.exit(main())
