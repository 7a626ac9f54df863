"""Take out of a value what its schema does not allow, where it can be left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import jsonschema_rs

from specloom.spec import pointer as json_pointer

_MAX_ROUNDS: Final = 12
_MAX_TRIALS: Final = 40
_MAX_DEPTH: Final = 6

_Validator = jsonschema_rs.Draft202012Validator
_Kind = jsonschema_rs.ValidationErrorKind
_Path = tuple[str | int, ...]


def mended(validator: _Validator, value: Any) -> tuple[Any, bool]:
    """Return `value` without members and elements at fault, and whether it is valid then."""
    left = _count(validator, value)
    trials = 0
    for _ in range(_MAX_ROUNDS):
        if not left:
            return value, True
        for path in _suspects(list(validator.iter_errors(value))):
            trials += 1
            if trials > _MAX_TRIALS:
                return value, False
            less = _without(value, path)
            count = _count(validator, less)
            if count < left:
                value, left = less, count
                break
        else:
            return value, False
    return value, not left


def _count(validator: _Validator, value: Any) -> int:
    """Return how much is wrong with a value, errors inside alternatives counted as part of one."""
    return sum(1 for _ in validator.iter_errors(value))


def _suspects(errors: Sequence[jsonschema_rs.ValidationError]) -> Iterator[_Path]:
    """Yield the paths of what may be left out, each once: what is at fault, what holds it, then what is beside it."""
    paths = dict.fromkeys(path for error in errors[:5] for path in _places(error, 0))
    around = dict.fromkeys(path[:length] for path in paths for length in range(len(path) - 1, 0, -1))
    beside = dict.fromkeys(
        (*error.instance_path, name)
        for error in errors[:5]
        if isinstance(error.instance, dict)
        for name in error.instance
    )
    yield from (path for path in {**paths, **around, **beside} if path)


def _places(error: jsonschema_rs.ValidationError, depth: int) -> Iterator[_Path]:
    path, kind = tuple(error.instance_path), error.kind
    if isinstance(kind, _Kind.AdditionalProperties | _Kind.UnevaluatedProperties):
        yield from ((*path, name) for name in kind.unexpected)
    if isinstance(kind, _Kind.OneOfNotValid | _Kind.AnyOf) and depth < _MAX_DEPTH:
        # Of the alternatives, the one that was meant has the fewest errors.
        for inner in min((branch for branch in kind.context if branch), key=len, default=[]):
            yield from ((*path, *below) if below[: len(path)] != path else below for below in _places(inner, depth + 1))
    yield path


def _without(value: Any, path: _Path) -> Any:
    """Return `value` without what stands at `path`; unchanged where nothing does."""
    try:
        parent = json_pointer.walk(value, [str(token) for token in path[:-1]])
    except LookupError:
        return value
    at = json_pointer.join(*(str(token) for token in path[:-1]))
    if isinstance(parent, dict):
        return json_pointer.replaced(value, at, {name: each for name, each in parent.items() if name != path[-1]})
    if isinstance(parent, list):
        return json_pointer.replaced(value, at, [each for index, each in enumerate(parent) if index != path[-1]])
    return value
