"""Pydantic models have names that are known before they are made."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from specloom.generate.bundling import hand_written
from specloom.generate.models import write_models
from specloom.generate.naming import names_of
from specloom.generate.schema_names import model_names
from specloom.spec import Api, SpecloomError, load_api

OBJECT: dict[str, Any] = {"type": "object", "properties": {"size": {"type": "integer"}}}


def _load(folder: Path, schemas: dict[str, Any], *, foreign: bool = True, body: str = "") -> Api:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
    operation = {"operationId": "send", "tags": ["a"], "responses": {"200": {"description": "Done."}}}
    document = {
        "openapi": "3.1.0",
        **({"x-foreign": True} if foreign else {}),
        "info": {"title": "Odd", "version": "1.0.0"},
        "paths": {"/": {"post": {**operation, **({"requestBody": {"content": content}} if body else {})}}},
        "components": {"schemas": schemas},
    }
    path = folder / "specs" / "odd" / "openapi.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    return load_api(path)


def _models(api: Api, folder: Path) -> ModuleType:
    """Return the module of the models of `api`."""
    package = folder / "odd_client"
    package.mkdir()
    for name in ("__init__.py", "strict.py", "values.py"):
        (package / name).write_text(hand_written().get(name, ""), "utf-8")
    write_models(api, names_of(api.document.path), package / "schemas.py")
    spec = importlib.util.spec_from_file_location(
        f"odd_{folder.name}", package / "__init__.py", submodule_search_locations=[str(package)]
    )
    assert spec is not None
    sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    return importlib.import_module(f"{spec.name}.schemas")


def test_names_that_no_class_can_have_become_names_of_classes(tmp_path: Path) -> None:
    given = ["Plain", "a-b", "a_b", "A.B", "AB", "ab", "1st", "None", "Literal", "BaseModel", "HTTPError"]
    schemas: dict[str, Any] = dict.fromkeys(given, OBJECT)
    schemas["Holder"] = {
        "type": "object",
        "properties": {f"m{index}": {"$ref": _reference(name)} for index, name in enumerate(given)},
    }
    api = _load(tmp_path, schemas)
    names = model_names(api)
    assert names["Plain"] == "Plain"
    assert names["HTTPError"] == "HTTPError"
    assert len(set(names.values())) == len(schemas)
    models = _models(api, tmp_path)
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
                    "oneOf": [{"$ref": _reference("the-cat")}, {"$ref": _reference("the-dog")}],
                    "discriminator": {
                        "propertyName": "kind",
                        "mapping": {"cat": _reference("the-cat"), "dog": "the-dog"},
                    },
                }
            },
        },
    }
    models = _models(_load(tmp_path, schemas), tmp_path)
    assert type(models.Pets.model_validate({"one": {"kind": "dog"}}).one) is models.TheDog


def test_a_foreign_schema_gives_way_to_a_model_of_what_is_sent(tmp_path: Path) -> None:
    array = {"type": "array", "items": {"$ref": _reference("SendBody")}}
    api = _load(tmp_path, {"SendBody": OBJECT, "List": array}, body="List")
    models = _models(api, tmp_path)
    assert models.SendBody.model_validate({"body": [{"size": 1}]}).body[0].size == 1
    assert getattr(models, model_names(api)["SendBody"]).model_validate({"size": 1}).size == 1


def test_a_schema_of_ones_own_does_not(tmp_path: Path) -> None:
    array = {"type": "array", "items": {"$ref": _reference("SendBody")}}
    api = _load(tmp_path, {"SendBody": OBJECT, "List": array}, foreign=False, body="List")
    with pytest.raises(SpecloomError, match="SendBody is the name of the model of what POST / is sent"):
        _models(api, tmp_path)


def _reference(name: str) -> str:
    return f"#/components/schemas/{name}"
