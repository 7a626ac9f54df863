"""The facts that a spec states of an operation, in the form in which pages state theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from specloom.pages.facts import EXISTS, REQUEST, Fact, Subject
from specloom.pages.memberfacts import Statement, member_statements, schema_statements
from specloom.pages.paths import Steps
from specloom.pages.schema_members import Member, members
from specloom.spec import Api, Document, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.api import MediaType, SecurityScheme


@attrs.frozen
class SpecFact:
    """A fact of the spec: `pointer` leads to what to edit, `own` to all that states it.

    A note (x-inferred, x-conflict) on one of `own` is about this fact; one on `around`, the object that holds a
    member, is about whether the member is required; one on `whole` (a parameter, a body, a response) is about all that
    is in it.
    """

    fact: Fact
    pointer: str
    own: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


@attrs.frozen
class Body:
    """A body of an operation: `where` is `request` or a status, `whole` the pointers of what it is part of."""

    where: str
    media_type: MediaType
    whole: tuple[str, ...]
    members: dict[Steps, Member] = attrs.field(repr=False)


def spec_facts(api: Api, operation: Operation) -> tuple[SpecFact, ...]:
    """Return what the spec states of `operation`: what a page of it would state if it left nothing out.

    Each member of each body has `exists`, `type`, `required` (true or false), `nullable`, `enum` (of a const too), the
    keywords that limit values, `default` and the first of its `examples`; each example of a body is a sample. The lines
    are those of the spec, the reader is `spec`.
    """
    stated = [*_heading(api, operation), *_parameters(api.document, operation), *_statuses(operation)]
    for body in bodies(api.document, operation):
        stated += _body(body)
    return tuple(attrs.evolve(each, fact=_placed(each, api.document)) for each in stated)


def bodies(document: Document, operation: Operation) -> Iterator[Body]:
    """Yield each body that has a schema: that of the request, then those of the responses in the order of the spec."""
    holders = [] if operation.body is None else [(REQUEST, operation.body.pointer, operation.body.media_types)]
    holders += [(status, response.pointer, response.media_types) for status, response in operation.responses.items()]
    for where, pointer, media_types in holders:
        for media_type in media_types:
            found = {} if media_type.schema_pointer is None else members(document, media_type.schema_pointer)
            yield Body(where, media_type, (pointer, media_type.pointer), found)


def _heading(api: Api, operation: Operation) -> Iterator[SpecFact]:
    if operation.page:
        pointer = f"{operation.pointer}/externalDocs/description"
        yield SpecFact(Fact(Subject("title"), "text", operation.page), pointer)
    name = Subject("operation", name=operation.label)
    yield SpecFact(Fact(name, EXISTS, value=True), operation.pointer, (operation.pointer,))
    for index, server in enumerate(api.servers):
        pointer = f"/servers/{index}"
        yield SpecFact(Fact(Subject("server", name=server.url), EXISTS, value=True), f"{pointer}/url", (pointer,))
    for scheme_name in dict.fromkeys(name for alternative in operation.security for name in alternative):
        scheme = api.security_schemes[scheme_name]
        subject = Subject("security", name=security_name(scheme))
        yield SpecFact(Fact(subject, EXISTS, value=True), scheme.pointer, (scheme.pointer,))
        written = api.document.at(scheme.pointer).get("bearerFormat")
        if written is not None:
            yield SpecFact(Fact(subject, "format", written), f"{scheme.pointer}/bearerFormat", (scheme.pointer,))


def security_name(scheme: SecurityScheme) -> str:
    """Return how facts call a security scheme: `bearer`, `basic`, `apiKey header X-Key`, or its type."""
    if scheme.type == "apiKey":
        return f"apiKey {scheme.location} {scheme.parameter}"
    return (scheme.scheme or scheme.type).lower()


def _parameters(document: Document, operation: Operation) -> Iterator[SpecFact]:
    for parameter in operation.parameters:
        subject = Subject("parameter", parameter.location, parameter.name)
        whole = (parameter.pointer,)
        yield SpecFact(Fact(subject, EXISTS, value=True), parameter.pointer, whole)
        required = Fact(subject, "required", parameter.required)
        yield SpecFact(required, _keyword(document, parameter.pointer, "required"), whole)
        stated = []
        if document.at(parameter.pointer).get("schema") is not None:
            stated = list(schema_statements(members(document, f"{parameter.pointer}/schema")[()]))
        yield from (_fact(subject, each, whole) for each in stated if each.attribute != "example")
        yield from (
            SpecFact(Fact(subject, "example", example.value), example.pointer, whole)
            for example in parameter.examples[:1]
        )


def _statuses(operation: Operation) -> Iterator[SpecFact]:
    for status, response in operation.responses.items():
        whole = (response.pointer, f"{operation.pointer}/responses/{status}")
        yield SpecFact(Fact(Subject("status", name=status), EXISTS, value=True), response.pointer, whole)
        for header in response.headers:
            subject = Subject("header", status, header.name)
            yield SpecFact(Fact(subject, EXISTS, value=True), header.pointer, (header.pointer,), whole=whole)


def _body(body: Body) -> Iterator[SpecFact]:
    media_type = Subject("media-type", body.where, body.media_type.name)
    yield SpecFact(Fact(media_type, EXISTS, value=True), body.media_type.pointer, whole=body.whole)
    for member in body.members.values():
        for subject, statement in member_statements(body.where, member):
            yield _fact(subject, statement, body.whole)
    for number, example in enumerate(body.media_type.examples):
        subject = Subject("sample", body.where, str(number))
        holder = example.pointer.removesuffix("/value")
        yield SpecFact(Fact(subject, "value", example.value), example.pointer, (holder,), whole=body.whole)


def _fact(subject: Subject, statement: Statement, whole: tuple[str, ...]) -> SpecFact:
    fact = Fact(subject, statement.attribute, statement.value)
    return SpecFact(fact, statement.pointer, statement.own, statement.around, whole)


def _keyword(document: Document, pointer: str, keyword: str) -> str:
    return pointer + json_pointer.join(keyword) if keyword in document.at(pointer) else pointer


def _placed(stated: SpecFact, document: Document) -> Fact:
    """Return the fact with its line in the spec."""
    fact: Any = stated.fact
    return Fact(fact.subject, fact.attribute, fact.value, document.line(stated.pointer), "spec")
