"""A foreign spec of which no pydantic models can be made still gives a package, and it is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.generate.modelling.making import document

from specloom.generate import generate
from specloom.generate.calling.checking import load_schemas
from specloom.spec import SpecloomError

SCHEMAS: dict[str, Any] = {"Thing": {"type": "object", "properties": {"a": {"type": "string"}}}}


@pytest.fixture(autouse=True)
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let datamodel-code-generator fail."""

    def fail(*_: Any, **__: Any) -> str:
        raise IndexError("out of ideas")

    monkeypatch.setattr("datamodel_code_generator.generate", fail)


def test_a_foreign_spec_gives_a_package_without_them(tmp_path: Path) -> None:
    api = document(tmp_path, SCHEMAS, body="Thing")
    found = generate([api.document.path], tmp_path / "generated", jobs=1)[0]
    reason = "datamodel-code-generator failed: IndexError('out of ideas')"
    assert [(loss.kind, loss.reason) for loss in found.losses] == [("models", reason)]
    assert found.pydantic_models == 0
    assert not (found.path / "odd_client" / "schemas.py").exists()
    assert reason in (found.path / "README.md").read_text("utf-8")


def test_whoever_asks_for_them_is_told() -> None:
    with pytest.raises(ImportError, match="this package has no pydantic models"):
        load_schemas("email", "odd-client")


def test_a_spec_written_by_hand_is_refused(tmp_path: Path) -> None:
    api = document(tmp_path, SCHEMAS, foreign=False, body="Thing")
    with pytest.raises(SpecloomError, match="datamodel-code-generator failed: IndexError"):
        generate([api.document.path], tmp_path / "generated", jobs=1)
