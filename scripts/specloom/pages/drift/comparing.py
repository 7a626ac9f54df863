"""Compare the facts of two captures of a page: what was added, removed, renamed, changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from specloom.pages.drift.attributes import attribute_changes
from specloom.pages.drift.change import Change
from specloom.pages.drift.stated import SAMPLED, Stated, around, moved, same, signature, stated, steps_of
from specloom.pages.facts import EXISTS, Fact, Subject
from specloom.pages.paths import Step, Steps

# What may get another name and stay what it is.
_NAMED: Final = frozenset({"operation", "server", "security", "parameter", "member"})
# More of them at once are no renaming but another page.
_MAX_RENAMED: Final = 100

Place = tuple[str, str, Steps]
"""Kind, body and path of what is around a subject."""


def changes(before: Iterable[Fact], after: Iterable[Fact]) -> list[Change]:
    """Return what changed from one capture to the next, each thing once.

    A member that is gone where another one like it has come is renamed. What is inside something that was added or
    removed is counted with it. Samples are compared member by member; as a whole only where no member changed.
    """
    old, new = stated(before), stated(after)
    found: list[Change] = []
    for gone, come in _renamed(old, new):
        found.append(Change(come, EXISTS, f"was {_short(gone)} before", _short(gone), _short(come)))
        old = moved(old, gone, come)
    lost = list(_lost_samples(old, new))
    found += lost
    for change in lost:
        _forget(
            old if change.what == "removed" else new, new if change.what == "removed" else old, change.subject.where
        )
    removed = [subject for subject in old if subject not in new and subject.kind != "sample"]
    added = [subject for subject in new if subject not in old and subject.kind != "sample"]
    found += _tops(removed, "removed", old) + _tops(added, "added", new)
    for subject, values in new.items():
        if subject in old and subject.kind != "sample":
            found += attribute_changes(subject, old[subject], values)
    touched = {change.subject.where for change in found}
    touched |= {change.subject.name for change in found if change.subject.kind == "status"}
    found += [change for change in _samples(old, new) if change.subject.where not in touched]
    return found


def _short(subject: Subject) -> str:
    return subject.name or str(subject)


def _renamed(old: Stated, new: Stated) -> Iterator[tuple[Subject, Subject]]:
    """Yield (before, after) of what kept its place and all it is, and lost its name; outer ones come first."""
    while True:
        pair = next(_pairs(old, new), None)
        if pair is None:
            return
        yield pair
        old = moved(old, *pair)


def _pairs(old: Stated, new: Stated) -> Iterator[tuple[Subject, Subject]]:
    gone = {subject for subject in old if subject not in new and subject.kind in _NAMED}
    tops = [subject for subject in gone if gone.isdisjoint(around(subject)) and not _is_nameless(subject)]
    if len(tops) > _MAX_RENAMED:
        return
    fitting: dict[Place, list[Subject]] = {}
    for subject in new:
        if subject not in old and subject.kind in _NAMED and not _is_nameless(subject):
            fitting.setdefault(_place(subject), []).append(subject)
    for each in sorted(tops, key=lambda subject: (len(steps_of(subject)), subject)):
        rivals = [other for other in tops if _place(other) == _place(each)]
        alike = [other for other in fitting.get(_place(each), ()) if signature(new[other]) == signature(old[each])]
        if len(alike) == 1 and sum(signature(old[other]) == signature(old[each]) for other in rivals) == 1:
            yield each, alike[0]


def _is_nameless(subject: Subject) -> bool:
    steps = steps_of(subject)
    return subject.kind == "member" and (not steps or isinstance(steps[-1], Step))


def _place(subject: Subject) -> Place:
    return subject.kind, subject.where, steps_of(subject)[:-1]


def _lost_samples(old: Stated, new: Stated) -> Iterator[Change]:
    """Yield a change for each body whose samples are all gone, or are all new."""
    for first, second, what in ((old, new, "removed"), (new, old, "added")):
        shown = {subject.where for subject in first if subject.kind == "sample"}
        left = {subject.where for subject in second if subject.kind == "sample"}
        described = {subject.where for subject in second if subject.kind in {"member", "status", "media-type"}}
        described |= {subject.name for subject in second if subject.kind == "status"}
        for where in sorted(shown - left):
            if where in described:
                subject = min(each for each in first if each.kind == "sample" and each.where == where)
                yield Change(subject, EXISTS, what)


def _forget(one: Stated, other: Stated, where: str) -> None:
    """Leave out of `one` what only the samples of a body showed, as `other` has none."""
    for subject in [each for each in one if each.kind == "member" and each.where == where]:
        for attribute in SAMPLED:
            one[subject].pop(attribute, None)
        if one[subject].keys() <= {EXISTS} and subject not in other:
            del one[subject]


def _tops(subjects: Sequence[Subject], what: str, facts: Stated) -> list[Change]:
    """Return a change for each subject that is not inside another one of them; elements are part of their array."""
    listed = set(subjects)
    inside = Counter(
        next((other for other in reversed(list(around(subject))) if other in listed), None)
        for subject in subjects
        if not _is_nameless(subject)
    )
    bodies = Counter(subject.where for subject in subjects)
    found = []
    for subject in subjects:
        if listed.isdisjoint(around(subject)):
            below = inside[subject] if subject.kind == "member" else bodies[subject.name] * (subject.kind == "status")
            after = facts[subject] if what == "added" else None
            found.append(Change(subject, EXISTS, _words(what, facts[subject]), None, after, below))
    statuses = {change.subject.name for change in found if change.subject.kind == "status"}
    return [change for change in found if change.subject.where not in statuses or change.subject.kind == "parameter"]


def _words(what: str, values: dict[str, object]) -> str:
    return f"{what}, required" if values.get("required") is True and what == "added" else what


def _samples(old: Stated, new: Stated) -> Iterator[Change]:
    """Yield the samples that differ as a whole: in the order of elements, or how many there are."""
    for subject in sorted(each for each in {*old, *new} if each.kind == "sample"):
        first, second = old.get(subject), new.get(subject)
        if first is None or second is None:
            yield Change(subject, EXISTS, "added" if first is None else "removed")
        elif not same(first.get("value"), second.get("value")):
            yield Change(subject, "value", "changed")
