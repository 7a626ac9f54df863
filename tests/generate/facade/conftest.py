"""The package of a made-up API with the shapes that the four vendors do not have, and clients of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from tests.generate.packages import imported

from specloom.generate import generate

from .odd_shapes import SECRETS, Server


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Return the package of the made-up API."""
    folder = tmp_path_factory.mktemp("shapes")
    spec = folder / "specs" / "shapes" / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(Path(__file__).with_name("shapes.yaml").read_text("utf-8"), "utf-8")
    generate([spec], folder / "generated", jobs=1)
    with imported(folder / "generated" / "shapes", "shapes_client") as module:
        yield module


@pytest.fixture
def server() -> Server:
    """Return a server that answers nothing with 200."""
    return Server()


@pytest.fixture
def connect(package: ModuleType, server: Server) -> Callable[..., Any]:
    """Return a function that makes a client of the server, with all credentials."""

    def make(**arguments: Any) -> Any:
        return package.OddShapes(**{**SECRETS, "transport": httpx.MockTransport(server), **arguments})

    return make


@pytest.fixture
def api(connect: Callable[..., Any]) -> Any:
    """Return a client."""
    return connect()
