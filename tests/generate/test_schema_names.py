"""Pydantic models have names that are known before they are made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.generate.modelling.making import document, imported, made, reference

from specloom.generate.schema_names import model_names
from specloom.spec import SpecloomError

OBJECT: dict[str, Any] = {"type": "object", "properties": {"size": {"type": "integer"}}}


def test_names_that_no_class_can_have_become_names_of_classes(tmp_path: Path) -> None:
    given = ["Plain", "a-b", "a_b", "A.B", "AB", "ab", "1st", "None", "Literal", "BaseModel", "HTTPError"]
    schemas: dict[str, Any] = dict.fromkeys(given, OBJECT)
    schemas["Holder"] = {
        "type": "object",
        "properties": {f"m{index}": reference(name) for index, name in enumerate(given)},
    }
    api = document(tmp_path, schemas)
    names = model_names(api)
    assert names["Plain"] == "Plain"
    assert names["HTTPError"] == "HTTPError"
    assert len(set(names.values())) == len(schemas)
    models = imported(api, tmp_path).module
    fields = models.Holder.model_fields
    for index, name in enumerate(given):
        field = fields[f"m{index}"]
        assert getattr(models, names[name]) in field.annotation.__args__, name


def test_the_tags_of_a_discriminator_lead_to_the_renamed_schemas(tmp_path: Path) -> None:
    def pet(kind: str) -> dict[str, Any]:
        return {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "const": kind}}}

    schemas = {
        "the-cat": pet("cat"),
        "the-dog": pet("dog"),
        "Pets": {
            "type": "object",
            "properties": {
                "one": {
                    "oneOf": [reference("the-cat"), reference("the-dog")],
                    "discriminator": {
                        "propertyName": "kind",
                        "mapping": {"cat": "#/components/schemas/the-cat", "dog": "the-dog"},
                    },
                }
            },
        },
    }
    models = made(tmp_path, schemas).module
    assert type(models.Pets.model_validate({"one": {"kind": "dog"}}).one) is models.TheDog


def test_a_foreign_schema_gives_way_to_a_model_of_what_is_sent(tmp_path: Path) -> None:
    array = {"type": "array", "items": reference("SendBody")}
    api = document(tmp_path, {"SendBody": OBJECT, "List": array}, body="List")
    models = imported(api, tmp_path).module
    assert models.SendBody.model_validate({"body": [{"size": 1}]}).body[0].size == 1
    assert getattr(models, model_names(api)["SendBody"]).model_validate({"size": 1}).size == 1


def test_a_schema_of_ones_own_does_not(tmp_path: Path) -> None:
    array = {"type": "array", "items": reference("SendBody")}
    api = document(tmp_path, {"SendBody": OBJECT, "List": array}, foreign=False, body="List")
    with pytest.raises(SpecloomError, match="SendBody is the name of the model of what POST / is sent"):
        imported(api, tmp_path)
