"""`specloom fuzz --live` shows its plan, asks, and sends nothing without an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from specloom.cli.fuzz import command
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api, SpecloomError

Call = Callable[..., Result]


class Vendor(Sandbox):
    """A server that notes what it is sent."""

    def __init__(self, api: Api) -> None:
        """Take the API."""
        super().__init__([api])
        self.seen: list[Request] = []

    async def handle(self, request: Request) -> Reply:
        """Answer a request."""
        self.seen.append(request)
        return await super().handle(request)


@pytest.fixture
def vendor(load: Callable[[str], Api]) -> Vendor:
    """A server of PPL."""
    return Vendor(load("ppl"))


@pytest.fixture
def call(vendor: Vendor, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """Run `specloom fuzz ppl --live` against that server, with credentials of a tenant."""
    monkeypatch.chdir(root)
    credentials = tmp_path / "credentials.yaml"
    credentials.write_text("- {tenant: north, token: sandbox-north-token}\n", "utf-8")
    with RunningSandbox(vendor) as running:
        host = running.url.removeprefix("http://")

        def fuzz(*arguments: str, typed: str = "", allowed: str = host) -> Result:
            options = ["--base-url", f"{running.url}/ppl", "--live", "--allow-host", allowed, "--rate", "1000"]
            text = typed.replace("HOST", host)
            return CliRunner().invoke(command, ["ppl", *options, "--credentials", str(credentials), *arguments], text)

        yield fuzz


def test_a_dry_run_shows_the_plan_and_sends_nothing(call: Call, vendor: Vendor) -> None:
    result = call("--dry-run")
    assert result.exit_code == 0
    assert "POST /order/cancel: a record that there is not, expecting 400" in result.output
    assert "cases" not in result.output
    assert vendor.seen == []


@pytest.mark.parametrize("typed", ["", "\n", "yes\n", "127.0.0.1\n"])
def test_nothing_is_sent_without_the_name_of_the_host(call: Call, vendor: Vendor, typed: str) -> None:
    result = call(typed=typed)
    assert isinstance(result.exception, SpecloomError)
    assert "not confirmed" in result.exception.message
    assert vendor.seen == []


@pytest.mark.parametrize(("arguments", "typed"), [((), "HOST\n"), (("--yes",), "")])
def test_a_plan_that_is_confirmed_is_run(call: Call, vendor: Vendor, arguments: tuple[str, ...], typed: str) -> None:
    result = call(*arguments, typed=typed)
    assert result.exit_code == 0, result.output
    assert "requests to" in result.output
    assert len(vendor.seen) > 5
    assert all(request.path == "/ppl/order/cancel" for request in vendor.seen)


def test_a_host_that_is_not_allowed_is_sent_nothing(call: Call, vendor: Vendor) -> None:
    result = call("--yes", allowed="127.0.0.1")
    assert isinstance(result.exception, SpecloomError)
    assert "is not on the allow list" in result.exception.message
    assert vendor.seen == []


def test_an_allow_list_may_be_a_file(call: Call, vendor: Vendor, tmp_path: Path) -> None:
    hosts = tmp_path / "hosts"
    hosts.write_text("127.0.0.1:1\n", "utf-8")
    assert isinstance(call("--yes", "--allow-hosts", str(hosts), allowed="elsewhere").exception, SpecloomError)
    assert vendor.seen == []


@pytest.mark.parametrize("arguments", [("--live",), ("--ids", "ids.yaml"), ("--base-url", "http://127.0.0.1", "--yes")])
def test_options_that_do_not_go_together(
    root: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    result = CliRunner().invoke(command, ["ppl", *arguments])
    assert result.exit_code == 2
    assert "Usage" in result.output
