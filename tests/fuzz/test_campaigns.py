"""Campaigns of several APIs and seeds run at once, each on a server of its own; seeds are compared with the spec's."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest
from click.testing import CliRunner

from specloom.cli import main
from specloom.cli.servers import make_app, serve_api
from specloom.fuzz import CampaignResult, CampaignSettings
from specloom.fuzz.campaigns import run_campaigns
from specloom.fuzz.proof.inside import inside
from specloom.fuzz.result import Failure
from specloom.fuzz.seeded import part
from specloom.scheduling import executor

from .faulty import Load, mutated

SETTINGS = CampaignSettings("", max_examples=2)


def _told(results: list[CampaignResult]) -> list[CampaignResult]:
    """Leave out what no seed decides: time, and where the server was."""
    return [attrs.evolve(result, seconds=0.0, base_url="") for result in results]


def test_processes_and_threads_find_the_same(load: Load) -> None:
    apis = [load("fastpod"), load("ppl")]
    with executor(2) as processes, ThreadPoolExecutor(2) as threads:
        results = [_told(run_campaigns(apis, [3, 4], SETTINGS, serve_api, each)) for each in (processes, threads)]
    assert results[0] == results[1]
    assert [(each.api, each.seed, each.ok) for each in results[0]] == [
        ("fastpod", 3, True),
        ("fastpod", 4, True),
        ("ppl", 3, True),
        ("ppl", 4, True),
    ]


def test_the_command_takes_a_range_of_seeds() -> None:
    done = CliRunner().invoke(main, ["fuzz", "fastpod", "--seeds", "7-8", "--max-examples", "1", "--jobs", "1"])
    assert done.exit_code == 0, done.output
    assert re.findall(r"fastpod │ +\d+ │ +0 │ +(\d) ", done.output) == ["7", "8"]


@pytest.mark.parametrize("text", ["8-7", "a", "1-b", "-1"])
def test_what_is_no_range_of_seeds_is_said_so(text: str) -> None:
    done = CliRunner().invoke(main, ["fuzz", "fastpod", f"--seeds={text}"])
    assert done.exit_code == 2
    assert "is no number, and no range such as 0-19" in done.output


def test_several_campaigns_at_once_need_servers_of_their_own() -> None:
    done = CliRunner().invoke(main, ["fuzz", "fastpod", "--seeds", "0-1", "--base-url", "http://127.0.0.1:1"])
    assert done.exit_code == 2
    assert "would disturb each other" in done.output


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("count: 200", "count: 199", "1 of 200 seeds of north are not there: CUST-000200"),
        ("count: 200", "count: 201", "north has 1 records that the spec does not seed: CUST-000201"),
        ("tenant: south, count: 10", "tenant: north, count: 10", "10 of 10 seeds of south are not there: CUST-900001,"),
        ("state: collected, record", "state: cancelled, record", "5 of 5 seeds of north are not there: CUST-000301,"),
    ],
)
def test_a_server_with_other_seeds_fails(load: Load, old: str, new: str, expected: str) -> None:
    api = load("ppl")
    context = inside(api, make_app(mutated(api, (old, new))))
    failures = [event for event in part(context) if isinstance(event, Failure)]
    assert any(failure.message.startswith(expected) for failure in failures)
    assert {failure.check for failure in failures} == {"documented_seeds"}


def test_a_server_with_the_seeds_of_the_spec_passes(load: Load) -> None:
    for name in ("fastpod", "fuuffy", "hypertrack", "ppl"):
        assert not [each for each in part(inside(load(name), make_app(load(name)))) if isinstance(each, Failure)]
