"""Turn the schemas of OpenAPI 3.0 into those of JSON Schema 2020-12 (OpenAPI's own migration guide from 3.0 to 3.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from specloom.spec import pointer as json_pointer
from specloom.spec.foreign.note import Note
from specloom.spec.subschemas import schema_sites

_TYPES: Final = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_SCALARS: Final = _TYPES - {"array", "object"}
# What may stand beside a $ref of 3.0 and is no constraint; all else is ignored there (OpenAPI 3.0.3, section 4.7.23).
_ANNOTATIONS: Final = frozenset(
    {
        "$ref",
        "default",
        "deprecated",
        "description",
        "example",
        "externalDocs",
        "nullable",
        "readOnly",
        "title",
        "writeOnly",
    }
)
# What stays outside when a schema becomes one alternative beside null.
_OUTSIDE: Final = ("title", "description", "default", "deprecated", "example", "examples", "readOnly", "writeOnly")


def upgrade(data: dict[str, Any]) -> Iterator[Note]:
    """Rewrite all schemas of `data`, an OpenAPI 3.0 or 3.1 document in one file; yield what was done.

    Keywords of 3.0 are found in many documents that call themselves 3.1, and mean there what they meant before.
    """
    old = str(data.get("openapi", "")).startswith("3.0")
    data["openapi"] = "3.1.0"
    if old:
        yield Note("/openapi", "this is OpenAPI 3.1 now")
    dialect = data.pop("jsonSchemaDialect", "")
    if dialect not in {
        "",
        "https://spec.openapis.org/oas/3.1/dialect/base",
        "https://json-schema.org/draft/2020-12/schema",
    }:
        yield Note("", f"schemas are read as JSON Schema 2020-12, not as {dialect}", lost=True)
    # Inside out, so that what is wrapped has been rewritten already.
    for site in reversed(list(schema_sites(data))):
        if isinstance(site.schema, dict):
            if old and "$ref" in site.schema:
                yield from _alone(site.schema, site.pointer)
            for step in _STEPS:
                done = step(site.schema)
                if done:
                    yield Note(site.pointer, done)


def _alone(schema: dict[str, Any], pointer: str) -> Iterator[Note]:
    for keyword in [each for each in schema if each not in _ANNOTATIONS and not each.startswith("x-")]:
        del schema[keyword]
        yield Note(
            json_pointer.join(*json_pointer.split(pointer), keyword), "a keyword beside a $ref means nothing in 3.0"
        )


def _exclusive(schema: dict[str, Any]) -> str:
    """Turn `minimum: 1, exclusiveMinimum: true` into `exclusiveMinimum: 1`."""
    for exclusive, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(exclusive), bool):
            strict = schema.pop(exclusive)
            if strict and limit in schema:
                schema[exclusive] = schema.pop(limit)
    return ""


def _tuples(schema: dict[str, Any]) -> str:
    """Turn an array of `items` into `prefixItems` (JSON Schema 2020-12, 10.3.1.1)."""
    if isinstance(schema.get("items"), list):
        schema["prefixItems"] = schema.pop("items")
        if "additionalItems" in schema:
            rest = schema.pop("additionalItems")
            schema["items"] = {"not": {}} if rest is False else {} if rest is True else rest
    return ""


def _known_types(schema: dict[str, Any]) -> str:
    types = schema.get("type")
    listed = types if isinstance(types, list) else [] if types is None else [types]
    # As in `type: string,` where JSON was rewritten as YAML by hand.
    known = list(dict.fromkeys(each for each in (str(each).strip(" ,;").lower() for each in listed) if each in _TYPES))
    if known == listed:
        return ""
    schema.pop("type")
    if known:
        schema["type"] = known[0] if len(known) == 1 else known
    return f"JSON Schema has no type {next((each for each in listed if each not in known), types)!r}"


def _distinct_enum(schema: dict[str, Any]) -> str:
    values = schema.get("enum")
    if not isinstance(values, list):
        return ""
    distinct: list[Any] = []
    for value in values:
        if not any(value == each and type(value) is type(each) for each in distinct):
            distinct.append(value)
    if len(distinct) == len(values):
        return ""
    schema["enum"] = distinct
    for names in ("x-enum-varnames", "x-enumNames", "x-enum-descriptions"):
        schema.pop(names, None)  # they go by the position
    return "the enum names a value twice"


def _required_members(schema: dict[str, Any]) -> str:
    """Remove `required: true`, which JSON Schema knew before its fourth draft, and names listed twice."""
    required = schema.get("required")
    if isinstance(required, bool):
        del schema["required"]
        return "required lists the names of members"
    if isinstance(required, list):
        schema["required"] = list(dict.fromkeys(each for each in required if isinstance(each, str)))
        if not schema["required"]:
            del schema["required"]
    return ""


def _nullable(schema: dict[str, Any]) -> str:
    """Turn `nullable: true` into a type or an alternative."""
    nullable = schema.pop("nullable", False)
    if nullable is not True:
        return ""
    types = schema.get("type")
    listed = types if isinstance(types, list) else [types]
    if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if "null" in listed or not (schema.keys() - set(_OUTSIDE)):
        return ""
    composed = {"$ref", "allOf", "anyOf", "oneOf", "not", "const"} & schema.keys()
    if not composed and all(each in _SCALARS for each in listed):
        schema["type"] = [*listed, "null"]
    elif schema.keys() & {"anyOf", "oneOf"} == {"anyOf"} and not (schema.keys() - {"anyOf", *_OUTSIDE}):
        schema["anyOf"] = [*schema["anyOf"], {"type": "null"}]
    elif types is None and "enum" in schema and not composed:
        pass
    else:
        inner = {keyword: schema.pop(keyword) for keyword in list(schema) if keyword not in _OUTSIDE}
        schema["anyOf"] = [inner, {"type": "null"}]
    return ""


_STEPS: Final[tuple[Callable[[dict[str, Any]], str], ...]] = (
    _exclusive,
    _tuples,
    _known_types,
    _distinct_enum,
    _required_members,
    _nullable,
)
"""Each rewrites one schema, and returns what has to be told, or "" when it says the same as before."""
