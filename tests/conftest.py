"""Fixtures that all tests share: the specs of this repository and a sandbox that serves them."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import settings

from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api, find_specs, load_api
from specloom.spec.vocabulary import is_foreign

ROOT = Path(__file__).parent.parent

# The machine may be busy: time says nothing about correctness, and the same cases are tried on every run.
settings.register_profile("specloom", deadline=None, derandomize=True)
settings.load_profile("specloom")

# What a shell without job control starts in the background ignores Ctrl-C, and so would all that the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of this repository."""
    return ROOT


@pytest.fixture(scope="session")
def load() -> Callable[[str], Api]:
    """Read one of this repository's APIs by name; each is read once."""
    loaded: dict[str, Api] = {}

    def load_once(name: str) -> Api:
        if name not in loaded:
            loaded[name] = load_api(ROOT / "specs" / name / "openapi.yaml")
        return loaded[name]

    return load_once


@pytest.fixture(scope="session")
def apis(load: Callable[[str], Api]) -> list[Api]:
    """All APIs of this repository that follow its rules; what was adopted need not."""
    found = [load(path.parent.name) for path in find_specs(folder=ROOT / "specs")]
    return [api for api in found if not is_foreign(api.document)]


@pytest.fixture(scope="session")
def strictly_typed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Make sure that `mypy --strict` finds nothing in a package; here, it would keep a hundred megabytes each time."""
    cache = tmp_path_factory.mktemp("mypy")

    def check(package: Path) -> None:
        line = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache), str(package)]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout

    return check


@pytest.fixture(scope="session")
def _served(apis: list[Api]) -> Iterator[str]:
    with RunningSandbox(Sandbox(apis)) as sandbox:
        yield sandbox.url


@pytest.fixture
def sandbox_url(_served: str, apis: list[Api]) -> str:
    """The URL of a running sandbox of all APIs, with the records of a fresh one."""
    for api in apis:
        httpx.post(f"{_served}/_sandbox/{api.name}/reset").raise_for_status()
    return _served
