"""A document spread over files becomes one, and references lead to components of their kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.spec.foreign.published import answering, schemas

from specloom.spec import SpecloomError
from specloom.spec.foreign import Adopted

Adopt = Callable[..., Adopted]


def test_a_schema_of_another_file_becomes_a_component(adopted: Adopt) -> None:
    found = adopted({"paths": {"/a": answering({"$ref": "parcel.json"})}}, parcel={"type": "object"})
    assert found.data["components"]["schemas"] == {"parcel": {"type": "object"}}
    media = found.data["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]
    assert media["schema"] == {"$ref": "#/components/schemas/parcel"}


def test_a_component_that_is_a_file_keeps_its_name(adopted: Adopt) -> None:
    found = adopted(
        {"paths": {"/a": answering({"$ref": "parcel.json"})}, **schemas(Parcel={"$ref": "parcel.json"})},
        parcel={"type": "object"},
    )
    assert found.data["components"]["schemas"] == {"Parcel": {"type": "object"}}


def test_files_refer_to_each_other_and_to_themselves(adopted: Adopt) -> None:
    found = adopted(
        schemas(Parcel={"$ref": "box.json#/definitions/Box"}),
        box={"definitions": {"Box": {"properties": {"in": {"$ref": "#/definitions/Box"}, "on": {"$ref": "lid.json"}}}}},
        lid={"properties": {"of": {"$ref": "box.json#/definitions/Box"}}},
    )
    box = {"properties": {"in": {"$ref": "#/components/schemas/Parcel"}, "on": {"$ref": "#/components/schemas/lid"}}}
    lid = {"properties": {"of": {"$ref": "#/components/schemas/Parcel"}}}
    assert found.data["components"]["schemas"] == {"Parcel": box, "lid": lid}


def test_two_files_of_one_name_become_two_components(adopted: Adopt, tmp_path: Path) -> None:
    for folder, kind in (("in", "string"), ("out", "integer")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "label.json").write_text(f'{{"type": "{kind}"}}', "utf-8")
    both = {"properties": {"a": {"$ref": "in/label.json"}, "b": {"$ref": "out/label.json"}}}
    found = adopted(schemas(Parcel=both)).data["components"]["schemas"]
    assert {name: each["type"] for name, each in found.items() if name != "Parcel"} == {
        "label": "string",
        "label2": "integer",
    }


def test_path_items_and_operations_of_other_files_are_written_out(adopted: Adopt) -> None:
    found = adopted(
        {"paths": {"/a": {"$ref": "item.json"}, "/b": {"get": {"$ref": "operation.json"}}}},
        item=answering({"type": "string"}),
        operation={**answering({"type": "string"})["get"], "operationId": "other"},
    )
    assert found.data["paths"]["/a"] == answering({"type": "string"})
    assert found.data["paths"]["/b"]["get"]["operationId"] == "other"


def test_a_definition_inside_a_schema_becomes_a_component(adopted: Adopt) -> None:
    inside = {
        "$defs": {"Line": {"type": "string"}},
        "properties": {"line": {"$ref": "#/components/schemas/Order/$defs/Line"}},
    }
    found = adopted({"openapi": "3.1.0", **schemas(Order=inside)}).data["components"]["schemas"]
    assert found["Order"] == {"properties": {"line": {"$ref": "#/components/schemas/OrderLine"}}}
    assert found["OrderLine"] == {"type": "string"}


def test_a_reference_into_a_path_becomes_one_to_a_component(adopted: Adopt) -> None:
    into = "#/paths/~1a/get/responses/200/content/application~1json/schema"
    found = adopted({"paths": {"/a": answering({"type": "string"})}, **schemas(Label={"$ref": into})})
    (name,) = found.data["components"]["schemas"].keys() - {"Label"}
    assert found.data["components"]["schemas"] == {
        "Label": {"$ref": f"#/components/schemas/{name}"},
        name: {"type": "string"},
    }


def test_a_pointer_that_leads_through_a_reference_is_followed(adopted: Adopt) -> None:
    through = {"$ref": "#/components/schemas/Parcel/properties/lid/properties/of"}
    found = adopted(
        schemas(
            Parcel={"properties": {"lid": {"$ref": "#/components/schemas/Lid"}}},
            Lid={"properties": {"of": {"type": "integer"}}},
            Label=through,
        )
    )
    assert {"type": "integer"} in found.data["components"]["schemas"].values()
    assert not [note for note in found.notes if note.lost]


def test_an_anchor_is_found(adopted: Adopt) -> None:
    members = schemas(Parcel={"$anchor": "box", "type": "object"}, Label={"$ref": "#box"})
    found = adopted({"openapi": "3.1.0", **members}).data["components"]["schemas"]
    assert found[found["Label"]["$ref"].rpartition("/")[2]]["type"] == "object"


def test_boolean_schemas_become_objects(adopted: Adopt) -> None:
    found = adopted(
        {"openapi": "3.1.0", **schemas(Box={"properties": {"a": True, "b": False}, "additionalProperties": False})}
    )
    assert found.data["components"]["schemas"]["Box"] == {
        "properties": {"a": {}, "b": {"not": {}}},
        "additionalProperties": False,
    }


def test_a_discriminator_leads_to_components(adopted: Adopt) -> None:
    union = {
        "oneOf": [{"$ref": "box.json"}, {"$ref": "#/components/schemas/Lid"}],
        "discriminator": {"propertyName": "kind", "mapping": {"box": "box.json", "lid": "Lid"}},
    }
    found = adopted(schemas(Lid={"type": "object"}, Any=union), box={"type": "object"})
    assert found.data["components"]["schemas"]["Any"]["discriminator"]["mapping"] == {
        "box": "#/components/schemas/box",
        "lid": "#/components/schemas/Lid",
    }


def test_a_value_that_looks_like_a_reference_is_left_alone(adopted: Adopt) -> None:
    value = {"$ref": "#/nowhere"}
    found = adopted(schemas(Link={"type": "object", "example": value, "default": value}))
    assert found.data["components"]["schemas"]["Link"] == {"type": "object", "example": value, "default": value}
    assert not [note for note in found.notes if note.lost]


@pytest.mark.parametrize("reference", ["#/components/schemas/Gone", "https://example.com/parcel.json"])
def test_a_reference_that_leads_nowhere_is_told(adopted: Adopt, reference: str) -> None:
    found = adopted(schemas(Parcel={"properties": {"a": {"$ref": reference}}}))
    assert found.data["components"]["schemas"]["Parcel"] == {"properties": {"a": {}}}
    (lost,) = [note for note in found.notes if note.lost]
    assert lost.pointer == "/components/schemas/Parcel/properties/a"
    assert reference in lost.message


@pytest.mark.parametrize("reference", ["HTTP://example.com/a.json", "file:///a.json", "urn:example:a"])
def test_nothing_is_read_by_its_url(adopted: Adopt, reference: str) -> None:
    found = adopted(schemas(Parcel={"$ref": reference}))
    (lost,) = [note for note in found.notes if note.lost]
    assert ("is on the network" in lost.message) == reference.startswith("HTTP")


NO_FILES = {"missing": "gone.json", "NUL": "a\0b.json", "long": f"{'x' * 300}.json", "folder": "../"}


@pytest.mark.parametrize("reference", NO_FILES)
def test_a_file_that_is_not_there_is_an_error_where_the_reference_stands(
    adopted: Adopt, tmp_path: Path, reference: str
) -> None:
    with pytest.raises(SpecloomError) as caught:
        adopted(schemas(Parcel={"$ref": "lid.json"}), lid={"items": [{}, {"$ref": NO_FILES[reference]}]})
    assert caught.value.place.path == tmp_path / "lid.json"
    assert caught.value.place.pointer == "/items/1/$ref"
    assert "remove the $ref" in caught.value.remedy


def test_a_file_that_is_broken_is_an_error_with_both_places(adopted: Adopt, tmp_path: Path) -> None:
    (tmp_path / "lid.yaml").write_text("a: 1\na: 2\n", "utf-8")
    with pytest.raises(SpecloomError, match=r"lid\.yaml:2 #/a: duplicate key") as caught:
        adopted(schemas(Parcel={"$ref": "lid.yaml"}))
    assert caught.value.place.pointer == "/components/schemas/Parcel/$ref"
    assert caught.value.remedy == "remove or rename one of the two"


def test_a_value_that_looks_like_a_file_that_cannot_be_is_left_alone(adopted: Adopt) -> None:
    value = {"$ref": f"{'x' * 300}.json"}
    assert adopted(schemas(Link={"example": value})).data["components"]["schemas"]["Link"] == {"example": value}


def test_a_name_that_no_component_may_have_is_changed_everywhere(adopted: Adopt) -> None:
    members = schemas(**{"The box": {"type": "object"}}, Parcel={"items": {"$ref": "#/components/schemas/The%20box"}})
    found = adopted(members)
    assert found.data["components"]["schemas"] == {
        "The_box": {"type": "object"},
        "Parcel": {"items": {"$ref": "#/components/schemas/The_box"}},
    }
    assert "'The box'" in next(note.message for note in found.notes if note.pointer == "/components/schemas/The_box")
