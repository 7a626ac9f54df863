"""Say what a change of a parameter or a member means for clients made from the spec as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from specloom.pages.checking.attributes import judge_value
from specloom.pages.drift.change import Breaks, Change
from specloom.pages.facts import Fact, Subject
from specloom.pages.schema_members import Member
from specloom.pages.specview import SpecView

Effect = tuple[Breaks, str]
"""Whether it breaks, and why."""

NONE: Final[Effect] = ("no", "the client does not depend on it")


def sent(view: SpecView, change: Change) -> Effect:
    """Judge a change of what clients send: they send what the spec allows, and always what it requires."""
    return _SENT.get(change.attribute, _sent_value)(view, change)


def received(view: SpecView, change: Change) -> Effect:
    """Judge a change of what clients receive: they insist on what the spec requires, and on its types."""
    return _RECEIVED.get(change.attribute, _none)(view, change)


def _none(view: SpecView, change: Change) -> Effect:
    del view, change
    return NONE


def _sent_or_not(view: SpecView, change: Change) -> Effect:
    if isinstance(change.before, str):
        return "yes", "clients send the old name"
    required = _schema(view, change.subject)[1]
    if change.what == "removed":
        return "perhaps", f"clients {'always' if required else 'may'} send it, and the vendor may refuse it"
    needed = "required" in change.what and not required
    return ("yes", "clients do not send it") if needed else ("no", "clients may leave it out")


def _sent_required(view: SpecView, change: Change) -> Effect:
    if not change.after:
        return "no", "clients may still send it"
    required = _schema(view, change.subject)[1]
    return ("no", "clients always send it") if required else ("yes", "clients may leave it out")


def _sent_sometimes(view: SpecView, change: Change) -> Effect:
    del view
    return ("perhaps", "clients may leave it out then") if change.after else NONE


def _sent_null(view: SpecView, change: Change) -> Effect:
    if change.after:
        return "no", "more values are accepted"
    member = _schema(view, change.subject)[0]
    allowed = member is not None and _accepts(view, member, change.subject, "sample-type", "null")
    return ("yes", "clients may send null") if allowed else ("no", "clients never send null")


def _sent_value(view: SpecView, change: Change) -> Effect:
    """Judge a type, an enum or a limit: fewer values may be accepted now than the spec allows."""
    if change.after in (None, []):
        return "no", "no fewer values are accepted"
    member = _schema(view, change.subject)[0]
    if member is not None and _accepts(view, member, change.subject, change.attribute, change.after):
        wider = change.attribute == "enum" and any(value not in change.after for value in change.before or [])
        return ("yes", "clients may send what is now refused") if wider else ("no", "the spec says so already")
    if change.attribute == "enum" and change.before and all(value in change.after for value in change.before):
        return "no", "more values are accepted"
    return "yes", "clients may send what is now refused"


def _received_or_not(view: SpecView, change: Change) -> Effect:
    if change.what.startswith("added"):
        return "no", "clients pass over what they do not know"
    renamed = isinstance(change.before, str)
    old = Subject("member", change.subject.where, change.before) if renamed else change.subject
    if _schema(view, old)[1]:
        return "yes", "the spec requires it" + (" under its old name" if renamed else "")
    return "no", "the spec does not require it; it will be absent"


def _received_less(view: SpecView, change: Change) -> Effect:
    """Judge whether a member may be absent now."""
    weaker = not change.after or change.after == "sometimes"
    required = _schema(view, change.subject)[1]
    return ("yes", "the spec requires it") if weaker and required else NONE


def _received_null(view: SpecView, change: Change) -> Effect:
    member = _schema(view, change.subject)[0]
    if not change.after or member is None or _accepts(view, member, change.subject, "sample-type", "null"):
        return NONE
    return "yes", "the spec does not allow null"


def _received_type(view: SpecView, change: Change) -> Effect:
    member = _schema(view, change.subject)[0]
    if member is None or change.after is None:
        return NONE
    allowed = _accepts(view, member, change.subject, "sample-type", change.after)
    return ("no", "the spec allows it") if allowed else ("yes", "the spec does not allow this type")


def _received_value(view: SpecView, change: Change) -> Effect:
    member = _schema(view, change.subject)[0]
    if member is None or change.after is None:
        return NONE
    values = change.after if isinstance(change.after, list) else [change.after]
    allowed = _accepts(view, member, change.subject, "sample", values)
    return ("no", "the spec allows it") if allowed else ("yes", "the spec refuses such a value")


def _schema(view: SpecView, subject: Subject) -> tuple[Member | None, bool]:
    """Return what the spec has for a member or parameter, and whether it requires it."""
    if subject.kind == "parameter":
        found = view.parameter(subject)
        return (None, False) if found is None else (found[1], found[0].required)
    member = view.site(subject).member
    return member, member is not None and member.is_required


def _accepts(view: SpecView, member: Member, subject: Subject, attribute: str, value: Any) -> bool:
    return judge_value(view, member, Fact(subject, attribute, value))[0] == "agrees"


_Judge = Callable[[SpecView, Change], Effect]
_SENT: Final[dict[str, _Judge]] = {
    "exists": _sent_or_not,
    "required": _sent_required,
    "condition": _sent_sometimes,
    "either": _sent_sometimes,
    "nullable": _sent_null,
    **dict.fromkeys(("sample", "example", "in-sample", "default", "member-count"), _none),
}
_RECEIVED: Final[dict[str, _Judge]] = {
    "exists": _received_or_not,
    "required": _received_less,
    "in-sample": _received_less,
    "nullable": _received_null,
    "type": _received_type,
    **dict.fromkeys(("enum", "sample", "example"), _received_value),
}
