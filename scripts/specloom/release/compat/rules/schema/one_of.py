"""oneOf: a value must match one alternative and no other."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rules.families.exclusions import excluding

RULE: Final = excluding(
    "one-of",
    "oneOf",
    "it could not be shown that values of one alternative of oneOf match no other one",
    "alternatives of oneOf came to overlap, or do so no more",
)
