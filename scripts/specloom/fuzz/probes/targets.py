"""Change in a draft what names its records: keys, and other members that a record must match."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.edits import replaced
from specloom.fuzz.scope import items, location_of, member
from specloom.spec import Api
from specloom.spec import pointer as json_pointer
from specloom.spec.expression import ABSENT


@attrs.frozen
class Target:
    """A value in a draft that names a record: part of the request, pointer below it, pointer in the record."""

    part: str
    place: str
    pointer: str
    value: Any
    is_key: bool
    index: int

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens of the place."""
        return tuple(json_pointer.split(self.place))


def targets(api: Api, draft: Draft) -> Iterator[Target]:
    """Yield what names the records of `draft`, element by element."""
    transition = draft.operation.transition
    if transition is None:
        return
    keys = api.records[transition.record].keys
    for index, scope in enumerate(items(draft.operation, draft.scope)):
        for pointer, expression in transition.match:
            value = expression.first(scope)
            if value is not ABSENT:
                part, place = location_of(expression, scope.get("item_pointer", ""))
                yield Target(part, place, pointer, value, pointer in keys, index)


def with_target(draft: Draft, target: Target, value: Any) -> Draft:
    """Return `draft` with another value in the place of `target`."""
    return with_value(draft, target.part, target.place, value)


def with_value(draft: Draft, part: str, place: str, value: Any) -> Draft:
    """Return `draft` with `value` at `place` of a part; ABSENT takes out what is there."""
    if part == "body":
        return attrs.evolve(draft, body=replaced(draft.body, tuple(json_pointer.split(place)), value))
    held = {"path": draft.path, "query": draft.query, "header": draft.headers}[part]
    name = json_pointer.split(place)[0]
    known = next((key for key in held if key == name or (part == "header" and key.lower() == name.lower())), name)
    changed = {key: each for key, each in held.items() if key != known}
    if value is not ABSENT:
        changed[known] = value
    if part == "path":
        return attrs.evolve(draft, path=changed)
    return attrs.evolve(draft, query=changed) if part == "query" else attrs.evolve(draft, headers=changed)


def value_at(draft: Draft, part: str, place: str) -> Any:
    """Return what is at `place` of a part; ABSENT when nothing is."""
    if part == "body":
        return ABSENT if draft.body is ABSENT else member(draft.body, place)
    return member({"path": draft.path, "query": draft.query, "header": draft.headers}[part], place)
