"""What the tests of the specs look at: each spec of this repository, its validators, its operations."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from specloom.spec import Api, Schemas, find_specs, load_api

SPECS: Final = Path(__file__).parents[2] / "specs"


@pytest.fixture(scope="session", params=[path.parent.name for path in find_specs(folder=SPECS)])
def api(request: pytest.FixtureRequest) -> Api:
    """Each API in turn."""
    return load_api(SPECS / request.param / "openapi.yaml")


@pytest.fixture(scope="session")
def schemas(api: Api) -> Schemas:
    """The validators of that API's schemas."""
    return Schemas(api.document)
