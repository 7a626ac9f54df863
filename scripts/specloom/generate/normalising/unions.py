"""Write alternatives as openapi-python-client reads them: flat, each once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

NOTHING: Final[dict[str, Any]] = {"not": {}}
"""What no value is."""
_TEXTS: Final = frozenset({"description", "default", "example"})


def union(alternatives: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the schema of what is one of `alternatives`, all of them written like this; `{}` where one is anything."""
    found: dict[str, dict[str, Any]] = {}
    for each in flattened(alternatives):
        # A reference stays the very object: it is completed when its class gets a name.
        plain = each if "$ref" in each else {key: value for key, value in each.items() if key not in _TEXTS}
        found.setdefault(json.dumps(plain, sort_keys=True), plain)
    distinct = [each for each in found.values() if each != NOTHING]
    if found and not distinct:
        return NOTHING
    if {} in distinct or not distinct:
        return {}
    if {"type": "number"} in distinct and {"type": "integer"} in distinct:
        distinct.remove({"type": "integer"})
    distinct = _with_one_array(distinct)
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def _with_one_array(distinct: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return `distinct` with one array in place of several, of the elements of all: Python cannot tell lists apart."""
    arrays = [each for each in distinct if each.get("type") == "array"]
    if len(arrays) <= 1:
        return distinct
    merged = {"type": "array", "items": union(each["items"] for each in arrays)}
    return [merged if each is arrays[0] else each for each in distinct if each is arrays[0] or each not in arrays]


def flattened(schemas: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the schemas, and the alternatives of those that have any in their place."""
    for schema in schemas:
        if "anyOf" in schema:
            yield from flattened(schema["anyOf"])
        else:
            yield schema
