"""contentMediaType: what a string holds."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rules.families.texts import conforming

RULE: Final = conforming("content-media-type", "contentMediaType", frozenset({"string"}))
