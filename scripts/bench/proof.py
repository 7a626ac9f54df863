"""Measure how many mutants our campaign catches, how many plain schemathesis does, and how long either takes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

import attrs
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import ScenarioFinished

from bench.figure import Figure, Sample
from specloom.cli.servers import make_app, serve
from specloom.fuzz import CampaignSettings, run_campaign
from specloom.fuzz.engine import authorization
from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.mutants import mutants
from specloom.fuzz.proof.trying import Known, Task, try_mutant
from specloom.fuzz.rules import rules
from specloom.fuzz.wire import AsgiApp
from specloom.scheduling import completed, executor
from specloom.spec import Api, find_specs, load_api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

SAMPLE: Final = 24
"""Mutants of each API; all of them would take plain schemathesis hours."""

_PLAIN: Final = "schemathesis"


@attrs.frozen
class _Unit:
    """One mutant, by its id; a process makes it anew from the spec."""

    api: str
    spec: str
    path: str
    mutant: str
    known: frozenset[tuple[str, str]]


def measure(sample: int = SAMPLE, seed: int = 0, jobs: int | None = None) -> Iterator[Figure]:
    """Try `sample` mutants of each API, drawn by `seed`, with our campaign and with plain schemathesis.

    Plain schemathesis has caught a mutant when a check fails that does not fail on a right server.
    """
    for path in find_specs():
        yield from _figures(load_api(path), sample, seed, jobs)


def _figures(api: Api, sample: int, seed: int, jobs: int | None) -> Iterator[Figure]:
    chosen = Random(seed).sample(sorted(each.id for each in _mutants(api)), sample)  # noqa: S311 - nothing secret
    started = time.perf_counter()
    known = frozenset(_plain_failures(api, make_app(api)))
    plain_seconds = time.perf_counter() - started
    with serve(make_app(api)) as server:
        result = run_campaign(api, CampaignSettings(f"{server.url}/{api.name}", seed))
    spec = api.document.path.read_text("utf-8")
    units = [_Unit(api.name, spec, str(api.document.path), each, known) for each in chosen]
    with executor(jobs) as workers:
        found: Sequence[tuple[bool, bool]] = [each for _, each in completed(workers, _try, units)]
    ours, plain = (Sample((100 * column.count(False) / sample,)) for column in zip(*found, strict=True))
    missed = f"{api.name}: of {sample} mutants missed"
    yield Figure("proof", missed, "%", ours, _PLAIN, plain, limit=5)
    seconds, theirs = Sample((result.seconds,)), Sample((plain_seconds,))
    yield Figure("proof", f"{api.name}: a campaign", "s", seconds, _PLAIN, theirs, limit=10)


def _mutants(api: Api) -> Iterator[Mutant]:
    for rule in rules(api):
        yield from (mutant for mutant in mutants(api, rule) if not mutant.equivalent)


def _try(unit: _Unit) -> tuple[bool, bool]:
    """Say whether our campaign and plain schemathesis catch a mutant."""
    api = read_api(parse(unit.spec, Path(unit.path)), unit.api)
    mutant = next(each for each in _mutants(api) if each.id == unit.mutant)
    task = Task(api.name, unit.spec, unit.path, mutant.rule.id, 0, make_app, serve)
    ours = try_mutant(Known(api, {}), mutant, task).state == "caught"
    plain = any(failure not in unit.known for failure in _plain_failures(api, mutant.app(make_app)))
    return ours, plain


def _plain_failures(api: Api, app: AsgiApp) -> Iterator[tuple[str, str]]:
    """Yield (operation, check) of what `schemathesis run` with a valid credential finds, with its own settings."""
    credential = next(each for scheme in api.security_schemes.values() for each in scheme.credentials)
    header = authorization(api, credential)
    with serve(app) as server:
        config: dict[str, Any] = {
            "seed": 0,
            "base-url": f"{server.url}/{api.name}",
            "headers": {} if header is None else {"Authorization": header},
            "warnings": False,
            "generation": {"database": "none"},
        }
        schema = schemathesis.openapi.from_dict(api.document.data, config=SchemathesisConfig.from_dict(config))
        events = from_schema(schema).execute()
        try:
            for event in events:
                if isinstance(event, ScenarioFinished):
                    for case, nodes in event.recorder.checks.items():
                        label = event.recorder.cases[case].value.operation.label
                        yield from ((label, node.name) for node in nodes if node.failure_info is not None)
        finally:
            events.stop()
