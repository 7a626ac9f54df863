"""Rewrite schemas so that they say the same in other words."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

from tests.release.compat.agreement.documents import reachable

from specloom.spec import pointer as json_pointer
from specloom.spec.subschemas import subschemas

Schema = dict[str, Any]


def reworded(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return `document` with a good part of its schemas written differently."""
    document = copy.deepcopy(document)
    schemas = document["components"]["schemas"]
    for name in reachable(document):
        _inside(schemas, json_pointer.join(name), random)
    return document


def _inside(schemas: dict[str, Any], pointer: str, random: Random) -> None:
    """Rewrite what is inside the schema at `pointer`, then itself."""
    schema = json_pointer.get(schemas, pointer)
    for tokens, _ in list(subschemas(schema)):
        _inside(schemas, pointer + json_pointer.join(*tokens), random)
    if isinstance(schema, dict):
        for reword in random.sample(_WAYS, 3):
            schema = reword(schema)
        if random.random() < 0.2:
            name = f"Moved{len(schemas)}"
            schemas[name], schema = schema, {"$ref": f"#/components/schemas/{name}"}
    elif schema is True:
        schema = {}
    json_pointer.put(schemas, pointer, schema)


def _wrapped(schema: Schema) -> Schema:
    return {"allOf": [schema]}


def _only_choice(schema: Schema) -> Schema:
    return {"anyOf": [schema]}


def _only_alternative(schema: Schema) -> Schema:
    return {"oneOf": [schema], "description": "There is one way only."}


def _twice(schema: Schema) -> Schema:
    return {
        **schema,
        "allOf": [*schema.get("allOf", []), {key: schema[key] for key in ("type", "enum") if key in schema}],
    }


def _described(schema: Schema) -> Schema:
    return {**schema, "title": "Something", "examples": [1], "$comment": "nothing to see", "externalDocs": {"url": "x"}}


def _reordered(schema: Schema) -> Schema:
    result = dict(reversed(schema.items()))
    for keyword in ("enum", "required", "type", "anyOf", "oneOf", "allOf"):
        if isinstance(result.get(keyword), list):
            result[keyword] = result[keyword][::-1]
    return result


def _listed(schema: Schema) -> Schema:
    if "const" in schema and "enum" not in schema:
        schema = {**schema, "enum": [schema["const"]]}
        del schema["const"]
        return schema
    return {**schema, "type": [schema["type"]]} if isinstance(schema.get("type"), str) else schema


def _separate(schema: Schema) -> Schema:
    """Write a list of types as alternatives; the keywords of each type stay where they are."""
    if not isinstance(schema.get("type"), list) or "anyOf" in schema:
        return schema
    types = [{"type": name} for name in schema["type"]]
    return {**{key: value for key, value in schema.items() if key != "type"}, "anyOf": types}


def _of_whole_numbers(schema: Schema) -> Schema:
    if schema.get("type") != "integer" or "exclusiveMinimum" in schema or not isinstance(schema.get("minimum"), int):
        return schema
    result = {**schema, "exclusiveMinimum": schema["minimum"] - 1}
    del result["minimum"]
    return result


_WAYS: list[Callable[[Schema], Schema]] = [
    _wrapped, _only_choice, _only_alternative, _twice, _described, _reordered, _listed, _separate, _of_whole_numbers,
]  # fmt: skip
