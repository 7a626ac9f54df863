"""Run the campaigns of several APIs and seeds, each against a server of its own, in the processes of an executor."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

import attrs

from specloom.fuzz.result import CampaignResult
from specloom.fuzz.running import run_campaign
from specloom.fuzz.settings import CampaignSettings
from specloom.scheduling import completed
from specloom.spec import Api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

# Schemathesis keeps its hooks and checks for the whole process, and the workers of a cluster may have several threads.
_ALONE: Final = threading.Lock()


class Served(Protocol):
    """A server that runs, at `url`."""

    url: str


ServeApi = Callable[[Api], AbstractContextManager[Served]]
"""Serves an API, below its name, for as long as a `with` block lasts."""


@attrs.frozen
class _Task:
    """One campaign, whole enough for a process on another machine: the spec goes along as text."""

    api: str
    spec: str = attrs.field(repr=False)
    path: str
    settings: CampaignSettings
    serve: ServeApi = attrs.field(repr=False)


def run_campaigns(  # noqa: PLR0913 - what is run, and with what
    apis: Sequence[Api],
    seeds: Sequence[int],
    settings: CampaignSettings,
    serve: ServeApi,
    executor: Executor,
    *,
    on_done: Callable[[CampaignResult], None] | None = None,
) -> list[CampaignResult]:
    """Run the campaign of each API with each seed; return the results by API, then by seed.

    `serve` is what a process of `executor` can import. The base URL and the seed of `settings` do not count.
    Raises SpecloomError as `run_campaign` does.
    """
    tasks = [
        _Task(
            api.name,
            api.document.path.read_text("utf-8"),
            str(api.document.path),
            attrs.evolve(settings, seed=seed),
            serve,
        )
        for api in apis
        for seed in seeds
    ]
    results: dict[int, CampaignResult] = {}
    for index, result in completed(executor, _run, tasks):
        results[index] = result
        if on_done is not None:
            on_done(result)
    return [results[index] for index in range(len(tasks))]


def _run(task: _Task) -> CampaignResult:
    api = read_api(parse(task.spec, Path(task.path)), task.api)
    with _ALONE, task.serve(api) as server:
        return run_campaign(api, attrs.evolve(task.settings, base_url=f"{server.url}/{api.name}"))
