"""What the rules look at: a valid document, read in the ways that rules need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs

from specloom.spec import pointer as json_pointer
from specloom.spec.api import Api
from specloom.spec.document import Document
from specloom.spec.loading import read_api
from specloom.spec.schemas import Schemas
from specloom.spec.subschemas import SchemaSite, schema_sites, subschemas


@attrs.frozen
class Breach:
    """Where a rule is broken (a JSON Pointer), how, and what to do about it."""

    pointer: str
    message: str
    remedy: str


@attrs.define(slots=False)
class Subject:
    """A document that `specloom.spec.validity` found nothing wrong with, as rules look at it."""

    document: Document

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The OpenAPI document."""
        data: Mapping[str, Any] = self.document.data
        return data

    @cached_property
    def api(self) -> Api:
        """The API that the document describes."""
        return read_api(self.document, self.document.path.parent.name)

    @cached_property
    def schemas(self) -> Schemas:
        """The validators of its schemas."""
        return Schemas(self.document)

    @cached_property
    def sites(self) -> tuple[SchemaSite, ...]:
        """Every schema that is an object, those of records too."""
        return tuple(site for site in schema_sites(self.data) if isinstance(site.schema, dict))

    @cached_property
    def wire_sites(self) -> tuple[SchemaSite, ...]:
        """Every schema that is an object and describes what goes over the wire."""
        return tuple(site for site in self.sites if not site.in_records)

    @cached_property
    def request_schemas(self) -> Mapping[str, Mapping[str, Any]]:
        """By pointer, every schema that a request has to satisfy."""
        return self._reachable(self.request_roots)

    @cached_property
    def response_schemas(self) -> Mapping[str, Mapping[str, Any]]:
        """By pointer, every schema that a response has to satisfy."""
        return self._reachable(self.response_roots)

    @cached_property
    def response_roots(self) -> tuple[str, ...]:
        """Where the schemas of response bodies and response headers stand."""
        found: list[str] = []
        for operation in self.api.operations:
            for response in operation.responses.values():
                found += [media.schema_pointer for media in response.media_types if media.schema_pointer is not None]
                found += [header.schema_pointer for header in response.headers if self.has(header.schema_pointer)]
        return tuple(dict.fromkeys(found))

    @cached_property
    def request_roots(self) -> tuple[str, ...]:
        """Where the schemas of parameters and of request bodies stand."""
        found: list[str] = []
        for operation in self.api.operations:
            found += [parameter.schema_pointer for parameter in operation.parameters if parameter.schema]
            media_types = operation.body.media_types if operation.body is not None else ()
            found += [media.schema_pointer for media in media_types if media.schema_pointer is not None]
        return tuple(dict.fromkeys(found))

    def has(self, pointer: str) -> bool:
        """Whether something stands at `pointer`."""
        try:
            json_pointer.get(self.data, pointer)
        except LookupError:
            return False
        return True

    def resolved(self, pointer: str) -> Any:
        """Return the value at `pointer` with its own `$ref` followed."""
        return self.document.resolve(pointer)[1]

    def _reachable(self, roots: Iterable[str]) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        waiting = list(roots)
        while waiting:
            pointer = waiting.pop()
            schema = self.document.at(pointer)
            if pointer in found or not isinstance(schema, dict):
                continue
            found[pointer] = schema
            if "$ref" in schema:
                waiting.append(self.document.resolve(pointer)[0])
            waiting += [pointer + json_pointer.join(*tokens) for tokens, _ in subschemas(schema)]
        return found


def is_object(schema: Any) -> bool:
    """Whether `schema` describes an object by its type or its properties."""
    return isinstance(schema, dict) and ("properties" in schema or "object" in types(schema))


def types(schema: Mapping[str, Any]) -> list[str]:
    """Return the types that `schema` names, as a list."""
    named = schema.get("type", [])
    return [named] if isinstance(named, str) else list(named)
