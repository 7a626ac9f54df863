"""Write what two schemas demand together into one, as far as that can be written down by simply adding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from specloom.spec.equality import equal

Schema = Mapping[str, Any]

_TIGHTER: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
}


def merged(below: Schema, above: Schema) -> dict[str, Any]:
    """Return a schema that demands what both do; of annotations those of `above` count."""
    found = {**below, **above}
    for keyword in below.keys() & above.keys():
        first, second = below[keyword], above[keyword]
        if keyword in _TIGHTER:
            found[keyword] = _TIGHTER[keyword](first, second)
        elif keyword == "properties":
            found[keyword] = _members(first, second)
        elif keyword == "required":
            found[keyword] = list(dict.fromkeys([*first, *second]))
        elif keyword == "type":
            found[keyword] = _types(first, second)
        elif keyword == "enum":
            found[keyword] = [value for value in first if any(equal(value, other) for other in second)]
        elif keyword in {"items", "additionalProperties"}:
            found[keyword] = _both(first, second)
        elif keyword == "const" and not equal(first, second):
            found["enum"] = []
    if "const" in found and "enum" in found and not any(equal(found["const"], each) for each in found["enum"]):
        found["enum"] = []
    return found


def is_contradictory(schema: Schema) -> bool:
    """Say whether a merged schema can be seen to allow nothing."""
    return any(keyword in schema and not schema[keyword] for keyword in ("enum", "type"))


def _members(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    shared = {name: _both(member, second[name]) for name, member in first.items() if name in second}
    return {**first, **second, **shared}


def _both(first: Any, second: Any) -> Any:
    if first is False or second is False:
        return False
    if first == second or first is True or not first:
        return second
    return first if second is True or not second else {"allOf": [first, second]}


def _types(first: Any, second: Any) -> list[str]:
    """Return the types that two values of `type` have in common; an integer is a number."""
    left, right = ([each] if isinstance(each, str) else each for each in (first, second))
    common = [each for each in left if each in right]
    numbers = {"integer", "number"}
    is_whole = "integer" not in common and "number" not in common and numbers <= {*left, *right}
    return [*common, "integer"] if is_whole else common
