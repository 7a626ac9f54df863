"""An answer is held against what the spec documents, to the letter and no further."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.fuzz.conformance import (
    NOW,
    UUID,
    AnswerChecker,
    Location,
    difference,
    leaks,
    parse_json,
    time_within,
    unlocated,
)
from specloom.fuzz.wire import Answer, Request
from specloom.spec import Response, Schemas

from .faulty import Load

ASKED = Request("POST", "/v1/orders/A/cancel", (), None)
ERROR = {"status": False, "message": "Unauthenticated."}
CHALLENGE = ("www-authenticate", 'Bearer realm="x"')


def _answer(
    status: int = 401, body: Any = ERROR, *more: tuple[str, str], media_type: str = "application/json"
) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, (("Content-Type", media_type), *more), content, 0.1)


def _checks(load: Load, answer: Answer, method: str = "POST") -> list[str]:
    api = load("fastpod")
    checker = AnswerChecker(api, Schemas(api.document), ["sandbox-north-token"])
    request = Request(method, ASKED.target)
    return [breach.check for breach in checker.breaches(api.operations[0], request, answer)]


@pytest.mark.parametrize(
    "answer",
    [
        _answer(401, ERROR, CHALLENGE),
        _answer(
            401, ERROR, ("WWW-Authenticate", 'Basic realm="x", BEARER'), media_type="Application/JSON;charset=utf-8"
        ),
        _answer(401, {**ERROR, "further": 1}, CHALLENGE, ("Content-Length", "62")),
        _answer(422, {**ERROR, "errors": {}}),
    ],
)
def test_a_documented_answer_is_right(load: Load, answer: Answer) -> None:
    assert _checks(load, answer) == []


@pytest.mark.parametrize(
    ("answer", "check"),
    [
        (_answer(409), "status_code_conformance"),
        (_answer(401, ERROR), "response_headers_conformance"),
        (_answer(401, ERROR, CHALLENGE, ("Preference-Applied", "code=401")), "response_headers_conformance"),
        (_answer(401, ERROR, CHALLENGE, ("Preference-Applied", "")), "response_headers_conformance"),
        (_answer(401, ERROR, ("www-authenticate", "Basic")), "response_headers_conformance"),
        (_answer(401, ERROR, CHALLENGE, ("content-length", "7")), "response_headers_conformance"),
        (_answer(401, ERROR, CHALLENGE, media_type="text/html"), "content_type_conformance"),
        (_answer(401, ERROR, CHALLENGE, media_type="application/json; charset=latin-1"), "content_type_conformance"),
        (Answer(401, (CHALLENGE,), b"{}"), "content_type_conformance"),
        (_answer(401, {"status": False}, CHALLENGE), "response_schema_conformance"),
        (_answer(401, {**ERROR, "status": 0}, CHALLENGE), "response_schema_conformance"),
        (_answer(401, b'{"status": false, "message": NaN}', CHALLENGE), "response_schema_conformance"),
        (_answer(401, b'{"status": true, "message": "", "status": false}', CHALLENGE), "response_schema_conformance"),
        (_answer(401, b'{"status": false, "message": "\xff"}', CHALLENGE), "response_schema_conformance"),
        (_answer(401, b"", CHALLENGE), "response_schema_conformance"),
        (_answer(401, {**ERROR, "message": "sandbox-north-token is wrong"}, CHALLENGE), "no_leak"),
        (_answer(401, {**ERROR, "message": 'File "/x/app.py", line 17, in cancel'}, CHALLENGE), "no_leak"),
        (
            Answer(401, (("Content-Type", "application/json"), CHALLENGE), json.dumps(ERROR).encode(), 17),
            "response_time",
        ),
    ],
)
def test_an_answer_that_differs_is_found(load: Load, answer: Answer, check: str) -> None:
    assert check in _checks(load, answer)


def test_405_names_the_methods_that_there_are(load: Load) -> None:
    assert "response_headers_conformance" in _checks(load, Answer(405, (("Allow", "GET, PUT"),)), "DELETE")
    assert _checks(load, Answer(405, (("Allow", "GET, POST"),)), "DELETE") == ["status_code_conformance"]


@pytest.mark.parametrize(
    "text", ["17 apples", "https://example.com/home/me/x.py", "see /orders/17", "a/b/c.py", "1:2:3"]
)
def test_what_looks_a_little_like_a_path_is_no_leak(text: str) -> None:
    assert list(leaks(Answer(200, (), text.encode()), ASKED, [])) == []


@pytest.mark.parametrize(
    "text",
    [
        "Traceback (most recent call last):",
        "at com.example.Orders.cancel(Orders.java:17)",
        "    at cancel (/srv/app/orders.js:17:3)",
        "goroutine 17 [running]:",
        "sqlite3.OperationalError: no such table",
        "cannot open /var/lib/app/orders.db",
        "/home/somebody/app/settings",
        "in site-packages/starlette",
    ],
)
def test_what_a_server_shows_of_itself_is_a_leak(text: str) -> None:
    assert list(leaks(Answer(500, (), text.encode()), ASKED, []))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_json_that_python_writes_is_json(value: Any) -> None:
    assert parse_json(json.dumps(value).encode()) == value
    assert difference(value, value, is_open=False) is None


@given(JSON, JSON)
def test_difference_is_equality_in_words(left: Any, right: Any) -> None:
    same = json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
    assert (difference(left, right, is_open=False) is None) == same


def test_values_are_known_by_their_form() -> None:
    assert difference({"at": NOW}, {"at": "1999-01-01T00:00:00Z"}) is not None
    assert difference(UUID, "3f0b2f5e-7b3f-4a5e-9c55-0d2c8f1d6a11") is None
    assert difference(UUID, "3f0b2f5e") is not None
    assert difference(f"at {NOW}!", "at noon!") is None
    assert difference(f"at {NOW}!", "on noon!") is not None
    assert difference(f"at {NOW}!", "at !") == "the value is 'at !', not 'at the time in UTC!'"


@pytest.mark.parametrize(
    ("ago", "is_now", "is_today"),
    [(timedelta(0), True, True), (timedelta(hours=1), False, True), (timedelta(days=-2), False, False)],
    ids=["at once", "an hour ago", "in two days"],
)
def test_a_time_is_now_within_a_leeway(ago: timedelta, is_now: bool, is_today: bool) -> None:
    text = (datetime.now(UTC) - ago).isoformat()
    assert (difference(NOW, text) is None) == is_now
    assert (difference(time_within(timedelta(days=1)), text) is None) == is_today


def _body(field: str) -> Any:
    return {"error": {"error_trace": [{"field": field, "message": "Wrong."}]}}


def _layout(load: Load, name: str) -> Response:
    operation = load(name).operations[-1]
    return operation.responses[operation.answers["invalid"].status]


@pytest.mark.parametrize(
    ("field", "is_located"),
    [
        ("orders[1].order_id", True),
        ("orders[1]", True),
        ("orders", True),
        ("orders[0].order_id", False),
        ("orders[1].type", False),
        ("orders.1.order_id", False),
        ("order_id", False),
    ],
)
def test_an_error_names_the_place_at_fault_in_its_notation(load: Load, field: str, is_located: bool) -> None:
    places = [Location("body", ("orders", "1", "order_id"))]
    assert (list(unlocated(_layout(load, "fuuffy"), _body(field), places)) == []) == is_located


def test_an_error_names_the_part_of_the_request_where_the_spec_says_so(load: Load) -> None:
    response = _layout(load, "hypertrack")
    places = [Location("query", ("type",))]
    for part, count in (("query", 0), ("body", 1)):
        body = {"detail": {part: {"type": ["Wrong."]}}, "message": "Wrong."}
        assert len(list(unlocated(response, body, places))) == count
    assert len(list(unlocated(response, {"detail": {}}, places))) == 1


def test_a_sandbox_names_the_place_to_the_letter_with_the_words_of_the_spec(load: Load) -> None:
    response = _layout(load, "fuuffy")
    place = Location("body", ("orders", "1", "order_id"))
    said = Location("body", ("orders", "1", "order_id"), message="Wrong.")
    assert list(unlocated(response, _body("orders[1].order_id"), [said], is_exact=True)) == []
    assert list(unlocated(response, _body("orders[1]"), [place])) == []
    for body, wanted in (
        (_body("orders[1]"), place),
        (_body("orders[1].order_id"), attrs.evolve(said, message="Bad.")),
    ):
        (breach,) = unlocated(response, body, [wanted], is_exact=True)
        assert breach.check == "fault_located"
        assert str(wanted) in breach.message
