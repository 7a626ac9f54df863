"""Models of objects agree with schemas that combine others, and take the names of members that Python has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.generate.modelling.making import made, reference

TEXT: dict[str, Any] = {"type": "string"}


def _object(required: str = "", **members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members, **({"required": required.split()} if required else {})}


def test_what_all_of_combines_is_one_class(tmp_path: Path, strictly_typed: Callable[[Path], None]) -> None:
    """A class may not narrow what it inherits, as `kind` here; nor may two that it inherits from differ."""
    schemas = {
        "Base": _object("kind", kind=TEXT, note=TEXT, parent=reference("Base")),
        "Other": _object(note={"type": ["string", "null"]}),
        "Cat": {
            "description": "A cat.",
            "allOf": [
                reference("Base"),
                reference("Other"),
                _object("lives", kind={"type": "string", "enum": ["cat"]}, lives={"type": "integer", "minimum": 0}),
                {"required": ["note"]},
            ],
        },
    }
    found = made(tmp_path, schemas)
    assert found.losses == {}
    assert found.model("Cat").__doc__ == "\n    A cat.\n    "
    assert found.takes("Cat", {"kind": "cat", "lives": 9, "note": "x", "parent": {"kind": "dog"}, "more": 1})
    wrongs: list[dict[str, Any]] = [{"kind": "dog"}, {"lives": -1}, {"note": None}, {"parent": {}}]
    for wrong in wrongs:
        assert not found.takes("Cat", {"kind": "cat", "lives": 9, "note": "x", **wrong})
    assert not found.takes("Cat", {"kind": "cat", "lives": 9})
    strictly_typed(tmp_path / "odd_client")


def test_alternatives_share_what_stands_around_them(tmp_path: Path) -> None:
    schemas = {
        "Order": {
            **_object("id", id=TEXT),
            "oneOf": [
                _object("paid", paid={"type": "boolean"}),
                _object("due", due={"type": "string", "format": "date"}),
            ],
        },
        "Holder": _object(order={"anyOf": [reference("Order"), {"type": "null"}]}),
    }
    found = made(tmp_path, schemas)
    assert found.takes("Holder", {"order": {"id": "1", "due": "2026-11-21"}})
    assert found.takes("Holder", {"order": None})
    assert not found.takes("Holder", {"order": {"due": "2026-11-21"}})
    assert not found.takes("Holder", {"order": {"id": "1", "due": "soon"}})


def test_alternatives_that_only_require_members_are_told(tmp_path: Path) -> None:
    given = _object(a=TEXT, b=TEXT)
    found = made(tmp_path, {"Either": {**given, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}})
    assert found.losses == {"/components/schemas/Either": "which members have to be there together is not checked"}
    assert found.takes("Either", {"a": "x"})
    found.model("Either").model_validate({})


def test_members_without_a_type_make_an_object(tmp_path: Path) -> None:
    found = made(tmp_path, {"Loose": {"properties": {"a": TEXT}, "externalDocs": {"url": "https://example.com"}}})
    assert found.takes("Loose", {"a": "x", "b": [1]})


def test_members_that_are_required_need_not_be_described(tmp_path: Path) -> None:
    found = made(tmp_path, {"Thing": {**_object("id", a=TEXT)}})
    assert found.takes("Thing", {"id": [1]})
    assert not found.takes("Thing", {"a": "x"})


def test_an_object_may_be_null_as_well(tmp_path: Path) -> None:
    schemas = {
        "Maybe": {**_object("a", a=TEXT), "type": ["object", "null"]},
        "Holder": _object("one", one=reference("Maybe"), two=reference("Maybe")),
    }
    found = made(tmp_path, schemas)
    assert found.takes("Holder", {"one": None, "two": None})
    assert found.takes("Holder", {"one": {"a": "x"}})
    assert not found.takes("Holder", {"two": None})
    assert found.module.Maybe(a="x").a == "x"


def test_closed_objects_stay_closed(tmp_path: Path) -> None:
    closed = {**_object(a=TEXT), "additionalProperties": False}
    schemas = {
        "Closed": closed,
        "Empty": {"type": "object", "additionalProperties": {"not": {}}},
        "Unevaluated": {"allOf": [_object(a=TEXT), _object(b=TEXT)], "unevaluatedProperties": False},
        "Both": {"allOf": [closed, _object(b=TEXT)]},
    }
    found = made(tmp_path, schemas)
    for name in ("Closed", "Empty", "Unevaluated"):
        assert found.takes(name, {})
        assert not found.takes(name, {"c": 1})
    assert found.takes("Unevaluated", {"a": "x", "b": "y"})
    assert found.losses == {
        "/components/schemas/Both/allOf/1": "members that another schema of its `allOf` excludes are accepted"
    }
    found.model("Both").model_validate({"a": "x", "b": "y"})


def test_further_members_may_follow_a_schema(tmp_path: Path) -> None:
    short = {"type": ["string", "null"], "maxLength": 2}
    schemas = {
        "Map": {"type": "object", "additionalProperties": short, "minProperties": 1},
        "Some": {**_object(a=TEXT), "additionalProperties": short},
        "Patterned": {"type": "object", "patternProperties": {"^x": short}, "additionalProperties": {"not": {}}},
    }
    found = made(tmp_path, schemas)
    for name in ("Map", "Some", "Patterned"):
        assert found.takes(name, {"x": "ab"})
        assert found.takes(name, {"x": None})
        assert not found.takes(name, {"x": "abc"})
    assert not found.takes("Map", {})
    assert found.losses == {"/components/schemas/Patterned": "`patternProperties` is not checked"}


ODD_NAMES = (
    *(
        "model_config",
        "model_fields",
        "model_dump",
        "model_validate_this",
        "copy",
        "json",
        "schema",
        "dict",
        "construct",
    ),
    *("$scope", "@id", "", "1", "a b", "a-b", "a_b", "aB", "AB", "__x__", "_x", "class", "None", "self", "cls", "root"),
    *("str", "int", "list", "bool", "float", "date", "UUID", "Any", "Literal", "Annotated", "Field", "BaseModel", "ä"),
)


@pytest.mark.parametrize("schema", [TEXT, {"type": "string", "format": "date"}, {"type": "integer", "minimum": 1}])
def test_members_may_have_any_names(tmp_path: Path, schema: dict[str, Any]) -> None:
    found = made(
        tmp_path,
        {"Odd": {"type": "object", "properties": dict.fromkeys(ODD_NAMES, schema)}, "Two": _object(x=reference("Odd"))},
    )
    values = {"string": "2026-11-21", "integer": 3}
    assert found.takes("Two", {"x": dict.fromkeys(ODD_NAMES, values[schema["type"]])})
    for name in ODD_NAMES:
        assert not found.takes("Two", {"x": {name: None}})


def test_a_further_member_that_is_called_like_a_field_is_another_one(tmp_path: Path) -> None:
    found = made(tmp_path, {"Cased": _object(Name=TEXT)})
    assert found.takes("Cased", {"name": "x"})
    assert found.takes("Cased", {"Name": "y", "name": "x"})


def test_inner_objects_leave_components_their_names(tmp_path: Path) -> None:
    limited = {"type": "array", "items": {**TEXT, "maxLength": 2}, "maxItems": 1}
    schemas = {
        "Shop": _object(
            item=_object(size={"type": "integer"}),
            cards={"type": "array", "items": {**TEXT, "pattern": "^c"}},
            price={"anyOf": [{"type": "integer", "minimum": 1}, limited]},
        ),
        "Item": _object("id", id=TEXT),
        "Card": _object("id", id=TEXT),
        "Price": _object("id", id=TEXT),
        "ShopItem": _object("id", id=TEXT),
    }
    found = made(tmp_path, schemas)
    for name in ("Item", "Card", "Price", "ShopItem"):
        assert found.takes(name, {"id": "x"})
        assert not found.takes(name, {})
    assert found.takes("Shop", {"item": {"size": 1}, "cards": ["c1"], "price": 1})
    for wrong in ({"cards": ["d"]}, {"price": 0}, {"price": ["abc"]}, {"price": ["a", "b"]}):
        assert not found.takes("Shop", wrong)
