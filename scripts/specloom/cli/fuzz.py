"""`specloom fuzz`: run the campaign against the sandbox or a server."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs
import click
from rich.table import Table

from specloom.cli import options
from specloom.cli.live import Given, call_live
from specloom.cli.live import server as server_options
from specloom.cli.servers import serve_api
from specloom.fuzz import CampaignResult, CampaignSettings, run_campaign
from specloom.fuzz.campaigns import run_campaigns
from specloom.fuzz.reports import plain
from specloom.sandbox import SandboxProcess
from specloom.scheduling import executor
from specloom.spec import Credential, find_specs, load_api

_LINES: Final = Path(".cache/fuzz")
_MAX_LINE: Final = 4000


@click.command("fuzz")
@options.apis
@click.option("--base-url", metavar="URL", help="Server to fuzz; by default a sandbox that is started for the run.")
@click.option("--allow-host", multiple=True, metavar="HOST", help="Host besides this machine that may be fuzzed.")
@click.option("--token", envvar="SPECLOOM_TOKEN", help="Bearer token or API key; also SPECLOOM_TOKEN.")
@click.option("--user", envvar="SPECLOOM_USER", help="User name for HTTP Basic; also SPECLOOM_USER.")
@click.option("--password", envvar="SPECLOOM_PASSWORD", help="Password for HTTP Basic; also SPECLOOM_PASSWORD.")
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same cases.")
@click.option("--seeds", metavar="FIRST-LAST", callback=options.numbers, help="A campaign for each of these seeds.")
@options.jobs
@options.scheduler
@click.option("--max-examples", default=50, show_default=True, type=click.IntRange(min=1), help="For each operation.")
@server_options
@options.as_json
def command(  # noqa: PLR0913 - one for each option
    apis: tuple[str, ...],
    *,
    base_url: str | None,
    allow_host: tuple[str, ...],
    token: str | None,
    user: str | None,
    password: str | None,
    seed: int,
    seeds: range | None,
    jobs: int | None,
    scheduler: str | None,
    max_examples: int,
    server: Given,
    as_json: bool,
) -> None:
    """Fuzz each API: all phases of schemathesis with live identifiers, and the behaviour that the spec describes.

    Exit 1 when a check failed; each failure comes with a curl line that shows it.
    """
    paths = find_specs(apis)
    if base_url is not None and len(paths) != 1:
        raise click.UsageError("--base-url is that of one API; name that API")
    credential = Credential("", token, user, password) if token or user else None
    server.check(base_url)
    if seeds is not None or jobs is not None or scheduler is not None:
        if base_url is not None:
            raise click.UsageError("campaigns at once would disturb each other on one server; leave out --base-url")
        settings = CampaignSettings("", max_examples=max_examples, credential=credential)
        results = run_many(paths, seeds or range(seed, seed + 1), settings, jobs, scheduler)
    else:
        with targets(paths, base_url) as urls:
            chosen = CampaignSettings("", seed, max_examples, credential=credential, allowed_hosts=allow_host)
            found = [
                run_one(path, attrs.evolve(chosen, base_url=url), None if base_url is None else server, quiet=as_json)
                for path, url in zip(paths, urls, strict=True)
            ]
            results = [result for result in found if result is not None]
    if as_json:
        options.print_json([plain(result) for result in results])
    else:
        show(results)
    if not all(result.ok for result in results):
        raise SystemExit(1)


@contextmanager
def targets(paths: list[Path], base_url: str | None) -> Iterator[list[str]]:
    """Yield the base URL of each API: the one given, or that of a sandbox for as long as the block lasts."""
    if base_url is not None:
        yield [base_url]
        return
    with SandboxProcess(paths) as sandbox:
        yield [f"{sandbox.url}/{path.parent.name}" for path in paths]


def run_many(
    paths: list[Path], seeds: range, settings: CampaignSettings, jobs: int | None, scheduler: str | None
) -> list[CampaignResult]:
    """Run the campaign of each API with each seed, several at once, each against a sandbox of its own."""
    apis = [load_api(path) for path in paths]
    with options.progress() as progress, executor(jobs, scheduler) as workers:
        task = progress.add_task("Fuzzing", total=len(apis) * len(seeds))
        return run_campaigns(apis, seeds, settings, serve_api, workers, on_done=lambda _: progress.advance(task))


def run_one(path: Path, settings: CampaignSettings, server: Given | None, *, quiet: bool) -> CampaignResult | None:
    """Run the campaign of one API against a server of the user's; None for a dry run. Raises SpecloomError."""
    if server is None:
        return run(path, settings)
    api = load_api(path)
    settings = server.settings(api, settings)
    return call_live(api, settings, server, quiet=quiet) if server.live else run(path, settings)


def run(path: Path, settings: CampaignSettings) -> CampaignResult:
    """Run the campaign of one API, with progress where there is a terminal. Raises SpecloomError."""
    api = load_api(path)
    with options.progress() as progress:
        task = progress.add_task(f"Fuzzing {api.name}", total=None)
        return run_campaign(api, settings, on_progress=lambda state: progress.update(task, completed=state.cases))


def _shown(curl: str) -> str:
    """Return a curl line as it is to be shown: in a file of its own when it is longer than a screen."""
    if len(curl) <= _MAX_LINE:
        return curl
    path = _LINES / f"{zlib.crc32(curl.encode()):08x}.sh"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(curl + "\n", "utf-8")
    except OSError:
        return curl
    return f"bash {path}"


def show(results: list[CampaignResult]) -> None:
    """Print the failures, what was left out, and a table."""
    console = options.console()
    for result in results:
        for failure in result.failures:
            console.print(f"[red]FAILED[/red] {result.api} {failure.operation}: {failure.check}")
            console.print(failure.message, markup=False, style="dim")
            console.print(_shown(failure.curl), markup=False, soft_wrap=True)
            console.print()
        for each in result.left_out:
            console.print(f"[yellow]left out[/yellow] {result.api}: {each}")
    table = Table()
    for heading in ("API", "cases", "failures", "seed", "seconds", "cases per second"):
        table.add_column(heading, justify="left" if heading == "API" else "right")
    for result in results:
        rate = result.cases / result.seconds if result.seconds else 0
        row = (result.cases, len(result.failures), result.seed)
        table.add_row(result.api, *map(str, row), f"{result.seconds:.1f}", f"{rate:.0f}")
    console.print(table)
