"""A request of schemathesis that has no whole answer is shown by its steps, and can be sent again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import attrs
import pytest
import requests

from specloom.fuzz import CampaignSettings, Failure, run_campaign
from specloom.fuzz.replay import read_replay, replay, write_replays
from specloom.fuzz.running import connect
from specloom.fuzz.unanswered import read_whole, request_of
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api

from .faulty import FaultySandbox, Load, on


@contextmanager
def damaging(api: Api, status: int, damage: str) -> Iterator[str]:
    """Serve a sandbox whose answers of a status come to damage on their way."""
    sandbox = FaultySandbox(api, answer=on(status, lambda reply: attrs.evolve(reply, damage=damage)))  # type: ignore[arg-type]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await sandbox(scope, receive, send)

    with RunningSandbox(cast("Sandbox", app)) as running:  # it serves any ASGI app
        yield f"{running.url}/{api.name}"


def _answered(api: Api, url: str, failure: Failure) -> set[str]:
    """Return the checks that fail when a failure is run again."""
    context = connect(api, CampaignSettings(url))
    with closing(context.wire), closing(context.control):
        return {each.check for each in replay(context, failure).failures}


@pytest.mark.parametrize(
    ("status", "damage", "steps"),
    [(200, "reset", 1), (200, "cut", 1), (400, "drop", 2), (400, "cut", 2), (400, "garbage", 2), (401, "drop", 1)],
    ids=["reset", "cut", "dropped again", "cut again", "garbage again", "dropped in a check"],
)
def test_what_had_no_whole_answer_is_shown_and_sent_again(
    load: Load, tmp_path: Path, status: int, damage: str, steps: int
) -> None:
    api = load("ppl")
    with damaging(api, status, damage) as url:
        result = run_campaign(api, CampaignSettings(url, parts=("schemathesis",)))
        found = [each for each in result.failures if each.check == "answered"]
        assert steps in {len(each.steps) for each in found}
        for failure, path in write_replays(tmp_path, result, base_url=url).items():
            if failure in found:
                assert failure.operation == api.operations[0].label
                assert [step.answer is None for step in failure.steps] == [False] * (len(failure.steps) - 1) + [True]
                assert failure.curl.count("curl --globoff") == len(failure.steps)
                assert "sandbox-north-token" not in failure.curl + path.read_text("utf-8")
                assert _answered(api, url, read_replay(path).failure) == {"answered"}
                found.remove(failure)
    assert found == []


def test_without_the_damage_the_failure_is_gone(load: Load) -> None:
    api = load("ppl")
    with damaging(api, 200, "cut") as url:
        failures = run_campaign(api, CampaignSettings(url, parts=("schemathesis",))).failures
    with RunningSandbox(Sandbox([api])) as running:
        assert [_answered(api, f"{running.url}/ppl", each) for each in failures] == [set()]


@pytest.mark.parametrize(("status", "damage"), [(200, "cut"), (401, "drop")], ids=["of a case", "of a check"])
def test_what_a_request_without_an_answer_may_have_changed_is_blamed_on_no_other(
    load: Load, status: int, damage: str
) -> None:
    with damaging(load("ppl"), status, damage) as url:
        result = run_campaign(load("ppl"), CampaignSettings(url, parts=("schemathesis",)))
    assert {each.check for each in result.failures} == {"answered"}


class _Broken(requests.Response):
    """An answer whose body breaks off."""

    @property
    def content(self) -> bytes:
        """Raise what an incomplete body raises."""
        raise requests.exceptions.ChunkedEncodingError


def _broken(media_type: str) -> requests.Response:
    response = _Broken()
    response.headers["Content-Type"] = media_type
    response.request = requests.Request("GET", "http://127.0.0.1/a").prepare()
    return response


def test_an_error_in_the_middle_of_a_body_names_its_request() -> None:
    response = _broken("application/json")
    with pytest.raises(requests.RequestException) as caught:
        read_whole(response, timeout=1)
    assert request_of(caught.value) is response.request


def test_a_stream_that_may_have_no_end_is_not_read() -> None:
    read_whole(_broken("text/event-stream; charset=utf-8"))


def test_other_errors_are_about_no_request() -> None:
    assert request_of(ValueError("no pattern")) is None
    assert request_of(requests.ConnectionError()) is None
    assert request_of(requests.ConnectionError(request=requests.Request("GET", "http://127.0.0.1"))) is None
