"""Something wrong with a spec."""

from __future__ import annotations

from typing import Final

import attrs

_LONGEST: Final = 400


def readable(message: str) -> str:
    """Return a message without its middle when it is too long, such as that of a validator, which quotes the value."""
    half = _LONGEST // 2
    return message if len(message) <= _LONGEST else f"{message[:half]} … {message[-half:]}"


@attrs.frozen
class Finding:
    """Which rule is broken, where (a JSON Pointer), how, and what to do about it."""

    rule: str
    pointer: str
    message: str = attrs.field(converter=readable)
    remedy: str
