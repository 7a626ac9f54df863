"""What the tests of the specs look at: each spec of this repository, its validators, its operations."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from specloom.spec import Api, Schemas, find_specs, load, load_api
from specloom.spec.vocabulary import is_foreign

SPECS: Final = Path(__file__).parents[2] / "specs"


WRITTEN: Final = [path.parent.name for path in find_specs(folder=SPECS) if not is_foreign(load(path))]


@pytest.fixture(scope="session", params=WRITTEN)
def api(request: pytest.FixtureRequest) -> Api:
    """Each API in turn whose spec was written by hand."""
    return load_api(SPECS / request.param / "openapi.yaml")


@pytest.fixture(scope="session")
def schemas(api: Api) -> Schemas:
    """The validators of that API's schemas."""
    return Schemas(api.document)
