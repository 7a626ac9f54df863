"""The package of a document with parameters in all styles, and what its clients send."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
import yaml
from tests.generate.packages import imported

from specloom.generate import Generated, generate

from .ways import document


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """Return what was generated of the document."""
    folder = tmp_path_factory.mktemp("styles")
    spec = folder / "specs" / "colors" / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(yaml.safe_dump(document(), sort_keys=False), "utf-8")
    return generate([spec], folder / "generated", jobs=1)[0]


@pytest.fixture(scope="session")
def package(generated: Generated) -> Iterator[ModuleType]:
    """Return its package."""
    with imported(generated.path, "colors_client") as module:
        yield module
