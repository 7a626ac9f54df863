"""The campaign passes on a correct server and fails on a faulty one, each time with a failure of a fitting kind."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from specloom.fuzz import CampaignResult, CampaignSettings, Progress, run_campaign
from specloom.sandbox import RunningSandbox, Sandbox, Store, listen
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api, Credential, SpecloomError
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

Load = Callable[[str], Api]
Change = Callable[[Request, Reply, Sandbox], Reply]


class FaultySandbox(Sandbox):
    """A sandbox that changes what it is asked, or what it answers."""

    def __init__(
        self, api: Api, *, ask: Callable[[Request], Request] | None = None, answer: Change | None = None
    ) -> None:
        """Take what to do with each request to the API, and with each answer."""
        self.store = Store()
        self.seen: list[Request] = []
        super().__init__([api], self.store)
        self._ask = ask
        self._answer = answer

    def handle(self, request: Request) -> Reply:
        """Answer with the faults."""
        if request.path.startswith("/_sandbox/"):
            return super().handle(request)
        self.seen.append(request)
        reply = super().handle(self._ask(request) if self._ask else request)
        return self._answer(request, reply, self) if self._answer else reply


def _run(api: Api, sandbox: Sandbox, **settings: Any) -> CampaignResult:
    with RunningSandbox(sandbox) as running:
        return run_campaign(api, CampaignSettings(f"{running.url}/{api.name}", **{"max_examples": 20, **settings}))


def _mutated(api: Api, *changes: tuple[str, str]) -> Api:
    """Return the API that a changed spec describes."""
    text = api.document.path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_api(parse(text, api.document.path), api.name)


def _rewritten(reply: Reply, edit: Callable[[Any], Any]) -> Reply:
    return attrs.evolve(reply, body=json.dumps(edit(json.loads(reply.body))).encode())


def _on(status: int, change: Callable[[Reply], Reply]) -> Change:
    return lambda _, reply, __: change(reply) if reply.status == status else reply


def _with(path: str, new: Any) -> Callable[[Any], Any]:
    """Return an edit that sets the member at a dotted path, or removes it when `new` is ..."""

    def edit(body: Any) -> Any:
        *parents, last = path.split(".")
        holder = body
        for name in parents:
            holder = holder[name]
        if new is ...:
            holder.pop(last, None)
        else:
            holder[last] = new
        return body

    return edit


def _cancel_another(_: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Change a record of which the refused request does not speak."""
    if reply.status == 400:
        assert isinstance(sandbox, FaultySandbox)
        record = sandbox.store.find("ppl", "order", "north", ("/orderReference", "ORD-000200"))
        assert record is not None
        sandbox.store.replace([(record, {**record.body, "state": "cancelled"})])
    return reply


def _not_found(reply: Reply) -> Reply:
    return attrs.evolve(reply, status=404, body=b'{"detail": {}, "message": "There is no such order."}')


def _authorized(request: Request) -> Request:
    others = tuple(header for header in request.headers if header[0] != "authorization")
    return attrs.evolve(request, headers=(*others, ("authorization", "Bearer sandbox-north-token")))


