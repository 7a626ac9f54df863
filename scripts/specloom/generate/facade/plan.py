"""The facade of a package as plain values: what its client class, groups, methods and errors are called and take.

`specloom.generate.facade.planning.plan` makes them; modules, README, command line and testing plugin are written from
them. Types are Python code as it stands in annotations; `Annotation.imports` are the statements that they need in a
module directly in the package.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from specloom.spec import Operation, SecurityScheme

Location = Literal["path", "query", "header", "cookie", "body"]
How = Literal["stock", "json", "text", "bytes", "nothing"]
"""How an answer becomes a value: by the code of openapi-python-client, as JSON, as text, as bytes, or not at all."""


CredentialKind = Literal["bearer", "basic", "key"]


@attrs.frozen
class Annotation:
    """A type as Python code, as in `list[Order] | None`, and the import statements that it needs."""

    code: str
    imports: frozenset[str] = frozenset()


@attrs.frozen
class Argument:
    """An argument of a method: a parameter, a member of the body, or (`source` is then "") the whole body.

    `name` is the Python argument; `source` the name in the spec; `stock` that of the argument or attribute in the code
    of openapi-python-client. `annotation` leaves out Unset and None, unless the schema allows null (`nullable`).
    `kind` is the code of the check of its type, from `calling.kinds`. `default` is the code of the value that stands
    for an argument left out: None where it must be given, `UNSET` where it then is not sent. `needed` says that it must
    be sent, a member of an optional body whenever there is a body. `schema` has its own `$ref` followed;
    `schema_pointer` says where it stands in the spec.
    """

    name: str
    location: Location
    source: str
    stock: str
    annotation: Annotation
    kind: Annotation
    nullable: bool
    default: str | None
    description: str
    schema: Mapping[str, Any] = attrs.field(repr=False)
    schema_pointer: str
    needed: bool

    @property
    def required(self) -> bool:
        """Whether every call has to give it."""
        return self.default is None

    @property
    def positional(self) -> bool:
        """Whether it may be given without its name."""
        return self.location == "path"

    @property
    def declared(self) -> str:
        """The type that the method declares for it: None stands for an argument left out too."""
        if self.default != "UNSET":
            return self.annotation.code
        return f"{self.annotation.code} | Unset" if self.nullable else f"{self.annotation.code} | Unset | None"


@attrs.frozen
class Body:
    """The body of a request: `model` is its attrs model when its members are arguments, None when it is one argument.

    `schema` is the name of the pydantic model that checks it, if there is one; `wrapped` says that it has the body as
    its member `body`.
    """

    required: bool
    media_types: tuple[str, ...]
    model: Annotation | None
    schema: str | None
    wrapped: bool


@attrs.frozen
class Reading:
    """How an answer is read, and how each documented media type that openapi-python-client ignores (`others`).

    An answer without content reads as an instance of `empty` that is made of `{}`, if a model is named so.
    """

    how: How
    others: tuple[tuple[str, How], ...] = ()
    empty: str = ""


@attrs.frozen
class Answer:
    """A documented response: its status (`200`, `4XX`, `default`), what it means, and what it is read as."""

    status: str
    description: str
    annotation: Annotation
    reading: Reading


@attrs.frozen
class ErrorAnswer:
    """A documented response that is raised, and the class of the error."""

    answer: Answer
    class_name: str


@attrs.frozen
class AnyGiven:
    """At least one of the values, given by location and JSON Pointer (`/customerReference` for a parameter), is needed.

    `message` says so in words.
    """

    places: tuple[tuple[Location, str], ...]
    message: str


@attrs.frozen
class Distinct:
    """No two of the values that a pointer with `*` matches in the body may be equal."""

    place: str
    message: str


@attrs.frozen
class Method:
    """An operation as a method of its group; `tag` and `module` name its module `api.<tag>.<module>`.

    `function` is the name of the function in `operations.py` that describes it. `parameter_models` names the pydantic
    models of the parameters in each location. `returns` is None for a method that returns nothing.
    """

    name: str
    function: str
    operation: Operation
    tag: str
    module: str
    arguments: tuple[Argument, ...]
    body: Body | None
    successes: tuple[Answer, ...]
    errors: tuple[ErrorAnswer, ...]
    returns: Annotation
    rules: tuple[AnyGiven | Distinct, ...]
    parameter_models: Mapping[str, str]


@attrs.frozen
class Group:
    """The methods of a tag: attribute `name` of the client, of class `class_name` or `Async…`."""

    name: str
    class_name: str
    tag: str
    description: str
    methods: tuple[Method, ...]

    @property
    def async_class_name(self) -> str:
        """The name of the class of the methods that are to be awaited."""
        return f"Async{self.class_name}"


@attrs.frozen
class ErrorClass:
    """The class of the errors with one status; `annotation` is the union of the models that its body may be."""

    class_name: str
    status: str
    phrase: str
    annotation: Annotation


@attrs.frozen
class CredentialInput:
    """An argument of the client that is (a part of) a credential; without it, `variable` of the environment counts."""

    name: str
    variable: str
    description: str


@attrs.frozen
class Credential:
    """The credential of a security scheme, made of one input, or of two for HTTP Basic."""

    scheme: SecurityScheme
    kind: CredentialKind
    inputs: tuple[CredentialInput, ...]


@attrs.frozen
class Environment:
    """A named server: value of the argument `environment`, its base URL and what it is."""

    name: str
    url: str
    description: str


@attrs.frozen
class Facade:
    """The client of an API: class `class_name` (`PetStore`) or `async_class_name` (`AsyncPetStore`).

    `prefix` starts the names of the environment variables, as in `PET_STORE_BASE_URL`. `base_url` is that of the first
    server; None when the spec has none that is absolute. `classes` has the models of a foreign spec by the pointers of
    their schemas.
    """

    class_name: str
    prefix: str
    title: str
    description: str
    groups: tuple[Group, ...]
    errors: tuple[ErrorClass, ...]
    credentials: tuple[Credential, ...]
    environments: tuple[Environment, ...]
    base_url: str | None
    classes: Mapping[str, str] = attrs.field(factory=dict, repr=False)

    @property
    def async_class_name(self) -> str:
        """The name of the class whose methods are to be awaited."""
        return f"Async{self.class_name}"

    @property
    def methods(self) -> tuple[tuple[Group, Method], ...]:
        """Every method with its group, in order."""
        return tuple((group, method) for group in self.groups for method in group.methods)
