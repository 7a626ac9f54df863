"""Servers whose successes do not ensure what the spec says."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Final

from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.response_mutants import Edit, on_status, otherwise
from specloom.fuzz.proof.serving import Told
from specloom.fuzz.rules import Rule
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Ensure
from specloom.spec.expression import ABSENT

_FIRST: Final = "it is always that of the first answer"


def ensure_mutants(api: Api, operation: Operation, rule: Rule) -> Iterator[Mutant]:
    """Yield the mutants of a line of `x-ensures`."""
    ensure = operation.ensures[int(rule.at.rpartition("/")[2])]
    success = operation.answers.get("success")
    status = "200" if success is None else success.status
    for text, edit in _edits(ensure):
        reason = _constant(api, operation, ensure) if text == _FIRST else ""
        yield Mutant(rule, text, api, on_status(api, operation, status, edit), reason)


def _constant(api: Api, operation: Operation, ensure: Ensure) -> str:
    """Return why all answers have the same value; empty when they have not."""
    transition = operation.transition
    if transition is None or ensure.right is None:
        return ""
    for pointer, expression in transition.match:
        if expression.text == ensure.right.text:
            kind = api.records[transition.record]
            values = {repr(json_pointer.get(record, pointer)) for _, record in kind.seeded()}
            return f"every record that is seeded has {values.pop()} at {pointer}" if len(values) == 1 else ""
    return ""


def _edits(ensure: Ensure) -> Iterator[tuple[str, Edit]]:
    if ensure.left.root == "response.header":
        name = ensure.left.pointer.removeprefix("/")
        yield "it is another value", lambda told: told.with_header(name, "specloom")
        return
    yield "it is another value", _at_last(ensure, otherwise)
    if ensure.literal is None:
        yield _FIRST, _same_as_first(ensure)
    if "*" in json_pointer.split(ensure.left.pointer):
        yield "the last element is left out", _shortened(ensure)
    elif ensure.left.pointer:
        yield "it is left out", _at_last(ensure, None)


def _at_last(ensure: Ensure, change: Any) -> Edit:
    """Change the last value that the left side of `ensure` finds; leave it out where there is no change."""

    def edit(told: Told) -> Told:
        body = told.json
        found = [] if body is ABSENT else list(ensure.left.find({"response.body": body}))
        if not found:
            return told
        pointer, value = found[-1]
        return told.with_json(_written(body, pointer, ABSENT if change is None else change(value)))

    return edit


def _same_as_first(ensure: Ensure) -> Edit:
    seen: list[Any] = []

    def edit(told: Told) -> Told:
        body = told.json
        found = [] if body is ABSENT else list(ensure.left.find({"response.body": body}))
        if not found:
            return told
        seen.append(found[0][1])
        for pointer, _ in found:
            body = _written(body, pointer, seen[0])
        return told.with_json(body)

    return edit


def _shortened(ensure: Ensure) -> Edit:
    array = ensure.left.pointer[: ensure.left.pointer.index("/*")]

    def edit(told: Told) -> Told:
        body = told.json
        found = [] if body is ABSENT else [value for _, value in json_pointer.find(body, array)]
        if not found or not isinstance(found[0], list):
            return told
        return told.with_json(_written(body, array, found[0][:-1]))

    return edit


def _written(body: Any, pointer: str, value: Any) -> Any:
    """Return a copy of `body` with `value` at `pointer`; without what stands there when `value` is ABSENT."""
    if pointer == "":
        return value
    body = copy.deepcopy(body)
    if value is not ABSENT:
        json_pointer.put(body, pointer, value)
        return body
    parent, _, name = pointer.rpartition("/")
    holder = json_pointer.get(body, parent)
    holder.pop(json_pointer.split(f"/{name}")[0])
    return body
