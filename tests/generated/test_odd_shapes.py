"""The package of a spec full of odd shapes type-checks, and its models agree with the schemas."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.generated.accepted import values
from tests.generated.agreeing import Views, views
from tests.generated.near_misses import accepted_by_pydantic_alone
from tests.generated.odd import SCHEMAS, write_odd

from specloom.generate import generate
from specloom.spec import load_api
from specloom.spec.equality import equal

EACH = pytest.mark.parametrize("name", [name for name, schema in SCHEMAS.items() if schema["type"] == "object"])
# What pydantic accepts although the schema does not, and why.
INEXPRESSIBLE = {
    ("Chosen", "/level"): "an enumeration of integers: to Python, and so to Literal, True is 1",
    ("Chosen", "/yes"): "a constant true: likewise 1 is True",
}
FEW = settings(max_examples=25, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The generated import package."""
    folder = tmp_path_factory.mktemp("odd")
    generate([write_odd(folder)], folder / "generated", jobs=1)
    sys.path.insert(0, str(folder / "generated" / "odd"))
    yield folder / "generated" / "odd" / "odd_client"
    sys.path.remove(str(folder / "generated" / "odd"))


@pytest.fixture(scope="module")
def by_name(package: Path) -> Mapping[str, Views]:
    """The views of each schema."""
    api = load_api(package.parent.parent.parent / "specs" / "odd" / "openapi.yaml")
    return {view.name.removeprefix("odd-"): view for view in views(api, "odd_client")}


def test_mypy_finds_nothing(package: Path, strictly_typed: Callable[[Path], None]) -> None:
    strictly_typed(package)


@EACH
@FEW
@given(data=st.data())
def test_what_the_schema_accepts_is_read_and_written_as_it_was(
    by_name: Mapping[str, Views], name: str, data: st.DataObject
) -> None:
    view = by_name[name]
    value: Any = data.draw(values(view.schema).filter(view.accepts))
    for written in (view.read_by_attrs(value), view.read_by_pydantic(value)):
        assert equal(written, value), (written, value)


@EACH
@FEW
@given(data=st.data())
def test_pydantic_refuses_what_the_schema_refuses(by_name: Mapping[str, Views], name: str, data: st.DataObject) -> None:
    view = by_name[name]
    value: Any = data.draw(values(view.schema).filter(view.accepts))
    wrongly = [miss for miss in accepted_by_pydantic_alone(view, value) if (name, miss.path) not in INEXPRESSIBLE]
    assert wrongly == []


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("status", "value", "wrong"),
    [
        (400, ["2023-12-07T08:29:50.000Z"], ["soon"]),
        (401, 3, "3"),
        (402, None, 3),
        (403, [{"kind": "lion", "name": "Leo"}], [None]),
    ],
)
def test_answers_that_are_no_objects_are_read_as_well(status: int, value: Any, wrong: Any) -> None:
    client = importlib.import_module("odd_client").Client(base_url="https://api.example.com")
    operation = importlib.import_module("odd_client.api.odd.get_odd")

    def parsed(answer: Any) -> Any:
        transport = httpx.MockTransport(lambda _: httpx.Response(status, text=json.dumps(answer)))
        with httpx.Client(base_url="https://api.example.com", transport=transport) as inner:
            return operation.sync(client=client.set_httpx_client(inner))

    found = parsed(value)
    assert equal(_json(found), value)
    with pytest.raises((TypeError, ValueError)):
        parsed(wrong)


def test_a_member_with_the_name_of_an_attribute_is_another_member(by_name: Mapping[str, Views]) -> None:
    value = {"class": "a", "self": "b", "d": "c", "copy": "d", "fooBar": "e", "foo_bar": 5, "class_": []}
    view = by_name["Named"]
    assert equal(view.read_by_attrs(value), value)
    assert equal(view.read_by_pydantic(value), value)
    made = view.pydantic_model(class_="a", self="b", d="c", copy_="d")
    assert made.model_dump(by_alias=True, exclude_unset=True) == {"class": "a", "self": "b", "d": "c", "copy": "d"}


def _json(value: Any) -> Any:
    if isinstance(value, list):
        return [_json(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.to_dict() if hasattr(value, "to_dict") else value
