"""maximum, exclusiveMaximum: the largest number."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rules.families.bounds import bound

RULE: Final = bound("maximum", "maximum", lambda one, other: (one.value, not one.open) < (other.value, not other.open))
