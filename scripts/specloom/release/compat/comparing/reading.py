"""Read the keywords of one schema object, whatever its author wrote there: what is malformed counts as absent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from specloom.release.compat.comparing.forms import TYPES, Key
from specloom.spec import pointer as json_pointer
from specloom.spec.equality import equal


def types_of(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the JSON types that `type`, `enum` and `const` leave; `integer` counts as number."""
    declared = schema.get("type")
    names = [declared] if isinstance(declared, str) else declared
    types = frozenset(TYPES)
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        types = frozenset("number" if name == "integer" else name for name in names) & types
    values = listed(schema)
    return types if values is None else types & {type_of(value) for value in values}


def whole_numbers(schema: Mapping[str, Any]) -> bool:
    """Say whether `type` accepts integers and no other numbers."""
    declared = schema.get("type")
    return declared == "integer" or (isinstance(declared, list) and "integer" in declared and "number" not in declared)


def listed(schema: Mapping[str, Any]) -> list[Any] | None:
    """Return the values that `enum` and `const` list, None when there is neither."""
    values = list_at(schema, "enum") if "enum" in schema else None
    if "const" not in schema:
        return values
    constant = schema["const"]
    return [constant] if values is None or any(equal(constant, value) for value in values) else []


def type_of(value: Any) -> str:
    """Return the JSON type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def count_at(schema: Mapping[str, Any], keyword: str) -> int | None:
    """Return the value of a keyword that counts, as `maxLength`."""
    value = number_at(schema, keyword)
    return int(value) if value is not None and value >= 0 else None


def number_at(schema: Mapping[str, Any], keyword: str) -> int | float | None:
    """Return the value of a keyword that holds a number."""
    value = schema.get(keyword)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def text_at(schema: Mapping[str, Any], keyword: str) -> str | None:
    """Return the value of a keyword that holds a string."""
    value = schema.get(keyword)
    return value if isinstance(value, str) else None


def list_at(schema: Mapping[str, Any], keyword: str) -> list[Any]:
    """Return the value of a keyword that holds an array; an empty one when it has none."""
    value = schema.get(keyword)
    return value if isinstance(value, list) else []


def names_at(schema: Mapping[str, Any], keyword: str) -> frozenset[str]:
    """Return the strings in the array that a keyword holds."""
    return frozenset(name for name in list_at(schema, keyword) if isinstance(name, str))


def map_at(schema: Mapping[str, Any], keyword: str) -> Mapping[str, Any]:
    """Return the value of a keyword that holds an object; an empty one when it has none."""
    value = schema.get(keyword)
    return value if isinstance(value, dict) else {}


def schema_at(schema: Mapping[str, Any], pointer: str, keyword: str) -> Key:
    """Return the key of the schema that a keyword of the one at `pointer` holds; that of everything without one."""
    return (pointer + json_pointer.join(keyword),) if isinstance(schema.get(keyword), dict | bool) else ()


def schemas_at(schema: Mapping[str, Any], pointer: str, keyword: str) -> tuple[str, ...]:
    """Return the pointers of the schemas in the array that a keyword holds."""
    return tuple(
        pointer + json_pointer.join(keyword, str(index))
        for index, child in enumerate(list_at(schema, keyword))
        if isinstance(child, dict | bool)
    )


def named_at(schema: Mapping[str, Any], pointer: str, keyword: str) -> dict[str, Key]:
    """Return the keys of the schemas by name that a keyword holds, as `properties`."""
    return {
        name: (pointer + json_pointer.join(keyword, name),)
        for name, child in map_at(schema, keyword).items()
        if isinstance(child, dict | bool)
    }
