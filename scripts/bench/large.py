"""Make a spec as large as those that vendors of payments publish: 134 operations, most of the text being prose."""

from __future__ import annotations

import json
from random import Random
from typing import Any, Final

OPERATIONS: Final = 134
SCHEMAS: Final = 267
EXAMPLES: Final = 185

_TAGS: Final = 29
_ERRORS: Final = ("400", "401", "403", "422", "500")
_SYLLABLES: Final = (
    "an",
    "ber",
    "co",
    "den",
    "el",
    "fri",
    "gan",
    "ho",
    "is",
    "ju",
    "kel",
    "lo",
    "mar",
    "nu",
    "os",
    "pe",
)


def large_spec(seed: int = 0) -> str:
    """Return a document of 1.4 MB as indented JSON, always the same for a seed.

    Numbers and lengths are those of a published one: members of a schema, parameters and answers of an operation,
    shares of references, enums and descriptions.
    """
    return json.dumps(_Writer(Random(seed)).document(), indent=3)  # noqa: S311 - nothing secret


class _Writer:
    def __init__(self, random: Random) -> None:
        self._random = random

    def document(self) -> dict[str, Any]:
        examples = {f"{self._word()}-{number}": self._example() for number in range(EXAMPLES)}
        names = [f"{self._word().title()}{self._word().title()}{number}" for number in range(SCHEMAS)]
        return {
            "openapi": "3.1.0",
            "x-foreign": True,
            "info": {"title": "Large", "version": "3.0.0", "description": self._text(900)},
            "servers": [{"url": "https://large.example.com/v3"}],
            "tags": [{"name": f"Group {number}"} for number in range(_TAGS)],
            "paths": self._paths(names, list(examples)),
            "components": {
                # A schema refers to later ones alone, so that none contains itself.
                "schemas": {name: self._schema(names[number + 1 :]) for number, name in enumerate(names)},
                "examples": examples,
                "securitySchemes": {
                    "BasicAuth": {"type": "http", "scheme": "basic"},
                    "ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
                },
            },
        }

    def _paths(self, schemas: list[str], examples: list[str]) -> dict[str, Any]:
        methods = self._random.choices(("get", "post", "patch", "delete"), (63, 37, 26, 8), k=OPERATIONS)
        paths: dict[str, Any] = {}
        for number, method in enumerate(methods):
            path = f"/group{number % _TAGS}/{{groupId}}/{self._word()}{number}"
            named = ["groupId"]
            if self._random.random() < 0.5:  # noqa: PLR2004 - every other
                path += "/{id}"
                named.append("id")
            paths[path] = {method: self._operation(number, method, named, schemas, examples)}
        return paths

    def _operation(
        self, number: int, method: str, named: list[str], schemas: list[str], examples: list[str]
    ) -> dict[str, Any]:
        parameters = [self._parameter(name, "path", {"type": "string"}) for name in named]
        if method == "get":
            parameters += [self._parameter(name, "query", {"type": "integer"}) for name in ("pageNumber", "pageSize")]
        answer = {status: self._content("RestError", schemas, examples) for status in _ERRORS}
        operation = {
            "operationId": f"{method}-{self._word()}-{number}",
            "tags": [f"Group {number % _TAGS}"],
            "summary": self._text(30),
            "description": self._text(560),
            "security": [{"BasicAuth": []}, {"ApiKey": []}],
            "parameters": parameters,
            "responses": {"204" if method == "delete" else "200": self._content("", schemas, examples), **answer},
        }
        if method in {"post", "patch"}:
            operation["requestBody"] = self._content("", schemas, examples) | {"required": True}
        return operation

    def _content(self, kind: str, schemas: list[str], examples: list[str]) -> dict[str, Any]:
        schema = schemas[-1] if kind else self._random.choice(schemas[: SCHEMAS // 2])
        example = self._random.choice(examples)
        media_type = {
            "schema": {"$ref": f"#/components/schemas/{schema}"},
            "examples": {"basic": {"$ref": f"#/components/examples/{example}"}},
        }
        return {"description": self._text(60), "content": {"application/json": media_type}}

    def _parameter(self, name: str, place: str, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "name": name,
            "in": place,
            "required": place == "path",
            "description": self._text(60),
            "schema": schema,
        }

    def _schema(self, later: list[str]) -> dict[str, Any]:
        count = self._random.choices((2, 5, 9, 14, 30), (168, 65, 16, 13, 5))[0]
        members = {f"{self._word()}{self._word().title()}{number}": self._member(later) for number in range(count)}
        required = [each for each in members if self._random.random() < 0.2]  # noqa: PLR2004 - some of them
        schema: dict[str, Any] = {"type": "object", "properties": members}
        return {**schema, "required": required} if required else schema

    def _member(self, later: list[str]) -> dict[str, Any]:
        kinds: list[dict[str, Any]] = [
            {"type": "string"},
            {"type": "string", "enum": [f"{self._word()}{number}" for number in range(4)]},
            {"type": "boolean"},
            {"type": "integer", "format": "int32"},
            {"type": "array", "items": {"type": "string"}},
        ]
        if later:
            reference = {"$ref": f"#/components/schemas/{self._random.choice(later)}"}
            kinds += [reference, {"type": "array", "items": reference}]
        weights = (470, 87, 113, 44, 86, 292, 46)
        return {**self._random.choices(kinds, weights[: len(kinds)])[0], "description": self._text(107)}

    def _example(self) -> dict[str, Any]:
        value = [{self._word(): self._word(), "url": self._text(40), "active": True} for _ in range(7)]
        return {"summary": self._text(40), "value": {"data": value, "total": 7}}

    def _text(self, length: int) -> str:
        """Return a sentence of about `length` characters."""
        words: list[str] = []
        while sum(map(len, words)) + len(words) < length:
            words.append(self._word())
        return " ".join(words).capitalize() + "."

    def _word(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randint(1, 4)))
