"""not: what a value must not match."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rules.families.exclusions import excluding

RULE: Final = excluding(
    "not",
    "not",
    "what must not match is different, and it could not be shown that the old values are accepted",
    "not added, changed or removed",
)
