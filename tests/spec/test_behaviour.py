"""The behaviour keywords as values."""

from __future__ import annotations

from pathlib import Path

import pytest

from specloom.spec import Api, load_api
from specloom.spec.behaviour import AnyGiven, Distinct, Within, read_constraint, read_ensure, read_records

PARCEL = Path(__file__).with_name("parcel.yaml")


@pytest.fixture(scope="module")
def api() -> Api:
    return load_api(PARCEL)


def test_an_operation_has_its_behaviour(api: Api) -> None:
    (operation,) = api.operations
    transition = operation.transition

    assert transition is not None
    assert (transition.record, transition.from_states, transition.to_state) == ("parcel", ("waiting",), "held")
    assert [(pointer, expression.text) for pointer, expression in transition.match] == [
        ("/number", "$request.path.number")
    ]
    assert {outcome: answer.status for outcome, answer in operation.answers.items()} == {
        "success": "200",
        "invalid": "422",
        "unauthenticated": "401",
        "forbidden": "403",
        "unknown-record": "404",
        "wrong-state": "409",
    }
    assert [ensure.literal for ensure in operation.ensures] == [None, "held"]
    assert isinstance(operation.constraints[0], AnyGiven)


def test_an_error_response_says_where_it_names_a_fault(api: Api) -> None:
    faults = api.operations[0].responses["422"].faults

    assert faults is not None
    assert (faults.at, faults.notation) == ("/errors/*", "dots")
    assert faults.entry({"fault": {"field": "a", "message": "wrong"}}) == "a: wrong"
    assert api.operations[0].responses["404"].faults is None


def test_credentials_are_read_and_not_shown(api: Api) -> None:
    credentials = api.security_schemes["bearerAuth"].credentials

    assert [(credential.tenant, credential.forbidden) for credential in credentials] == [
        ("north", False),
        ("south", False),
        ("north", True),
    ]
    assert "sandbox" not in repr(api.security_schemes)
    assert api.tenants == ("north", "south")


def test_seeds_count_up_with_leading_zeros() -> None:
    data = {
        "x-records": {
            "box": {
                "schema": {},
                "keys": ["/id"],
                "state": "/at/state",
                "seeds": [
                    {"tenant": "north", "count": 3, "start": "098", "record": {"id": "B-{$n}", "raw": "$n"}},
                    {"tenant": "south", "count": 1, "start": "1", "state": "gone", "record": {"id": "$n", "at": {}}},
                ],
            }
        }
    }
    kind = read_records(data)["box"]

    assert list(kind.seeded()) == [
        ("north", {"id": "B-098", "raw": "098"}),
        ("north", {"id": "B-099", "raw": "099"}),
        ("north", {"id": "B-100", "raw": "100"}),
        ("south", {"id": "1", "at": {"state": "gone"}}),
    ]
    assert kind.schema_pointer == "/x-records/box/schema"


def test_no_two_seeded_records_share_a_value() -> None:
    seeds = [{"tenant": "north", "count": 2, "start": "1", "record": {"id": "$n", "list": [1]}}]
    data = {"x-records": {"box": {"schema": {}, "keys": ["/id"], "state": "/s", "seeds": seeds}}}
    first, second = (record for _, record in read_records(data)["box"].seeded())
    first["list"].append(2)

    assert second["list"] == [1]


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("$response.body#/a == true", True),
        ('$response.body#/a == "x == y"', "x == y"),
        ("$response.body#/a == {}", {}),
        ("$response.body#/a == null", None),
    ],
)
def test_an_ensure_may_have_a_json_value(text: str, literal: object) -> None:
    ensure = read_ensure(text)

    assert (ensure.right, ensure.literal, ensure.text) == (None, literal, text)


@pytest.mark.parametrize(
    "text", ["$response.body#/a", "$response.body#/a == ", "$response.body == $x", "a == 1", "$response.body == held"]
)
def test_a_malformed_ensure_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_ensure(text)


def test_each_kind_of_constraint_is_read() -> None:
    fault = {"message": "wrong {$value}", "field": "box"}
    distinct = read_constraint({"distinct": "$request.body#/a/*", "fault": fault}, "/x/0")
    within = read_constraint({"within": "$item#/a", "of": "$record#/a", "members": ["b"], "fault": fault}, "/x/1")

    assert isinstance(distinct, Distinct)
    assert distinct.fault.message({"value": 3}) == "wrong 3"
    assert distinct.fault.field is not None
    assert distinct.fault.field({}) == "box"
    assert isinstance(within, Within)
    assert (within.members, within.pointer) == (("b",), "/x/1")
