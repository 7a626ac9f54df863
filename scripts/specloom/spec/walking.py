"""Walk the objects of an OpenAPI document that hold keywords, leaving out names and payloads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

# Keywords whose value maps names of the author's choice to objects with keywords.
_MAPS: Final = frozenset(
    """
    $defs callbacks content dependentSchemas encoding examples headers links mapping parameters pathItems paths
    patternProperties properties requestBodies responses schemas scopes securitySchemes variables webhooks
    """.split()
)
# Keywords whose value is a JSON value of the API, in which no keyword has a meaning.
_PAYLOADS: Final = frozenset({"const", "default", "enum", "example", "mapping", "value"})


def walk(value: Any, tokens: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:  # noqa: ANN401
    """Yield (pointer tokens, object) for every object with keywords in `value`, itself first.

    The schemas inside `x-records` are walked; what else is inside `x-` keywords is not.
    """
    if isinstance(value, list):
        for index, child in enumerate(value):
            yield from walk(child, (*tokens, str(index)))
    if not isinstance(value, dict):
        return
    yield tokens, value
    for keyword, child in value.items():
        at = (*tokens, keyword)
        if keyword == "x-records" and isinstance(child, dict):
            for name, kind in child.items():
                if isinstance(kind, dict):
                    yield from walk(kind.get("schema"), (*at, name, "schema"))
        elif keyword.startswith("x-") or keyword in _PAYLOADS:
            continue
        elif keyword in _MAPS and isinstance(child, dict):
            for name, named in child.items():
                yield from walk(named, (*at, name))
        elif keyword != "examples":
            yield from walk(child, at)
