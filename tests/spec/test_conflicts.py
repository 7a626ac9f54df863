"""What a spec assumes or found contradicted comes out as questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from specloom.spec import Document
from specloom.spec.conflicts import conflicts

Write = Callable[[dict[str, Any]], Document]
HOLD = "/paths/~1parcels~1{number}~1hold/post"
LABEL = "POST /parcels/{number}/hold"


def test_every_question_is_found_wherever_it_stands(parcel: Document) -> None:
    assert [(question.kind, question.where) for question in conflicts(parcel)] == [
        ("inferred", f"{LABEL}, transition"),
        ("inferred", f"{LABEL}, constraint 1"),
        ("inferred", f"{LABEL}, answer unknown-record"),
        ("inferred", "response Problem, example problem"),
        ("conflict", "Parcel.state"),
    ]


def test_a_question_says_where_it_stands_and_what_it_asks(parcel: Document) -> None:
    question = conflicts(parcel)[-1]

    assert question.pointer == "/components/schemas/Parcel/properties/state/x-conflict"
    assert question.text == "The table has two states; the sample shows a third one."
    line = parcel.path.read_text("utf-8").splitlines()[question.line - 1]
    assert line.strip() == f"x-conflict: {question.text}"


@pytest.mark.parametrize(
    ("pointer", "where"),
    [
        ("", "the whole API"),
        ("/info", "the whole API"),
        (HOLD, LABEL),
        ("/paths/~1parcels~1{number}~1hold", "/parcels/{number}/hold"),
        (f"{HOLD}/parameters/0", f"{LABEL}, parameter number"),
        (f"{HOLD}/parameters/0/schema", f"{LABEL}, parameter number"),
        (f"{HOLD}/requestBody", f"{LABEL}, request body"),
        (f"{HOLD}/requestBody/content/application~1json/examples/later", f"{LABEL}, request body, example later"),
        (f"{HOLD}/responses/200", f"{LABEL}, response 200"),
        ("/components/schemas/Parcel", "Parcel"),
        ("/components/schemas/Parcel/properties/weights/items", "Parcel.weights"),
        ("/components/securitySchemes/bearerAuth", "security scheme bearerAuth"),
        ("/x-records/parcel", "record parcel"),
        ("/x-records/parcel/schema/properties/note", "record parcel, note"),
    ],
)
def test_a_question_says_what_it_is_about(pointer: str, where: str, write: Write) -> None:
    text = "Nobody knows why this is so."
    document = write({f"{pointer}/x-inferred": text})

    assert [question.where for question in conflicts(document) if question.text == text] == [where]


@pytest.mark.parametrize(
    "pointer",
    [
        f"{HOLD}/requestBody/content/application~1json/examples/later/value",
        "/x-records/parcel/seeds/0/record",
        f"{HOLD}/x-answers/success/body",
        f"{HOLD}/x-transition/set/~1note",
    ],
)
def test_a_payload_asks_nothing(pointer: str, write: Write, parcel: Document) -> None:
    document = write({pointer: {"x-inferred": "This is a member of a payload."}})

    assert len(conflicts(document)) == len(conflicts(parcel))
