"""The values of a compatibility verdict: what changed, how severe that is, and for which side."""

from __future__ import annotations

from enum import Enum, IntEnum

import attrs

from specloom.spec import Place


class Severity(IntEnum):
    """How a change meets those who use the API; a higher one outweighs a lower one (semver.org, items 6 to 8)."""

    NONE = 0
    ADDITIVE = 1
    BREAKING = 2

    @property
    def label(self) -> str:
        """The name in reports: none, additive, breaking."""
        return self.name.lower()


class Side(Enum):
    """What a change touches: what clients send, what they receive, the API around both, or the generated package."""

    REQUEST = "request"
    RESPONSE = "response"
    API = "api"
    CLIENT = "client"


@attrs.frozen
class Change:
    """One finding of a comparison.

    `rule` is the id of the rule that found it; `operation` a label as in `POST /orders/{id}/cancel`, None for the whole
    API; `where` names the part, as in `query parameter limit`, `body $.items[].count` or `404 body $.error.code`.
    `base` and `revision` are the places in the two documents, None on the side that lacks the part.
    """

    rule: str
    severity: Severity
    side: Side
    operation: str | None
    where: str
    base: Place | None
    revision: Place | None
    message: str
    why: str = ""
    remedy: str = ""
