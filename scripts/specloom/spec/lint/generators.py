"""The rule on what openapi-python-client 0.29.1 leaves out of a client with no more than a warning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from specloom.spec import pointer as json_pointer
from specloom.spec.lint.subject import Breach, Subject
from specloom.spec.subschemas import schema_sites
from specloom.spec.walking import path_items, walk

_COMPONENT: Final = re.compile(r"#/components/[A-Za-z]+/[^/]+")
_MAY_BE_BOOLEAN: Final = frozenset({"additionalProperties", "unevaluatedItems", "unevaluatedProperties"})


def nothing_is_dropped(subject: Subject) -> Iterator[Breach]:
    """S22."""
    yield from _schemas(subject)
    yield from _references(subject)
    for operation in subject.api.operations:
        for parameter in operation.parameters:
            if not parameter.schema:
                message = f"the parameter {parameter.name} has no `schema`"
                yield Breach(parameter.pointer, message, "say what it may be, in `schema` or in that of its `content`")


def _schemas(subject: Subject) -> Iterator[Breach]:
    for site in schema_sites(subject.data):
        if isinstance(site.schema, bool) and site.keyword not in _MAY_BE_BOOLEAN:
            yield Breach(site.pointer, "a boolean schema drops its operation", "write an object, as in `{}`")
        elif isinstance(site.schema, dict) and "$defs" in site.schema:
            remedy = "move the schemas to components/schemas"
            yield Breach(f"{site.pointer}/$defs", "$defs drops the operations that use it", remedy)
        elif isinstance(site.schema, dict) and len({_kind(value) for value in site.schema.get("enum", [])}) > 1:
            remedy = "write an anyOf of one enum per type"
            yield Breach(f"{site.pointer}/enum", "an enum of several types drops its operation", remedy)


def _references(subject: Subject) -> Iterator[Breach]:
    for path, item in path_items(subject.data):
        if "$ref" in item:
            pointer = json_pointer.join("paths", path, "$ref")
            yield Breach(pointer, "a $ref on a path item drops its operations", "write the path item out")
    for tokens, value in walk(subject.data):
        path_item = tokens[:1] == ("paths",) == tokens[:-1]
        if not isinstance(value.get("$ref"), str) or path_item or tokens[:1] == ("x-records",):
            continue
        pointer = json_pointer.join(*tokens, "$ref")
        if not _COMPONENT.fullmatch(value["$ref"]):
            message = f"{value['$ref']!r} leads to no component, which drops what uses it"
            yield Breach(pointer, message, "refer to #/components/KIND/NAME")
        elif len(tokens) == 3 and tokens[:2] in {("components", "parameters"), ("components", "responses")}:  # noqa: PLR2004 - components/KIND/NAME
            yield Breach(pointer, "a component that only refers to another is dropped", "refer to the other directly")


def _kind(value: Any) -> str:
    # null does not drop an operation; S15 is about it.
    return type(value).__name__ if value is not None else "str"
