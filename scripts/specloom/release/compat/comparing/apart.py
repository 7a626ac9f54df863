"""Show that no value can match two schemas; where it cannot be shown, they may overlap."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.comparing.forms import Key, Shape, Source

# Deep enough for a tag inside a tagged object; beyond it nothing is shown.
_DEEPEST: Final = 4


def apart(shape: Shape, source: Source, key: Key, *, partial: bool, depth: int = _DEEPEST) -> bool:
    """Say whether no value that follows `shape` is accepted by the schemas of `key` in `source`.

    A value that follows a shape has declared members only, where its objects are open; unless the shape is `partial`.
    """
    form = source.form(key)
    if form.opaque is not None or depth == 0:
        return False
    return all(_shapes_apart(shape, other, depth, partial=partial) for other in form.shapes.get(shape.type, ()))


def _shapes_apart(one: Shape, other: Shape, depth: int, *, partial: bool) -> bool:
    if one.values is not None:
        return not any(other.source.accepts(other, value) for value in one.values)
    if other.values is not None:
        return not any(one.source.accepts(one, value) for value in other.values)
    if one.type == "number":
        return _beyond(one, other) or _beyond(other, one)
    for least, most in (("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")):
        if _exceeds(one, other, least, most) or _exceeds(other, one, least, most):
            return True
    return one.type == "object" and _members_apart(one, other, depth, partial=partial)


def _beyond(low: Shape, high: Shape) -> bool:
    """Say whether all numbers of `high` are above those of `low`."""
    top, bottom = low.keywords.get("maximum"), high.keywords.get("minimum")
    if top is None or bottom is None:
        return False
    return bool(top.value < bottom.value or (top.value == bottom.value and (top.open or bottom.open)))


def _exceeds(one: Shape, other: Shape, least: str, most: str) -> bool:
    return most in other.keywords and one.keywords.get(least, 0) > other.keywords[most]


def _members_apart(one: Shape, other: Shape, depth: int, *, partial: bool) -> bool:
    """Say whether a member that one of the two requires sets them apart."""
    for name in sorted(one.members.required | other.members.required):
        if name in one.members.hidden | other.members.hidden:
            continue
        mine, theirs = one.members.at(name), other.members.at(name)
        if not partial and not _mentions(one, name) and one.source.anything(mine):
            return True  # undeclared in an open object: a value that follows `one` does not have it
        if one.source.nothing(mine) or other.source.nothing(theirs):
            return True
        form = one.source.form(mine)
        if (
            mine
            and theirs
            and form.opaque is None
            and all(
                apart(shape, other.source, theirs, partial=partial, depth=depth - 1)
                for shapes in form.shapes.values()
                for shape in shapes
            )
        ):
            return True
    return False


def _mentions(shape: Shape, name: str) -> bool:
    return shape.members.mentions(name) or shape.source.named_beside(shape, name)
