"""Equality of JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def equal(left: Any, right: Any) -> bool:
    """Say whether two JSON values are equal as JSON Schema 2020-12 (4.2.2) has it: 1 is 1.0, and true is not 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(value, right[name]) for name, value in left.items())
    return bool(left == right)


def is_in(value: Any, values: Iterable[Any]) -> bool:
    """Say whether a JSON value is equal to one of `values`."""
    return any(equal(value, each) for each in values)
