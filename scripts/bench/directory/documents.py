"""Make specs whose sizes are spread as those of a public directory: many small ones, a few very large ones."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random
from typing import Any, Final

import attrs

MEDIAN_OPERATIONS: Final = 5.0
SPREAD: Final = 1.5
"""Of the natural logarithm: a sixth of the specs has more than 22 operations, one in forty more than 100."""
MOST_OPERATIONS: Final = 800

_VERBS: Final = ("list", "create", "get", "replace", "delete", "patch")
_SYLLABLES: Final = ("ba", "co", "di", "fe", "gu", "lo", "mi", "na", "po", "ra", "se", "ti", "vu", "wa")
_WORDS_IN_TEXT: Final = (8, 40)


@attrs.frozen
class Spec:
    """A document, and the number of its operations."""

    name: str
    operations: int
    data: dict[str, Any]


def operations_of(index: int, seed: int = 0) -> int:
    """Return how many operations the spec `index` has: log-normal, the same for the same seed."""
    random = Random(f"{seed} {index} size")  # noqa: S311 - nothing secret
    drawn = math.exp(random.gauss(math.log(MEDIAN_OPERATIONS), SPREAD))
    return max(1, min(MOST_OPERATIONS, round(drawn)))


def make_spec(index: int, seed: int = 0) -> Spec:
    """Return the spec `index` of a directory: resources with up to six operations each, and their schemas."""
    count = operations_of(index, seed)
    return Spec(f"api-{index:04}", count, _Writer(Random(f"{seed} {index}"), count).document())  # noqa: S311 - likewise


class _Writer:
    def __init__(self, random: Random, operations: int) -> None:
        self._random = random
        self._left = operations
        self._schemas: dict[str, Any] = {"Error": _error()}
        self._paths: dict[str, Any] = {}

    def document(self) -> dict[str, Any]:
        number = 0
        while self._left:
            self._resource(f"{self._word().title()}{number}")
            number += 1
        return {
            "openapi": "3.1.0",
            "x-foreign": True,
            "info": {"title": self._word().title(), "version": "1.0.0", "description": self._text()},
            "servers": [{"url": "https://api.example.com/v1"}],
            "security": [{"token": []}],
            "paths": self._paths,
            "components": {
                "schemas": self._schemas,
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            },
        }

    def _resource(self, name: str) -> None:
        self._schemas[name] = self._object(self._nested(name))
        self._schemas[f"{name}Page"] = {
            "type": "object",
            "required": ["items"],
            "properties": {
                "items": {"type": "array", "items": _reference(name)},
                "next": {"type": ["string", "null"], "description": self._text()},
            },
        }
        for verb in _VERBS[: min(self._left, self._random.randint(2, len(_VERBS)))]:
            self._left -= 1
            path = f"/{name.lower()}" + ("" if verb in {"list", "create"} else "/{id}")
            method = {"list": "get", "create": "post", "replace": "put"}.get(verb, verb)
            self._paths.setdefault(path, {})[method] = self._operation(verb, name)

    def _nested(self, name: str) -> list[str]:
        names = [f"{name}Part{number}" for number in range(self._random.randint(0, 3))]
        for each in names:
            self._schemas[each] = self._object([])
        return names

    def _object(self, parts: list[str]) -> dict[str, Any]:
        members = {f"{self._word()}_{number}": self._member() for number in range(self._random.randint(4, 18))}
        required = [each for each in members if self._random.random() < 0.3]  # noqa: PLR2004 - some of them
        members |= {each.lower(): _reference(each) for each in parts}
        schema = {"type": "object", "description": self._text(), "properties": members}
        return {**schema, "required": required} if required else schema

    def _member(self) -> dict[str, Any]:
        kinds: tuple[dict[str, Any], ...] = (
            {"type": "string", "maxLength": 80},
            {"type": "string", "format": "date-time"},
            {"type": "string", "enum": [self._word() + str(number) for number in range(4)]},
            {"type": ["string", "null"]},
            {"type": "integer", "minimum": 0},
            {"type": "number"},
            {"type": "boolean"},
            {"type": "array", "items": {"type": "string"}},
            {"type": "object", "additionalProperties": {"type": "string"}},
        )
        return {**self._random.choice(kinds), "description": self._text()}

    def _operation(self, verb: str, name: str) -> dict[str, Any]:
        parameters = [] if verb in {"list", "create"} else [_parameter("id", "path", {"type": "string"})]
        if verb == "list":
            parameters += [_parameter(f"by_{self._word()}_{n}", "query", {"type": "string"}) for n in range(3)]
        shown = _json(_reference(f"{name}Page" if verb == "list" else name))
        success = {"204": {"description": "it is gone"}} if verb == "delete" else {"200": shown}
        operation = {
            "operationId": f"{verb}{name}",
            "tags": [name],
            "summary": self._text(),
            "parameters": parameters,
            "responses": {**success, "400": _json(_reference("Error")), "404": _json(_reference("Error"))},
        }
        if verb in {"create", "replace", "patch"}:
            body = _json(_reference(name))
            operation["requestBody"] = {"required": True, "content": body["content"]}
        return operation

    def _text(self) -> str:
        words = (self._word() for _ in range(self._random.randint(*_WORDS_IN_TEXT)))
        return " ".join(words).capitalize() + "."

    def _word(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 4)))


def sizes(count: int, seed: int = 0) -> Iterator[int]:
    """Yield the operations of each of `count` specs."""
    return (operations_of(index, seed) for index in range(count))


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _parameter(name: str, place: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "as documented", "content": {"application/json": {"schema": schema}}}


def _error() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    }
