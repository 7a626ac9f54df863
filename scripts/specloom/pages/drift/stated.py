"""Facts by subject and attribute, prepared for comparing two captures of a page."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from specloom.pages.facts import EXISTS, Fact, Subject
from specloom.pages.paths import Steps, read_path, write_path
from specloom.pages.specview import NO_PARAMETERS

Stated = dict[Subject, dict[str, Any]]
"""The attributes of each subject."""

SAMPLED: Final = frozenset({"sample", "sample-type", "in-sample"})
"""What samples say of a member."""


def stated(facts: Iterable[Fact]) -> Stated:
    """Return facts by subject, without what says nothing new of the API.

    What a curl line says is told over again by parameters and members, and a header for credentials or media types by
    these. Words beside a status are words.
    """
    found: Stated = {}
    for fact in facts:
        is_words = fact.subject.kind == "status" and fact.attribute != EXISTS
        is_told_again = fact.subject.where == "header" and fact.subject.name.lower() in NO_PARAMETERS
        if is_words or is_told_again or fact.subject.kind == "curl":
            continue
        found.setdefault(fact.subject, {})[fact.attribute] = fact.value
    return found


def steps_of(subject: Subject) -> Steps:
    """Return the path of a member, () for anything else."""
    return _steps(subject.name) if subject.kind == "member" else ()


@functools.lru_cache(maxsize=1 << 16)
def _steps(path: str) -> Steps:
    return read_path(path)


def around(subject: Subject) -> Iterator[Subject]:
    """Yield what a member is inside of, the nearest first."""
    steps = steps_of(subject)
    for length in range(len(steps) - 1, -1, -1):
        yield Subject(subject.kind, subject.where, write_path(steps[:length]))


def is_inside(subject: Subject, other: Subject) -> bool:
    """Return whether a member is inside another one of the same body."""
    if subject.kind != "member" or other.kind != "member" or subject.where != other.where or subject == other:
        return False
    inner, outer = steps_of(subject), steps_of(other)
    return inner[: len(outer)] == outer


def moved(facts: Stated, before: Subject, after: Subject) -> Stated:
    """Return facts as they would be had a subject, and what is inside it, always had the name `after`."""
    if before.kind != "member":
        return {after if each == before else each: _told(values, before, after) for each, values in facts.items()}
    old, new = steps_of(before), steps_of(after)
    found: Stated = {}
    for subject, values in facts.items():
        changed, told = subject, values
        if subject == before or is_inside(subject, before):
            changed = Subject(subject.kind, subject.where, write_path((*new, *steps_of(subject)[len(old) :])))
        if subject.where == before.where and "condition" in values:
            told = {**values, "condition": _condition(values["condition"], old, new)}
        found[changed] = told
    return found


def _told(values: dict[str, Any], before: Subject, after: Subject) -> dict[str, Any]:
    """Return attributes in which one parameter has another name: of several, one must be given."""
    if before.kind != "parameter" or not isinstance(values.get("either"), list):
        return values
    return {**values, "either": [after.name if name == before.name else name for name in values["either"]]}


def _condition(value: Any, old: Steps, new: Steps) -> Any:
    try:
        steps = read_path(value["member"])
    except (KeyError, TypeError, ValueError):
        return value
    if steps[: len(old)] != old:
        return value
    return {**value, "member": write_path((*new, *steps[len(old) :]))}


def same(left: Any, right: Any) -> bool:
    """Return whether two values of an attribute say the same; the order of a list says nothing."""
    if isinstance(left, list) and isinstance(right, list):
        return sorted(map(_text, left)) == sorted(map(_text, right))
    return _text(left) == _text(right)


def signature(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what stays the same of a member when nothing but its name changes."""
    kept = ("type", "required", "in-sample", "sample-type", "nullable")
    return tuple(_text(values.get(name)) for name in kept)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
