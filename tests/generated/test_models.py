"""The attrs and the pydantic models of the committed packages take every example of the specs and give it back."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import attrs
import pydantic
import pytest

from specloom.spec import Api, find_specs, load_api
from specloom.spec.api import Example, MediaType

pytestmark = pytest.mark.usefixtures("packages")
ROOT = Path(__file__).parent.parent.parent


@attrs.frozen
class _Body:
    """An example of a body, and the name of its schema."""

    api: str
    schema: str
    example: Example

    def __str__(self) -> str:
        return f"{self.api}-{self.schema}-{self.example.name}"


def _bodies() -> Iterator[_Body]:
    for path in find_specs(folder=ROOT / "specs"):
        api = load_api(path)
        seen = set()
        for operation in api.operations:
            media_types: list[MediaType] = list(operation.body.media_types if operation.body else ())
            media_types += [each for response in operation.responses.values() for each in response.media_types]
            for media_type in media_types:
                assert media_type.schema_pointer is not None
                schema = api.document.resolve(media_type.schema_pointer)[0].removeprefix("/components/schemas/")
                for example in media_type.examples:
                    if example.pointer not in seen:
                        seen.add(example.pointer)
                        yield _Body(api.name, schema, example)


BODIES = list(_bodies())
EACH = pytest.mark.parametrize("body", BODIES, ids=str)


def _attrs_model(api: str, name: str) -> Any:
    return getattr(importlib.import_module(f"{api}_client.models"), name)


def _pydantic_model(api: str, name: str) -> Any:
    return getattr(importlib.import_module(f"{api}_client.schemas"), name)


def _dumped(model: pydantic.BaseModel) -> Any:
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _meaning(value: Any) -> Any:
    """Return `value` with times as such: both generators write them in another notation than they read them."""
    if isinstance(value, dict):
        return {key: _meaning(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_meaning(element) for element in value]
    if isinstance(value, str) and value[:1].isdigit() and "T" in value:
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    return value


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(child)


def test_there_are_examples_of_every_operation(apis: list[Api]) -> None:
    assert {body.api for body in BODIES} == {api.name for api in apis}
    assert len(BODIES) >= 3 * len(apis)


@EACH
def test_attrs_models_give_back_what_they_read(body: _Body) -> None:
    model = _attrs_model(body.api, body.schema).from_dict(body.example.value)
    assert _meaning(model.to_dict()) == _meaning(body.example.value)


@EACH
def test_pydantic_models_give_back_what_they_read(body: _Body) -> None:
    model = _pydantic_model(body.api, body.schema).model_validate(body.example.value)
    assert _meaning(_dumped(model)) == _meaning(body.example.value)


@EACH
def test_both_read_members_that_no_spec_names(body: _Body) -> None:
    """Responses are open at any depth; a request may be closed, which its pydantic model then enforces."""
    if body.schema.endswith("Request"):
        return
    for changed in _with_extra_members(body.example.value):
        model = _attrs_model(body.api, body.schema).from_dict(changed)
        assert _meaning(model.to_dict()) == _meaning(changed)
        dumped = _dumped(_pydantic_model(body.api, body.schema).model_validate(changed))
        assert _meaning(dumped) == _meaning(changed)


def _with_extra_members(value: Any) -> Iterator[Any]:
    """Yield copies of `value`, each with one more member in one of its objects that have members of fixed names."""
    for index, found in enumerate(_objects(value)):
        if any(isinstance(member, str) for member in found.values()) and "front" not in found:
            changed = _copy(value)
            list(_objects(changed))[index]["added_by_the_vendor"] = "soon"
            yield changed


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(member) for key, member in value.items()}
    return [_copy(element) for element in value] if isinstance(value, list) else value


def _example(api: str, schema: str) -> Any:
    return _copy(next(body.example.value for body in BODIES if (body.api, body.schema) == (api, schema)))


def test_a_status_that_is_new_is_read_by_both() -> None:
    value = _example("fastpod", "OrderCancelResponse")
    value["data"]["order_status"] = "lost"
    assert _attrs_model("fastpod", "OrderCancelResponse").from_dict(value).data.order_status == "lost"
    assert _pydantic_model("fastpod", "OrderCancelResponse").model_validate(value).data.order_status == "lost"


def test_an_open_enumeration_is_one_of_its_values_or_any_string() -> None:
    reset = _attrs_model("fuuffy", "ResetOrder")
    known = importlib.import_module("fuuffy_client.models").OrderStatus
    assert "READY_TO_SHIP" in get_args(known)
    assert str(attrs.fields_dict(reset)["status"].type) == "OrderStatus | str"


def test_a_reject_has_one_type_for_each_condition() -> None:
    value = _example("fuuffy", "PickpackRejectRequest")
    wanted = ["OtherRejection", "OutOfStockRejection"]
    model = _attrs_model("fuuffy", "PickpackRejectRequest")
    assert str(attrs.fields_dict(model)["orders"].type) == "list[OtherRejection | OutOfStockRejection]"
    assert [type(each).__name__ for each in model.from_dict(value).orders] == wanted
    checked = _pydantic_model("fuuffy", "PickpackRejectRequest").model_validate(value)
    assert [type(each).__name__ for each in checked.orders] == wanted
    required = {
        name: {field.name for field in attrs.fields(_attrs_model("fuuffy", name)) if field.default is attrs.NOTHING}
        for name in wanted
    }
    assert required["OtherRejection"] == {"order_id", "type_", "reject_reason"}
    assert required["OutOfStockRejection"] == {"order_id", "type_", "shipment_detail"}


@pytest.mark.parametrize("missing", ["reject_reason", "type"])
def test_a_reject_without_what_its_type_needs_is_refused_by_both(missing: str) -> None:
    value = _example("fuuffy", "PickpackRejectRequest")
    del value["orders"][0][missing]
    with pytest.raises((KeyError, ValueError)):
        _attrs_model("fuuffy", "PickpackRejectRequest").from_dict(value)
    with pytest.raises(pydantic.ValidationError):
        _pydantic_model("fuuffy", "PickpackRejectRequest").model_validate(value)


def test_each_entry_of_a_timeline_has_the_type_of_its_kind() -> None:
    value = _example("hypertrack", "Order")
    value["timeline"].append({"type": "order_painted", "recorded_at": "2023-10-26T01:28:22.016Z"})
    wanted = [
        "".join(word.title() for word in entry["type"].split("_")) + "Entry" for entry in value["timeline"][:-1]
    ] + ["OtherEntry"]
    assert len(set(wanted)) == 8
    for order in (
        _attrs_model("hypertrack", "Order").from_dict(value),
        _pydantic_model("hypertrack", "Order").model_validate(value),
    ):
        assert [type(entry).__name__ for entry in order.timeline] == wanted


def test_a_position_has_two_to_four_members() -> None:
    position = [-121.877261, 37.371918, 24.98, "2023-10-26T01:28:23.916Z"]
    for length in (2, 3, 4):
        value = {"type": "LineString", "coordinates": [position[:length]]}
        for model in (
            _attrs_model("hypertrack", "Polyline").from_dict(value).to_dict(),
            _dumped(_pydantic_model("hypertrack", "Polyline").model_validate(value)),
        ):
            assert _meaning(model) == _meaning(value)


def test_times_are_read_as_times() -> None:
    value = _example("fastpod", "OrderCancelResponse")
    wanted = datetime.fromisoformat("2023-12-07T08:29:50+00:00")
    assert _attrs_model("fastpod", "OrderCancelResponse").from_dict(value).data.cancelled_at == wanted
    assert _pydantic_model("fastpod", "OrderCancelResponse").model_validate(value).data.cancelled_at == wanted


@pytest.mark.parametrize(
    ("api", "name", "value"),
    [
        ("ppl", "OrderCancelRequest", {"note": None, "other": 1}),
        ("fuuffy", "PickupCancelRequest", {"order_id": "12a"}),
        ("fuuffy", "PickupCancelRequest", {"order_id": "12\n"}),
        ("fuuffy", "PickupCancelRequest", {"order_id": "١٢"}),
        ("fuuffy", "PickpackRejectRequest", {"orders": []}),
    ],
)
def test_a_request_that_the_spec_forbids_has_no_pydantic_model(api: str, name: str, value: Any) -> None:
    with pytest.raises(pydantic.ValidationError):
        _pydantic_model(api, name).model_validate(value)


@pytest.mark.parametrize("name", ["Order", "ErrorResponse"])
def test_models_are_described_by_the_spec(load: Callable[[str], Api], name: str) -> None:
    description = load("hypertrack").document.at(f"/components/schemas/{name}/description")
    for model in (_attrs_model("hypertrack", name), _pydantic_model("hypertrack", name)):
        assert description in str(model.__doc__)
