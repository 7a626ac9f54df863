"""Say what one choice of alternatives demands of the values of a JSON type; nothing when no value can meet it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

from specloom.release.compat.comparing.branching import Branch, NotComparableError, schema_of
from specloom.release.compat.comparing.forms import (
    ALL_VALUES,
    NO_ELEMENTS,
    NO_MEMBERS,
    Condition,
    Elements,
    Form,
    Key,
    Members,
    Shape,
    Source,
    any_free,
)
from specloom.release.compat.comparing.merging import Parts, elements, keywords, led_to, members
from specloom.release.compat.comparing.reading import listed, type_of
from specloom.spec import Document
from specloom.spec.equality import equal

# For each type the keyword about what is not evaluated, the one that leaves nothing to it, and those that evaluate
# something for some values and not for others.
_EVALUATED: Final = {
    "array": ("unevaluatedItems", "items", ("contains", "if")),
    "object": ("unevaluatedProperties", "additionalProperties", ("dependentSchemas", "if")),
}


class Shaper(Source, Protocol):
    """What is needed of a former here (forming.Former)."""

    document: Document

    def settled(self, key: Key) -> bool:
        """Say whether the form of `key` can be asked for."""

    def hidden(self, key: Key) -> bool:
        """Say whether a member with these schemas does not count on this side of the wire."""

    def valid(self, key: Key, value: Any) -> bool:
        """Say whether a value matches the schemas; True when that cannot be told."""


def shapes_of(former: Shaper, kind: str, found: list[Branch]) -> tuple[Shape, ...]:
    """Return what `found`, the choices that schemas leave, demand of values of the JSON type `kind`."""
    formed = (_shape(former, kind, branch) for branch in found if kind in branch.types)
    return tuple(shape for shape in formed if shape is not None)


def _shape(former: Shaper, kind: str, branch: Branch) -> Shape | None:
    """Return what `branch` demands of values of `kind`, None when no value can meet it."""
    parts: Parts = tuple(
        (pointer, schema_of(former.document, pointer), above)
        for pointer, above in zip(branch.pointers, branch.above, strict=True)
    )
    _check_evaluated(former, kind, branch, parts)
    merged, origins = keywords(kind, parts)
    inside, outside = NO_MEMBERS, NO_ELEMENTS
    if kind == "object":
        inside, places = members(parts, former.hidden)
        origins |= places
    if kind == "array":
        outside = elements(parts)
        _end(former, outside, merged)
    for pointer, schema, _ in parts:
        for keyword in ("const", "enum"):
            if keyword in schema:
                origins.setdefault(keyword, f"{pointer}/{keyword}")
    excluded = tuple(rival for rival in branch.excluded if _some(former, kind, rival.key))
    values = _values(former, kind, branch, parts)
    if values == () or _contradictory(merged, len(inside.required)) or _barred(former, inside):
        return None
    if any(_every(former, kind, rival.key) for rival in excluded):
        return None
    return Shape(
        source=former,
        type=kind,
        pointers=branch.pointers,
        keywords=merged,
        origins=origins,
        values=values,
        members=inside,
        elements=outside,
        excluded=excluded,
        conditions=tuple(_conditions(former, kind, branch)),
        beside=branch.beside,
        labels=branch.labels,
    )


def _check_evaluated(former: Shaper, kind: str, branch: Branch, parts: Parts) -> None:
    """Raise NotComparableError where it depends on the value which members or elements are evaluated."""
    keyword, rest, others = _EVALUATED.get(kind, ("", "", ()))
    for pointer, schema, _ in parts:
        inside = led_to(parts, pointer)
        if keyword not in schema or any(rest in one for one in inside):
            continue
        depends = any(other in one for one in inside for other in others)
        if depends or any(_some(former, kind, key) for key in branch.beside):
            raise NotComparableError(f"what {keyword} says depends on the value")


def _end(former: Shaper, outside: Elements, merged: dict[str, Any]) -> None:
    """Lower `maxItems` to the first index at which no element is accepted, as by `items: false`."""
    for index in range(min(outside.front + 1, merged.get("maxItems", outside.front + 1))):
        if _never(former, outside.at(index)):
            merged["maxItems"] = index
            break


def _conditions(former: Shaper, kind: str, branch: Branch) -> Iterator[Condition]:
    """Yield the conditions of a branch that mean something for values of `kind`."""
    for condition in branch.conditions:
        then, otherwise = condition.then, condition.otherwise
        if not _some(former, kind, condition.test):
            condition, then, otherwise = Condition((), otherwise, ()), otherwise, ()  # noqa: PLW2901 - always the else
        elif _every(former, kind, condition.test):
            condition, otherwise = Condition((), then, ()), ()  # noqa: PLW2901 - always the then
        if not (_every(former, kind, then) and _every(former, kind, otherwise)):
            yield condition


def _values(former: Shaper, kind: str, branch: Branch, parts: Parts) -> tuple[Any, ...] | None:
    """Return the only values of `kind` that `branch` accepts, None when they cannot be listed."""
    candidates: list[Any] | None = ALL_VALUES.get(kind)
    for _, schema, _ in parts:
        values = listed(schema)
        if values is not None:
            candidates = [
                value
                for value in values
                if type_of(value) == kind and (candidates is None or any(equal(value, one) for one in candidates))
            ]
    if candidates is None:
        return None
    return tuple(value for value in candidates if former.valid(branch.pointers, value))


def _barred(former: Shaper, inside: Members) -> bool:
    """Say whether a required member cannot be there, as far as can be told here."""
    names = None if not inside.names or not former.settled(inside.names) else former.form(inside.names)
    return any(
        _never(former, inside.at(name)) or (names is not None and not _named(former, names, name))
        for name in inside.required
    )


def _named(former: Shaper, names: Form, name: str) -> bool:
    """Say whether `propertyNames` accepts a name."""
    return names.opaque is not None or any(former.accepts(shape, name) for shape in names.shapes.get("string", ()))


def _never(former: Shaper, key: Key) -> bool:
    """Say whether the schemas of a required member contradict each other, as far as can be told here."""
    return bool(key) and former.settled(key) and former.nothing(key)


def _some(former: Shaper, kind: str, key: Key) -> bool:
    """Say whether the schemas of `key` may accept values of `kind`."""
    if not former.settled(key):
        return True
    form = former.form(key)
    return form.opaque is not None or kind in form.shapes


def _every(former: Shaper, kind: str, key: Key) -> bool:
    """Say whether the schemas of `key` are known to accept every value of `kind`."""
    return former.settled(key) and any_free(former.form(key).shapes.get(kind, ()))


def _contradictory(merged: Mapping[str, Any], required: int) -> bool:
    """Say whether no value is within the merged limits, as no object with more required members than it may have."""
    if merged.get("maxProperties", required) < required:
        return True
    for least, most in (("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")):
        if least in merged and most in merged and merged[least] > merged[most]:
            return True
    low, high = merged.get("minimum"), merged.get("maximum")
    if low is None or high is None:
        return False
    return bool(low.value > high.value or (low.value == high.value and (low.open or high.open)))
