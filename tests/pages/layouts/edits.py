"""Single changes that a vendor makes to what its page documents, and what has to be reported of each."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from tests.pages.layouts.documented import SCALARS, Answer, Documented, Member, Shape

from specloom.pages import EXISTS, REQUEST, Step, Steps, Subject, write_path

NEW = "brand_new"
"""A name that no page has."""


@attrs.frozen
class Edit:
    """The page afterwards, and the subject and attribute of the one change."""

    after: Documented = attrs.field(repr=False)
    subject: Subject
    attribute: str


def edits(page: Documented) -> Iterator[Edit]:
    """Yield every single change of a page that there is a kind of."""
    yield Edit(attrs.evolve(page, title="Pour out a box"), Subject("title"), "text")
    added = attrs.evolve(page, answers=(*page.answers, Answer("503", "Service Unavailable")))
    yield Edit(added, Subject("status", "", "503"), EXISTS)
    if len(page.answers) > 1:
        gone = page.answers[-1]
        yield Edit(attrs.evolve(page, answers=page.answers[:-1]), Subject("status", "", gone.status), EXISTS)
    yield from _parameters(page)
    if page.request is not None:
        for shape, steps, attribute in _shapes(page.request, ()):
            after = attrs.evolve(page, request=shape)
            yield Edit(after, Subject("member", REQUEST, write_path(steps)), attribute)
    for index, answer in enumerate(page.answers):
        for shape, steps, attribute in _shapes(answer.body, ()) if answer.body is not None else ():
            answers = (*page.answers[:index], attrs.evolve(answer, body=shape), *page.answers[index + 1 :])
            after = attrs.evolve(page, answers=answers)
            yield Edit(after, Subject("member", answer.status, write_path(steps)), attribute)


def _parameters(page: Documented) -> Iterator[Edit]:
    new = Member(NEW, Shape("string", "x-1"), is_required=True)
    yield Edit(
        attrs.evolve(page, parameters=(*page.parameters, ("query", new))), Subject("parameter", "query", NEW), EXISTS
    )
    for index, (place, member) in enumerate(page.parameters):
        if place != "path":
            others = (*page.parameters[:index], *page.parameters[index + 1 :])
            yield Edit(attrs.evolve(page, parameters=others), Subject("parameter", place, member.name), EXISTS)
            for changed, attribute in _attributes(member):
                parameters = (*page.parameters[:index], (place, changed), *page.parameters[index + 1 :])
                after = attrs.evolve(page, parameters=parameters)
                yield Edit(after, Subject("parameter", place, member.name), attribute)


def _shapes(shape: Shape, at: Steps) -> Iterator[tuple[Shape, Steps, str]]:
    """Yield a body with one change in it, the path of what changed, and the attribute."""
    if shape.items is not None:
        for inner, steps, attribute in _shapes(shape.items, (*at, Step.ITEMS)):
            yield attrs.evolve(shape, items=inner), steps, attribute
    if shape.type != "object":
        return
    new = Member(NEW, Shape("boolean", example=True), is_required=True)
    yield attrs.evolve(shape, members=(*shape.members, new)), (*at, NEW), EXISTS
    tags = {member.condition[0] for member in shape.members if member.condition}
    for index, member in enumerate(shape.members):
        before, after = shape.members[:index], shape.members[index + 1 :]
        if member.name not in tags and member.condition is None:
            if len(shape.members) > 1:
                yield attrs.evolve(shape, members=before + after), (*at, member.name), EXISTS
            renamed = attrs.evolve(member, name=NEW)
            yield attrs.evolve(shape, members=(*before, renamed, *after)), (*at, NEW), EXISTS
            for changed, attribute in _attributes(member):
                yield attrs.evolve(shape, members=(*before, changed, *after)), (*at, member.name), attribute
        for inner, steps, attribute in _shapes(member.shape, (*at, member.name)):
            changed = attrs.evolve(member, shape=inner)
            yield attrs.evolve(shape, members=(*before, changed, *after)), steps, attribute


def _attributes(member: Member) -> Iterator[tuple[Member, str]]:
    """Yield a member or parameter with another attribute."""
    shape = member.shape
    yield attrs.evolve(member, is_required=not member.is_required), "required"
    if shape.type not in SCALARS:
        return
    other = Shape("boolean", example=True) if shape.type != "boolean" else Shape("integer", 7)
    other = attrs.evolve(other, is_nullable=shape.is_nullable)  # nothing else is to change
    if not shape.enum:
        yield attrs.evolve(member, shape=other), "type"
    else:
        yield attrs.evolve(member, shape=attrs.evolve(shape, enum=(*shape.enum, "LATER"))), "enum"
    if shape.type == "string":
        yield attrs.evolve(member, shape=attrs.evolve(shape, is_nullable=not shape.is_nullable)), "nullable"
    if shape.type == "string" and not shape.enum and not shape.limits:
        limited = attrs.evolve(shape, limits=(("minLength", 2),))
        yield attrs.evolve(member, shape=limited), "minLength"
