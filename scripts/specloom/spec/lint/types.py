"""Rules on types: null, arrays, required members, conditions, and keywords that mean something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from specloom.spec import pointer as json_pointer
from specloom.spec.lint.subject import Breach, Subject, is_object, types
from specloom.spec.vocabulary import is_foreign

_SCALARS: Final = frozenset({"boolean", "integer", "number", "string"})
_CONDITIONS: Final = ("dependentRequired", "dependentSchemas", "else", "if", "then")
# JSON Schema 2020-12 (core without identifiers, applicators, validation, meta-data) and OpenAPI 3.1, section 4.8.24.
_KEYWORDS: Final = frozenset({
    "$comment", "$defs", "$ref", "additionalProperties", "allOf", "anyOf", "const", "contains", "contentEncoding",
    "contentMediaType", "contentSchema", "default", "dependentRequired", "dependentSchemas", "deprecated",
    "description", "discriminator", "else", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum",
    "externalDocs", "format", "if", "items", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum",
    "minContains", "minItems", "minLength", "minProperties", "minimum", "multipleOf", "not", "oneOf", "pattern",
    "patternProperties", "prefixItems", "properties", "propertyNames", "readOnly", "required", "then", "title",
    "type", "unevaluatedItems", "unevaluatedProperties", "uniqueItems", "writeOnly", "xml",
})  # fmt: skip
_REMEDIES: Final = {
    "example": "write `examples: [value]`",
    "definitions": "move the schemas to components/schemas",
}


def null_is_written_in_one_way(subject: Subject) -> Iterator[Breach]:
    """S15."""
    for site in subject.wire_sites:
        schema, named = site.schema, site.schema.get("type")
        if "nullable" in schema:
            remedy = "write `type: [T, 'null']`, or `anyOf: [{$ref: …}, {type: 'null'}]` for an object"
            yield Breach(f"{site.pointer}/nullable", "OpenAPI 3.1 knows no `nullable`", remedy)
        if isinstance(named, list) and not (len(named) == 2 and named[0] in _SCALARS and named[1] == "null"):  # noqa: PLR2004 - T and null
            message = f"{named} is not a scalar type and 'null'"
            remedy = "write `type: [T, 'null']` for a scalar, `anyOf: [{$ref: …}, {type: 'null'}]` for an object"
            yield Breach(f"{site.pointer}/type", message, remedy)
        if None in schema.get("enum", []):
            remedy = "write `anyOf: [{$ref: …}, {type: 'null'}]` where the enum is used"
            yield Breach(f"{site.pointer}/enum", "null is one of the values of an enum", remedy)
        yield from _null_alternatives(site.pointer, schema)


def _null_alternatives(pointer: str, schema: dict[str, Any]) -> Iterator[Breach]:
    for keyword in ("anyOf", "oneOf"):
        alternatives = schema.get(keyword, [])
        if {"type": "null"} not in alternatives:
            continue
        if keyword == "oneOf":
            yield Breach(f"{pointer}/oneOf", "null stands in a oneOf", "write `anyOf: [{$ref: …}, {type: 'null'}]`")
        elif not any("$ref" in alternative or "items" in alternative for alternative in alternatives):
            yield Breach(f"{pointer}/anyOf", "a nullable scalar is written as anyOf", "write `type: [T, 'null']`")


def arrays_have_items(subject: Subject) -> Iterator[Breach]:
    """S16."""
    for site in subject.wire_sites:
        if "array" in types(site.schema) and "items" not in site.schema:
            yield Breach(site.pointer, "this array does not say what its elements are", "add `items`")


def required_members_are_declared(subject: Subject) -> Iterator[Breach]:
    """S33."""
    for site in subject.wire_sites:
        if not is_object(site.schema):
            continue
        for index, name in enumerate(site.schema.get("required", [])):
            if name not in site.schema.get("properties", {}):
                message = f"the required member {name!r} is not among the properties"
                yield Breach(f"{site.pointer}/required/{index}", message, "correct the name, or declare the property")


def conditions_are_unions(subject: Subject) -> Iterator[Breach]:
    """S31."""
    for site in subject.wire_sites:
        for keyword in _CONDITIONS:
            if keyword in site.schema:
                message = f"a condition is written with {keyword}, which no generated type can carry"
                remedy = "write a oneOf with a discriminator, one alternative per case"
                yield Breach(site.pointer + json_pointer.join(keyword), message, remedy)


def keywords_are_known(subject: Subject) -> Iterator[Breach]:
    """S32."""
    # `example` says nothing wrong, and stands in thousands of places of what others publish.
    known = _KEYWORDS | {"nullable", *(["example"] if is_foreign(subject.document) else [])}
    for site in subject.sites:
        for keyword in site.schema:
            if keyword not in known and not keyword.startswith("x-"):
                message = f"{keyword!r} is no keyword that a schema may have, and would be ignored"
                remedy = _REMEDIES.get(keyword, "correct the spelling, or remove it")
                yield Breach(site.pointer + json_pointer.join(keyword), message, remedy)
