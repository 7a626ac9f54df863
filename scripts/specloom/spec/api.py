"""An API as its spec describes it: operations, parameters, bodies, responses, credentials, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, Literal

import attrs

from specloom.spec.behaviour import Answer, Constraint, Ensure, FaultLayout, Outcome, RecordKind, Transition
from specloom.spec.document import Document
from specloom.spec.schemas import Schemas

ParameterLocation = Literal["path", "query", "header", "cookie"]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The methods that a Path Item Object has operations for (OpenAPI 3.1, section 4.8.9.1)."""


@attrs.frozen
class Example:
    """A named example of a parameter or a media type."""

    name: str
    value: Any
    pointer: str


@attrs.frozen
class Parameter:
    """A parameter of an operation; `schema` has its own `$ref` followed, what is inside it not.

    `style`, `explode` and `allow_reserved` say how its value is written, unless `media_type` says that it is written as
    such content (OpenAPI 3.1, 4.8.12.2).
    """

    name: str
    location: ParameterLocation
    required: bool
    pointer: str
    schema_pointer: str
    schema: Mapping[str, Any] = attrs.field(repr=False)
    examples: tuple[Example, ...] = attrs.field(default=(), repr=False)
    description: str = ""
    style: str = "form"
    explode: bool = True
    allow_reserved: bool = False
    media_type: str | None = None


@attrs.frozen
class MediaType:
    """One way to write a body; `schema_pointer` is None where no schema is given.

    `encoded` has the members of a form that an Encoding Object describes, as parameters: with a style, or with a media
    type (OpenAPI 3.1, 4.8.15).
    """

    name: str
    pointer: str
    schema_pointer: str | None
    examples: tuple[Example, ...] = attrs.field(default=(), repr=False)
    encoded: Mapping[str, Parameter] = attrs.field(factory=dict, repr=False)


@attrs.frozen
class RequestBody:
    """The body of a request."""

    required: bool
    pointer: str
    media_types: tuple[MediaType, ...]


@attrs.frozen
class Header:
    """A header of a response."""

    name: str
    required: bool
    pointer: str
    schema_pointer: str


@attrs.frozen
class Response:
    """A documented response; `pointer` leads to the Response Object, through `$ref` where there is one."""

    status: str
    pointer: str
    description: str
    media_types: tuple[MediaType, ...]
    headers: tuple[Header, ...]
    faults: FaultLayout | None

    def example(self, name: str | None = None) -> Example | None:
        """Return the example called `name`, or the first one; None when there is no such example."""
        examples = [example for media_type in self.media_types for example in media_type.examples]
        return next((example for example in examples if name in {None, example.name}), None)


@attrs.frozen
class Credential:
    """A credential that a sandbox accepts: a bearer token or API key, or a user and a password."""

    tenant: str
    token: str | None = attrs.field(default=None, repr=False)
    user: str | None = attrs.field(default=None, repr=False)
    password: str | None = attrs.field(default=None, repr=False)
    forbidden: bool = False


@attrs.frozen
class SecurityScheme:
    """A security scheme and the credentials that a sandbox accepts for it."""

    name: str
    pointer: str
    type: str
    scheme: str | None
    location: str | None
    parameter: str | None
    credentials: tuple[Credential, ...]


@attrs.frozen
class Operation:
    """An operation with its behaviour; `security` lists alternatives, each a set of scheme names needed together.

    `page` is the title of the documentation page it was written from (`externalDocs.description`), "" if none is named;
    `method_name` is its `x-name`.
    """

    id: str
    method: str
    path: str
    pointer: str
    tag: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: Mapping[str, Response]
    security: tuple[tuple[str, ...], ...]
    transition: Transition | None
    constraints: tuple[Constraint, ...]
    answers: Mapping[Outcome, Answer]
    ensures: tuple[Ensure, ...]
    page: str = ""
    method_name: str | None = None

    @property
    def label(self) -> str:
        """Method and path, as in `POST /orders/{id}/cancel`."""
        return f"{self.method.upper()} {self.path}"


@attrs.frozen
class Server:
    """A base URL of the vendor; `name` is its `x-name`."""

    url: str
    name: str | None
    description: str


@attrs.frozen
class Api:
    """A whole API. `name` is that of its folder in specs/; `document` holds the OpenAPI document it was read from.

    `class_name` is the `x-name` of `info`.
    """

    name: str
    title: str
    version: str
    document: Document = attrs.field(repr=False)
    operations: tuple[Operation, ...]
    servers: tuple[Server, ...]
    security_schemes: Mapping[str, SecurityScheme]
    records: Mapping[str, RecordKind]
    class_name: str | None = None

    @cached_property
    def schemas(self) -> Schemas:
        """The validators of its schemas; to set them up takes longer than to use them."""
        return Schemas(self.document)

    def having(self, operations: tuple[Operation, ...]) -> Api:
        """Return the API with these of its operations; the validators are shared, which take memory."""
        some = attrs.evolve(self, operations=operations)
        object.__setattr__(some, "schemas", self.schemas)  # as the cached property of a frozen class keeps it
        return some

    @property
    def tenants(self) -> tuple[str, ...]:
        """The tenants that credentials and seeds name, in the order of the spec."""
        named = [credential.tenant for scheme in self.security_schemes.values() for credential in scheme.credentials]
        named += [group.tenant for kind in self.records.values() for group in kind.seeds]
        return tuple(dict.fromkeys(named))
