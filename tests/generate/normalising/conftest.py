"""The package of a foreign document with what openapi-python-client refuses, and a server to call with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
import yaml
from tests.generate.packages import imported

from specloom.generate import Generated, generate
from specloom.generate.normalising import normalise
from specloom.generate.prepared import Prepared
from specloom.spec import load_api

Schemas = dict[str, Any]


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """Return what was generated of the document."""
    folder = tmp_path_factory.mktemp("traits")
    spec = folder / "specs" / "trait" / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(Path(__file__).with_name("trait.yaml").read_text("utf-8"), "utf-8")
    return generate([spec], folder / "generated", jobs=1)[0]


@pytest.fixture(scope="session")
def package(generated: Generated) -> Iterator[ModuleType]:
    """Return its package."""
    with imported(generated.path, "trait_client") as module:
        yield module


@pytest.fixture
def requests() -> list[httpx.Request]:
    """Return what was asked, in order."""
    return []


@pytest.fixture
def answers() -> list[httpx.Response]:
    """Return what will be answered, in order."""
    return []


@pytest.fixture
def api(package: ModuleType, requests: list[httpx.Request], answers: list[httpx.Response]) -> Any:
    """Return a client of a server that answers with `answers`."""

    def handle(request: httpx.Request) -> httpx.Response:
        request.read()
        requests.append(request)
        return answers.pop(0)

    return package.Trait(base_url="https://api.example.com", transport=httpx.MockTransport(handle))


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Prepared]:
    """Return a function that normalises a foreign document with component schemas, and one operation."""

    def normalised(schemas: Schemas, **operation: Any) -> Prepared:
        spec = tmp_path / "thing" / "openapi.yaml"
        spec.parent.mkdir(exist_ok=True)
        document = {
            "openapi": "3.1.0",
            "x-foreign": True,
            "info": {"title": "Thing", "version": "1.0.0"},
            "paths": {
                "/things": {
                    "post": {"operationId": "doThing", "responses": {"204": {"description": "Done"}}, **operation}
                }
            },
            "components": {"schemas": schemas},
        }
        spec.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
        return normalise(load_api(spec))

    return normalised
