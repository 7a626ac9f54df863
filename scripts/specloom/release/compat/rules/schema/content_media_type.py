"""contentMediaType: what a string holds."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.texts import conforming

RULE: Final = conforming("content-media-type", "contentMediaType", frozenset({"string"}))
