"""Reading an API from its document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.spec import Document, SpecloomError, find_specs, load_api
from specloom.spec.loading import read_api
from specloom.spec.validity import findings

PARCEL = Path(__file__).with_name("parcel.yaml")
ITEM = "/paths/~1parcels~1{number}~1hold"
Write = Callable[[dict[str, Any]], Document]


def test_an_api_is_named_after_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "parcels" / "openapi.yaml"
    path.parent.mkdir()
    path.write_bytes(PARCEL.read_bytes())
    api = load_api(path)

    assert (api.name, api.title, api.version) == ("parcels", "Parcels", "1.0.0")
    assert [(server.name, server.url) for server in api.servers] == [("production", "https://parcels.example")]


def test_a_shared_response_is_found_through_its_reference() -> None:
    response = load_api(PARCEL).operations[0].responses["404"]

    assert response.pointer == "/components/responses/Problem"
    assert response.media_types[0].name == "application/json"
    example = response.example()
    assert example is not None
    assert (example.name, example.value) == ("problem", {"message": "Wrong"})
    assert response.example("none") is None


def test_a_parameter_of_an_operation_takes_the_place_of_that_of_the_path(write: Write) -> None:
    schema = {"type": "string"}
    document = write(
        {
            f"{ITEM}/parameters": [
                {"name": "number", "in": "path", "required": True, "schema": schema, "description": "General."},
                {"name": "dry", "in": "query", "schema": schema},
            ]
        }
    )
    parameters = read_api(document, "parcels").operations[0].parameters

    assert [(parameter.location, parameter.name, parameter.description) for parameter in parameters] == [
        ("path", "number", "The number of the parcel."),
        ("query", "dry", ""),
    ]


def test_keywords_of_others_beside_the_paths_are_no_paths(write: Write) -> None:
    operation = {"get": {"$ref": "#/nowhere", "operationId": 3}}
    document = write({"/paths/x-all": "we get it", "/paths/x-more": operation})
    assert not [each for each in findings(document) if each.rule != "S04"]
    assert all(each.path.startswith("/") for each in read_api(document, "parcels").operations)


def test_security_of_the_root_holds_where_an_operation_has_none(write: Write) -> None:
    document = write({f"{ITEM}/post/security": ..., "/security": [{"bearerAuth": []}]})

    assert read_api(document, "parcels").operations[0].security == (("bearerAuth",),)


def test_headers_of_a_response_are_read(write: Write) -> None:
    headers = {"X-A/B": {"required": True, "schema": {"type": "string"}}}
    document = write({f"{ITEM}/post/responses/200/headers": headers})
    (header,) = read_api(document, "parcels").operations[0].responses["200"].headers

    assert (header.name, header.required) == ("X-A/B", True)
    assert document.at(header.schema_pointer) == {"type": "string"}


def folder_of(tmp_path: Path, *names: str) -> Path:
    """Return a folder with a spec for each of `names`."""
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "openapi.yaml").touch()
    return tmp_path


def test_specs_are_found_in_the_order_asked_for_or_of_the_alphabet(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "b", "a", "c")

    assert [path.parent.name for path in find_specs(folder=folder)] == ["a", "b", "c"]
    assert [path.parent.name for path in find_specs(["c", "a", "c"], folder)] == ["c", "a"]


def test_a_name_that_is_no_api_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match="there is no API 'd'") as caught:
        find_specs(["d"], folder_of(tmp_path, "a", "b"))
    assert caught.value.remedy == "choose from: a, b"


def test_a_folder_without_specs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPECLOOM_SPECS", str(tmp_path))

    with pytest.raises(SpecloomError, match="no specs here") as caught:
        find_specs()
    assert caught.value.place.path == tmp_path
