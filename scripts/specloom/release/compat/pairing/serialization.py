"""How the value of a parameter or of a header is written (OpenAPI 3.1, 4.8.12.3)."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.parts import child, fields, strings, text
from specloom.release.compat.pairs import Part

_STYLES: Final = {"query": "form", "cookie": "form"}
_SIMPLE: Final = "simple"
_COMPOSITE: Final = {"array", "object"}


def style(part: Part | None) -> str:
    """Return the style, by default that of the place in the request; that of a header is simple."""
    return text(part, "style") or _STYLES.get(text(part, "in"), _SIMPLE)


def explode(part: Part | None) -> bool:
    """Return whether elements are written apart, by default in the style form alone."""
    value = fields(part).get("explode")
    return value if isinstance(value, bool) else style(part) == "form"


def may_be_composite(match: Match) -> bool:
    """Whether a value may be an array or an object under either document; a single value has no elements."""
    return _may_be_composite(match.base) or _may_be_composite(match.revision)


def _may_be_composite(part: Part | None) -> bool:
    kind = fields(child(part, "schema")).get("type")
    kinds = [kind] if isinstance(kind, str) else strings(kind)
    return not kinds or bool(_COMPOSITE & set(kinds))
