"""The records that an API starts with."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from specloom.sandbox.store.rows import json_text
from specloom.spec import Api
from specloom.spec.behaviour import RecordKind

_LAYOUT: Final = 2
"""How databases keep seeds; those of another layout are filled anew."""


def seeds_of(api: Api) -> tuple[list[tuple[RecordKind, str, dict[str, Any]]], str]:
    """Return (kind, tenant, body) of each seed, and a SHA-256 that differs when any of them does, or `_LAYOUT`."""
    seeds = [(kind, tenant, body) for kind in api.records.values() for tenant, body in kind.seeded()]
    named = [_LAYOUT, *([kind.name, tenant, body] for kind, tenant, body in seeds)]
    return seeds, hashlib.sha256(json_text(named).encode()).hexdigest()
