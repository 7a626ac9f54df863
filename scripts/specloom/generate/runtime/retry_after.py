"""How long a server asks to wait (Retry-After, RFC 9110, section 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

# The RFC has whole seconds only; some servers send fractions.
_SECONDS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


def retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds to wait: `value` is a number of them or an HTTP date; None when it is neither.

    `now` is the time in seconds since 1970. A date that has passed means no wait.
    """
    if value is None:
        return None
    text = value.strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - datetime.fromtimestamp(now, UTC)).total_seconds())
    except (TypeError, ValueError, OverflowError, LookupError):
        return None
