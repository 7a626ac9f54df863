"""Documents of others, made in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.spec.foreign import Adopted, adopt


@pytest.fixture
def adopted(tmp_path: Path) -> Callable[..., Adopted]:
    """Return a function that adopts a document, given as its members, beside further files by their names."""

    def adopt_document(members: dict[str, Any], **files: Any) -> Adopted:
        document = {"openapi": "3.0.3", "info": {"title": "Parcels", "version": "1.0.0"}, "paths": {}, **members}
        for name, value in {**files, "root": document}.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(value), "utf-8")
        return adopt(tmp_path / "root.json")

    return adopt_document
