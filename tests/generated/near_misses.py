"""Values that are one fault away from a value that a schema accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import pydantic
from tests.generated.agreeing import Views

from specloom.spec import pointer

_OF_EACH_TYPE: tuple[Any, ...] = (None, True, False, 1, -1.5, 1.0, "", "1", "true", [], [1], {}, {"a": 1})
_TYPES: dict[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _TYPES["number"](value) and value == int(value),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_NO_TIMES = (
    "soon",
    "2023-12-07",
    "2023-12-07T08:29:50",
    "2023-12-07 08:29:50Z",
    "2023-12-07T08:29Z",
    "2023-02-30T08:29:50Z",
    "2023-12-07T24:00:00Z",
    "2023-12-07T08:29:60Z",
    "2023-12-07T08:29:50Z\n",
    "2023-12-07T08:29:50+24:00",
    "٢023-12-07T08:29:50Z",
)


@attrs.frozen
class NearMiss:
    """`value` breaks `keyword` at the JSON Pointer `path`, in which * stands for an element of an array.

    It may yet be accepted. The keyword is "value" where another value of the right type stands there.
    """

    keyword: str
    path: str
    value: Any


def near_misses(schema: Any, value: Any, path: str = "") -> Iterator[NearMiss]:
    """Yield near misses of `value`, each with one keyword of `schema`, which has no references, broken."""
    if not isinstance(schema, Mapping):
        return
    for alternative in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from near_misses(alternative, value, path)
    for keyword, wrong in _here(schema, value):
        yield NearMiss(keyword, path, wrong)
    if isinstance(value, dict):
        yield from _in_object(schema, value, path)
    if isinstance(value, list):
        yield from _in_array(schema, value, path)


def accepted_by_pydantic_alone(view: Views, value: Any) -> Iterator[NearMiss]:
    """Yield the near misses of `value` that its schema refuses and its pydantic model does not."""
    for miss in near_misses(view.schema, value):
        if not view.accepts(miss.value):
            try:
                view.pydantic_model.model_validate(miss.value)
            except pydantic.ValidationError:
                continue
            yield miss


def _in_object(schema: Mapping[str, Any], value: dict[str, Any], path: str) -> Iterator[NearMiss]:
    for name, member in value.items():
        inner = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
        for miss in near_misses(inner, member, path + pointer.join(name)):
            yield attrs.evolve(miss, value={**value, name: miss.value})


def _in_array(schema: Mapping[str, Any], value: list[Any], path: str) -> Iterator[NearMiss]:
    first = schema.get("prefixItems", ())
    for index, element in enumerate(value):
        inner = first[index] if index < len(first) else schema.get("items")
        for miss in near_misses(inner, element, f"{path}/*"):
            yield attrs.evolve(miss, value=[*value[:index], miss.value, *value[index + 1 :]])


def _here(schema: Mapping[str, Any], value: Any) -> Iterator[tuple[str, Any]]:
    if schema.keys() & {"type", "const", "enum"}:
        others = (value + " ", value + "\n", value.swapcase()) if isinstance(value, str) else ()
        for other in (*_OF_EACH_TYPE, *others):
            yield "value" if _has_type(schema, other) else "type", other
    if schema.get("format") == "date-time":
        yield from (("format", text) for text in _NO_TIMES)
    if isinstance(value, str):
        yield from _in_text(schema, value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _in_number(schema, value)
    elif isinstance(value, list):
        yield from _lengths(schema, value)
    elif isinstance(value, dict):
        for name in schema.get("required", ()):
            yield "required", {key: member for key, member in value.items() if key != name}
        if schema.get("additionalProperties") is False:
            yield "additionalProperties", {**value, "unexpected": 1}
            yield "additionalProperties", {**value, "": None}


def _has_type(schema: Mapping[str, Any], value: Any) -> bool:
    types = schema.get("type", list(_TYPES))
    return any(_TYPES[each](value) for each in ([types] if isinstance(types, str) else types))


def _in_text(schema: Mapping[str, Any], value: str) -> Iterator[tuple[str, Any]]:
    if "pattern" in schema:
        yield from (("pattern", text) for text in (value + "\n", value + "٣", value + " ", "é" + value, "", "\n"))
    if "minLength" in schema:
        yield "minLength", value[: schema["minLength"] - 1]
    if "maxLength" in schema:
        yield "maxLength", value.ljust(schema["maxLength"] + 1, "x")


def _in_number(schema: Mapping[str, Any], value: float) -> Iterator[tuple[str, Any]]:
    if "minimum" in schema:
        yield "minimum", schema["minimum"] - 1
    if "maximum" in schema:
        yield "maximum", schema["maximum"] + 1
    for keyword in ("exclusiveMinimum", "exclusiveMaximum"):
        if keyword in schema:
            yield keyword, schema[keyword]
    if "multipleOf" in schema:
        yield "multipleOf", value + schema["multipleOf"] / 2


def _lengths(schema: Mapping[str, Any], value: list[Any]) -> Iterator[tuple[str, Any]]:
    if "minItems" in schema:
        yield "minItems", value[: schema["minItems"] - 1]
    if "maxItems" in schema and value:
        yield "maxItems", value + [value[-1]] * (schema["maxItems"] + 1 - len(value))
    if schema.get("uniqueItems") and value:
        yield "uniqueItems", [*value, value[0]]
