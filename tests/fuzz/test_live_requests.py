"""A live server is sent no request that a correct server would act on, and the first sign of harm ends it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

from specloom.fuzz.targets import KnownRecord
from specloom.sandbox import Sandbox
from specloom.sandbox.message import Reply
from specloom.sandbox.message import Request as Received
from specloom.spec import Api

from .faulty import FaultySandbox, Load
from .vendor import live

NAMES = ["fastpod", "fuuffy", "hypertrack", "ppl"]


@pytest.mark.parametrize("name", NAMES)
def test_a_correct_server_refuses_everything_and_keeps_its_records(load: Load, name: str) -> None:
    with live(load(name)) as server:
        plan = server.plan()
        result = server.run(plan)
        assert result.failures == ()
        assert result.cases == len(plan.requests) > 2
        assert server.changed == []
        assert "200" not in result.statuses
        assert {"unknown-record", "unauthenticated"} <= {each.outcome for each in plan.requests}
        assert {each.outcome for each in plan.requests} - {"unknown-record", "unauthenticated"} <= {"invalid"}


def test_even_a_server_that_checks_nothing_has_nothing_to_change(load: Load) -> None:
    """Whatever is wrong with a request, the record that it names is not there."""
    for name in NAMES:
        with live(load(name)) as server:
            keys = {repr(value) for _, body in _seeded(load(name)) for value in _leaves(body) if len(str(value)) > 5}
            for planned in server.plan().requests:
                sent = f"{planned.request.target} {(planned.request.body or b'').decode()}"
                assert not any(json.loads(json.dumps(key))[1:-1] in sent for key in keys if key[1:-1].isalnum())


def _seeded(api: Api) -> list[tuple[str, dict[str, Any]]]:
    return [
        (tenant, {key: body.get(key.removeprefix("/")) for key in kind.keys})
        for kind in api.records.values()
        for tenant, body in kind.seeded()
    ]


def _leaves(value: Any) -> Iterator[Any]:
    yield from value.values()


def test_records_that_are_listed_to_be_acted_on_and_no_others_are(load: Load) -> None:
    listed = (
        KnownRecord("order", "north", {"orderReference": "ORD-000005"}, complete=False, act=True),
        KnownRecord("order", "north", {"orderReference": "ORD-000006"}, complete=False),
    )
    with live(load("ppl"), listed) as server:
        plan = server.plan()
        assert any("CHANGES the order 'ORD-000005' of north" in line for line in plan.lines())
        result = server.run(plan)
        assert result.failures == ()
        assert [body["orderReference"] for body in server.changed] == ["ORD-000005"]
        assert "the order 'ORD-000005' of north may have been changed, and is not brought back" in result.left_out


def test_without_a_credential_only_its_absence_is_tried(load: Load) -> None:
    with live(load("ppl")) as server:
        server.settings = attrs.evolve(server.settings, credentials=())
        plan = server.plan()
        assert {each.outcome for each in plan.requests} == {"unauthenticated"}
        assert server.run(plan).failures == ()
        sent = {value for each in plan.requests for name, value in each.request.headers if name == "Authorization"}
        assert sent == {"Bearer made-up"}


def _accepting(status: int, *, to: int) -> Callable[[Received, Reply, Sandbox], Reply]:
    return lambda _, reply, __: attrs.evolve(reply, status=to) if reply.status == status else reply


@pytest.mark.parametrize(
    ("to", "said"),
    [(200, "accepted what it must refuse, and may have changed"), (503, "may have changed"), (302, "redirects")],
)
def test_the_first_sign_of_harm_ends_it(load: Load, to: int, said: str) -> None:
    with live(load("fuuffy"), answer=_accepting(404, to=to)) as server:
        plan = server.plan()
        result = server.run(plan)
        assert len(result.failures) == 1
        assert said in result.failures[0].message
        assert any("requests: the server" in text and said.partition(", ")[0] in text for text in result.left_out)
        assert isinstance(server.sandbox, FaultySandbox)
        assert len(server.sandbox.seen) == result.cases < len(plan.requests)


def test_another_refusal_is_a_failure_that_does_not_end_it(load: Load) -> None:
    with live(load("fuuffy"), answer=_accepting(404, to=400)) as server:
        plan = server.plan()
        result = server.run(plan)
        assert {failure.check for failure in result.failures} == {"documented_outcome"}
        assert result.cases == len(plan.requests)


def test_no_secret_is_in_a_plan_or_a_result(load: Load) -> None:
    with live(load("ppl"), answer=_accepting(400, to=200)) as server:
        plan = server.plan()
        result = server.run(plan)
        assert result.failures
        assert "sandbox-north-token" not in repr(plan) + repr(result) + "".join(plan.lines())
