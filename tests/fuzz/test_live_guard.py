"""A live server is sent the requests of a confirmed plan, slowly, and none that a correct server would act on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import pytest

from specloom.fuzz import CampaignSettings
from specloom.fuzz.live_server.campaign import Limits, prepare, read_hosts, run_live
from specloom.fuzz.live_server.guard import LiveGuard, RefusedError
from specloom.fuzz.live_server.hosts import Host, host_of, is_allowed, is_this_machine
from specloom.fuzz.live_server.plan import LivePlan
from specloom.fuzz.result import CampaignResult
from specloom.fuzz.running import CampaignInterrupted
from specloom.fuzz.targets import KnownRecord
from specloom.fuzz.wire import Request
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.sandbox.message import Reply
from specloom.sandbox.message import Request as Received
from specloom.spec import Api, Credential, SpecloomError

from .faulty import FaultySandbox, Load

NORTH = Credential("north", token="sandbox-north-token")  # noqa: S106 - public
NAMES = ["fastpod", "fuuffy", "hypertrack", "ppl"]


class Live:
    """A sandbox on this machine that is known by the name of another one, and a clock that stands until it is told."""

    def __init__(self, api: Api, sandbox: Sandbox, port: int, listed: tuple[KnownRecord, ...] | None = None) -> None:
        """Take the sandbox and its port."""
        self.api = api
        self.sandbox = sandbox
        self.allowed = {f"api.vendor.test:{port}"}
        self.addresses: tuple[str, ...] = ("127.0.0.1",)
        self.now = 0.0
        self.slept: list[float] = []
        credentials = tuple(
            each
            for scheme in api.security_schemes.values()
            for each in scheme.credentials
            if each.tenant == "north" and not each.forbidden
        )
        url = f"http://api.vendor.test:{port}/{api.name}"
        self.settings = CampaignSettings(url, credentials=credentials, listed=listed)
        self.limits = Limits(lambda: self.allowed)

    def plan(self) -> LivePlan:
        """Make the plan; nothing is sent."""
        return prepare(self.api, self.settings, self.limits, resolve=lambda _: self.addresses)

    def run(self, plan: LivePlan, *, confirmed: str | None = None) -> CampaignResult:
        """Run a plan that is confirmed, unless something else is said."""
        return run_live(
            self.api,
            self.settings,
            plan,
            self.limits,
            confirmed=plan.digest if confirmed is None else confirmed,
            resolve=lambda _: self.addresses,
            clock=lambda: self.now,
            sleep=self.sleep,
        )

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds

    @property
    def changed(self) -> list[dict[str, Any]]:
        """The records that are no longer as seeded."""
        assert isinstance(self.sandbox, FaultySandbox)
        store = self.sandbox.store
        return [
            body
            for kind in self.api.records.values()
            for (_, body), (_, seed) in zip(store.records(self.api.name, kind.name), kind.seeded(), strict=True)
            if body != seed
        ]


@contextmanager
def live(api: Api, listed: tuple[KnownRecord, ...] | None = None, **faults: Any) -> Iterator[Live]:
    sandbox = FaultySandbox(api, **faults)
    with RunningSandbox(sandbox) as running:
        yield Live(api, sandbox, int(running.url.rpartition(":")[2]), listed)


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


@pytest.mark.parametrize("allowed", ["", "vendor.test", "api.vendor.test", "api.vendor.test:1", "*.vendor.test"])
def test_a_host_that_is_not_on_the_list_has_no_plan(load: Load, allowed: str) -> None:
    with live(load("ppl")) as server:
        server.allowed = {allowed}
        with pytest.raises(SpecloomError, match=r"api\.vendor\.test:[0-9]+ is not on the allow list"):
            server.plan()


def test_a_plan_that_is_not_confirmed_is_not_run(load: Load) -> None:
    with live(load("ppl")) as server:
        for confirmed in ("", "yes", server.plan().digest[:-1]):
            with pytest.raises(RefusedError, match="not confirmed"):
                server.run(server.plan(), confirmed=confirmed)
        assert isinstance(server.sandbox, FaultySandbox)
        assert server.sandbox.seen == []


def test_a_list_that_is_changed_meanwhile_ends_it(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()
        server.allowed = set()
        with pytest.raises(SpecloomError, match="not on the allow list"):
            server.run(plan)
        assert isinstance(server.sandbox, FaultySandbox)
        assert server.sandbox.seen == []


def test_a_list_that_is_changed_on_the_way_ends_it_with_a_report(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()

        def sleep(seconds: float) -> None:
            Live.sleep(server, seconds)
            if len(server.slept) == 2:
                server.allowed = set()

        server.sleep = sleep  # type: ignore[method-assign]
        result = server.run(plan)
        assert result.cases == 2
        assert any("is not on the allow list" in text for text in result.left_out)


def test_a_name_that_leads_elsewhere_meanwhile_ends_it(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()
        server.addresses = ("127.0.0.2",)
        with pytest.raises(SpecloomError, match="leads elsewhere"):
            server.run(plan)
        server.addresses = ("127.0.0.2", "127.0.0.1")
        assert server.run(plan).failures == ()


def test_no_more_requests_are_sent_per_second_than_allowed(load: Load) -> None:
    with live(load("ppl")) as server:
        server.limits = attrs.evolve(server.limits, rate=4.0)
        plan = server.plan()
        server.run(plan)
        assert server.slept == [0.25] * (len(plan.requests) - 1)


def test_the_time_limit_ends_it_with_a_report(load: Load) -> None:
    with live(load("ppl")) as server:
        server.limits = attrs.evolve(server.limits, max_time=1.2)
        plan = server.plan()
        result = server.run(plan)
        assert result.cases == 3
        assert (
            f"{len(plan.requests) - 3} of {len(plan.requests)} requests: the time limit is reached" in result.left_out
        )


def test_ctrl_c_ends_it_with_a_report(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()

        def sleep(seconds: float) -> None:
            del seconds
            raise KeyboardInterrupt

        server.sleep = sleep  # type: ignore[method-assign]
        with pytest.raises(CampaignInterrupted) as caught:
            server.run(plan)
        assert caught.value.result.cases == 1


def test_the_guard_sends_no_other_request_and_none_more_often(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()
        sent: list[Request] = []

        class Wire:
            """Notes what it is to send."""

            def send(self, request: Request) -> Any:
                """Note a request."""
                sent.append(request)

            def close(self) -> None:
                """Close nothing."""

        guard = LiveGuard(
            plan,
            lambda _, __: Wire(),
            confirmed=plan.digest,
            allowed=lambda: server.allowed,
            resolve=lambda _: server.addresses,
            sleep=lambda _: None,
        )
        first = plan.requests[0].request
        guard.send(first)
        for other in (
            first,
            attrs.evolve(plan.requests[1].request, method="DELETE"),
            attrs.evolve(plan.requests[1].request, target="/"),
            attrs.evolve(plan.requests[1].request, body=b"{}"),
        ):
            with pytest.raises(RefusedError, match="not in the plan"):
                guard.send(other)
        assert sent == [first]


@pytest.mark.parametrize(("rate", "max_time"), [(0, 1), (-1, 1), (1, 0), (float("nan"), 1)])
def test_limits_are_above_0(load: Load, rate: float, max_time: float) -> None:
    with live(load("ppl")) as server:
        server.limits = attrs.evolve(server.limits, rate=rate, max_time=max_time)
        with pytest.raises(RefusedError, match="above 0"):
            server.run(server.plan())


def test_no_secret_is_in_a_plan_or_a_result(load: Load) -> None:
    with live(load("ppl"), answer=_accepting(400, to=200)) as server:
        plan = server.plan()
        result = server.run(plan)
        assert result.failures
        assert "sandbox-north-token" not in repr(plan) + repr(result) + "".join(plan.lines())


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://API.Example.com/v1", "api.example.com"),
        ("https://api.example.com:8443", "api.example.com:8443"),
        ("http://[::1]:80/", "[::1]"),
        ("http://api.example.com:443", "api.example.com:443"),
    ],
)
def test_a_host_is_said_with_its_port_where_that_is_not_the_usual_one(url: str, host: str) -> None:
    assert str(host_of(url)) == host
    assert is_allowed(host_of(url), [host.upper()])


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example.com",
        "ftp://a",
        "https://",
        "https://a:b",
        "https://a b",
        "https://a\\@b",
        "https://u@a/",
        "http://ä",
    ],
)
def test_a_url_that_hides_its_host_is_refused(url: str) -> None:
    with pytest.raises(SpecloomError):
        host_of(url)


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("127.0.0.9", True),
        ("::1", True),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound to it
        ("example.com", False),
        ("127.0.0.1.example.com", False),
    ],
)
def test_what_this_machine_is(name: str, local: bool) -> None:
    assert is_this_machine(name) is local


def test_an_allow_list_may_have_remarks(tmp_path: Any) -> None:
    path = tmp_path / "hosts"
    path.write_text("# ours\napi.example.com\n\nb.example.com:8443  # staging\n", "utf-8")
    assert read_hosts(path) == ("api.example.com", "b.example.com:8443")
    assert is_allowed(Host("https", "b.example.com", 8443), read_hosts(path))
    with pytest.raises(SpecloomError, match="cannot be read"):
        read_hosts(tmp_path / "nowhere")
