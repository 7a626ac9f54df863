"""The generators read what the spec says, without our keywords; the document itself stays."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from specloom.generate.preparing import for_client, for_models
from specloom.spec import Document, load
from specloom.spec.walking import walk

Write = Callable[..., Path]


def _document(write: Write) -> Document:
    def change(document: dict[str, Any]) -> None:
        document["x-records"] = {}
        schemas = document["components"]["schemas"]
        schemas["Thing"]["properties"]["x-name"] = {"type": "string", "x-inferred": "why"}
        schemas["Thing"]["example"] = {"x-payload": 1}
        schemas["Closed"] = {"type": "object", "additionalProperties": False}
        response = document["paths"]["/pets/{id}"]["post"]["responses"]["200"]
        response["headers"] = {"x-trace": {"schema": {"type": "string"}}}

    return load(write("pets", change))


def test_our_keywords_are_gone_and_names_like_them_stay(write: Write) -> None:
    document = _document(write)
    before = deepcopy(document.data)
    for prepared in (for_client(document), for_models(document)):
        assert not [key for _, value in walk(prepared) for key in value if key.startswith("x-")]
        thing = prepared["components"]["schemas"]["Thing"]
        assert "x-name" in thing["properties"]
        assert thing["example"] == {"x-payload": 1}
        assert "x-trace" in prepared["paths"]["/pets/{id}"]["post"]["responses"]["200"]["headers"]
    assert document.data == before


def test_a_parameter_is_described_where_the_client_looks(write: Write) -> None:
    operation = for_client(_document(write))["paths"]["/pets/{id}"]["post"]
    assert operation["parameters"][0]["schema"]["description"] == "Which one."


def test_objects_are_open_unless_they_are_closed(write: Write) -> None:
    schemas = for_models(_document(write))["components"]["schemas"]
    assert schemas["Thing"]["additionalProperties"] is True
    assert schemas["Closed"]["additionalProperties"] is False
    assert "additionalProperties" not in schemas["Kind"]
