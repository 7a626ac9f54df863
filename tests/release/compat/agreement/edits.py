"""Random edits of a document: what people do to schemas."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.release.compat.agreement.documents import COMPONENTS, NAMES, SCALARS, Maker, reachable

from specloom.spec import pointer as json_pointer
from specloom.spec.subschemas import subschemas


def edited(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return `document` with one to three edits."""
    document = copy.deepcopy(document)
    for _ in range(random.randint(1, 3)):
        pointer = random.choice(list(_schemas(document)))
        before = json_pointer.get(document, pointer)
        json_pointer.put(document, pointer, _edited(before, random, root=pointer.count("/") == 3))
    return document


def _schemas(document: dict[str, Any]) -> Iterator[str]:
    todo = [json_pointer.join("components", "schemas", name) for name in reachable(document)]
    while todo:
        pointer = todo.pop()
        yield pointer
        todo += [pointer + json_pointer.join(*tokens) for tokens, _ in subschemas(json_pointer.get(document, pointer))]


def _edited(schema: Any, random: Random, *, root: bool) -> Any:
    maker = Maker(random, depth=1)
    if not isinstance(schema, dict) or random.random() < 0.1:
        return maker.schema(0)
    wrapped = [
        {"allOf": [schema]},
        {random.choice(["anyOf", "oneOf"]): [schema, {"type": "null"}]},
        {random.choice(["anyOf", "oneOf"]): [schema, maker.schema(0)]},
        {"$ref": f"#/components/schemas/{random.choice(COMPONENTS[1:])}"},
    ]
    choice = random.randint(0, 9)
    if choice < len(wrapped) - root:
        return wrapped[choice]
    return _without(schema, random) if choice < 7 and schema else _with(schema, maker)


def _without(schema: dict[str, Any], random: Random) -> dict[str, Any]:
    keyword = random.choice(list(schema))
    value = schema[keyword]
    if isinstance(value, list) and len(value) > 1:
        gone = random.randrange(len(value))
        return {**schema, keyword: [one for index, one in enumerate(value) if index != gone]}
    if keyword == "properties" and value:
        name = random.choice(list(value))
        return {**schema, keyword: {other: child for other, child in value.items() if other != name}}
    if isinstance(value, int) and not isinstance(value, bool) and keyword != "const":
        return {**schema, keyword: max(1 if keyword == "multipleOf" else 0, value + random.choice([-1, 1]))}
    return {other: child for other, child in schema.items() if other != keyword}


def _with(schema: dict[str, Any], maker: Maker) -> dict[str, Any]:
    random = maker.random
    if isinstance(schema.get("properties"), dict) and random.random() < 0.6:
        name = random.choice(NAMES)
        required = sorted({*schema.get("required", []), name}) if random.random() < 0.4 else schema.get("required", [])
        return {**schema, "properties": {**schema["properties"], name: maker.schema(1)}, "required": required}
    for keyword in ("enum", "anyOf", "oneOf"):
        if keyword in schema:
            more = random.choice(SCALARS) if keyword == "enum" else maker.schema(0)
            return {**schema, keyword: [*schema[keyword], more]}
    other = random.choice([maker.string, maker.number, maker.object, maker.array, maker.guarded])(1)
    return {**schema, **{keyword: value for keyword, value in other.items() if random.random() < 0.5}}
