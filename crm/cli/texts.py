"""To come."""

from __future__ import annotations

from crm.cli.asking import Commands


def add(commands: Commands) -> None:
    """The commands of this group."""
