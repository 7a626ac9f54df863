"""A spec that the rest cannot rely on is refused with one error that says file, line, pointer and remedy."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.spec import Document, SpecloomError, load_api
from specloom.spec import pointer as json_pointer
from specloom.spec.conflicts import conflicts
from specloom.spec.lint import lint
from specloom.spec.loading import read_api
from specloom.spec.validity import check

PARCEL = Path(__file__).with_name("parcel.yaml")
HOLD = "/paths/~1parcels~1{number}~1hold/post"


@pytest.mark.parametrize(
    ("old", "new", "at", "message", "remedy"),
    [
        ("openapi: 3.1.0", "openapi: 3.1.0\n  bad: [", "bad: [", "not YAML", "correct the syntax at this line"),
        (
            "schema: {$ref: '#/components/schemas/HoldRequest'}",
            "schema: {$ref: '#/components/schemas/HoldReqest'}",
            "HoldReqest",
            "$ref '#/components/schemas/HoldReqest' leads nowhere",
            "correct the name, or add what it names",
        ),
        (
            "paths:\n",
            "paths:\n  /a: {get: {operationId: holdParcel}}\n",
            "      operationId: holdParcel",
            "operationId 'holdParcel' is that of GET /a too",
            "give each operation its own name",
        ),
        (
            "      x-ensures:",
            "      x-ensure:",
            "x-ensure:",
            "'x-ensure' is not a keyword of the behaviour vocabulary",
            "use one of x-answers",
        ),
        ("/state == ", "/state = ", "/state = ", "does not match", "follow the vocabulary"),
        ("openapi: 3.1.0", "openapi: 3.0.3", "3.0.3", "this is not OpenAPI 3.1", "write `openapi: 3.1.0`"),
        ("type: array", "type: list", "type: list", "is not valid", "follow JSON Schema 2020-12 here"),
        ("'^P[0-9]+$'", "'^P[0-9+$'", "'^P[0-9+$'", "regex", "correct the schema"),
    ],
)
def test_a_fault_is_told_with_its_place(old: str, new: str, at: str, message: str, remedy: str, tmp_path: Path) -> None:
    text = PARCEL.read_text("utf-8")
    assert old in text
    path = tmp_path / "openapi.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(SpecloomError) as caught:
        load_api(path)

    error, line = caught.value, next(n for n, line in enumerate(path.read_text().splitlines(), 1) if at in line)
    assert (error.place.path, error.place.line) == (path, line)
    assert message in error.message
    assert remedy in error.remedy
    assert str(error).startswith(f"{path}:{line}")
    assert len(str(error).splitlines()) <= 3


@pytest.mark.parametrize("text", ["[]", "text", "3", "null", "{}", "openapi: 3.1.0", "openapi: {}"])
def test_a_file_that_is_no_openapi_document_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(text, "utf-8")

    with pytest.raises(SpecloomError):
        load_api(path)


def test_the_small_spec_is_accepted() -> None:
    api = load_api(PARCEL)

    assert [operation.label for operation in api.operations] == ["POST /parcels/{number}/hold"]


def test_documents_without_paths_or_schemas_are_valid(write: Callable[[dict[str, Any]], Document]) -> None:
    check(write({"/paths": {}, "/components": ..., "/x-records": ...}))


def places(value: Any, tokens: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the tokens of every place in `value`."""
    found = [tokens] if tokens else []
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        found += places(child, (*tokens, str(name)))
    return found


SMALL: dict[str, Any] = json.loads(json.dumps(load_api(PARCEL).document.data))
SOURCE = load_api(PARCEL).document.source
WRONG: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, False, 3, -1.5, "", "x", "$x", "{$x}", [], ["x"], [None], [[]], {}, {"a": 1}, {"": {}}, {"$ref": 3},
     {"$ref": "#/nope"}, {"$ref": "#/components/schemas/Parcel"}, "200", "#/components/schemas/Parcel"]
)  # fmt: skip
NAMES = st.sampled_from(["x-foo", "", "type", "$ref", "a/b~", "x-answers", "properties", "x-ensures", "items", "oneOf"])


@given(place=st.sampled_from(places(SMALL)), value=WRONG, name=st.none() | NAMES, drop=st.booleans())
def test_a_spec_changed_anywhere_is_accepted_or_refused_in_words(
    place: tuple[str, ...], value: Any, name: str | None, *, drop: bool
) -> None:
    """One value is replaced, renamed or removed; no reader of the spec fails with anything but SpecloomError."""
    data = copy.deepcopy(SMALL)
    holder = json_pointer.get(data, json_pointer.join(*place[:-1]))
    if isinstance(holder, list):
        holder[int(place[-1])] = value
    else:
        old = holder.pop(place[-1])
        if name is not None:
            holder[name] = old
        elif not drop:
            holder[place[-1]] = value
    document = Document(path=PARCEL, data=data, source=SOURCE)

    assert_told(lambda: read_checked(document))
    for finding in lint(document):
        assert finding.message
        assert finding.remedy
    assert all(question.text for question in conflicts(document))


def read_checked(document: Document) -> None:
    """Check and read a document."""
    check(document)
    read_api(document, "parcels")


def assert_told(read: Callable[[], None]) -> None:
    """Assert that `read` returns, or raises an error with a message and a pointer."""
    error: SpecloomError | None = None
    try:
        read()
    except SpecloomError as raised:
        error = raised
    assert error is None or (error.message and error.place.pointer is not None)
