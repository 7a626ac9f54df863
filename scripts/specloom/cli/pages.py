"""`specloom pages`: what documentation pages state."""

from __future__ import annotations

import importlib
from typing import Final

import click

# Verb by verb, so that one verb does not import what another needs.
_VERBS: Final = {
    "check": "specloom.cli.pages_check",
    "draft": "specloom.cli.pages_draft",
    "drift": "specloom.cli.pages_drift",
    "lock": "specloom.cli.pages_lock",
    "read": "specloom.cli.pages_read",
}


class _Verbs(click.Group):
    """Loads the verb that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _VERBS:
            return None
        command = importlib.import_module(_VERBS[cmd_name]).command
        assert isinstance(command, click.Command)  # noqa: S101 - a mistake in the table above
        return command


@click.group("pages", cls=_Verbs)
def command() -> None:
    """Read documentation pages, compare them with the specs, and say what changed on them."""
