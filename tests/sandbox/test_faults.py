"""An error body names what is at fault where the spec says so, be there room for many faults or for one."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.sandbox.faults import FaultWriter, RequestFault
from specloom.spec.behaviour import read_fault_layout

FAULTS = [
    RequestFault("body", ("parcels", "0", "number"), "is missing"),
    RequestFault("query", ("depot",), "is too long"),
]
BODY = {"code": 7, "errors": ["an example"]}
ENTRY = {"field": "$fault.field", "message": "$fault.message"}
FIRST = {"field": "parcels.0.number", "message": "is missing"}


@pytest.mark.parametrize(
    ("at", "entry", "written"),
    [
        pytest.param("/errors/*", ENTRY, {"errors": [FIRST, {"field": "depot", "message": "is too long"}]}, id="array"),
        pytest.param(
            "/errors/{$fault.in}/{$fault.field}/*",
            "$fault.message",
            {"errors": {"body": {"parcels.0.number": ["is missing"]}, "query": {"depot": ["is too long"]}}},
            id="objects",
        ),
        pytest.param("/field", "$fault.field", {**BODY, "field": "parcels.0.number"}, id="member"),
        pytest.param("/errors/0", "$fault.field", {"errors": ["parcels.0.number"]}, id="element"),
        pytest.param("", ENTRY, FIRST, id="whole body"),
    ],
)
def test_faults_are_written_where_the_layout_says(at: str, entry: Any, written: dict[str, Any]) -> None:
    writer = FaultWriter(read_fault_layout({"at": at, "entry": entry, "notation": "dots"}))
    code = {"code": 7} if at else {}

    assert writer.write(BODY, FAULTS) == {**code, **written}
    assert BODY == {"code": 7, "errors": ["an example"]}


@pytest.mark.parametrize(("at", "left"), [("/errors/*", {"code": 7, "errors": []}), ("/field", BODY), ("", BODY)])
def test_a_body_that_has_room_for_one_fault_stays_as_it_is_without_any(at: str, left: dict[str, Any]) -> None:
    writer = FaultWriter(read_fault_layout({"at": at, "entry": "$fault.field", "notation": "dots"}))

    assert writer.write(BODY, []) == left
