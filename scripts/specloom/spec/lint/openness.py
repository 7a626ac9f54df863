"""Rules that keep responses open: what the vendor adds tomorrow is no error in a client of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from specloom.spec import pointer as json_pointer
from specloom.spec.lint.subject import Breach, Subject, types
from specloom.spec.subschemas import subschemas


def response_enums_are_open(subject: Subject) -> Iterator[Breach]:
    """S18."""
    for pointer in subject.response_roots:
        root = subject.resolved(pointer)
        if isinstance(root, dict) and "enum" in root:
            yield _closed_enum(pointer)
    for pointer, schema in subject.response_schemas.items():
        for tokens, _ in subschemas(schema):
            child = pointer + json_pointer.join(*tokens)
            enum = subject.resolved(child)
            if tokens[0] == "not" or not isinstance(enum, dict) or "enum" not in enum:
                continue
            if tokens[0] != "anyOf" or not any(_is_plain(other, enum) for other in schema["anyOf"]):
                yield _closed_enum(child)


def _closed_enum(pointer: str) -> Breach:
    remedy = "write `anyOf: [{$ref: …}, {type: string}]`"
    return Breach(pointer, "a value that is not in this enum would be an error in a response", remedy)


def _is_plain(schema: Any, enum: Mapping[str, Any]) -> bool:
    """Whether `schema` takes every value of the type of `enum`."""
    return isinstance(schema, dict) and set(schema) <= {"type", "description"} and types(schema) == types(enum)


def response_objects_are_open(subject: Subject) -> Iterator[Breach]:
    """S19."""
    for pointer, schema in subject.response_schemas.items():
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            if schema.get(keyword) is False:
                message = "a member that is not listed would be an error in a response"
                remedy = f"remove {keyword}, or give the request a schema of its own"
                yield Breach(f"{pointer}/{keyword}", message, remedy)
