"""Walk the objects of an OpenAPI document that hold keywords, leaving out names and payloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

# Keywords whose value maps names of the author's choice to objects with keywords.
# fmt: off
_MAPS: Final = frozenset({
    "$defs", "callbacks", "content", "dependentSchemas", "encoding", "examples", "headers", "links", "parameters",
    "pathItems", "patternProperties", "properties", "requestBodies", "responses", "schemas",
    "securitySchemes", "variables", "webhooks",
})
# fmt: on
# Keywords whose value is a JSON value of the API, in which no keyword has a meaning.
_PAYLOADS: Final = frozenset({"const", "default", "enum", "example", "mapping", "value"})


def walk(value: Any, tokens: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield (pointer tokens, object) for every object with keywords in `value`, itself first.

    The schemas inside `x-records` are walked; what else is inside `x-` keywords is not.
    """
    waiting = [(tokens, value)]
    while waiting:
        at, found = waiting.pop()
        if isinstance(found, dict):
            yield at, found
            # Only now, for who walks may change it.
            inner = [
                ((*at, keyword, *names), child)
                for keyword, member in found.items()
                if isinstance(member, (dict, list))
                for names, child in _inner(keyword, member)
            ]
        elif isinstance(found, list):
            inner = [((*at, str(index)), child) for index, child in enumerate(found)]
        else:
            continue
        waiting.extend(reversed(inner))


def path_items(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield (path, Path Item Object) of an OpenAPI document; what else stands beside them are `x-` keywords."""
    yield from ((path, item) for path, item in data.get("paths", {}).items() if path.startswith("/"))


def _inner(keyword: str, value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield (tokens below, value) of what has to be walked inside the value of `keyword`."""
    if keyword == "x-records" and isinstance(value, dict):
        yield from (((name, "schema"), kind.get("schema")) for name, kind in value.items() if isinstance(kind, dict))
    elif keyword.startswith("x-") or keyword in _PAYLOADS:
        return
    elif keyword == "paths" and isinstance(value, dict):
        yield from (((path,), item) for path, item in path_items({keyword: value}))
    elif keyword in _MAPS and isinstance(value, dict):
        yield from (((name,), named) for name, named in value.items())
    elif keyword != "examples":
        yield (), value
