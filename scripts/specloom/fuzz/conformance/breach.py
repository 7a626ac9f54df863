"""What an answer, or the state after it, breaks."""

from __future__ import annotations

import attrs


@attrs.frozen
class Breach:
    """A rule that is broken: the check that tells so, what is wrong in words, and the pointer of the rule."""

    check: str
    message: str
    rule: str
