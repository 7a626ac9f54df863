"""A made-up operation as its vendor would document it, and the OpenAPI document that says the same."""

from __future__ import annotations

from typing import Any

import attrs

SCALARS = ("string", "integer", "number", "boolean")


@attrs.frozen
class Shape:
    """A schema: `example` is what samples show of a scalar, `limits` are keywords of JSON Schema with their values."""

    type: str
    example: Any = None
    members: tuple[Member, ...] = ()
    items: Shape | None = None
    enum: tuple[str, ...] = ()
    limits: tuple[tuple[str, Any], ...] = ()
    is_nullable: bool = False

    @property
    def inside(self) -> tuple[Member, ...]:
        """The members of an object, or of the elements of an array."""
        return self.items.members if self.items is not None else self.members

    def sample(self) -> Any:
        """Return a value that has everything that the shape may have."""
        if self.type == "object":
            return {member.name: member.shape.sample() for member in self.members}
        return [self.items.sample()] if self.items is not None else self.example

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema; an object with conditions is a oneOf, one alternative for each value of its tag."""
        kind = ["null", self.type] if self.is_nullable else self.type
        made: dict[str, Any] = {"type": kind, **dict(self.limits)}
        if self.enum:
            made["enum"] = list(self.enum)
        if self.items is not None:
            made["items"] = self.items.schema()
        if self.type == "object":
            tag = next((member.condition[0] for member in self.members if member.condition), None)
            values = next((member.shape.enum for member in self.members if member.name == tag), ())
            if values:
                return {"oneOf": [self._alternative(str(tag), value) for value in values]}
            made |= self._object([member.name for member in self.members if member.is_required])
        return made

    def _object(self, required: list[str]) -> dict[str, Any]:
        properties = {member.name: member.schema() for member in self.members}
        return {"type": "object", "properties": properties, **({"required": required} if required else {})}

    def _alternative(self, tag: str, value: str) -> dict[str, Any]:
        required = [
            member.name
            for member in self.members
            if member.is_required or member.condition == (tag, value) or member.name == tag
        ]
        made = self._object(required)
        own = made["properties"][tag]
        made["properties"][tag] = {"const": value, "examples": own["examples"]}
        return made


@attrs.frozen
class Member:
    """A member or a parameter; `condition` names the sibling and the value with which it is required."""

    name: str
    shape: Shape
    is_required: bool = False
    words: str = "What it is about."
    condition: tuple[str, str] | None = None

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of its value."""
        examples = {"examples": [self.shape.example]} if self.shape.type in SCALARS else {}
        return {**self.shape.schema(), **examples}


@attrs.frozen
class Answer:
    """A response: its status, the words beside it, and its body."""

    status: str
    text: str
    body: Shape | None = None


@attrs.frozen
class Documented:
    """An operation; `parameters` holds (place, parameter)."""

    title: str
    method: str
    path: str
    answers: tuple[Answer, ...]
    parameters: tuple[tuple[str, Member], ...] = ()
    request: Shape | None = None
    server: str = "https://api.boxes.io"

    def placed(self, place: str) -> tuple[Member, ...]:
        """Return the parameters in one place: path, query or header."""
        return tuple(member for where, member in self.parameters if where == place)

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document that says the same."""
        operation: dict[str, Any] = {
            "operationId": "handleBox",
            "externalDocs": {"description": self.title, "url": "pages.yaml"},
            "security": [{"bearerAuth": []}],
            "parameters": [
                {
                    "name": member.name,
                    "in": place,
                    "required": member.is_required,
                    "schema": member.shape.schema(),
                    "examples": {"one": {"value": member.shape.example}},
                }
                for place, member in self.parameters
            ],
            "responses": {each.status: _content(each.body, {"description": each.text}) for each in self.answers},
        }
        if self.request is not None:
            operation["requestBody"] = _content(self.request, {"required": True})
        return {
            "openapi": "3.1.0",
            "info": {"title": "Boxes", "version": "1.0.0"},
            "servers": [{"url": self.server}],
            "paths": {self.path: {self.method.lower(): operation}},
            "components": {"securitySchemes": {"bearerAuth": {"type": "http", "scheme": "bearer"}}},
        }


def _content(body: Shape | None, around: dict[str, Any]) -> dict[str, Any]:
    if body is None:
        return around
    media = {"schema": body.schema(), "examples": {"one": {"value": body.sample()}}}
    return {**around, "content": {"application/json": media}}
