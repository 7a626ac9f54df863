"""Read the `Prefer` header (RFC 7240) by which a caller asks the sandbox for a certain answer, or for a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, get_args
from urllib.parse import parse_qsl

import attrs

from specloom.sandbox.message import Damage, Reply, Request

MAX_DELAY: Final = 60.0
"""Longest delay in seconds."""

SLOW_SECONDS: Final = 5.0
"""How long a slow answer takes when no delay says so."""

MAX_FLAP: Final = 100
"""How often a request can be made to fail before it succeeds."""

_MAX_LENGTH: Final = 1000
_DAMAGES: Final = get_args(Damage)
# A comma separates preferences and a semicolon their parameters; Prism takes both for a separator, and so do we.
_PREFERENCE: Final = re.compile(r'[\s,;]*([A-Za-z0-9_-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,;"]+)))?\s*(?=[,;]|$)')


@attrs.frozen
class Preferences:
    """What a caller prefers.

    `code` is a status and `example` the name of an example; with `dynamic` the body is made from its schema,
    another one for each `seed`. The answer comes after `delay` seconds, and is spoilt by `fault`. With `flap` that many
    equal requests fail before one succeeds.
    """

    code: str | None = None
    example: str | None = None
    dynamic: bool = False
    seed: str = ""
    delay: float = 0.0
    fault: Damage | None = None
    flap: int = 0

    @property
    def choice(self) -> list[str]:
        """The preferences that ask for a response of the spec, rather than for what the request itself would give."""
        parts = [f"code={self.code}"] if self.code is not None else []
        parts += [f"example={self.example}"] if self.example is not None else []
        parts += ["dynamic=true"] if self.dynamic else []
        return parts + ([f"seed={self.seed}"] if self.dynamic and self.seed else [])

    @property
    def manner(self) -> list[str]:
        """The preferences on how the answer is sent, and how often."""
        parts = [f"delay={self.delay:g}"] if self.delay else []
        parts += [f"fault={self.fault}"] if self.fault is not None else []
        return parts + ([f"flap={self.flap}"] if self.flap else [])


def read_preferences(request: Request) -> Preferences | None:
    """Return what `request` prefers, or None; unknown preferences are ignored, the first of equals wins (RFC 7240, 2).

    Without a `Prefer` header, query parameters with two underscores say the same, as in `__code=500` (as Prism has it).
    Raises ValueError, with a message for people, when a known preference has a value that means nothing.
    """
    lines = request.header_values("prefer")
    if sum(map(len, lines)) > _MAX_LENGTH:
        raise ValueError(f"Prefer may have {_MAX_LENGTH} characters")
    if not lines and "__" not in request.query:
        return None
    found: dict[str, str] = {}
    for name, value in _header(lines) if lines else _query(request.query):
        if name in _KNOWN:
            found.setdefault(name, value)
    return _preferences(found) if found else None


_KNOWN: Final = frozenset(attribute.name for attribute in attrs.fields(Preferences))


def _header(lines: list[str]) -> Iterator[tuple[str, str]]:
    for match in _PREFERENCE.finditer(",".join(lines)):
        yield match[1].lower(), match[2] or match[3] or ""


def _query(query: str) -> Iterator[tuple[str, str]]:
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name.startswith("__"):
            yield name[2:], value


def _preferences(found: dict[str, str]) -> Preferences:
    code, dynamic, delay = found.get("code"), found.get("dynamic", "false"), found.get("delay", "0")
    fault, flap = found.get("fault"), found.get("flap", "0")
    if code is not None and not re.fullmatch(r"[1-5][0-9]{2}", code):
        raise ValueError(f"Prefer: code={code} is no HTTP status")
    if dynamic not in {"true", "false"}:
        raise ValueError(f"Prefer: dynamic={dynamic} is neither true nor false")
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", delay) or float(delay) > MAX_DELAY:
        raise ValueError(f"Prefer: delay={delay} is no number of seconds up to {MAX_DELAY:g}")
    if fault is not None and fault not in _DAMAGES:
        raise ValueError(f"Prefer: fault={fault} is none of {', '.join(_DAMAGES)}")
    if not re.fullmatch(r"[0-9]{1,3}", flap) or int(flap) > MAX_FLAP:
        raise ValueError(f"Prefer: flap={flap} is no number up to {MAX_FLAP}")
    return Preferences(
        code=code,
        example=found.get("example"),
        dynamic=dynamic == "true",
        seed=found.get("seed", ""),
        delay=float(delay),
        fault=fault,  # type: ignore[arg-type]  # one of _DAMAGES
        flap=int(flap),
    )


def preferred(reply: Reply, preferences: Preferences) -> Reply:
    """Return `reply` sent in the manner that is preferred, and saying so (`Preference-Applied`, RFC 7240, 3)."""
    applied = [value for name, value in reply.headers if name == "preference-applied"] + preferences.manner
    delay = preferences.delay or (SLOW_SECONDS if preferences.fault == "slow" else 0.0)
    if not applied:
        return reply
    reply = reply.with_headers([("preference-applied", ", ".join(applied))])
    return attrs.evolve(reply, delay=delay, damage=preferences.fault)
