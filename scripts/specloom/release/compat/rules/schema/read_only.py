"""readOnly: a member that does not count in requests."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.change import Side
from specloom.release.compat.rules.families.direction import one_way

RULE: Final = one_way("read-only", "readOnly", Side.REQUEST)
