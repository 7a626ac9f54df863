"""The committed packages, importable as if they were installed, and their command lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from tests.generated.commanding import APIS, Ran

from specloom.spec import Api


@pytest.fixture(scope="session")
def packages(root: Path) -> Iterator[Path]:
    """Return the folder of the packages; each can be imported."""
    folders = [str(path.parent) for path in sorted((root / "generated").glob("*/*_client"))]
    sys.path[:0] = folders
    yield root / "generated"
    for folder in folders:
        sys.path.remove(folder)


@pytest.fixture
def run(packages: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run the command line of an API in this process, as if it were installed."""
    assert packages.is_dir()

    def run_line(name: str, *line: str) -> Ran:
        monkeypatch.setattr(sys, "argv", [f"/usr/bin/{name}"])
        commands = import_module(f"{name}_client.commands")
        running = import_module(f"{name}_client.commandline")
        try:
            status = running.run(commands.PROGRAM, line)
        except SystemExit as exited:
            status = exited.code
        return Ran(status, *capsys.readouterr())

    return run_line


@pytest.fixture
def sandbox_credentials(load: Callable[[str], Api], monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the credentials of the sandbox by environment variables, and let nothing go to a vendor."""
    for name in APIS:
        monkeypatch.setenv(f"{name}_base_url".upper(), "http://127.0.0.1:1")
        credential = next(each for scheme in load(name).security_schemes.values() for each in scheme.credentials)
        for variable in ("token", "user", "password"):
            value = getattr(credential, variable)
            if value is not None:
                monkeypatch.setenv(f"{name}_{variable}".upper(), value)
