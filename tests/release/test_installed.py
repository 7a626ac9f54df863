"""The built wheels work for others: in an environment of their own, without specloom, typed, on the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from specloom.release import build_wheel
from specloom.spec import Api


@attrs.frozen
class Use:
    """How the tests use a package: client class, its call, the model that it returns, the same as a command."""

    client: str
    call: tuple[str, str]
    model: str
    command: tuple[str, ...]
    error: str = "UnauthorizedError"

    @property
    def with_response(self) -> str:
        """The same call, giving the whole response."""
        method, arguments = self.call
        return f"{method}_with_response({arguments})"


USES = {
    "fastpod": Use(
        "Fastpod",
        ("orders.cancel", '"F237-120723-000001"'),
        "OrderCancelResponse",
        ("orders", "cancel", "F237-120723-000001"),
    ),
    "fuuffy": Use(
        "Fuuffy",
        ("pickup.cancel", 'order_id="3570983"'),
        "PickupCancelResponse",
        ("pickup", "cancel", "--order-id", "3570983"),
    ),
    "hypertrack": Use("HyperTrack", ("orders.cancel", '"order-1"'), "Order", ("orders", "cancel", "order-1")),
    "ppl": Use(
        "PPL",
        ("orders.cancel", 'customer_reference="CUST-000001"'),
        "OrderCancelResponse",
        ("orders", "cancel", "--customer-reference", "CUST-000001"),
    ),
}
EACH = pytest.mark.parametrize("name", USES)
CONSUMER = '''
"""What a user of the package may write."""

import asyncio
import sys
from typing import Any, assert_type

import httpx

from {package} import ApiError, Async{client}, CallOptions, {client}, Response, RetryPolicy, UNSET, {error}
from {package}.models import {model}
from {package}.testing import ExampleTransport


def cancel(base_url: str) -> {model}:
    """Call the operation, typed from the arguments to the result."""
    with {client}(base_url=base_url, timeout=10.0, retries=RetryPolicy(attempts=2)) as api:
        response = api.{with_response}
        assert_type(response, Response[{model}])
        assert_type(response.parsed, {model})
        assert response.attempts == 1
        assert UNSET is not None
        return response.parsed


async def cancel_later(base_url: str) -> {model}:
    """Call it in another way."""
    async with Async{client}(base_url=base_url) as api:
        result = await api.{call}
        assert_type(result, {model})
        return result


def refuse(base_url: str) -> str:
    """Be told that the credential is wrong."""
    transport = ExampleTransport()
    transport.reply(status=401)
    transport.fail(error=httpx.ConnectError, times=1)
    try:
        {client}(base_url=base_url, transport=transport, retries=RetryPolicy(first_delay=0.0)).{call}
    except {error} as error:
        assert_type(error.status_code, int)
        assert_type(error.may_have_been_applied, bool)
        assert error.attempts == len(transport.requests) == 2
        return type(error).__name__
    except ApiError:
        return ""
    return ""


if __name__ == "__main__":
    options: dict[str, Any] = {{"cancel": cancel, "refuse": refuse}}
    url = sys.argv[2]
    made = asyncio.run(cancel_later(url)) if sys.argv[1] == "later" else options[sys.argv[1]](url)
    assert "specloom" not in sys.modules
    assert CallOptions(timeout=1.0).timeout == 1.0
    print(type(made).__name__ if not isinstance(made, str) else made)
'''
PROJECT = '''
"""The tests of a project that uses the package."""

import asyncio
import sys

import pytest


def test_nothing_is_imported_before_a_fixture_is_used(request: pytest.FixtureRequest) -> None:
    assert "{package}.facade" not in sys.modules
    request.getfixturevalue("{name}")
    assert "{package}.facade" in sys.modules


def test_the_client_is_answered_from_the_examples({name}, {name}_transport) -> None:
    from {package} import {error}

    assert type({name}.{call}).__name__ == "{model}"
    {name}_transport.reply(status=401)
    with pytest.raises({error}):
        {name}.{call}
    assert [each.headers["authorization"].split()[1] for each in {name}_transport.requests] == ["[redacted]"] * 2


def test_the_async_client_is_too(async_{name}, {name}_transport) -> None:
    assert type(asyncio.run(async_{name}.{call})).__name__ == "{model}"
    assert len({name}_transport.requests) == 1


def test_tests_do_not_share_a_transport({name}_transport) -> None:
    assert {name}_transport.requests == []


def test_what_is_not_there_is_said({name}_transport) -> None:
    with pytest.raises(LookupError, match="documents no status 418; there are 200"):
        {name}_transport.reply(status=418)
'''


def _fields(name: str) -> dict[str, str]:
    use = USES[name]
    return {
        **attrs.asdict(use),
        "name": name,
        "package": f"{name}_client",
        "call": f"{use.call[0]}({use.call[1]})",
        "with_response": use.with_response,
    }


@pytest.fixture(scope="module")
def python(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment into which the wheels were installed, beside what they require."""
    folder = tmp_path_factory.mktemp("installed")
    wheels = [str(build_wheel(root / "generated" / name, folder / "dist")) for name in USES]
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv/bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--quiet", "--no-index", "--no-deps", *wheels], check=True)
    # What they require is shared, there being no index; specloom itself is not, its own .pth is not read by this one.
    (site,) = (folder / "venv/lib").glob("python*/site-packages")
    (site / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


@pytest.fixture(scope="module")
def consumers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of users, one for each package."""
    folder = tmp_path_factory.mktemp("consumers")
    for name in USES:
        (folder / f"use_{name}.py").write_text(CONSUMER.lstrip().format(**_fields(name)))
    return folder


def _credentials(api: Api) -> dict[str, str]:
    credential = next(each for scheme in api.security_schemes.values() for each in scheme.credentials)
    values = {name: getattr(credential, name) for name in ("token", "user", "password")}
    found = {f"{api.name}_{name}".upper(): value for name, value in values.items() if value is not None}
    return {**_environment(), **found}


def _environment() -> dict[str, str]:
    """Return the environment without what leads to specloom, or sets up clients or pytest."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST_"))}
    return {name: value for name, value in kept.items() if name.partition("_")[0].lower() not in USES}


