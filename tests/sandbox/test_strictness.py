"""What validators of other servers let pass is refused: each was found by a server with one fault."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from specloom.sandbox import Sandbox
from specloom.sandbox.message import Request
from specloom.spec.loading import read_api
from specloom.spec.reading import parse


def _status(schema: Any, value: Any) -> int:
    """Return the status with which an operation answers that takes what `schema` says."""
    body = {"content": {"application/json": {"schema": schema}}, "required": True}
    responses = {"204": {"description": "Well."}, "400": {"description": "Wrong."}}
    spec = {"openapi": "3.1.0", "info": {"title": "Strict", "version": "1.0.0"}}
    document = {**spec, "paths": {"/x": {"post": {"requestBody": body, "responses": responses}}}}
    api = read_api(parse(json.dumps(document), Path("strict/openapi.yaml")), "strict")
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    headers = (("content-type", "application/json"),)
    return asyncio.run(Sandbox([api]).handle(Request("POST", "/x", headers=headers, body=content))).status


@pytest.mark.parametrize("pattern", ["^[0-9]+$", r"^\d+$", r"^[\d]+$", r"^\w+$"])
@pytest.mark.parametrize("text", ["12\n", "\n12", "12\r", "12 ", "٣٥", "３", "१", "१2", "é", ""])
def test_a_pattern_means_its_ascii_characters_and_its_very_end(pattern: str, text: str) -> None:
    assert _status({"type": "string", "pattern": pattern}, "12") == 204
    assert _status({"type": "string", "pattern": pattern}, text) == 400


@pytest.mark.parametrize(
    ("schema", "value", "status"),
    [
        ({"type": "integer"}, 1.0, 204),
        ({"type": "integer"}, True, 400),
        ({"type": "integer"}, "1", 400),
        ({"type": "number"}, b"NaN", 400),
        ({"type": "number"}, b"1e999", 400),
        ({"type": "number"}, b"01", 400),
        ({"type": "number"}, b"1" + b"0" * 399, 400),
        ({"enum": [1]}, True, 400),
        ({"enum": ["a"]}, "a ", 400),
        ({"enum": ["a"]}, "A", 400),
        ({"const": None}, b"", 400),
        ({"type": "string", "maxLength": 1}, "😀", 204),
        ({"type": "string", "format": "date-time"}, "2030-01-31T12:00:00Z\n", 400),
        ({"type": "string", "format": "date"}, "2030-02-30", 400),
        ({"type": "string", "format": "uuid"}, "3f0b2f5e-7b3f-4a5e-9c55-0d2c8f1d6a1", 400),
        ({"type": "object"}, b'{"a": 1, "a": 1}', 400),
        ({"type": "object"}, b'{"a": 1, "\\u0061": 1}', 400),
        ({"type": "array", "uniqueItems": True}, [1, 1.0], 400),
        ({"type": "array", "uniqueItems": True}, [1, True], 204),
    ],
)
def test_values_are_what_json_schema_says(schema: Any, value: Any, status: int) -> None:
    assert _status(schema, value) == status
