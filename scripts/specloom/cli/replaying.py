"""Run a failure again from its file, against a sandbox started for it or a server of the user's."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import attrs
import click

from specloom.cli import options
from specloom.cli.servers import serve_api
from specloom.fuzz import CampaignSettings
from specloom.fuzz.replay import Replay, Verdict, read_replay, replay
from specloom.fuzz.replay.credentials import credentials_again
from specloom.fuzz.reports import show_replay
from specloom.fuzz.running import connect
from specloom.spec import Api, Credential, find_specs, load_api


def run_replay(file: Path, apis: Sequence[str], settings: CampaignSettings, listed: Sequence[Credential]) -> bool:
    """Run a failure again and show what comes of it; return whether it shows again.

    The base URL is that of the settings, else of the file; a sandbox is started where neither has one. Raises
    SpecloomError when the file cannot be used.
    """
    found = read_replay(file)
    if apis and tuple(apis) != (found.api,):
        raise click.UsageError(f"{file} is about {found.api}")
    api = load_api(find_specs((found.api,))[0])
    if api.document.digest() != found.spec:
        click.echo(f"warning: the spec of {api.name} has changed since the failure was found", err=True)
    known = credentials_again(api, found.credentials, settings.credential, listed, os.environ)
    settings = attrs.evolve(settings, credential=None, credentials=known)
    base_url = settings.base_url or found.base_url
    if base_url:
        verdict = _run(api, attrs.evolve(settings, base_url=base_url), found)
    else:
        with serve_api(api) as server:
            verdict = _run(api, attrs.evolve(settings, base_url=f"{server.url}/{api.name}"), found)
    show_replay(options.console(), found, verdict)
    return bool(verdict.failures)


def _run(api: Api, settings: CampaignSettings, found: Replay) -> Verdict:
    context = connect(api, settings)
    with closing(context.wire), closing(context.control):
        if not context.control.available:
            click.echo("warning: the server cannot be reset; what was used up before may look like a failure", err=True)
        return replay(context, found.failure)
