"""Read the body of a request and find what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import jsonschema_rs

from specloom.sandbox import strict_json
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Request
from specloom.spec import Schemas, SpecloomError
from specloom.spec.api import RequestBody
from specloom.spec.document import Document
from specloom.spec.expression import ABSENT

_MAX_MESSAGE: Final = 300
_MAX_FAULTS: Final = 20


class UnsupportedMediaTypeError(Exception):
    """The body is in a media type that the operation does not take."""


class BodyReader:
    """Reads and checks the body of one operation."""

    def __init__(self, body: RequestBody | None, schemas: Schemas, document: Document) -> None:
        """Take the Request Body Object of an operation, or None when it has no body."""
        self._body = body
        self._schemas = schemas
        self._document = document
        self._media_types = {media_type.name.lower(): media_type for media_type in body.media_types} if body else {}

    def read(self, request: Request) -> tuple[Any, list[RequestFault]]:
        """Return the JSON value of the body (ABSENT when there is none) and what is wrong with it.

        A body sent to an operation that declares none is left unread, as servers do.
        Raises UnsupportedMediaTypeError.
        """
        if self._body is None:
            return ABSENT, []
        if not request.body:
            faults = [RequestFault("body", (), "a body is required")] if self._body.required else []
            return ABSENT, faults
        media_type = self._media_types.get(_media_type(request))
        if media_type is None:
            raise UnsupportedMediaTypeError(f"send {' or '.join(self._media_types)}")
        try:
            value = strict_json.parse(request.body)
        except ValueError as error:
            return ABSENT, [RequestFault("body", (), str(error))]
        if media_type.schema_pointer is None:
            return value, []
        return value, list(self._faults(media_type.schema_pointer, value, ()))[:_MAX_FAULTS]

    def _faults(self, schema_pointer: str, value: Any, at: tuple[str, ...]) -> Iterator[RequestFault]:
        for error in self._schemas.errors(schema_pointer, value):
            tokens = (*at, *(str(token) for token in error.instance_path))
            kind = error.kind
            if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
                yield RequestFault("body", (*tokens, kind.property), error.message[:_MAX_MESSAGE])
            elif isinstance(kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
                for name in kind.unexpected:
                    yield RequestFault("body", (*tokens, name), f"{name} is not allowed")
            elif isinstance(kind, jsonschema_rs.ValidationErrorKind.OneOfNotValid):
                yield from self._union_faults(schema_pointer, error, tokens)
            else:
                yield RequestFault("body", tokens, error.message[:_MAX_MESSAGE])

    def _union_faults(
        self, schema_pointer: str, error: jsonschema_rs.ValidationError, tokens: tuple[str, ...]
    ) -> Iterator[RequestFault]:
        """Yield the faults under the alternative that the discriminator names, or a fault of the discriminator."""
        union = self._document.at(self._keyword_parent(schema_pointer, error))
        discriminator = union.get("discriminator", {}) if isinstance(union, dict) else {}
        name = discriminator.get("propertyName")
        if name is None or not isinstance(error.instance, dict):
            yield RequestFault("body", tokens, error.message[:_MAX_MESSAGE])
            return
        mapping = discriminator.get("mapping", {})
        tag = error.instance.get(name)
        if isinstance(tag, str) and tag in mapping:
            yield from self._faults(mapping[tag].removeprefix("#"), error.instance, tokens)
        else:
            yield RequestFault("body", (*tokens, name), f"{name} must be one of {', '.join(mapping)}")

    def _keyword_parent(self, schema_pointer: str, error: jsonschema_rs.ValidationError) -> str:
        """Return the pointer of the schema whose keyword raised `error`, following `$ref` on the way."""
        pointer = schema_pointer
        # The first token is the $ref with which the validator enters the document.
        for token in list(error.evaluation_path)[1:-1]:
            if token == "$ref":
                pointer = self._document.resolve(pointer)[0]
            else:
                pointer = f"{pointer}/{str(token).replace('~', '~0').replace('/', '~1')}"
        try:
            return self._document.resolve(pointer)[0]
        except SpecloomError:  # pragma: no cover - the path was walked by the validator before
            return schema_pointer


def _media_type(request: Request) -> str:
    """Return the media type of a request, without parameters; empty when there is none, or more than one."""
    given = request.header_values("content-type")
    return given[0].partition(";")[0].strip().lower() if len(given) == 1 else ""
