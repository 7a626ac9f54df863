"""A finding that operations share is told once, with all of them, to people and programs alike."""

from __future__ import annotations

from typing import Any

from tests.release.compat.documents import PATH, parcels

from specloom.release.compat.verdict import Verdict, judge
from specloom.release.compat.writing import markdown, plain
from specloom.spec import Document

SHARED = {"$ref": "#/components/schemas/Parcel"}


def _shared(maximum: int) -> Document:
    def answering(schema: Any) -> dict[str, Any]:
        return {"responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}}

    paths = {"/one": {"get": answering(SHARED)}, "/all": {"get": answering({"type": "array", "items": SHARED})}}
    schemas = {"Parcel": {"type": "integer", "maximum": maximum}}
    return parcels({"paths": {PATH: None, **paths}, "components": {"schemas": schemas}})


def _verdict() -> Verdict:
    return judge(_shared(8), _shared(9), wire_only=True)


def test_a_program_reads_where_a_finding_shows() -> None:
    (finding,) = plain(_verdict())["wire"]
    assert finding["base"]["pointer"] == "/components/schemas/Parcel/maximum"
    assert finding["occurrences"] == [
        {"operation": "GET /one", "where": "200 body $"},
        {"operation": "GET /all", "where": "200 body $[]"},
    ]


def test_a_pull_request_names_the_operations() -> None:
    assert "in `GET /one`, `GET /all`" in markdown(_verdict())
