"""pattern: the regular expression that a string matches."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rules.families.texts import conforming

RULE: Final = conforming("pattern", "pattern", frozenset({"string"}))
