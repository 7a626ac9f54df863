"""Probes of bodies: each keyword of the schema, broken at each place of a valid body by the least change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.edits import Edit, replaced
from specloom.fuzz.probes.probe import Family
from specloom.fuzz.probes.shapes import Shapes
from specloom.spec.expression import ABSENT

_MAX_VALID: Final = 120
# All near misses are tried in the first element of each array; that the others are looked at, a few tell.
_MAX_REPEATED: Final = 9
_MAX_VALID_ONCE: Final = 30


def invalid(bench: Bench) -> Family:
    """Break the body of each operation in each place."""
    for _, shapes in bench.with_json():
        seen: set[str] = set()
        repeated: Counter[tuple[str, tuple[str, ...]]] = Counter()
        for shape in _forms(shapes):
            draft = bench.live(shape)
            for edit in _edits(shapes, draft):
                draft = bench.live(shape)
                if draft is None:
                    break
                body = edit.apply(draft.body)
                name = json.dumps(body, sort_keys=True)
                repeated[edit.rule, edit.tokens] += not _is_first(edit.tokens)
                if name in seen or repeated[edit.rule, edit.tokens] > _MAX_REPEATED:
                    continue
                seen.add(name)
                changed = attrs.evolve(draft, body=body)
                if bench.verdict(changed).outcome != "success":
                    yield bench.probe(changed, _said(edit), edit.rule)
            if draft is not None:
                yield from _whole(bench, draft)


def valid(bench: Bench) -> Family:
    """Change the body of each operation such that it stays valid; each time it succeeds for a fresh record."""
    for operation, shapes in bench.operations():
        seen: set[str] = set()
        most = _MAX_VALID if bench.control is not None or operation.transition is None else _MAX_VALID_ONCE
        for text, rule, shape in shapes.all():
            draft = bench.live(shape)
            if draft is None or not bench.may_spend(operation, bench.tenant, bench.size(shape)):
                continue
            if bench.verdict(draft).outcome == "success":
                yield bench.probe(draft, f"a valid request with {text}", rule)
        for shape in _forms(shapes, narrow=True) if shapes.has_json else ():
            draft = bench.live(shape)
            for edit in sorted(_edits(shapes, draft), key=_weight):
                draft = bench.live(shape)
                if draft is None or len(seen) >= most:
                    break
                changed = attrs.evolve(draft, body=edit.apply(draft.body))
                name = f"{edit.rule} {edit.text}"
                if name in seen or not bench.may_spend(operation, bench.tenant, bench.size(shape)):
                    continue
                if bench.verdict(changed).outcome == "success":
                    seen.add(name)
                    yield bench.probe(changed, f"a valid body: {_said(edit)}", edit.rule)


def _forms(shapes: Shapes, *, narrow: bool = False) -> Iterator[Draft]:
    """Yield the drafts whose bodies are walked: the widest, which has most of the others in it, comes first."""
    if not narrow:
        yield shapes.wide
    if shapes.wide_body is not ABSENT and narrow:
        array = shapes.array
        if array is None:
            yield shapes.wide
        else:
            for body in shapes.single(shapes.wide_body):
                yield shapes.draft(body)
    for body in shapes.bodies:
        yield shapes.draft(body)


def _is_first(tokens: tuple[str, ...]) -> bool:
    return all(token == "0" for token in tokens if token.isdigit())


def _edits(shapes: Shapes, draft: Draft | None) -> Iterator[Edit]:
    if draft is None or draft.body is ABSENT or shapes.body_pointer is None:
        return
    yield from shapes.walker.edits(shapes.body_pointer, draft.body)


def _whole(bench: Bench, draft: Draft) -> Family:
    """Send other JSON values, and members by a name that differs a little, in the place of a body."""
    operation = draft.operation
    if operation.body is None or draft.body is ABSENT:
        return
    rule = operation.body.pointer
    wrongs: tuple[Any, ...] = (None, [], [draft.body], "", "x", 0, 1, True, False, {}, {"body": draft.body})
    for wrong in wrongs:
        changed = attrs.evolve(draft, body=wrong)
        if bench.verdict(changed).outcome != "success":
            yield bench.probe(changed, f"the body {json.dumps(wrong)[:60]}", rule)
    for tokens, name in _members(draft.body):
        value = _at(draft.body, (*tokens, name))
        for other in (name.upper(), name.capitalize(), f"{name} ", f" {name}", f"{name}s", name.replace("_", "")):
            if other == name:
                continue
            without = replaced(draft.body, (*tokens, name), ABSENT)
            changed = attrs.evolve(draft, body=replaced(without, (*tokens, other), value))
            if bench.verdict(changed).outcome != "success":
                yield bench.probe(changed, f"{other!r} in the place of {name!r}", rule)


def _members(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the members of all objects; of an array, those of its first and last element."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield at, name
            yield from _members(child, (*at, name))
    elif isinstance(value, list):
        for index in sorted({0, len(value) - 1} if value else ()):
            yield from _members(value[index], (*at, str(index)))


def _at(value: Any, tokens: tuple[str, ...]) -> Any:
    for token in tokens:
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def _weight(edit: Edit) -> int:
    """Order changes by what they tell: members that come and go before one text for another."""
    if edit.value is ABSENT or edit.text.endswith(" as well"):
        return 0
    return 2 if "the text" in edit.text else 1


def _said(edit: Edit) -> str:
    place = ".".join(edit.tokens)
    return f"{edit.text} at {place}" if place else edit.text
