"""`specloom fuzz`: run the campaign against the sandbox or a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import click

from specloom.cli import options, reporting
from specloom.cli.live import Given, call_live
from specloom.cli.live import server as server_options
from specloom.cli.replaying import run_replay
from specloom.cli.servers import serve_api
from specloom.fuzz import CampaignInterrupted, CampaignResult, CampaignSettings, Progress, run_campaign
from specloom.fuzz.campaigns import run_campaigns
from specloom.fuzz.conformance import MAX_SECONDS
from specloom.fuzz.running import PARTS
from specloom.fuzz.settings import MAX_OPERATIONS, TIMEOUT
from specloom.fuzz.targets import read_credentials
from specloom.sandbox import SandboxProcess
from specloom.scheduling import executor
from specloom.spec import Credential, find_specs, load_api


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
@click.option(
    "--max-examples", default=10, show_default=True, type=click.IntRange(min=1), help="How many random cases."
)
@click.option(
    "--max-operations",
    default=MAX_OPERATIONS,
    show_default=True,
    type=click.IntRange(min=0),
    help="How many operations of an API are looked at in depth, others for each seed; 0 takes all.",
)
@click.option("--parts", multiple=True, metavar="PART", help=f"Run this part alone: {', '.join(PARTS)}.")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Seconds after which nothing is begun.")
@click.option(
    "--max-response-time",
    default=MAX_SECONDS,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="How long an answer may take.",
)
@click.option("--stop-at-first", is_flag=True, help="Stop an API's campaign at its first failure.")
@click.option("--report", type=click.Path(file_okay=False, path_type=Path), help="Folder for HTML, JUnit XML, JSON.")
@click.option("--replay", type=click.Path(dir_okay=False, path_type=Path), help="Run the failure in this file again.")
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
    max_operations: int,
    parts: tuple[str, ...],
    time_limit: float | None,
    max_response_time: float,
    stop_at_first: bool,
    report: Path | None,
    replay: Path | None,
    server: Given,
    as_json: bool,
) -> None:
    """Fuzz each API: every rule of its spec one fault away, random sequences, and all phases of schemathesis.

    Each failure comes with the rule it breaks, a curl line, and a file that --replay runs again, such as against the
    corrected server. Exit codes: 0 all checks passed, or the failure is gone; 1 a check failed, or the failure shows
    again; 2 it could not be run; 130 stopped, with the report of what was found until then.
    """
    chosen = CampaignSettings(
        "",
        seed,
        max_examples,
        max_operations,
        credential=Credential("", token, user, password) if token or user else None,
        allowed_hosts=allow_host,
        parts=parts,
        time_limit=time_limit,
        max_response_time=max_response_time,
        timeout=max(TIMEOUT, 2 * max_response_time),
        stop_at_first=stop_at_first,
    )
    if replay is not None:
        if server.live:
            raise click.UsageError("a live server is sent what its plan lists; leave out --live or --replay")
        listed = () if server.credentials is None else read_credentials(server.credentials)
        again = attrs.evolve(server.control(chosen), base_url=base_url or "")
        raise SystemExit(run_replay(replay, apis, again, listed))
    paths = find_specs(apis)
    if base_url is not None and len(paths) != 1:
        raise click.UsageError("--base-url is that of one API; name that API")
    server.check(base_url)
    results: list[CampaignResult] = []
    try:
        if seeds is not None or jobs is not None or scheduler is not None:
            if base_url is not None:
                raise click.UsageError("campaigns at once would disturb each other on one server; leave out --base-url")
            results += run_many(paths, seeds or range(seed, seed + 1), chosen, jobs, scheduler)
        else:
            with targets(paths, base_url) as urls:
                for path, url in zip(paths, urls, strict=True):
                    settings = attrs.evolve(chosen, base_url=url)
                    results += run_one(path, settings, None if base_url is None else server, quiet=as_json)
    except CampaignInterrupted as stopped:
        if report is not None:
            reporting.save([*results, stopped.result], report, base_url=base_url)
        raise
    reporting.report(results, report, base_url=base_url, as_json=as_json)
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


def run_one(path: Path, settings: CampaignSettings, server: Given | None, *, quiet: bool) -> list[CampaignResult]:
    """Run the campaign of one API against a server of the user's; nothing for a dry run. Raises SpecloomError."""
    if server is None:
        return [run(path, settings)]
    api = load_api(path)
    settings = server.settings(api, settings)
    if not server.live:
        return [run(path, settings)]
    result = call_live(api, settings, server, quiet=quiet)
    return [] if result is None else [result]


def run(path: Path, settings: CampaignSettings) -> CampaignResult:
    """Run the campaign of one API, with progress where there is a terminal. Raises SpecloomError."""
    api = load_api(path)
    with options.progress() as progress:
        task = progress.add_task(f"Fuzzing {api.name}", total=None)

        def show(state: Progress) -> None:
            progress.update(task, completed=state.cases, description=f"Fuzzing {api.name}: {state.phase}")

        return run_campaign(api, settings, on_progress=show)
