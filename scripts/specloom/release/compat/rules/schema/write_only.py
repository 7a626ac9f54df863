"""writeOnly: a member that does not count in responses."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.change import Side
from specloom.release.compat.rules.families.direction import one_way

RULE: Final = one_way("write-only", "writeOnly", Side.RESPONSE)
