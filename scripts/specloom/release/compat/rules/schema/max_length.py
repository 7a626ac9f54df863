"""maxLength: how long a string may be."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.limits import most
from specloom.release.compat.rule import TypedRule

RULE: Final[TypedRule] = most("max-length", "maxLength", "string")
