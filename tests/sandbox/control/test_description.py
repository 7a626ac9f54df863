"""The control plane is what its own description says: it is served by it, linted, and fuzzed by our own campaign."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx

from specloom.fuzz import CampaignSettings, run_campaign
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.sandbox.control.descriptions import control_api
from specloom.sandbox.control.expanding import expanded
from specloom.spec import Api
from specloom.spec.lint import lint
from specloom.spec.loading import read_api
from specloom.spec.reading import parse
from specloom.spec.validity import check

# Rules for what describes a vendor's API: objects named for a client, credentials of tenants, statuses that only
# another machine gets, promises about records, and the page it was written from.
NOT_OURS = {"S06", "S11", "S28", "S34", "S35"}


def test_it_follows_the_rules_for_specs() -> None:
    assert [each for each in lint(control_api().document) if each.rule not in NOT_OURS] == []


def test_what_a_sandbox_serves_is_valid_and_names_all_it_has(apis: list[Api], sandbox_url: str) -> None:
    document = parse(httpx.get(f"{sandbox_url}/_sandbox/openapi.json").text, Path("control.json"))
    check(document)
    paths = {each.path for each in read_api(document, "control").operations}
    for api in apis:
        assert {f"/_sandbox/{api.name}/{name}" for name in ("reset", "digest", "forms", "questions")} <= paths
        assert {f"/_sandbox/{api.name}/records/{kind}" for kind in api.records} <= paths
    assert not any("{" in path for path in paths)


def test_a_schema_that_refers_to_itself_is_described() -> None:
    text = Path(__file__).with_name("nested.yaml").read_text("utf-8")
    api = read_api(parse(text, Path("nested.yaml")), "nested")
    document = expanded(control_api().document.data, {"nested": api})
    assert document["components"]["schemas"]["nested.components.schemas.Part"]["properties"]["parts"]["items"] == {
        "$ref": "#/components/schemas/nested.components.schemas.Part"
    }


def test_our_own_campaign_finds_nothing(load: Callable[[str], Api]) -> None:
    def write(*_: object) -> str:
        return "pass"

    with RunningSandbox(Sandbox([load("ppl")], snippets=write)) as sandbox:
        document = parse(httpx.get(f"{sandbox.url}/_sandbox/openapi.json").text, Path("control.json"))
        settings = CampaignSettings(sandbox.url, max_examples=2)
        result = run_campaign(read_api(document, "control"), settings)
    assert result.failures == ()
    assert result.cases > 1000
    assert {"200", "201", "204", "400", "405", "415", "422"} <= result.statuses.keys()
