"""Find where in the spec a change of a page has to be followed."""

from __future__ import annotations

from typing import Final

from specloom.pages.drift.change import Change
from specloom.pages.facts import EXISTS, Subject
from specloom.pages.memberfacts import member_statements, schema_statements
from specloom.pages.specview import SpecView
from specloom.spec import pointer as json_pointer

# What a page says with these stands in the spec under another keyword.
_SAID_BY: Final = {"in-sample": "required", "condition": "required", "sample": "example"}


def place(view: SpecView, change: Change) -> str:
    """Return the pointer into the spec of what a change is about, or of what is around it there."""
    subject = change.subject
    operation = view.operation.pointer
    if change.attribute == "either":
        return f"{operation}/x-constraints" if "x-constraints" in view.document.at(operation) else operation
    match subject.kind:
        case "member":
            found = _member(view, change)
        case "parameter":
            found = _parameter(view, change)
        case "status":
            known = subject.name in view.operation.responses
            found = f"{operation}/responses{json_pointer.join(subject.name) if known else ''}"
        case "title" | "security" | "server":
            found = {"title": f"{operation}/externalDocs", "security": f"{operation}/security"}.get(
                subject.kind, "/servers"
            )
        case "sample" | "media-type" | "header":
            holders = (body.media_type.pointer for body in view.bodies(subject.where))
            found = next(holders, view.whole(subject.where)[0])
        case _:
            found = operation
    return found


def _member(view: SpecView, change: Change) -> str:
    """Return the place of a member; of one that was renamed, that of its old name."""
    subject = change.subject
    if change.attribute == EXISTS and isinstance(change.before, str):
        subject = Subject(subject.kind, subject.where, change.before)
    site = view.site(subject)
    if site.member is None:
        return view.place_of_members(site) or view.whole(subject.where)[0]
    if change.attribute == EXISTS:
        return site.member.holders[0].pointer
    wanted = _SAID_BY.get(change.attribute, change.attribute)
    stated = member_statements(view.where(subject.where), site.member)
    return next((each.pointer for _, each in stated if each.attribute == wanted), site.member.holders[-1].pointer)


def _parameter(view: SpecView, change: Change) -> str:
    subject = change.subject
    if change.attribute == EXISTS and isinstance(change.before, str):
        subject = Subject(subject.kind, subject.where, change.before)
    found = view.parameter(subject)
    if found is None:
        return f"{view.operation.pointer}/parameters" if view.operation.parameters else view.operation.pointer
    parameter, member = found
    if change.attribute in {EXISTS, "required", "example", "either"} or member is None:
        return parameter.pointer
    stated = (each.pointer for each in schema_statements(member) if each.attribute == change.attribute)
    return next(stated, member.holders[-1].pointer)
