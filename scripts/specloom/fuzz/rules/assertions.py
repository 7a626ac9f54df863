"""List what a schema asserts, keyword by keyword, at each place that it reaches through references and unions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from specloom.spec import Document
from specloom.spec import pointer as json_pointer
from specloom.spec.subschemas import subschemas

# JSON Schema 2020-12, 10 and validation 6. `oneOf` and `anyOf` assert something of their own besides what is in them.
_PLAIN: Final = (
    "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
    "minLength", "pattern", "format", "maxItems", "minItems", "uniqueItems", "contains", "maxContains", "minContains",
    "maxProperties", "minProperties", "propertyNames", "not", "if", "oneOf", "anyOf",
)  # fmt: skip
# Keywords of which each member is a rule.
_BY_MEMBER: Final = ("required", "dependentRequired")
# Keywords that assert something when they are false.
_CLOSING: Final = ("additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems")
# What is below these says something about a value only together with the keyword itself.
_WHOLE: Final = ("contains", "propertyNames", "not", "if", "then", "else")


@attrs.frozen
class Assertion:
    """One thing that a schema asserts of a value.

    `at` leads to the keyword from where the schema is used, each `$ref` written out; `pointer` is where the keyword
    stands in the document. `place` leads to the value in the instance, with `*` for every element or further member.
    `member` is the one that is required where the keyword requires several, and else empty.
    """

    keyword: str
    at: tuple[str, ...]
    pointer: str
    place: tuple[str, ...]
    value: Any = attrs.field(repr=False)
    member: str = ""


def assertions(document: Document, pointer: str) -> Iterator[Assertion]:
    """Yield what the schema at `pointer` asserts; a schema that contains itself is walked once."""
    yield from _walk(document, pointer, tuple(json_pointer.split(pointer)), (), frozenset())


def _walk(
    document: Document, pointer: str, at: tuple[str, ...], place: tuple[str, ...], entered: frozenset[str]
) -> Iterator[Assertion]:
    # What stands beside a $ref counts as well as what it leads to.
    chain = [pointer]
    while isinstance(reference := document.at(chain[-1]), Mapping) and isinstance(reference.get("$ref"), str):
        target = json_pointer.from_fragment(reference["$ref"])
        if target in entered:
            break
        entered |= {target}
        chain.append(target)
    for each in chain:
        schema = document.at(each)
        if isinstance(schema, Mapping):
            yield from _own(each, schema, at, place)
            for tokens, _ in subschemas(schema):
                if tokens[0] not in _WHOLE:
                    below = each + json_pointer.join(*tokens)
                    yield from _walk(document, below, (*at, *tokens), (*place, *_step(tokens)), entered)


def _own(pointer: str, schema: Mapping[str, Any], at: tuple[str, ...], place: tuple[str, ...]) -> Iterator[Assertion]:
    for keyword, value in schema.items():
        where = pointer + json_pointer.join(keyword)
        if keyword in _PLAIN or (keyword in _CLOSING and value is False):
            yield Assertion(keyword, (*at, keyword), where, place, value)
        elif keyword in _BY_MEMBER:
            for index, name in enumerate(value):
                below = str(index) if isinstance(value, list) else name
                yield Assertion(keyword, (*at, keyword, name), where + json_pointer.join(below), place, value, name)


def _step(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the step in the instance that leads to what the subschema at `tokens` is about."""
    if tokens[0] == "properties":
        return tokens[1:]
    if tokens[0] == "prefixItems":
        return (tokens[1],)
    if tokens[0] in {"items", "additionalProperties", "patternProperties", "unevaluatedProperties", "unevaluatedItems"}:
        return ("*",)
    return ()
