"""Read JSON that is nothing but JSON, at the speed of the standard library."""

from __future__ import annotations

import json
import math
from typing import Any, Final


def read(text: str, start: int, max_depth: int) -> tuple[Any, int] | None:
    """Return the value that begins at `start` and where it ends.

    None when it is no JSON, is nested deeper than `max_depth`, or has what people take for mistakes: a name that is
    there twice, a number beyond what a float holds, NaN.
    """
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return (value, end) if _is_bounded(value, max_depth) else None


def _is_bounded(value: Any, max_depth: int) -> bool:
    """Return whether a value is nested no deeper than that."""
    level = [value]
    for _ in range(max_depth + 1):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return True
    return False


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice")
    return found


def _finite(text: str) -> float:
    value = float(text)
    if abs(value) == math.inf:
        raise ValueError(f"{text} is no number")
    return value


def _constant(text: str) -> float:
    raise ValueError(f"{text} is no JSON")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_finite, parse_constant=_constant)
