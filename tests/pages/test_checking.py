"""Pages and specs are held against each other in both directions, on the small spec of the spec room's tests."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.pages.checking import Report, check
from specloom.pages.facts import Fact, Subject
from specloom.pages.lock import Elsewhere
from specloom.pages.specfacts import spec_facts
from specloom.spec import Api, load
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

SPEC = Path(__file__).parents[1] / "spec" / "parcel.yaml"
STATE = Subject("member", "200", "$.state")
DATE = Subject("member", "request", "$.reason.date")
Change = dict[tuple[Subject, str], Any]


@pytest.fixture(scope="module")
def api() -> Api:
    """The small spec."""
    return read_api(load(SPEC), "parcel")


@pytest.fixture(scope="module")
def checked(api: Api) -> Callable[..., Report]:
    """Return a function that checks a page that states what the spec does, but for `change`; ... leaves a fact out."""

    def checked(change: Change | None = None, elsewhere: tuple[Elsewhere, ...] = ()) -> Report:
        values = {each.fact.key: each.fact.value for each in spec_facts(api, api.operations[0])} | (change or {})
        facts = [Fact(*key, value) for key, value in values.items() if value is not ...]
        return check(api, [("page", api.operations[0], facts)], elsewhere)

    return checked


def test_a_page_that_says_all_that_the_spec_says_is_clean(checked: Callable[..., Report]) -> None:
    report = checked()

    assert report.is_clean
    counts = report.pages[0].counts
    assert counts["facts"] == counts["agrees"] > 100
    assert report.counts["claims"] == report.counts["stated"] > 20


@pytest.mark.parametrize(
    ("key", "value", "outcome", "pointer"),
    [
        ((Subject("title"), "text"), "Keep a parcel", "contradicts", "/paths/~1parcels~1{number}~1hold/post"),
        ((Subject("status", "", "418"), "exists"), True, "missing", "/paths/~1parcels~1{number}~1hold/post/responses"),
        ((Subject("security", "", "basic"), "exists"), True, "missing", "/paths/~1parcels~1{number}~1hold/post/secur"),
        (
            (Subject("parameter", "query", "dry"), "exists"),
            True,
            "missing",
            "/paths/~1parcels~1{number}~1hold/post/par",
        ),
        ((Subject("parameter", "path", "number"), "type"), "integer", "contradicts", "/paths/~1parcels"),
        ((Subject("parameter", "path", "number"), "pattern"), "^[0-9]+$", "contradicts", "/paths/~1parcels"),
        ((Subject("parameter", "path", "number"), "maxLength"), 9, "missing", "/paths/~1parcels"),
        ((Subject("member", "request", "$.urgent"), "exists"), True, "missing", "/components/schemas/HoldRequest/prop"),
        ((Subject("member", "200", "$.owner.age"), "exists"), True, "missing", "/components/schemas/Owner/properties"),
        ((Subject("member", "200", "$.owner.name"), "required"), True, "contradicts", "/components/schemas/Owner/p"),
        (
            (Subject("member", "200", "$.number"), "in-sample"),
            "sometimes",
            "contradicts",
            "/components/schemas/Parcel/",
        ),
        ((Subject("member", "200", "$.weights[]"), "sample-type"), "string", "contradicts", "/components/schemas/Parc"),
        ((Subject("member", "200", "$.weights[]"), "sample"), [1.5, "2"], "contradicts", "/components/schemas/Parcel/"),
        ((Subject("member", "200", "$.number"), "nullable"), True, "contradicts", "/components/schemas/Parcel/prop"),
        ((Subject("member", "request", "$.reason.kind"), "enum"), ["DATE", "MOOD"], "contradicts", "/components/schem"),
        ((DATE, "condition"), {"member": "$.reason.kind", "equals": "WORDS"}, "contradicts", "/components/schemas/"),
        ((Subject("media-type", "200", "text/xml"), "exists"), True, "missing", "/paths/~1parcels"),
        ((Subject("header", "200", "X-Request-ID"), "exists"), True, "missing", "/paths/~1parcels"),
        ((Subject("sample", "200", "7"), "value"), {"number": "P9", "state": "held"}, "missing", "/paths/~1parcels"),
        ((Subject("curl", "", "0"), "method"), "PUT", "contradicts", "/paths/~1parcels"),
        ((Subject("curl", "", "0"), "url"), "$URL/parcels/P1/release", "contradicts", "/paths/~1parcels"),
        ((Subject("curl", "", "0"), "body"), {"reason": {"kind": "DATE"}}, "contradicts", "/paths/~1parcels"),
        ((Subject("curl", "", "0"), "headers"), {"X-Mood": None, "Accept": "*/*"}, "missing", "/paths/~1parcels"),
        ((Subject("server", "", "https://other.parcels.test"), "exists"), True, "missing", "/servers"),
    ],
)
def test_a_page_that_says_otherwise(
    checked: Callable[..., Report], key: tuple[Subject, str], value: Any, outcome: str, pointer: str
) -> None:
    report = checked({key: value})

    assert [(fault.fact.key, fault.outcome) for fault in report.faults] == [(key, outcome)]
    assert report.faults[0].pointer.startswith(pointer)
    assert report.faults[0].message


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ((Subject("operation", "", "POST /base/parcels/P1/hold"), "exists"), True),
        ((Subject("parameter", "header", "Authorization"), "example"), "Bearer TOKEN"),
        ((Subject("parameter", "header", "content-type"), "example"), "application/json; charset=utf-8"),
        ((Subject("member", "200", "$.weights[]"), "sample-type"), "integer"),
        ((Subject("member", "200", "$.owner"), "sample-type"), ["null", "object"]),
        ((Subject("member", "request", "$.reason"), "type"), ["array", "object"]),
        ((DATE, "condition"), {"member": "$.reason.kind", "equals": "DATE"}),
        ((Subject("curl", "", "0"), "url"), "${API}/parcels/P1/hold?dry"),
        ((Subject("curl", "", "0"), "body"), {"reason": {"kind": "WORDS", "words": "no"}}),
        ((Subject("server", "", "https://api.example.com"), "exists"), True),
        ((Subject("status", "", "200"), "text"), "Well done"),
    ],
)
def test_a_page_that_says_the_same_in_other_words(
    checked: Callable[..., Report], key: tuple[Subject, str], value: Any
) -> None:
    assert checked({key: value}).faults == []


def test_a_known_contradiction_is_listed_apart_with_its_note(checked: Callable[..., Report]) -> None:
    report = checked({(STATE, "type"): "integer"})

    known = [each for each in report.pages[0].judgements if each.outcome == "known"]
    assert report.is_clean
    assert [(each.fact.key, each.pointer) for each in known] == [
        ((STATE, "type"), "/components/schemas/Parcel/properties/state/x-conflict")
    ]
    assert "the sample shows a third one" in known[0].message


def test_answers_without_a_status_are_those_of_the_spec_that_have_a_body(api: Api) -> None:
    """Of the six answers of the copy that has no body for 401, the second with a body is 403."""
    data = copy.deepcopy(api.document.data)
    responses = data["paths"]["/parcels/{number}/hold"]["post"]["responses"]
    responses["401"] = {"description": "Who are you?"}
    responses["403"]["$ref"] = "#/components/responses/Refused"
    data["components"]["responses"]["Refused"] = {
        "description": "No.",
        "content": {"application/json": {"schema": {"type": "object", "properties": {"why": {"type": "string"}}}}},
    }
    changed = read_api(parse(json.dumps(data), SPEC), "parcel")
    names = [("response 1", "$.number"), ("response 2", "$.why"), ("response 2", "$.number"), ("response 9", "$.why")]
    facts = [Fact(Subject("member", *name), "type", "string") for name in names]

    report = check(changed, [("page", changed.operations[0], facts)])

    assert [judged.outcome for judged in report.pages[0].judgements] == ["agrees", "agrees", "missing", "missing"]


@pytest.mark.parametrize(
    ("left_out", "pointer"),
    [
        (
            [(Subject("parameter", "path", "number"), "pattern")],
            "/paths/~1parcels~1{number}~1hold/post/parameters/0/sch",
        ),
        ([(Subject("status", "", "409"), "exists")], "/components/responses/Problem"),
        ([(DATE, "format")], "/components/schemas/DateReason/properties/date/format"),
        ([(STATE, "enum")], None),
        ([(Subject("member", "200", "$.owner"), "nullable")], "/components/schemas/Parcel/properties/owner"),
        ([(Subject("member", "200", "$.number"), "required")], "/components/schemas/Parcel/required"),
        ([(Subject("security", "", "bearer"), "exists")], "/components/securitySchemes/bearerAuth"),
        ([(Subject("server", "", "https://parcels.example"), "exists")], "/servers/0/url"),
    ],
)
def test_what_the_spec_says_and_no_page_is_told(
    checked: Callable[..., Report], left_out: list[tuple[Subject, str]], pointer: str | None
) -> None:
    """The state has a note, which excuses it; a response that is used four times is stated by one of them."""
    report = checked(dict.fromkeys(left_out, ...) | {(left_out[0][0], "example"): ...})

    assert report.faults == []
    found = [claim.fact.pointer for claim in report.unsupported]
    if pointer is None or pointer == "/components/responses/Problem":
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(pointer)


def test_another_source_excuses_what_no_page_says_and_nothing_else(checked: Callable[..., Report]) -> None:
    change = {(Subject("server", "", "https://parcels.example"), "exists"): ...}
    base = Elsewhere("/servers", "a letter", "/elsewhere/0")
    idle = Elsewhere("/components/schemas/Owner", "a letter", "/elsewhere/1")

    assert checked(change, (base,)).is_clean
    assert checked(change, (base, idle)).unused == (idle,)
    assert not checked(change, (idle,)).is_clean