def _run(command: list[str], **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


def test_specloom_is_not_there(python: Path) -> None:
    done = subprocess.run([str(python), "-I", "-c", "import specloom"], capture_output=True, text=True, check=False)
    assert "No module named 'specloom'" in done.stderr


@EACH
@pytest.mark.parametrize("how", ["cancel", "later", "refuse"])
def test_a_program_calls_the_sandbox(
    load: Callable[[str], Api], python: Path, consumers: Path, sandbox_url: str, name: str, how: str
) -> None:
    command = [str(python), "-I", str(consumers / f"use_{name}.py"), how, f"{sandbox_url}/{name}"]
    out = _run(command, env=_credentials(load(name)))
    assert out.strip() == (USES[name].error if how == "refuse" else USES[name].model)


@EACH
def test_the_script_does(load: Callable[[str], Api], python: Path, sandbox_url: str, name: str) -> None:
    script = [str(python.parent / name), *USES[name].command, "--base-url", f"{sandbox_url}/{name}"]
    assert isinstance(json.loads(_run([*script, "--json"], env=_credentials(load(name)))), dict)
    assert _run([str(python.parent / name), "--version"]).split()[0] == f"{name}-client"


@EACH
def test_pytest_finds_the_fixtures_of_the_package(python: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "test_project.py").write_text(PROJECT.lstrip().format(**_fields(name)))
    others = [f"no:{each}" for each in ("cacheprovider", "schemathesis", "hypothesispytest", "xdist")]
    plugins = [option for each in others for option in ("-p", each)]
    out = _run([str(python), "-m", "pytest", "-q", "-W", "error", *plugins], cwd=tmp_path, env=_environment())
    assert out.splitlines()[-1].startswith("5 passed")


def test_mypy_strict_finds_nothing_in_programs(python: Path, consumers: Path) -> None:
    _run(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(python), "--config-file=", "."],
        cwd=consumers,
    )


def test_pyright_strict_finds_nothing_in_programs_nor_in_what_we_add(python: Path, consumers: Path) -> None:
    """Left out is what the two generators write: models, `api`, `client.py`, `types.py`, `schemas.py`."""
    (site,) = (python.parent.parent / "lib").glob("python*/site-packages")
    for name in USES:
        shutil.copytree(site / f"{name}_client", consumers / f"{name}_client")
    theirs = ["**/models.py", "**/api", "**/client.py", "**/types.py", "**/schemas.py"]
    settings = {"typeCheckingMode": "strict", "include": ["."], "exclude": theirs, "pythonVersion": "3.11"}
    (consumers / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--pythonpath", str(python), "--project", str(consumers)]
    out = _run([*command, "--outputjson"], cwd=consumers)
    assert json.loads(out)["summary"]["filesAnalyzed"] > 4 * 12
