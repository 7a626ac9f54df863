"""Write types of single values, and their defaults, as openapi-python-client reads them."""

from __future__ import annotations

from typing import Any, Final

# Formats that have a type of their own in Python.
_FORMATS: Final = frozenset({"date", "date-time", "uuid"})
_LONGEST_EXAMPLE: Final = 200
# Its escaping of these in defaults is wrong.
_NOT_IN_DEFAULTS: Final = ('"', "\\")


def scalar(name: str, text_format: str, *, form: bool) -> dict[str, Any]:
    """Return the schema of a value of the type `name`; files are of a type of their own in a `form` only."""
    if name == "string" and (text_format in _FORMATS or (form and text_format == "binary")):
        return {"type": name, "format": text_format}
    return {"type": name}


def constants(values: tuple[Any, ...]) -> dict[str, list[Any]]:
    """Return the values of an enum by type: `string`, `integer`, `boolean`, `null`, or `other`."""
    found: dict[str, list[Any]] = {}
    for value in values:
        found.setdefault(_type(value), []).append(value)
    return found


def _type(value: Any) -> str:
    names = {bool: "boolean", float: "number", int: "integer", str: "string", type(None): "null"}
    return names.get(type(value), "other")


def fits(value: Any, types: tuple[str, ...] | None) -> bool:
    """Whether a single `value` is of one of the `types`."""
    name = _type(value)
    return types is None or name in types or name == "other" or (name == "integer" and "number" in types)


def with_default(schema: dict[str, Any], default: Any, values: list[Any] | None) -> dict[str, Any]:
    """Return `schema`, a copy if need be, with `default` if that is of its type and, when given, among `values`."""
    if isinstance(default, str) and any(each in default for each in _NOT_IN_DEFAULTS):
        return schema
    if values is not None:
        known = any(default == each and type(default) is type(each) for each in values)
        return {"allOf": [schema], "default": default} if known else schema
    name = schema.get("type")
    if "format" in schema or default is None or not isinstance(name, str) or name in {"array", "null"}:
        return schema
    return {**schema, "default": default} if fits(default, (name,)) and _type(default) != "other" else schema


def with_texts(schema: dict[str, Any], description: str, example: Any) -> dict[str, Any]:
    """Return `schema` with what documents it; a reference, beside which nothing is read, as it is."""
    if "$ref" in schema:
        return schema
    texts: dict[str, Any] = {"description": description} if description else {}
    if isinstance(example, (bool, int, float, str)) and len(str(example)) <= _LONGEST_EXAMPLE:
        texts["example"] = example
    return {**schema, **texts} if texts else schema
