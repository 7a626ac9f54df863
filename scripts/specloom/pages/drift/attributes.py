"""Compare what two captures say of one subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from specloom.pages.drift.change import Change
from specloom.pages.drift.stated import same
from specloom.pages.facts import EXISTS, Subject
from specloom.pages.memberfacts import LIMITS

Values = Mapping[str, Any]

_TOLD: Final = frozenset(
    {EXISTS, "type", "sample-type", "nullable", "required", "in-sample", "sample", "example", "enum"}
)


def attribute_changes(subject: Subject, old: Values, new: Values) -> list[Change]:
    """Return what changed of a subject that was there before; its type by word and by sample is one thing."""
    found = [*_type(subject, old, new), *_nullable(subject, old, new), *_required(subject, old, new)]
    is_retyped = any(change.attribute == "type" for change in found)
    # The limits of one type go with it.
    gone = {each for each in LIMITS if is_retyped and each not in new}
    others = [change for change in _others(subject, old, new) if change.attribute not in gone]
    found += [*_enum(subject, old, new), *others]
    told = {change.attribute for change in found}
    if told.isdisjoint({"type", "enum", "nullable"}) and not ("in-sample" in told and _lost_values(old, new)):
        found += _values(subject, old, new)
    return found


def _type(subject: Subject, old: Values, new: Values) -> Iterator[Change]:
    for attribute in ("type", "sample-type"):
        before, after = _without_null(old.get(attribute)), _without_null(new.get(attribute))
        if before != after and before and after:
            words = "type" if attribute == "type" else "type in samples"
            yield Change(subject, "type", f"{words} changed from {_listed(before)} to {_listed(after)}", before, after)
            return
    if "type" in old and "type" not in new:
        yield Change(
            subject, "type", f"type {_listed(_without_null(old['type']))} is no longer stated", old["type"], None
        )
    elif "type" in new and "type" not in old and _without_null(old.get("sample-type")) != _without_null(new["type"]):
        yield Change(subject, "type", f"type is now stated: {_listed(_without_null(new['type']))}", None, new["type"])


def _nullable(subject: Subject, old: Values, new: Values) -> Iterator[Change]:
    before, after = _is_nullable(old), _is_nullable(new)
    if before != after:
        yield Change(subject, "nullable", "may be null now" if after else "is no longer null", before, after)


def _required(subject: Subject, old: Values, new: Values) -> Iterator[Change]:
    before, after = old.get("required"), new.get("required")
    if before != after:
        if after or before:
            yield Change(subject, "required", "became required" if after else "is no longer required", before, after)
        return
    seen, shown = old.get("in-sample"), new.get("in-sample")
    if seen == shown:
        return
    words = "is not in every sample any more" if shown == "sometimes" else "is in every sample now"
    if shown is None or seen is None:
        words = "is in the samples now" if shown else "is no longer in the samples"
    yield Change(subject, "in-sample", words, seen, shown)


def _enum(subject: Subject, old: Values, new: Values) -> Iterator[Change]:
    before, after = old.get("enum"), new.get("enum")
    if before is None and after is None:
        return
    gone = [value for value in before or [] if not any(same(value, other) for other in after or [])]
    come = [value for value in after or [] if not any(same(value, other) for other in before or [])]
    words = [f"values added: {_listed(come)}"] if come else []
    words += [f"values removed: {_listed(gone)}"] if gone else []
    if words:
        yield Change(subject, "enum", "; ".join(words), before, after)


def _others(subject: Subject, old: Values, new: Values) -> Iterator[Change]:
    for attribute in sorted((old.keys() | new.keys()) - _TOLD):
        before, after = old.get(attribute), new.get(attribute)
        if attribute in old and attribute in new and same(before, after):
            continue
        if attribute == "condition":
            told = [f"is no longer required {_when(before)}"] if before else []
            words = "; ".join([*told, f"became required {_when(after)}"] if after else told)
        elif attribute not in old:
            words = f"{attribute} added: {after!r}"
        elif attribute not in new:
            words = f"{attribute} removed: {before!r}"
        else:
            words = f"{attribute} changed from {before!r} to {after!r}"
        yield Change(subject, attribute, words, before, after)


def _when(condition: Any) -> str:
    try:
        return f"when {condition['member']} is {condition['equals']}"
    except (KeyError, TypeError):
        return "sometimes"


def _values(subject: Subject, old: Values, new: Values) -> Iterator[Change]:
    """Yield one change for the sample values of a member, by word and in samples."""
    for attribute in ("sample", "example"):
        before, after = old.get(attribute), new.get(attribute)
        if attribute in old and attribute in new and not same(before, after):
            yield Change(subject, attribute, f"sample value changed from {before!r} to {after!r}", before, after)
            return


def _lost_values(old: Values, new: Values) -> bool:
    """Return whether the samples have fewer values and no other ones."""
    return all(any(same(value, other) for other in old.get("sample", ())) for value in new.get("sample", ()))


def _without_null(value: Any) -> list[str]:
    names = [value] if isinstance(value, str) else list(value or [])
    return sorted(name for name in names if name != "null")


def _is_nullable(values: Values) -> bool:
    names = [values.get("type"), values.get("sample-type")]
    return values.get("nullable") is True or any(
        name == "null" or (isinstance(name, list) and "null" in name) for name in names
    )


def _listed(values: list[Any]) -> str:
    return ", ".join(str(value) for value in values)
