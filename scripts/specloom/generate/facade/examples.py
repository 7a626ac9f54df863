"""Write JSON values, such as those of examples, as the Python code that a method takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

import attrs

from specloom.generate.classes import class_of
from specloom.generate.facade.plan import Argument, Method
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.sampling.making import MAX_DEPTH, Making

_COMPONENTS: Final = "/components/schemas/"
# How a value of a format is made of its text, and what that needs; other values are written as they are.
_MADE_OF_TEXT: Final = {
    "date-time": ("datetime.fromisoformat({!r})", "from datetime import datetime"),
    "date": ("date.fromisoformat({!r})", "from datetime import date"),
    "uuid": ("UUID({!r})", "from uuid import UUID"),
}


_MODEL: Final = re.compile(r"calling\.instance\((\w+)\)")


@attrs.frozen
class Code:
    """An expression, and the import statements that it needs."""

    text: str
    imports: frozenset[str] = frozenset()


@attrs.frozen
class Values:
    """The JSON values of a request: those of the parameters by location and name, and that of the body, if any."""

    parameters: Mapping[tuple[str, str], Any]
    body: Any = None


def examples(operation: Operation) -> Values:
    """Return the values of the examples of the spec.

    They are those for path, query and body; headers and cookies stay away unless they are required.
    """
    media_types = operation.body.media_types if operation.body else ()
    return Values(
        {
            (parameter.location, parameter.name): parameter.examples[0].value
            for parameter in operation.parameters
            if parameter.examples and (parameter.required or parameter.location in {"path", "query"})
        },
        next((example.value for media_type in media_types for example in media_type.examples), None),
    )


def call(
    api: Api,
    method: Method,
    package: str,
    given: Values | None = None,
    classes: Mapping[str, str] | None = None,
) -> Code:
    """Return the arguments of a call of `method` that sends the values `given`, by default those of the examples.

    What must be given and has no example is made up then.

    `classes` are those of the facade.
    """
    values = dict(_values(method, examples(method.operation) if given is None else given))
    if given is None:
        values = {**dict(_made_up(api, method)), **values}
    writer = _Writer(api, package, classes or {})
    written = [
        (argument, writer.argument(argument, values[argument.name]))
        for argument in method.arguments
        if argument.name in values
    ]
    texts = [code.text if each.positional else f"{each.name}={code.text}" for each, code in written]
    return Code(", ".join(texts), frozenset().union(*(code.imports for _, code in written)))


def _made_up(api: Api, method: Method) -> Iterator[tuple[str, Any]]:
    """Yield the name of each argument that every call has to give, and a value, the same one each time."""
    for argument in method.arguments:
        if argument.required and not argument.schema_pointer:
            yield argument.name, {}
        elif argument.required and not _has_example(method, argument):
            chance = Random(argument.name)  # noqa: S311 - it is no secret
            making = Making(api.document, chance, "all", "request")
            # Nothing at all would address something else.
            least = {"minItems": 1} if argument.location == "path" and "list_of" in argument.kind.code else {}
            reference = f"#{argument.schema_pointer.replace('%', '%25')}"
            try:
                yield argument.name, making.value({"$ref": reference, **least}, MAX_DEPTH)
            except RecursionError:
                yield argument.name, None  # no value of it has an end


def _has_example(method: Method, argument: Argument) -> bool:
    return any(name == argument.name for name, _ in _values(method, examples(method.operation)))


def _values(method: Method, given: Values) -> Iterator[tuple[str, Any]]:
    """Yield the name of each argument that there is a value for, and the value."""
    body = given.body
    for argument in method.arguments:
        if argument.location != "body":
            if (argument.location, argument.source) in given.parameters:
                yield argument.name, given.parameters[argument.location, argument.source]
        elif not argument.source and body is not None:
            yield argument.name, body
        elif isinstance(body, Mapping) and argument.source in body and not _is_fixed(argument):
            yield argument.name, body[argument.source]


def _is_fixed(argument: Argument) -> bool:
    """Whether its default is the only value that it can have."""
    return "const" in argument.schema and not argument.required and argument.default != "UNSET"


@attrs.frozen
class _Writer:
    """Writes values for the package that is made of `api`."""

    api: Api
    package: str
    classes: Mapping[str, str]

    def argument(self, argument: Argument, value: Any) -> Code:
        """Return `value` as the method takes it for `argument`."""
        kind = argument.kind.code
        model = _MODEL.fullmatch(kind)
        if kind == "calling.FILE":
            imports = frozenset({"from io import BytesIO", f"from {self.package}.types import File"})
            return Code('File(BytesIO(b"content"), "name")', imports)
        if kind == "calling.TEXT":
            return Code(repr(value if isinstance(value, str) else json.dumps(value)))
        if model is not None and isinstance(value, dict):
            members = {name: self._content(argument, name, each) for name, each in value.items()}
            return Code(
                f"{model[1]}.from_dict({members})", frozenset({f"from {self.package}.models import {model[1]}"})
            )
        return self.code(argument.schema_pointer, value)

    def _content(self, argument: Argument, name: str, value: Any) -> Any:
        """Return the member `name` of an object, as bytes where it is the content of a file."""
        if name not in argument.schema.get("properties", {}) or not isinstance(value, str):
            return value
        _, schema = self.api.document.resolve(argument.schema_pointer + json_pointer.join("properties", name))
        is_file = isinstance(schema, dict) and schema.get("format") == "binary"
        return value.encode() if is_file else value

    def code(self, pointer: str, value: Any) -> Code:
        """Return `value`, an instance of the schema at `pointer` if there is one, as the client takes it."""
        if not pointer:
            return Code(repr(value))
        at, schema = self.api.document.resolve(pointer)
        for keyword in ("oneOf", "anyOf"):
            for index in range(len(schema.get(keyword, []))):
                if self.api.schemas.validator(f"{at}/{keyword}/{index}").is_valid(value):
                    return self.code(f"{at}/{keyword}/{index}", value)
        if isinstance(value, list) and "items" in schema:
            elements = [self.code(f"{at}/items", each) for each in value]
            text = ", ".join(each.text for each in elements)
            return Code(f"[{text}]", frozenset().union(*(each.imports for each in elements)))
        model = self._model(at, schema) if isinstance(value, dict) else None
        if model is not None:
            return Code(f"{model}.from_dict({value!r})", frozenset({f"from {self.package}.models import {model}"}))
        made_of = _MADE_OF_TEXT.get(schema.get("format", "")) if isinstance(value, str) else None
        return Code(repr(value)) if made_of is None else Code(made_of[0].format(value), frozenset({made_of[1]}))

    def _model(self, at: str, schema: Mapping[str, Any]) -> str | None:
        """Return the name of the model of the object schema at `at`, None when there is no such model."""
        if not self.classes:
            return class_of(at.removeprefix(_COMPONENTS)) if at.startswith(_COMPONENTS) else None
        if at in self.classes or len(schema.get("allOf", ())) != 1:
            return self.classes.get(at)
        return self._model(*self.api.document.resolve(f"{at}/allOf/0"))
