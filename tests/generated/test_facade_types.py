"""Type checkers are content with the facades, and see the types of arguments, results and errors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

# Each line that ends with `# wrong` has to be refused, and no other line.
CONSUMER: Final = """
import asyncio
from typing import assert_type

import httpx

from fastpod_client import AsyncFastpod, Fastpod, Response, UnprocessableEntityError
from fastpod_client.models import OrderCancelResponse, ParameterErrorResponse
from fuuffy_client import BadRequestError, Fuuffy
from fuuffy_client.models import OtherRejection, PickpackRejectResponse
from hypertrack_client import UNSET, HyperTrack
from hypertrack_client.models import Metadata, Order
from ppl_client import PPL, CallOptions, RetryPolicy
from ppl_client.models import OrderCancelResponse as Cancelled


def token() -> str:
    return "t"


def sync() -> None:
    with Fastpod(token=token, environment="production", timeout=None, http_client=httpx.Client()) as api:
        assert_type(api.orders.cancel("a"), OrderCancelResponse)
        response = api.orders.cancel_with_response("a", options=CallOptions_)
        assert_type(response, Response[OrderCancelResponse])
        assert_type(response.parsed, OrderCancelResponse)
        api.orders.cancel(1)  # wrong
        api.orders.cancel()  # wrong
        api.orders.cancel("a", "b")  # wrong
        api.orders.cancle("a")  # wrong
    Fastpod(environment="nowhere")  # wrong
    Fastpod("t")  # wrong
    try:
        Fastpod().orders.cancel("a")
    except UnprocessableEntityError as error:
        assert_type(error.body, ParameterErrorResponse | None)


CallOptions_ = None


def others(order: OtherRejection) -> None:
    assert_type(Fuuffy().pickpack.reject(orders=[order]), PickpackRejectResponse)
    Fuuffy().pickpack.reject(orders=[])
    Fuuffy().pickpack.reject([order])  # wrong
    Fuuffy().pickpack.reject(orders=["a"])  # wrong
    assert_type(HyperTrack().orders.cancel("a", type_="drop", metadata=Metadata(), type_index=UNSET), Order)
    HyperTrack().orders.cancel("a", type_="lift")  # wrong
    HyperTrack().orders.cancel("a", type_index="1")  # wrong
    ppl = PPL(retries=RetryPolicy(attempts=1))
    assert_type(ppl.orders.cancel(note=None, x_log_level="Debug", options=CallOptions(timeout=1)), Cancelled)
    ppl.orders.cancel(x_log_level="Loud")  # wrong
    print(BadRequestError.status)  # wrong


async def later() -> str:
    return "t"


async def asynchronous() -> None:
    async with AsyncFastpod(token=later, transport=httpx.AsyncHTTPTransport()) as api:
        assert_type(await api.orders.cancel("a"), OrderCancelResponse)
        assert_type((await api.orders.cancel_with_response("a")).parsed, OrderCancelResponse)
    AsyncFastpod(transport=httpx.HTTPTransport())  # wrong
    Fastpod(token=later)  # wrong


asyncio.run(asynchronous())
"""
MODULES: Final = (
    "__init__",
    "calling",
    "commandline",
    "commands",
    "errors",
    "facade",
    "operations",
    "runtime",
    "testing",
)


@pytest.fixture
def consumer(tmp_path: Path) -> Path:
    """Write the code of a consumer."""
    path = tmp_path / "consumer.py"
    path.write_text(CONSUMER, "utf-8")
    return path


def _wrong() -> set[int]:
    return {number for number, line in enumerate(CONSUMER.splitlines(), 1) if line.endswith("# wrong")}


def _folders(root: Path) -> list[Path]:
    return [path.parent for path in sorted((root / "generated").glob("*/*_client"))]


def test_pyright_is_content_with_the_facades_in_strict_mode(root: Path, consumer: Path) -> None:
    ours = [str(path / f"{path.name}_client" / f"{name}.py") for path in _folders(root) for name in MODULES]
    config = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": [*ours, str(consumer)],
        "extraPaths": [str(path) for path in _folders(root)],
    }
    (consumer.parent / "pyrightconfig.json").write_text(json.dumps(config), "utf-8")
    command = [
        sys.executable,
        "-m",
        "pyright",
        "--outputjson",
        "--pythonpath",
        sys.executable,
        "-p",
        str(consumer.parent),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=consumer.parent)
    found = json.loads(done.stdout)["generalDiagnostics"]
    assert [each for each in found if not each["file"].endswith("consumer.py")] == []
    assert {each["range"]["start"]["line"] + 1 for each in found} == _wrong()


def test_mypy_sees_the_same_types(root: Path, consumer: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-incremental", consumer],
        capture_output=True,
        text=True,
        check=False,
        cwd=consumer.parent,
        env={"MYPYPATH": ":".join(str(path) for path in _folders(root)), "PATH": ""},
    )
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert {line.partition(":")[0] for line in errors} == {"consumer.py"}, done.stdout + done.stderr
    assert {int(line.split(":")[1]) for line in errors} == _wrong()
