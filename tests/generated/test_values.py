"""Values that are read keep their text; the marker of absence is one; clients do not show what they hold."""

from __future__ import annotations

import copy
import importlib
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from specloom.generate.values import Identifier, Timestamp, integer, number, read_date
from specloom.spec import find_specs

NAMES = [path.parent.name for path in find_specs(folder=Path(__file__).parent.parent.parent / "specs")]
EACH = pytest.mark.parametrize("name", NAMES)
CANARY = "canary-7b1e"
DUPLICATES: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    *(lambda value, protocol=protocol: pickle.loads(pickle.dumps(value, protocol)) for protocol in range(6)),  # noqa: S301 - of our own making
]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("2023-12-07T08:29:50.000000Z", datetime(2023, 12, 7, 8, 29, 50, tzinfo=UTC)),
        ("2023-12-07T08:29:50.000Z", datetime(2023, 12, 7, 8, 29, 50, tzinfo=UTC)),
        ("2023-12-07t08:29:50z", datetime(2023, 12, 7, 8, 29, 50, tzinfo=UTC)),
        ("2023-12-07T09:29:50+01:00", datetime(2023, 12, 7, 8, 29, 50, tzinfo=UTC)),
        ("2023-12-07T08:29:50.123456789Z", datetime(2023, 12, 7, 8, 29, 50, 123456, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2016-12-31T23:59:60.5Z", datetime(2016, 12, 31, 23, 59, 59, 500000, tzinfo=UTC)),
        ("2023-12-07 08:29:50", datetime(2023, 12, 7, 8, 29, 50)),  # noqa: DTZ001 - no vendor should, some do
    ],
)
def test_a_time_keeps_its_text(text: str, meaning: datetime) -> None:
    time = Timestamp.read("it", text)
    assert time == meaning
    assert hash(time) == hash(meaning)
    for duplicate in DUPLICATES:
        assert duplicate(time).isoformat() == text
        assert duplicate(time) == meaning
    assert time.isoformat(" ") == datetime.isoformat(time, " ")


def test_what_is_calculated_from_a_time_is_written_as_any_other() -> None:
    time = Timestamp.read("it", "2023-12-07T08:29:50.000Z") + timedelta(hours=1)
    for duplicate in DUPLICATES:
        assert duplicate(time).isoformat() == "2023-12-07T09:29:50+00:00"
    assert time.replace(year=2024).isoformat() == "2024-12-07T09:29:50+00:00"
    assert time.astimezone(UTC).isoformat() == "2023-12-07T09:29:50+00:00"


@pytest.mark.parametrize("text", ["25c3d1d6-3b1d-4f7e-9f0a-0d6ad1c7e6a1", "25C3D1D6-3B1D-4F7E-9F0A-0D6AD1C7E6A1"])
def test_an_identifier_keeps_its_text(text: str) -> None:
    identifier = Identifier.read("it", text)
    assert identifier == UUID(text)
    for duplicate in DUPLICATES:
        assert str(duplicate(identifier)) == text


def test_a_date_is_read() -> None:
    assert read_date("it", "2023-12-07") == date(2023, 12, 7)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (Timestamp.read, 5),
        (Timestamp.read, None),
        (Timestamp.read, ""),
        (Timestamp.read, "soon"),
        (Timestamp.read, "2023-02-30T00:00:00Z"),
        (Timestamp.read, "0000-01-01T00:00:00Z"),
        (Timestamp.read, "2023-12-07T08:61:60Z"),
        (Identifier.read, 5),
        (Identifier.read, "25c3d1d6"),
        (read_date, 5),
        (read_date, "20231207"),
        (read_date, "2023-12-07T00:00:00"),
        (integer, True),
        (integer, 1.5),
        (integer, float("inf")),
        (integer, float("nan")),
        (integer, "3"),
        (number, False),
        (number, "1"),
        (number, None),
    ],
)
def test_other_values_are_refused_by_the_name_of_the_member(
    read: Callable[[str, object], object], value: object
) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^Order\.member must be ") as caught:
        read("Order.member", value)
    assert type(caught.value) in {TypeError, ValueError}


def test_an_integer_may_have_a_fraction_of_nothing() -> None:
    assert (integer("it", 3.0), type(integer("it", 3.0))) == (3, int)
    assert (number("it", 3), type(number("it", 3))) == (3, int)


@pytest.mark.usefixtures("packages")
@EACH
def test_absence_is_one_value(name: str) -> None:
    types = importlib.import_module(f"{name}_client.types")
    assert types.Unset() is types.UNSET
    assert repr(types.UNSET) == "UNSET"
    assert not types.UNSET
    for duplicate in DUPLICATES:
        assert duplicate(types.UNSET) is types.UNSET


@pytest.mark.usefixtures("packages")
@EACH
@pytest.mark.parametrize("class_name", ["Client", "AuthenticatedClient"])
def test_a_client_does_not_show_its_credentials(name: str, class_name: str) -> None:
    package = importlib.import_module(f"{name}_client")
    token = {"token": CANARY} if class_name == "AuthenticatedClient" else {}
    client = getattr(package, class_name)(
        base_url="https://api.example.com",
        headers={"X-Key": CANARY},
        cookies={"key": CANARY},
        httpx_args={"params": {"key": CANARY}},
        **token,
    )
    for each in (client, client.with_headers({"X-Other": CANARY})):
        each.get_httpx_client()
        assert CANARY not in repr(each)
        assert CANARY not in str(each)
        for duplicate in DUPLICATES:
            with pytest.raises(TypeError, match="cannot be copied or pickled") as caught:
                duplicate(each)
            assert CANARY not in str(caught.value)
        each.get_httpx_client().close()
