"""A discriminator knows each value that the schemas beside it allow, or is none."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.spec.foreign.discriminating import discriminate

AT = "/components/schemas/Pet/discriminator"


def _document(pet: dict[str, Any], **schemas: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "components": {"schemas": {"Pet": pet, **schemas}}}


def _tagged(**tag: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"kind": tag}}


def _one_of(*names: str, **discriminator: Any) -> dict[str, Any]:
    union = [{"$ref": f"#/components/schemas/{name}"} for name in names]
    return {"oneOf": union, "discriminator": {"propertyName": "kind", **discriminator}}


KIND = {"Kind": {"enum": ["cat"]}}
CAT = {"cat": "#/components/schemas/Cat"}


@pytest.mark.parametrize(
    "cat",
    [
        _tagged(const="cat"),
        _tagged(enum=["cat"]),
        _tagged(**{"$ref": "#/components/schemas/Kind"}),
        {"allOf": [_tagged(enum=["cat", "dog", "cow"]), _tagged(const="cat")]},
        {"anyOf": [_tagged(const="cat"), _tagged(const="cat")]},
    ],
    ids=["const", "enum", "component", "narrowed", "union"],
)
def test_a_value_that_one_alternative_allows_is_mapped_to_it(cat: dict[str, Any]) -> None:
    data = _document(_one_of("Cat", "dog"), Cat=cat, dog=_tagged(const="dog"), **KIND)
    notes = list(discriminate(data))
    assert data["components"]["schemas"]["Pet"]["discriminator"] == {"propertyName": "kind", "mapping": CAT}
    assert [(note.pointer, note.message, note.lost) for note in notes] == [
        (AT, "'cat' was mapped to the alternative that says so", False)
    ]


def test_what_is_missing_is_added_to_a_mapping() -> None:
    dog = {"dog": "#/components/schemas/Dog"}
    data = _document(_one_of("Cat", "Dog", mapping=dog), Cat=_tagged(const="cat"), Dog=_tagged(const="dog"))
    list(discriminate(data))
    assert data["components"]["schemas"]["Pet"]["discriminator"]["mapping"] == {**dog, **CAT}


@pytest.mark.parametrize(
    "cow",
    [_one_of("Cat", "Dog"), {"oneOf": [{"$ref": "#/components/schemas/Cat"}, _tagged(const="cow")]}],
    ids=["two alternatives", "no component"],
)
def test_a_discriminator_that_tells_nothing_apart_is_left_out(cow: dict[str, Any]) -> None:
    pet = {**cow, "discriminator": {"propertyName": "kind"}}
    data = _document(pet, Cat=_tagged(const="cat"), Dog=_tagged(const="cat"))
    notes = list(discriminate(data))
    assert "discriminator" not in data["components"]["schemas"]["Pet"]
    assert [(note.pointer, note.lost) for note in notes] == [(AT, True)]


@pytest.mark.parametrize(
    ("pet", "cat"),
    [
        (_one_of("Cat"), _tagged(type="string")),
        (_one_of("Cat"), _tagged(const="Cat")),
        (_one_of("Cat"), _tagged(const=1)),
        (_one_of("Cat", "Cat", mapping=CAT), _tagged(enum=["cat", "cow"])),
        (_one_of("Nobody", "Cat"), _tagged(const="Cat")),
        (_one_of("Cat", mapping=[]), _tagged(const="cat")),
        ({"discriminator": {"propertyName": 1}}, {}),
        ({"discriminator": {"propertyName": "kind"}, "oneOf": {}}, {}),
        ({"discriminator": {"propertyName": "kind"}, "oneOf": [True, _tagged(enum=7)]}, {}),
        (_one_of("Pet"), {}),
        ({"discriminator": {"propertyName": "kind"}, "oneOf": [{"$ref": "#"}, {"$ref": "elsewhere"}]}, {}),
    ],
)
def test_any_other_stays_as_it_is(pet: dict[str, Any], cat: dict[str, Any]) -> None:
    data = _document(pet, Cat=cat)
    given = repr(data)
    assert list(discriminate(data)) == []
    assert repr(data) == given
