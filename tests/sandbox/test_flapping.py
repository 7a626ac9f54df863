"""A series of equal requests fails as often as it is asked to."""

from __future__ import annotations

import attrs
import pytest

from specloom.sandbox.flapping import Flaps
from specloom.sandbox.message import Request

REQUEST = Request("POST", "/a", "b=1", (("authorization", "Bearer x"), ("prefer", "flap=1")), b"{}")


def test_a_series_fails_some_times_succeeds_once_and_begins_anew() -> None:
    flaps = Flaps()
    assert [flaps.fails(REQUEST, 2) for _ in range(6)] == [True, True, False, True, True, False]


@pytest.mark.parametrize(
    "change",
    [
        {"method": "PUT"},
        {"path": "/b"},
        {"query": "b=2"},
        {"body": b"[]"},
        {"headers": (("authorization", "Bearer y"), ("prefer", "flap=1"))},
        {"headers": (("authorization", "Bearer x"), ("prefer", "flap=1, code=429"))},
    ],
    ids=str,
)
def test_another_request_has_a_series_of_its_own(change: dict[str, object]) -> None:
    flaps = Flaps()
    flaps.fails(REQUEST, 1)
    assert flaps.fails(attrs.evolve(REQUEST, **change), 1)  # type: ignore[arg-type]  # values of the right types
    assert not flaps.fails(REQUEST, 1)


def test_a_header_that_says_nothing_of_the_series_does_not_matter() -> None:
    flaps = Flaps()
    flaps.fails(REQUEST, 1)
    assert not flaps.fails(attrs.evolve(REQUEST, headers=(*REQUEST.headers, ("x-request-id", "2"))), 1)


def test_the_series_asked_for_longest_ago_are_forgotten() -> None:
    flaps = Flaps()
    flaps.fails(REQUEST, 1)
    for number in range(1000):
        flaps.fails(attrs.evolve(REQUEST, path=f"/{number}"), 1)
    assert flaps.fails(REQUEST, 1)
