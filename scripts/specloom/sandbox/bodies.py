"""Read the body of a request and find what is wrong with it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import islice
from typing import Any, Final, Literal

import attrs
import jsonschema_rs

from specloom.sandbox import strict_json
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.forms import form_value
from specloom.sandbox.message import Request, is_json
from specloom.sandbox.multipart import pairs_of, text_of
from specloom.sandbox.parameter_texts import json_types, typed
from specloom.sandbox.styled_forms import FormReader
from specloom.spec import Schemas, SpecloomError
from specloom.spec.api import MediaType, RequestBody
from specloom.spec.document import Document
from specloom.spec.expression import ABSENT

_MAX_MESSAGE: Final = 300
_MAX_FAULTS: Final = 20
_COMPOSITE: Final = frozenset({"array", "object"})


class UnsupportedMediaTypeError(Exception):
    """The body is in a media type that the operation does not take; `header` says which it would take."""

    def __init__(self, message: str, header: tuple[str, str]) -> None:
        """Take a message for people, and a header field for the answer."""
        super().__init__(message)
        self.header = header


_Kind = Literal["json", "form", "multipart", "text", "other"]
_URLENCODED: Final = "application/x-www-form-urlencoded"
_FORMS: Final[Mapping[str, _Kind]] = {_URLENCODED: "form", "multipart/form-data": "multipart"}


@attrs.frozen
class _Way:
    """One way to write the body: how it is parsed, and what checks it; `form` reads forms."""

    kind: _Kind
    schema_pointer: str | None
    validator: jsonschema_rs.Draft202012Validator | None
    form: FormReader


class BodyReader:
    """Reads and checks the body of one operation."""

    def __init__(
        self,
        body: RequestBody | None,
        schemas: Schemas,
        document: Document,
        contradictions: Container[str] = (),
    ) -> None:
        """Take the Request Body Object of an operation, or None when it has no body.

        A schema among the `contradictions` checks nothing: a body could only be wrong.
        """
        self._contradictions = contradictions
        self._body = body
        self._schemas = schemas
        self._document = document
        # The most specific media type or range of them counts (OpenAPI 3.1, 4.8.13.1).
        ways = sorted(body.media_types, key=lambda each: each.name.count("*")) if body else ()
        self._ways = {_essence(each.name): self._way(each) for each in ways}
        self._ranges = [name.removesuffix("*") for name in self._ways if name.endswith("*")]

    def _way(self, media_type: MediaType) -> _Way:
        pointer = media_type.schema_pointer
        name = _essence(media_type.name)
        return _Way(
            kind=self._kind(name, media_type),
            schema_pointer=pointer,
            validator=None if pointer is None else self._schemas.validator(pointer),
            form=FormReader(self._document, _schema_of(self._document, pointer), media_type.encoded),
        )

    def _kind(self, name: str, media_type: MediaType) -> _Kind:
        if is_json(name):
            return "json"
        if name in _FORMS:
            return _FORMS[name]
        # A schema of text with members, as of CSV, says nothing of how these are written.
        is_text = name.startswith("text/") and not name.endswith("xml")
        return (
            "text"
            if is_text
            and not json_types(self._document, _schema_of(self._document, media_type.schema_pointer)) & _COMPOSITE
            else "other"
        )

    def read(self, request: Request) -> tuple[Any, list[RequestFault]]:
        """Return the value of the body (ABSENT when there is none) and what is wrong with it.

        A body sent to an operation that declares none is left unread, as servers do; so is one that is neither JSON nor
        a form nor text, such as an image or XML. Raises UnsupportedMediaTypeError.
        """
        if self._body is None:
            return ABSENT, []
        if not request.body and not self._is_empty_form(request):
            faults = [RequestFault("body", (), "a body is required")] if self._body.required else []
            return ABSENT, faults
        way = self._find(request)
        return (ABSENT, []) if way.kind == "other" else self._judged(request, way)

    def _is_empty_form(self, request: Request) -> bool:
        """Say whether a request without content is a form that has no members."""
        given = request.header_values("content-type")
        return len(given) == 1 and _essence(given[0]) == _URLENCODED and _URLENCODED in self._ways

    def _judged(self, request: Request, way: _Way) -> tuple[Any, list[RequestFault]]:
        """Return a body as a value, and what is wrong with it."""
        try:
            value = self._value(request, way)
        except ValueError as error:
            return ABSENT, [RequestFault("body", (), str(error))]
        if way.validator is None or way.schema_pointer is None or way.validator.is_valid(value):
            return value, []
        if way.schema_pointer in self._contradictions:
            return value, []
        return value, list(islice(self._faults(way.schema_pointer, value, ()), _MAX_FAULTS))

    def _value(self, request: Request, way: _Way) -> Any:
        """Return what a body stands for; raise ValueError, with a message for people, when it stands for nothing."""
        body, schema = request.body, _schema_of(self._document, way.schema_pointer)
        match way.kind:
            case "json":
                return strict_json.parse(body)
            case "form":
                return way.form.read(body.decode("latin-1"))
            case "multipart":
                pairs = pairs_of(request.header_values("content-type")[0], body)
                return form_value(self._document, schema, pairs)
        return typed(text_of(request.header_values("content-type")[0], body), json_types(self._document, schema))

    def _find(self, request: Request) -> _Way:
        """Return the way in which the body is written. Raises UnsupportedMediaTypeError."""
        codings = request.header_values("content-encoding")
        if any(coding.strip().lower() not in {"", "identity"} for coding in codings):
            raise UnsupportedMediaTypeError("send the body unencoded", ("accept-encoding", "identity"))
        given = request.header_values("content-type")
        name = _essence(given[0]) if len(given) == 1 else ""
        way = self._ways.get(name)
        if way is None and "/" in name:
            start = next((each for each in self._ranges if name.startswith(each) or each == "*/"), None)
            way = None if start is None else self._ways[f"{start}*"]
            if way is not None and is_json(name):
                way = attrs.evolve(way, kind="json")
        if way is None:
            accepted = " or ".join(self._ways)
            raise UnsupportedMediaTypeError(f"send {accepted}", ("accept", ", ".join(self._ways)))
        return way

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


def _essence(media_type: str) -> str:
    """Return a media type without parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def _schema_of(document: Document, pointer: str | None) -> Any:
    return {} if pointer is None else document.at(pointer)
