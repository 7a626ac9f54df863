"""Find the schemas of an OpenAPI document, and the schemas inside a schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from specloom.spec import pointer as json_pointer
from specloom.spec.walking import walk

# JSON Schema 2020-12: keywords that hold a schema, an array of schemas, an object of schemas by name.
_ONE: Final = (
    "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then", "unevaluatedItems",
    "unevaluatedProperties",
)  # fmt: skip
_MANY: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED: Final = ("$defs", "dependentSchemas", "patternProperties", "properties")


@attrs.frozen
class SchemaSite:
    """A schema and where it stands; an unchecked document may hold anything there.

    `keyword` is the one of the schema around it that holds it, as `properties`; None when there is none around it.
    """

    tokens: tuple[str, ...]
    schema: Any = attrs.field(repr=False)
    keyword: str | None = None

    @property
    def pointer(self) -> str:
        """Where the schema stands."""
        return json_pointer.join(*self.tokens)

    @property
    def in_records(self) -> bool:
        """Whether it describes records of the sandbox and not what goes over the wire."""
        return self.tokens[0] == "x-records"

    @property
    def component(self) -> str | None:
        """The name under which it stands in `components/schemas`; None for a schema inside another one."""
        return self.tokens[2] if len(self.tokens) == 3 and self.tokens[:2] == ("components", "schemas") else None  # noqa: PLR2004 - three tokens make components/schemas/NAME


def subschemas(schema: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield (tokens below, schema) for each schema directly inside `schema`."""
    if not isinstance(schema, Mapping):
        return
    for keyword, value in schema.items():
        if keyword in _ONE:
            yield (keyword,), value
        elif keyword in _MANY and isinstance(value, list):
            yield from (((keyword, str(index)), child) for index, child in enumerate(value))
        elif keyword in _NAMED and isinstance(value, Mapping):
            yield from (((keyword, name), child) for name, child in value.items())


def schema_roots(data: Mapping[str, Any]) -> Iterator[SchemaSite]:
    """Yield the outermost schemas: components, and those of parameters, headers, media types and record kinds."""
    components = data.get("components", {})
    for name, schema in components.get("schemas", {}).items():
        yield SchemaSite(("components", "schemas", name), schema)
    records = data.get("x-records")  # S04 comes later than the first to ask for schemas
    for name, kind in records.items() if isinstance(records, Mapping) else ():
        if isinstance(kind, Mapping) and "schema" in kind:
            yield SchemaSite(("x-records", name, "schema"), kind["schema"])
    others = {kind: value for kind, value in components.items() if kind != "schemas"}
    rest = {keyword: value for keyword, value in data.items() if keyword not in {"components", "x-records"}}
    for tokens, value in walk({**rest, "components": others}):
        if "schema" in value:
            yield SchemaSite((*tokens, "schema"), value["schema"])


def schema_sites(data: Mapping[str, Any]) -> Iterator[SchemaSite]:
    """Yield every schema of the document, each before those inside it."""
    for root in schema_roots(data):
        yield from _inside(root)


def _inside(site: SchemaSite) -> Iterator[SchemaSite]:
    yield site
    for tokens, schema in subschemas(site.schema):
        yield from _inside(SchemaSite((*site.tokens, *tokens), schema, tokens[0]))
