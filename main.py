"""Arguments, then the window or the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """The command line; with no argument, the window."""
    if len(sys.argv) > 1:
        from crm import cli

        return cli.main(sys.argv[1:])
    return window()


def window() -> int:
    """The window."""
    from ui import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
