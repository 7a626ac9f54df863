"""contentEncoding: how a string holds bytes."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rules.families.texts import conforming

RULE: Final = conforming("content-encoding", "contentEncoding", frozenset({"string"}))
