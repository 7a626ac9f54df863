"""What the page of an API shows of an operation: parameters, bodies, answers, and who may call it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from specloom.generate.facade.statuses import phrase
from specloom.release.catalogue.anchors import anchor
from specloom.release.catalogue.credentials import needed
from specloom.release.catalogue.schemas import Member, Word, limits_of, members, type_of, values_of
from specloom.spec import Api, Document, Operation, Parameter, Response
from specloom.spec.api import MediaType


@attrs.frozen
class ShownMember:
    """A member or a parameter with the id that links lead to."""

    anchor: str
    member: Member


@attrs.frozen
class ShownBody:
    """A body in one media type; `members` are those of schemas that no component holds."""

    media_type: str
    type: tuple[Word, ...]
    members: tuple[ShownMember, ...]


@attrs.frozen
class ShownExample:
    """An example of a body as text, JSON indented; `words` are the texts and numbers in it."""

    name: str
    text: str
    words: tuple[str, ...]


@attrs.frozen
class ShownAnswer:
    """An answer of an operation. `phrase` says in words what the status means."""

    anchor: str
    status: str
    phrase: str
    description: str
    bodies: tuple[ShownBody, ...]
    headers: tuple[ShownMember, ...]
    examples: tuple[ShownExample, ...]

    @property
    def is_error(self) -> bool:
        """Whether it says that the call failed."""
        return self.status[0] not in "123"


@attrs.frozen
class ShownOperation:
    """An operation; `parameters` go by their place (path, query, header, cookie), `security` lists alternatives."""

    anchor: str
    operation: Operation
    deprecated: bool
    parameters: tuple[tuple[str, ShownMember], ...]
    body_description: str
    bodies: tuple[ShownBody, ...]
    answers: tuple[ShownAnswer, ...]
    security: tuple[str, ...]


def shown_operation(api: Api, operation: Operation) -> ShownOperation:
    """Return what is shown of `operation`."""
    name = anchor("operation", operation.id)
    document = api.document
    body = operation.body
    return ShownOperation(
        anchor=name,
        operation=operation,
        deprecated=document.at(operation.pointer).get("deprecated") is True,
        parameters=tuple((each.location, _parameter(operation, each)) for each in operation.parameters),
        body_description=document.at(body.pointer).get("description", "") if body else "",
        bodies=_bodies(document, body.media_types if body else (), (operation.id, "~body")),
        answers=tuple(_answer(document, operation, each) for each in operation.responses.values()),
        security=tuple(needed(api, names) for names in operation.security),
    )


def _parameter(operation: Operation, parameter: Parameter) -> ShownMember:
    tokens = (f"~{parameter.location}", parameter.name)
    member = _described(parameter.name, tokens, parameter.schema, parameter.description, required=parameter.required)
    return ShownMember(anchor("operation", operation.id, *tokens), member)


def _described(
    name: str, tokens: tuple[str, ...], schema: Mapping[str, Any], description: str, *, required: bool
) -> Member:
    said = description or (schema.get("description", "") if isinstance(schema, Mapping) else "")
    return Member(name, tokens, type_of(schema), required, said, values_of(schema), limits_of(schema))


def _bodies(document: Document, media_types: tuple[MediaType, ...], base: tuple[str, ...]) -> tuple[ShownBody, ...]:
    return tuple(_body(document, each, (*base, each.name)) for each in media_types)


def _body(document: Document, media_type: MediaType, base: tuple[str, ...]) -> ShownBody:
    if media_type.schema_pointer is None:
        return ShownBody(media_type.name, (Word("any value"),), ())
    schema = document.at(media_type.schema_pointer)
    inline = tuple(ShownMember(anchor("operation", *base, *each.tokens), each) for each in members(schema))
    return ShownBody(media_type.name, type_of(schema), inline)


def _answer(document: Document, operation: Operation, response: Response) -> ShownAnswer:
    base = (operation.id, response.status)
    return ShownAnswer(
        anchor=anchor("operation", *base),
        status=response.status,
        phrase=phrase(response.status),
        description=response.description,
        bodies=_bodies(document, response.media_types, base),
        headers=tuple(_headers(document, response, base)),
        examples=tuple(
            _example(each.name, each.value) for media_type in response.media_types for each in media_type.examples
        ),
    )


def _headers(document: Document, response: Response, base: tuple[str, ...]) -> Iterator[ShownMember]:
    for header in response.headers:
        said = document.at(header.pointer)
        tokens = ("~header", header.name)
        member = _described(
            header.name, tokens, said.get("schema", {}), said.get("description", ""), required=header.required
        )
        yield ShownMember(anchor("operation", *base, *tokens), member)


def _example(name: str, value: Any) -> ShownExample:
    text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
    return ShownExample(name, text, tuple(dict.fromkeys(_words(value))))


def _words(value: Any) -> Iterator[str]:
    """Yield the texts and numbers in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
