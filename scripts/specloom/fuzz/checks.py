"""Checks of one exchange against the behaviour that the spec describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from specloom.fuzz.fault_texts import told
from specloom.fuzz.scope import field_tokens
from specloom.spec import Operation, Response
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Ensure
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT


def broken_ensures(operation: Operation, scope: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a success did not ensure (`x-ensures`); `scope` holds request, response and, if known, record."""
    for index, ensure in enumerate(operation.ensures):
        if ensure.left.root in scope and (ensure.right is None or ensure.right.root in scope):
            for message in _breaches(ensure, scope):
                yield f"{operation.pointer}/x-ensures/{index}: {ensure.text}\n{message}"


def _breaches(ensure: Ensure, scope: Mapping[str, Any]) -> Iterator[str]:
    """Yield the pairs that differ: values are paired by the indexes that `*` matched on either side."""
    left = {_indexes(ensure.left.pointer, pointer): value for pointer, value in ensure.left.find(scope)}
    right: dict[tuple[str, ...], Any] = {(): ensure.literal}
    if ensure.right is not None:
        right = {_indexes(ensure.right.pointer, pointer): value for pointer, value in ensure.right.find(scope)}
    if ensure.right is None or "*" not in json_pointer.split(ensure.right.pointer):
        if () not in right:
            return
        right = dict.fromkeys([*left] or [()], right[()])
    for indexes, expected in right.items():
        found = left.get(indexes, ABSENT)
        if found is ABSENT or not equal(found, expected):
            yield f"expected {_short(expected)}, found {_short(found)}" + (f" at {indexes}" if indexes else "")
    if ensure.right is not None and "*" in json_pointer.split(ensure.right.pointer):
        counts = [
            sum(1 for _ in json_pointer.find(scope[each.root], _array(each.pointer)))
            for each in (ensure.left, ensure.right)
        ]
        if counts[0] != counts[1]:
            yield f"expected {counts[1]} elements, found {counts[0]}"


def _array(pattern: str) -> str:
    """Return `pattern` up to its last `*`."""
    return pattern[: pattern.rindex("*") + 1]


def _indexes(pattern: str, pointer: str) -> tuple[str, ...]:
    pairs = zip(json_pointer.split(pattern), json_pointer.split(pointer), strict=True)
    return tuple(token for expected, token in pairs if expected == "*")


def _short(value: Any) -> str:
    text = "nothing" if value is ABSENT else repr(value)
    return text if len(text) <= 200 else text[:200] + " …"  # noqa: PLR2004 - about two lines


def named_fields(response: Response, body: Any) -> list[str] | None:
    """Return the fields that an error body names as `x-faults` of the response says; None without x-faults."""
    layout = response.faults
    if layout is None:
        return None
    return list(_fields(body, json_pointer.split(layout.at), layout.source, ""))


def _fields(value: Any, tokens: list[str], entry: Any, captured: str) -> Iterator[str]:
    if not tokens:
        pairs = [(entry, value)]
        if isinstance(entry, dict) and isinstance(value, dict):
            pairs = [(source, value.get(name)) for name, source in entry.items()]
        fields = (told(source, each).get("field") for source, each in pairs)
        yield next((field for field in fields if isinstance(field, str)), captured)
    elif isinstance(value, dict) and tokens[0].startswith("{$fault."):
        for name, child in value.items():
            yield from _fields(child, tokens[1:], entry, name if tokens[0] == "{$fault.field}" else captured)
    elif isinstance(value, list) and tokens[0] == "*":
        for child in value:
            yield from _fields(child, tokens[1:], entry, captured)
    elif isinstance(value, dict) and tokens[0] in value:
        yield from _fields(value[tokens[0]], tokens[1:], entry, captured)


def names_a_fault(fields: list[str], faults: set[tuple[str, tuple[str, ...]]]) -> bool:
    """Say whether one of `fields` is, contains or lies in one of the places at fault; any will do for a whole body."""
    for field in fields:
        tokens = field_tokens(field)
        for _, place in faults:
            shared = min(len(tokens), len(place))
            if tuple(map(str.lower, tokens[:shared])) == tuple(map(str.lower, place[:shared])):
                return True
    return not faults
