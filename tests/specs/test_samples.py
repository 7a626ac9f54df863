"""Every JSON sample of the vendors' pages is an example in the spec, member by member.

A sample is the file `samples/<api>/<operationId>/<status or request>.<name of the example>.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from specloom.spec import Api, Schemas
from specloom.spec.api import MediaType

FOLDER: Final = Path(__file__).with_name("samples")
SAMPLES: Final = sorted(FOLDER.glob("*/*/*.json"))


def media_type(api: Api, operation_id: str, part: str) -> MediaType:
    """Return the only media type of the request, or of the response with the status `part`."""
    operation = next(operation for operation in api.operations if operation.id == operation_id)
    body = operation.body if part == "request" else operation.responses[part]
    assert body is not None
    (found,) = body.media_types
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_sample_of_the_page_is_an_example_of_the_spec(path: Path, load: Callable[[str], Api]) -> None:
    api = load(path.parts[-3])
    part, name, _ = path.name.split(".")
    media = media_type(api, path.parent.name, part)
    sample: Any = json.loads(path.read_text("utf-8"))

    assert {example.name: example.value for example in media.examples}[name] == sample
    assert media.schema_pointer is not None
    assert Schemas(api.document).errors(media.schema_pointer, sample) == []


def test_no_sample_is_missing() -> None:
    """20 samples stand on the five pages; two of them, requests that are shown twice, are held once."""
    assert len(SAMPLES) == 18