def _forgetful(_: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Lose every write."""
    assert isinstance(sandbox, FaultySandbox)
    sandbox.store.reset("fastpod")
    return reply


def _half_done(request: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Undo what a success did to the last order of several."""
    orders = json.loads(request.body)["orders"] if reply.status == 200 and b'"orders"' in request.body else []
    if len(orders) > 1:
        assert isinstance(sandbox, FaultySandbox)
        record = sandbox.store.find("fuuffy", "pickpack", "north", ("/order_id", orders[-1]["order_id"]))
        assert record is not None
        sandbox.store.replace([(record, {**record.body, "status": "PICKPACK_PENDING_CONFIRM"})])
    return reply


FAULTS = {
    "another success status": (
        "fastpod",
        {"answer": _on(200, lambda reply: attrs.evolve(reply, status=201))},
        "documented_outcome",
    ),
    "an undocumented status": (
        "fastpod",
        {"answer": _on(422, lambda reply: attrs.evolve(reply, status=409))},
        "status_code_conformance",
    ),
    "a server error": (
        "ppl",
        {"answer": _on(200, lambda reply: attrs.evolve(reply, status=500))},
        "not_a_server_error",
    ),
    "a missing member": (
        "fastpod",
        {"answer": _on(200, lambda reply: _rewritten(reply, _with("data.order_total", ...)))},
        "response_schema_conformance",
    ),
    "a mistyped member": (
        "fastpod",
        {"answer": _on(200, lambda reply: _rewritten(reply, _with("data.test_order", "no")))},
        "response_schema_conformance",
    ),
    "another record echoed": (
        "fastpod",
        {"answer": _on(200, lambda reply: _rewritten(reply, _with("data.id", "F237-120723-000999")))},
        "documented_ensures",
    ),
    "another media type": (
        "fastpod",
        {"answer": _on(200, lambda reply: attrs.evolve(reply, headers=(("content-type", "text/html"),)))},
        "content_type_conformance",
    ),
    "a missing header": (
        "ppl",
        {"answer": _on(200, lambda reply: attrs.evolve(reply, headers=reply.headers[:1]))},
        "response_headers_conformance",
    ),
    "another identifier in a header": (
        "ppl",
        {"answer": _on(200, lambda reply: attrs.evolve(reply, headers=(reply.headers[0], ("x-correlation-id", "x"))))},
        "documented_ensures",
    ),
    "a fault that is not named": (
        "ppl",
        {"answer": _on(400, lambda reply: _rewritten(reply, _with("errors", {})))},
        "fault_located",
    ),
    "a fault that is named wrongly": (
        "ppl",
        {"answer": _on(400, lambda reply: _rewritten(reply, _with("errors", {"sender": ["is missing"]})))},
        "fault_located",
    ),
    "a refusal that changes a record": ("ppl", {"answer": _cancel_another}, "unchanged_after_refusal"),
    "credentials that are not checked": ("ppl", {"ask": _authorized}, "ignored_auth"),
    "an unknown record that is answered as a malformed request": (
        "fuuffy",
        {"answer": _on(404, lambda reply: attrs.evolve(reply, status=400))},
        "documented_outcome",
    ),
    "a malformed body that is answered as an unknown record": (
        "hypertrack",
        {"answer": lambda request, reply, _: _not_found(reply) if reply.status == 422 and request.body else reply},
        "documented_outcome",
    ),
    "a batch of which the last record is not moved": ("fuuffy", {"answer": _half_done}, "documented_outcome"),
    "a write that is lost": ("fastpod", {"answer": _forgetful}, "documented_outcome"),
}
WEAKENED = {
    "a second cancel that is accepted": (
        "ppl",
        [("from: [ordered]", "from: [ordered, cancelled]")],
        "documented_outcome",
    ),
    "a first cancel that is refused": ("ppl", [("from: [ordered]", "from: [collected]")], "documented_outcome"),
    "a mistyped note that is accepted": (
        "ppl",
        [("type: [string, 'null']\n          description: Words", "description: Words")],
        "negative_data_rejection",
    ),
    "an item that is not in the order and is accepted": (
        "fuuffy",
        [("of: $record#/declarations/*", "of: $item#/shipment_detail/parcel_list/*/declaration_list/*")],
        "documented_outcome",
    ),
    "a mistyped parameter that is accepted": (
        "hypertrack",
        [("$ref: '#/components/schemas/OrderType'\n          x-inferred", "type: string\n          x-inferred")],
        "documented_outcome",
    ),
    "another member that is accepted": (
        "ppl",
        [("additionalProperties: false\n      properties:\n        note", "properties:\n        note")],
        "negative_data_rejection",
    ),
}


@pytest.mark.parametrize("name", ["fastpod", "fuuffy", "hypertrack", "ppl"])
def test_a_correct_server_passes(load: Load, name: str) -> None:
    result = _run(load(name), Sandbox([load(name)]), seed=11)
    assert result.failures == ()
    assert result.left_out == ()
    assert {"examples", "coverage", "fuzzing", "stateful"} <= result.phases.keys()
    documented = {
        operation.answers[outcome].status
        for operation in load(name).operations
        for outcome in ("success", "invalid", "unauthenticated")
    }
    assert documented - {"422"} <= result.statuses.keys()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_server_fails(load: Load, fault: str) -> None:
    name, faults, check = FAULTS[fault]
    result = _run(load(name), FaultySandbox(load(name), **faults))  # type: ignore[arg-type]
    assert check in {failure.check for failure in result.failures}
    assert not result.ok


@pytest.mark.parametrize("fault", WEAKENED)
def test_a_server_that_follows_a_weaker_spec_fails(load: Load, fault: str) -> None:
    name, changes, check = WEAKENED[fault]
    result = _run(load(name), Sandbox([_mutated(load(name), *changes)]))
    assert check in {failure.check for failure in result.failures}


@pytest.mark.parametrize("name", ["fastpod", "ppl"])
def test_the_same_seed_gives_the_same_requests_and_another_gives_others(load: Load, name: str) -> None:
    api = load(name)
    runs = []
    for seed in (1, 1, 2):
        sandbox = FaultySandbox(api)
        _run(api, sandbox, seed=seed)
        runs.append([(request.method, request.path, request.query, request.body) for request in sandbox.seen])
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_a_curl_line_shows_the_failure_and_no_secret(load: Load) -> None:
    api = load("ppl")
    answer = _on(400, lambda reply: attrs.evolve(reply, status=418))
    with RunningSandbox(FaultySandbox(api, answer=answer)) as running:
        result = run_campaign(api, CampaignSettings(f"{running.url}/ppl", max_examples=10))
        failure = next(each for each in result.failures if each.check == "status_code_conformance")
        shown = subprocess.run(  # noqa: S602 - it is the line that a user pastes
            f"{failure.curl} --silent --output /dev/null --write-out '%{{http_code}}'",
            shell=True,
            env={**os.environ, "SPECLOOM_TOKEN": "sandbox-north-token"},
            capture_output=True,
            text=True,
            check=True,
        )
    assert failure.status == 418
    assert shown.stdout == "418"
    assert "sandbox-north-token" not in repr(result)


@pytest.mark.parametrize("name", ["fastpod", "hypertrack"])
def test_no_secret_is_in_the_result_or_the_settings(load: Load, name: str) -> None:
    api = load(name)
    leaking = _on(
        200, lambda reply: attrs.evolve(reply, status=500, body=b"c2FuZGJveC1ub3J0aDpzYW5kYm94LW5vcnRoLXNlY3JldA==")
    )
    result = _run(api, FaultySandbox(api, answer=leaking), max_examples=5)
    text = json.dumps(attrs.asdict(result)) + repr(result)
    assert result.failures
    for secret in ("sandbox-north-token", "sandbox-north-secret", "c2FuZGJveC1ub3J0aDpzYW5kYm94LW5vcnRoLXNlY3JldA=="):
        assert secret not in text
    given = CampaignSettings("http://127.0.0.1:1", credential=Credential("", "canary", "user", "canary"))
    assert "canary" not in repr(given)


class _WithoutControl(Sandbox):
    """A server that has no control plane."""

    def handle(self, request: Request) -> Reply:
        """Answer 404 to what is outside the spec."""
        return Reply(404) if request.path.startswith("/_sandbox/") else super().handle(request)


@pytest.mark.parametrize("name", ["fastpod", "hypertrack"])
def test_a_server_without_a_control_plane_is_fuzzed_and_what_is_left_out_is_said(load: Load, name: str) -> None:
    """No record is taken for unused that a case has acted on, although nothing resets it."""
    result = _run(load(name), _WithoutControl([load(name)]))
    assert result.failures == ()
    assert result.cases > 50
    assert len(result.left_out) == 2
    assert result.statuses["200"] > 0


def test_a_server_that_does_not_answer_is_said_so(load: Load) -> None:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    with pytest.raises(SpecloomError, match=f"http://127.0.0.1:{port} does not answer"):
        run_campaign(load("ppl"), CampaignSettings(f"http://127.0.0.1:{port}/ppl"))


def test_a_control_plane_that_fails_on_the_way_is_said_so(load: Load) -> None:
    class Failing(Sandbox):
        """A sandbox whose control plane fails once the API was called."""

        called = False

        def handle(self, request: Request) -> Reply:
            """Answer, or fail."""
            self.called = self.called or not request.path.startswith("/_sandbox/")
            return Reply(500) if self.called and request.path.startswith("/_sandbox/") else super().handle(request)

    with pytest.raises(SpecloomError, match="control plane failed during the campaign"):
        _run(load("fastpod"), Failing([load("fastpod")]), max_examples=2)


def test_progress_is_told(load: Load) -> None:
    seen: list[Progress] = []
    with RunningSandbox(Sandbox([load("fastpod")])) as running:
        settings = CampaignSettings(f"{running.url}/fastpod", max_examples=5)
        result = run_campaign(load("fastpod"), settings, on_progress=seen.append)
    assert {"examples", "coverage", "fuzzing", "stateful"} <= {each.phase for each in seen}
    assert seen[-1].cases == result.cases


def test_the_specs_folder_is_not_written(load: Load, root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (root / "specs").rglob("*")}
    _run(load("fastpod"), Sandbox([load("fastpod")]), max_examples=2)
    assert before == {path: path.stat().st_mtime_ns for path in (root / "specs").rglob("*")}
