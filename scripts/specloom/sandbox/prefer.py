"""Read the `Prefer` header (RFC 7240) by which a caller asks the sandbox for a certain answer."""

from __future__ import annotations

import re
from typing import Final

import attrs

from specloom.sandbox.message import Request

MAX_DELAY: Final = 60.0
"""Longest delay in seconds."""

_PREFERENCE: Final = re.compile(r'\s*([A-Za-z0-9_-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;,"]+)))?\s*(?:;[^,]*)?')


@attrs.frozen
class Preferences:
    """What a caller prefers: a status, a named example, a delay in seconds."""

    code: str | None = None
    example: str | None = None
    delay: float = 0.0

    @property
    def applied(self) -> str:
        """The value of `Preference-Applied`; empty when nothing was preferred."""
        parts = [f"code={self.code}"] if self.code else []
        parts += [f"example={self.example}"] if self.example else []
        parts += [f"delay={self.delay:g}"] if self.delay else []
        return ", ".join(parts)


def read_preferences(request: Request) -> Preferences:
    """Return what `request` prefers; unknown preferences are ignored and the first of equals wins (RFC 7240, 2).

    Raises ValueError, with a message for people, when `code` or `delay` is none.
    """
    found: dict[str, str] = {}
    for line in request.header_values("prefer"):
        for part in line.split(","):
            match = _PREFERENCE.fullmatch(part)
            if match:
                found.setdefault(match[1].lower(), match[2] or match[3] or "")
    code, delay = found.get("code"), found.get("delay", "0")
    if code is not None and not re.fullmatch(r"[1-5][0-9]{2}", code):
        raise ValueError(f"Prefer: code={code} is no HTTP status")
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", delay) or float(delay) > MAX_DELAY:
        raise ValueError(f"Prefer: delay={delay} is no number of seconds up to {MAX_DELAY:g}")
    return Preferences(code, found.get("example"), float(delay))
