"""Something wrong with a spec."""

from __future__ import annotations

import attrs


@attrs.frozen
class Finding:
    """Which rule is broken, where (a JSON Pointer), how, and what to do about it."""

    rule: str
    pointer: str
    message: str
    remedy: str
