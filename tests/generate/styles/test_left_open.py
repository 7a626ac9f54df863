"""What OpenAPI leaves open about parameters is told of a foreign document, and refused in one written by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.generate import Generated, generate
from specloom.spec import SpecloomError

from .ways import ways

ARRAY = {"type": "array", "items": {"type": "string"}}
TREE = {"type": "object", "properties": {"names": ARRAY}}
LEFT_OPEN: dict[str, tuple[dict[str, Any], str]] = {
    "an array in a cookie": ({"in": "cookie", "schema": ARRAY}, "with commas between them"),
    "JSON in a cookie": ({"in": "cookie", "content": {"application/json": {"schema": ARRAY}}}, "percent-encoded"),
    "an array in deepObject": ({"in": "query", "style": "deepObject", "schema": ARRAY}, "no object"),
    "exploded pipes": ({"in": "query", "style": "pipeDelimited", "explode": True, "schema": ARRAY}, "with explode"),
    "an array in an object in brackets": ({"in": "query", "style": "deepObject", "schema": TREE}, "in brackets"),
    "an array in an object in a form": ({"in": "query", "schema": TREE}, "as JSON"),
}


def test_what_is_left_open_is_told(generated: Generated) -> None:
    told = {loss.pointer.split("/")[2].removeprefix("~1") for loss in generated.losses}
    assert told == {
        way.name
        for way in ways()
        if (way.location == "cookie" and (way.style == "json" or way.kind != "text"))
        or (way.explode and way.style in {"spaceDelimited", "pipeDelimited"})
    }


@pytest.mark.parametrize("case", LEFT_OPEN)
def test_it_is_refused_in_a_document_written_by_hand(write: Callable[..., Path], output: Path, case: str) -> None:
    parameter, message = LEFT_OPEN[case]

    def change(document: dict[str, Any]) -> None:
        document["paths"]["/pets/{id}"]["post"]["parameters"].append({"name": "tags", **parameter})

    with pytest.raises(SpecloomError, match=message) as raised:
        generate([write("pets", change)], output)
    assert raised.value.place.pointer == "/paths/~1pets~1{id}/post/parameters/1"
    assert "JSON" in (raised.value.remedy or "")
