"""Options of `specloom fuzz` for servers that are not the sandbox: records, credentials, and the guard of live ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import attrs
import click

from specloom.cli import options
from specloom.fuzz import CampaignResult, CampaignSettings
from specloom.fuzz.live_server.campaign import Limits, prepare, read_hosts, run_live
from specloom.fuzz.live_server.plan import LivePlan
from specloom.fuzz.targets import credentials_from, read_credentials, read_ids
from specloom.spec import Api, Credential, SpecloomError

_FILE = click.Path(path_type=Path)


@attrs.frozen
class Given:
    """What the user says about a server that is not the sandbox."""

    ids: Path | None
    credentials: Path | None
    live: bool
    dry_run: bool
    yes: bool
    rate: float
    max_time: float
    allow_hosts: Path | None
    control_token: str | None = attrs.field(repr=False)
    no_control_plane: bool

    def check(self, base_url: str | None) -> None:
        """Raise UsageError when options do not go together."""
        if base_url is None and (self.live or self.ids or self.credentials or self.no_control_plane):
            raise click.UsageError(
                "--live, --ids, --credentials and --no-control-plane are about one server; give its --base-url"
            )
        if not self.live and (self.dry_run or self.yes or self.allow_hosts):
            raise click.UsageError("--dry-run, --yes and --allow-hosts are about a live server; add --live")

    def settings(self, api: Api, settings: CampaignSettings) -> CampaignSettings:
        """Return the settings with the records and the credentials of the user. Raises SpecloomError."""
        given = settings.credential is not None
        found: tuple[Credential, ...] = ()
        if self.credentials is not None:
            found = read_credentials(self.credentials)
        elif not given:
            found = credentials_from(api, os.environ)
        tenants = tuple(each.tenant for each in found)
        listed = None if self.ids is None else read_ids(self.ids, api, tenants)
        return attrs.evolve(self.control(settings), credentials=found, listed=listed)

    def control(self, settings: CampaignSettings) -> CampaignSettings:
        """Return the settings with what the user says about the control plane."""
        return attrs.evolve(settings, control_plane=not self.no_control_plane, control_token=self.control_token)


def server(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options to a command, which gets them as `server`."""

    @click.option("--ids", type=_FILE, metavar="FILE", help="Records to act on where there is no control plane.")
    @click.option("--credentials", type=_FILE, metavar="FILE", help="Credentials of several tenants.")
    @click.option(
        "--control-token",
        envvar="SPECLOOM_CONTROL_TOKEN",
        metavar="TOKEN",
        help="For the control plane of a sandbox on another machine; also SPECLOOM_CONTROL_TOKEN.",
    )
    @click.option("--no-control-plane", is_flag=True, help="The server has none, whatever it answers to /_sandbox/.")
    @click.option("--live", is_flag=True, help="The server is live: send what a correct one refuses, and nothing else.")
    @click.option("--dry-run", is_flag=True, help="With --live: print the plan and send nothing.")
    @click.option("--yes", is_flag=True, help="With --live: confirm the plan unseen.")
    @click.option("--rate", default=2.0, show_default=True, help="With --live: requests per second.")
    @click.option("--max-time", default=300.0, show_default=True, help="With --live: seconds after which it ends.")
    @click.option("--allow-hosts", type=_FILE, metavar="FILE", help="Hosts that may be fuzzed, one a line.")
    @wraps(function)
    def command(*args: Any, **kwargs: Any) -> None:
        given = Given(**{each.name: kwargs.pop(each.name) for each in attrs.fields(Given)})
        function(*args, server=given, **kwargs)

    return command


def call_live(api: Api, settings: CampaignSettings, given: Given, *, quiet: bool = False) -> CampaignResult | None:
    """Print the plan for a live server (to standard error when `quiet`), ask for a confirmation and run it.

    Return None when it is a dry run. Raises SpecloomError, also when the plan is not confirmed.
    """

    def hosts() -> tuple[str, ...]:
        return (*settings.allowed_hosts, *(() if given.allow_hosts is None else read_hosts(given.allow_hosts)))

    limits = Limits(hosts, given.rate, given.max_time)
    plan = prepare(api, settings, limits)
    console = options.console(stderr=quiet)
    for line in plan.lines():
        console.print(line, markup=False)
    if given.dry_run:
        return None
    _confirm(plan, yes=given.yes)
    return run_live(api, settings, plan, limits, confirmed=plan.digest)


def _confirm(plan: LivePlan, *, yes: bool) -> None:
    if yes:
        return
    try:
        typed = click.prompt(f"Type {plan.host} to send them", default="", show_default=False, err=True)
    except click.Abort:
        typed = ""
    if typed.strip().lower() != str(plan.host):
        raise SpecloomError("the plan was not confirmed; nothing was sent", remedy="type the host, or give --yes")
