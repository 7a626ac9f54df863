"""Find what an operation says of its future, and of that of its parameters and headers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from specloom.release.compat.change import Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.parts import fields
from specloom.release.compat.pairing.requests import parameters
from specloom.release.compat.pairing.responses import answers, headers
from specloom.release.compat.pairs import OperationPair, Part

_LEVELS: Final = ("draft", "alpha", "beta", "stable")


def marked(pair: OperationPair) -> Iterator[Match]:
    """Yield what OpenAPI can mark as deprecated, schemas aside: the operation, its parameters, its headers."""
    yield Match(Side.API, pair.label, "operation", pair.base, pair.revision)
    yield from (each for each in parameters(pair) if each.both)
    for answer in answers(pair):
        yield from (each for each in headers(answer) if each.both)


def sunset(part: Part | None) -> date | None:
    """Return the day from which something deprecated may be gone (`x-sunset`, after RFC 8594), if it is a date."""
    value: Any = fields(part).get("x-sunset")
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def stability(part: Part | None) -> int | None:
    """Return the rank of the `x-stability-level`; stable when there is none, None when it is no level."""
    value: Any = fields(part).get("x-stability-level", "stable")
    return _LEVELS.index(value) if value in _LEVELS else None
