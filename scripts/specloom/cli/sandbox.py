"""`specloom sandbox`: serve the sandbox until it is told to stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import click
from rich.table import Table

from specloom.cli import options
from specloom.sandbox import Setup, Workers, base_url, listen
from specloom.spec import Api, Operation, SecurityScheme, find_specs

_MOST_OPERATIONS: Final = 20
"""How many operations of an API are listed when it is announced."""


@click.command("sandbox")
@options.apis
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--db",
    envvar="SPECLOOM_DB",
    show_envvar=True,
    metavar="FILE|URL",
    help="SQLite file for the records, or postgresql://USER:PASSWORD@HOST:PORT/DATABASE.",
)
@click.option(
    "--sync",
    type=click.Choice(["normal", "full"]),
    default="normal",
    show_default=True,
    help="Whether what is answered outlives the end of the process, or a loss of power too.",
)
@click.option(
    "--control-token",
    envvar="SPECLOOM_CONTROL_TOKEN",
    show_envvar=True,
    metavar="TOKEN",
    help="Bearer token with which other machines may use /_sandbox/; without it only this one may.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that share --db.")
def command(  # noqa: PLR0913 - one for each option
    apis: tuple[str, ...],
    *,
    host: str,
    port: int,
    db: str | None,
    sync: Literal["normal", "full"],
    control_token: str | None,
    workers: int,
) -> None:
    """Serve the APIs as their specs say, each under /<api> and a single one at / too.

    The records are kept in memory unless --db names a database. A browser gets the console at /. The control plane
    below `/_sandbox/` resets, reads and adds records and shows the journal; /_sandbox/openapi.json describes it.
    """
    setup = Setup(tuple(find_specs(apis)), db, sync, control_token=control_token, snippets=_snippet)
    server = Workers(setup, workers)
    listener = listen(host, port)
    _announce(server.apis, base_url(listener))
    server.serve(listener)


def _snippet(api: Api, operation: Operation, given: Mapping[str, Any]) -> str:
    # The generator takes a second to import, and the console alone needs it.
    from specloom.generate.request_code import write_request  # noqa: PLC0415

    return write_request(api, operation, given)


def _announce(apis: list[Api], url: str) -> None:
    console = options.console()
    table = Table(title=f"Sandbox at {url} (open it in a browser; Ctrl-C stops it)", title_justify="left")
    for heading in ("API", "base URL", "operation", "credentials of the sandbox"):
        table.add_column(heading, overflow="fold")
    for api in apis:
        labels = [each.label for each in api.operations[:_MOST_OPERATIONS]]
        more = len(api.operations) - len(labels)
        labels += [f"and {more} more"] if more else []
        table.add_row(api.name, f"{url}/{api.name}", "\n".join(labels), "\n".join(_credentials(api)))
    console.print(table)
    console.file.flush()


def _credentials(api: Api) -> Iterator[str]:
    """Yield the credentials that the sandbox lets in; of a scheme that names none, what any has to look like."""
    for scheme in api.security_schemes.values():
        for each in scheme.credentials:
            yield f"{each.tenant}: {each.token or f'{each.user} : {each.password}'}"
        if not scheme.credentials:
            yield f"{scheme.name}: {_any_of(scheme)}"


def _any_of(scheme: SecurityScheme) -> str:
    if scheme.type == "mutualTLS":
        return "nothing, as there is no TLS"
    if scheme.type == "apiKey":
        return f"any value in the {scheme.location} {scheme.parameter}"
    if scheme.scheme == "basic":
        return "any user and password (HTTP Basic)"
    return f"Authorization: {(scheme.scheme or 'bearer').title()} and any token"
