"""The `specloom` command: its verbs, and how an error reaches the person who runs it."""

from __future__ import annotations

import atexit
import gc
import importlib
from typing import Any, Final

import click

from specloom.cli.saying import say
from specloom.spec.errors import SpecloomError

# Verb by verb, so that one verb does not import what another needs.
_VERBS: Final = {
    "adopt": "specloom.cli.adopt",
    "build": "specloom.cli.build",
    "catalogue": "specloom.cli.catalogue",
    "check-generated": "specloom.cli.check_generated",
    "compat": "specloom.cli.compat",
    "conflicts": "specloom.cli.conflicts",
    "fuzz": "specloom.cli.fuzz",
    "gate": "specloom.cli.gate",
    "generate": "specloom.cli.generate",
    "index": "specloom.cli.index",
    "lint": "specloom.cli.lint",
    "pages": "specloom.cli.pages",
    "prove": "specloom.cli.prove",
    "release": "specloom.cli.release",
    "sandbox": "specloom.cli.sandbox",
    "yank": "specloom.cli.yank",
}

# Memory goes back with the process. To look for garbage in it before takes a tenth of the time for a large spec.
atexit.register(gc.freeze)


class _Verbs(click.Group):
    """Loads the verb that is called, and shows a SpecloomError as a message."""

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

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SpecloomError as error:
            say(f"error: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            raise  # who reads has enough; click ends quietly
        except OSError as error:
            say(f"error: {error}", err=True)  # such as a full disk; it names the file
            ctx.exit(2)
        except KeyboardInterrupt:
            say("stopped", err=True)
            ctx.exit(130)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="specloom")
def main() -> None:
    """Make clients, models, a sandbox and a fuzz campaign from OpenAPI 3.1 specs in specs/<api>/openapi.yaml.

    Exit codes: 0 all is well; 1 a check failed; 2 it could not be run, such as for bad input; 130 stopped.
    """
