"""The small spec of the spec room's tests, and ways to change it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from specloom.spec import Document, load
from specloom.spec import pointer as json_pointer
from specloom.spec.lint import lint

PARCEL: Final = Path(__file__).with_name("parcel.yaml")


@pytest.fixture(scope="session")
def parcel() -> Document:
    """The small spec as it stands."""
    return load(PARCEL)


@pytest.fixture
def write(tmp_path: Path, parcel: Document) -> Callable[[dict[str, Any]], Document]:
    """Return a function that writes the small spec with `changes`, a JSON value by pointer, and loads it.

    Ellipsis as the value removes what stands at the pointer.
    """

    def changed(changes: dict[str, Any]) -> Document:
        data = copy.deepcopy(json.loads(json.dumps(parcel.data)))
        for pointer, value in changes.items():
            if value is ...:
                head, _, last = pointer.rpartition("/")
                holder = json_pointer.get(data, head)
                del holder[int(last) if isinstance(holder, list) else json_pointer.split(f"/{last}")[0]]
            else:
                json_pointer.put(data, pointer, value)
        path = tmp_path / "parcel" / "openapi.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data, indent=1), "utf-8")
        return load(path)

    return changed


@pytest.fixture
def judge(write: Callable[[dict[str, Any]], Document]) -> Callable[[str, dict[str, Any], str | None], None]:
    """Return a function that asserts that changes to the small spec break a rule at a place, or none at all."""

    def judged(rule: str, changes: dict[str, Any], at: str | None) -> None:
        document = write(changes)
        findings = lint(document)
        if at is None:
            assert findings == []
            return
        assert at in [finding.pointer for finding in findings if finding.rule == rule]
        for finding in findings:
            assert finding.message
            assert finding.remedy
            assert re.fullmatch(r".*/openapi\.yaml:[0-9]+ #(/.*)?", str(document.place(finding.pointer)))

    return judged
