"""Probes of the rules across several fields (`x-constraints`): each of them broken in each place, by each member."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.probe import Family
from specloom.fuzz.probes.targets import with_value
from specloom.fuzz.scope import items, location_of
from specloom.spec.behaviour import AnyGiven, Constraint, Distinct
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT


def broken(bench: Bench) -> Family:
    """Break each constraint of each operation."""
    for operation, shapes in bench.operations():
        for constraint in operation.constraints:
            for shape in (shapes.wide, shapes.plain):
                draft = bench.live(shape)
                for text, changed in () if draft is None else _breaks(bench, draft, constraint):
                    if bench.verdict(changed).outcome == "invalid":
                        yield bench.probe(changed, text, constraint.pointer)


def _breaks(bench: Bench, draft: Draft, constraint: Constraint) -> Iterator[tuple[str, Draft]]:
    if isinstance(constraint, AnyGiven):
        for expression in constraint.values:
            draft = with_value(draft, *location_of(expression), ABSENT)
        yield "a request with none of what must be given", draft
        return
    if isinstance(constraint, Distinct):
        part = constraint.values.source
        part = part if part in {"path", "query", "header"} else "body"
        found = list(constraint.values.find(draft.scope))
        for left, (_, value) in enumerate(found):
            for pointer, other in found[left + 1 :]:
                if not equal(value, other):
                    yield f"the value of element {left} once more", with_value(draft, part, pointer, value)
        return
    for scope, record in zip(items(draft.operation, draft.scope), draft.records, strict=False):
        body = bench.world.entry(record).body
        allowed = [value for _, value in constraint.of.find({**scope, "record": body})]
        base = scope.get("item_pointer", "") if constraint.values.root == "item" else ""
        for pointer, value in constraint.values.find(scope):
            for text, wrong in _outside(value, allowed, constraint.members):
                yield text, with_value(draft, "body", base + pointer, wrong)


def _outside(value: Any, allowed: list[Any], members: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield values that differ from `value` in a member, some of which pair members of two that are allowed."""
    if not isinstance(value, dict):
        yield "a value that is not the record's", f"{value}0"
        return
    for name in members:
        if name not in value:
            continue
        for other in allowed:
            if isinstance(other, dict) and name in other and not equal(other[name], value[name]):
                yield f"{name} of another element of the record", {**value, name: other[name]}
        if isinstance(value[name], str):
            text = value[name]
            for wrong in (f"{text}0", text[:-1], text.lower(), f"{text} ", f" {text}", "", "no-such-value"):
                if wrong != text:
                    yield f"{name} that is not the record's", {**value, name: wrong}
    yield "all members that are not the record's", {**value, **dict.fromkeys(members, "no-such-value")}
