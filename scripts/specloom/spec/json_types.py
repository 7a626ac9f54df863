"""Say which types are left where several schemas hold together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

TYPES: Final = ("object", "array", "string", "integer", "number", "boolean", "null")
"""The types of JSON Schema, in the order in which they are written."""

_NUMBERS: Final = frozenset({"integer", "number"})


def types_left(schemas: Iterable[dict[str, Any]]) -> tuple[str, ...] | None:
    """Return the types that all of `schemas` allow, in the order of `TYPES`; None where none of them names any."""
    found: list[str] | None = None
    for schema in schemas:
        given = schema.get("type")
        if given is not None:
            found = common_types(given if found is None else found, given)
    if found is None:
        return None
    if "number" in found and "integer" in found:
        found.remove("integer")
    return tuple(sorted(dict.fromkeys(found), key=TYPES.index))


def common_types(first: str | list[str], second: str | list[str]) -> list[str]:
    """Return the types that two values of `type` have in common.

    An integer is a number, too (JSON Schema 2020-12, section 4.2.1).
    """
    left, right = ([each] if isinstance(each, str) else each for each in (first, second))
    both = [each for each in left if each in right]
    is_whole = not _NUMBERS & {*both} and _NUMBERS & {*left} and _NUMBERS & {*right}
    return [*both, "integer"] if is_whole else both
