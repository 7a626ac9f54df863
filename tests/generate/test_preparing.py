"""The generators read what the spec says, without our keywords; the document itself stays."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import attrs
import pytest

from specloom.generate.preparing import for_client, for_models
from specloom.generate.request_models import parameter_models
from specloom.spec import Api, SpecloomError, load, load_api
from specloom.spec.walking import walk

Write = Callable[..., Path]


def _api(write: Write) -> Api:
    def change(document: dict[str, Any]) -> None:
        document["x-records"] = {}
        schemas = document["components"]["schemas"]
        schemas["Thing"]["properties"]["x-name"] = {"type": "string", "x-inferred": "why"}
        schemas["Thing"]["example"] = {"x-payload": 1}
        schemas["Closed"] = {"type": "object", "additionalProperties": False}
        response = document["paths"]["/pets/{id}"]["post"]["responses"]["200"]
        response["headers"] = {"x-trace": {"schema": {"type": "string"}}}

    return attrs.evolve(load_api(write("pets")), document=load(write("pets", change)))


def test_our_keywords_are_gone_and_names_like_them_stay(write: Write) -> None:
    api = _api(write)
    before = deepcopy(api.document.data)
    for prepared in (for_client(api.document), for_models(api).document):
        assert not [key for _, value in walk(prepared) for key in value if key.startswith("x-")]
        thing = prepared["components"]["schemas"]["Thing"]
        assert "x-name" in thing["properties"]
        assert thing["example"] == {"x-payload": 1}
    assert "x-trace" in for_client(api.document)["paths"]["/pets/{id}"]["post"]["responses"]["200"]["headers"]
    assert api.document.data == before


def test_a_parameter_is_described_where_the_client_looks(write: Write) -> None:
    operation = for_client(_api(write).document)["paths"]["/pets/{id}"]["post"]
    assert operation["parameters"][0]["schema"]["description"] == "Which one."


def test_a_parameter_with_content_is_read_as_its_schema(write: Write) -> None:
    def change(document: dict[str, Any]) -> None:
        document["paths"]["/pets/{id}"]["post"]["parameters"] += [
            {"name": "filter", "in": "query", "content": {"application/json": {"schema": {"type": "integer"}}}},
            {"name": "note", "in": "query", "content": {"text/plain": {"schema": {"type": "integer"}}}},
        ]

    operation = for_client(load(write("pets", change)))["paths"]["/pets/{id}"]["post"]
    assert [each["schema"]["type"] for each in operation["parameters"][1:]] == ["integer", "string"]


def test_objects_are_open_unless_they_are_closed(write: Write) -> None:
    schemas = for_models(_api(write)).document["components"]["schemas"]
    assert schemas["Thing"]["additionalProperties"] is True
    assert schemas["Closed"]["additionalProperties"] is False
    assert "additionalProperties" not in schemas["Kind"]


def test_the_parameters_have_a_model_for_each_location(write: Write) -> None:
    def change(document: dict[str, Any]) -> None:
        parameters = document["paths"]["/pets/{id}"]["post"]["parameters"]
        parameters.append({"name": "size", "in": "query", "schema": {"$ref": "#/components/schemas/Kind"}})

    api = load_api(write("pets", change))
    assert parameter_models(api.operations[0]) == {
        "path": "ChangePetsPathParameters",
        "query": "ChangePetsQueryParameters",
    }
    schemas = for_models(api).document["components"]["schemas"]
    assert schemas["ChangePetsPathParameters"]["required"] == ["id"]
    assert schemas["ChangePetsPathParameters"]["properties"]["id"]["description"] == "Which one."
    assert schemas["ChangePetsQueryParameters"]["required"] == []
    assert schemas["ChangePetsQueryParameters"]["properties"]["size"] == {"type": "string", "enum": ["big", "small"]}


def test_a_schema_may_not_have_the_name_of_the_model_of_parameters(write: Write) -> None:
    def change(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["ChangePetsPathParameters"] = {"type": "string"}

    with pytest.raises(SpecloomError, match="ChangePetsPathParameters"):
        for_models(load_api(write("pets", change)))
