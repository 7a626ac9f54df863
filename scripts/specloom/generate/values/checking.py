"""Refuse values of the wrong type, naming the member that holds them; JSON Schema says what a type is."""

from __future__ import annotations

_KINDS: dict[type[object], str] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def mistyped(member: str, wanted: str, value: object) -> TypeError:
    """Return the error that says that `member` must be `wanted`; the value itself is not told, it may be secret."""
    return TypeError(f"{member} must be {wanted}, not {_KINDS.get(type(value), type(value).__name__)}")


def unmatched(member: str, value: object) -> ValueError:
    """Return the error that says that the value of `member` is none of the alternatives that it may be."""
    kind = _KINDS.get(type(value), type(value).__name__)
    return ValueError(f"{member} must be one of several alternatives, and this is {kind} that fits none")


def integer(member: str, value: object) -> int:
    """Return `value` as an integer; 3.0 is one (JSON Schema 2020-12, validation, 6.1.1), True is none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise mistyped(member, "an integer", value)


def number(member: str, value: object) -> float:
    """Return `value` if it is a number, an integer as it is."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise mistyped(member, "a number", value)
