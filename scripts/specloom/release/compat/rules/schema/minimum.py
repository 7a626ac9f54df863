"""minimum, exclusiveMinimum: the smallest number."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rules.families.bounds import bound

RULE: Final = bound("minimum", "minimum", lambda one, other: (one.value, one.open) > (other.value, other.open))
