"""Say whether a client made from the spec as it is would stop working after a change of the vendor's."""

from __future__ import annotations

from specloom.pages.drift.change import Change
from specloom.pages.drift.members import NONE, Effect, received, sent
from specloom.pages.facts import EXISTS, REQUEST
from specloom.pages.specview import SpecView


def effect(view: SpecView, change: Change) -> Effect:
    """Return whether the change breaks a client that is made from the spec, and why."""
    subject = change.subject
    match subject.kind:
        case "parameter":
            found = sent(view, change)
        case "member":
            found = sent(view, change) if subject.where == REQUEST else received(view, change)
        case "operation" | "security" | "media-type" if change.attribute == EXISTS:
            found = _call(view, change)
        case "status":
            found = _status(view, change)
        case "server" if not change.what.startswith("added"):
            found = "perhaps", "the client calls the server of the spec"
        case _:
            found = NONE
    return found


def _call(view: SpecView, change: Change) -> Effect:
    """Judge a change of what every call needs."""
    if change.what == "added":
        return ("perhaps", "calls may need it") if change.subject.kind == "security" else NONE
    if change.subject.kind == "media-type" and change.subject.where != REQUEST:
        return "perhaps", "the client reads the media type of the spec"
    if change.subject.kind == "media-type" and not view.bodies(REQUEST):
        return NONE
    return "yes", "the client calls it the way that the spec says"


def _status(view: SpecView, change: Change) -> Effect:
    if change.what == "removed":
        return "no", "the client never sees it"
    if change.subject.name.startswith("2"):
        return "yes", "the client takes an unknown success for an error"
    known = change.subject.name in view.operation.responses
    return "no", "the client knows it already" if known else "the client raises an error without a body for it"
