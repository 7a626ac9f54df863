"""Find the pairs of schemas in a pair of operations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.media import media_types
from specloom.release.compat.pairing.parts import child, fields
from specloom.release.compat.pairing.requests import parameters, request_body
from specloom.release.compat.pairing.responses import answers, headers
from specloom.release.compat.pairs import OperationPair, Part, SchemaPair

# Beside a `$ref` they say nothing of the values (OpenAPI 3.1, 4.8.23).
_ANNOTATIONS: Final = frozenset({"description", "summary"})


def schema_matches(pair: OperationPair) -> Iterator[Match]:
    """Yield each schema of an operation: of parameters, bodies and headers; a side may lack it."""
    for parameter in parameters(pair):
        yield from _schemas(parameter)
    yield from _body(request_body(pair), "body")
    for answer in answers(pair):
        yield from _body(answer.match, f"{answer.status} body")
        for header in headers(answer):
            yield from _schemas(header)


def schema_pairs(pair: OperationPair) -> Iterator[SchemaPair]:
    """Yield each schema of an operation that both documents have."""
    for each in schema_matches(pair):
        if each.base is not None and each.revision is not None:
            yield SchemaPair(each.side, each.operation, each.where, each.base, each.revision)


def _body(body: Match, where: str) -> Iterator[Match]:
    for media in media_types(attrs.evolve(body, where=where)):
        if media.match.both:
            yield _schema(attrs.evolve(media.match, where=f"{media.match.where} $"))


def _schemas(holder: Match) -> Iterator[Match]:
    """Yield the schema of a parameter or a header: its own, or that of its content."""
    if holder.both:
        yield _schema(holder)
        for media in media_types(holder):
            if media.match.both:
                yield _schema(media.match)


def _schema(holder: Match) -> Match:
    return attrs.evolve(holder, base=_at(holder.base), revision=_at(holder.revision))


def _at(holder: Part | None) -> Part | None:
    """Return the schema of a parameter or a media type, `$ref` followed unless keywords beside it count as well."""
    schema = fields(holder).get("schema")
    if holder is not None and isinstance(schema, dict) and schema.keys() - _ANNOTATIONS > {"$ref"}:
        return Part(holder.document, f"{holder.pointer}/schema", schema)
    return child(holder, "schema")


def is_open(schema: Part | None) -> bool:
    """Whether anything satisfies a schema: there is none, or it is empty."""
    return schema is None or schema.value is True or schema.value == {}
