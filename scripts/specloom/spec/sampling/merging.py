"""Write what two schemas demand together into one, as far as that can be written down by simply adding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from specloom.spec.equality import equal, is_in
from specloom.spec.json_types import common_types

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
            found[keyword] = common_types(first, second)
        elif keyword == "enum":
            found[keyword] = [value for value in first if is_in(value, second)]
        elif keyword in {"items", "additionalProperties"}:
            found[keyword] = _both(first, second)
        elif keyword == "const" and not equal(first, second):
            found["enum"] = []
    if "const" in found and "enum" in found and not is_in(found["const"], found["enum"]):
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
