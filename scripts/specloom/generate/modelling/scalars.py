"""Write the schemas of single values as datamodel-code-generator reads them rightly."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any, Final

import jsonschema_rs

from specloom.generate.modelling.merging import Merged, kind

FORMATS: Final = frozenset({"date", "date-time", "uuid"})
"""Those that become types of Python; others would write a value otherwise than it was read, or need more packages."""
NULL: Final = {"type": "null"}
_LITERAL: Final = frozenset({"boolean", "integer", "null", "string"})


def text(merged: Merged, pattern: str | None) -> dict[str, Any]:
    """Return the schema of a text that matches `pattern`, already in the notation of Python or Rust."""
    given = merged.limits("format").get("format")
    if given in FORMATS:
        return {"type": "string", "format": given}
    limits = merged.limits("minLength", "maxLength")
    return {"type": "string", **limits, **({"pattern": pattern} if pattern is not None else {})}


def number(merged: Merged, name: str) -> dict[str, Any]:
    """Return the schema of a number, an integer or not as `name` says."""
    limits = merged.limits("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
    if is_inexact(limits.get("multipleOf", 1)):
        del limits["multipleOf"]
    if name == "integer":
        limits = {keyword: _whole(keyword, value) for keyword, value in limits.items()}
    return {"type": name, **limits}


def is_inexact(value: float) -> bool:
    """Say whether multiples of `value` cannot be told: pydantic divides floating-point numbers."""
    return not float(value).is_integer()


def _whole(keyword: str, value: float) -> int:
    """Return the limit for integers that amounts to `value`."""
    goes_up = keyword in {"minimum", "exclusiveMaximum"}
    return value if isinstance(value, int) else math.ceil(value) if goes_up else math.floor(value)


def literals(values: Iterable[Any]) -> tuple[list[Any], list[str]]:
    """Return those of `values` that a Literal can hold, and the types of the others."""
    given = list(values)
    held = [int(value) if isinstance(value, float) else value for value in given if kind(value) in _LITERAL]
    return held, list(dict.fromkeys(kind(value) for value in given if kind(value) not in _LITERAL))


def union(schemas: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the schema of what is one of `schemas`, all of them written like this; `{}` where one is anything."""
    found: dict[str, dict[str, Any]] = {}
    constants: dict[str, Any] = {}
    for schema in _flattened(schemas):
        if "enum" in schema:
            # Stands where the first of them stood.
            found.setdefault("enum", {"enum": []})
            constants |= {json.dumps(value): value for value in schema["enum"]}
        else:
            found.setdefault(json.dumps(schema, sort_keys=True), schema)
    if constants:
        found["enum"] = {"enum": list(constants.values())}
    distinct = list(found.values())
    if {} in distinct:
        return {}
    if {"type": "number"} in distinct and {"type": "integer"} in distinct:
        distinct.remove({"type": "integer"})
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def compact(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `schema`, whose alternatives are a single value or an array of some type and null, as one of two types.

    datamodel-code-generator makes a class of an alternative with limits.
    """
    alternatives = schema.get("anyOf", ())
    others = [each for each in alternatives if each != NULL]
    if len(alternatives) - len(others) == 1 == len(others) and others[0].get("type", "object") != "object":
        return {**others[0], "type": [others[0]["type"], "null"]}
    return schema


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `compact` of `schema` for a member that may be absent, for which None stands, too.

    datamodel-code-generator loses what tells classes from each other where null stands beside them.
    """
    others = [each for each in schema.get("anyOf", ()) if each != NULL]
    return others[0] if len(others) == 1 and "oneOf" in others[0] else compact(schema)


def _flattened(schemas: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for schema in schemas:
        if "anyOf" in schema:
            yield from _flattened(schema["anyOf"])
        else:
            yield schema


def is_default(value: Any, schema: dict[str, Any]) -> bool:
    """Say whether a member of this schema, written as above, can have `value` when it is absent."""
    alternatives = schema.get("anyOf", [schema])
    plain = all({"type", "enum"} & each.keys() and "format" not in each for each in alternatives)
    if value is None or not isinstance(value, (bool, int, float, str)) or not plain:
        return False
    without = [{key: each[key] for key in each if key != "pattern"} for each in alternatives]
    return bool(jsonschema_rs.is_valid({"anyOf": without}, value))
